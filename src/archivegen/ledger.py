"""Which job made which files under which sign: one SQLite file that can be deleted, which costs only time.

A job with the same sign need not be done again. All of a build is one transaction.
"""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from archivegen.errors import OutputError
from archivegen.manifest import HASH, UNSURE
from archivegen.sqlitefile import is_damage, set_form

__all__ = ["Collision", "File", "Files", "Ledger", "fold", "open_ledger"]

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
# Of this build: all jobs that there are; those to be done; those that were done and are not any more; the files that
# were made, until all are; the files of the last build whose jobs are undone; the files that move in.
OF_BUILD = """
CREATE TEMP TABLE wanted (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, sign NOT NULL);
CREATE TEMP TABLE due (number INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TEMP TABLE undone (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE made (
  folded TEXT NOT NULL, path TEXT NOT NULL, mark TEXT NOT NULL, size INTEGER NOT NULL, job TEXT NOT NULL
);
CREATE TEMP TABLE before (
  folded TEXT PRIMARY KEY, path TEXT NOT NULL, mark TEXT NOT NULL, size INTEGER NOT NULL, job TEXT NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE moving (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
AT_ONCE = 2_000  # jobs that are compared with those of the last build, while others are being done
FORMAT = zlib.crc32(TABLES.encode()) >> 1  # as SQLite keeps it: 31 bits
DUE = (
    "SELECT w.number, w.key FROM wanted AS w LEFT JOIN job AS j ON j.key = w.key "
    "WHERE w.number > ? AND (j.sign IS NOT w.sign OR w.sign = '')"
)
COLLIDING = (
    "SELECT min(path), max(path) FROM (SELECT folded, path FROM file UNION ALL SELECT folded, path FROM made) "
    "GROUP BY folded HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
)
# Files in what is a file itself: "0" is the letter after "/". No page's folder is named index.html.
WITHIN = (
    "SELECT f.path, g.path FROM file AS f JOIN file AS g ON g.folded > f.folded || '/' AND g.folded < f.folded || '0' "
    "WHERE f.folded NOT LIKE '%/index.html' LIMIT 1"
)
BEFORE = "SELECT path, mark FROM before WHERE folded = ?1 UNION ALL SELECT path, mark FROM file WHERE folded = ?1"
NOBODY = "?"  # the job of files that only the manifest knows


class Collision(Exception):
    """Two files want one path, or paths that a case-blind disk takes for one, or one the other for its folder."""

    def __init__(self, path: str, other: str) -> None:
        super().__init__(path, other)
        self.path, self.other = path, other


class Ledger:
    """Jobs and files of the last build, and of the one that runs."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._due = 0
        self.files = Files(db)

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

    def undo(self, jobs: Iterable[str] | None = None) -> None:
        """Take jobs for not done, without any for all of them."""
        if jobs is None:
            self._db.execute("INSERT OR IGNORE INTO undone SELECT key FROM job UNION SELECT job FROM file")
        else:
            self._db.executemany("INSERT OR IGNORE INTO undone VALUES (?)", ((job,) for job in jobs))
        self._db.execute("DELETE FROM job WHERE key IN (SELECT key FROM undone)")

    def due(self, jobs: Iterable[tuple[str, str | int]]) -> Iterator[str]:
        """Take all jobs of the site as (key, sign), as a stream; yield the keys of those to be done, in their order.

        A job whose sign is empty is always due. When all that were due are done, call `settle`.
        """
        rows = iter(jobs)
        reached = 0
        while some := list(islice(rows, AT_ONCE)):
            try:
                self._db.executemany("INSERT INTO wanted (key, sign) VALUES (?, ?)", some)
            except sqlite3.IntegrityError as error:
                raise AssertionError("two jobs of one key") from error
            found = self._db.execute(DUE, (reached,)).fetchall()
            self._db.executemany("INSERT INTO due VALUES (?, ?)", found)
            reached += len(some)
            self._due += len(found)
            yield from (key for _, key in found)

    def count_due(self) -> int:
        """Count the jobs that must be done, as far as that is known yet."""
        return self._due

    def add(self, files: Iterable[File]) -> None:
        """Note files that jobs made."""
        rows = ((fold(path), path, mark, _size(mark), job) for path, mark, job in files)
        self._db.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?)", rows)

    def settle(self, late: str | None = None) -> None:
        """Put what was made in place of what the undone jobs had made. Raises Collision if two files want one path.

        `late` begins the names of jobs that are only known after this: their files are gone unless `keep` is asked.
        """
        db = self._db
        db.execute("INSERT OR IGNORE INTO undone SELECT key FROM job WHERE key NOT IN (SELECT key FROM wanted)")
        db.execute("DELETE FROM job WHERE key IN (SELECT key FROM undone)")
        db.execute("INSERT OR IGNORE INTO undone SELECT key FROM due")
        # By a range, for which there is an index; without `late` it has nothing in it.
        old = "job IN (SELECT key FROM undone) OR job BETWEEN ?1 AND ?1 || char(0x10ffff)"
        db.execute(f"INSERT OR IGNORE INTO before SELECT * FROM file WHERE {old}", (late,))
        db.execute(f"DELETE FROM file WHERE {old}", (late,))
        self.take_in()

    def keep(self, path: str, job: str) -> bool:
        """Keep a file of the last build, if a late job of this name made it and is not undone; tell whether."""
        query = (
            "INSERT INTO made SELECT * FROM before "
            "WHERE folded = ? AND path = ? AND job = ? AND job NOT IN (SELECT key FROM undone)"
        )
        return self._db.execute(query, (fold(path), path, job)).rowcount > 0

    def take_in(self) -> None:
        """Put what was made since among the files of the site. Raises Collision if two files want one path."""
        try:
            self._db.execute("INSERT INTO file SELECT * FROM made")
        except sqlite3.IntegrityError:
            raise Collision(*self._db.execute(COLLIDING).fetchone()) from None
        is_any = self._db.execute("DELETE FROM made").rowcount > 0
        if is_any and (found := self._db.execute(WITHIN).fetchone()):
            raise Collision(*found)

    def move(self, paths: Iterable[str]) -> None:
        """Note which files will move in."""
        self._db.executemany("INSERT OR IGNORE INTO moving VALUES (?)", ((path,) for path in paths))

    def commit(self) -> None:
        """Keep that the jobs that were due are done, and which files they made."""
        done = "SELECT key, sign FROM due JOIN wanted USING (number, key)"
        self._db.execute(f"INSERT OR REPLACE INTO job {done}")
        self._db.execute("COMMIT")


