"""Rows of tables -> one SQLite file for Datasette and others: plain tables with foreign keys, and a full-text index.

The same rows give the same bytes: nothing is updated, everything is inserted in order by one writer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from archivegen.downloads import TABLES, Table

__all__ = ["sqlite_file"]

Rows = list[tuple[Any, ...]]

TYPES = {"text": "TEXT", "number": "INTEGER", "list": "TEXT"}
# Nobody reads the file before it is whole, and a crash begins anew.
# Texts fill several pages of the usual size: larger ones make the file an eighth smaller.
PRAGMAS = ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
           "cache_size = -8192")  # fmt: skip
ENTRY_ACTORS = (
    "CREATE TABLE entry_actors (entry INTEGER NOT NULL REFERENCES entries (id), "
    "actor TEXT NOT NULL REFERENCES actors (id), PRIMARY KEY (entry, actor)) WITHOUT ROWID"
)
INDEXES = (
    "CREATE INDEX entries_article ON entries (article)",
    "CREATE INDEX entry_actors_actor ON entry_actors (actor)",
    "CREATE UNIQUE INDEX mentions_article ON mentions (article, actor)",
    "CREATE INDEX mentions_actor ON mentions (actor)",
)
FULL_TEXT = (
    'CREATE VIRTUAL TABLE articles_fts USING fts5 (title, text, content="articles")',
    "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')",
)
_as_json = msgspec.json.encode


@contextmanager
def sqlite_file(folder: Path) -> Iterator[Callable[[Table, Rows], None]]:
    """Make `archive.db` in a folder; when all rows are in it, it gets its indexes."""
    file = folder / "archive.db"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(_create(table))
        db.execute(ENTRY_ACTORS)

        def write(table: Table, rows: Rows) -> None:
            lists = [i for i, field in enumerate(table.fields) if field.type == "list"]
            if table.name == "entries":
                pairs = [(row[0], actor) for row in rows for actor in row[lists[0]]]
                db.executemany("INSERT OR IGNORE INTO entry_actors VALUES (?, ?)", pairs)
            if lists:
                rows = [tuple(_as_json(v).decode() if i in lists else v for i, v in enumerate(row)) for row in rows]
            db.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.fields))})", rows)

        yield write
        for statement in (*INDEXES, *FULL_TEXT, "COMMIT"):
            db.execute(statement)


def _create(table: Table) -> str:
    columns = [
        f"{field.name} {TYPES[field.type]}{f' REFERENCES {field.of} (id)' if field.of else ''}"
        for field in table.fields
    ]
    # A key of two columns is an index made at the end: to sort once is cheaper than to insert here and there.
    key = f", PRIMARY KEY ({table.key[0]})" if len(table.key) == 1 else ""
    return f"CREATE TABLE {table.name} ({', '.join(columns)}{key})"
