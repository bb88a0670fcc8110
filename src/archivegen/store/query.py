"""Out of the store: the views that pages are made of, each from a few indexed queries, one page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.store.articles import Articles
from archivegen.store.chronology import Chronology
from archivegen.store.data import Data
from archivegen.store.editorial import Editorial
from archivegen.store.lists import Lists
from archivegen.store.of_actor import OfActor
from archivegen.store.people import Actors
from archivegen.store.periods import Periods
from archivegen.store.pictures import Pictures
from archivegen.store.rows import Rows
from archivegen.store.search import Search
from archivegen.store.signs import Signs

__all__ = ["Reader"]

_diagnostics = msgspec.json.Decoder(tuple[Diagnostic, ...]).decode


class Reader:
    """Answers what pages ask, by what they ask about; the archive's totals itself."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = Rows(connection)
        self._rows = rows
        self.articles = Articles(rows)
        self.lists = Lists(rows)
        self.chronology = Chronology(rows)
        self.periods = Periods(rows)
        self.actors = Actors(rows)
        self.of_actor = OfActor(rows)
        self.editorial = Editorial(rows)
        self.pictures = Pictures(rows)
        self.data = Data(rows)
        self.search = Search(rows)

    def signs(self, size: int) -> Signs:
        """What tells which pages are to be drawn again; `size` is that of cut lists."""
        return Signs(self._rows.db, size)

    def count(self, what: str) -> int:
        """Count rows: `article`, `actor` (those with a page), `entry`, `undated`, `yearless`, `doubtful`, `day`."""
        query = {
            "article": "SELECT count(*) FROM article",
            "actor": "SELECT count(*) FROM actor WHERE page",
            "entry": "SELECT count(*) FROM entry WHERE repeats IS NULL",
            "undated": "SELECT count(*) FROM article WHERE published IS NULL",
            "yearless": "SELECT count(*) FROM entry WHERE year IS NULL AND repeats IS NULL",
            "doubtful": "SELECT count(*) FROM article WHERE doubtful",
            "day": "SELECT count(*) FROM period WHERE length(page) = 10",
        }[what]
        return int(self._rows.one(query))

    def span(self) -> tuple[Date | None, Date | None]:
        """The first and the last publication date of the archive."""
        query = "SELECT published FROM article WHERE first IS NOT NULL ORDER BY rank {} LIMIT 1"
        ends = [self._rows.db.execute(query.format(order)).fetchone() for order in ("ASC", "DESC")]
        return (edtf.parse(ends[0][0]), edtf.parse(ends[1][0])) if ends[0] else (None, None)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was to say of every source when it was read, by path."""
        for (data,) in self._rows.db.execute("SELECT diagnostics FROM source WHERE diagnostics != '[]' ORDER BY path"):
            yield from _diagnostics(data)
