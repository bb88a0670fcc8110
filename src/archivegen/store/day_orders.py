"""What pages show of the order of day and month in numeric dates, kept for those that do not tell it themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from archivegen.model import Article, NumericDates

__all__ = ["DayOrders", "Shown", "row_of"]


class Shown(NamedTuple):
    """A page with numeric dates: its path, its outlet as a key and by name, and what the dates tell."""

    article: str
    outlet: str
    name: str
    numeric: NumericDates


class DayOrders:
    """The pages with numeric dates, in the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def all(self) -> Iterator[Shown]:
        """Yield the pages, those of one outlet together, by path."""
        query = "SELECT path, outlet, name, shown, fallback, given FROM day_order ORDER BY outlet, path"
        for path, outlet, name, *numeric in self._db.execute(query):
            yield Shown(path, outlet, name, NumericDates(*numeric))


def row_of(article: Article, outlet: str) -> tuple[object, ...]:
    """What an article shows; `outlet` is its outlet's slug. Without outlet or address it says nothing: no row."""
    numeric = article.numeric_dates
    host = urlsplit(article.url.value).hostname if article.url else ""
    if not numeric or not (outlet or host):
        return ()
    name = article.source.value if article.source else str(host)
    return (article.path, outlet or f"//{host}", name, numeric.shown, numeric.fallback, numeric.given)
