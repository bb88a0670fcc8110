"""Which lines of a raw page are the article: the run that reads as prose, without the furniture in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivegen.model import Block, Body
from archivegen.read.furniture import Cue, cue_of
from archivegen.read.lines import BULLET, Line

__all__ = ["Judged", "body_of", "find_run", "judge", "keep_within"]

# What a line adds to the run that it lies in, in words of prose.
PROSE_CAP = 60
SHORT = -5.0  # a line that is neither prose nor known furniture: a subhead, or a menu entry
ENDED_SHORT = 3.0  # "Oh my," he said.
FURNITURE = -4.0
SECTION = -14.0  # "Related articles": it may stand amid the article
ENDING = -60.0  # "Comments": prose below it is somebody else's
MAX_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Judged:
    """A line, the cue that makes it furniture (or None), and what it adds to a run of prose."""

    line: Line
    cue: Cue | None
    score: float


def judge(lines: Sequence[Line]) -> list[Judged]:
    """Judge every line by its looks, its words, and whether it stands several times on the page."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.text] = counts.get(line.text, 0) + 1
    return [_judge(line, counts[line.text]) for line in lines]


def _judge(line: Line, times: int) -> Judged:
    cue = cue_of(line)
    if cue:
        return Judged(line, cue, ENDING if cue.ends else SECTION if cue.opens else FURNITURE)
    if line.is_prose:
        worth = min(line.words, PROSE_CAP) * (1.0 if line.ended or line.stops > 1 else 0.5)
        return Judged(line, None, worth if times < 3 else SHORT)
    if line.ended and line.words >= 3:
        return Judged(line, None, ENDED_SHORT)
    if BULLET.match(line.text) and line.words >= 6:
        return Judged(line, None, 1.0)
    return Judged(line, None, SHORT)


def find_run(judged: Sequence[Judged]) -> tuple[int, int]:
    """Return the stretch [first, last) with the highest sum of scores: the article (Kadane's algorithm)."""
    best, best_at = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, one in enumerate(judged):
        if total <= 0:
            total, start = 0.0, i
        total += one.score
        if total > best:
            best, best_at = total, (start, i + 1)
    return best_at


def keep_within(judged: Sequence[Judged], first: int, last: int) -> tuple[list[int], dict[int, str]]:
    """Tell which lines of the run stay, and why each other goes."""
    keep: list[int] = []
    gone: dict[int, str] = {}
    i = first
    while i < last:
        one = judged[i]
        if one.cue is None and (one.score > 0):
            keep.append(i)
            i += 1
            continue
        end = i
        while end < last and judged[end].score <= 0:
            end += 1
        _settle(judged, i, end, keep, gone)
        i = end
    return keep, gone


def _settle(judged: Sequence[Judged], first: int, end: int, keep: list[int], gone: dict[int, str]) -> None:
    """Settle a gap between paragraphs: subheads and lists stay; furniture, and what it heads, goes."""
    opened: Cue | None = None
    for i in range(first, end):
        cue = judged[i].cue
        if cue:
            gone[i] = cue.why
            opened = cue if cue.opens else opened
        elif opened:
            gone[i] = opened.why
        else:
            keep.append(i)


def body_of(judged: Sequence[Judged], keep: Sequence[int]) -> Body:
    """Make the Body of the lines that stay."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for n, i in enumerate(keep):
        line = judged[i].line
        text, block = line.text, ("paragraph", 0, False)
        bullet = BULLET.match(text)
        if bullet and not (text[0] in "—–-" and line.is_prose):
            text, block = text[bullet.end() :], ("item", 1, bullet[1] is not None)
        elif text[0] == ">" and len(text) > 2:
            text, block = text.lstrip("> "), ("quote", 0, False)
        elif n + 1 < len(keep) and _is_heading(line) and judged[keep[n + 1]].line.is_prose:
            block = ("heading", 2, False)
        if parts:
            at += 2
        parts.append(text)
        blocks.append(Block(block[0], at, at + len(text), block[1], block[2]))  # type: ignore[arg-type]
        at += len(text)
    return Body("\n\n".join(parts), tuple(blocks))


def _is_heading(line: Line) -> bool:
    return (
        line.words <= MAX_HEADING_WORDS
        and not line.ended
        and line.text[-1] not in ":,;"
        and line.text[0] not in "\"“«„'‘"
    )
