"""What pictures are drawn from: counts over many articles, each from one query."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby
from operator import itemgetter

from archivegen.store.rows import Rows
from archivegen.views import ActorRef, TogetherView

__all__ = ["Pictures"]

MONTH = "substr(a.page, 1, 7) AS month, count(*)"
BY_MONTH = "length(a.page) > 4 GROUP BY month ORDER BY month"


class Pictures:
    """Counts of articles by month, of those that two actors share, of days between an event and its report."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def published(self) -> tuple[tuple[str, int], ...]:
        """(YYYY-MM, articles) of every month in which any was published."""
        return tuple(self._rows.db.execute(f"SELECT {MONTH} FROM article AS a WHERE {BY_MONTH}"))

    def lags(self) -> tuple[tuple[int, int], ...]:
        """(days from an event to its report, statements), of exact days that the text itself states.

        What was announced or planned is left out: it had not happened yet.
        """
        return tuple(
            self._rows.db.execute(
                "SELECT a.first - e.sort1 AS days, count(*) FROM entry AS e JOIN article AS a ON a.number = e.article "
                "WHERE length(e.page) = 10 AND e.precision = 'day' AND length(a.page) = 10 AND e.basis = 'stated' "
                "AND e.mood = 'happened' AND days >= 0 GROUP BY days ORDER BY days"
            )
        )

    def together(self, limit: int) -> TogetherView:
        """The actors that most articles name, and how many articles any two of them share."""
        rows = self._rows.db.execute(
            "SELECT id, name, kind, articles, number FROM actor WHERE page "
            "ORDER BY articles DESC, mentions DESC, id LIMIT ?",
            (limit,),
        ).fetchall()
        place = {row[4]: at for at, row in enumerate(rows)}
        named = self._rows.db.execute(
            f"SELECT article, actor FROM named WHERE actor IN ({', '.join('?' * len(place))}) ORDER BY article",
            tuple(place),
        )
        shared: Counter[tuple[int, int]] = Counter()
        for _, group in groupby(named, key=itemgetter(0)):
            shared.update(combinations(sorted(place[actor] for _, actor in group), 2))
        actors = tuple((ActorRef(*row[:3]), int(row[3])) for row in rows)
        return TogetherView(actors, tuple((one, other, count) for (one, other), count in sorted(shared.items())))
