"""Paragraphs broken into lines of one width -> whole paragraphs; hyphens at the breaks undone."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.read.lines import BULLET, Line, look

__all__ = ["rejoin"]

WIDEST, NARROWEST = 110, 45  # of hard-wrapped text, in characters
FULL = 0.72  # of the widest line: where the next word did not fit


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of hard-wrapped paragraphs; other lines pass unchanged."""
    out: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if run and line.after_blank:
            out += _join(run) if len(run) > 1 else run
            run = []
        run.append(line)
    return out + (_join(run) if len(run) > 1 else run)


def _join(run: list[Line]) -> list[Line]:
    """Join the lines between two blank ones where they are of one width and break amid sentences."""
    widths = [len(line.text) for line in run]
    widest = max(widths)
    if not NARROWEST <= widest <= WIDEST:
        return run
    if min(widths[:-1]) < widest * FULL or any(BULLET.match(line.text) for line in run[1:]):
        return run
    if sum(line.ended for line in run[:-1]) * 2 > len(run) - 1:
        return run
    if len(run) == 2 and not run[1].text[0].islower():
        return run  # a headline with its date below it
    text = run[0].text
    for line in run[1:]:
        if text[-1] == "-" and text[-2:-1].isalpha() and line.text[0].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}"
    return [look(run[0].number, text, run[0].after_blank)]
