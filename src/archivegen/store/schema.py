"""The tables of the archive's database, and opening it: made anew whenever the program or its tables changed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Literal

from archivegen.errors import StoreError
from archivegen.sqlitefile import code_of, is_damage, set_form
from archivegen.store import editorial
from archivegen.store.marks import mark_of

__all__ = ["KIND_ORDER", "add_indexes", "open_store", "read_store"]

VERSION = 15  # raise it whenever the same columns hold something else
KIND_ORDER = "instr('person organisation country place other', kind)"

# A source has a number, by which its article and all that comes from it is known here; numbers tell nothing of order.
# `page` is edtf's Date.unit: the year, month or day on whose page a date stands; `first` is the first day that it can
# mean, as an ordinal (Python's date.toordinal). `rank` sorts articles by publication and entries by event, as text.
# `spelling` has every name once with each of its kinds: what all articles together say of it, and whose it is. `named`
# has which articles name an actor, by whatever spelling. `shown` is what a page needs of an article's findings. `who`
# lists the ids of an entry's actors that have a page. `repeats` is the entry of the copied article that a
# copy's entry is (and is listed in its place), `also` the number of other outlets that have it so. `contested` tells
# that another account differs. An entry's event is told by so many `outlets` (0: nobody else's), by the article
# `reporter` first, `lag` days after; `copy`, `story` and `proposal` lead from an article to the first of its copies,
# of its story, and to a likely date. Columns that end in `mark` are hashes of what pages show of a row, from which
# signs.py tells what is to be drawn again; `own_mark` is the part that the article alone decides. An index of only the
# rows that a list shows lets SQLite pass by the list's earlier pages without reading them.
TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE source (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, seed TEXT NOT NULL, stamp TEXT NOT NULL, key TEXT NOT NULL,
  diagnostics BLOB NOT NULL, container TEXT NOT NULL
);
CREATE TABLE article (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, slug TEXT NOT NULL, wish TEXT NOT NULL, outlet TEXT NOT NULL,
  outlet_name TEXT NOT NULL, doubtful INTEGER NOT NULL, published TEXT, page TEXT, first INTEGER, rank TEXT NOT NULL,
  ref BLOB NOT NULL, language TEXT NOT NULL, mark INTEGER NOT NULL, own_mark INTEGER NOT NULL,
  ref_mark INTEGER NOT NULL, cast_mark INTEGER NOT NULL, entries_mark INTEGER NOT NULL, kin_mark INTEGER NOT NULL
);
CREATE TABLE content (
  article INTEGER PRIMARY KEY, summary TEXT NOT NULL, shown BLOB NOT NULL, data BLOB NOT NULL, findings BLOB NOT NULL
);
CREATE TABLE spelling (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, articles INTEGER NOT NULL, mentions INTEGER NOT NULL,
  stated INTEGER NOT NULL, evidence INTEGER NOT NULL, forms TEXT NOT NULL, actor INTEGER, mark INTEGER NOT NULL,
  UNIQUE (name, kind)
);
CREATE TABLE name (
  article INTEGER NOT NULL, spelling INTEGER NOT NULL, mentions INTEGER NOT NULL, forms TEXT,
  stated INTEGER NOT NULL, evidence INTEGER NOT NULL, roles TEXT, quotes TEXT, mark INTEGER NOT NULL,
  PRIMARY KEY (article, spelling)
) WITHOUT ROWID;
CREATE TABLE named (
  actor INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (actor, article)
) WITHOUT ROWID;
CREATE TABLE actor (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  articles INTEGER NOT NULL, mentions INTEGER NOT NULL, page INTEGER NOT NULL, letter TEXT NOT NULL,
  data BLOB NOT NULL, mark INTEGER NOT NULL, head_mark INTEGER NOT NULL, page_mark INTEGER NOT NULL
);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL, date TEXT NOT NULL, precision TEXT NOT NULL,
  sort1 INTEGER NOT NULL, page TEXT, year INTEGER, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  evidence TEXT NOT NULL, basis TEXT NOT NULL, mood TEXT NOT NULL, names TEXT NOT NULL, rank TEXT NOT NULL,
  own_mark INTEGER NOT NULL, outlets INTEGER NOT NULL, reporter INTEGER, lag INTEGER, repeats INTEGER,
  also INTEGER NOT NULL, contested INTEGER NOT NULL, who TEXT NOT NULL,
  who_mark INTEGER NOT NULL, mark INTEGER NOT NULL
);
CREATE TABLE entry_actor (
  actor INTEGER NOT NULL, year INTEGER NOT NULL, entry INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (actor, year, entry)
) WITHOUT ROWID;
CREATE TABLE period (page TEXT PRIMARY KEY, entries INTEGER NOT NULL, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sketch (article INTEGER PRIMARY KEY, shingles BLOB NOT NULL, data BLOB NOT NULL);
CREATE TABLE copy (article INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE story (article INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE proposal (
  article INTEGER PRIMARY KEY, date TEXT NOT NULL, fellow INTEGER NOT NULL, shared BLOB NOT NULL, weekday TEXT NOT NULL
);
CREATE TABLE conflict (
  one INTEGER NOT NULL, other INTEGER NOT NULL, what TEXT NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE day_order (
  article INTEGER PRIMARY KEY, path TEXT NOT NULL, outlet TEXT NOT NULL, name TEXT NOT NULL, shown TEXT NOT NULL,
  fallback TEXT NOT NULL, given TEXT NOT NULL
);
CREATE INDEX copy_first ON copy (first);
CREATE INDEX story_first ON story (first);
CREATE INDEX source_container ON source (container) WHERE container != '';
CREATE INDEX source_seed ON source (seed) WHERE seed != '';
CREATE INDEX spelling_actor ON spelling (actor);
CREATE INDEX actor_list ON actor ({KIND_ORDER}, letter, lower(name), id) WHERE page;
CREATE INDEX named_article ON named (article, actor);
CREATE INDEX entry_article ON entry (article);
CREATE INDEX entry_repeats ON entry (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX entry_reporter ON entry (reporter) WHERE reporter IS NOT NULL;
CREATE INDEX conflict_other ON conflict (other);
CREATE INDEX entry_actor_entry ON entry_actor (entry, position);
"""
# A new archive gets its indexes when all is in it, which takes half the time: first those by which what is known of all
# articles is settled, then those that pages and their signs ask, which hold the marks that settling made.
TO_SETTLE = """
CREATE INDEX IF NOT EXISTS article_wish ON article (wish);
CREATE INDEX IF NOT EXISTS article_rank ON article (rank);
CREATE INDEX IF NOT EXISTS name_spelling ON name (spelling, article, mark);
CREATE INDEX IF NOT EXISTS name_forms ON name (spelling) WHERE forms IS NOT NULL;
"""
TO_DRAW = """
CREATE INDEX IF NOT EXISTS article_language ON article (language);
CREATE INDEX IF NOT EXISTS article_undated ON article (path) WHERE published IS NULL;
CREATE INDEX IF NOT EXISTS article_newest ON article (first DESC, path) WHERE first IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_page ON article (page, rank, ref_mark);
CREATE INDEX IF NOT EXISTS article_outlet ON article (outlet, rank, outlet_name, mark, ref_mark);
CREATE INDEX IF NOT EXISTS article_marks ON article (
  number, first, page, mark, ref_mark, cast_mark, entries_mark, kin_mark
);
CREATE INDEX IF NOT EXISTS name_roles ON name (spelling) WHERE roles IS NOT NULL;
CREATE INDEX IF NOT EXISTS name_quotes ON name (spelling) WHERE quotes IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_order ON entry (year, rank, page, mood, mark) WHERE repeats IS NULL;
CREATE INDEX IF NOT EXISTS entry_page ON entry (page, rank, repeats, mood, mark);
CREATE INDEX IF NOT EXISTS entry_marks ON entry (id, mark);
"""
# As SQLite keeps it: 31 bits.
FORMAT = zlib.crc32(f"{VERSION} {TABLES} {TO_SETTLE} {TO_DRAW} {editorial.SCHEMA}".encode()) >> 1


