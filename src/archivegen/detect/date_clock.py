"""Readings of the time of day: "10:35 a.m. Tuesday", "noon", "5 o'clock"."""

from __future__ import annotations

from archivegen.detect import date_values as values
from archivegen.detect.date_found import Found
from archivegen.detect.date_readings import anchor_day, date, today
from archivegen.detect.date_words import CLASS, NUMBERS

__all__ = ["clock", "clock_date"]

NEAR_TOKENS = 6  # a day named so soon after a time is its day


def clock(f: Found) -> str | None:
    """Read a time of day on the day spoken of, else on the publication day."""
    time = _time(f)
    if time is None:
        return None
    spoken_of = len(f.story.last) == 10 and f.story.age <= 1
    day = f.story.last if spoken_of else _day_after(f) or anchor_day(f)
    return f"{day}{time}"


def _day_after(f: Found) -> str | None:
    """Return the day named soon after a time: "10:35 a.m. (0735 GMT) Friday"."""
    near = range(f.stop, min(f.stop + NEAR_TOKENS, len(f.tokens)))
    at = next((i for i in near if f.classes[i] == CLASS["weekday"]), -1)
    if at < 0:
        return None
    day = f.part(at, at + 1)
    return values.weekday_near(f.anchor, day.weekday, 2 if f.tense() > 0 else 0)


def clock_date(f: Found) -> str | None:
    """Read "9 a.m. Tuesday", "10 p.m. on Nov. 9"."""
    time = _time(f)
    i = f.index("weekday", "wabbr", "today", "yesterday", "tomorrow", "month", "maymarch", "mabbr")
    rest = f.part(i, f.stop)
    if rest.has("month", "maymarch", "mabbr"):
        day = date(rest)
    elif rest.has("weekday", "wabbr"):
        day = values.weekday_near(f.anchor, rest.weekday, 2 if f.tense() > 0 else 0)
    else:
        day = today(rest)
    return f"{day}{time}" if day and time else None


def _time(f: Found) -> str | None:
    if f.has("noon"):
        return "T24:00" if f.word("noon") == "midnight" else "T12:00"
    i = f.index("clock", "dd", "number", "numword")
    word = f.tokens[i].lower().replace(".", ":")
    hour, _, minute = word.partition(":")
    number = NUMBERS.get(hour, int(hour) if hour.isdecimal() else -1)
    mark = f.tokens[i + 1].lower() if i + 1 < f.stop else ""
    if mark.startswith("p") and 0 <= number < 12:
        number += 12
    if mark.startswith("a") and number == 12:
        number = 0
    if not 0 <= number <= 24 or (minute and not (minute[:2].isdigit() and int(minute[:2]) < 60)):
        return None
    return f"T{number:02}:{minute[:2] or '00'}"
