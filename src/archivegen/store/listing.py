"""The files that an archive has now, beside those that the store knows: which changed, and which are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

__all__ = ["Listing"]

Listed = tuple[str, str, str, str, str | None]  # path, seed, stamp, file; of a container its curated members, as JSON
CHANGED = (
    "FROM listed AS l LEFT JOIN source AS s ON s.path = l.path "
    "WHERE (s.stamp IS NOT l.stamp OR s.seed IS NOT l.seed OR substr(s.key, 1, length(?1)) != ?1)"
)


class Listing:
    """The list of files, kept in the database: of a million, memory should not hold any."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        columns = "path TEXT PRIMARY KEY, seed TEXT, stamp TEXT, file TEXT, curated TEXT"
        self._db.execute(f"CREATE TEMP TABLE listed ({columns}) WITHOUT ROWID")

    def fill(self, files: Iterable[Listed]) -> None:
        """Take the list."""
        self._db.executemany("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?)", files)

    def is_empty(self) -> bool:
        """Tell whether there are no files at all."""
        return self._db.execute("SELECT 1 FROM listed LIMIT 1").fetchone() is None

    def count_changed(self, version: str) -> int:
        """Count the files that the store does not know as they are, or that another version of settings read."""
        return int(self._db.execute(f"SELECT count(*) {CHANGED}", (version,)).fetchone()[0])

    def changed(self, version: str) -> Iterator[Listed]:
        """Yield those files, by path. They may be put into the store meanwhile."""
        after = ""
        while rows := self._db.execute(
            f"SELECT l.path, l.seed, l.stamp, l.file, l.curated {CHANGED} AND l.path > ?2 ORDER BY l.path LIMIT 1000",
            (version, after),
        ).fetchall():
            yield from rows
            after = rows[-1][0]

    def all(self) -> Iterator[Listed]:
        """Yield all files, by path."""
        yield from self._db.execute("SELECT path, seed, stamp, file, curated FROM listed ORDER BY path")

    def gone(self) -> list[str]:
        """List what the store knows and the archive has no more; not members of containers."""
        query = "SELECT path FROM source WHERE container = '' AND path NOT IN (SELECT path FROM listed)"
        return [path for (path,) in self._db.execute(query)]
