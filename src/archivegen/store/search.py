"""What can be searched for: articles, actors and days as records, in parts that are indexed one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, groupby, islice
from operator import itemgetter

import msgspec

from archivegen.edtf import Date, parse
from archivegen.model import Kind
from archivegen.store.lists import outlet_names
from archivegen.store.partial import ActorPart, Body, Dated, Text
from archivegen.store.rows import LISTED, Rows

__all__ = ["Search", "SearchPart", "SearchRecord"]

# An indexer takes 150 KB of memory a record, and one edit makes one part again: parts are small. Readers ask every part
# for every search: parts are few. So their size, in records, doubles once as the archive grows.
SIZES = (2_000, 4_000)
PARTS = 20
LAST = "~"  # after every date, as text
SENTENCES = 20  # of a day, at most
ARTICLES = "SELECT {} FROM article WHERE {} ORDER BY page, rank LIMIT ?4 OFFSET ?3"
DATED, UNDATED = "page >= ?1 AND page < ?2", "(page IS NULL OR page < ?2) AND ?1 = ''"
DAYS = f"e.page >= ? AND e.page < ? AND length(e.page) = 10 {LISTED}"
ACTORS = "SELECT id, name, kind, data FROM actor WHERE page ORDER BY id"


class SearchPart(msgspec.Struct, frozen=True):
    """An index of its own: the articles and days from `start` on and before `end`; of a very full month a stretch."""

    key: str
    start: str
    end: str
    offset: int = 0
    limit: int = -1
    has_actors: bool = False

    @property
    def years(self) -> tuple[str, str]:
        """The first and the last year that may be here, \"\" without bounds."""
        return self.start[:4], "" if self.end == LAST else self.end[:4]

    @property
    def has_days(self) -> bool:
        """Tell whether the days are here: of several stretches the first has them."""
        return self.start < self.end and not self.offset


class SearchRecord(msgspec.Struct, frozen=True):
    """What is found: an article, an actor or a day. `slug` is what its address ends in; `language` "" is the site's."""

    kind: Kind | str
    slug: str
    title: str
    text: str
    language: str = ""
    date: Date | None = None
    outlet: tuple[str, str] = ("", "")  # what its address ends in, its name
    actors: tuple[str, ...] = ()


class _Article(msgspec.Struct, frozen=True, gc=False):
    title: Text
    body: Body
    language: Text | None = None
    published: Dated | None = None


_article = msgspec.json.Decoder(_Article).decode
_actor = msgspec.json.Decoder(ActorPart).decode
_ids = msgspec.json.Decoder(list[str]).decode


