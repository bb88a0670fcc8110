"""Which job made which files under which sign: one SQLite file that can be deleted, which costs only time.

A job with the same sign need not be done again. All of a build is one transaction.
"""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from archivegen.manifest import HASH, UNSURE

__all__ = ["Collision", "File", "Ledger", "fold", "open_ledger"]

# path, mark (its hash and size, as the manifest has it), job
File = tuple[str, str, str]

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE job (key TEXT PRIMARY KEY, sign NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
  folded TEXT PRIMARY KEY, path TEXT NOT NULL, mark TEXT NOT NULL, size INTEGER NOT NULL, job TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_job ON file (job);
"""
# Of this build: all jobs that there are; those that were done and are not any more; those to be done; the files that
# the undone ones made; the files that move in.
OF_BUILD = """
CREATE TEMP TABLE wanted (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, sign NOT NULL);
CREATE TEMP TABLE undone (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE due (number INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TEMP TABLE before (path TEXT PRIMARY KEY, mark TEXT NOT NULL, size INTEGER NOT NULL, folded TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TEMP TABLE moving (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
FORMAT = zlib.crc32(TABLES.encode()) >> 1  # as SQLite keeps it: 31 bits
NOBODY = "?"  # the job of files that only the manifest knows


class Collision(Exception):
    """Two files want one path, or paths that a case-blind disk takes for one."""

    def __init__(self, path: str, other: str) -> None:
        super().__init__(path, other)
        self.path, self.other = path, other


class Ledger:
    """Jobs and files of the last build, and of the one that runs."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def note(self, key: str) -> str:
        """Return a note of the last build, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_note(self, key: str, value: str) -> None:
        """Leave a note for the next build."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def begin_anew(self, files: Iterable[tuple[str, str]]) -> None:
        """Forget all jobs; the site has these files, as (path, mark)."""
        self._db.execute("DELETE FROM job")
        self._db.execute("DELETE FROM file")
        rows = ((fold(path), path, mark, _size(mark), NOBODY) for path, mark in files)
        self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", rows)
        self._db.execute("INSERT OR IGNORE INTO undone VALUES (?)", (NOBODY,))

    def known(self) -> Iterator[tuple[str, int, str]]:
        """Yield (path, size, job) of the files of the last build."""
        yield from self._db.execute("SELECT path, size, job FROM file")

    def undo(self, jobs: Iterable[str] | None = None) -> None:
        """Take jobs for not done, without any for all of them."""
        if jobs is None:
            self._db.execute("INSERT OR IGNORE INTO undone SELECT key FROM job")
        else:
            self._db.executemany("INSERT OR IGNORE INTO undone VALUES (?)", ((job,) for job in jobs))

    def due(self, jobs: Iterable[tuple[str, str | int]]) -> Iterator[str]:
        """Take all jobs of the site as (key, sign); yield the keys of those that must be done, in their order.

        A job whose sign is empty is always due.
        """
        db = self._db
        try:
            db.executemany("INSERT INTO wanted (key, sign) VALUES (?, ?)", jobs)
        except sqlite3.IntegrityError as error:
            raise AssertionError("two jobs of one key") from error
        db.execute(
            "INSERT OR IGNORE INTO undone SELECT job.key FROM job LEFT JOIN wanted ON wanted.key = job.key "
            "WHERE wanted.sign IS NOT job.sign OR job.sign = ''"
        )
        db.execute("DELETE FROM job WHERE key IN (SELECT key FROM undone)")
        db.execute("INSERT INTO due SELECT number, key FROM wanted WHERE key NOT IN (SELECT key FROM job)")
        db.execute("INSERT OR IGNORE INTO undone SELECT key FROM due")
        old = "job IN (SELECT key FROM undone)"
        db.execute(f"INSERT INTO before SELECT path, mark, size, folded FROM file WHERE {old}")
        db.execute(f"DELETE FROM file WHERE {old}")
        return (key for (key,) in db.execute("SELECT key FROM due ORDER BY number"))

    def count_due(self) -> int:
        """Count the jobs that must be done."""
        return self._count("due")

    def add(self, files: Sequence[File]) -> None:
        """Note files that jobs made. Raises Collision if another has the path of one."""
        rows = [(fold(path), path, mark, _size(mark), job) for path, mark, job in files]
        try:
            self._db.executemany("INSERT INTO file VALUES (?, ?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError:
            self._refuse(rows)

    def _refuse(self, rows: Iterable[tuple[str, str, str, int, str]]) -> None:
        taken: dict[str, str] = {}
        for folded, path, _, _, job in rows:
            found = self._db.execute("SELECT path, job FROM file WHERE folded = ?", (folded,)).fetchone()
            if folded in taken or (found and found != (path, job)):
                raise Collision(path, taken.get(folded) or found[0]) from None
            taken[folded] = path

    def move(self, paths: Iterable[str]) -> None:
        """Note which files will move in."""
        self._db.executemany("INSERT INTO moving VALUES (?)", ((path,) for path in paths))

    def mark_before(self, path: str) -> str:
        """The mark of a file whose job is done again, as it was; empty if there was none."""
        row = self._db.execute("SELECT mark FROM before WHERE path = ?", (path,)).fetchone()
        return row[0] if row else ""

    def names_before(self, path: str) -> list[str]:
        """The paths of such files that differ from this one in capitals at most."""
        return [name for (name,) in self._db.execute("SELECT path FROM before WHERE folded = ?", (fold(path),))]

    def name_of(self, path: str) -> str | None:
        """How a file of the new site is written that differs from this path in capitals at most."""
        row = self._db.execute("SELECT path FROM file WHERE folded = ?", (fold(path),)).fetchone()
        return row[0] if row else None

    def has(self, path: str) -> bool:
        """Tell whether the new site has a file, once all are noted."""
        return (
            self._db.execute("SELECT 1 FROM file WHERE folded = ? AND path = ?", (fold(path), path)).fetchone()
            is not None
        )

    def files(self) -> Iterator[File]:
        """Yield the files of the new site by path, once all are noted."""
        yield from self._db.execute("SELECT path, mark, job FROM file ORDER BY path")

    def moving(self) -> Iterator[str]:
        """Yield the paths of what will move in."""
        return (path for (path,) in self._db.execute("SELECT path FROM moving ORDER BY path"))

    def staying(self) -> Iterator[str]:
        """Yield the paths of what stays as it is."""
        query = "SELECT path FROM file WHERE path NOT IN (SELECT path FROM moving)"
        return (path for (path,) in self._db.execute(query))

    def gone(self) -> list[str]:
        """List the paths of what no job makes any more."""
        query = "SELECT path FROM before WHERE path NOT IN (SELECT path FROM file WHERE file.folded = before.folded)"
        return [path for (path,) in self._db.execute(query)]

    def counts(self) -> tuple[int, int]:
        """How many files move in, and how many there are in all."""
        return self._count("moving"), self._count("file")

    def commit(self) -> None:
        """Keep that the jobs that were due are done."""
        done = "SELECT key, sign FROM due JOIN wanted USING (number, key)"
        self._db.execute(f"INSERT OR REPLACE INTO job {done}")
        self._db.execute("COMMIT")

    def _count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextmanager
def open_ledger(file: Path | None) -> Iterator[Ledger]:
    """Open the ledger for one build, whose `commit` ends it; one that is damaged or of another form is begun anew."""
    with closing(_connect(file)) as db:
        yield Ledger(db)


def fold(path: str) -> str:
    """What paths have in common that a case-blind disk takes for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _connect(file: Path | None) -> sqlite3.Connection:
    for attempt in (1, 2):
        db = sqlite3.connect(file or ":memory:", isolation_level=None)
        try:
            for pragma in ("synchronous = OFF", "secure_delete = OFF", "cache_size = -8192"):
                db.execute(f"PRAGMA {pragma}")
            if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                _make_tables(db)
            db.executescript(OF_BUILD)
            db.execute("BEGIN")
        except sqlite3.DatabaseError:
            db.close()
            if attempt == 2 or file is None:
                raise
            file.unlink()
        else:
            return db
    raise AssertionError


def _make_tables(db: sqlite3.Connection) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in db.execute(names).fetchall():
        db.execute(f'DROP TABLE "{name}"')
    db.executescript(f"{TABLES} PRAGMA user_version = {FORMAT}")


def _size(mark: str) -> int:
    return -1 if mark == UNSURE else int(mark[HASH + 1 :])
