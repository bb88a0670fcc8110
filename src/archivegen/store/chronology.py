"""What happened, in order of event date: all of it, and by year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from archivegen import edtf
from archivegen.store.rows import DAY, ENTRY, LISTED, ORDER, Rows
from archivegen.views import Entry, ExportedEntry

__all__ = ["Chronology"]


class Chronology:
    """What happened, in order of event date: all of it, and by year."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.years = lru_cache(maxsize=1)(self._load_years)  # every page of the timeline has them
        self._days = lru_cache(maxsize=2)(self._load_days)

    def _load_years(self) -> tuple[tuple[int, int], ...]:
        """(year, entries) of every year that something is said to have happened in."""
        return tuple(
            self._rows.db.execute(
                "SELECT year, count(*) FROM entry WHERE year IS NOT NULL AND repeats IS NULL "
                "GROUP BY year ORDER BY year"
            )
        )

    def months(self, year: int | None = None) -> tuple[tuple[str, int], ...]:
        """(YYYY-MM, entries) of every month that an entry falls wholly in."""
        where, values = ("AND year = ?", (year,)) if year is not None else ("", ())
        query = (
            "SELECT substr(page, 1, 7) AS month, count(*) FROM entry WHERE length(page) > 4 AND repeats IS NULL "
            f"{where} GROUP BY month ORDER BY month"
        )
        return tuple(self._rows.db.execute(query, values))

    def timeline(self, limit: int) -> tuple[Entry, ...]:
        """The first entries in order of event date."""
        return self._rows.entries(ENTRY + "WHERE e.year IS NOT NULL " + LISTED + ORDER + " LIMIT ?", limit)

    def of_year(self, year: int, limit: int, offset: int) -> tuple[Entry, ...]:
        """Entries of a year in order of event date. Those before `offset` are skipped by the day, not one by one."""
        ends, starts = self._days(year)
        at = bisect_right(ends, offset)
        day, before = (starts[at], ends[at - 1] if at else 0) if at < len(starts) else ("", 0)
        where = "WHERE e.year = ? AND e.rank >= ? "
        return self._rows.entries(
            ENTRY + where + LISTED + ORDER + " LIMIT ? OFFSET ?", year, day, limit, offset - before
        )

    def _load_days(self, year: int) -> tuple[list[int], list[str]]:
        """Of each first day that entries of a year have: how many there are up to its end, how their rank begins."""
        query = (
            f"SELECT count(*), substr(rank, 1, {DAY}) AS day FROM entry WHERE year = ? AND repeats IS NULL "
            "GROUP BY day ORDER BY day"
        )
        found = self._rows.db.execute(query, (year,)).fetchall()
        return list(accumulate(count for count, _ in found)), [day for _, day in found]

    def latest_entries(self, limit: int) -> tuple[Entry, ...]:
        """What is said to have happened on the last exact days, newest first; only what states its day itself."""
        where = "WHERE length(e.page) = 10 AND e.mood = 'happened' AND e.basis = 'stated' " + LISTED
        order = "ORDER BY e.sort1 DESC, e.rank LIMIT ?"
        return self._rows.entries(ENTRY + where + order, limit)

    def yearless(self, limit: int, offset: int) -> tuple[Entry, ...]:
        """Entries whose year is not known."""
        return self._rows.entries(ENTRY + "WHERE e.year IS NULL " + LISTED + ORDER + " LIMIT ? OFFSET ?", limit, offset)

    def all(self) -> Iterator[ExportedEntry]:
        """Yield every entry in order of event date; those whose year is unknown come last."""
        rows = self._rows.db.execute(
            "SELECT coalesce(e.repeats, e.id), e.date, a.path, e.text, e.start, e.end, e.basis, e.mood, e.outlets, "
            "e.repeats FROM entry AS e JOIN article AS a ON a.number = e.article " + ORDER
        )
        query = (
            "SELECT a.id FROM entry_actor AS x JOIN actor AS a ON a.number = x.actor WHERE x.entry = ? "
            "ORDER BY x.position"
        )
        for number, date, *place, basis, mood, outlets, repeats in rows:
            actors = tuple(row[0] for row in self._rows.db.execute(query, (number,)))
            article, text, start, end = place
            yield ExportedEntry(
                edtf.parse(date), article, text, start, end, basis, mood, actors, outlets, repeats is not None
            )
