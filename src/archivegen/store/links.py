"""What ties articles together, into the store: copies, stories, proposed dates, who reports the same event."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from archivegen.model import Article, Conflict, Gist, Line, Proposal, Report, Reported, Sketch

__all__ = ["Copies", "Stories", "any_links", "number_places", "pack_sketch"]

SHINGLE = next(code for code in "IL" if array(code).itemsize == 4)  # hashes of 32 bits
# An entry with its actors' ids apart by newlines; articles are numbered by their place.
# Stories come first (CROSS JOIN): few articles are of any, and SQLite would go through all entries.
REPORT = (
    "SELECT e.id, e.sort1, a.place, f.place, CASE WHEN length(a.page) = 10 THEN a.first END, a.outlet, "
    "(SELECT group_concat(a.id, char(10)) FROM entry_actor AS x JOIN actor AS a ON a.number = x.actor "
    "WHERE x.entry = e.id), e.text FROM story AS s CROSS JOIN entry AS e ON e.article = s.article "
    "JOIN placed AS a ON a.number = e.article JOIN placed AS f ON f.number = s.first "
    "WHERE e.precision = 'day' AND length(e.page) = 10 AND e.mood = 'happened' "
    "AND e.repeats IS NULL "
)
# The entries of copied articles and their copies, by the first of them.
LINE = (
    "SELECT e.id, f.place, a.place, a.outlet, e.date, e.text, e.basis = 'inferred' "
    "FROM (SELECT article, first FROM copy UNION SELECT first, first FROM copy) AS c "
    "JOIN placed AS a ON a.number = c.article JOIN placed AS f ON f.number = c.first "
    "JOIN entry AS e ON e.article = a.number"
    " ORDER BY f.place, a.place, e.start, e.id"
)

_sketch = msgspec.json.Decoder(Sketch).decode
_article = msgspec.json.Decoder(Article).decode


def pack_sketch(sketch: Sketch) -> tuple[bytes, bytes]:
    """Return a sketch as the store keeps it: its shingles apart, as they are read by themselves."""
    return _little_endian(array(SHINGLE, sketch.shingles)).tobytes(), msgspec.json.encode(replace(sketch, shingles=()))


def any_links(db: sqlite3.Connection) -> bool:
    """Tell whether there is, or was, anything to compare."""
    tables = ("sketch", "copy", "story")
    return any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in tables)


def number_places(db: sqlite3.Connection) -> None:
    """Number the articles by their place in the order of publication: what compares them knows them by that."""
    db.execute("CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY rank) AS place, number FROM article")
    db.execute("CREATE UNIQUE INDEX temp.place_number ON place (number, place)")
    db.execute("CREATE UNIQUE INDEX temp.place_place ON place (place, number)")
    db.execute("CREATE TEMP VIEW placed AS SELECT a.*, p.place FROM article AS a JOIN place AS p USING (number)")


class Copies:
    """Gives what copies are found by, and keeps what was found. Articles go by their place."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def count(self) -> int:
        """Count the articles that can be compared."""
        return int(self._db.execute("SELECT count(*) FROM sketch").fetchone()[0])

    def shingles(self) -> Iterator[tuple[int, array[int]]]:
        """Yield the place and the shingles of every article."""
        query = "SELECT a.place, s.shingles FROM sketch AS s JOIN place AS a ON a.number = s.article"
        for place, data in self._db.execute(query):
            found = array(SHINGLE)
            found.frombytes(data)
            yield place, _little_endian(found)

    def set_copies(self, copies: Mapping[int, int]) -> None:
        """Keep which article is a copy of which."""
        _set_pairs(self._db, "copy", copies)

    def lines(self) -> Iterator[Line]:
        """Yield the entries of copied articles and of their copies, those of one text together, the first's first."""
        for entry, first, article, outlet, date, text, is_inferred in self._db.execute(LINE):
            yield Line(entry, first, article, outlet, date, text, bool(is_inferred))

    def set_repeats(self, repeats: Mapping[int, int], also: Mapping[int, int]) -> None:
        """Keep which entries of copies repeat another, and how many other outlets have that."""
        rows = ((entry, repeats.get(entry), also.get(entry, 0)) for entry in sorted(repeats.keys() | also.keys()))
        _keep(self._db, {"repeats": "NULL", "also": "0"}, rows)


