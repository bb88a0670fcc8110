"""How pages say things: dates, counts, kinds, and how a value is known. One place for the site's wording."""

from __future__ import annotations

import calendar
import re
from functools import cache, lru_cache

from markupsafe import Markup, escape

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Basis, Kind, Known, Mood
from archivegen.views import ArticleRef, Count, Entry

__all__ = [
    "basis",
    "between_tags",
    "count",
    "date_of",
    "direction",
    "evidence",
    "kind",
    "kinds",
    "marked",
    "marks",
    "named",
    "number",
    "part",
    "plain_date",
    "weekday",
    "when",
    "written",
]

KINDS: dict[Kind, tuple[str, str]] = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "country": ("country", "countries"),
    "place": ("place", "places"),
    "other": ("other name", "other names"),
}
MOODS: dict[Mood, str] = {"happened": "", "announced": "announced", "planned": "planned", "denied": "denied"}
BASES: dict[Basis, str] = {
    "stated": "stated",
    "inferred": "inferred",
    "curated": "curated by an editor",
}
DATE_PATH = re.compile(r"dates/([0-9]{4})/(?:([0-9]{2})/)?(?:([0-9]{2})/)?")
NOT_WRITTEN = Markup("day of writing not stated")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
IRREGULAR = {"entry": "entries", "person": "people", "country": "countries"}


def when(date: Date) -> Markup:
    """Return a date as HTML: in words, inside `<time>` where the standard has a form for it."""
    return _when(date.text)


def plain_date(date: Date) -> str:
    """Return a date in words, for titles and other places that take no elements."""
    return edtf.show(date)


def written(article: ArticleRef) -> Markup:
    """Return when an article was written, as far as it says."""
    if article.published is None:
        return NOT_WRITTEN
    return _written(article.published.value.text, article.published.basis)


def direction(language: str) -> str:
    """Return which way a language is written: "ltr" or "rtl"."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def weekday(date: Date) -> str:
    """Return the day of the week, or an empty string for what is not one certain day."""
    return calendar.day_name[date.earliest.weekday()] if date.is_day and date.earliest else ""


def named(label: str) -> str:
    """Return a label in words where it is a date ("2018-08"), else as it is."""
    date = edtf.try_parse(label)
    return edtf.show(date) if date else label


def date_of(link: Count) -> Date | None:
    """Return the day, month or year whose page a link leads to: `dates/2018/08/` is 2018-08."""
    found = DATE_PATH.fullmatch(link.path)
    return edtf.try_parse("-".join(part for part in found.groups() if part)) if found else edtf.try_parse(link.label)


def part(link: Count) -> str:
    """Name a month without its year and a day without its month, for a list under what they are part of."""
    date = date_of(link)
    if date and date.is_day and date.earliest:
        return str(date.earliest.day)
    return edtf.show(date).rpartition(" ")[0] if date and date.precision == "month" else link.label


def number(value: int) -> str:
    """Return a number with its thousands apart."""
    return f"{value:,}"


def count(value: int, noun: str) -> str:
    """Return "1 article", "2 articles", "1,204 entries"."""
    return f"{value:,} {noun if value == 1 else IRREGULAR.get(noun, noun + 's')}"


def kind(value: Kind) -> str:
    """Return an actor's kind in words."""
    return KINDS[value][0]


def kinds(value: Kind) -> str:
    """Return an actor's kind in words, for many of them."""
    return KINDS[value][1]


def basis(known: Known[Date]) -> Markup:
    """Return how a date is known: `stated: “21 August, 2018”`."""
    said = Markup(BASES[known.basis])
    if known.evidence:
        said += Markup(": <q>{}</q>").format(known.evidence)
    return said


def evidence(entry: Entry) -> Markup:
    """Return an entry's sentence as HTML, the words that its date was read from marked in it."""
    before, found, after = entry.text.partition(entry.evidence) if entry.evidence else (entry.text, "", "")
    if not found:
        return Markup(between_tags(entry.text))
    return Markup(f'{between_tags(before)}<span class="words">{between_tags(found)}</span>{between_tags(after)}')


def marks(entry: Entry) -> tuple[str, ...]:
    """Return what to know of an entry before believing it: planned, date inferred, accounts differ."""
    return _marks(entry.mood, entry.basis, entry.contested)


def marked(entry: Entry) -> Markup:
    """Return an entry's marks as HTML, to stand before its sentence."""
    return _marked(entry.mood, entry.basis, entry.contested)


def between_tags(text: str) -> str:
    """Escape what stands between tags, where quotes may stay; several times faster than what attributes need."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=65536)
def _when(text: str) -> Markup:
    date = edtf.parse(text)
    words, attribute = edtf.show(date), date.datetime_attribute
    if attribute is None:
        return escape(words)
    return Markup(f'<time datetime="{escape(attribute)}">{escape(words)}</time>')


@cache
def _marks(mood: Mood, basis: Basis, contested: bool) -> tuple[str, ...]:
    found = (MOODS[mood], "" if basis == "stated" else f"date {basis}", "accounts differ" if contested else "")
    return tuple(mark for mark in found if mark)


@cache
def _marked(mood: Mood, basis: Basis, contested: bool) -> Markup:
    found = []
    for mark in _marks(mood, basis, contested):
        soft = " soft" if mark.startswith("date ") else ""
        found.append(Markup('<bdi class="mark{}">{}</bdi> ').format(soft, mark))
    return Markup("").join(found)


@lru_cache(maxsize=65536)
def _written(text: str, basis: Basis) -> Markup:
    inferred = " <i>(inferred)</i>" if basis == "inferred" else ""
    return Markup(f"written {_when(text)}{inferred}")
