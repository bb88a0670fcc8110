"""Which lines of a raw page are the article: the run that reads as prose, without the furniture in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from archivegen.model import Block, Body
from archivegen.read.furniture import Cue, cues_of
from archivegen.read.lines import BULLET, PROSE, Line, is_item

__all__ = ["Judged", "body_of", "find_run", "judge", "keep_within"]

# A line that heads a story or a comment: a date with its year or hour, an age, a name that "says".
META_LINE = re.compile(
    r"^.{0,40}\b(?:19|20)\d\d\b.{0,24}$|"
    r"^.{0,24}\b\d+ ?(?:[smhdwy]|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|years?) ago\b.{0,12}$"
    r"|^(?:by|von|par|por) \S.{1,40}$|^\S.{0,30} says?:$|^.{0,30}\b\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?.{0,12}$",
    re.IGNORECASE,
)

META_WORDS = 16
META_SIGN = re.compile(r"\d|:$|^(?:by|von|par|por) ", re.IGNORECASE)  # what no such line is without
DIGIT = re.compile(r"\d")
COMMAS = ",、،，"

# What a line adds to the run that it lies in, in words of prose.
PROSE_CAP = 60
CUT_OFF = 0.3  # the share that prose without an end counts: a caption, or a teaser cut short with dots
ITEM = 2.0  # a list's line with its bullet or number
ENDED_SHORT = 4.0  # "Oh my," he said.
SHORT = (-4.0, -9.0, -12.0)  # the first, second, further line of a gap: one is a subhead, several are a menu
LISTED = -1.0  # a line of a list that the text leads into, or that has a bullet
META = -25.0  # a line with a date or a writer's name: the head of another story, or of a reader's comment
FURNITURE = -4.0
SECTION = -14.0  # "Related articles": it may stand amid the article
ENDING = -60.0  # "Comments": prose below it is somebody else's
PROSE_FROM = 9.0  # the score from which a line is a paragraph
ARTICLE, ARTICLE_SHARE = 40.0, 0.3  # a run below the headline is the article from this worth, or share of the best
HEAD_LINE = -0.5  # a line between the headline and the article
HEAD_LINES, HEAD_WORDS = 30, 60  # how far a head reaches, and the words of its standfirst
LEADS_IN = 8  # words of a paragraph that a list follows: "The council has decided on the following:"
OFTEN = 3  # times that a page has a line which is then no prose
REPEATED = 5  # words of a line that an article would not say twice
START_FROM = 5.0  # the score of a paragraph that may be the first
MAX_HEADLINES = 40  # a page that says its title more often is none
GIVE_UP = 400.0
TEASER = 0.3  # what counts of a lone paragraph below "Related articles"
SCHEDULE = 4  # dated lines in a row that are a list of the article
MAX_HEADING_WORDS = 14


class Judged(NamedTuple):  # see Line
    """A line, the cue that makes it furniture (or None), what it adds to a run, and how often the page has it."""

    line: Line
    cue: Cue | None
    score: float
    times: int = 1


_judged: Callable[[tuple[Line, Cue | None, float, int]], Judged] = partial(tuple.__new__, Judged)  # see lines.py


def judge(lines: Sequence[Line]) -> list[Judged]:
    """Judge every line by its looks, its words, its neighbours, and whether it stands several times on the page."""
    texts = [_plain(line.text) for line in lines]
    counts = Counter(texts)
    times = [counts[text] for text in texts]
    cues = cues_of(lines)
    looks = [
        0.0
        if cue
        else _looks_short(line.text, line.words, line.ended, often < OFTEN)
        if line.words < PROSE
        else _looks(line, often)
        for line, cue, often in zip(lines, cues, times, strict=True)
    ]
    _spare_schedules(looks)
    _spare_lists(looks, lines, cues)
    _demote_teasers(looks, cues)
    _demote_lone(looks, cues)
    scores = _with_gaps(lines, cues, looks)
    return [
        _judged((line, cue, score, often)) for line, cue, score, often in zip(lines, cues, scores, times, strict=True)
    ]


def _plain(text: str) -> str:
    """A line with straight quotes: a teaser and its paragraph often differ in nothing else."""
    return text if text.isascii() else text.replace("’", "'").replace("“", '"').replace("”", '"')


def _spare_lists(looks: list[float], lines: Sequence[Line], cues: Sequence[Cue | None]) -> None:
    """Several short lines in a row that all have numbers are a list of the article: ingredients, results."""
    run: list[int] = []
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        if cue is None and 0 <= looks[i] <= ENDED_SHORT and line.words >= 3 and DIGIT.search(line.text):
            run.append(i)
        elif run:
            if len(run) >= SCHEDULE:
                for at in run:
                    looks[at] = ITEM
            run = []


def _spare_schedules(looks: list[float]) -> None:
    """Several dated lines in a row are a schedule, not the heads of other stories."""
    i = 0
    while i < len(looks):
        end = i
        while end < len(looks) and looks[end] == META:
            end += 1
        if end - i >= SCHEDULE:
            looks[i:end] = [LISTED] * (end - i)
        i = end + 1


def _demote_teasers(looks: list[float], cues: Sequence[Cue | None]) -> None:
    """Below "Related articles" a lone paragraph is a teaser, until two paragraphs stand together."""
    opened = False
    for i, cue in enumerate(cues):
        if cue and cue.opens:
            opened = True
        elif opened and looks[i] > 0:
            if looks[i] >= PROSE_FROM and i + 1 < len(looks) and looks[i + 1] >= PROSE_FROM:
                opened = False
            else:
                looks[i] *= TEASER


def _demote_lone(looks: list[float], cues: Sequence[Cue | None]) -> None:
    """A paragraph with several unexplained lines on either side is one of a list of teasers."""
    before: list[int] = []
    gap = 0
    for look, cue in zip(looks, cues, strict=True):
        before.append(gap)
        gap = 0 if look >= PROSE_FROM else gap + (cue is None)
    gap = 0
    for i in range(len(looks) - 1, -1, -1):
        if looks[i] >= PROSE_FROM:
            if before[i] >= 2 and gap >= 2 and looks[i] < PROSE_CAP:
                looks[i] *= TEASER
            gap = 0
        else:
            gap += cues[i] is None


def _with_gaps(lines: Sequence[Line], cues: Sequence[Cue | None], looks: Sequence[float]) -> list[float]:
    """Put a score to cues, and to the lines that only their neighbours explain."""
    out: list[float] = []
    gap = 0
    listed = False
    for line, cue, look in zip(lines, cues, looks, strict=True):
        score = look
        if cue:
            score = ENDING if cue.ends else SECTION if cue.opens else FURNITURE
        elif score > 0:
            gap, listed = 0, line.text[-1] in ":："
        elif score == 0:
            score = LISTED if listed or is_item(line.text) else SHORT[min(gap, 2)]
            gap += 1
        out.append(score)
    return out


def _looks(line: Line, times: int) -> float:
    """What a line without a cue is worth by its looks; 0 for one that only its neighbours explain."""
    if line.is_prose:
        if times >= OFTEN:
            return 0.0
        whole = line.ended and not line.text.endswith(("...", "…"))
        return min(line.words, PROSE_CAP) * (1.0 if whole else CUT_OFF)
    return _looks_short(line.text, line.words, line.ended, times < OFTEN)


@lru_cache(maxsize=16384)
def _looks_short(text: str, words: int, ended: bool, is_rare: bool) -> float:
    if words <= META_WORDS and _is_meta(text):
        return META
    if ended and words >= 3 and is_rare:
        return ENDED_SHORT
    if text[-1] in ":：" and words >= LEADS_IN:
        return START_FROM
    if text[-1] in COMMAS or (words == 1 and text.startswith(("http:", "https:"))):
        return LISTED
    if words >= 3 and is_item(text):
        return ITEM
    return 0.0


def _is_meta(text: str) -> bool:
    return META_SIGN.search(text) is not None and META_LINE.search(text) is not None


def find_run(judged: Sequence[Judged], headlines: Sequence[int] = ()) -> tuple[int, int]:
    """Return the article, as the stretch [first, last) of the page's lines.

    It is the best run below a line that repeats the page's title, if that is an article at all; else the stretch of
    the whole page with the highest sum of scores (Kadane's algorithm).
    """
    worth, at = _best_anywhere(judged)
    at = _before_comments(judged, *at)
    below = max((_run_below(judged, index) for index in headlines[:MAX_HEADLINES]), default=(0.0, (0, 0)))
    if below[0] >= min(ARTICLE, worth * ARTICLE_SHARE) and below[0] > 0:
        return below[1]
    return _below_head(judged, at[0]), at[1]


def _best_anywhere(judged: Sequence[Judged]) -> tuple[float, tuple[int, int]]:
    best, best_at = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, one in enumerate(judged):
        if total <= 0:
            total, start = 0.0, i
        total += one.score
        if total > best:
            best, best_at = total, (start, i + 1)
    return best, best_at


def _before_comments(judged: Sequence[Judged], first: int, last: int) -> tuple[int, int]:
    """End a run at the heading of the comments, if what stands before it is an article."""
    total = 0.0
    for i in range(first, last):
        cue = judged[i].cue
        if cue and cue.ends and cue.opens and total >= ARTICLE:
            return first, i
        total += judged[i].score
    return first, last


def _run_below(judged: Sequence[Judged], headline: int) -> tuple[float, tuple[int, int]]:
    """The best run that begins with the first prose below a headline, and what it is worth."""
    top = start = _below_head(judged, headline + 1)
    while start < len(judged) and judged[start].score < START_FROM:
        start += 1
    if start == len(judged):  # an article that is but a list
        start = top
    while start > headline + 1 and judged[start - 1].score > 0:
        start -= 1
    total = best = (start - headline) * HEAD_LINE
    end = start
    for i in range(start, len(judged)):
        cue = judged[i].cue
        if total < best - GIVE_UP or (cue and cue.ends and cue.opens):
            break
        total += judged[i].score
        if total > best:
            best, end = total, i + 1
    return best, (start, end)


def _below_head(judged: Sequence[Judged], first: int) -> int:
    """The line below the last date, byline or reading time of an article's head, past its standfirst."""
    words, skipped, start = 0, 0, first
    for i in range(first, min(first + HEAD_LINES, len(judged))):
        one = judged[i]
        if one.cue and one.cue.ends and one.cue.opens and words:
            break
        if one.score == META or (one.cue and one.cue.head):
            start = i + 1
            skipped = words
        elif one.score >= PROSE_FROM:
            words += one.line.words
            if words > HEAD_WORDS:
                break
    if start == first:
        return first
    after = sum(one.line.words for one in judged[start : start + 12] if one.score >= PROSE_FROM)
    return start if after > skipped else first


def keep_within(judged: Sequence[Judged], first: int, last: int) -> tuple[list[int], dict[int, str]]:
    """Tell which lines of the run stay, and why each other goes.

    Subheads and lists between paragraphs stay; furniture goes, and with it what it heads, until a paragraph comes.
    """
    keep: list[int] = []
    gone: dict[int, str] = {}
    opened: Cue | None = None
    final = {_plain(judged[i].line.text): i for i in range(first, last)}
    for i in range(first, last):
        one = judged[i]
        again = one.times > 1 and one.line.words >= REPEATED
        if one.cue:
            gone[i] = one.cue.why
            opened = one.cue if one.cue.opens else opened
        elif one.score >= PROSE_FROM and not again:
            keep.append(i)
            opened = None
        elif one.score == META:
            gone[i] = "a date or name that heads another story"
        elif again and (not one.line.ended or final[_plain(one.line.text)] > i):
            gone[i] = "stands several times on the page"
        elif opened:
            gone[i] = opened.why
        else:
            keep.append(i)
    return keep, gone


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
