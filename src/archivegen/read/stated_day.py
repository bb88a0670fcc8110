"""A date as a dump's field states it (RFC 822, ISO 8601, epoch seconds, words, numbers) -> its calendar day."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Known
from archivegen.read.calendar_words import FIRST_YEAR, LAST_YEAR, find_dates

__all__ = ["stated_day"]

ISO = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)(?:[T ]\d{2}:?\d{2}.{0,24})?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d{1,2}:\d{2}.{0,20}")
# Where English is written with the month first; elsewhere the day comes first.
MONTH_FIRST = ("US", "PH", "FM", "PW", "MH")


def stated_day(text: str, language: str, line: int | None) -> Known[Date] | None:
    """Read a stated date, keeping the day of its own time zone. None where it is no date, or could be two.

    03/04/2018 is settled by the language's region (en-GB, en-US); plain `en` settles nothing.
    """
    text = text.strip()[:200]
    doubt = ""
    date = edtf.try_parse(text)
    if date is None and (found := ISO.fullmatch(text) or COMPACT.fullmatch(text)):
        date = edtf.try_parse("-".join(found.groups()) if found.re is COMPACT else found[1])
    if date is None and (seconds := EPOCH.fullmatch(text)):
        moment = dt.datetime.fromtimestamp(int(seconds[1] or seconds[2][:-3]), tz=dt.UTC)
        date = edtf.try_parse(moment.date().isoformat())
        doubt = "a count of seconds; the day is that of Greenwich"
    if date is None and RFC_822.fullmatch(text):
        date = _rfc_822(text)
    if date is None:
        date = _written(text, language)
    if date is None or not _is_plausible(date):
        return None
    return Known(date, "stated", text, line, doubt)


def _rfc_822(text: str) -> Date | None:
    try:
        return edtf.try_parse(parsedate_to_datetime(text).date().isoformat())
    except (ValueError, TypeError, OverflowError):
        return None


def _written(text: str, language: str) -> Date | None:
    """The one date in some words; None if there is none, several, or one with two readings."""
    found = list(find_dates(text, language))
    if len({(w.year, w.month, w.day) for w in found}) != 1:
        return None
    written = found[0]
    month, day = written.month, written.day
    if written.other and written.numeric != ".":
        base, _, region = language.partition("-")
        by_weekday = written.as_date()
        if written.weekday >= 0 and by_weekday:
            is_month_first = by_weekday.weekday() != written.weekday
        elif base.lower() == "en" and not region:
            return None
        else:
            is_month_first = region.upper() in MONTH_FIRST
        if is_month_first:
            month, day = written.other
    return edtf.try_parse(f"{written.year:04}-{month:02}" + (f"-{day:02}" if day else ""))


def _is_plausible(date: Date) -> bool:
    bound = date.earliest or date.latest
    return bound is not None and FIRST_YEAR <= bound.year <= LAST_YEAR
