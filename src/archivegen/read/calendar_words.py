"""Dates as pages write them, in the major languages: names of months and weekdays come from Unicode CLDR."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

__all__ = ["WrittenDate", "find_dates", "find_days", "finder"]

# The major languages by script: a word asks for those of its own script only.
BY_SCRIPT = {
    "LATIN": (
        "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "tr", "az", "id", "ms",
        "vi", "sv", "da", "nb", "fi", "et", "lv", "lt", "ca", "sw", "uz",
    ),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "kk"),
    "ARABIC": ("fa", "ps", "ar", "ur"),
    "GREEK": ("el",),
    "HEBREW": ("he",),
    "DEVANAGARI": ("hi",),
    "BENGALI": ("bn",),
    "THAI": ("th",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
}  # fmt: skip
LANGUAGES = frozenset(code for codes in BY_SCRIPT.values() for code in codes)
SHORT = 60  # characters of a line that other pages may have too
FIRST_YEAR, LAST_YEAR = 1450, 2099  # of printed news, and of what a page may state

SPACE = r"[ \u00a0\u202f]{0,3}"
YEAR_END = r"(?!\d(?!\d?:\d\d))"  # the hour may stick to the year: "Nov 15, 20195:45 AM"
# A month's name beside a day and a year, in either order; the name is looked up afterwards.
# It is taken whole or not at all, from where a word begins: no month is a part of a word, and to try parts takes long.
NAME = r"(?>[^\W\d_][^\W\d_'’ʻ\u0300-\u036f\u064b-\u065f\u093c-\u094d]{0,2}[^\W\d_\u0300-\u036f\u093c-\u094d]{1,14})"
WORD = r"(?<![^\W\d_])"
DAY_FIRST = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|[.ºªе°])?{SPACE}[-/,]?{SPACE}(?:de{SPACE} |di |of |ta' )?"
    rf"(?P<n1>{NAME})\.?{SPACE}[-/,]?{SPACE}(?:de |del |of )?(?P<y1>\d{{4}}){YEAR_END}"
)
MONTH_FIRST = (
    rf"(?P<n2>{NAME})\.?{SPACE}-?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{SPACE}[,-]{SPACE}(?P<y2>\d{{4}}){YEAR_END}"
    rf"|(?P<n4>{NAME})\.? (?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?P<y4>\d{{4}})(?![\d:])"
)
YEAR_FIRST = (
    r"(?<!\d)(?P<y3>\d{4})(?:[-/.]|年\s?|년\s?)(?P<m3>\d{1,2})(?:[-/.]|月\s?|월\s?)(?P<d3>\d{1,2})(?![\d.]\d)(?:日|일)?"
)
NUMERIC = r"(?<![\d.,/:-])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<yy>\d{4}|\d{2})(?![\d/-]|[.,:]\d)"
MONTH_ONLY = rf"(?<![\w-])(?P<n5>{NAME})\.?,? (?:de )?(?P<y5>\d{{4}})(?!\d)"
# Amid words and between them, one look tells that no date begins.
DATES = re.compile(rf"(?=\d)(?:{YEAR_FIRST}|{NUMERIC}|{DAY_FIRST})|(?=[^\W\d_]){WORD}(?:{MONTH_FIRST}|{MONTH_ONLY})")
DAYS = (
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?{SPACE}(?:de |of )?(?P<name>{NAME})"),
    re.compile(rf"{WORD}(?P<name>{NAME})\.?{SPACE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"),
)
HAS_DIGIT = re.compile(r"\d")  # which is found in a quarter of the time
HAS_YEAR = re.compile(r"\d{4}|\d[-/.]\d\d?[-/.]\d\d")
WORD_BEFORE = re.compile(r"([^\W\d_]{2,14})\.?,?\s*(?:\d{1,2}:\d\d(?::\d\d)?,?\s*)?(?:the )?$")
WORD_AFTER = re.compile(r"^,?\s*\(?([^\W\d_]{2,14})")


class WrittenDate(msgspec.Struct, frozen=True):
    """A date found in a text: where, and its year, month and day (0 where not stated).

    `other` is the second reading, (month, day), of a numeric date that could be day first or month first; then
    `month` and `day` are the day-first reading. `weekday` counts from Monday 0; -1 where none is beside it.
    `dotted` numbers are day first everywhere.
    """

    start: int
    end: int
    year: int
    month: int
    day: int
    weekday: int = -1
    other: tuple[int, int] | None = None
    numeric: str = ""

    def as_date(self) -> dt.date | None:
        """The day, if one is stated and exists."""
        return _day(self.year, self.month, self.day)


def find_dates(text: str, language: str = "en") -> Iterator[WrittenDate]:
    """Yield the dates with a year in a text, in order."""
    if not HAS_DIGIT.search(text) or not HAS_YEAR.search(text):
        return
    for match in DATES.finditer(text):
        written = _convert(match, text, language)
        if written is not None:
            yield written


@cache
def finder(language: str) -> Callable[[str], tuple[WrittenDate, ...]]:
    """Return what finds a line's dates with a year; those of short lines are kept: a site's pages share them."""

    def find(text: str) -> tuple[WrittenDate, ...]:
        return tuple(find_dates(text, language))

    find_kept = lru_cache(maxsize=16384)(find)
    return lambda text: find_kept(text) if len(text) <= SHORT else find(text)


def find_days(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Yield the days that a text names with their month, as (month, day), in no order: "on Nov. 2"."""
    for pattern in DAYS:
        for match in pattern.finditer(text):
            month, day = _month(match["name"], language, False), int(match["day"])
            if month and 1 <= day <= 31:
                yield month, day


