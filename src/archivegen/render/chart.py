"""Counts by month -> the bars of a density strip on an axis of time; long stretches without any are cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archivegen.render.words import date_of
from archivegen.views import Count

__all__ = ["Bar", "Strip", "density_strip"]

HEIGHT = 48
STEP = 4  # of one month, of which the bar takes all but one
EMPTY_YEARS = 2  # in a row keep their place; more are cut out, or one line on 1979 squeezes 2018 into a corner
CUT = 6  # months wide
TICKS = 8  # at most have room on a telephone
MONTHS = "JFMAMJJASOND"


@dataclass(frozen=True, slots=True)
class Bar:
    """One month's bar, in the strip's own units."""

    x: int
    y: int
    height: int
    count: Count


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars with the measures of the whole.

    `ticks` are (place in hundredths, name) for the axis; `cut` tells that empty years are left out.
    """

    width: int
    height: int
    step: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, str], ...]
    cut: bool
    most: Count


def density_strip(counts: Sequence[Count]) -> Strip | None:
    """Lay out the bars of counts by month; None where there are fewer than two months, which make no picture."""
    months = [(date.earliest, count) for count in counts if (date := date_of(count)) and date.precision == "month"]
    placed = [(day.year, day.month - 1, count) for day, count in months if day]
    if len(placed) < 2:
        return None
    starts, length, cut = _axis(sorted({year for year, _, _ in placed}))
    most = max((count for _, _, count in placed), key=lambda count: count.count)
    bars = []
    for year, month, count in placed:
        height = max(2, round(HEIGHT * count.count / max(most.count, 1)))
        bars.append(Bar((starts[year] + month) * STEP, HEIGHT - height, height, count))
    return Strip(length * STEP, HEIGHT, STEP, tuple(bars), _ticks(starts, length), cut, most)


def _axis(years: Sequence[int]) -> tuple[dict[int, int], int, bool]:
    """Give each year that is shown the place of its January; with the length in months, and whether any are cut."""
    starts = {years[0]: 0}
    at, cut = 12, False
    for before, year in pairwise(years):
        if year - before - 1 > EMPTY_YEARS:
            at, cut = at + CUT, True
        else:
            for empty in range(before + 1, year):
                starts[empty] = at
                at += 12
        starts[year] = at
        at += 12
    return starts, at, cut


def _ticks(starts: dict[int, int], length: int) -> tuple[tuple[str, str], ...]:
    """Name as many years as have room, or one year's months."""
    if len(starts) == 1:
        return tuple((f"{100 * i / 12:.4g}", month) for i, month in enumerate(MONTHS))
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if len(starts) / n <= TICKS or n == 1000)
    shown = [year for i, year in enumerate(starts) if i % every == 0]
    return tuple((f"{100 * starts[year] / length:.4g}", str(year)) for year in shown)
