"""A partial date -> words in the interface's language: English as `edtf` says it, others by their calendar."""

from __future__ import annotations

from functools import lru_cache

from archivegen import edtf
from archivegen.edtf import Date, parse
from archivegen.render.translate import Calendar, Tongue, noted, tongue_of

__all__ = ["day_of_year", "in_words", "month_of_year", "show", "weekday"]

QUALIFIED = {
    "": "%(date)s",
    "?": noted("perhaps %(date)s"),
    # Translators: %(date)s is as after a preposition: "czerwca 2004", not "czerwiec 2004"
    "~": noted("about %(date)s"),
    "%": noted("perhaps about %(date)s"),
}
SEASONS = {"21": noted("spring"), "22": noted("summer"), "23": noted("autumn"), "24": noted("winter")}
# Translators: as after a preposition: "about spring 2004"
BENT = {"21": noted("of spring"), "22": noted("of summer"), "23": noted("of autumn"), "24": noted("of winter")}
HOLE = "\0"  # where the number of a day goes


def show(date: Date, tongue: Tongue) -> str:
    """Say a date: "21 August 2018", "about June 2004", "około czerwca 2004"."""
    if not date.is_day:
        return _show_any(date.text, tongue)
    before, after = _around_day(date.text[:7], tongue)
    return f"{before}{int(date.text[8:])}{after}"


def in_words(date: Date, language: str) -> str:
    """Say a date in the language of a site's interface."""
    return show(date, tongue_of(language))


def weekday(date: Date, tongue: Tongue) -> str:
    """Return the day of the week in a language that has a calendar."""
    assert tongue.calendar is not None
    assert date.earliest is not None
    return tongue.calendar.weekdays[date.earliest.weekday()]


def day_of_year(text: str, tongue: Tongue) -> str:
    """Say a day whose year is not known: "4 September" for XXXX-09-04."""
    if tongue.calendar is None:
        return edtf.show(parse(text)).partition(",")[0]
    return _day(0, int(text[5:7]), int(text[8:10]), tongue.calendar)


def month_of_year(date: Date, tongue: Tongue) -> str:
    """Return a month's name as it stands alone, in a language that has a calendar."""
    assert tongue.calendar is not None
    return tongue.calendar.months_alone[int(date.text[5:7]) - 1]


@lru_cache(maxsize=1024)
def _around_day(month: str, tongue: Tongue) -> tuple[str, str]:
    """What stands before and after the number of a day of this month: an archive may have any number of days."""
    if tongue.calendar is None:
        return "", f" {edtf.show(parse(month))}"
    before, _, after = _day(int(month[:4]), int(month[5:]), HOLE, tongue.calendar).partition(HOLE)
    return before, after


@lru_cache(maxsize=1024)
def _show_any(text: str, tongue: Tongue) -> str:
    return edtf.show(parse(text)) if tongue.calendar is None else _show(text, tongue, tongue.calendar)


def _show(text: str, tongue: Tongue, calendar: Calendar, *, bent: bool = False) -> str:
    """Say a date; `bent` as it stands after a preposition."""
    first, is_interval, last = text.partition("/")
    if is_interval and first in ("", ".."):
        # Translators: %(date)s is as after a preposition
        return tongue.gettext("until %(date)s") % {"date": _show(last, tongue, calendar, bent=True)}
    if is_interval and last in ("", ".."):
        # Translators: %(date)s is as after a preposition
        return tongue.gettext("from %(date)s") % {"date": _show(first, tongue, calendar, bent=True)}
    if is_interval:
        return _between(_show(first, tongue, calendar), _show(last, tongue, calendar), tongue)
    mark = text[-1] if text[-1] in "?~%" else ""
    words = _words(text.rstrip("?~%"), tongue, calendar, bent=bent or mark in ("~", "%"))
    return tongue.gettext(QUALIFIED[mark]) % {"date": words} if mark else words


def _words(text: str, tongue: Tongue, calendar: Calendar, *, bent: bool) -> str:
    year, month, day = [*text.split("-"), "XX", "XX"][:3]
    if year == "XXXX":
        known = _day(0, int(month), int(day), calendar) if day != "XX" else calendar.months_alone[int(month) - 1]
        return tongue.gettext("%(date)s, year unknown") % {"date": known}
    if year.endswith("XX"):
        first, last = (calendar.year_alone.format(year=f"{year[:2]}{end}") for end in ("00", "99"))
        return _between(first, last, tongue)
    if year.endswith("X"):
        decade = {"first": f"{year[:3]}0", "last": f"{year[:3]}9"}
        if bent:
            return tongue.pgettext("after a preposition", "the %(first)ss") % decade
        # Translators: a decade, "the 1990s"; %(first)s is 1990, and there is %(last)s, 1999
        return tongue.gettext("the %(first)ss") % decade
    if month == "XX":
        return calendar.year_alone.format(year=int(year))
    if month in SEASONS:
        season = tongue.gettext((BENT if bent else SEASONS)[month])
        return tongue.gettext("%(season)s %(year)s") % {"season": season, "year": int(year)}
    if day != "XX":
        return _day(int(year), int(month), int(day), calendar)
    at = int(month) - 1
    form = calendar.in_month if bent else calendar.month_and_year
    return form.format(month=calendar.months[at], alone=calendar.months_alone[at], number=at + 1, year=int(year))


def _day(year: int, month: int, day: int | str, calendar: Calendar) -> str:
    names = {"month": calendar.months[month - 1], "alone": calendar.months_alone[month - 1], "number": month}
    return (calendar.day_month_year if year else calendar.day_month).format(day=day, year=year, **names)


def _between(first: str, last: str, tongue: Tongue) -> str:
    # Translators: a stretch of time; the dates are as they stand alone, so it may need to be a dash
    return tongue.gettext("%(first)s to %(last)s") % {"first": first, "last": last}