def _convert(match: re.Match[str], text: str, language: str) -> WrittenDate | None:
    kind = match.lastgroup
    weekday = _weekday_beside(text, match.start(), match.end(), language)
    if kind in ("d3", "yy"):
        return _numbers(match, weekday) if kind == "yy" else _year_first(match, weekday)
    suffix = (kind or "y1")[-1]
    year = int(match["y" + suffix])
    # "Election 2020": a word and a year alone are looked up in the page's language only.
    month = _month(match["n" + suffix], language, suffix != "5")
    day = int(match["d" + suffix]) if suffix != "5" else 0
    if not month or not FIRST_YEAR <= year <= LAST_YEAR or (suffix != "5" and not _day(year, month, day)):
        return None
    return WrittenDate(match.start(), match.end(), year, month, day, weekday)


def _year_first(match: re.Match[str], weekday: int) -> WrittenDate | None:
    year, month, day = int(match["y3"]), int(match["m3"]), int(match["d3"])
    if not FIRST_YEAR <= year <= LAST_YEAR or not _day(year, month, day):
        return None
    return WrittenDate(match.start(), match.end(), year, month, day, weekday)


def _numbers(match: re.Match[str], weekday: int) -> WrittenDate | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["yy"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day_first, month_first = _day(year, b, a), _day(year, a, b)
    at, sign = (match.start(), match.end()), match["s"]
    if day_first and month_first and a != b:
        return WrittenDate(*at, year, b, a, weekday, (a, b), sign)
    if day_first:
        return WrittenDate(*at, year, b, a, weekday, None, sign)
    return WrittenDate(*at, year, a, b, weekday, None, sign) if month_first else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _weekday_beside(text: str, start: int, end: int, language: str) -> int:
    for match in (WORD_BEFORE.search(text[max(0, start - 40) : start]), WORD_AFTER.match(text[end : end + 20])):
        if match:
            found = _weekday(match[1], language)
            if found >= 0:
                return found
    return -1


@lru_cache(maxsize=4096)
def _month(word: str, language: str, anywhere: bool) -> int:
    """The number of a month's name: in the page's language, in English, else where all languages agree."""
    return _look_up(word, language, "month", anywhere) + 1


@lru_cache(maxsize=4096)
def _weekday(word: str, language: str) -> int:
    # Most words beside a date are no weekday, and a weekday only confirms: English pages ask no other language.
    return _look_up(word, language, "weekday", not word.isascii() or language.partition("-")[0] != "en")


def _look_up(word: str, language: str, what: str, anywhere: bool) -> int:
    plain = word.casefold().rstrip(".")
    for code in dict.fromkeys((language.partition("-")[0], "en")):
        if code in LANGUAGES and (found := _table()[what][code].get(plain)) is not None:
            return found
    if not anywhere:
        return -1
    return _all_names(unicodedata.name(word[0], "").partition(" ")[0], what).get(plain, -1)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Full and short names by kind and language, from 0, case folded; bench/make_calendar.py writes the file."""
    table: dict[str, dict[str, dict[str, int]]] = json.loads(
        Path(__file__).with_name("calendar.json").read_text("utf-8")
    )
    return table


@cache
def _all_names(script: str, what: str) -> dict[str, int]:
    """Names that mean the same in every language of a script that has them."""
    out: dict[str, int] = {}
    clash: set[str] = set()
    for code in BY_SCRIPT.get(script, ()):
        for name, number in _table()[what][code].items():
            if out.setdefault(name, number) != number:
                clash.add(name)
    return {name: number for name, number in out.items() if name not in clash}
