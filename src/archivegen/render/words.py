"""How pages say things: dates, counts, kinds, and how a value is known. One place for the site's wording."""

from __future__ import annotations

import calendar
import re
from functools import cache, lru_cache

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Basis, Kind, Known, Mood
from archivegen.render import dates
from archivegen.render.escape import between_tags, in_quotes
from archivegen.render.translate import ENGLISH, Tongue, direction, noted, plural
from archivegen.views import ArticleRef, Count, Entry

__all__ = [
    "basis",
    "count",
    "date_of",
    "direction",
    "evidence",
    "kind",
    "kinds",
    "lang",
    "lang_dir",
    "marked",
    "marks",
    "named",
    "number",
    "part",
    "plain_date",
    "published",
    "weekday",
    "when",
    "written",
]

KINDS: dict[Kind, tuple[str, str]] = {
    "person": plural("person", "people"),
    "organisation": plural("organisation", "organisations"),
    "country": plural("country", "countries"),
    "place": plural("place", "places"),
    "other": plural("other name", "other names"),
}
MOODS: dict[Mood, str] = {
    "happened": "",
    "announced": noted("announced"),
    "planned": noted("planned"),
    "denied": noted("denied"),
}
BASES: dict[Basis, str] = {
    "stated": noted("stated"),
    "inferred": noted("inferred"),
    "curated": noted("curated by an editor"),
}
# Marks of an entry whose date its own sentence does not have.
DATED: dict[Basis, str] = {"stated": "", "inferred": noted("date inferred"), "curated": noted("date curated")}
# What pages count. A template may count anything else, which is then said in English.
COUNTED = {
    "article": plural("%(number)s article", "%(number)s articles"),
    "actor": plural("%(number)s actor", "%(number)s actors"),
    "entry": plural("%(number)s entry", "%(number)s entries"),
    "day": plural("%(number)s day", "%(number)s days"),
    "line": plural("%(number)s line", "%(number)s lines"),
    "sentence": plural("%(number)s sentence", "%(number)s sentences"),
    "dated statement": plural("%(number)s dated statement", "%(number)s dated statements"),
}
UNDATED = noted("undated")  # what stands in the place of a year
DATE_PATH = re.compile(r"dates/([0-9]{4})/(?:([0-9]{2})/)?(?:([0-9]{2})/)?")


def when(date: Date, *, tongue: Tongue = ENGLISH) -> str:
    """Return a date as HTML: in words, inside `<time>` where the standard has a form for it."""
    return _when(date, tongue)


def plain_date(date: Date, *, tongue: Tongue = ENGLISH) -> str:
    """Return a date in words, for titles and other places that take no elements."""
    return dates.show(date, tongue)


def published(known: Known[Date] | None, tongue: Tongue) -> str:
    """Return as HTML when an article was published, as far as it says."""
    if known is None:
        return tongue.gettext("no publication date stated")
    return _when(known.value, tongue) + (_inferred(tongue) if known.basis == "inferred" else "")


def written(known: Known[Date] | None, tongue: Tongue) -> str:
    """Return as HTML when an article was written, as far as it says: by when it was published."""
    if known is None:
        return tongue.gettext("day of writing not stated")
    return _written(known.value, known.basis, tongue)


def lang(article: ArticleRef, *, tongue: Tongue = ENGLISH) -> str:
    """Return the attribute for an article's words where they are not in the language of the page."""
    language = article.language or tongue.articles
    return "" if language == tongue.lang else _lang(language)


def lang_dir(article: ArticleRef, *, tongue: Tongue = ENGLISH) -> str:
    """Return the same with the direction where that is another, for elements that do not find it out themselves."""
    language = article.language or tongue.articles
    return "" if language == tongue.lang else _lang_dir(language, tongue)


def weekday(date: Date, *, tongue: Tongue = ENGLISH) -> str:
    """Return the day of the week, or an empty string for what is not one certain day."""
    if not (date.is_day and date.earliest):
        return ""
    return dates.weekday(date, tongue) if tongue.calendar else calendar.day_name[date.earliest.weekday()]


