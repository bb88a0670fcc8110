"""Paragraphs broken into lines of one width -> whole paragraphs; hyphens at the breaks undone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archivegen.read.lines import BULLET, Line, measured

__all__ = ["rejoin"]

WIDEST, NARROWEST = 110, 45  # of hard-wrapped text, in characters
FULL = 0.72  # of the widest line: where the next word did not fit


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of hard-wrapped paragraphs; other lines pass unchanged."""
    out: list[Line] = []
    at = 0
    starts = [i for i, line in enumerate(lines) if line.after_blank]
    for start, end in pairwise([*starts, len(lines)]):
        if end - start > 1 and (joined := _joined(lines[start:end])):
            out += [*lines[at:start], joined]
            at = end
    return [*out, *lines[at:]]


def _joined(run: Sequence[Line]) -> Line | None:
    """The lines between two blank ones as one, where they are of one width and break amid sentences."""
    widths = [len(line.text) for line in run]
    widest = max(widths)
    if not NARROWEST <= widest <= WIDEST:
        return None
    if min(widths[:-1]) < widest * FULL or any(BULLET.match(line.text) for line in run[1:]):
        return None
    if sum(line.ended for line in run[:-1]) * 2 > len(run) - 1:
        return None
    if len(run) == 2 and not run[1].text[0].islower():
        return None  # a headline with its date below it
    text = run[0].text
    for line in run[1:]:
        if text[-1] == "-" and text[-2:-1].isalpha() and line.text[0].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}"
    return measured(run[0].number, text, after_blank=run[0].after_blank)
