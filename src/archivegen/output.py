"""Bytes -> disk: collisions found before the first write, only what changed, atomic, and nothing pruned but its own.

New bytes wait in a folder beside the site and move in at the end, so that a crash leaves the last good site. A ledger,
one SQLite file that can be deleted, knows which job made which files under which sign: a job with the same sign need
not be done.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import sqlite3
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from archivegen.errors import OutputError
from archivegen.manifest import MANIFEST, UNSURE, Written, is_safe, manifest_mark, read_manifest, size_in

__all__ = [
    "Output",
    "Staged",
    "hold_interrupts",
    "open_output",
    "stage",
]

LEDGER = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job (key TEXT PRIMARY KEY, sign TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
  folded TEXT PRIMARY KEY, path TEXT NOT NULL, mark TEXT NOT NULL, job TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_job ON file (job);
CREATE TEMP TABLE wanted (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, sign TEXT NOT NULL);
CREATE TEMP TABLE before (path TEXT PRIMARY KEY, mark TEXT NOT NULL, folded TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE moving (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Staged(msgspec.Struct, frozen=True):
    """A file that waits to move in: its path in the site, its hash and size."""

    path: str
    mark: str


def stage(staging: Path | str, path: str, data: bytes | Path) -> Staged:
    """Put a file where it waits: bytes, or a large file that is moved there. Any process may do so, and again.

    Raises OutputError if the path leaves the site, or the build has ended.
    """
    if not is_safe(path):
        raise OutputError(f"{path!r} is not a path inside the site", hint="rename that file")
    name = f"{staging}/{path}"
    if isinstance(data, Path):
        return _stage_file(staging, path, data)
    try:
        file = open(name, "wb", buffering=0)  # noqa: PTH123, SIM115 - for every page
    except FileNotFoundError:
        _make_folder(Path(staging), Path(name).parent)
        file = open(name, "wb", buffering=0)  # noqa: PTH123, SIM115
    except IsADirectoryError as error:
        raise _collide(path, path) from error
    with file:
        file.write(data)
    return Staged(path, f"{hashlib.blake2b(data, digest_size=16).hexdigest()} {len(data)}")


def _stage_file(staging: Path | str, path: str, made: Path) -> Staged:
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]  # half the time of blake2b
    size = made.stat().st_size
    name = Path(staging, path)
    _make_folder(Path(staging), name.parent)
    shutil.move(made, name)  # perhaps from another disk
    return Staged(path, f"{digest} {size}")


def _make_folder(staging: Path, folder: Path) -> None:
    """Make a folder in the staging, which must be there: another machine may still draw for a build that has ended."""
    if not staging.is_dir():
        raise OutputError(f"{staging} is gone: the build that it was for has ended")
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def open_output(folder: Path, ledger: Path | None = None, *, clean: bool = False) -> Iterator[Output]:
    """Open the site's folder for one build. Nothing in it changes before `commit`.

    Raises OutputError if the folder holds files but no manifest, for it is then not archivegen's to change. With
    `clean` every file is written again.
    """
    _refuse_strangers(folder)
    waiting = folder.with_name(f".{folder.name}-new")
    shutil.rmtree(waiting, ignore_errors=True)
    # A name of its own: a machine that still draws for a build that was stopped must not draw into this one.
    staging = waiting / secrets.token_hex(4)
    try:
        staging.mkdir(parents=True)
        with closing(_open_ledger(ledger)) as db:
            _take_stock(db, folder, clean=clean)
            yield Output(folder, staging, db)
    except OSError as error:
        raise OutputError(f"the site cannot be written: {error}", hint=_hint(error, folder)) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


@contextmanager
def hold_interrupts() -> Iterator[Callable[[], None]]:
    """Give a function from whose call on Ctrl-C waits until the block ends: a site half moved in is no good site."""
    waiting: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    # Only the main thread may set a handler, and only a Python handler can be put back.
    is_able = threading.current_thread() is threading.main_thread() and before is not None

    def hold() -> None:
        if is_able:
            signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))

    try:
        yield hold
    finally:
        if is_able:
            signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


class Output:
    """The files of one build: ask which jobs are `due`, `take` what they made, then `commit` once."""

    def __init__(self, folder: Path, staging: Path, db: sqlite3.Connection) -> None:
        self.staging = staging
        self._folder = folder
        self._db = db
        self._is_new = not (folder / MANIFEST).exists()

    def due(self, jobs: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Take all jobs of the site as (key, sign); yield the keys of those that must be done, in their order."""
        db = self._db
        try:
            db.executemany("INSERT INTO wanted (key, sign) VALUES (?, ?)", jobs)
        except sqlite3.IntegrityError as error:
            raise AssertionError("two jobs of one key") from error
        db.execute(
            "DELETE FROM job WHERE NOT EXISTS "
            "(SELECT 1 FROM wanted WHERE wanted.key = job.key AND wanted.sign = job.sign)"
        )
        db.execute("INSERT INTO before SELECT path, mark, folded FROM file WHERE job NOT IN (SELECT key FROM job)")
        db.execute("DELETE FROM file WHERE job NOT IN (SELECT key FROM job)")
        query = "SELECT key FROM wanted WHERE key NOT IN (SELECT key FROM job) ORDER BY number"
        return (key for (key,) in db.execute(query))

    def count_due(self) -> int:
        """Count the jobs that must be done."""
        return int(self._db.execute("SELECT count(*) FROM wanted WHERE key NOT IN (SELECT key FROM job)").fetchone()[0])

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield (path, job) of all files, in order, once all are taken."""
        yield from self._db.execute("SELECT path, job FROM file ORDER BY path")

    def take(self, job: str, files: Iterable[Staged]) -> None:
        """Take the staged files that a job made. Raises OutputError if another file has the path of one."""
        for file in files:
            row = (_fold(file.path), file.path, file.mark, job)
            try:
                self._db.execute("INSERT INTO file VALUES (?, ?, ?, ?)", row)
            except sqlite3.IntegrityError:
                (other,) = self._db.execute("SELECT path FROM file WHERE folded = ?", row[:1]).fetchone()
                raise _collide(file.path, other) from None
            if not self._is_new and self._stands(file):
                os.unlink(self.staging / file.path)  # noqa: PTH108 - for every page
            else:
                self._db.execute("INSERT INTO moving VALUES (?)", (file.path,))

    def _stands(self, file: Staged) -> bool:
        """Tell whether the site has this very file. Raises OutputError if somebody else's is in its place."""
        place = self._folder / file.path
        known = self._db.execute("SELECT mark FROM before WHERE path = ?", (file.path,)).fetchone()
        if known:
            return bool(known[0] == file.mark and _size(place) == size_in(file.mark))
        if place.exists() and not self._is_known_as(file.path):
            raise OutputError(f"{place} is in the way: archivegen did not make it", hint="move it somewhere else")
        return False

    def has(self, path: str) -> bool:
        """Tell whether the site will have a file, once all are taken."""
        return self._db.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone() is not None

    def waiting(self) -> Iterator[tuple[str, Path]]:
        """Yield what will move in: the path in the site, and the file as it waits."""
        for (path,) in self._db.execute("SELECT path FROM moving ORDER BY path"):
            yield path, self.staging / path

    def staying(self) -> Iterator[tuple[str, Path]]:
        """Yield what stays as it is: the path in the site, and the file."""
        for (path,) in self._db.execute("SELECT path FROM file WHERE path NOT IN (SELECT path FROM moving)"):
            yield path, self._folder / path

    def commit(self) -> Written:
        """Move the changed files in, remove own files that no page needs any more."""
        db = self._db
        written = int(db.execute("SELECT count(*) FROM moving").fetchone()[0])
        gone = [row[0] for row in db.execute("SELECT path FROM before WHERE path NOT IN (SELECT path FROM file)")]
        total = int(db.execute("SELECT count(*) FROM file").fetchone()[0])
        if self._is_new and not self._folder.exists():
            self._write_manifest(self.staging)
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self.staging.rename(self._folder)
        elif written or gone or self._is_new:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._move_in(gone)
        db.execute("INSERT OR REPLACE INTO job SELECT key, sign FROM wanted WHERE sign != ''")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('manifest', ?)", (manifest_mark(self._folder),))
        db.execute("COMMIT")
        return Written(written, total - written, len(gone))

    def _move_in(self, gone: list[str]) -> None:
        def moving() -> Iterator[str]:
            return (path for (path,) in self._db.execute("SELECT path FROM moving ORDER BY path"))

        with (self._folder / MANIFEST).open("a", encoding="utf-8") as manifest:
            manifest.writelines(f"{UNSURE} {path}\n" for path in moving())  # should the machine stop in the midst of it
        for path in moving():
            file = self._folder / path
            try:
                os.replace(self.staging / path, file)  # noqa: PTH105 - for every page
            except OSError:
                self._make_room(file.parent)
                os.replace(self.staging / path, file)  # noqa: PTH105
        for path in gone:
            now = self._db.execute("SELECT path FROM file WHERE folded = ?", (_fold(path),)).fetchone()
            if now is None or not _is_same(self._folder / now[0], self._folder / path):
                _remove(self._folder / path, self._folder)
        self._write_manifest(self.staging)
        (self.staging / MANIFEST).replace(self._folder / MANIFEST)

    def _is_known_as(self, path: str) -> bool:
        """Tell whether a case-blind disk found a file of ours under another case of its name."""
        rows = self._db.execute("SELECT path FROM before WHERE folded = ?", (_fold(path),))
        return any(_is_same(self._folder / name, self._folder / path) for (name,) in rows)

    def _make_room(self, parent: Path) -> None:
        """Make the folders of a file, where an own file of an earlier build may stand in the way."""
        for step in (*reversed(parent.relative_to(self._folder).parents), parent.relative_to(self._folder)):
            known = self._db.execute("SELECT 1 FROM before WHERE path = ?", (step.as_posix(),)).fetchone()
            if known and (self._folder / step).is_file():
                (self._folder / step).unlink()
        parent.mkdir(parents=True, exist_ok=True)

    def _write_manifest(self, folder: Path) -> None:
        with (folder / MANIFEST).open("w", encoding="utf-8") as file:
            rows = self._db.execute("SELECT mark, path FROM file ORDER BY path")
            file.writelines(f"{mark} {path}\n" for mark, path in rows)


