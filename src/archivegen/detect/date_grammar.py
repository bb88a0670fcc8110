"""Patterns over token classes made into ordinary regular expressions, sorted by the class they can begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archivegen.detect.date_words import CLASS

__all__ = ["by_first_class", "expand"]

PIECE = re.compile(r"\(\?<?[=!]|\(\?:|[()|?\[\]]|\{\d,\d\}|[^\s()|?\[\]{}]")


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """Turn a rule's pattern into a regular expression: parts put in, class names to characters, blanks off."""
    larger = re.sub(r"[A-Z]{2,}", lambda match: parts[match[0]], pattern)
    if larger != pattern:
        return expand(larger, parts)
    return re.sub(r"\s+", "", re.sub(r"[a-z]+", lambda match: CLASS[match[0]], pattern))


def by_first_class(rules: Iterable[tuple[str, str]]) -> dict[str, re.Pattern[str]]:
    """Join (name, expression) pairs, for each class, into one pattern of those that can begin with it, in order."""
    alternatives: dict[str, list[str]] = {}
    for name, expression in rules:
        firsts, may_be_empty = _firsts(PIECE.findall(expression))
        assert not may_be_empty, f"rule {name} can match nothing"
        for first in firsts:
            alternatives.setdefault(first, []).append(f"(?P<{name}>{expression})")
    return {first: re.compile("|".join(found)) for first, found in sorted(alternatives.items())}


def _firsts(pieces: list[str]) -> tuple[set[str], bool]:
    """Return the classes that an expression can begin with, and whether it can be empty. Uses up the pieces."""
    firsts: set[str] = set()
    empty_branch, empty = False, True
    while pieces and pieces[0] != ")":
        piece = pieces.pop(0)
        if piece == "|":
            empty_branch, empty = empty_branch or empty, True
            continue
        if piece.startswith("(?") and piece != "(?:":
            _firsts(pieces)
            pieces.pop(0)
            continue
        item, optional = _item(piece, pieces)
        if pieces and pieces[0] == "?":
            pieces.pop(0)
            optional = True
        elif pieces and pieces[0].startswith("{"):
            pieces.pop(0)
        if empty:
            firsts |= item
        empty = empty and optional
    return firsts, empty_branch or empty


def _item(piece: str, pieces: list[str]) -> tuple[set[str], bool]:
    if piece == "(?:":
        found = _firsts(pieces)
        pieces.pop(0)
        return found
    if piece == "[":
        end = pieces.index("]")
        item = set(pieces[:end])
        del pieces[: end + 1]
        return item, False
    return {piece}, False
