"""The last build's database -> that of this one: renewed where something changed, as far as that takes less time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Set
from contextlib import closing, contextmanager
from pathlib import Path

from archivegen.data import database
from archivegen.data.database import NewDatabase
from archivegen.data.fulltext import UnknownFormError
from archivegen.data.pieces import NONE, SIGN_BITS, Key, Made, Piece, Place, changed, keep, kept
from archivegen.data.survey import Survey
from archivegen.store import Reader

__all__ = ["update"]

# What a database is made of: all actors; each run of articles, by its number; each article's entries, by its slug.
ACTORS, RUN, ENTRIES = "actors", "run", "entries"


@contextmanager
def update(reader: Reader, found: Survey, store: Path, base: str, place: Place) -> Iterator[NewDatabase | None]:
    """Make `archive.db`; if nothing of the last build's can be used, give what takes the articles of all runs.

    The database that is renewed lies beside the notes: that of the site must stay as it is until all files move in.
    While it is being changed it lies elsewhere, so that after a crash there is none.
    """
    resting, file, working = place.notes / "archive.db", place.folder / "archive.db", place.folder / "working.db"
    made = Made((resting,), (resting,), place.notes / "database.notes", place.made_by)
    parts = _parts(reader, found)
    before = kept(made)
    due = changed(before, parts)
    is_renewed = False
    if before is not NONE and _are_few(due, before.pieces, parts):
        shutil.move(resting, working)
        is_renewed = not due or _renew(reader, found, store, base, due, working)
    if is_renewed:
        yield None
    else:
        working.unlink(missing_ok=True)
        with NewDatabase(reader, store, base, working) as new:
            yield new
    with closing(database.open_database(working, store)) as db:
        database.copy_in_order(db, file)
    place.notes.mkdir(parents=True, exist_ok=True)
    shutil.move(working, resting)
    keep(made, (Piece(key, sign & SIGN_BITS) for key, sign in parts.items()))


def _parts(reader: Reader, found: Survey) -> dict[Key, int]:
    """What the database is made of, each with a sign."""
    return {
        ACTORS: reader.data.sums().actors,
        **{f"{RUN} {number}": run.articles + 7 * run.mentions for number, run in enumerate(found.runs)},
        **{f"{ENTRIES} {slug}": sign for slug, sign in found.entries.items()},
    }


def _are_few(due: Set[Key], before: list[Piece], now: dict[Key, int]) -> bool:
    """Tell whether it takes less time to renew what is due than to make all: at most half of the runs and of all.

    A run more in between gives those after it other numbers; for one less nothing is renewed.
    """
    runs = [{key for key in keys if str(key).startswith(RUN)} for keys in ({piece.key for piece in before}, now, due)]
    return runs[0] <= runs[1] and 2 * len(runs[2]) <= len(runs[1]) and 2 * len(due) <= len(before) + len(now)


def _renew(reader: Reader, found: Survey, store: Path, base: str, due: Set[Key], file: Path) -> bool:
    """Renew what is due in the last build's database; tell whether that could be done."""
    named = [str(key).partition(" ") for key in due]
    slugs = {slug for kind, _, slug in named if kind == ENTRIES}
    numbers = sorted(int(number) for kind, _, number in named if kind == RUN)
    runs = {number: found.runs[number] for number in numbers}
    having = [number for number, slug, _ in reader.data.entry_signs() if slug in slugs] if slugs else []
    try:
        with closing(database.open_database(file, store)) as db:
            db.execute("BEGIN")
            if ACTORS in due:
                database.renew_actors(db, reader, base)
            database.renew_runs(db, reader, runs, base)
            for day in database.days_of(db, slugs).union(*reader.data.days(having).values()):
                database.renew_day(db, day, base)
            db.execute("COMMIT")
    except (UnknownFormError, sqlite3.OperationalError):  # some builds of SQLite let nobody write into an index
        return False
    return True
