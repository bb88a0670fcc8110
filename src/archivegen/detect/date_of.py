"""Readings of a day by what it is a part of: "the first Monday of May", "Friday of last week", "Q3 2012"."""

from __future__ import annotations

from archivegen.detect import date_values as values
from archivegen.detect.date_found import Found
from archivegen.detect.date_readings import DAYPARTS, weekday
from archivegen.detect.date_words import CLASS

__all__ = ["day_beside", "day_of_month", "quarter_number", "weekday_of_month", "weekday_of_week"]


def day_beside(f: Found) -> str | None:
    """Read "the day before yesterday", "the day after tomorrow"."""
    if f.unit != "D":
        return None
    return values.moved(f.anchor, -2 if f.has("yesterday") else 2, "D")


def weekday_of_week(f: Found) -> str | None:
    """Read "Friday" in "on Friday last week": the day of that week, not the Friday before."""
    at = f.stop + (f.classes[f.stop] == CLASS["of"])
    week = f.part(at, at + 2)
    if week.unit != "W":
        return weekday(f)
    part = DAYPARTS.get(f.word("daypart"), "")
    return values.day_of_week(week.shifted(week.steps, "W"), f.weekday) + part


def weekday_of_month(f: Found) -> str | None:
    """Read "the first Monday of May", "the last Friday in June 2014"."""
    number = -1 if f.has("last") else f.ordinal
    month = _month(f)
    if not month[0].isdigit() or not (number == -1 or 1 <= number <= 5):
        return month
    year, _, name = month.partition("-")
    return values.nth_weekday(int(year), int(name), f.weekday, number) or month


def day_of_month(f: Found) -> str | None:
    """Read "the last day of February", "the first day of May 2014"."""
    month = _month(f)
    if f.unit != "D" or f.ordinal > 1:
        return None
    if f.has("last"):
        return values.last_of(month)
    return f"{month}-01"


def _month(f: Found) -> str:
    year = f.named_year
    return values.month_of(f.anchor, f.month, f.tense()) if year is None else f"{year:04}-{f.month:02}"


def quarter_number(f: Found) -> str | None:
    """Read "Q3 2012", "Q3"."""
    number = int(f.tokens[f.first + 1])
    if not 1 <= number <= 4:
        return None
    year = f.year
    if year is not None:
        return f"{year:04}-Q{number}"
    if f.anchor is None:
        return f"XXXX-Q{number}"
    ahead = number > values.quarter_of(f.anchor) and f.tense() <= 0
    return f"{f.anchor.year - ahead:04}-Q{number}"