def named(label: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return a label in words where it is a date ("2018-08") or says that there is none, else as it is."""
    return _named(label, tongue)


@lru_cache(maxsize=4096)
def _named(label: str, tongue: Tongue) -> str:
    date = edtf.try_parse(label)
    if date is None:
        return tongue.gettext(label) if label == UNDATED else label
    return dates.show(date, tongue)


def date_of(link: Count) -> Date | None:
    """Return the day, month or year whose page a link leads to: `dates/2018/08/` is 2018-08."""
    return _date_of(link.path, link.label)


@lru_cache(maxsize=4096)
def _date_of(path: str, label: str) -> Date | None:
    found = DATE_PATH.fullmatch(path)
    return edtf.try_parse("-".join(part for part in found.groups() if part)) if found else edtf.try_parse(label)


def part(link: Count, *, tongue: Tongue = ENGLISH) -> str:
    """Name a month without its year and a day without its month, for a list under what they are part of."""
    date = date_of(link)
    if date and date.is_day and date.earliest:
        return str(date.earliest.day)
    if not date or date.precision != "month":
        return named(link.label, tongue=tongue)
    return dates.month_of_year(date, tongue) if tongue.calendar else edtf.show(date).rpartition(" ")[0]


def number(value: int, *, tongue: Tongue = ENGLISH) -> str:
    """Return a number with its thousands apart."""
    return f"{value:,}" if tongue.calendar is None else f"{value:,}".replace(",", tongue.calendar.group)


def count(value: int, noun: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return "1 article", "2 articles", "1,204 entries"."""
    one, many = COUNTED.get(noun) or (f"%(number)s {noun}", f"%(number)s {noun}s")
    return tongue.ngettext(one, many, value) % {"number": number(value, tongue=tongue)}


def kind(value: Kind, *, tongue: Tongue = ENGLISH) -> str:
    """Return an actor's kind in words."""
    return tongue.ngettext(*KINDS[value], 1)


def kinds(value: Kind, *, tongue: Tongue = ENGLISH) -> str:
    """Return an actor's kind in words, for many of them."""
    return tongue.ngettext(*KINDS[value], 2)


def basis(known: Known[Date], *, tongue: Tongue = ENGLISH) -> str:
    """Return as HTML how a date is known: `stated: “21 August, 2018”`."""
    said = tongue.gettext(BASES[known.basis])
    return f"{said}: <q>{in_quotes(known.evidence)}</q>" if known.evidence else said


def evidence(entry: Entry) -> str:
    """Return an entry's sentence as HTML, the words that its date was read from marked in it."""
    before, found, after = entry.text.partition(entry.evidence) if entry.evidence else (entry.text, "", "")
    if not found:
        return between_tags(before)
    return f'{between_tags(before)}<span class="words">{between_tags(found)}</span>{between_tags(after)}'


def marks(entry: Entry) -> tuple[str, ...]:
    """Return what to know of an entry before believing it, in English: planned, date inferred, accounts differ."""
    return _marks(entry.mood, entry.basis, entry.contested)


@cache
def _lang(language: str) -> str:
    return f' lang="{in_quotes(language)}"'


@cache
def _lang_dir(language: str, tongue: Tongue) -> str:
    told, way = _lang(language), direction(language)
    return told if way == tongue.direction else f'{told} dir="{way}"'


@lru_cache(maxsize=1024)
def _when(date: Date, tongue: Tongue) -> str:
    words, attribute = in_quotes(dates.show(date, tongue)), date.datetime_attribute
    return words if attribute is None else f'<time datetime="{in_quotes(attribute)}">{words}</time>'


@lru_cache(maxsize=1024)
def _written(date: Date, basis: Basis, tongue: Tongue) -> str:
    words = tongue.gettext("written %(date)s") % {"date": _when(date, tongue)}
    return words + (_inferred(tongue) if basis == "inferred" else "")


def _inferred(tongue: Tongue) -> str:
    return f" <i>({in_quotes(tongue.gettext('inferred'))})</i>"


@cache
def _marks(mood: Mood, basis: Basis, contested: bool) -> tuple[str, ...]:
    found = (MOODS[mood], DATED[basis], noted("accounts differ") if contested else "")
    return tuple(mark for mark in found if mark)


@cache
def marked(mood: Mood, basis: Basis, contested: bool, tongue: Tongue) -> str:
    """Return an entry's marks as HTML, to stand before its sentence."""
    found = []
    for mark in _marks(mood, basis, contested):
        soft = " soft" if mark == DATED[basis] else ""
        found.append(f'<bdi class="mark{soft}">{in_quotes(tongue.gettext(mark))}</bdi> ')
    return "".join(found)
