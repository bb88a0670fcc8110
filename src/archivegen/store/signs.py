"""For every page a sign that changes whenever what the page shows does: only pages with another sign are drawn again.

Signs are sums of the marks of the rows that a page lists, with what else it says. pages.py has the other half: what is
drawn under each key. tests/test_increment.py holds them together: after any edit the site is that of a clean build.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from archivegen.store.lists import outlet_names

__all__ = ["Signs", "year_name"]

Sign = tuple[str, str]  # a page's key, its sign
ACTOR = (
    "SELECT a.id, a.data, a.articles, a.mentions, count(*), sum(n.mark), sum(r.ref_mark), sum(r.cast_mark), "
    "(SELECT count(*) || ' ' || sum(e.mark) FROM entry_actor AS x JOIN entry AS e ON e.id = x.entry "
    "WHERE x.actor = a.id) "
    "FROM actor AS a LEFT JOIN name AS n ON n.actor = a.id LEFT JOIN article AS r ON r.path = n.article "
    "WHERE a.page GROUP BY a.id ORDER BY a.id"
)
LARGE = (
    "SELECT id, data FROM actor AS a WHERE page AND (articles > ?1 "
    "OR (SELECT count(*) FROM entry_actor WHERE actor = a.id) > ?1) ORDER BY id"
)
ARTICLES_OF = (
    "SELECT first, count(*), sum(ref_mark) FROM article WHERE path IN (SELECT article FROM name WHERE actor = ?) "
    "GROUP BY first"
)
ENTRIES_OF = (
    "SELECT x.year, count(*), sum(e.mark) FROM entry_actor AS x JOIN entry AS e ON e.id = x.entry "
    "WHERE x.actor = ? GROUP BY x.year"
)
CONFLICTS = (
    "SELECT e.page, mark_of(c.what, e.mark, f.mark), f.page FROM conflict AS c "
    "JOIN entry AS e ON e.id = c.one JOIN entry AS f ON f.id = c.other"
)


class Signs:
    """Yields (key, sign) of every page of a kind. Long lists have a sign for each page of `size` lines."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._db = connection
        self._size = size

    def whole(self) -> str:
        """A sign of everything, for the few pages that show a little of all."""
        sums = (
            self._db.execute(f"SELECT count(*), {', '.join(f'sum({column})' for column in columns)} FROM {table}")
            for table, columns in (
                ("article", ("mark", "ref_mark", "cast_mark", "entries_mark", "kin_mark", "doubtful")),
                ("actor", ("mark", "articles", "mentions", "mark_of(data)")),
                ("entry", ("mark",)),
                ("editorial", ("mark_of(path, status, notice, slug, first)",)),
            )
        )
        return str([rows.fetchone() for rows in sums])

    def articles(self) -> Iterator[Sign]:
        """By path, in the order of publication: content, actors, entries, relatives, and the neighbours' headlines."""
        rows = self._db.execute(
            "SELECT path, first IS NOT NULL, mark, ref_mark, cast_mark, entries_mark, kin_mark "
            "FROM article ORDER BY rank"
        )
        before: int | None = None
        row = rows.fetchone()
        while row:
            following = rows.fetchone()
            path, dated, *marks = row
            after = following[3] if following and following[1] else None
            yield path, f"{marks} {(before, after) if dated else ()}"
            before, row = row[3] if dated else None, following

    def actors(self) -> Iterator[Sign]:
        """By id: the overview of every actor that has a page."""
        for actor, *sign in self._db.execute(ACTOR):
            yield actor, str(sign)

    def actor_years(self) -> Iterator[Sign]:
        """By `id/year`: the years of every actor that has too much for one page, `undated` last."""
        for actor, data in self._db.execute(LARGE, (self._size,)):
            found: dict[str, list[object]] = {}
            for year, *sums in self._db.execute(ENTRIES_OF, (actor,)):
                found.setdefault(year_name(year), []).append(("entries", sums))
            for first, *sums in self._db.execute(ARTICLES_OF, (actor,)):
                found.setdefault(year_name(first and dt.date.fromordinal(first).year), []).append((first, sums))
            for year in sorted(found):
                yield f"{actor}/{year}", f"{data!r} {found[year]} {sorted(found)}"

    def actor_feeds(self) -> Iterator[Sign]:
        """By id: the articles that the feed of an actor with a page chooses from, with their first words."""
        rows = self._db.execute(
            "SELECT a.id, a.name, sum(r.mark), sum(r.ref_mark), sum(r.kin_mark) FROM actor AS a "
            "LEFT JOIN (SELECT DISTINCT actor, article FROM name) AS n ON n.actor = a.id "
            "LEFT JOIN article AS r ON r.path = n.article WHERE a.page GROUP BY a.id ORDER BY a.id"
        )
        for actor, *sign in rows:
            yield actor, str(sign)

    def outlet_feeds(self) -> Iterator[Sign]:
        """By slug: the same of an outlet."""
        sums = dict(
            self._db.execute("SELECT outlet, sum(mark) || ' ' || sum(ref_mark) FROM article GROUP BY outlet").fetchall()
        )
        for slug, name, _ in outlet_names(self._db):
            yield slug, f"{name} {sums[slug]}"

    def outlets(self) -> Iterator[Sign]:
        """By `slug/page`: the articles of every outlet."""
        names = {slug: name for slug, name, _ in outlet_names(self._db)}
        rows = self._db.execute("SELECT outlet, ref_mark FROM article WHERE outlet != '' ORDER BY outlet, rank")
        for key, sign in self._cut(rows):
            yield key, f"{names[key.rpartition('/')[0]]} {sign}"

    def years(self) -> Iterator[Sign]:
        """By `year/page`: the timeline."""
        rows = self._db.execute(
            "SELECT year, mark FROM entry WHERE year IS NOT NULL AND repeats IS NULL ORDER BY year, rank"
        )
        years = [year for (year,) in self._db.execute("SELECT DISTINCT year FROM entry WHERE repeats IS NULL")]
        for key, sign in self._cut((f"{year:04}", mark) for year, mark in rows):
            yield key, f"{sign} {sorted(filter(None, years))}"

    def periods(self) -> Iterator[Sign]:
        """By date: every year, month and day that has something."""
        entries = self._by_page("SELECT page, sum(mark) FROM entry WHERE repeats IS NULL GROUP BY page")
        articles = self._by_page("SELECT page, sum(ref_mark) FROM article GROUP BY page")
        differing: dict[str, list[object]] = {}
        for one, mark, other in self._db.execute(CONFLICTS):
            for page in {one, other}:
                differing.setdefault(page, []).append(mark)
        rows = self._db.execute("SELECT page, entries, articles FROM period ORDER BY length(page), page").fetchall()
        for at, (page, *counts) in enumerate(rows):
            beside = [rows[i][0] for i in (at - 1, at + 1) if 0 <= i < len(rows) and len(rows[i][0]) == len(page)]
            listed = (entries.get(page), articles.get(page), sorted(map(str, differing.get(page, ()))))
            yield page, f"{counts} {beside} {listed}"

    def _by_page(self, query: str) -> dict[str, tuple[int, ...]]:
        """Sums by page; a month lists what its days do, a year names its months with what they have."""
        found: dict[str, tuple[int, ...]] = {}
        for page, mark in self._db.execute(query):
            for key in {page, page[:7], page[:4]} if page else ():
                found[key] = (*found.get(key, ()), mark) if len(key) < 10 else (mark,)
        return {page: (sum(marks), len(marks)) for page, marks in found.items()}

    def _cut(self, rows: Iterable[tuple[str, int]]) -> Iterator[Sign]:
        """Cut each list into pages; each also tells how many there are, and the first how long the list is."""
        for key, group in groupby(rows, key=lambda row: row[0]):
            sums: list[int] = []
            count = 0
            while chunk := [mark for _, mark in islice(group, self._size)]:
                sums.append(sum(chunk))
                count += len(chunk)
            for number, mark in enumerate(sums, 1):
                yield f"{key}/{number}", f"{mark} {len(sums)} {(count, sum(sums)) if number == 1 else ''}"


def year_name(year: int | None) -> str:
    """How a year is written in addresses; what has none is `undated`."""
    return f"{year:04}" if year else "undated"
