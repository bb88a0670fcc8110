"""The tables that others download: rows in the order of the fields in `downloads`, all or those of a part.

Of what is to be in a database SQLite makes the rows itself: these are queries for a connection that has the store
attached as `store`, and a function `segment`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from archivegen.store.partial import ActorPart, Body, Dated, Text
from archivegen.store.rows import LISTED, Rows

__all__ = ["Data", "Row", "attach", "entry_rows", "mention_rows"]

Row = tuple[Any, ...]
Source = tuple[str, str]  # an article's headline and outlet
Signs = tuple[str, str, int, int, int]

SUMS = (
    "SELECT count(*), sum(mark), sum(ref_mark), sum(kin_mark), sum(cast_mark), sum(entries_mark), "
    "(SELECT count(*) + coalesce(sum(page_mark), 0) FROM actor WHERE page) FROM article"
)
# What tells whether an article's row, those of its names, and those of its entries still say the same.
SIGNS = (
    "SELECT path, slug, mark + 3 * ref_mark + 5 * kin_mark, cast_mark + 3 * ref_mark, entries_mark "
    "FROM article ORDER BY path"
)
HAVING = "e.article IN (SELECT value FROM json_each(:numbers))"
# By path, as the index on it has them: nothing has to be sorted.
MENTIONS = (
    "SELECT a.slug, x.id, n.mentions FROM source AS o CROSS JOIN article AS a ON a.number = o.number "
    "CROSS JOIN name AS n ON n.article = a.number "
    "JOIN spelling AS s ON s.id = n.spelling JOIN actor AS x ON x.number = s.actor AND x.page "
    "WHERE o.path BETWEEN ? AND ? ORDER BY o.path, s.name, s.kind"
)
ARTICLES = (
    "SELECT a.slug, a.outlet, k.data, a.ref, c.slug, s.slug FROM source AS o JOIN article AS a ON a.number = o.number "
    "JOIN content AS k ON k.article = a.number "
    "LEFT JOIN copy ON copy.article = a.number LEFT JOIN article AS c ON c.number = copy.first "
    "LEFT JOIN story ON story.article = a.number LEFT JOIN article AS s ON s.number = story.first "
    "WHERE o.path BETWEEN ? AND ? ORDER BY o.path"
)
# Of all, no index is of use (NOT INDEXED): it would lead to one row here, the next there.
ENTRIES = (
    "SELECT e.sort1, e.date, e.text, e.evidence, e.basis, e.mood, e.article, e.outlets, e.who, e.start, "
    "e.precision = 'day' AND e.date = e.page AND e.mood != 'denied' AS is_event "
    "FROM entry AS e {} " + LISTED + "ORDER BY e.rank"
)
ENTRY_ROWS = (
    "SELECT e.sort1 * {most} + row_number() OVER (PARTITION BY e.sort1 ORDER BY e.rank), e.date, e.text, "
    "nullif(e.evidence, ''), e.basis, e.mood, a.slug, nullif(e.outlets, 0), e.who, "
    ":base || 'articles/' || segment(a.slug) || '/#s' || e.start "
    "FROM (SELECT * FROM store.entry AS e {which} " + LISTED + ") AS e JOIN store.article AS a ON a.number = e.article"
)
MENTION_ROWS = (
    "SELECT a.slug, x.id, sum(n.mentions) FROM {which} CROSS JOIN store.name AS n ON n.article = a.number "
    "JOIN store.spelling AS s ON s.id = n.spelling JOIN store.actor AS x ON x.number = s.actor AND x.page "
    "GROUP BY a.slug, x.id ORDER BY a.slug, x.id"
)
OF_ALL = "store.article AS a"
OF_PATHS = (
    "(SELECT number, slug FROM store.article WHERE number IN "
    "(SELECT number FROM store.source WHERE path BETWEEN :first AND :last)) AS a"
)
BATCH = 500  # rows of a day that are given at once
MOST = 10_000_000  # entries of a day: their numbers are the day's with a number behind it
UNBOUND, YEARLESS = 1, dt.date.max.toordinal() + 1  # the days of what has no first day, and of what has no year
# Where the entries of a day are: its year, its month or itself is the page of each.
OF_DAY = "WHERE e.page IN (:date, :month, :year) AND e.rank >= :first AND e.rank < :next"

# What most outlets report, as far as it states its day, month or year itself.
WIDELY_REPORTED = (
    "SELECT e.date, e.text, a.slug, e.start, a.ref FROM (SELECT id FROM entry AS e WHERE e.date = e.page "
    f"AND e.mood = 'happened' AND e.basis != 'inferred' {LISTED} ORDER BY e.outlets DESC, length(e.page) DESC, e.rank "
    "LIMIT ?) AS found JOIN entry AS e ON e.id = found.id JOIN article AS a ON a.number = e.article ORDER BY e.rank"
)

ANY = {
    "articles": "SELECT 1 FROM article",
    "actors": "SELECT 1 FROM actor WHERE page",
    "entries": "SELECT 1 FROM entry WHERE repeats IS NULL",
    "mentions": "SELECT 1 FROM actor AS a JOIN named AS n ON n.actor = a.number WHERE a.page",
}


class Sums(msgspec.Struct, frozen=True):
    """How many articles there are, and sums of what is known of them and of the actors that have a page: another sum
    tells that something changed."""

    articles: int
    contents: int | None
    refs: int | None
    kin: int | None
    casts: int | None
    entries: int | None
    actors: int


class _Article(msgspec.Struct, frozen=True, gc=False):
    title: Text
    body: Body
    source: Text | None = None
    byline: Text | None = None
    agency: Text | None = None
    place: Text | None = None
    language: Text | None = None
    url: Text | None = None
    published: Dated | None = None
    updated: Dated | None = None
    captured: Dated | None = None
    status: str = ""
    notice: str = ""


class _Ref(msgspec.Struct, frozen=True, gc=False):
    title: str
    source: str
    event_date: Dated | None = None


EVENT = b'"event_date":{'  # in the few that have one; within a text the quotes would be escaped
_article = msgspec.json.Decoder(_Article).decode
_ref = msgspec.json.Decoder(_Ref).decode
_actor = msgspec.json.Decoder(ActorPart).decode
_ids = msgspec.json.Decoder(list[str]).decode


class Data:
    """Rows of the tables, and signs of them; `base` comes before the addresses of pages."""

    def __init__(self, rows: Rows) -> None:
        self._db = rows.db
        self._about = lru_cache(maxsize=8192)(self._load_about)
        self._concerned = lru_cache(maxsize=8192)(_ids)

    def has_rows(self, table: str) -> bool:
        """Tell whether a table has any row, without making it."""
        return self._db.execute(f"{ANY[table]} LIMIT 1").fetchone() is not None

    def sums(self) -> Sums:
        """Sums of the marks of all articles, and of the actors that have a page."""
        return Sums(*self._db.execute(SUMS).fetchone())

    def signs(self) -> Iterator[Signs]:
        """Yield of all articles, by path: path, slug, and signs of its row, its names, its entries."""
        yield from self._db.execute(SIGNS)

    def entry_signs(self) -> Iterator[tuple[int, str, int]]:
        """Yield of each article that has entries its number, its slug, and the sign of them."""
        yield from self._db.execute("SELECT number, slug, entries_mark FROM article WHERE entries_mark")

    def days(self, numbers: list[int] | None) -> dict[int, set[int]]:
        """Return on which days, as ordinals, articles have entries, by number: of some articles, or of all.

        What has no first day is on the first of all, what has no year on one after the last.
        """
        found: dict[int, set[int]] = {}
        which, values = (
            ("NOT INDEXED WHERE 1", {}) if numbers is None else (f"WHERE {HAVING}", {"numbers": _as_list(numbers)})
        )
        for number, day in self._db.execute(f"SELECT e.article, e.sort1 FROM entry AS e {which} {LISTED}", values):
            found.setdefault(number, set()).add(day)
        return found

    def articles(self, first: str, last: str, base: str) -> Iterator[Row]:
        """Yield the rows of the articles from one path to another, in their order."""
        for slug, outlet, data, ref, copy, story in self._db.execute(ARTICLES, (first, last)):
            a = _article(data)
            event = _ref(ref).event_date if EVENT in ref else None
            published = a.published
            yield (
                slug,
                a.title.value,
                a.source.value if a.source else None,
                outlet or None,
                a.byline.value if a.byline else None,
                a.agency.value if a.agency else None,
                a.place.value if a.place else None,
                a.language.value if a.language else None,
                published.value.text if published else None,
                published.basis if published else None,
                a.updated.value.text if a.updated else None,
                a.captured.value.text if a.captured else None,
                event.value.text if event else None,
                event.basis if event else None,
                a.url.value if a.url else None,
                f"{base}articles/{_segment(slug)}/",
                copy,
                story,
                a.status or None,
                a.notice or None,
                a.body.text,
            )

    def mentions(self, first: str, last: str) -> list[Row]:
        """Return whom the articles from one path to another name, in their order."""
        rows: list[Row] = self._db.execute(MENTIONS, (first, last)).fetchall()
        if len({row[:2] for row in rows}) == len(rows):
            return rows
        found: dict[Row, int] = {}
        for *named, times in rows:  # an actor may have several names in one article
            key = tuple(named)
            found[key] = found.get(key, 0) + times
        return [(*named, times) for named, times in found.items()]

    def actors(self, base: str) -> Iterator[Row]:
        """Yield the rows of all actors that have a page."""
        query = "SELECT id, name, kind, articles, mentions, data FROM actor WHERE page ORDER BY id"
        for slug, name, kind, articles, mentions, data in self._db.execute(query):
            actor = _actor(data)
            page = f"{base}actors/{_segment(slug)}/"
            yield slug, name, kind, actor.aliases, articles, mentions, actor.note or None, actor.same_as, page

    def entries(self, day: int | None, base: str) -> Iterator[tuple[int, list[Row], list[Source | None]]]:
        """Yield the entries of a day, or of all, some at once: the day, rows, and of each that is an event its article.

        An event is on an exact day, and happened or was to come; a denial is none.
        """
        which, values = _of_day(day)
        found = self._db.execute(ENTRIES.format(which), values)
        for here, listed in groupby(found, key=itemgetter(0)):
            numbers = count(here * MOST + 1)
            while batch := list(islice(listed, BATCH)):
                rows: list[Row] = []
                events: list[Source | None] = []
                for _, date, text, evidence, basis, mood, article, outlets, who, start, is_event in batch:
                    slug, page, source = self._about(article)
                    rows.append(
                        (next(numbers), date, text, evidence or None, basis, mood, slug, outlets or None,
                         self._concerned(who), f"{base}{page}{start}")
                    )  # fmt: skip
                    events.append(source if is_event else None)
                yield here, rows, events

    def widely_reported(self, base: str, limit: int) -> Iterator[Row]:
        """Yield (date, sentence, page, headline, outlet) of the events that most outlets report, in order."""
        for date, text, slug, start, data in self._db.execute(WIDELY_REPORTED, (limit,)):
            ref = _ref(data)
            yield date, text, f"{base}articles/{_segment(slug)}/#s{start}", ref.title, ref.source

    def _load_about(self, number: int) -> tuple[str, str, tuple[str, str]]:
        """An article's slug, how the addresses of its sentences begin, its headline and outlet."""
        slug, data = self._db.execute("SELECT slug, ref FROM article WHERE number = ?", (number,)).fetchone()
        ref = _ref(data)
        return slug, f"articles/{_segment(slug)}/#s", (ref.title, ref.source)


