"""The words beside a candidate, and the words that a text writes in lower case."""

from __future__ import annotations

import re

from archivegen.detect.candidates import Run

__all__ = ["EDGE", "lower_words", "sides_of"]

EDGE = "|"  # stands for the beginning or end of a paragraph
BREAKS = ("\n", EDGE)
SPAN = 36
TOKEN = re.compile(r"['’]s\b|[\w\u0300-\u036f]+(?:[.'’-]\w+)*|\n|[^\w\s]")
# The first two tokens of a stretch, without looking at the rest.
FIRST_TWO = re.compile(rf"[^\S\n]*(?:({TOKEN.pattern})[^\S\n]*({TOKEN.pattern})?)?")
LOWER = re.compile(r"(?<![\w'’-])[a-z][a-z]+")


def sides_of(text: str, run: Run) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two words before a run (far, near) and the two after it (near, far); signs count as words."""
    start, end = run.words[0].start, run.words[-1].end
    before = TOKEN.findall(text[max(0, start - SPAN) : start].replace("’", "'"))
    after = FIRST_TWO.match(text[end : end + SPAN].replace("’", "'"))
    near = before[-1] if before else EDGE
    far = before[-2] if len(before) > 1 else EDGE
    next_, later = (after[1] or EDGE, after[2] or EDGE) if after else (EDGE, EDGE)
    if near in BREAKS:
        # What begins an entry of a list stands like a name after a comma.
        near, far = (",", EDGE) if run.item else (EDGE, EDGE)
    if next_ == "\n":
        next_, later = EDGE, EDGE
    return (EDGE if far == "\n" else far, near), (next_, EDGE if later == "\n" else later)


def lower_words(text: str) -> frozenset[str]:
    """All words that stand in lower case somewhere in the text."""
    return frozenset(LOWER.findall(text))
