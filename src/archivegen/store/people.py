"""People, organisations and countries: who they are, what is said of them, with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec
from msgspec.structs import replace

from archivegen.edtf import Date
from archivegen.model import Actor, Kind
from archivegen.store import said_of
from archivegen.store.rows import ENTRY, Rows, Totals
from archivegen.store.schema import KIND_ORDER
from archivegen.store.signs import year_name
from archivegen.views import ActorQuote, ActorRef, ActorRole, ArticleRef, Entry

__all__ = ["Actors"]

_actor = msgspec.json.Decoder(Actor).decode


class Actors:
    """People, organisations and countries: who they are, what is said of them, with whom."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        # Pages of one actor are drawn one after the other.
        self.years = lru_cache(maxsize=2)(self._load_years)
        self._paths = lru_cache(maxsize=2)(self._load_paths)

    def one(self, actor: str) -> Actor:
        """An actor by its id."""
        data, articles, mentions = self._rows.db.execute(
            "SELECT data, articles, mentions FROM actor WHERE id = ?", (actor,)
        ).fetchone()
        return replace(_actor(data), articles=articles, mentions=mentions)

    def all(self) -> Iterator[Actor]:
        """Yield every actor by id, those without a page too."""
        for data, articles, mentions in self._rows.db.execute("SELECT data, articles, mentions FROM actor ORDER BY id"):
            yield replace(_actor(data), articles=articles, mentions=mentions)

    def by_name(self, limit: int, offset: int) -> tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]:
        """Actors with a page by kind, letter and name, each with the number of its articles."""
        rows = self._rows.db.execute(
            "SELECT id, name, kind, articles, letter FROM actor WHERE page "
            f"ORDER BY {KIND_ORDER}, letter, lower(name), id LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return tuple(
            (kind, letter, tuple((ActorRef(*row[:3]), row[3]) for row in group))
            for (kind, letter), group in groupby(rows, key=lambda row: (row[2], row[4]))
        )

    def letters(self) -> list[tuple[Kind, str, int]]:
        """How many actors with a page each letter has, in the order of `by_name`."""
        query = (
            f"SELECT kind, letter, count(*) FROM actor WHERE page GROUP BY kind, letter ORDER BY {KIND_ORDER}, letter"
        )
        return list(self._rows.db.execute(query))

    def top(self, kind: Kind, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors of a kind that most articles name."""
        rows = self._rows.db.execute(
            "SELECT id, name, kind, articles FROM actor WHERE page AND kind = ? "
            "ORDER BY articles DESC, mentions DESC, id LIMIT ?",
            (kind, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows)

    def together(self, actor: str, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors with whom an actor shares most articles."""
        rows = self._rows.db.execute(
            "SELECT b.actor, x.name, x.kind, count(DISTINCT b.article) AS shared FROM name AS a "
            "JOIN name AS b ON b.article = a.article AND b.actor != a.actor "
            "JOIN actor AS x ON x.id = b.actor AND x.page "
            "WHERE a.actor = ? GROUP BY b.actor ORDER BY shared DESC, b.actor LIMIT ?",
            (actor, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows.fetchall())

    def seen(self, actor: str) -> tuple[Date | None, Date | None]:
        """When the first and the last dated article that names an actor were published."""
        return said_of.seen(self._rows.db, actor)

    def roles(self, actor: str, limit: int) -> tuple[ActorRole, ...]:
        """What articles say an actor is, what most of them say first."""
        return said_of.roles(self._rows.db, actor, limit)

    def quotes(self, actor: str, limit: int) -> tuple[ActorQuote, ...]:
        """What articles quote an actor with, the newest first."""
        return tuple(
            ActorQuote(text, self._rows.ref(path)) for text, path in said_of.quotes(self._rows.db, actor, limit)
        )

    def _load_years(self, actor: str) -> dict[str, Totals]:
        """(entries, articles) of every year of an actor, in order; `undated` last."""
        out: dict[str, Totals] = {}
        rows = self._rows.db.execute("SELECT year, count(*) FROM entry_actor WHERE actor = ? GROUP BY year", (actor,))
        for year, count in rows:
            out[year_name(year)] = (count, 0)
        rows = self._rows.db.execute(
            "SELECT a.first, count(DISTINCT a.path) FROM name AS n JOIN article AS a ON a.path = n.article "
            "WHERE n.actor = ? GROUP BY a.first",
            (actor,),
        )
        for first, count in rows:
            year = year_name(dt.date.fromordinal(first).year if first else None)
            out[year] = (out.get(year, (0, 0))[0], out.get(year, (0, 0))[1] + count)
        return dict(sorted(out.items()))

    def entries(self, actor: str, year: str, limit: int, offset: int) -> tuple[Entry, ...]:
        """An actor's entries in order of event date; `year` "" for all, "undated" for those without a year."""
        query = ENTRY + "JOIN entry_actor AS x ON x.entry = e.id WHERE x.actor = ?1 "
        query += {"": "AND ?2 = ''", "undated": "AND x.year IS NULL AND ?2 != ''"}.get(year, "AND x.year = ?2")
        value: Any = int(year) if year.isdecimal() else year
        return self._rows.entries(query + " ORDER BY x.rank LIMIT ?3 OFFSET ?4", actor, value, limit, offset)

    def articles(self, actor: str, year: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """An actor's articles in order of publication, by year as in `entries`."""
        return tuple(self._rows.ref(path) for path in self._paths(actor, year)[offset : offset + limit])

    def _load_paths(self, actor: str, year: str) -> tuple[str, ...]:
        query = (
            "SELECT DISTINCT a.path, a.rank FROM name AS n JOIN article AS a ON a.path = n.article WHERE n.actor = ? "
        )
        values: list[Any] = [actor]
        if year == "undated":
            query += "AND a.first IS NULL "
        elif year:
            query += "AND a.first BETWEEN ? AND ? "
            values += [dt.date(int(year), 1, 1).toordinal(), dt.date(int(year), 12, 31).toordinal()]
        return tuple(path for path, _ in self._rows.db.execute(query + "ORDER BY a.rank", values))
