"""The last build's database -> that of this one: renewed where something changed, as far as that takes less time."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Set
from contextlib import closing, contextmanager
from pathlib import Path

from archivegen.data import database
from archivegen.data.database import NewDatabase
from archivegen.data.fulltext import UnknownFormError
from archivegen.data.pieces import BITS, NONE, Key, Piece, Place, changed, keep, kept
from archivegen.data.survey import Buckets, Survey
from archivegen.store import Reader

__all__ = ["update"]

# What a database is made of: all actors, how many buckets it has and which are filled, each of them, articles' entries.
ACTORS, SHAPE, BUCKET, ENTRIES = "actors", "buckets", "bucket", "entries"


@contextmanager
def update(reader: Reader, found: Survey, store: Path, base: str, place: Place) -> Iterator[NewDatabase | None]:
    """Make `archive.db`; if nothing of the last build's can be used, give what takes the rows of all articles."""
    made = place.made("database", {"archive.db": (b"", b"")})
    (last,), (file,), scratch = made.before, made.now, place.folder / "scratch.db"
    parts = _parts(reader, found, base)
    before = kept(made)
    due = changed(before, parts)
    if before is not NONE and not due:
        shutil.copy2(last, file)
        yield None
    else:
        few = SHAPE not in due and len(due) < len(before.pieces) / 2
        if few and _renewed(reader, found, store, base, due, (last, scratch)):
            yield None
        else:
            scratch.unlink(missing_ok=True)
            with NewDatabase(reader, store, base, scratch) as new:
                yield new
        with closing(database.open_database(scratch, store)) as db:
            database.copy_in_order(db, file)
        scratch.unlink()
    keep(made, (Piece(key, sign & BITS) for key, sign in parts.items()))


def _parts(reader: Reader, found: Survey, base: str) -> dict[Key, int]:
    """What the database is made of, each with a sign: buckets of articles with whom they name, articles' entries."""
    filled, actors = repr((Buckets.of(reader), sorted(found.buckets))), repr(list(reader.data.actors(base)))
    return {
        SHAPE: _sign(filled),
        ACTORS: _sign(actors),
        **{f"{BUCKET} {bucket}": sign for bucket, sign in found.buckets.items()},
        **{f"{ENTRIES} {slug}": sign for slug, sign in found.entries.items()},
    }


def _sign(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])


def _renewed(reader: Reader, found: Survey, store: Path, base: str, due: Set[Key], files: tuple[Path, Path]) -> bool:
    """Copy the last build's database and renew what is due in it; tell whether that could be done."""
    shutil.copyfile(*files)
    named = [str(key).partition(" ") for key in due]
    slugs = {slug for kind, _, slug in named if kind == ENTRIES}
    numbers: dict[int, list[int]] = {int(bucket): [] for kind, _, bucket in named if kind == BUCKET}
    having: list[int] = []  # the numbers of articles of which the entries are due
    buckets, filled = Buckets.of(reader), sorted(found.buckets)
    for number, _, slug, *_ in reader.data.signs():
        if slug in slugs:
            having.append(number)
        if (bucket := buckets.bucket(slug)) in numbers:
            numbers[bucket].append(number)
    try:
        with closing(database.open_database(files[1], store)) as db:
            db.execute("BEGIN")
            if ACTORS in due:
                db.execute("DELETE FROM actors")
                database.insert_actors(db, reader, base)
            for bucket, listed in numbers.items():
                rows, names = reader.data.articles(listed, base), reader.data.mentions(listed)
                database.renew_bucket(db, buckets.bounds(bucket), rows, names, segment=filled.index(bucket) + 1)
            for day in database.days_of(db, slugs).union(*reader.data.days(having).values()):
                database.renew_day(db, day, base)
            db.execute("COMMIT")
    except (UnknownFormError, sqlite3.DatabaseError):  # some builds of SQLite let nobody write into an index
        return False
    return True