class Search:
    """The parts of the search index, when each is to be made again, and its records as a stream."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._db = rows.db
        self._concerned = lru_cache(maxsize=4096)(self._load_concerned)
        self._outlets = cache(lambda: {slug: name for slug, name, _ in outlet_names(rows.db)})

    def parts(self) -> list[SearchPart]:
        """Cut the archive into parts: by years; a year that is too full by months; a month that is, by the piece.

        Nothing is cut by count alone where the calendar can cut: one article more moves no other into another part.
        """
        months = dict(
            self._db.execute(
                "SELECT month, sum(n) FROM (SELECT coalesce(substr(page, 1, 7), '') AS month, count(*) AS n "
                "FROM article GROUP BY month UNION ALL SELECT substr(page, 1, 7), count(*) FROM period "
                "WHERE length(page) = 10 AND entries GROUP BY 1) GROUP BY month ORDER BY month"
            ).fetchall()
        )
        actors = int(self._rows.one("SELECT count(*) FROM actor WHERE page"))
        total = sum(months.values()) + actors
        size = next((size for size in SIZES if total <= size * PARTS), SIZES[-1])
        if total <= size:
            return [SearchPart("all", "", LAST, has_actors=True)] if total else []
        of_actors = [SearchPart("actors", LAST, LAST, has_actors=True)] if actors else []
        return [*of_actors, *_cut(months, size)]

    def languages(self) -> list[str]:
        """The languages that articles say they are in."""
        rows = self._db.execute("SELECT DISTINCT language FROM article WHERE language != '' ORDER BY language")
        return [language for (language,) in rows]

    def years(self) -> list[str]:
        """The years in which articles were published or something happened on a known day."""
        rows = self._db.execute(
            "SELECT substr(page, 1, 4) FROM period WHERE articles OR (entries AND length(page) = 10) GROUP BY 1"
        )
        return [year for (year,) in rows]

    def sign(self, part: SearchPart) -> str:
        """A sign of all that the records of a part say."""
        articles = self._articles(
            part,
            "mark, ref_mark, cast_mark, outlet",
            "SELECT count(*), sum(mark), sum(ref_mark), sum(cast_mark), json_group_array(DISTINCT outlet) FROM ({})",
        ).fetchone()
        names = sorted(self._outlets()[slug] for slug in _ids(articles[-1]) if slug)
        days = self._db.execute(
            f"SELECT count(*), sum(mark) FROM entry AS e WHERE {DAYS}", (part.start, part.end)
        ).fetchone()
        actors = list(self._actors()) if part.has_actors else ()
        return f"{part} {articles} {names} {days if part.has_days else ()} {actors}"

    def records(self, part: SearchPart) -> Iterator[SearchRecord]:
        """Yield the records of a part, always in the same order."""
        if part.has_actors:
            yield from self._actors()
        if part.has_days:
            yield from self._days(part)
        names = self._names(part)
        rows = self._articles(
            part,
            "number, slug, outlet",
            "SELECT a.number, a.slug, a.outlet, k.data FROM ({}) AS a CROSS JOIN content AS k ON k.article = a.number",
        )
        for number, slug, outlet, data in rows:
            article = _article(data)
            yield SearchRecord(
                "article",
                slug,
                article.title.value,
                article.body.text,
                language=article.language.value if article.language else "",
                date=parse(article.published.value.text) if article.published else None,
                outlet=(outlet, self._outlets().get(outlet, "")),
                actors=tuple(sorted(names.get(number, ()))),
            )

    def _articles(self, part: SearchPart, columns: str, query: str) -> sqlite3.Cursor:
        """Run a query over some columns of a part's articles, in their order."""
        rows = ARTICLES.format(columns, DATED if part.start else UNDATED)
        return self._db.execute(query.format(rows), (part.start, part.end, part.offset, part.limit))

    def _names(self, part: SearchPart) -> dict[int, set[str]]:
        """The actors with a page that the articles of a part name, by number."""
        found: dict[int, set[str]] = {}
        rows = self._articles(
            part,
            "number",
            "SELECT p.number, a.name FROM ({}) AS p CROSS JOIN named AS n ON n.article = p.number "
            "JOIN actor AS a ON a.number = n.actor AND a.page",
        )
        for number, name in rows:
            found.setdefault(number, set()).add(name)
        return found

    def _actors(self) -> Iterator[SearchRecord]:
        for slug, name, kind, data in self._db.execute(ACTORS):
            actor = _actor(data)
            yield SearchRecord(kind, slug, name, "\n".join((*actor.aliases, actor.note)).strip(), actors=(name,))

    def _days(self, part: SearchPart) -> Iterator[SearchRecord]:
        rows = self._db.execute(
            f"SELECT e.page, e.text, e.who FROM entry AS e WHERE {DAYS} ORDER BY e.page, e.rank", (part.start, part.end)
        )
        for page, entries in groupby(rows, key=itemgetter(0)):
            _, texts, concerned = zip(*entries, strict=True)
            sentences = "\n".join(islice(dict.fromkeys(texts), SENTENCES))
            actors = dict.fromkeys(chain.from_iterable(map(self._concerned, dict.fromkeys(concerned))))
            yield SearchRecord("day", page.replace("-", "/"), "", sentences, date=parse(page), actors=tuple(actors))

    def _load_concerned(self, who: str) -> tuple[str, ...]:
        """The names of actors, whose ids are given as a list in JSON."""
        return tuple(self._rows.actor_ref(actor).name for actor in _ids(who))


def _cut(months: dict[str, int], size: int) -> Iterator[SearchPart]:
    """Gather neighbouring years, or months of full years, until a part is full. `months` in order; "" is undated."""
    units: list[tuple[str, int]] = []
    for year, group in groupby(months, key=lambda month: month[:4]):
        of_year = [(month, months[month]) for month in group]
        total = sum(count for _, count in of_year)
        units += [(year, total)] if total <= size else of_year
    starts: list[tuple[str, int]] = []
    for unit, count in units:
        if starts and starts[-1][1] + count <= size:
            starts[-1] = (starts[-1][0], starts[-1][1] + count)
        else:
            starts.append((unit, count))
    for (start, count), end in zip(starts, [*(start for start, _ in starts[1:]), LAST], strict=True):
        key = start or "undated"
        if count <= size:
            yield SearchPart(key, start, end)
        else:
            for offset in range(0, count, size):
                yield SearchPart(f"{key}.{offset // size + 1}", start, end, offset, size)
