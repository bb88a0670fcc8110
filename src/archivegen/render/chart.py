"""Counts by month -> the bars of a density strip, on a true axis of time: empty months keep their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivegen import edtf
from archivegen.views import Count

__all__ = ["Bar", "Strip", "density_strip"]

HEIGHT = 48
STEP = 4  # of one month, of which the bar takes all but one
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
    """The bars with the measures of the whole; `ticks` are (x, year) of each January that has room for its name."""

    width: int
    height: int
    step: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    most: Count


def density_strip(counts: Sequence[Count]) -> Strip | None:
    """Lay out the bars; None where there are fewer than two months, which make no picture."""
    if len(counts) < 2:
        return None
    months = [_month(count.label) for count in counts]
    known = [month for month in months if month is not None]
    places = list(range(len(counts)))
    first = 0
    if len(known) == len(counts) and known == sorted(set(known)) and known[-1] - known[0] < LONGEST:
        first = known[0]
        places = [month - first for month in known]
    most = max(counts, key=lambda count: count.count)
    bars = []
    for place, count in zip(places, counts, strict=True):
        height = max(2, round(HEIGHT * count.count / max(most.count, 1)))
        bars.append(Bar(place * STEP, HEIGHT - height, height, count))
    length = places[-1] + 1
    return Strip(length * STEP, HEIGHT, STEP, tuple(bars), _ticks(first, length) if first else (), most)


def _month(label: str) -> int | None:
    date = edtf.try_parse(label)
    if not date or date.precision != "month" or not date.earliest:
        return None
    return date.earliest.year * 12 + date.earliest.month - 1


def _ticks(first: int, length: int) -> tuple[tuple[int, str], ...]:
    years = range(-(-first // 12), (first + length - 1) // 12 + 1)
    every = next(n for n in (1, 2, 5, 10, 20, 50) if len(years) / n <= 12 or n == 50)
    return tuple(((year * 12 - first) * STEP, str(year)) for year in years if year % every == 0)