class Files:
    """The files of the site: those of the last build, and as jobs are done those of the one that runs."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def known(self) -> Iterator[tuple[str, int, str]]:
        """Yield (path, size, job) of the files of the last build."""
        yield from self._db.execute("SELECT path, size, job FROM file")

    def before(self, path: str) -> tuple[str, str]:
        """(path, mark) of the file of the last build that has this path, but for capitals; empty if there was none."""
        return self._db.execute(BEFORE, (fold(path),)).fetchone() or ("", "")

    def name_of(self, path: str) -> str | None:
        """How a file is written that differs from this path in capitals at most."""
        row = self._db.execute("SELECT path FROM file WHERE folded = ?", (fold(path),)).fetchone()
        return row[0] if row else None

    def has(self, path: str) -> bool:
        """Tell whether the new site has a file, once all are noted."""
        return (
            self._db.execute("SELECT 1 FROM file WHERE folded = ? AND path = ?", (fold(path), path)).fetchone()
            is not None
        )

    def all(self) -> Iterator[File]:
        """Yield the files of the new site in the order of `fold`, once all are noted."""
        yield from self._db.execute("SELECT path, mark, job FROM file ORDER BY folded")

    def moving(self) -> Iterator[str]:
        """Yield the paths of what will move in."""
        return (path for (path,) in self._db.execute("SELECT path FROM moving ORDER BY path"))

    def staying(self) -> Iterator[str]:
        """Yield the paths of what stays as it is."""
        all_files = "SELECT path FROM file UNION ALL SELECT path FROM made"  # late jobs' are not taken in yet
        query = f"SELECT path FROM ({all_files}) WHERE path NOT IN (SELECT path FROM moving)"
        return (path for (path,) in self._db.execute(query))

    def gone(self) -> list[str]:
        """List the paths of what no job makes any more."""
        query = (
            "SELECT path FROM before AS b "
            "WHERE NOT EXISTS (SELECT 1 FROM file AS f WHERE f.folded = b.folded AND f.path = b.path)"
        )
        return [path for (path,) in self._db.execute(query)]

    def any_kept(self, folder: str) -> bool:
        """Tell whether a file in a folder, given with its slash, was there before and is made again."""
        query = "SELECT 1 FROM before JOIN file USING (folded, path) WHERE substr(path, 1, length(?1)) = ?1 LIMIT 1"
        return self._db.execute(query, (folder,)).fetchone() is not None

    def counts(self) -> tuple[int, int]:
        """How many files move in, and how many there are in all."""
        return _count(self._db, "moving"), _count(self._db, "file")


@contextmanager
def open_ledger(file: Path) -> Iterator[Ledger]:
    """Open the ledger for one build, whose `commit` ends it; one that is damaged or of another form is begun anew.

    Raises OutputError if it turns out to be damaged later.
    """
    with closing(_connect(file)) as db:
        try:
            yield Ledger(db)
        except sqlite3.DatabaseError as error:  # perhaps of the store, which is read meanwhile
            if is_damage(error) and not _is_whole(db):
                hint = "delete it: the next build makes it again"
                raise OutputError(f"{file} is damaged: {error}", hint=hint) from error
            raise


def _is_whole(db: sqlite3.Connection) -> bool:
    try:
        return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def fold(path: str) -> str:
    """What paths have in common that a case-blind disk takes for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _connect(file: Path) -> sqlite3.Connection:
    for attempt in (1, 2):
        db = sqlite3.connect(file, isolation_level=None)
        try:
            for pragma in ("synchronous = OFF", "secure_delete = OFF", "cache_size = -8192"):
                db.execute(f"PRAGMA {pragma}")
            set_form(db, FORMAT, TABLES)
            db.executescript(OF_BUILD)
            db.execute("BEGIN")
        except sqlite3.DatabaseError as error:
            db.close()
            if attempt == 2 or not is_damage(error):
                raise
            file.unlink()
        else:
            return db
    raise AssertionError


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _size(mark: str) -> int:
    return -1 if mark == UNSURE else int(mark[HASH + 1 :])
