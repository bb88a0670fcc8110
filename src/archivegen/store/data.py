"""The tables that others download: rows in the order of the fields in `downloads`, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import quote

import msgspec

from archivegen.store.rows import LISTED, ORDER, Rows

__all__ = ["Data", "Row"]

Row = tuple[Any, ...]

# By path, as the store has them: it is read from one end to the other, and nothing has to be sorted (the plus keeps
# the index on actors out of it).
MENTIONS = (
    "SELECT a.slug, x.id, n.mentions FROM source AS o CROSS JOIN article AS a ON a.number = o.number "
    "CROSS JOIN name AS n ON n.article = a.number "
    "JOIN spelling AS s ON s.id = n.spelling JOIN actor AS x ON x.number = s.actor AND x.page "
    "ORDER BY o.path, s.name, s.kind"
)
ARTICLES = (
    "SELECT a.slug, a.outlet, k.data, a.ref, c.slug, s.slug FROM source AS o JOIN article AS a ON a.number = o.number "
    "JOIN content AS k ON k.article = a.number "
    "LEFT JOIN copy ON copy.article = a.number LEFT JOIN article AS c ON c.number = copy.first "
    "LEFT JOIN story ON story.article = a.number LEFT JOIN article AS s ON s.number = story.first ORDER BY o.path"
)
ENTRIES = (
    "SELECT e.date, e.text, e.evidence, e.basis, e.mood, a.slug, e.outlets, e.who, e.start "
    "FROM entry AS e JOIN article AS a ON a.number = e.article WHERE 1 " + LISTED + ORDER
)
# Exact days of what happened or was to come; a denial is no event.
DAYS = (
    "SELECT e.date, e.text, e.mood, a.slug, e.start, a.ref FROM entry AS e JOIN article AS a ON a.number = e.article "
    "WHERE e.precision = 'day' AND e.date = e.page AND e.mood != 'denied' " + LISTED + ORDER
)
# What most outlets report, as far as it states its day, month or year itself.
WIDELY_REPORTED = (
    "SELECT e.date, e.text, e.mood, a.slug, e.start, a.ref FROM (SELECT * FROM entry AS e WHERE e.date = e.page "
    f"AND e.mood = 'happened' AND e.basis != 'inferred' {LISTED} ORDER BY e.outlets DESC, length(e.page) DESC, e.rank "
    "LIMIT ?) AS e JOIN article AS a ON a.number = e.article" + ORDER
)

ANY = {
    "articles": "SELECT 1 FROM article",
    "actors": "SELECT 1 FROM actor WHERE page",
    "entries": "SELECT 1 FROM entry WHERE repeats IS NULL",
    "mentions": "SELECT 1 FROM actor AS a JOIN spelling AS s ON s.actor = a.number JOIN name AS n ON n.spelling = s.id "
    "WHERE a.page",
}


# Only what the tables show is decoded, as structs, which takes half the time of whole articles.
class _Text(msgspec.Struct, frozen=True, gc=False):
    value: str


class _Date(msgspec.Struct, frozen=True, gc=False):
    text: str


class _Dated(msgspec.Struct, frozen=True, gc=False):
    value: _Date
    basis: str


class _Body(msgspec.Struct, frozen=True, gc=False):
    text: str


class _Article(msgspec.Struct, frozen=True, gc=False):
    title: _Text
    body: _Body
    source: _Text | None = None
    byline: _Text | None = None
    agency: _Text | None = None
    place: _Text | None = None
    language: _Text | None = None
    url: _Text | None = None
    published: _Dated | None = None
    updated: _Dated | None = None
    captured: _Dated | None = None
    status: str = ""
    notice: str = ""


class _Ref(msgspec.Struct, frozen=True, gc=False):
    title: str
    source: str
    event_date: _Dated | None = None


class _Actor(msgspec.Struct, frozen=True, gc=False):
    aliases: list[str]
    note: str = ""
    same_as: list[str] = []


_article = msgspec.json.Decoder(_Article).decode
_ref = msgspec.json.Decoder(_Ref).decode
_actor = msgspec.json.Decoder(_Actor).decode
_ids = msgspec.json.Decoder(list[str]).decode


class Data:
    """Every row of the tables, and the events of the chronology; `base` comes before the addresses of pages."""

    def __init__(self, rows: Rows) -> None:
        self._db = rows.db

    def rows(self, table: str, base: str) -> Iterator[Row]:
        """Yield the rows of `articles`, `actors`, `entries` or `mentions`."""
        tables = {"articles": self._articles, "actors": self._actors, "entries": self._entries}
        return tables[table](base) if table in tables else self._mentions()

    def has_rows(self, table: str) -> bool:
        """Tell whether a table has any row, without making it."""
        return self._db.execute(f"{ANY[table]} LIMIT 1").fetchone() is not None

    def days(self, base: str) -> Iterator[Row]:
        """Yield (date, sentence, mood, page, headline, outlet) of every entry on an exact day, in their order."""
        return self._events(base, DAYS)

    def widely_reported(self, base: str, limit: int) -> Iterator[Row]:
        """Yield the same of the events that most outlets report, in the order in which they happened."""
        return self._events(base, WIDELY_REPORTED, limit)

    def _events(self, base: str, query: str, *values: int) -> Iterator[Row]:
        for date, text, mood, slug, start, data in self._db.execute(query, values):
            ref = _ref(data)
            yield date, text, mood, f"{base}articles/{_segment(slug)}/#s{start}", ref.title, ref.source

    def _articles(self, base: str) -> Iterator[Row]:
        for slug, outlet, data, ref, copy, story in self._db.execute(ARTICLES):
            a, event = _article(data), _ref(ref).event_date
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

    def _actors(self, base: str) -> Iterator[Row]:
        query = "SELECT id, name, kind, articles, mentions, data FROM actor WHERE page ORDER BY id"
        for slug, name, kind, articles, mentions, data in self._db.execute(query):
            actor = _actor(data)
            page = f"{base}actors/{_segment(slug)}/"
            yield slug, name, kind, actor.aliases, articles, mentions, actor.note or None, actor.same_as, page

    def _entries(self, base: str) -> Iterator[Row]:
        rows = self._db.execute(ENTRIES)
        for number, (date, text, evidence, basis, mood, slug, outlets, who, start) in enumerate(rows, 1):
            page = f"{base}articles/{_segment(slug)}/#s{start}"
            yield number, date, text, evidence or None, basis, mood, slug, outlets or None, _ids(who), page

    def _mentions(self) -> Iterator[Row]:
        for slug, names in groupby(self._db.execute(MENTIONS), key=itemgetter(0)):
            times: dict[str, int] = {}
            for _, actor, count in names:  # an actor may have several names in one article
                times[actor] = times.get(actor, 0) + count
            for actor, count in times.items():
                yield slug, actor, count


def _segment(slug: str) -> str:
    return slug if slug.isascii() else quote(slug)
