"""Into the store: articles as they are read. What follows of all of them together is settled afterwards."""

from __future__ import annotations

import sqlite3

from archivegen.store import editorial
from archivegen.store.pack import Packed
from archivegen.store.schema import tables_of

__all__ = ["Writer"]

OF_SOURCE = (
    ("source", "path"), ("article", "path"), ("content", "path"), ("name", "article"), ("sketch", "article"),
    ("day_order", "article"), *((table, "path") for table in editorial.TABLES),
)  # fmt: skip


class Writer:
    """Writes to an open store. Call `put` and `drop` for what changed, then settle what follows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        # Articles that changed, or of which something that pages show did.
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS dirty (path TEXT PRIMARY KEY) WITHOUT ROWID")

    def meta(self, key: str) -> str:
        """Return a note that an earlier build left, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Leave a note for the next build."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def key_of(self, path: str) -> str:
        """Return the key under which a source is in the store; empty if it is not."""
        row = self._db.execute("SELECT key FROM source WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def restamp(self, path: str, stamp: str) -> None:
        """Note that a file was touched but holds the same bytes."""
        self._db.execute("UPDATE source SET stamp = ? WHERE path = ?", (stamp, path))

    def forget(self) -> None:
        """Forget everything, as if the store were new."""
        for table in tables_of(self._db):
            self._db.execute(f'DELETE FROM "{table}"')

    def drop(self, path: str) -> None:
        """Forget a source and all that came from it."""
        for table, column in OF_SOURCE:
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))
        self._db.execute("DELETE FROM entry_actor WHERE entry IN (SELECT id FROM entry WHERE article = ?)", (path,))
        self._db.execute("DELETE FROM entry WHERE article = ?", (path,))
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (path,))

    def put(self, item: Packed) -> None:
        """Keep what a source gave, in place of what it gave before."""
        if self._db.execute("SELECT 1 FROM source WHERE path = ?", (item.path,)).fetchone():
            self.drop(item.path)
        self._db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", item.source)
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (item.path,))
        for table, row in item.more:
            self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({_marks(len(row))})", row)
        if not item.article:
            return
        path, *rest = item.article
        self._db.execute(f"INSERT INTO article VALUES (?, '', {_marks(len(rest))}, 0, 0, 0, 0)", (path, *rest))
        self._db.execute("INSERT INTO content VALUES (?, ?, ?, ?)", item.content)
        self._db.executemany(f"INSERT INTO name VALUES ({_marks(10)}, NULL)", item.names)
        self._db.executemany(
            f"INSERT INTO entry VALUES (NULL, {_marks(14)}, 0, NULL, NULL, NULL, 0, 0, '[]', 0)", item.entries
        )
        if item.sketch:
            self._db.execute("INSERT INTO sketch VALUES (?, ?, ?)", item.sketch)


def _marks(count: int) -> str:
    return ", ".join("?" * count)
