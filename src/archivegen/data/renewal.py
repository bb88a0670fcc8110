"""The last build's database -> that of this one: renewed where something changed, as far as that takes less time."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence, Set
from contextlib import closing, contextmanager
from pathlib import Path

from archivegen.data import database
from archivegen.data.database import NewDatabase
from archivegen.data.fulltext import UnknownFormError
from archivegen.data.pieces import Key, Piece, Place, changed, keep, kept
from archivegen.data.survey import Buckets, Survey
from archivegen.store import Reader

__all__ = ["update"]

ACTORS, SHAPE = "actors", "buckets"  # what a database is made of beside its buckets and days


@contextmanager
def update(reader: Reader, found: Survey, store: Path, base: str, place: Place) -> Iterator[NewDatabase | None]:
    """Make `archive.db`; if nothing of the last build's can be used, give what takes the rows of all articles."""
    made = place.made("database", ["archive.db"])
    (last,), (file,), scratch = made.before, made.now, place.folder / "scratch.db"
    parts = _parts(reader, found, base)
    before = kept(made)
    due = changed(before, parts) | (before.keys() - parts.keys())
    if before and not due:
        shutil.copy2(last, file)
        yield None
    else:
        few = before and SHAPE not in due and len(due) < len(before) / 2
        if few and _renewed(reader, found, store, base, due, (last, scratch)):
            yield None
        else:
            scratch.unlink(missing_ok=True)
            with NewDatabase(reader, store, base, scratch) as new:
                yield new
        with closing(database.open_database(scratch, store)) as db:
            database.copy_in_order(db, file)
        scratch.unlink()
    keep(made, (Piece(key, sign) for key, sign in parts.items()))


def _parts(reader: Reader, found: Survey, base: str) -> dict[Key, int]:
    """What the database is made of, each with a sign: buckets of articles with whom they name, days of entries."""
    filled, actors = repr((Buckets.of(reader), sorted(found.buckets))), repr(list(reader.data.actors(base)))
    return {
        SHAPE: _sign(filled),
        ACTORS: _sign(actors),
        **{f"bucket {bucket}": sign for bucket, sign in found.buckets.items()},
        **{f"day {day}": sign for day, sign in reader.data.days()},
    }


def _sign(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])


def _renewed(reader: Reader, found: Survey, store: Path, base: str, due: Set[Key], files: tuple[Path, Path]) -> bool:
    """Copy the last build's database and renew what is due in it; tell whether that could be done."""
    shutil.copyfile(*files)
    try:
        with closing(database.open_database(files[1], store)) as db:
            db.execute("BEGIN")
            if ACTORS in due:
                db.execute("DELETE FROM actors")
                database.insert_actors(db, reader, base)
            _renew_buckets(db, reader, base, _numbers(due, "bucket"), sorted(found.buckets))
            for day in _numbers(due, "day"):
                database.renew_day(db, day, base)
            db.execute("COMMIT")
    except (UnknownFormError, sqlite3.DatabaseError):  # some builds of SQLite let nobody write into an index
        return False
    return True


def _numbers(due: Set[Key], kind: str) -> list[int]:
    return sorted(int(number) for what, _, number in (str(key).partition(" ") for key in due) if what == kind)


def _renew_buckets(
    db: sqlite3.Connection, reader: Reader, base: str, due: Sequence[int], filled: Sequence[int]
) -> None:
    buckets = Buckets.of(reader)
    paths: dict[int, list[str]] = {bucket: [] for bucket in due}
    for path, slug, *_ in reader.data.signs() if due else ():
        bucket = buckets.bucket(slug)
        if bucket in paths:
            paths[bucket].append(path)
    for bucket, listed in paths.items():
        rows, named = reader.data.articles(listed, base), reader.data.mentions(listed)
        database.renew_bucket(db, buckets.bounds(bucket), rows, named, segment=filled.index(bucket) + 1)
