"""Word lists written as running text, which reads and changes more easily than quoted words."""

from __future__ import annotations

__all__ = ["word_set", "words"]


def words(listed: str) -> tuple[str, ...]:
    """Return the words of a text apart by white space."""
    return tuple(listed.split())


def word_set(listed: str) -> frozenset[str]:
    """Return the same as a set."""
    return frozenset(listed.split())
