"""The members of containers in the store, and which of them are in their file no more."""

from __future__ import annotations

import sqlite3

__all__ = ["Members"]


class Members:
    """What the store knows of articles that lie in containers, asked one by one: a container may hold a million."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY) WITHOUT ROWID")

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
