"""The members of containers in the store: which are known by which key, and which are in their file no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

__all__ = ["Members"]


class Members:
    """What the store knows of articles that lie in containers, asked one by one: a container may hold a million."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY) WITHOUT ROWID")

    def key_of(self, path: str) -> str:
        """Return the key under which a member is in the store; empty if it is not."""
        row = self._db.execute("SELECT key FROM source WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def of(self, container: str) -> list[str]:
        """List the paths of a container's members."""
        return [path for (path,) in self._db.execute("SELECT path FROM source WHERE container = ?", (container,))]

    def begin(self) -> None:
        """Begin to read a container: no member has been seen."""
        self._db.execute("DELETE FROM seen")

    def see(self, path: str) -> None:
        """Note that a member is in the container still."""
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (path,))

    def unseen(self, container: str) -> list[str]:
        """List the members in the store that the container has no more."""
        query = "SELECT path FROM source WHERE container = ? AND path NOT IN (SELECT path FROM seen)"
        return [path for (path,) in self._db.execute(query, (container,))]

    def all_keys(self) -> Iterator[tuple[str, str]]:
        """Yield (path, key) of everything that was read, files and members, by path."""
        yield from self._db.execute("SELECT path, key FROM source ORDER BY path")