def _open_ledger(file: Path | None) -> sqlite3.Connection:
    """Open the ledger, as one transaction that only `commit` ends; a damaged one is begun anew."""
    for attempt in (1, 2):
        db = sqlite3.connect(file or ":memory:", isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA cache_size = -8192")
            db.executescript(LEDGER)
            db.execute("BEGIN")
        except sqlite3.DatabaseError:
            db.close()
            if attempt == 2 or file is None:
                raise
            file.unlink()
        else:
            return db
    raise AssertionError


def _take_stock(db: sqlite3.Connection, folder: Path, *, clean: bool) -> None:
    """See what of the site still stands as the ledger has it; what does not is made again."""
    known = db.execute("SELECT value FROM meta WHERE key = 'manifest'").fetchone()
    if clean or known != (manifest_mark(folder),):
        db.execute("DELETE FROM job")
        db.execute("DELETE FROM file")
        rows = ((_fold(path), path, UNSURE if clean else mark, "?") for path, mark in read_manifest(folder))
        db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", rows)
        return
    base = f"{folder}{os.sep}"
    broken = []
    for path, mark, job in db.execute("SELECT path, mark, job FROM file"):
        if _size(base + path) != size_in(mark):
            broken.append((job,))
    db.executemany("DELETE FROM job WHERE key = ?", broken)


def _refuse_strangers(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file, so the site cannot go there", hint="set `output:` in site.yaml")
    if not folder.exists() or (folder / MANIFEST).exists():
        return
    strangers = sorted(path.name for path in folder.iterdir())
    if strangers:
        raise OutputError(
            f"{folder} holds files that archivegen did not make: {', '.join(strangers[:3])}"
            + (f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""),
            hint="set `output:` in site.yaml to a new folder, or empty this one yourself",
        )


def _collide(path: str, other: str) -> OutputError:
    return OutputError(
        f"two pages want the same file: {path} and {other}",
        hint="give one of them another `slug:`, or rename the file in static/",
    )


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _size(file: Path | str) -> int:
    try:
        return os.stat(file).st_size  # noqa: PTH116 - for every page
    except OSError:
        return -1


def _remove(file: Path, folder: Path) -> None:
    if not file.is_dir():
        file.unlink(missing_ok=True)
    parent = file.parent
    while parent != folder and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent


def _hint(error: OSError, folder: Path) -> str:
    if isinstance(error, PermissionError):
        return f"you may not write to {folder}; set `output:` to a folder that is yours"
    return "the last good site is still there; mend this and build again"
