"""Into the store: articles as they are read. What follows of all of them together is settled afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from archivegen.sqlitefile import tables_of
from archivegen.store import editorial
from archivegen.store.pack import Packed

__all__ = ["Writer"]

# The tables that have what came from a source, with the column of its number.
OF_SOURCE = (
    ("source", "number"), ("article", "number"), ("content", "article"), ("name", "article"), ("entry", "article"),
    ("sketch", "article"), ("day_order", "article"), *((table, "number") for table in editorial.TABLES),
)  # fmt: skip
SPELLING = "INSERT OR IGNORE INTO spelling VALUES (NULL, ?, ?, 0, 0, 0, 0, '[]', NULL, 0)"
NAME = (
    "INSERT INTO name VALUES (?1, (SELECT id FROM spelling WHERE name = ?2 AND kind = ?3), ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
)
# What articles are compared by with others: their order, day and sketch.
COMPARED_BY = (
    "SELECT a.rank, a.page, a.first, s.shingles, s.data FROM article AS a JOIN sketch AS s ON s.article = a.number "
    "WHERE a.number = ?"
)
# What this build has to settle again: articles that changed, or of which something that pages show did; the names that
# articles had before; the slugs that they wished for before; the articles that are to be compared with others again.
CHANGES = (
    "CREATE TEMP TABLE IF NOT EXISTS dirty (number INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS respelt (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS wished (wish TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS uncompared (number INTEGER PRIMARY KEY)",
)


class Writer:
    """Writes to an open store. Call `put` and `drop` for what changed, then settle what follows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        for table in CHANGES:
            connection.execute(table)
        self._next = 0

    def meta(self, key: str) -> str:
        """Return a note that an earlier build left, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Leave a note for the next build."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def known(self, path: str) -> tuple[int, str]:
        """Return the number of a source and the key under which it is in the store; 0 and empty if it is not."""
        row = self._db.execute("SELECT number, key FROM source WHERE path = ?", (path,)).fetchone()
        return row or (0, "")

    def number_of(self, path: str) -> int:
        """Return the number of a source, a new one if it is not in the store."""
        return self.known(path)[0] or self.new_number()

    def new_number(self) -> int:
        """Return a number that no source in the store has."""
        if not self._next:
            self._next = self._db.execute("SELECT coalesce(max(number), 0) FROM source").fetchone()[0]
        self._next += 1
        return self._next

    def restamp(self, path: str, stamp: str) -> None:
        """Note that a file was touched but holds the same bytes."""
        self._db.execute("UPDATE source SET stamp = ? WHERE path = ?", (stamp, path))

    def forget(self) -> None:
        """Forget everything, as if the store were new."""
        for table in tables_of(self._db):
            self._db.execute(f'DELETE FROM "{table}"')

    def drop(self, path: str) -> None:
        """Forget a source and all that came from it."""
        number, _ = self.known(path)
        if number:
            self._clear(number)
            self._db.execute("INSERT OR IGNORE INTO uncompared VALUES (?)", (number,))

    def put(self, items: Sequence[Packed]) -> None:
        """Keep what sources gave, in place of what they gave before."""
        db = self._db
        before: dict[int, object] = {}
        for item in items:
            if db.execute("SELECT 1 FROM source WHERE number = ?", (item.number,)).fetchone():
                before[item.number] = db.execute(COMPARED_BY, (item.number,)).fetchone()
                self._clear(item.number)
            for table, row in item.more:
                db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({_marks(len(row))})", row)
        read = [item for item in items if item.article]
        db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(item.number,) for item in items])
        db.executemany(f"INSERT INTO source VALUES ({_marks(7)})", [item.source for item in items])
        db.executemany(f"INSERT INTO article VALUES ({_marks(15)}, 0, 0, 0, 0)", [item.article for item in read])
        db.executemany(f"INSERT INTO content VALUES ({_marks(5)})", [item.content for item in read])
        names = [name for item in read for name in item.names]
        db.executemany(SPELLING, [spelling for spelling, _ in names])
        db.executemany(NAME, [row for _, row in names])
        db.executemany(
            f"INSERT INTO entry VALUES (NULL, {_marks(15)}, 0, NULL, NULL, NULL, 0, 0, '[]', 0, 0)",
            [entry for item in read for entry in item.entries],
        )
        db.executemany(f"INSERT INTO sketch VALUES ({_marks(3)})", [item.sketch for item in read if item.sketch])
        fresh = [item.number for item in items if item.number not in before and item.sketch]
        fresh += [number for number, row in before.items() if db.execute(COMPARED_BY, (number,)).fetchone() != row]
        db.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", [(number,) for number in fresh])

    def _clear(self, number: int) -> None:
        db, values = self._db, (number,)
        db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", values)
        db.execute("INSERT OR IGNORE INTO respelt SELECT spelling FROM name WHERE article = ?", values)
        for table in ("article", "editorial"):
            db.execute(f"INSERT OR IGNORE INTO wished SELECT wish FROM {table} WHERE number = ?", values)
        db.execute("DELETE FROM entry_actor WHERE entry IN (SELECT id FROM entry WHERE article = ?)", values)
        for table, column in OF_SOURCE:
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", values)


def _marks(count: int) -> str:
    return ", ".join("?" * count)
