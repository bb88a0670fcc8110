"""Lists of articles: the newest, by day, by outlet, without a date."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby

import msgspec

from archivegen.edtf import Date
from archivegen.store.rows import REF, Rows, on_page
from archivegen.views import ArticleRef, FeedItem

__all__ = ["Lists", "outlet_names"]

NO_COPY = "NOT IN (SELECT article FROM copy)"
ITEM = f"{REF}, c.summary FROM article AS a JOIN content AS c ON c.article = a.number"
OF_OUTLET = "SELECT number FROM article WHERE outlet = ? ORDER BY rank"
UNDATED = "SELECT number FROM article WHERE published IS NULL ORDER BY path"
NEWEST = "ORDER BY {0}.first DESC, {0}.path"


class Lists:
    """Lists of articles: the newest, by day, by outlet, without a date."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._numbers = lru_cache(maxsize=2)(self._load_numbers)  # pages of one list are drawn one after the other
        self.outlet = lru_cache(maxsize=256)(self._load_outlet)  # every page of its list has them

    def newest(self, limit: int) -> tuple[ArticleRef, ...]:
        """The articles published last, newest first, without copies; without any date they come by path."""
        return self._rows.refs(
            f"SELECT {REF} FROM article AS a WHERE number {NO_COPY} ORDER BY first IS NULL, first DESC, path LIMIT ?",
            limit,
        )

    def feed_items(self, limit: int) -> tuple[FeedItem, ...]:
        """The dated articles published last, newest first, without copies, each with its first paragraph."""
        return self._items(f"article AS b WHERE b.first IS NOT NULL AND b.number {NO_COPY}", limit)

    def actor_items(self, actor: str, limit: int) -> tuple[FeedItem, ...]:
        """The same of those that name an actor."""
        chosen = (
            "actor AS x JOIN named AS n ON n.actor = x.number JOIN article AS b ON b.number = n.article "
            f"AND b.first IS NOT NULL WHERE x.id = ? AND b.number {NO_COPY}"
        )
        return self._items(chosen, actor, limit)

    def outlet_items(self, outlet: str, limit: int) -> tuple[FeedItem, ...]:
        """The same of an outlet, given by its slug; what it copied from others is among them."""
        return self._items("article AS b WHERE b.outlet = ? AND b.first IS NOT NULL", outlet, limit)

    def _items(self, chosen: str, *values: object) -> tuple[FeedItem, ...]:
        """The newest of the articles `b` that are chosen; only of these is the content read, which is large."""
        query = f"SELECT b.number FROM {chosen} {NEWEST.format('b')} LIMIT ?"
        rows = self._rows.db.execute(f"SELECT {ITEM} WHERE a.number IN ({query}) {NEWEST.format('a')}", values)
        return tuple([FeedItem(self._rows.as_ref(*ref), summary) for *ref, summary in rows])

    def undated(self, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """Articles without a publication date, by path."""
        return self._of(self._numbers(UNDATED)[offset : offset + limit], "path")

    def published_in(self, date: Date) -> Iterator[ArticleRef]:
        """Articles published on a day, in a month, or in a year of which no more is known."""
        where, bounds = on_page(date)
        return self._rows.each_ref(f"SELECT {REF} FROM article AS a WHERE {where} ORDER BY rank", *bounds)

    def outlets(self) -> tuple[tuple[str, str, int], ...]:
        """(slug, name, articles) of every outlet, by name."""
        found = outlet_names(self._rows.db)
        return tuple(sorted(found, key=lambda outlet: (outlet[1].lower(), outlet[0])))

    def _load_outlet(self, slug: str) -> tuple[str, int]:
        """The name of an outlet, given by its slug, and the number of its articles."""
        ((_, name, count),) = outlet_names(self._rows.db, slug)
        return name, count

    def outlet_articles(self, outlet: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """The articles of an outlet, given by its slug, in order of publication."""
        return self._of(self._numbers(OF_OUTLET, outlet)[offset : offset + limit], "rank")

    def _of(self, numbers: Sequence[int], order: str) -> tuple[ArticleRef, ...]:
        """Links to the articles of these numbers."""
        query = f"SELECT {REF} FROM article AS a WHERE number IN (SELECT value FROM json_each(?)) ORDER BY {order}"
        return self._rows.refs(query, msgspec.json.encode(list(numbers)).decode())

    def _load_numbers(self, query: str, *values: str) -> array[int]:
        """The numbers of a long list, found once: to go to each of its pages anew would take the square of the time."""
        return array("q", chain.from_iterable(self._rows.db.execute(query, values)))


def outlet_names(connection: sqlite3.Connection, slug: str = "") -> list[tuple[str, str, int]]:
    """(slug, name, articles) of every outlet, or of the one named; spelled as most of its articles do."""
    rows = connection.execute(
        f"SELECT outlet, outlet_name, count(*) AS n FROM article WHERE {'outlet = ?' if slug else 'outlet != ?'} "
        "GROUP BY outlet, outlet_name ORDER BY outlet, n DESC, outlet_name",
        (slug,),
    )
    of_slug = ((found, list(names)) for found, names in groupby(rows, key=lambda row: str(row[0])))
    return [(found, str(names[0][1]), sum(row[2] for row in names)) for found, names in of_slug]
