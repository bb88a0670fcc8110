"""The words beside a candidate, and the words that a text writes in lower case."""

from __future__ import annotations

import re

__all__ = ["EDGE", "lower_words", "sides_of"]

EDGE = "|"  # stands for the beginning or end of a paragraph
SPAN = 36
TOKEN = re.compile(r"[\w\u0300-\u036f]+(?:[.'’-]\w+)*|['’]s\b|\n|[^\w\s]")
# The first two tokens of a stretch, without looking at the rest.
FIRST_TWO = re.compile(rf"[^\S\n]*(?:({TOKEN.pattern})[^\S\n]*({TOKEN.pattern})?)?")
# Signs that are tokens wherever they stand.
SIGNS = frozenset(",.;:!?()\"“”‘–—-")
# What a word begins after, first: it is found faster than the letters.
LOWER = re.compile(r"[ \n\t(\"“‘—–/]([a-z]{2,})")


def sides_of(text: str, start: int, end: int, *, item: bool) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two words before text[start:end] (far, near) and the two after it (near, far); signs count as words.

    `item` tells that an entry of a list begins there.
    """
    far, near = _before(text, start)
    if near in ("\n", EDGE):
        # What begins an entry of a list stands like a name after a comma.
        near, far = (",", EDGE) if item else (EDGE, EDGE)
    elif far == "\n":
        far = EDGE
    next_, later = _after(text, end)
    return (far, near), (next_, later)


def _before(text: str, end: int) -> tuple[str, str]:
    """The last two tokens, (far, near); plain words with spaces around them are most, and need no expression."""
    before = text[end - SPAN if end > SPAN else 0 : end]
    plain = before.rsplit(" ", 3)
    if len(plain) == 4:
        _, far, near, last = plain
        if last in SIGNS:  # "said “Lavrov"
            far, near = near, last
        elif last:
            near = ""
        elif near[-1:] in SIGNS and near[:-1].isalpha():  # "Paris,"
            return near[:-1], near[-1]
        if near.isalpha() or near in SIGNS:
            if far.isalpha():
                return far, near
            if far[-1:] in SIGNS:
                return far[-1], near
    if before[-1:] == "\n":
        return EDGE, "\n"
    found = TOKEN.findall(before.replace("’", "'"))
    return found[-2] if len(found) > 1 else EDGE, found[-1] if found else EDGE


def _after(text: str, start: int) -> tuple[str, str]:
    """The first two tokens, likewise."""
    after = text[start : start + SPAN]
    plain = after.split(" ", 3)
    if len(plain) > 2:
        sign, next_, later = plain[0], plain[1], plain[2]
        if not sign:
            if next_.isalpha() and later.isalpha():
                return next_, later
            if next_[-1:] in SIGNS and next_[:-1].isalpha():
                return next_[:-1], next_[-1]
        elif sign in SIGNS and next_.isalpha():
            return sign, next_
    found = FIRST_TWO.match(after.replace("’", "'"))
    next_, later = found.groups(EDGE) if found else (EDGE, EDGE)
    if next_ == "\n":
        return EDGE, EDGE
    return next_, EDGE if later == "\n" else later


def lower_words(text: str) -> frozenset[str]:
    """All words that stand in lower case somewhere in the text."""
    return frozenset(LOWER.findall(text))