def attach(db: sqlite3.Connection, store: Path) -> None:
    """Let a connection, which takes files as URIs, read the store."""
    db.create_function("segment", 1, lru_cache(maxsize=8192)(_segment), deterministic=True)
    db.execute("ATTACH ? AS store", (f"{store.absolute().as_uri()}?mode=ro",))


def entry_rows(day: int | None, base: str) -> tuple[str, dict[str, Any]]:
    """A query for the rows of the entries of a day, or of all, in any order; its values."""
    which, values = _of_day(day)
    return ENTRY_ROWS.format(most=MOST, which=which), {"base": base, **values}


def mention_rows(paths: tuple[str, str] | None) -> tuple[str, dict[str, Any]]:
    """A query for whom the articles from one path to another name, or all, by their slugs; its values."""
    if paths is None:
        return MENTION_ROWS.format(which=OF_ALL), {}
    return MENTION_ROWS.format(which=OF_PATHS), dict(zip(("first", "last"), paths, strict=True))


def _as_list(values: list[int]) -> str:
    return msgspec.json.encode(values).decode()


def _of_day(day: int | None) -> tuple[str, dict[str, Any]]:
    """What to take of the entries, and its values."""
    if day is None:
        return "NOT INDEXED WHERE 1", {}
    if day in (UNBOUND, YEARLESS):
        return "WHERE e.sort1 = :day" if day == UNBOUND else "WHERE e.page IS NULL AND e.sort1 = :day", {"day": day}
    date = dt.date.fromordinal(day).isoformat()
    ranks = {"first": f"{day:07}", "next": f"{day + 1:07}"}
    return OF_DAY, {"date": date, "month": date[:7], "year": date[:4], **ranks}


def _segment(slug: str) -> str:
    return slug if slug.isascii() else quote(slug)
