"""Counts by month -> a strip of bars on an axis of time, as SVG; long stretches without any are cut out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import msgspec

from archivegen import urls
from archivegen.edtf import parse
from archivegen.render.address import address
from archivegen.render.escape import in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import count as count_of
from archivegen.render.words import date_of, named
from archivegen.views import Count

__all__ = ["HIDDEN", "Strip", "density_strip", "strip_svg", "with_months"]

# Pictures are for the eye: what reads aloud, and the keyboard, get the list beside them.
HIDDEN = 'aria-hidden="true" focusable="false"'
HEIGHT = 48
MONTHS_DRAWN = 120  # at most; more are drawn by year
STEP = 4  # of one month, of which the bar takes all but one
EMPTY_YEARS = 2  # in a row keep their place; more are cut out, or one line on 1979 squeezes 2018 into a corner
CUT = 6  # months wide
TICKS = 8  # at most have room on a telephone
MONTHS = "JFMAMJJASOND"


class Bar(msgspec.Struct, frozen=True):
    """One month's bar, in the strip's own units."""

    x: int
    y: int
    height: int
    count: Count


class Strip(msgspec.Struct, frozen=True):
    """The bars with the measures of the whole.

    `is_year` tells that it is one year's, `by_year` that each bar is a year; `ticks` are (place in hundredths, name)
    of the axis; `cut` tells that empty years are left out.
    """

    width: int
    height: int
    step: int
    is_year: bool
    by_year: bool
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, str], ...]
    cut: bool
    most: Count

    @property
    def counts(self) -> list[Count]:
        """What the bars stand for."""
        return [bar.count for bar in self.bars]


def density_strip(counts: Sequence[Count], *, tongue: Tongue = ENGLISH) -> Strip | None:
    """Lay out the bars of counts by month; None where there are fewer than two months, which make no picture.

    Of more than ten years' months, which nobody tells apart, each year is one bar.
    """
    months = [(date.earliest, count) for count in counts if (date := date_of(count)) and date.precision == "month"]
    placed = [(day.year, day.month - 1, count) for day, count in months if day]
    if len(placed) < 2:
        return None
    is_long = len(placed) > MONTHS_DRAWN
    if is_long:
        placed = [(year, 0, _year(list(group))) for year, group in groupby(placed, key=lambda one: one[0])]
    starts, length, cut = _axis(sorted({year for year, _, _ in placed}))
    most = max((count for _, _, count in placed), key=lambda count: count.count)
    bars = []
    for year, month, count in placed:
        height = max(2, round(HEIGHT * count.count / max(most.count, 1)))
        bars.append(Bar((starts[year] + month) * STEP, HEIGHT - height, height, count))
    step = 12 * STEP if is_long else STEP
    return Strip(
        width=length * STEP,
        height=HEIGHT,
        step=step,
        is_year=len(starts) == 1,
        by_year=is_long,
        bars=tuple(bars),
        ticks=_ticks(starts, length, tongue.calendar.month_letters if tongue.calendar else MONTHS),
        cut=cut,
        most=most,
    )


def _year(months: Sequence[tuple[int, int, Count]]) -> Count:
    """Add up a year's months, to a link to the year."""
    label = f"{months[0][0]:04}"
    return Count(label, urls.date(parse(label)), sum(count.count for _, _, count in months))


def strip_svg(strip: Strip, root: str, noun: str, *, tongue: Tongue = ENGLISH) -> str:
    """Draw the bars, each a link to its month, and below them the axis. `noun` is what is counted."""
    out = [f'<svg class="bars" viewBox="0 0 {strip.width} {strip.height}" preserveAspectRatio="none" {HIDDEN}>']
    # A year's months are wide: thinner bars stand in their middle, each over its letter.
    inset, thick = (1, 2) if strip.is_year else (0, strip.step - (8 if strip.by_year else 1))
    for bar in strip.bars:
        told = in_quotes(f"{named(bar.count.label, tongue=tongue)}: {count_of(bar.count.count, noun, tongue=tongue)}")
        out.append(
            f'<a href="{root}{address(bar.count)}" tabindex="-1">'
            f'<rect class="room" x="{bar.x}" width="{strip.step}" height="{strip.height}"><title>{told}</title></rect>'
            f'<rect x="{bar.x + inset}" y="{bar.y}" width="{thick}" height="{bar.height}"/></a>'
        )
    out.append(f'</svg>\n<svg class="ticks" {HIDDEN}>')
    for x, name in strip.ticks:
        if strip.is_year:
            out.append(f'<text class="mid" x="{x}%" y="15">{name}</text>')
        else:
            out.append(f'<line x1="{x}%" x2="{x}%" y2="5"/><text x="{x}%" dx="4" y="15">{name}</text>')
    return "".join([*out, "</svg>"])


def with_months(years: Sequence[Count], months: Sequence[Count]) -> tuple[tuple[Count, tuple[Count, ...]], ...]:
    """Give each year its months."""
    of: dict[str, list[Count]] = {}
    for month in months:
        if date := date_of(month):
            of.setdefault(str(int(date.text[:4])), []).append(month)
    return tuple((year, tuple(of.get(year.label, ()))) for year in years)


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


def _ticks(starts: dict[int, int], length: int, months: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Name as many years as have room, or one year's months."""
    if len(starts) == 1:  # under the middle of each month
        return tuple((f"{100 * (i + 0.5) / 12:.4g}", month) for i, month in enumerate(months))
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if len(starts) / n <= TICKS or n == 1000)
    shown = [year for i, year in enumerate(starts) if i % every == 0]
    return tuple((f"{100 * starts[year] / length:.4g}", str(year)) for year in shown)