class Stories:
    """Gives what stories and reports of one event are found by, and keeps what was found, as `Copies` does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def any_undated(self) -> bool:
        """Tell whether there are articles for which a date may be proposed."""
        query = "SELECT 1 FROM article AS a JOIN sketch AS s ON s.article = a.number WHERE a.published IS NULL LIMIT 1"
        return self._db.execute(query).fetchone() is not None

    def any_changed(self) -> bool:
        """Tell whether this build changed an article of a story."""
        return self._db.execute("SELECT 1 FROM story JOIN dirty ON number = article LIMIT 1").fetchone() is not None

    def gists(self) -> Iterator[Gist]:
        """Yield every article's gist, in the order of publication."""
        query = (
            "SELECT a.place, CASE WHEN length(a.page) = 10 THEN a.first END, s.data "
            "FROM placed AS a JOIN sketch AS s ON s.article = a.number ORDER BY a.first IS NULL, a.place"
        )
        for place, day, data in self._db.execute(query):
            yield Gist(place, day, _sketch(data))

    def text(self, place: int) -> str:
        """Return the body of an article."""
        row = self._db.execute(
            "SELECT c.data FROM content AS c JOIN place AS p ON p.number = c.article WHERE p.place = ?", (place,)
        ).fetchone()
        return _article(row[0]).body.text

    def set_stories(self, stories: Mapping[int, int], proposals: Mapping[int, Proposal]) -> None:
        """Keep which story every article is of, and proposed dates for articles that state none."""
        _set_pairs(self._db, "story", stories)
        self._db.execute("DELETE FROM proposal")
        self._db.executemany(
            "INSERT INTO proposal SELECT a.number, ?, f.number, ?, ? FROM placed AS a, placed AS f "
            "WHERE a.place = ? AND a.published IS NULL AND f.place = ?",
            (
                (p.date.text, msgspec.json.encode(p.shared), p.weekday, place, p.like)
                for place, p in sorted(proposals.items())
            ),
        )

    def reports(self) -> Iterator[Report]:
        """Yield what stories say to have happened on exact days, by day, then by the order of publication."""
        yield from _reports(self._db, REPORT + "ORDER BY e.sort1, a.place, e.start, e.id")

    def contestable(self) -> Iterator[Report]:
        """Yield the same as far as it is stated, without copies, by story."""
        where = "AND e.basis = 'stated' AND e.article NOT IN (SELECT article FROM copy) "
        yield from _reports(self._db, REPORT + where + "ORDER BY f.place, a.place, e.start, e.id")

    def set_reported(self, reported: Iterable[tuple[int, Reported]]) -> None:
        """Keep by whom else an entry's event is reported."""
        number = dict(self._db.execute("SELECT place, number FROM place WHERE number IN (SELECT article FROM story)"))
        rows = ((entry, r.outlets, number[r.first], r.lag) for entry, r in reported)
        _keep(self._db, {"outlets": "0", "reporter": "NULL", "lag": "NULL"}, rows)

    def set_conflicts(self, conflicts: Iterable[Conflict]) -> None:
        """Keep which entries contradict each other."""
        found = list(conflicts)
        self._db.execute("DELETE FROM conflict")
        self._db.executemany(
            "INSERT OR IGNORE INTO conflict VALUES (?, ?, ?)", ((c.one, c.other, c.what) for c in found)
        )
        _keep(self._db, {"contested": "0"}, sorted({(entry, 1) for c in found for entry in (c.one, c.other)}))


def _keep(db: sqlite3.Connection, columns: Mapping[str, str], rows: Iterable[tuple[object, ...]]) -> None:
    """Keep facts of entries, in these columns with what they hold by default; note whose articles that changes."""
    names = ", ".join(columns)
    db.execute(f"CREATE TEMP TABLE tied (id INTEGER PRIMARY KEY, {names})")
    db.executemany(f"INSERT OR REPLACE INTO tied VALUES (?{', ?' * len(columns)})", list(rows))
    now = ", ".join(f"e.{name}" for name in columns)
    fresh = ", ".join(f"coalesce(t.{name}, {absent})" for name, absent in columns.items())
    had = " OR ".join(f"e.{name} IS NOT {absent}" for name, absent in columns.items())
    db.execute(
        "CREATE TEMP TABLE turned AS SELECT e.id, e.article FROM entry AS e LEFT JOIN tied AS t ON t.id = e.id "
        f"WHERE (t.id IS NOT NULL OR {had}) AND ({now}) IS NOT ({fresh})"
    )
    db.execute("INSERT OR IGNORE INTO dirty SELECT article FROM turned")
    db.execute(
        f"UPDATE entry SET ({names}) = (SELECT {fresh} FROM (SELECT 1) LEFT JOIN tied AS t ON t.id = entry.id) "
        "WHERE id IN (SELECT id FROM turned)"
    )
    db.execute("DROP TABLE tied")
    db.execute("DROP TABLE turned")


def _reports(db: sqlite3.Connection, query: str) -> Iterator[Report]:
    for entry, day, article, story, published, outlet, actors, text in db.execute(query):
        names = tuple(actors.split("\n")) if actors else ()
        yield Report(entry, day, article, story, published, outlet, names, text)


def _set_pairs(db: sqlite3.Connection, table: str, pairs: Mapping[int, int]) -> None:
    db.execute(f"DELETE FROM {table}")
    db.executemany(
        f"INSERT INTO {table} SELECT a.number, f.number FROM place AS a, place AS f WHERE a.place = ? AND f.place = ?",
        sorted(pairs.items()),
    )


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
