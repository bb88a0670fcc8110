"""The full-text index of the database: a segment of its own for each run of articles, so that one can be replaced.

SQLite's FTS5 makes all of it; what is done here beside is to put a run's segment, which it made in a database of its
own, in the place of that run's old one. The form of its tables: https://sqlite.org/fts5.html, "FTS5 Data
Structures", and `fts5_index.c`. A database of which runs were replaced is the same as one that is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

__all__ = ["Text", "UnknownFormError", "add", "begin", "end", "replace"]

Text = tuple[int, str, str]  # the rowid of an article, its headline, its text

CREATE = 'CREATE VIRTUAL TABLE articles_fts USING fts5 (title, text, content="articles")'
ALONE = "CREATE VIRTUAL TABLE articles_fts USING fts5 (title, text, content='')"
# Nothing is merged while the index is made, and a run is written at once; afterwards all is as it is by default.
WHILE_MADE = (("automerge", 0), ("crisismerge", 1999), ("hashsize", 64 << 20))
AS_USUAL = (("automerge", 4), ("crisismerge", 16), ("hashsize", 1 << 20))
AVERAGES, STRUCTURE = 1, 10  # rows of articles_fts_data that are no part of a segment
SEGMENT = 37  # bits of the number of such a row below the segment's
COOKIE = 4  # bytes before the structure


class UnknownFormError(Exception):
    """The index is not as it is made here; it has to be made anew."""


def begin(db: sqlite3.Connection) -> None:
    """Make an empty index in a database that has articles, or will have."""
    db.execute(CREATE)
    _configure(db, WHILE_MADE)


def add(db: sqlite3.Connection, articles: Iterable[Text]) -> None:
    """Index the articles of a run, which must not be empty."""
    db.execute("SAVEPOINT run")
    db.executemany("INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", articles)
    db.execute("RELEASE run")  # this is when FTS5 writes


def end(db: sqlite3.Connection) -> None:
    """Let whoever changes the index later do so as usual."""
    _configure(db, AS_USUAL)


def replace(db: sqlite3.Connection, segment: int, bounds: tuple[int, int], articles: Iterable[Text]) -> None:
    """Index a run again, the `segment`th from 1, which has rowids within these bounds, or one that comes after all.

    Raises UnknownFormError if the index has not one segment for each run; sqlite3.DatabaseError if it may not be
    changed.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        fresh.execute(ALONE)
        _configure(fresh, WHILE_MADE)
        fresh.execute("BEGIN")
        add(fresh, articles)
        fresh.execute("COMMIT")
        (pages,) = _segments(fresh)
        structure, segments = _structure(db), _segments(db)
        if [number for number, *_ in segments] != list(range(1, len(segments) + 1)) or segment > len(segments) + 1:
            raise UnknownFormError
        segments[segment - 1 : segment] = [(segment, *pages[1:])]
        averages = [
            now - before + more
            for now, before, more in zip(_averages(db), _averages_of(db, bounds), _averages(fresh), strict=True)
        ]
        _move(fresh, db, segment, bounds)
    flat = (number for found in segments for number in found)
    _set(db, STRUCTURE, structure[:COOKIE] + _written((1, len(segments), 0, 0, len(segments), *flat)))
    _set(db, AVERAGES, _written(averages))


def _move(fresh: sqlite3.Connection, db: sqlite3.Connection, segment: int, bounds: tuple[int, int]) -> None:
    """Put the only segment of a fresh index in the place of another's."""
    start, end = segment << SEGMENT, (segment + 1) << SEGMENT
    db.execute("DELETE FROM articles_fts_data WHERE id >= ? AND id < ?", (start, end))
    rows = fresh.execute("SELECT id, block FROM articles_fts_data WHERE id >= ?", (1 << SEGMENT,))
    shift = start - (1 << SEGMENT)
    db.executemany("INSERT INTO articles_fts_data VALUES (?, ?)", ((number + shift, block) for number, block in rows))
    db.execute("DELETE FROM articles_fts_idx WHERE segid = ?", (segment,))
    terms = fresh.execute("SELECT term, pgno FROM articles_fts_idx")
    db.executemany("INSERT INTO articles_fts_idx VALUES (?, ?, ?)", ((segment, *row) for row in terms))
    db.execute("DELETE FROM articles_fts_docsize WHERE id BETWEEN ? AND ?", bounds)
    db.executemany(
        "INSERT INTO articles_fts_docsize VALUES (?, ?)", fresh.execute("SELECT * FROM articles_fts_docsize")
    )


def _configure(db: sqlite3.Connection, settings: Sequence[tuple[str, int]]) -> None:
    for setting in settings:
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES (?, ?)", setting)


def _structure(db: sqlite3.Connection) -> bytes:
    return bytes(db.execute("SELECT block FROM articles_fts_data WHERE id = ?", (STRUCTURE,)).fetchone()[0])


def _segments(db: sqlite3.Connection) -> list[tuple[int, int, int]]:
    """The segments of an index that has them all in one level: the number, first page and last page of each."""
    levels, count, written, merging, in_level, *flat = _read(_structure(db)[COOKIE:])
    if (levels, written, merging, in_level) != (1, 0, 0, count) or len(flat) != 3 * count:
        raise UnknownFormError
    return [(flat[i], flat[i + 1], flat[i + 2]) for i in range(0, len(flat), 3)]


def _averages(db: sqlite3.Connection) -> list[int]:
    """How many articles there are, and how many words in each column."""
    return list(_read(db.execute("SELECT block FROM articles_fts_data WHERE id = ?", (AVERAGES,)).fetchone()[0]))


def _averages_of(db: sqlite3.Connection, bounds: tuple[int, int]) -> list[int]:
    """The same of a run."""
    query = "SELECT sz FROM articles_fts_docsize WHERE id BETWEEN ? AND ?"
    sizes = [tuple(_read(size)) for (size,) in db.execute(query, bounds)]
    return [len(sizes), *map(sum, zip(*sizes, strict=True))] if sizes else [0, 0, 0]


def _set(db: sqlite3.Connection, row: int, block: bytes) -> None:
    db.execute("UPDATE articles_fts_data SET block = ? WHERE id = ?", (block, row))


def _read(data: bytes) -> Iterator[int]:
    """Read SQLite's numbers of variable length, none of which is so large that it has a ninth byte."""
    number = 0
    for byte in data:
        number = number << 7 | byte & 127
        if byte < 128:
            yield number
            number = 0


def _written(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


def _varint(number: int) -> bytes:
    out = [number & 127]
    while number := number >> 7:
        out.append(number & 127 | 128)
    return bytes(reversed(out))
