"""The archive -> one SQLite file for Datasette and others: tables with foreign keys, and a full-text index.

The same archive gives the same bytes: whatever was done before, all is copied in order at the end, without gaps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from archivegen.data import fulltext
from archivegen.data.survey import Buckets
from archivegen.downloads import TABLES, Table
from archivegen.store import MOST, Reader, attach, entry_rows

__all__ = [
    "NewDatabase",
    "copy_in_order",
    "days_of",
    "insert_actors",
    "open_database",
    "renew_bucket",
    "renew_day",
]

Rows = Iterable[tuple[Any, ...]]

TYPES = {"text": "TEXT", "number": "INTEGER", "list": "TEXT"}
# Nobody reads the file before it is whole, and a crash begins anew.
# Texts fill several pages of the usual size: larger ones make the file an eighth smaller.
PRAGMAS = ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
           "cache_size = -8192")  # fmt: skip
MENTIONS = (
    "CREATE TABLE mentions (article TEXT NOT NULL REFERENCES articles (id), "
    "actor TEXT NOT NULL REFERENCES actors (id), times INTEGER, PRIMARY KEY (article, actor)) WITHOUT ROWID"
)
ENTRY_ACTORS = (
    "CREATE TABLE entry_actors (entry INTEGER NOT NULL REFERENCES entries (id), "
    "actor TEXT NOT NULL REFERENCES actors (id), PRIMARY KEY (entry, actor)) WITHOUT ROWID"
)
INDEXES = (
    "CREATE INDEX entries_article ON entries (article)",
    "CREATE INDEX entry_actors_actor ON entry_actors (actor)",
    "CREATE INDEX mentions_actor ON mentions (actor)",
)
PAIRS = (
    "INSERT OR IGNORE INTO entry_actors SELECT e.id, j.value FROM entries AS e, json_each(e.actors) AS j "
    "WHERE e.id BETWEEN ? AND ?"
)
ALL = (0, (1 << 63) - 1)
COOKIE = 40, (1).to_bytes(4)  # where in the file SQLite counts changes of its form, of which there are more or fewer

_as_json = msgspec.json.encode


class NewDatabase:
    """Takes the rows of all articles, in the order of their paths; the others it takes from the store at the end."""

    def __init__(self, reader: Reader, store: Path, base: str, file: Path) -> None:
        self._reader, self._base = reader, base
        self._buckets = Buckets.of(reader)
        self._filled = [0] * self._buckets.count
        self._db = open_database(file, store)

    def __enter__(self) -> NewDatabase:
        self._db.execute("BEGIN")
        for table in TABLES:
            self._db.execute(MENTIONS if table.name == "mentions" else _create(table))
        self._db.execute(ENTRY_ACTORS)
        return self

    def add_articles(self, rows: Rows) -> None:
        """Take some articles."""
        placed = []
        for row in rows:
            bucket = self._buckets.bucket(row[0])
            self._filled[bucket] += 1
            placed.append((self._buckets.bounds(bucket)[0] + self._filled[bucket], *row))
        _insert_articles(self._db, placed)

    def add_mentions(self, rows: Rows) -> None:
        """Take whom some articles name."""
        _insert_mentions(self._db, rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._db) as db:
            if error:
                return
            insert_actors(db, self._reader, self._base)
            _insert_entries(db, None, self._base)
            db.execute(PAIRS, ALL)
            for statement in INDEXES:
                db.execute(statement)
            filled = [bucket for bucket, count in enumerate(self._filled) if count]
            fulltext.make(db, map(self._buckets.bounds, filled))
            db.execute("COMMIT")


def open_database(file: Path, store: Path) -> sqlite3.Connection:
    """Open a database that nobody else has, with the store beside it."""
    db = sqlite3.connect(file.absolute().as_uri(), isolation_level=None, uri=True)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA main.{pragma}")
    attach(db, store)
    return db


def insert_actors(db: sqlite3.Connection, reader: Reader, base: str) -> None:
    """Put in all actors."""
    rows = ([_as_json(value).decode() if isinstance(value, list) else value for value in row]
            for row in reader.data.actors(base))  # fmt: skip
    db.executemany("INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def renew_bucket(
    db: sqlite3.Connection, bounds: tuple[int, int], articles: Rows, mentions: Rows, *, segment: int
) -> None:
    """Put in the articles of a bucket again, in the order of their paths, and whom they name."""
    old = "(SELECT id FROM articles WHERE rowid BETWEEN ? AND ?)"
    db.execute(f"DELETE FROM mentions WHERE article IN {old}", bounds)
    db.execute("DELETE FROM articles WHERE rowid BETWEEN ? AND ?", bounds)
    placed = [(bounds[0] + number, *row) for number, row in enumerate(articles, 1)]
    _insert_articles(db, placed)
    _insert_mentions(db, mentions)
    fulltext.replace(db, segment, bounds, ((row[0], row[2], row[-1]) for row in placed))


def days_of(db: sqlite3.Connection, slugs: Iterable[str]) -> set[int]:
    """Return the days on which articles have entries here."""
    query = "SELECT DISTINCT id / ? FROM entries WHERE article IN (SELECT value FROM json_each(?))"
    return {day for (day,) in db.execute(query, (MOST, _as_json(list(slugs)).decode()))}


def renew_day(db: sqlite3.Connection, day: int, base: str) -> None:
    """Put in the entries of a day again."""
    bounds = (day * MOST, (day + 1) * MOST - 1)
    db.execute("DELETE FROM entry_actors WHERE entry BETWEEN ? AND ?", bounds)
    db.execute("DELETE FROM entries WHERE id BETWEEN ? AND ?", bounds)
    _insert_entries(db, day, base)
    db.execute(PAIRS, bounds)


def copy_in_order(db: sqlite3.Connection, file: Path) -> None:
    """Copy a database table by table, in the order of its rows."""
    file.unlink(missing_ok=True)
    db.execute("VACUUM INTO ?", (str(file),))
    with file.open("r+b") as copied:
        at, form = COOKIE
        copied.seek(at)
        copied.write(form)


def _insert_articles(db: sqlite3.Connection, placed: Rows) -> None:
    names = [field.name for field in TABLES[0].fields]
    marks = ", ".join("?" * (len(names) + 1))
    db.executemany(f"INSERT INTO articles (rowid, {', '.join(names)}) VALUES ({marks})", placed)


def _insert_mentions(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany("INSERT INTO mentions VALUES (?, ?, ?)", rows)


def _insert_entries(db: sqlite3.Connection, day: int | None, base: str) -> None:
    select, values = entry_rows(day, base)
    db.execute(f"INSERT INTO entries {select}", values)


def _create(table: Table) -> str:
    columns = [
        f"{field.name} {TYPES[field.type]}"
        + (" PRIMARY KEY" if (field.name,) == table.key else "")
        + (f" REFERENCES {field.of} (id)" if field.of else "")
        for field in table.fields
    ]
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"
