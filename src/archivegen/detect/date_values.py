"""Calendar arithmetic on TIMEX3 values: from an anchor day (or none) to a day, week, month, quarter or year.

With no anchor the values keep what is known and leave X for the rest: XXXX-09-04, XXXX-WXX-2.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

__all__ = [
    "PAST_ONLY",
    "VAGUE_NUMBER",
    "day_of_week",
    "duration_value",
    "holiday",
    "is_far_month",
    "last_of",
    "month_day",
    "month_day_near",
    "month_day_on",
    "month_of",
    "moved",
    "nth_weekday",
    "quarter_of",
    "shift",
    "shift_value",
    "unit_value",
    "weekday_near",
    "widen",
]

FIRST_YEAR, LAST_YEAR = 1, 9999
DAYS_OF = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DIGITS = {"E": 3, "C": 2}  # of the year, that name a decade or century
DAYS_IN = {"D": 1, "W": 7, "F": 14, "WE": 7}
# A month that lies at most so far ahead is read as coming where no tense decides ("the September talks" in August).
NEAR_MONTHS = 2
FAR_MONTHS = 9
PAST_ONLY = -2  # stronger than a tense: "ended March 31"
FAR_DAYS = 120  # a day farther ahead is meant only where the words speak of what is to come
VAGUE_NUMBER = -1  # "a few", "several": a number that is not known
# Units that TIMEX3 writes in others.
LETTERS = {"F": ("W", 2), "E": ("Y", 10), "WE": ("W", 1)}
HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}
VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q([1-4])|-W(\d\d))?")


def duration_value(quantity: float | None, unit: str) -> str | None:
    """Write a length of time: P3D, PT2H, PXW, P2Y6M; fortnights as weeks, decades as years. None of nothing."""
    if quantity is None:
        return None
    time, letter = ("T", unit[1]) if unit.startswith("T") else ("", unit)
    if letter in LETTERS:
        letter, factor = LETTERS[letter] if quantity not in (VAGUE_NUMBER, 1) else (letter[0], 1)
        quantity = quantity * factor if quantity > 0 else quantity
    if quantity == VAGUE_NUMBER:
        return f"P{time}X{letter}"
    whole = int(quantity)
    if quantity - whole == 0.5 and whole and unit in HALVES:
        return f"P{time}{whole}{letter}{HALVES[unit]}"
    return f"P{time}{quantity:.2f}".rstrip("0").rstrip(".") + letter


def week_value(day: dt.date) -> str:
    """Name the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def shift(day: dt.date, count: int, unit: str) -> dt.date | None:
    """Move a day by so many units; None where the calendar ends."""
    try:
        if unit in DAYS_IN:
            return day + dt.timedelta(days=count * DAYS_IN[unit])
        months = day.year * 12 + day.month - 1 + count * MONTHS_IN[unit]
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def unit_value(day: dt.date | None, unit: str) -> str:
    """Name the unit (D, W, WE, M, Q, Y, E, C) of the calendar that holds a day."""
    if day is None:
        return UNKNOWN.get(unit, "XXXX")
    year = f"{day.year:04}"
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "F"):
        return week_value(day)
    if unit == "WE":
        return f"{week_value(day)}-WE"
    if unit == "M":
        return year + f"-{day.month:02}"
    if unit == "Q":
        return year + f"-Q{quarter_of(day)}"
    return year[: DIGITS.get(unit, 4)]


def moved(day: dt.date | None, count: int, unit: str) -> str:
    """Name the unit of the calendar so many units from that which holds a day."""
    if day is None:
        return unit_value(None, unit)
    if unit not in MONTHS_IN:
        return unit_value(shift(day, count, unit), unit)
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS_IN[unit], 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return unit_value(None, unit)
    if unit == "M":
        return f"{year:04}-{month + 1:02}"
    if unit == "Q":
        return f"{year:04}-Q{month // 3 + 1}"
    return f"{year:04}"[: DIGITS.get(unit, 4)]


def quarter_of(day: dt.date) -> int:
    """Return 1 to 4."""
    return (day.month + 2) // 3


def month_day(anchor: dt.date | None, month: int, day: int, tense: int = 0) -> str | None:
    """Give a month and day their year; None if no year has such a day.

    It is the year that brings them nearest to the anchor; where that is far off and against the tense, the other
    side: news without a cue tells of what has been.
    """
    if day > DAYS_OF[month - 1]:
        return None
    unknown = f"XXXX-{month:02}-{day:02}"
    if anchor is None:
        return unknown
    if tense == PAST_ONLY:
        return last_day(anchor, month, day) or unknown
    days = [made for year in (-1, 0, 1) if (made := _made(anchor.year + year, month, day))]
    if not days:
        return unknown
    nearest = min(days, key=lambda made: (abs((made - anchor).days), made))
    ahead = (nearest - anchor).days
    if ahead > FAR_DAYS and tense <= 0:
        nearest = max((made for made in days if made <= anchor), default=nearest)
    elif ahead < -FAR_DAYS and tense > 0:
        nearest = min((made for made in days if made >= anchor), default=nearest)
    return nearest.isoformat()


def month_day_near(anchor: dt.date, month: int, day: int) -> str | None:
    """Give a month and day the anchor's year where they are so near to it that no tense matters; else None."""
    made = _made(anchor.year, month, day)
    return made.isoformat() if made and abs((made - anchor).days) <= FAR_DAYS else None


