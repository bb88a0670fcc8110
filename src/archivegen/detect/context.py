"""The words beside a candidate, and the words that a text writes in lower case."""

from __future__ import annotations

import re

__all__ = ["EDGE", "lower_words", "sides_of"]

EDGE = "|"  # stands for the beginning or end of a paragraph
BREAKS = ("\n", EDGE)
SPAN = 36
SIGNS = frozenset(",.;:!?()")
TOKEN = re.compile(r"['’]s\b|[\w\u0300-\u036f]+(?:[.'’-]\w+)*|\n|[^\w\s]")
# The first two tokens of a stretch, without looking at the rest.
FIRST_TWO = re.compile(rf"[^\S\n]*(?:({TOKEN.pattern})[^\S\n]*({TOKEN.pattern})?)?")
# What a word begins after, first: it is found faster than the letters.
LOWER = re.compile(r"[ \n\t(\"“‘—–/]([a-z]{2,})")


def sides_of(text: str, start: int, end: int, *, item: bool) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two words before text[start:end] (far, near) and the two after it (near, far); signs count as words.

    `item` tells that an entry of a list begins there.
    """
    far, near = _before(text[max(0, start - SPAN) : start])
    next_, later = _after(text[end : end + SPAN])
    if near in BREAKS:
        # What begins an entry of a list stands like a name after a comma.
        near, far = (",", EDGE) if item else (EDGE, EDGE)
    if next_ == "\n":
        next_, later = EDGE, EDGE
    return (EDGE if far == "\n" else far, near), (next_, EDGE if later == "\n" else later)


def _before(text: str) -> tuple[str, str]:
    """The last two tokens; plain words with spaces around them are most, and need no expression."""
    if text[-1:] == "\n":
        return EDGE, "\n"
    plain = text.rsplit(" ", 3)
    if len(plain) == 4 and not plain[3]:
        far, near = plain[1], plain[2]
        if near[-1:] in SIGNS and near[:-1].isalpha():  # "Paris,"
            return near[:-1], near[-1]
        if near.isalpha():
            if far.isalpha():
                return far, near
            if far[-1:] in SIGNS and far[:-1].isalpha():
                return far[-1], near
    found = TOKEN.findall(text.replace("’", "'"))
    return found[-2] if len(found) > 1 else EDGE, found[-1] if found else EDGE


def _after(text: str) -> tuple[str, str]:
    """The first two tokens, likewise."""
    if text[:1] == "\n":
        return EDGE, EDGE
    plain = text.split(" ", 3)
    if len(plain) > 2:
        sign, next_, later = plain[0], plain[1], plain[2]
        if sign in SIGNS:
            if next_.isalpha():
                return sign, next_
        elif not sign:
            if next_[-1:] in SIGNS and next_[:-1].isalpha():
                return next_[:-1], next_[-1]
            if next_.isalpha() and later.isalpha():
                return next_, later
    found = FIRST_TWO.match(text.replace("’", "'"))
    return (found[1] or EDGE, found[2] or EDGE) if found else (EDGE, EDGE)


def lower_words(text: str) -> frozenset[str]:
    """All words that stand in lower case somewhere in the text."""
    return frozenset(LOWER.findall(text))
