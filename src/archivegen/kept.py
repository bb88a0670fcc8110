"""Values worked out once for each key, as most words come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Kept"]

LIMIT = 20_000
K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """Values made when they are first asked for; full, it starts anew, so that memory stays bounded."""

    def __init__(self, make: Callable[[K], V], limit: int = LIMIT) -> None:
        self._make, self._limit = make, limit

    def __missing__(self, key: K) -> V:
        value = self._make(key)
        if len(self) >= self._limit:
            self.clear()
        self[key] = value
        return value
