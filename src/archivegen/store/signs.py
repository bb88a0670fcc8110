"""For every page a sign that changes whenever what the page shows does: only pages with another sign are drawn again.

Signs are sums of the marks of the rows that a page lists, with what else it says, each part with a factor of its own.
SQLite adds up those that a key holds together; lists, whose lines are counted in their order, are summed as they pass
by. pages.py has the other half: what is drawn under each key. tests/test_increment.py and tests/test_random_edits.py
hold them together: after any edit the site is that of a clean build.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter

from archivegen.store.lists import outlet_names
from archivegen.store.marks import mark_of
from archivegen.store.spans import spans, year_name

__all__ = ["Sign", "Signs"]

Sign = tuple[str, str | int]  # a page's key, its sign

# The marks by number, from an index that has little else: the rows are long, and each lies elsewhere.
MARKS_OF_ARTICLE = "article AS r INDEXED BY article_marks"
MARKS_OF_ENTRY = "entry AS e INDEXED BY entry_marks"
UNBORDERED = 1  # in place of the mark of a neighbour that is not there
ARTICLES = (
    "SELECT r.number, CASE WHEN r.first IS NOT NULL THEN r.ref_mark END, r.mark + 3 * r.ref_mark + 5 * r.cast_mark "
    "+ 7 * r.entries_mark + 11 * r.kin_mark FROM article AS a "
    f"CROSS JOIN {MARKS_OF_ARTICLE} ON r.number = a.number ORDER BY a.rank"
)
ACTORS = (
    "SELECT a.id, a.mark, a.page_mark, names, refs, casts, contents, kin, "
    "(SELECT count(*) || ' ' || sum(e.mark) FROM entry_actor AS x CROSS JOIN "
    f"{MARKS_OF_ENTRY} ON e.id = x.entry WHERE x.actor = a.number) FROM actor AS a "
    "LEFT JOIN (SELECT s.actor, sum(n.mark) AS names FROM spelling AS s CROSS JOIN name AS n ON n.spelling = s.id "
    "WHERE s.actor IS NOT NULL GROUP BY s.actor) AS s ON s.actor = a.number "
    "LEFT JOIN (SELECT n.actor, count(*) || ' ' || sum(r.ref_mark) AS refs, sum(r.cast_mark) AS casts, "
    "sum(r.mark) AS contents, sum(r.kin_mark) AS kin FROM named AS n "
    f"CROSS JOIN {MARKS_OF_ARTICLE} ON r.number = n.article GROUP BY n.actor) AS r ON r.actor = a.number "
    "WHERE a.page ORDER BY a.id"
)
LARGE = (
    "SELECT number, id, head_mark FROM actor AS a WHERE page AND (articles > ?1 "
    "OR (SELECT count(*) FROM entry_actor WHERE actor = a.number) > ?1) ORDER BY id"
)
ARTICLES_OF = (
    "SELECT substr(r.page, 1, 4) AS year, count(*), sum(r.ref_mark) FROM named AS n "
    f"CROSS JOIN {MARKS_OF_ARTICLE} ON r.number = n.article WHERE n.actor = ? GROUP BY year"
)
ENTRIES_OF = (
    "SELECT x.year, count(*), sum(e.mark) FROM entry_actor AS x "
    f"CROSS JOIN {MARKS_OF_ENTRY} ON e.id = x.entry WHERE x.actor = ? GROUP BY x.year"
)
CONFLICTS = (
    "SELECT e.page, mark_of(c.what, e.mark, f.mark), f.page FROM conflict AS c "
    "JOIN entry AS e ON e.id = c.one JOIN entry AS f ON f.id = c.other"
)
# The marks of the lines of lists, each list in its order.
OUTLETS = "SELECT outlet, ref_mark FROM article WHERE outlet != '' ORDER BY outlet, rank"
YEARS = "SELECT year, mark FROM entry WHERE year IS NOT NULL AND repeats IS NULL ORDER BY year, rank"


class Signs:
    """Yields (key, sign) of every page of a kind. Long lists have a sign for each page of `size` lines."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._db = connection
        self._size = size

    def outline(self) -> str:
        """A sign of everything but the articles' texts, for the few pages that show a little of all."""
        sums = (
            self._db.execute(f"SELECT count(*), {', '.join(f'sum({column} >> 8)' for column in columns)} FROM {table}")
            for table, columns in (
                ("article", ("ref_mark", "cast_mark", "entries_mark", "kin_mark", "doubtful << 8")),
                ("actor", ("page_mark",)),
                ("editorial", ("mark_of(path, status, notice, slug, first)",)),
            )
        )
        return str([rows.fetchone() for rows in sums])

    def texts(self) -> str:
        """A sign of the articles' texts."""
        return str(self._db.execute("SELECT sum(mark >> 8) FROM article").fetchone()[0])

    def articles(self) -> Iterator[Sign]:
        """By number, in the order of publication: content, actors, entries, relatives, the neighbours' headlines."""
        rows = self._db.execute(ARTICLES)
        before = UNBORDERED
        row = next(rows, None)
        while row:
            number, headline, sign = row
            row = next(rows, None)
            if headline is not None:  # undated ones, which come last, have no neighbours
                after = row[1] if row and row[1] is not None else UNBORDERED
                sign += 13 * before + 17 * after
                before = headline
            yield number, sign

    def actors(self) -> Iterator[tuple[str, str, str]]:
        """By id, of every actor with a page: a sign of its overview, and one of what its feed chooses from."""
        for actor, mark, page_mark, names, refs, casts, contents, kin, entries in self._db.execute(ACTORS):
            yield actor, f"{page_mark} {names} {refs} {casts} {entries}", f"{mark} {refs} {contents} {kin}"

    def actor_spans(self) -> Iterator[Sign]:
        """By `id/span`: the years and decades of every actor that has too much for one page, `undated` last."""
        for number, actor, mark in self._db.execute(LARGE, (self._size,)).fetchall():
            entries, articles = (
                {year_name(int(year or 0)): sums for year, *sums in self._db.execute(query, (number,))}
                for query in (ENTRIES_OF, ARTICLES_OF)
            )
            none = (0, 0)
            sums = {year: (*entries.get(year, none), *articles.get(year, none)) for year in {*entries, *articles}}
            found = spans({year: (lines[0], lines[2]) for year, lines in sums.items()}, self._size)
            named = mark_of(*found)
            for span, years in found.items():
                yield f"{actor}/{span}", f"{mark} {[sums[year] for year in years]} {named}"

    def outlet_feeds(self) -> Iterator[Sign]:
        """By slug: what the feed of an outlet chooses from."""
        sums = dict(
            self._db.execute("SELECT outlet, sum(mark) || ' ' || sum(ref_mark) FROM article GROUP BY outlet").fetchall()
        )
        for slug, name in self._outlet_names.items():
            yield slug, f"{name} {sums[slug]}"

    def outlets(self) -> Iterator[Sign]:
        """By `slug/page`: the articles of every outlet."""
        for slug, key, sign in self._cut(OUTLETS):
            yield key, f"{self._outlet_names[slug]} {sign}"

    @cached_property
    def _outlet_names(self) -> dict[str, str]:
        return {slug: name for slug, name, _ in outlet_names(self._db)}

    def years(self) -> Iterator[Sign]:
        """By `year/page`: the timeline."""
        years = [year for (year,) in self._db.execute("SELECT DISTINCT year FROM entry WHERE repeats IS NULL")]
        which = mark_of(*sorted(filter(None, years)))
        for _, key, sign in self._cut(YEARS):
            yield key, f"{sign} {which}"

    def periods(self) -> Iterator[Sign]:
        """By date: every year, month and day that has something."""
        entries = _by_page(self._db, "SELECT page, sum(mark) FROM entry WHERE repeats IS NULL GROUP BY page")
        articles = _by_page(self._db, "SELECT page, sum(ref_mark) FROM article GROUP BY page")
        differing: dict[str, list[object]] = {}
        for one, mark, other in self._db.execute(CONFLICTS):
            for page in {one, other}:
                differing.setdefault(page, []).append(mark)
        rows = self._db.execute("SELECT page, entries, articles FROM period ORDER BY length(page), page").fetchall()
        for at, (page, *counts) in enumerate(rows):
            beside = [rows[i][0] for i in (at - 1, at + 1) if 0 <= i < len(rows) and len(rows[i][0]) == len(page)]
            listed = (entries.get(page), articles.get(page), sorted(map(str, differing.get(page, ()))))
            yield page, f"{counts} {beside} {listed}"

    def _cut(self, query: str) -> Iterator[tuple[str, str, str]]:
        """Yield (list, key, sign) of the pages of each list; each tells how many, the first how much it has."""
        for key, group in groupby(self._db.execute(query), key=itemgetter(0)):
            name = key if isinstance(key, str) else year_name(key)
            pages = list(_sums((mark for _, mark in group), self._size))
            whole = (sum(count for count, _ in pages), sum(mark for _, mark in pages))
            for number, (_, mark) in enumerate(pages, 1):
                yield name, f"{name}/{number}", f"{mark} {len(pages)} {whole if number == 1 else ''}"


def _sums(marks: Iterator[int], size: int) -> Iterator[tuple[int, int]]:
    """(lines, sum of their marks) of each page of `size` lines; the last may have fewer."""
    while page := list(islice(marks, size)):
        yield len(page), sum(page)


def _by_page(db: sqlite3.Connection, query: str) -> dict[str, tuple[int, int]]:
    """(sum, pages) by page; a month lists what its days do, a year names its months with what they have."""
    found: dict[str, tuple[int, int]] = {}
    for page, mark in db.execute(query):
        for key in {page, page[:7], page[:4]} if page else ():
            total, count = found.get(key, (0, 0))
            found[key] = (total + mark, count + 1)
    return found
