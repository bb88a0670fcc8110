"""Lists of articles: the newest, by day, by outlet, without a date."""

from __future__ import annotations

from itertools import groupby

from archivegen.edtf import Date
from archivegen.store.rows import Rows, on_page
from archivegen.views import (
    ArticleRef,
    FeedItem,
)

__all__ = ["Lists"]

NO_COPY = "path NOT IN (SELECT article FROM copy)"


class Lists:
    """Lists of articles: the newest, by day, by outlet, without a date."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def newest(self, limit: int) -> tuple[ArticleRef, ...]:
        """The articles published last, newest first, without copies; without any date they come by path."""
        return self._rows.refs(
            f"SELECT path FROM article WHERE {NO_COPY} ORDER BY first IS NULL, first DESC, path LIMIT ?", limit
        )

    def feed_items(self, limit: int) -> list[FeedItem]:
        """The dated articles published last, newest first, without copies, each with its first paragraph."""
        rows = self._rows.db.execute(
            f"SELECT path, summary FROM article WHERE first IS NOT NULL AND {NO_COPY} "
            "ORDER BY first DESC, path LIMIT ?",
            (limit,),
        )
        return [FeedItem(self._rows.ref(path), summary) for path, summary in rows.fetchall()]

    def undated(self, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """Articles without a publication date, by path."""
        query = "SELECT path FROM article WHERE published IS NULL ORDER BY path LIMIT ? OFFSET ?"
        return self._rows.refs(query, limit, offset)

    def published_in(self, date: Date, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """Articles published on a day, in a month, or in a year of which no more is known."""
        where, bounds = on_page(date)
        query = f"SELECT path FROM article WHERE {where} ORDER BY place LIMIT ? OFFSET ?"
        return self._rows.refs(query, *bounds, limit, offset)

    def outlets(self) -> tuple[tuple[str, str, int], ...]:
        """(slug, name, articles) of every outlet, by name; spelled as most of its articles do."""
        rows = self._rows.db.execute(
            "SELECT outlet, outlet_name, count(*) AS n FROM article WHERE outlet != '' "
            "GROUP BY outlet, outlet_name ORDER BY outlet, n DESC, outlet_name"
        )
        of_slug = ((slug, list(names)) for slug, names in groupby(rows, key=lambda row: str(row[0])))
        found = [(slug, str(names[0][1]), sum(row[2] for row in names)) for slug, names in of_slug]
        return tuple(sorted(found, key=lambda outlet: (outlet[1].lower(), outlet[0])))

    def outlet_articles(self, outlet: str, limit: int, offset: int) -> tuple[ArticleRef, ...]:
        """The articles of an outlet, given by its slug, in order of publication."""
        return self._rows.refs(
            "SELECT path FROM article WHERE outlet = ? ORDER BY place LIMIT ? OFFSET ?", outlet, limit, offset
        )
