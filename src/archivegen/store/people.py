"""People, organisations and countries, one and all: who they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from archivegen.model import Actor, Kind
from archivegen.store.rows import Rows
from archivegen.store.schema import KIND_ORDER
from archivegen.views import ActorRef

__all__ = ["Actors"]

_actor = msgspec.json.Decoder(Actor).decode


class Actors:
    """People, organisations and countries, one and all: who they are."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def one(self, actor: str) -> Actor:
        """An actor by its id."""
        return _actor(self._rows.one("SELECT data FROM actor WHERE id = ?", actor))

    def all(self) -> Iterator[Actor]:
        """Yield every actor by id, those without a page too."""
        for (data,) in self._rows.db.execute("SELECT data FROM actor ORDER BY id"):
            yield _actor(data)

    def by_name(self, limit: int, offset: int) -> tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]:
        """Actors with a page by kind, letter and name, each with the number of its articles."""
        rows = self._rows.db.execute(
            "SELECT id, name, kind, articles, letter FROM actor WHERE page "
            f"ORDER BY {KIND_ORDER}, letter, lower(name), id LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return tuple(
            (kind, letter, tuple((ActorRef(*row[:3]), row[3]) for row in group))
            for (kind, letter), group in groupby(rows, key=lambda row: (row[2], row[4]))
        )

    def letters(self) -> list[tuple[Kind, str, int]]:
        """How many actors with a page each letter has, in the order of `by_name`."""
        query = (
            f"SELECT kind, letter, count(*) FROM actor WHERE page GROUP BY kind, letter ORDER BY {KIND_ORDER}, letter"
        )
        return list(self._rows.db.execute(query))

    def top(self, kind: Kind, limit: int) -> tuple[tuple[ActorRef, int], ...]:
        """The actors of a kind that most articles name."""
        rows = self._rows.db.execute(
            "SELECT id, name, kind, articles FROM actor WHERE page AND kind = ? "
            "ORDER BY articles DESC, mentions DESC, id LIMIT ?",
            (kind, limit),
        )
        return tuple((ActorRef(*row[:3]), row[3]) for row in rows)
