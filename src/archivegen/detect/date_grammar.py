"""Patterns over token classes made into ordinary regular expressions, sorted by the classes they can begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archivegen.detect.date_words import CLASS

__all__ = ["LOOKED_AT", "beginnings", "expand", "where_any_begins"]

PIECE = re.compile(r"\(\?<?[=!]|\(\?:|[()|?\[\]]|\{\d,\d\}|[^\s()|?\[\]{}]")
LOOKED_AT = 2  # classes of a beginning: the first alone is "the" or "a" too often


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """Turn a rule's pattern into a regular expression: parts put in, class names to characters, blanks off."""
    larger = re.sub(r"[A-Z]{2,}", lambda match: parts[match[0]], pattern)
    if larger != pattern:
        return expand(larger, parts)
    return re.sub(r"\s+", "", re.sub(r"[a-z]+", lambda match: CLASS[match[0]], pattern))


def where_any_begins(begun: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the first class of all that can begin so: most places are passed over by it."""
    seconds: dict[str, set[str]] = {}
    for beginning in begun:
        seconds.setdefault(beginning[0], set()).add(beginning[1:])
    alternatives = [
        first if "" in following else f"{first}(?=[{''.join(sorted(following))}])"
        for first, following in sorted(seconds.items())
    ]
    return re.compile("|".join(alternatives))


def beginnings(expression: str) -> set[str]:
    """Return the first two classes of all that an expression can match; one where it can match no more."""
    return _beginnings(PIECE.findall(expression))


def _beginnings(pieces: list[str]) -> set[str]:
    """The same of pieces, which are used up to the end of the group."""
    branches: set[str] = set()
    branch = {""}
    while pieces and pieces[0] != ")":
        piece = pieces.pop(0)
        if piece == "|":
            branches |= branch
            branch = {""}
        elif piece.startswith("(?") and piece != "(?:":  # a look at what is beside: it takes nothing
            _beginnings(pieces)
            pieces.pop(0)
        else:
            branch = _followed(branch, _item(piece, pieces))
    return branches | branch


def _item(piece: str, pieces: list[str]) -> set[str]:
    """The beginnings of a class, set of classes or group, with what says how often it stands."""
    item = {piece}
    if piece == "(?:":
        item = _beginnings(pieces)
        pieces.pop(0)
    elif piece == "[":
        end = pieces.index("]")
        item = set(pieces[:end])
        del pieces[: end + 1]
    if pieces and pieces[0] == "?":
        pieces.pop(0)
        return item | {""}
    if pieces and pieces[0].startswith("{"):
        pieces.pop(0)
        return item | _followed(item, item)
    return item


def _followed(one: set[str], other: set[str]) -> set[str]:
    open_ = [begun for begun in one if len(begun) < LOOKED_AT]
    if not open_:
        return one
    return one.difference(open_) | {(begun + more)[:LOOKED_AT] for begun in open_ for more in other}
