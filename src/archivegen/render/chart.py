"""Counts by month -> the bars of a density strip, on a true axis of time: empty months keep their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivegen import edtf
from archivegen.views import Count

__all__ = ["Bar", "Strip", "density_strip"]

HEIGHT = 48
STEP = 4  # of one month, of which the bar takes all but one
MONTHS = "JFMAMJJASOND"
LONGEST = 12 * 60  # months on one strip; a longer stretch stands bar by bar, without its gaps


@dataclass(frozen=True, slots=True)
class Bar:
    """One month's bar, in the strip's own units."""

    x: int
    y: int
    height: int
    count: Count


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars with the measures of the whole; `ticks` are (place in hundredths, name) for the axis."""

    width: int
    height: int
    step: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, str], ...]
    most: Count


def density_strip(counts: Sequence[Count]) -> Strip | None:
    """Lay out the bars; None where there are fewer than two months, which make no picture."""
    if len(counts) < 2:
        return None
    months = [_month(count.label) for count in counts]
    known = [month for month in months if month is not None]
    first, length, places = 0, len(counts), list(range(len(counts)))
    if len(known) == len(counts) and known == sorted(set(known)) and known[-1] - known[0] < LONGEST:
        first = known[0] // 12 * 12  # whole years, so that a year's strip always has twelve places
        length = (known[-1] // 12 + 1) * 12 - first
        places = [month - first for month in known]
    most = max(counts, key=lambda count: count.count)
    bars = []
    for place, count in zip(places, counts, strict=True):
        height = max(2, round(HEIGHT * count.count / max(most.count, 1)))
        bars.append(Bar(place * STEP, HEIGHT - height, height, count))
    return Strip(length * STEP, HEIGHT, STEP, tuple(bars), _ticks(first // 12, length // 12) if first else (), most)


def _month(label: str) -> int | None:
    date = edtf.try_parse(label)
    if not date or date.precision != "month" or not date.earliest:
        return None
    return date.earliest.year * 12 + date.earliest.month - 1


def _ticks(first: int, length: int) -> tuple[tuple[str, str], ...]:
    """Place the names of as many years as have room, or one year's months, in hundredths of the width."""
    if length == 1:
        return tuple((f"{100 * i / 12:.4g}", month) for i, month in enumerate(MONTHS))
    every = next(n for n in (1, 2, 5, 10, 20, 50) if length / n <= 8 or n == 50)
    years = (year for year in range(first, first + length) if year % every == 0)
    return tuple((f"{100 * (year - first) / length:.4g}", str(year)) for year in years)
