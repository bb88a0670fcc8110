"""The days of a year that have something -> twelve small calendars, as SVG: the more there is, the darker the day."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from math import ceil, sqrt

import msgspec
from markupsafe import Markup

from archivegen.edtf import parse
from archivegen.render.address import address
from archivegen.render.chart import HIDDEN
from archivegen.render.dates import show
from archivegen.render.escape import in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import date_of, part
from archivegen.views import Count

__all__ = ["year_grid"]

WIDE, HIGH, HEAD = 24, 22, 16  # of a day, and of the row with the weekdays' letters
LEVELS = 4
WHOLE_YEAR = 4  # months with something, from which the empty ones are shown too


class MonthGrid(msgspec.Struct, frozen=True):
    """A month: its name, the link to its page if it has one, and its days."""

    name: str
    link: Count | None
    svg: Markup


def year_grid(
    days: Sequence[Count], months: Sequence[Count], year: str, root: str, *, tongue: Tongue = ENGLISH
) -> tuple[MonthGrid, ...]:
    """Draw the months of a year, those without anything too where most have something."""
    links = {date.text: count for count in months if (date := date_of(count))}
    found = {date.text: count for count in days if (date := date_of(count))}
    most = max((count.count for count in days), default=1)
    names = [f"{year}-{month:02}" for month in range(1, 13)]
    shown = names if len(links) >= WHOLE_YEAR else [name for name in names if name in links]
    return tuple(
        MonthGrid(part(Count(name, "", 0), tongue=tongue), links.get(name), _month(name, found, most, root, tongue))
        for name in shown
    )


def _month(name: str, found: Mapping[str, Count], most: int, root: str, tongue: Tongue) -> Markup:
    year, month = int(name[:4]), int(name[5:])
    if year < 1:  # before the calendar of Python's library
        return Markup()
    before, length = calendar.monthrange(year, month)
    rows = ceil((before + length) / 7)
    letters = "".join(tongue.calendar.weekday_letters if tongue.calendar else (day[0] for day in calendar.day_abbr))
    at = " ".join(str(WIDE * column + WIDE // 2) for column in range(7))
    out = [f'<svg viewBox="0 0 {7 * WIDE} {HEAD + rows * HIGH}" {HIDDEN}><text x="{at}" y="10">{letters}</text>']
    for day in range(1, length + 1):
        row, column = divmod(before + day - 1, 7)
        x, y = column * WIDE, HEAD + row * HIGH
        number = f'<text x="{x + WIDE // 2}" y="{y + 15}">{day}</text>'
        if count := found.get(f"{name}-{day:02}"):
            level = ceil(LEVELS * sqrt(count.count / most))
            told = in_quotes(f"{show(parse(f'{name}-{day:02}'), tongue)}: {count.count}")
            number = (
                f'<a href="{root}{address(count)}" tabindex="-1"><title>{told}</title>'
                f'<rect class="l{level}" x="{x + 1}" y="{y + 1}" width="{WIDE - 2}" height="{HIGH - 2}"/>{number}</a>'
            )
        out.append(number)
    return Markup("".join([*out, "</svg>"]))
