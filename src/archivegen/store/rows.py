"""What all queries share: the connection, links to articles and actors, entries, and a cache of links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from itertools import starmap
from typing import Any

import msgspec
from msgspec.structs import replace

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.views import ActorRef, ArticleRef, Corroboration, Entry

__all__ = ["DAY", "ENTRY", "LISTED", "ORDER", "REF", "Rows", "Totals", "on_page"]

# The columns that `refs` takes, of an article `a`.
REF = "a.number, a.slug, a.ref"
# The columns that `entries` takes.
ENTRY = (
    "SELECT e.id, e.date, e.text, e.evidence, e.basis, e.mood, e.start, e.article, e.outlets, e.reporter, e.lag, "
    "e.who, e.also, e.contested FROM entry AS e "
)
LISTED = "AND e.repeats IS NULL "  # without what a copy has from the article that it copies
ORDER = " ORDER BY e.rank"
DAY = 7  # digits that the rank of an entry begins with: its first day, counted from the year 1
KEPT = 4096  # links that are remembered: an article is in several lists

_article_ref = msgspec.json.Decoder(ArticleRef).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode

Totals = tuple[int, int]  # entries, articles


class Rows:
    """Turns rows into links and entries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.actor_ref = lru_cache(maxsize=KEPT)(self._load_actor_ref)
        self._refs: dict[int, ArticleRef] = {}

    def one(self, query: str, *values: Any) -> Any:
        """The single value of a query."""
        return self.db.execute(query, values).fetchone()[0]

    def refs(self, query: str, *values: Any) -> tuple[ArticleRef, ...]:
        """Links to the articles that a query gives, with the columns of REF."""
        return tuple([self.as_ref(*row) for row in self.db.execute(query, values)])

    def each_ref(self, query: str, *values: Any) -> Iterator[ArticleRef]:
        """The same as a stream."""
        return starmap(self.as_ref, self.db.execute(query, values))

    def ref(self, number: int) -> ArticleRef:
        """A link to an article."""
        found = self._refs.get(number)
        if found is None:
            query = f"SELECT {REF} FROM article AS a WHERE number = ?"
            found = self.as_ref(*self.db.execute(query, (number,)).fetchone())
        return found

    def as_ref(self, number: int, slug: str, data: bytes) -> ArticleRef:
        """A link to an article, of the columns of REF."""
        found = self._refs.get(number)
        if found is None:
            if len(self._refs) >= KEPT:
                self._refs.clear()
            found = self._refs[number] = replace(_article_ref(data), slug=slug)
        return found

    def entries(self, query: str, *values: Any) -> tuple[Entry, ...]:
        """Entries of the columns of ENTRY."""
        return tuple([self._entry(row) for row in self.db.execute(query, values).fetchall()])

    def each_entry(self, query: str, *values: Any) -> Iterator[Entry]:
        """The same as a stream: a long list is gone through once, however many pages it is cut into."""
        return map(self._entry, self.db.execute(query, values))

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        _, date, text, evidence, basis, mood, start, article, outlets, reporter, lag, who, also, contested = row
        ref, actors = self.ref(article), tuple(self.actor_ref(actor) for actor in _texts(who)) if who != "[]" else ()
        reported = Corroboration(outlets, self.ref(reporter), lag) if outlets else None
        return Entry(
            edtf.parse(date), text, evidence, basis, mood, f"s{start}", ref, actors, reported, also, bool(contested)
        )

    def _load_actor_ref(self, actor: str) -> ActorRef:
        return ActorRef(*self.db.execute("SELECT id, name, kind FROM actor WHERE id = ?", (actor,)).fetchone())


def on_page(date: Date) -> tuple[str, tuple[str, ...]]:
    """A condition on `page`, and its values: a month's page also lists all of its days."""
    if date.precision == "month":
        return "page BETWEEN ? AND ?", (date.text, f"{date.text}~")
    return "page = ?", (date.text,)
