"""The archive -> one SQLite file for Datasette and others: tables with foreign keys, and a full-text index.

The same archive gives the same bytes: whatever was done before, all is copied in order at the end, without gaps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from archivegen.data import fulltext
from archivegen.data.survey import Run, bounds
from archivegen.downloads import TABLES, Table
from archivegen.store import MOST, Reader, attach, entry_rows, mention_rows

__all__ = [
    "NewDatabase",
    "copy_in_order",
    "days_of",
    "open_database",
    "renew_actors",
    "renew_day",
    "renew_runs",
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
COLUMNS = [field.name for field in TABLES[0].fields]
ARTICLE = f"INSERT INTO articles (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"
PAIRS = (
    "INSERT OR IGNORE INTO entry_actors SELECT e.id, j.value FROM entries AS e, json_each(e.actors) AS j "
    "WHERE e.id BETWEEN ? AND ?"
)
ALL = (0, (1 << 63) - 1)
COOKIE = 40, (1).to_bytes(4)  # where in the file SQLite counts changes of its form, of which there are more or fewer

_as_json = msgspec.json.encode


class NewDatabase:
    """Takes the articles run by run, in the order of their paths; all else it takes from the store at the end."""

    def __init__(self, reader: Reader, store: Path, base: str, file: Path) -> None:
        self._reader, self._base = reader, base
        self._runs = self._taken = 0
        self._db = open_database(file, store)

    def __enter__(self) -> NewDatabase:
        self._db.execute("BEGIN")
        for table in TABLES:
            self._db.execute(MENTIONS if table.name == "mentions" else _create(table))
        self._db.execute(ENTRY_ACTORS)
        fulltext.begin(self._db)
        return self

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take some articles of the next run."""
        _insert_articles(self._db, bounds(self._runs)[0] + 1 + self._taken, rows)
        self._taken += len(rows)

    def end_run(self) -> None:
        """Index the run whose articles were taken."""
        self._taken = 0
        fulltext.add(self._db, _texts_of(self._db, self._runs))
        self._runs += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._db) as db:
            if error:
                return
            _insert_actors(db, self._reader, self._base)
            _insert_mentions(db, None)
            _insert_entries(db, None, self._base)
            db.execute(PAIRS, ALL)
            for statement in INDEXES:
                db.execute(statement)
            fulltext.end(db)
            db.execute("COMMIT")


def open_database(file: Path, store: Path) -> sqlite3.Connection:
    """Open a database that nobody else has, with the store beside it."""
    db = sqlite3.connect(file.absolute().as_uri(), isolation_level=None, uri=True)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA main.{pragma}")
    attach(db, store)
    return db


def renew_actors(db: sqlite3.Connection, reader: Reader, base: str) -> None:
    """Put in all actors again."""
    db.execute("DELETE FROM actors")
    _insert_actors(db, reader, base)


def renew_runs(db: sqlite3.Connection, reader: Reader, runs: Mapping[int, Run], base: str) -> None:
    """Put in the articles of some runs again, given with their numbers, and whom they name.

    All go before any comes: one may have moved from run to run.
    """
    for number in runs:
        old = "rowid BETWEEN ? AND ?"
        db.execute(f"DELETE FROM mentions WHERE article IN (SELECT id FROM articles WHERE {old})", bounds(number))
        db.execute(f"DELETE FROM articles WHERE {old}", bounds(number))
    for number, run in runs.items():
        rows = reader.data.articles(run.first, run.last, base)
        _insert_articles(db, bounds(number)[0] + 1, rows)
        fulltext.replace(db, number + 1, bounds(number), _texts_of(db, number))
        _insert_mentions(db, run)


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
    db.execute("PRAGMA cache_size = -512")  # each page is needed once: a small cache is a third faster, being nearer
    db.execute("VACUUM INTO ?", (str(file),))
    with file.open("r+b") as copied:
        at, form = COOKIE
        copied.seek(at)
        copied.write(form)


def _insert_articles(db: sqlite3.Connection, at: int, rows: Rows) -> None:
    """Put in articles, with rowids from `at` on."""
    db.executemany(ARTICLE, ((rowid, *row) for rowid, row in enumerate(rows, at)))


def _texts_of(db: sqlite3.Connection, run: int) -> Iterator[fulltext.Text]:
    """Yield what is to be indexed of the articles of a run."""
    return db.execute("SELECT rowid, title, text FROM articles WHERE rowid BETWEEN ? AND ? ORDER BY rowid", bounds(run))


def _insert_actors(db: sqlite3.Connection, reader: Reader, base: str) -> None:
    rows = ([_as_json(value).decode() if isinstance(value, list) else value for value in row]
            for row in reader.data.actors(base))  # fmt: skip
    db.executemany("INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _insert_mentions(db: sqlite3.Connection, run: Run | None) -> None:
    select, values = mention_rows((run.first, run.last) if run else None)
    db.execute(f"INSERT INTO mentions {select}", values)


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
