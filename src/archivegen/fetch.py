"""An object store -> the folder of seeds: before a build, what is new or differs there is copied, what is gone removed.

A list of the copies tells which files of the folder are these; no other is touched.
"""

from __future__ import annotations

import filecmp
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from archivegen.config import Config
from archivegen.errors import FetchError
from archivegen.manifest import is_safe
from archivegen.remote import reach
from archivegen.sqlitefile import code_of, set_form
from archivegen.stamps import fingerprint

__all__ = ["fetch_seeds"]

TABLES = "CREATE TABLE copy (path TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;"
FORM = zlib.crc32(TABLES.encode()) >> 1
NOTE = "INSERT OR REPLACE INTO copy VALUES (?, ?)"
COMPARED = (
    "SELECT t.path, t.mark, c.mark FROM there AS t LEFT JOIN copy AS c ON c.path = t.path "
    "WHERE t.path > ? ORDER BY t.path LIMIT 1000"
)
LIST = ".archivegen-fetched"  # as an SQLite database, beside the copies
BATCH = 500  # files that are fetched together
AGAIN = "see to it and build again; what was fetched before is still there"
UNSURE = ""  # in place of a mark: fetching it may have been broken off


class Fetched(msgspec.Struct, frozen=True):
    """How many files were copied, and how many removed."""

    copied: int
    removed: int


def fetch_seeds(config: Config) -> Fetched:
    """Make the folder of seeds hold what lies at `seeds_from`. Raises FetchError; what lay there before then stays.

    Memory stays small: of a million files, neither list is held.
    """
    config.seeds.mkdir(parents=True, exist_ok=True)
    with reach(config.seeds_from, FetchError, AGAIN) as (store, root), closing(_open(config.seeds / LIST)) as db:
        db.execute("CREATE TEMP TABLE there (path TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID")
        _at_once(db, "INSERT INTO there VALUES (?, ?)", _list(store, root))
        if not db.execute("SELECT 1 FROM there LIMIT 1").fetchone():
            hint = "is the address right? nothing was removed here"
            raise FetchError(f"there is no file at {config.seeds_from}", hint=hint)
        copied = 0
        for batch in _batches(_due(db, config.seeds)):
            _copy(db, store, root, config.seeds, batch)
            copied += len(batch)
        return Fetched(copied, _remove_gone(db, config.seeds))


def _open(file: Path) -> sqlite3.Connection:
    """Open the list of copies. Each change to it is kept at once: whatever stops, it never claims too little."""
    db = sqlite3.connect(file, timeout=0.5, isolation_level=None)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        set_form(db, FORM, TABLES)
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        db.close()
        if code_of(error) == sqlite3.SQLITE_BUSY:
            raise FetchError("another build of this archive is running", hint="wait for it to end") from None
        hint = "delete it, and from the folder of seeds what was copied there: the next build copies that again"
        raise FetchError(f"{file} cannot be used: {error}", hint=hint) from None
    return db


def _list(store: Any, root: str) -> Iterator[tuple[str, str]]:
    """Yield (path, mark) of every file; the mark changes when the file does."""
    at = len(store._strip_protocol(root)) + 1
    for _, _, files in store.walk(root, detail=True):
        for about in files.values():
            path = about["name"][at:]
            if not path or path.endswith("/"):  # how a store keeps an empty folder
                continue
            if not is_safe(path):
                raise FetchError(f"{about['name']!r} is no name for a file here", hint="rename it in the store")
            yield path, fingerprint([repr(sorted((key, str(value)) for key, value in about.items()))])


def _due(db: sqlite3.Connection, seeds: Path) -> Iterator[tuple[str, str]]:
    """Yield (path, mark) of what is new, differs, or is gone here."""
    after = ""
    while rows := db.execute(COMPARED, (after,)).fetchall():
        for path, mark, known in rows:
            if known != mark or not os.path.lexists(seeds / path):
                yield path, mark
        after = rows[-1][0]


def _copy(db: sqlite3.Connection, store: Any, root: str, seeds: Path, batch: Sequence[tuple[str, str]]) -> None:
    """Copy files beside their places, then move them in: who reads meanwhile never reads half a file.

    Raises FetchError for somebody else's file in the way, unless it is the same.
    """
    paths = [path for path, _ in batch]
    strange = {path for path in paths if not db.execute("SELECT 1 FROM copy WHERE path = ?", (path,)).fetchone()}
    waiting = [_aside(seeds / path) for path in paths]
    for file in waiting:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        store.get([f"{root}/{path}" for path in paths], [str(file) for file in waiting])
        for path, file in zip(paths, waiting, strict=True):
            if path in strange and not _may_replace(seeds / path, file):
                hint = "move it, or give the copies a folder of their own, like: seeds: fetched"
                raise FetchError(f"{seeds / path} is in the way: it was not copied from the store", hint=hint)
        _at_once(db, NOTE, ((path, UNSURE) for path in paths))
        for path, file in zip(paths, waiting, strict=True):
            file.replace(seeds / path)
    finally:
        for file in waiting:
            file.unlink(missing_ok=True)
    _at_once(db, NOTE, batch)


def _may_replace(place: Path, file: Path) -> bool:
    return not os.path.lexists(place) or (place.is_file() and filecmp.cmp(place, file, shallow=False))


def _aside(file: Path) -> Path:
    """A name that is not read as an article."""
    return file.with_name(f".{file.name}.part")


def _remove_gone(db: sqlite3.Connection, seeds: Path) -> int:
    """Remove the copies of what is gone, with folders that this leaves empty."""
    gone = [path for (path,) in db.execute("SELECT path FROM copy WHERE path NOT IN (SELECT path FROM there)")]
    for path in gone:
        (seeds / path).unlink(missing_ok=True)
        with suppress(OSError):  # others are still there
            for folder in (seeds / path).relative_to(seeds).parents:
                if folder.name:
                    (seeds / folder).rmdir()
    _at_once(db, "DELETE FROM copy WHERE path = ?", ((path,) for path in gone))
    return len(gone)


def _at_once(db: sqlite3.Connection, statement: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Do a statement for all rows or, if anything fails, for none: a disk writes that once."""
    with db:
        db.execute("BEGIN")
        db.executemany(statement, rows)


def _batches(items: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    return iter(lambda: list(islice(items, BATCH)), [])
