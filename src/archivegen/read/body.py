"""Which lines of a raw page are the article: the run that reads as prose, without the furniture in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec

from archivegen.model import Block, Body
from archivegen.read.furniture import WHOLE_WORDS, Cue, cue_of_short, cues_of_long
from archivegen.read.lines import BULLET, Line, is_item, measured

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


class Judged(msgspec.Struct, frozen=True, gc=False):
    """A line, the cue that makes it furniture (or None), what it adds to a run, and how often the page has it."""

    line: Line
    cue: Cue | None
    score: float
    times: int = 1


def judge(lines: Sequence[Line]) -> list[Judged]:
    """Judge every line by its looks, its words, its neighbours, and whether it stands several times on the page."""
    texts = [line.text if line.text.isascii() else _plain(line.text) for line in lines]
    counts = Counter(texts)
    times = [counts[text] for text in texts]
    cues = iter(cues_of_long([line for line in lines if line.words > WHOLE_WORDS]))
    verdicts = [
        _of_short(line.text)[often >= OFTEN] if line.words <= WHOLE_WORDS else _of_long(line, next(cues), often)
        for line, often in zip(lines, times, strict=True)
    ]
    looks = [verdict.look for verdict in verdicts]
    _spare_schedules(looks)
    _spare_lists(looks, verdicts)
    _demote_teasers(looks, verdicts)
    _demote_lone(looks, verdicts)
    scores = _with_gaps(lines, verdicts, looks)
    return [
        Judged(line, verdict.cue, score, often)
        for line, verdict, score, often in zip(lines, verdicts, scores, times, strict=True)
    ]


class _Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a line is by itself: its cue, and if it has none, what it is worth by its looks.

    Of one that only its neighbours explain (worth nothing), `is_item` tells that it begins as a list's items do; of one
    that is worth little, `is_numbered` that it has numbers.
    """

    cue: Cue | None
    look: float = 0.0
    is_item: bool = False
    is_numbered: bool = False


@lru_cache(maxsize=16384)
def _of_short(text: str) -> tuple[_Verdict, _Verdict]:
    """Of a line of a few words that the page has seldom, and that it has often.

    Menus say the same on every page of a site, so the answers are kept.
    """
    line = measured(0, text, after_blank=True)
    if cue := cue_of_short(text, line.words):
        return _Verdict(cue), _Verdict(cue)
    seldom, often = (_looks_short(text, line.words, line.ended, is_rare) for is_rare in (True, False))
    return _without_cue(text, line.words, seldom), _without_cue(text, line.words, often)


def _of_long(line: Line, cue: Cue | None, times: int) -> _Verdict:
    if cue:
        return _Verdict(cue)
    look = _looks(line, times)
    return _Verdict(None, look) if look > ENDED_SHORT else _without_cue(line.text, line.words, look)


def _without_cue(text: str, words: int, look: float) -> _Verdict:
    is_numbered = words >= 3 and 0 <= look <= ENDED_SHORT and DIGIT.search(text) is not None
    return _Verdict(None, look, look == 0 and is_item(text), is_numbered)


def _plain(text: str) -> str:
    """A line with straight quotes: a teaser and its paragraph often differ in nothing else."""
    return text.replace("’", "'").replace("“", '"').replace("”", '"')


def _spare_lists(looks: list[float], verdicts: Sequence[_Verdict]) -> None:
    """Several short lines in a row that all have numbers are a list of the article: ingredients, results."""
    for run in _runs([i for i, verdict in enumerate(verdicts) if verdict.is_numbered]):
        if len(run) >= SCHEDULE and run[-1] < len(looks) - 1:  # what ends the page is its footer
            for at in run:
                looks[at] = ITEM


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Part numbers that are in order into runs that follow each other."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start:at]
            start = at


def _spare_schedules(looks: list[float]) -> None:
    """Several dated lines in a row are a schedule, not the heads of other stories."""
    if looks.count(META) < SCHEDULE:
        return
    for run in _runs([i for i, look in enumerate(looks) if look == META]):
        if len(run) >= SCHEDULE:
            for at in run:
                looks[at] = LISTED


def _demote_teasers(looks: list[float], verdicts: Sequence[_Verdict]) -> None:
    """Below "Related articles" a lone paragraph is a teaser, until two paragraphs stand together."""
    opened = False
    for i, verdict in enumerate(verdicts):
        if verdict.cue:
            opened = opened or verdict.cue.opens
        elif opened and looks[i] > 0:
            if looks[i] >= PROSE_FROM and i + 1 < len(looks) and looks[i + 1] >= PROSE_FROM:
                opened = False
            else:
                looks[i] *= TEASER


def _demote_lone(looks: list[float], verdicts: Sequence[_Verdict]) -> None:
    """A paragraph with several unexplained lines on either side is one of a list of teasers."""
    prose = [i for i, look in enumerate(looks) if look >= PROSE_FROM]
    unexplained = list(accumulate([verdict.cue is None for verdict in verdicts], initial=0))
    gaps = [unexplained[end] - unexplained[start + 1] for start, end in pairwise([-1, *prose, len(looks)])]
    for i, before, after in zip(prose, gaps, gaps[1:], strict=False):
        if before >= 2 and after >= 2 and looks[i] < PROSE_CAP:
            looks[i] *= TEASER


def _with_gaps(lines: Sequence[Line], verdicts: Sequence[_Verdict], looks: Sequence[float]) -> list[float]:
    """Put a score to cues, and to the lines that only their neighbours explain."""
    out = list(looks)
    gap = 0
    listed = False
    for i, (verdict, look) in enumerate(zip(verdicts, looks, strict=True)):
        if cue := verdict.cue:
            out[i] = ENDING if cue.ends else SECTION if cue.opens else FURNITURE
        elif look > 0:
            gap, listed = 0, lines[i].text[-1] in ":："
        elif look == 0:
            out[i] = LISTED if listed or verdict.is_item else SHORT[min(gap, 2)]
            gap += 1
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
        elif again and (not one.line.ended or _comes_again(one.line, judged[i + 1 : last])):
            gone[i] = "stands several times on the page"
        elif opened:
            gone[i] = opened.why
        else:
            keep.append(i)
    return keep, gone


def _comes_again(line: Line, below: Sequence[Judged]) -> bool:
    plain = _plain(line.text)
    return any(_plain(one.line.text) == plain for one in below)


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
