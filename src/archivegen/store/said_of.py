"""What the articles that name an actor say of it: as what, and in which words of its own."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import msgspec

from archivegen import edtf
from archivegen.views import ActorRole

__all__ = ["quotes", "roles"]

ARTICLES = (
    "FROM actor AS who JOIN spelling AS s ON s.actor = who.number JOIN name AS n ON n.spelling = s.id "
    "JOIN article AS a ON a.number = n.article WHERE who.id = ? "
)

_texts = msgspec.json.Decoder(list[str]).decode


def roles(connection: sqlite3.Connection, actor: str, limit: int) -> tuple[ActorRole, ...]:
    """What articles say the actor is, what most of them say first; capitals make no difference."""
    rows = connection.execute(
        f"SELECT n.roles, a.published {ARTICLES} AND n.roles IS NOT NULL ORDER BY a.rank, s.name, s.kind", (actor,)
    )
    labels: dict[str, str] = {}
    dates: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for data, published in rows:
        for role in _texts(data):
            key = role.casefold()
            labels.setdefault(key, role)
            counts[key] += 1
            if published:
                dates.setdefault(key, []).append(published)
    found = []
    for key, label in labels.items():
        when = dates.get(key)
        first, last = (edtf.parse(when[0]), edtf.parse(when[-1])) if when else (None, None)
        found.append(ActorRole(label, first, last, counts[key]))
    return tuple(sorted(found, key=lambda role: (-role.articles, role.label))[:limit])


def quotes(connection: sqlite3.Connection, actor: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield (words, article's number), the newest first."""
    query = (
        f"SELECT n.quotes, a.number {ARTICLES} AND n.quotes IS NOT NULL "
        "ORDER BY a.first IS NULL, a.rank DESC, s.name, s.kind LIMIT ?"
    )
    rows = connection.execute(query, (actor, limit)).fetchall()
    return islice(((text, number) for data, number in rows for text in _texts(data)), limit)
