"""Out of the store: the views that pages are made of, each from a few indexed queries, one page at a time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.model import Actor, Article, Findings, Kind
from archivegen.store import said_of
from archivegen.views import (
    ActorQuote,
    ActorRef,
    ActorRole,
    ArticleRef,
    ArticleView,
    Contradiction,
    Corroboration,
    Entry,
    ExportedEntry,
    FeedItem,
    NameLink,
    ProposedDate,
)

__all__ = ["Reader"]

KIND_ORDER = "instr('person organisation country place other', kind)"
# The columns that _entry takes.
ENTRY = (
    "SELECT e.id, e.date, e.text, e.evidence, e.basis, e.mood, e.start, e.article, e.outlets, e.reporter, e.lag, e.who "
    "FROM entry AS e "
)
NO_COPY = "path NOT IN (SELECT article FROM copy)"
ORDER = " ORDER BY e.rank"
NEIGHBOURS = (
    "SELECT place, path FROM article WHERE place IN (:place - 1, :place + 1) AND first IS NOT NULL "
    "AND (SELECT first FROM article WHERE path = :path) IS NOT NULL"
)

_article_ref = msgspec.json.Decoder(ArticleRef).decode
_article = msgspec.json.Decoder(Article).decode
_findings = msgspec.json.Decoder(Findings).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_actor = msgspec.json.Decoder(Actor).decode
_diagnostics = msgspec.json.Decoder(tuple[Diagnostic, ...]).decode

RELATIVES = 50  # articles that a page lists as copies, and as of its story, at most

Totals = tuple[int, int]  # entries, articles


class Reader:
    """Answers what pages ask. Holds no more than a cache of the links it made last."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._ref = lru_cache(maxsize=4096)(self._load_ref)
        self._actor_ref = lru_cache(maxsize=4096)(self._load_actor_ref)

    # -- totals

    def count(self, what: str) -> int:
        """Count rows: `article`, `actor` (those with a page), `entry`, `undated`, `yearless`, `doubtful`, `day`."""
        query = {
            "article": "SELECT count(*) FROM article",
            "actor": "SELECT count(*) FROM actor WHERE page",
            "entry": "SELECT count(*) FROM entry",
            "undated": "SELECT count(*) FROM article WHERE published IS NULL",
            "yearless": "SELECT count(*) FROM entry WHERE year IS NULL",
            "doubtful": "SELECT count(*) FROM article WHERE doubtful",
            "day": "SELECT count(*) FROM (SELECT page FROM article WHERE length(page) = 10 "
            "UNION SELECT page FROM entry WHERE length(page) = 10)",
        }[what]
        return int(self._one(query))

    def span(self) -> tuple[Date | None, Date | None]:
        """The first and the last publication date of the archive."""
        rows = self._db.execute("SELECT published FROM article WHERE first IS NOT NULL ORDER BY place").fetchall()
        return (edtf.parse(rows[0][0]), edtf.parse(rows[-1][0])) if rows else (None, None)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was to say of every source when it was read, by path."""
        for (data,) in self._db.execute("SELECT diagnostics FROM source WHERE diagnostics != '[]' ORDER BY path"):
            yield from _diagnostics(data)

    # -- articles

    def articles(self) -> Iterator[tuple[str, Article, Findings]]:
        """Yield (slug, article, findings) in the order of publication."""
        for slug, article, findings in self._db.execute("SELECT slug, article, findings FROM article ORDER BY place"):
            yield slug, _article(article), _findings(findings)

    def article_views(self) -> Iterator[ArticleView]:
        """Yield every article with all that its page shows, in the order of publication.

        One without a date has none before or after it: its place in that order is not known.
        """
        rows = self._db.execute("SELECT path, place, article, findings FROM article ORDER BY place")
        for path, place, data, found in rows:
            findings = _findings(found)
            actors = self._actors_in(path)
            links = (
                NameLink(m.start, m.end, actors[m.name, m.kind]) for m in findings.actors if (m.name, m.kind) in actors
            )
            around = dict(self._db.execute(NEIGHBOURS, {"path": path, "place": place}))
            yield ArticleView(
                self._ref(path),
                _article(data),
                tuple(links),
                tuple(dict.fromkeys(actors.values())),
                self._entries(ENTRY + "WHERE e.article = ? ORDER BY e.start, e.rank", path),
                findings.sentences,
                self._ref(around[place - 1]) if place - 1 in around else None,
                self._ref(around[place + 1]) if place + 1 in around else None,
                *self._relatives(path),
            )

    def newest(self, limit: int) -> tuple[ArticleRef, ...]:
        """The articles published last, newest first, without copies; without any date they come by path."""
        return self._refs(
            f"SELECT path FROM article WHERE {NO_COPY} ORDER BY first IS NULL, first DESC, path LIMIT ?", limit
        )

    def feed_items(self, limit: int) -> list[FeedItem]:
        """The dated articles published last, newest first, without copies, each with its first paragraph."""
        rows = self._db.execute(
            f"SELECT path, summary FROM article WHERE first IS NOT NULL AND {NO_COPY} "
            "ORDER BY first DESC, path LIMIT ?",
            (limit,),
        )
        return [FeedItem(self._ref(path), summary) for path, summary in rows.fetchall()]

    def versions(self, path: str) -> tuple[list[str], list[str]]:
        """The sentences of the article that this one is a copy of, and its own."""
        first = self._one("SELECT first FROM copy WHERE article = ?", path)
        return self._sentences(first), self._sentences(path)

    def _sentences(self, path: str) -> list[str]:
        data, found = self._db.execute("SELECT article, findings FROM article WHERE path = ?", (path,)).fetchone()
        text = _article(data).body.text
        return [" ".join(text[start:end].split()) for start, end in _findings(found).sentences]

    def firsts(self, table: str) -> dict[str, str]:
        """The first article of the copies (`copy`) or the story (`story`) that an article is of, by path."""
        query = {"copy": "SELECT article, first FROM copy", "story": "SELECT article, first FROM story"}[table]
        return dict(self._db.execute(query).fetchall())

    def proposals(self) -> dict[str, ProposedDate]:
        """The dates that undated articles may have, by the article's path."""
        return {path: self._proposed(path) for (path,) in self._db.execute("SELECT article FROM proposal").fetchall()}

    def undated(self, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """Articles without a publication date, by path."""
        query = "SELECT path FROM article WHERE published IS NULL ORDER BY path LIMIT ? OFFSET ?"
        return self._refs(query, limit, offset)

    # -- the chronology

    def years(self) -> tuple[tuple[int, int], ...]:
        """(year, entries) of every year that something is said to have happened in."""
        return tuple(
            self._db.execute("SELECT year, count(*) FROM entry WHERE year IS NOT NULL GROUP BY year ORDER BY year")
        )

    def months(self, year: int | None = None) -> tuple[tuple[str, int], ...]:
        """(YYYY-MM, entries) of every month that an entry falls wholly in."""
        return tuple(
            self._db.execute(
                "SELECT substr(page, 1, 7) AS month, count(*) FROM entry WHERE length(page) > 4 "
                "AND (?1 IS NULL OR year = ?1) GROUP BY month ORDER BY month",
                (year,),
            )
        )

    def timeline(self, year: int | None, limit: int, offset: int) -> tuple[Entry, ...]:
        """Entries in order of event date: of one year, or of all."""
        where = "WHERE e.year = ?1 " if year is not None else "WHERE e.year IS NOT NULL AND ?1 IS NULL "
        return self._entries(ENTRY + where + ORDER + " LIMIT ?2 OFFSET ?3", year, limit, offset)

    def latest_entries(self, limit: int) -> tuple[Entry, ...]:
        """What is said to have happened on the last exact days, newest first; only what states its day itself."""
        where = "WHERE length(e.page) = 10 AND e.mood = 'happened' AND e.basis = 'stated' "
        order = "ORDER BY e.sort1 DESC, e.rank LIMIT ?"
        return self._entries(ENTRY + where + order, limit)

    def yearless(self, limit: int, offset: int) -> tuple[Entry, ...]:
        """Entries whose year is not known."""
        return self._entries(ENTRY + "WHERE e.year IS NULL" + ORDER + " LIMIT ? OFFSET ?", limit, offset)

    def all_entries(self) -> Iterator[ExportedEntry]:
        """Yield every entry in order of event date; those whose year is unknown come last."""
        rows = self._db.execute(
            "SELECT e.id, e.date, e.article, e.text, e.start, e.end, e.basis, e.mood, e.outlets FROM entry AS e "
            + ORDER
        )
        query = "SELECT actor FROM entry_actor WHERE entry = ? ORDER BY position"
        for number, date, *place, basis, mood, outlets in rows:
            actors = tuple(row[0] for row in self._db.execute(query, (number,)))
            article, text, start, end = place
            yield ExportedEntry(edtf.parse(date), article, text, start, end, basis, mood, actors, outlets)

    # -- dates

    def days(self) -> Iterator[tuple[Date, Totals]]:
        """Yield every year, month and day that has something, in order, with (entries, articles) that fall in it."""
        totals: dict[str, Totals] = {}
        rows = self._db.execute(
            "SELECT page, sum(entries), sum(articles) FROM (SELECT page, 1 AS entries, 0 AS articles FROM entry "
            "UNION ALL SELECT page, 0, 1 FROM article) WHERE page IS NOT NULL GROUP BY page"
        )
        for page, entries, articles in rows:
            for length in {4, 7, 10} & set(range(len(page) + 1)):
                before = totals.get(page[:length], (0, 0))
                totals[page[:length]] = (before[0] + entries, before[1] + articles)
        for page in sorted(totals):
            yield edtf.parse(page), totals[page]

    def shown_on(self, date: Date) -> Totals:
        """(entries, articles) that the page of a year, month or day lists."""
        where, bounds = _on_page(date)
        count = "SELECT count(*) FROM {} WHERE " + where
        return self._one(count.format("entry"), *bounds), self._one(count.format("article"), *bounds)

    def happened_in(self, date: Date, *, ahead: bool, limit: int, offset: int) -> tuple[Entry, ...]:
        """Entries on the page of a year (those no narrower than it), month or day; `ahead`: announced for it."""
        where, bounds = _on_page(date)
        mood = "IN ('announced', 'planned')" if ahead else "NOT IN ('announced', 'planned')"
        where = f"WHERE e.{where} AND e.mood {mood} "
        return self._entries(ENTRY + where + ORDER + " LIMIT ? OFFSET ?", *bounds, limit, offset)

    def published_in(self, date: Date, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """Articles published on a day, in a month, or in a year of which no more is known."""
        where, bounds = _on_page(date)
        query = f"SELECT path FROM article WHERE {where} ORDER BY place LIMIT ? OFFSET ?"
        return self._refs(query, *bounds, limit, offset)

    # -- actors

    def actors(self) -> Iterator[Actor]:
        """Yield every actor by id, those without a page too."""
        for data, articles, mentions in self._db.execute("SELECT data, articles, mentions FROM actor ORDER BY id"):
            yield dataclasses.replace(_actor(data), articles=articles, mentions=mentions)

    def actor_list(self, limit: int, offset: int) -> tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]:
        """Actors with a page by kind, letter and name, each with the number of its articles."""
        rows = self._db.execute(
            "SELECT id, name, kind, articles, letter FROM actor WHERE page "
            f"ORDER BY {KIND_ORDER}, letter, lower(name), id LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return tuple(
            (kind, letter, tuple((ActorRef(*row[:3]), row[3]) for row in group))
            for (kind, letter), group in groupby(rows, key=lambda row: (row[2], row[4]))
        )

    def actor_letters(self) -> list[tuple[Kind, str, int]]:
        """How many actors with a page each letter has, in the order of `actor_list`."""
        query = (
            f"SELECT kind, letter, count(*) FROM actor WHERE page GROUP BY kind, letter ORDER BY {KIND_ORDER}, letter"
        )
        return list(self._db.execute(query))

    def top_actors(self, kind: Kind, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors of a kind that most articles name."""
        rows = self._db.execute(
            "SELECT id, name, kind, articles FROM actor WHERE page AND kind = ? "
            "ORDER BY articles DESC, mentions DESC, id LIMIT ?",
            (kind, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows)

    def together(self, actor: str, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors with whom an actor shares most articles."""
        rows = self._db.execute(
            "SELECT b.actor, x.name, x.kind, count(DISTINCT b.article) AS shared FROM name AS a "
            "JOIN name AS b ON b.article = a.article AND b.actor != a.actor "
            "JOIN actor AS x ON x.id = b.actor AND x.page "
            "WHERE a.actor = ? GROUP BY b.actor ORDER BY shared DESC, b.actor LIMIT ?",
            (actor, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows.fetchall())

    def actor_seen(self, actor: str) -> tuple[Date | None, Date | None]:
        """When the first and the last dated article that names an actor were published."""
        return said_of.seen(self._db, actor)

    def actor_roles(self, actor: str, limit: int) -> tuple[ActorRole, ...]:
        """What articles say an actor is, what most of them say first."""
        return said_of.roles(self._db, actor, limit)

    def actor_quotes(self, actor: str, limit: int) -> tuple[ActorQuote, ...]:
        """What articles quote an actor with, the newest first."""
        return tuple(ActorQuote(text, self._ref(path)) for text, path in said_of.quotes(self._db, actor, limit))

    def actor_years(self, actor: str) -> dict[str, Totals]:
        """(entries, articles) of every year of an actor, in order; `undated` last."""
        out: dict[str, Totals] = {}
        rows = self._db.execute("SELECT year, count(*) FROM entry_actor WHERE actor = ? GROUP BY year", (actor,))
        for year, count in rows:
            out[_year_name(year)] = (count, 0)
        rows = self._db.execute(
            "SELECT a.first, count(DISTINCT a.path) FROM name AS n JOIN article AS a ON a.path = n.article "
            "WHERE n.actor = ? GROUP BY a.first",
            (actor,),
        )
        for first, count in rows:
            year = _year_name(dt.date.fromordinal(first).year if first else None)
            out[year] = (out.get(year, (0, 0))[0], out.get(year, (0, 0))[1] + count)
        return dict(sorted(out.items()))

    def actor_entries(self, actor: str, year: str, limit: int, offset: int) -> tuple[Entry, ...]:
        """An actor's entries in order of event date; `year` "" for all, "undated" for those without a year."""
        query = ENTRY + "JOIN entry_actor AS x ON x.entry = e.id WHERE x.actor = ?1 "
        query += {"": "AND ?2 = ''", "undated": "AND x.year IS NULL AND ?2 != ''"}.get(year, "AND x.year = ?2")
        value: Any = int(year) if year.isdecimal() else year
        return self._entries(query + " ORDER BY x.rank LIMIT ?3 OFFSET ?4", actor, value, limit, offset)

    def actor_articles(self, actor: str, year: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """An actor's articles in order of publication, by year as in `actor_entries`."""
        query = (
            "SELECT DISTINCT a.path, a.place FROM name AS n JOIN article AS a ON a.path = n.article WHERE n.actor = ? "
        )
        values: list[Any] = [actor]
        if year == "undated":
            query += "AND a.first IS NULL "
        elif year:
            query += "AND a.first BETWEEN ? AND ? "
            values += [dt.date(int(year), 1, 1).toordinal(), dt.date(int(year), 12, 31).toordinal()]
        return self._refs(query + "ORDER BY a.place LIMIT ? OFFSET ?", *values, limit, offset)

    # -- outlets

    def outlets(self) -> tuple[tuple[str, str, int], ...]:
        """(slug, name, articles) of every outlet, by name; spelled as most of its articles do."""
        rows = self._db.execute(
            "SELECT outlet, outlet_name, count(*) AS n FROM article WHERE outlet != '' "
            "GROUP BY outlet, outlet_name ORDER BY outlet, n DESC, outlet_name"
        )
        of_slug = ((slug, list(names)) for slug, names in groupby(rows, key=lambda row: str(row[0])))
        found = [(slug, str(names[0][1]), sum(row[2] for row in names)) for slug, names in of_slug]
        return tuple(sorted(found, key=lambda outlet: (outlet[1].lower(), outlet[0])))

    def outlet_articles(self, outlet: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """The articles of an outlet, given by its slug, in order of publication."""
        return self._refs(
            "SELECT path FROM article WHERE outlet = ? ORDER BY place LIMIT ? OFFSET ?", outlet, limit, offset
        )

    # -- what ties articles together

    def contradictions(self, date: Date, limit: int) -> tuple[Contradiction, ...]:
        """Where accounts of one thing differ, one of them under this day."""
        where = "e.page = ?1 OR f.page = ?1"
        return tuple(pair for _, pair in self._contradictions(where, date.text, limit))

    def all_contradictions(self) -> list[tuple[str, Contradiction]]:
        """All of them, with the path of the first account's article."""
        return self._contradictions("?1 = ''", "", -1)

    def _contradictions(self, where: str, value: str, limit: int) -> list[tuple[str, Contradiction]]:
        rows = self._db.execute(
            "SELECT e.article, c.one, c.other, c.what FROM conflict AS c JOIN entry AS e ON e.id = c.one "
            f"JOIN entry AS f ON f.id = c.other WHERE {where} "
            "ORDER BY e.rank, f.rank LIMIT ?2",
            (value, limit),
        )
        query = ENTRY + "WHERE e.id = ?"
        return [
            (path, Contradiction(self._entries(query, one)[0], self._entries(query, other)[0], what))
            for path, one, other, what in rows.fetchall()
        ]

    def _relatives(
        self, path: str
    ) -> tuple[ArticleRef | None, tuple[ArticleRef, ...], tuple[ArticleRef, ...], ProposedDate | None]:
        """Of what an article is a copy, its copies, the others of its story, and the date it may have."""
        first = self._db.execute("SELECT first FROM copy WHERE article = ?", (path,)).fetchone()
        order = "ORDER BY a.place LIMIT ?2"
        copies = self._refs(
            f"SELECT c.article FROM copy AS c JOIN article AS a ON a.path = c.article WHERE c.first = ?1 {order}",
            path,
            RELATIVES,
        )
        story = self._refs(
            "SELECT s.article FROM story AS own JOIN story AS s ON s.first = own.first "
            "JOIN article AS a ON a.path = s.article WHERE own.article = ?1 AND s.article != ?1 "
            "AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = s.article AND c.first = ?1) "
            f"AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = ?1 AND c.first = s.article) {order}",
            path,
            RELATIVES,
        )
        has_proposal = self._db.execute("SELECT 1 FROM proposal WHERE article = ?", (path,)).fetchone()
        return (
            self._ref(first[0]) if first else None,
            copies,
            story,
            self._proposed(path) if has_proposal else None,
        )

    def _proposed(self, path: str) -> ProposedDate:
        date, fellow, shared, weekday = self._db.execute(
            "SELECT date, fellow, shared, weekday FROM proposal WHERE article = ?", (path,)
        ).fetchone()
        return ProposedDate(edtf.parse(date), self._ref(fellow), _texts(shared), weekday)

    # -- parts of views

    def _one(self, query: str, *values: Any) -> Any:
        return self._db.execute(query, values).fetchone()[0]

    def _refs(self, query: str, *values: Any) -> tuple[ArticleRef, ...]:
        return tuple(self._ref(row[0]) for row in self._db.execute(query, values).fetchall())

    def _load_ref(self, path: str) -> ArticleRef:
        slug, data = self._db.execute("SELECT slug, ref FROM article WHERE path = ?", (path,)).fetchone()
        return dataclasses.replace(_article_ref(data), slug=slug)

    def _entries(self, query: str, *values: Any) -> tuple[Entry, ...]:
        return tuple(self._entry(row) for row in self._db.execute(query, values).fetchall())

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        _, date, text, evidence, basis, mood, start, article, outlets, reporter, lag, who = row
        ref, actors = self._ref(article), tuple(self._actor_ref(actor) for actor in _texts(who))
        reported = Corroboration(outlets, self._ref(reporter), lag) if outlets else None
        return Entry(edtf.parse(date), text, evidence, basis, mood, f"s{start}", ref, actors, reported)

    def _load_actor_ref(self, actor: str) -> ActorRef:
        return ActorRef(*self._db.execute("SELECT id, name, kind FROM actor WHERE id = ?", (actor,)).fetchone())

    def _actors_in(self, path: str) -> dict[tuple[str, Kind], ActorRef]:
        rows = self._db.execute(
            "SELECT n.name, n.kind, a.id, a.name, a.kind FROM name AS n JOIN actor AS a ON a.id = n.actor AND a.page "
            "WHERE n.article = ? ORDER BY n.mentions DESC, a.id",
            (path,),
        )
        return {(row[0], row[1]): ActorRef(*row[2:]) for row in rows}


def _year_name(year: int | None) -> str:
    return "undated" if year is None else f"{year:04}"


def _on_page(date: Date) -> tuple[str, tuple[str, str]]:
    """A condition on `page`, and its values: a month's page also lists all of its days."""
    return "page BETWEEN ? AND ?", (date.text, f"{date.text}~" if date.precision == "month" else date.text)
