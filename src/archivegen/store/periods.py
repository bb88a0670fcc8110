"""What a year, month or day has: entries, articles, parts, neighbours, and accounts that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.store.rows import DAY, ENTRY, LISTED, ORDER, Rows, Totals, on_page
from archivegen.views import Contradiction, Entry

__all__ = ["Periods"]


class Periods:
    """What a year, month or day has: entries, articles, parts, neighbours, and accounts that differ."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def months_of_years(self) -> list[tuple[str, int]]:
        """(YYYY or YYYY-MM, entries and articles) of every year and month that has something, in order."""
        query = "SELECT page, entries + articles FROM period WHERE length(page) < 10 ORDER BY page"
        return self._rows.db.execute(query).fetchall()

    def parts(self, date: Date, width: Literal["next", "day"]) -> tuple[tuple[str, int], ...]:
        """The months of a year or the days of a month that have something (or all days), each with how much."""
        length = 10 if width == "day" else {"year": 7, "month": 10}.get(date.precision, 0)
        if date.precision == "day":
            return ()
        query = (
            "SELECT page, entries + articles FROM period "
            "WHERE page > ?1 AND page < ?1 || '~' AND length(page) = ?2 ORDER BY page"
        )
        return tuple(self._rows.db.execute(query, (date.text, length)))

    def beside(self, date: Date) -> tuple[Date | None, Date | None]:
        """The year, month or day before and after that has something."""
        query = (
            "SELECT (SELECT max(page) FROM period WHERE page < ?1 AND length(page) = ?2), "
            "(SELECT min(page) FROM period WHERE page > ?1 AND length(page) = ?2)"
        )
        before, after = self._rows.db.execute(query, (date.text, len(date.text))).fetchone()
        return edtf.parse(before) if before else None, edtf.parse(after) if after else None

    def shown_on(self, date: Date) -> Totals:
        """(entries, articles) that the page of a year, month or day lists."""
        if date.precision != "year":
            query = "SELECT entries, articles FROM period WHERE page = ?1"
        else:  # without what has a page of its own
            query = (
                "SELECT (SELECT count(*) FROM entry WHERE page = ?1 AND repeats IS NULL), "
                "(SELECT count(*) FROM article WHERE page = ?1)"
            )
        entries, articles = self._rows.db.execute(query, (date.text,)).fetchone()
        return entries, articles

    def happened_in(self, date: Date, *, ahead: bool) -> Iterator[Entry]:
        """Entries on the page of a year (those no narrower than it), month or day; `ahead`: announced for it."""
        where, bounds = _in_order(date)
        mood = "IN ('announced', 'planned')" if ahead else "NOT IN ('announced', 'planned')"
        return self._rows.each_entry(f"{ENTRY} WHERE {where} AND e.mood {mood} {LISTED} {ORDER}", *bounds)

    def contradictions(self, date: Date, limit: int) -> tuple[Contradiction, ...]:
        """Where accounts of one thing differ, one of them under this day."""
        on_day = "(SELECT id FROM entry WHERE page = ?1)"
        where = f"c.one IN {on_day} OR c.other IN {on_day}"
        return tuple(pair for _, pair in self._contradictions(where, date.text, limit))

    def all_contradictions(self) -> list[tuple[str, Contradiction]]:
        """All of them, with the path of the first account's article."""
        return self._contradictions("?1 = ''", "", -1)

    def _contradictions(self, where: str, value: str, limit: int) -> list[tuple[str, Contradiction]]:
        rows = self._rows.db.execute(
            "SELECT a.path, c.one, c.other, c.what FROM conflict AS c JOIN entry AS e ON e.id = c.one "
            f"JOIN entry AS f ON f.id = c.other JOIN article AS a ON a.number = e.article WHERE {where} "
            "ORDER BY e.rank, f.rank LIMIT ?2",
            (value, limit),
        )
        query = ENTRY + "WHERE e.id = ?"
        return [
            (path, Contradiction(self._rows.entries(query, one)[0], self._rows.entries(query, other)[0], what))
            for path, one, other, what in rows.fetchall()
        ]


def _in_order(date: Date) -> tuple[str, tuple[object, ...]]:
    """As `on_page`, of entries, so that they are found in their order: a month's would all be sorted for each page."""
    where, bounds = on_page(date)
    first, last = date.earliest, date.latest
    if date.precision != "month" or first is None or last is None:
        return f"e.{where}", bounds
    ranks = (first.year, f"{first.toordinal():0{DAY}}", f"{last.toordinal() + 1:0{DAY}}")
    return f"e.year = ? AND e.rank >= ? AND e.rank < ? AND e.{where}", (*ranks, *bounds)
