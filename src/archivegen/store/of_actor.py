"""What there is of one actor: its entries and articles by span, what is said of it, and with whom it appears."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from archivegen.edtf import Date, parse
from archivegen.store import said_of
from archivegen.store.rows import ENTRY, ORDER, REF, Rows, Totals
from archivegen.store.spans import bounds_of, year_name
from archivegen.views import ActorQuote, ActorRef, ActorRole, ArticleRef, Entry

__all__ = ["OfActor"]


class OfActor:
    """What there is of one actor, who is given by its id."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        # Pages of one actor are drawn one after the other.
        self.years = lru_cache(maxsize=2)(self._load_years)
        self._entries = lru_cache(maxsize=2)(self._load_entries)
        self._articles = lru_cache(maxsize=2)(self._load_articles)
        self._by_year = lru_cache(maxsize=2)(self._load_by_year)

    def _load_years(self, actor: str) -> dict[str, Totals]:
        """(entries, articles) of every year of an actor, in order; `undated` last."""
        out: dict[str, Totals] = {}
        rows = self._rows.db.execute(
            "SELECT year, count(*) FROM entry_actor WHERE actor = (SELECT number FROM actor WHERE id = ?) "
            "GROUP BY year",
            (actor,),
        )
        for year, count in rows:
            out[year_name(year)] = (count, 0)
        for year, numbers in self._by_year(actor).items():
            out[year] = (out.get(year, (0, 0))[0], len(numbers))
        return dict(sorted(out.items()))

    def entries(self, actor: str, span: str, limit: int, offset: int) -> tuple[Entry, ...]:
        """An actor's entries in order of event date: of a span, given by its name, or of all time where that is ""."""
        numbers = self._entries(actor, span)[offset : offset + limit]
        if not numbers:
            return ()
        return self._rows.entries(f"{ENTRY} WHERE e.id IN ({', '.join('?' * len(numbers))}) {ORDER}", *numbers)

    def articles(self, actor: str, span: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """An actor's articles in order of publication, of a span as in `entries`."""
        first, last = map(year_name, bounds_of(span))
        found = (numbers for year, numbers in self._by_year(actor).items() if not span or first <= year <= last)
        numbers = list(islice(chain.from_iterable(found), offset, offset + limit))
        if not numbers:
            return ()
        query = f"SELECT {REF} FROM article AS a WHERE number IN ({', '.join('?' * len(numbers))}) ORDER BY rank"
        return self._rows.refs(query, *numbers)

    def together(self, actor: str, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors with whom an actor shares most articles."""
        rows = self._rows.db.execute(
            "SELECT x.id, x.name, x.kind, shared FROM (SELECT b.actor, count(*) AS shared FROM actor AS own "
            "CROSS JOIN named AS a ON a.actor = own.number CROSS JOIN named AS b ON b.article = a.article "
            "WHERE own.id = ?1 GROUP BY b.actor) AS b JOIN actor AS x ON x.number = b.actor AND x.page AND x.id != ?1 "
            "ORDER BY shared DESC, x.id LIMIT ?2",
            (actor, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows.fetchall())

    def seen(self, actor: str) -> tuple[Date | None, Date | None]:
        """When the first and the last dated article that names an actor were published."""
        dated = [published for _, _, published in self._articles(actor) if published]
        return (parse(dated[0]), parse(dated[-1])) if dated else (None, None)

    def presence(self, actor: str) -> tuple[tuple[str, int], ...]:
        """(YYYY-MM, articles) of every month in which an article names an actor."""
        months = Counter(page[:7] for _, page, _ in self._articles(actor) if page and len(page) > 4)
        return tuple(sorted(months.items()))

    def roles(self, actor: str, limit: int) -> tuple[ActorRole, ...]:
        """What articles say an actor is, what most of them say first."""
        return said_of.roles(self._rows.db, actor, limit)

    def quotes(self, actor: str, limit: int) -> tuple[ActorQuote, ...]:
        """What articles quote an actor with, the newest first."""
        return tuple(
            ActorQuote(text, self._rows.ref(number)) for text, number in said_of.quotes(self._rows.db, actor, limit)
        )

    def _load_entries(self, actor: str, span: str) -> tuple[int, ...]:
        query = (
            "SELECT e.id FROM entry_actor AS x JOIN entry AS e ON e.id = x.entry "
            "WHERE x.actor = (SELECT number FROM actor WHERE id = ?) "
        )
        values: list[Any] = [actor]
        if span:
            query += "AND x.year BETWEEN ? AND ? "
            values += bounds_of(span)
        return tuple(number for (number,) in self._rows.db.execute(query + ORDER, values))

    def _load_articles(self, actor: str) -> list[tuple[int, str | None, str | None]]:
        """(number, page, date of publication) of the articles that name an actor, in order of publication."""
        query = (
            "SELECT a.number, a.page, a.published FROM actor AS who CROSS JOIN named AS n ON n.actor = who.number "
            "JOIN article AS a ON a.number = n.article WHERE who.id = ? ORDER BY a.rank"
        )
        return self._rows.db.execute(query, (actor,)).fetchall()

    def _load_by_year(self, actor: str) -> dict[str, list[int]]:
        """The numbers of those articles by year."""
        found: dict[str, list[int]] = {}
        for number, page, _ in self._articles(actor):
            found.setdefault(page[:4] if page else year_name(None), []).append(number)
        return found