def month_day_on(anchor: dt.date, month: int, day: int, weekday: int) -> str | None:
    """Give a month and day the near year in which they fall on the weekday; None if there is none."""
    made = (_made(anchor.year + years, month, day) for years in (0, -1, 1, -2, -3, -4, -5, -6))
    return next((day.isoformat() for day in made if day and day.weekday() == weekday), None)


def last_day(anchor: dt.date, month: int, day: int) -> str | None:
    """Return the last such day of the calendar up to the anchor."""
    made = (_made(anchor.year - back, month, day) for back in range(9))
    return next((day.isoformat() for day in made if day and day <= anchor), None)


def month_of(anchor: dt.date | None, month: int, tense: int) -> str:
    """Give a month its year: the last one that has begun, or the coming one if `tense` is 1 or it is very near."""
    if anchor is None:
        return f"XXXX-{month:02}"
    ahead = (month - anchor.month) % 12
    coming = ahead == 0 or (tense > 0 and ahead <= FAR_MONTHS) or (tense == 0 and ahead <= NEAR_MONTHS)
    year = anchor.year + (month < anchor.month) - (0 if coming else 1)
    return f"{year:04}-{month:02}"


def is_far_month(anchor: dt.date | None, month: int) -> bool:
    """Tell whether it depends on the tense which year's month is meant."""
    return anchor is not None and 0 < (month - anchor.month) % 12 <= FAR_MONTHS


def weekday_near(anchor: dt.date | None, weekday: int, step: int) -> str:
    """Find a weekday: the latest up to the anchor (step 0), the one before (-1) or after (1), the next (2)."""
    if anchor is None:
        return f"XXXX-WXX-{weekday + 1}"
    back = (anchor.weekday() - weekday) % 7
    if step == 0:
        days = -back
    elif step == 2:
        days = (7 - back) % 7
    else:
        days = (7 - back) if step > 0 else -(back or 7)
    moved = shift(anchor, days, "D")
    return moved.isoformat() if moved else f"XXXX-WXX-{weekday + 1}"


def day_of_week(day: dt.date | None, weekday: int) -> str:
    """Find a weekday in the ISO week that holds a day."""
    moved = shift(day, weekday - day.weekday(), "D") if day else None
    return moved.isoformat() if moved else f"XXXX-WXX-{weekday + 1}"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> str | None:
    """Find the nth weekday of a month, -1 for the last; None if it has not so many."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = _nth_weekday(year, month, weekday, nth)
    return day.isoformat() if day.month == month else None


def last_of(month: str) -> str:
    """Return the last day of a month, 2018-02; of one whose year is not known, the month."""
    year, _, number = month.partition("-")
    return f"{month}-{calendar.monthrange(int(year), int(number))[1]:02}" if year.isdigit() else month


def shift_value(value: str, count: int, unit: str) -> str | None:
    """Move a value by whole units, in its own or the unit's precision, whichever is finer in days, months, years.

    2018-08 and 1 M is 2018-09; 1989-Q3 and -1 Y is 1988-Q3; 1998-08-07 and 2 Y is 2000.
    """
    match = VALUE.fullmatch(value)
    if not match or unit not in UNKNOWN:
        return None
    year, month, day, quarter, week = match.groups()
    try:
        start = (
            dt.date.fromisocalendar(int(year), int(week), 1)
            if week
            else dt.date(int(year), int(quarter) * 3 - 2 if quarter else int(month or 1), int(day or 1))
        )
    except ValueError:
        return None
    moved = shift(start, count, unit)
    if moved is None:
        return None
    return unit_value(moved, unit)


def widen(value: str, unit: str) -> str | None:
    """Name the day, week, month, quarter or year that holds a calendar value: 1998-08-07 by M is 1998-08."""
    order = "YQMWD"
    match = VALUE.fullmatch(value)
    if not match or unit not in order:
        return None
    own = "D" if match[3] else "M" if match[2] else "Q" if match[4] else "W" if match[5] else "Y"
    if order.index(own) < order.index(unit):
        return None
    return value if own == unit else shift_value(value, 0, unit)


def holiday(name: str, year: int) -> dt.date | None:
    """Return the day of a holiday, by its name in lower case."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if name in FIXED_HOLIDAYS:
        return dt.date(year, *FIXED_HOLIDAYS[name])
    if name in NTH_HOLIDAYS:
        month, weekday, nth = NTH_HOLIDAYS[name]
        return _nth_weekday(year, month, weekday, nth)
    if name == "election day":  # the Tuesday after the first Monday of November
        return _nth_weekday(year, 11, 0, 1) + dt.timedelta(days=1)
    return _easter(year) if name == "easter" else None


FIXED_HOLIDAYS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
    "independence day": (7, 4),
    "veterans day": (11, 11),
    "valentine's day": (2, 14),
}
# Month, weekday (Monday is 0) and which one of the month; -1 is the last.
NTH_HOLIDAYS = {
    "thanksgiving": (11, 3, 4),
    "thanksgiving day": (11, 3, 4),
    "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
    "columbus day": (10, 0, 2),
}


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    if nth < 0:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> dt.date:
    """Western Easter (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