@contextmanager
def open_store(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one build, in a transaction that is rolled back on any error, else committed at the end.

    A build may commit earlier, so that its other processes see what it wrote: no second build gets in between.
    Raises StoreError when another build holds it, or the file cannot be used.
    """
    with ExitStack() as opened:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            opened.enter_context(closing(_lock(path.with_name("lock.db"))))
            connection = opened.enter_context(closing(_connect_or_begin_anew(path)))
        except (OSError, sqlite3.DatabaseError) as error:
            raise _refused(path, error) from error
        try:
            yield connection
            if connection.in_transaction:
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
                raise  # a wrong query is a fault of the program
            raise _refused(path, error) from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def read_store(path: Path) -> sqlite3.Connection:
    """Open the database to read what a build committed."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("BEGIN")  # one lock for all queries
    return connection


def add_indexes(connection: sqlite3.Connection, *, of: Literal["to settle", "to draw"]) -> None:
    """Let what was read, or what was settled, be found by other columns too, as soon as all of it is in the store."""
    for statement in (TO_SETTLE if of == "to settle" else TO_DRAW).split(";"):
        connection.execute(statement)


def _lock(path: Path) -> sqlite3.Connection:
    """Hold a file of its own for as long as a build runs: its end frees it, whichever way it comes."""
    connection = sqlite3.connect(path, timeout=0.5, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_or_begin_anew(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        path.unlink()  # all of it is derived: what cannot be read is made again
        return _connect(path)


def _refused(path: Path, error: OSError | sqlite3.DatabaseError) -> StoreError:
    code = code_of(error)
    if code == sqlite3.SQLITE_BUSY:
        return StoreError("another build of this archive is running", hint="wait for it to end")
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreError(f"{path} is damaged: {error}", hint="delete it: the next build makes it again")
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path} cannot be written: the disk is full", hint="make room and build again")
    reason = error.strerror if isinstance(error, OSError) else error
    return StoreError(f"{path} cannot be written: {reason}", hint="may you write to that folder?")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.5, isolation_level=None)
    connection.create_function("mark_of", -1, mark_of, deterministic=True)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # derived data: a power cut costs a rebuild, not the articles
        connection.execute("PRAGMA cache_size = -16384")
        connection.execute("BEGIN EXCLUSIVE")
        set_form(connection, FORMAT, TABLES + editorial.SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection
