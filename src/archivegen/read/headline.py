"""The headline among a page's lines, and the outlet's name that pages stick to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archivegen.read.body import META, Judged
from archivegen.read.lines import UNSPACED, key

__all__ = ["Headline", "find_headline", "repeats", "split_title"]

SEPARATOR = re.compile(r"\s+(?:[|»«›‹•·–—:-]|::|//)\s+|\s*[|｜]\s*")
MAX_OUTLET_WORDS = 6
LONGEST = 300  # letters of a headline
CLEAN = 5  # words of a page title that stands for the headline where nothing was stuck to it
DATE_WORDS = 5
LONG = 24  # letters of a title that are enough to know it by
STUCK = 20  # letters of a headline that is told without a space before it
TITLE_LINES = 8  # at a page's top, in which its title stands
SHARED = 0.15  # of the words of a title and a line that is its headline in other words
NEAR = 40  # lines above the article in which its headline stands


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline's text and the position of the line it was read from; what was cut off as the outlet's name.

    `head` is where the article's head begins: a page may say its headline again below date and byline.
    """

    text: str
    index: int
    outlet: str = ""
    outlet_index: int = 0
    head: int = 0
    certain: bool = True


def find_headline(judged: Sequence[Judged], first: int, again: Sequence[int]) -> Headline | None:
    """Find the headline of the article whose first line is at `first`.

    `again` are the lines that repeat the page's title. The first line is mostly that title; where a line nearer to the
    article says the same, that is the headline.
    """
    if not judged:
        return None
    at = title_index(judged)
    title = judged[at].line.text
    above = [i for i in again if i <= first + 2]
    if above:
        text = judged[above[-1]].line.text
        top = min(i for i in above if i > first - NEAR or i == above[-1])
        return Headline(text, above[-1], _rest(title, text), at, top)
    head, outlet = split_title(title)
    clean = head == title and judged[at].cue is None and judged[at].line.words >= CLEAN
    near = None if clean and at == 0 else _nearest(judged, first, at)
    if near is not None:
        return Headline(
            judged[near].line.text, near, outlet if near != at else "", at, near, certain=judged[at].cue is None
        )
    return Headline(head, at, outlet, at, at)


def title_index(judged: Sequence[Judged]) -> int:
    """The line that is the page's title: the first that is neither a date nor furniture."""
    for i, one in enumerate(judged[:TITLE_LINES]):
        if one.cue is None and one.line.words >= 3 and (one.score > META or one.line.words > DATE_WORDS):
            return i
    return 0


def repeats(judged: Sequence[Judged]) -> list[int]:
    """The lines that say again what the page's title says."""
    if not judged:
        return []
    at = title_index(judged)
    whole, parts = _variants(judged[at].line.text)
    shortest = min(map(len, parts)) * 0.8
    out = []
    for i in range(at + 1, len(judged)):
        text = judged[i].line.text
        if shortest <= len(text) <= LONGEST and judged[i].cue is None:
            here = key(text)
            # In a breadcrumb the section sticks to the headline: "HomeWorldLeaders meet in Paris".
            if here in parts or (len(here) >= STUCK and (whole.endswith(here) or _holds(here, parts))):
                out.append(i)
    return out


def _holds(here: str, parts: frozenset[str]) -> bool:
    """Tell whether a line is a part of the title with a few words more: the title was shortened."""
    return any(
        len(part) >= LONG and len(here) <= len(part) * 1.6 and (here.startswith(part) or here.endswith(part))
        for part in parts
    )


def _variants(title: str) -> tuple[str, frozenset[str]]:
    """What a title may be without sections and the outlet's name before or after it."""
    whole = key(title)
    least = max(8, len(whole) * 0.3)
    cuts = [(m.start(), m.end()) for m in SEPARATOR.finditer(title[:LONGEST])][:8]
    heads = [title[:start] for start, _ in cuts]
    tails = [title[end:] for _, end in cuts]
    middles = [title[end:start] for _, end in cuts for start, _ in cuts if start > end]
    return whole, frozenset([whole, *(k for part in (*heads, *tails, *middles) if len(k := key(part)) >= least)])


def _rest(title: str, headline: str) -> str:
    at = title.casefold().find(headline.casefold())
    if at < 0:
        return ""
    after = title[at + len(headline) :].strip(" |»«›‹•·–—:-/｜")
    parts = [p for p in SEPARATOR.split(after) if p]
    return parts[-1] if parts and len(parts[-1].split()) <= MAX_OUTLET_WORDS else ""


def _nearest(judged: Sequence[Judged], first: int, at: int) -> int | None:
    """The line above the article that shares most words with the page's title, or stands nearest if there is none."""
    words = _content(split_title(judged[at].line.text)[0])
    best, best_worth = None, 0.0
    for index in range(max(0, first - NEAR), first):
        one = judged[index]
        if index == at or one.cue or not 4 <= one.line.words <= 30 or one.line.text.endswith(".") or one.score == META:
            continue
        here = _content(one.line.text)
        shared = len(here & words)
        share = shared / max(1, len(here | words))
        if shared >= 2 and share >= SHARED and shared * share > best_worth:
            best, best_worth = index, shared * share
    if best is not None or (judged[at].cue is None and len(words) >= 3):
        return best
    above = range(first - 1, max(-1, first - NEAR), -1)
    return next((i for i in above if judged[i].cue is None and 4 <= judged[i].line.words <= 30), None)


def _content(text: str) -> frozenset[str]:
    """The words that carry a headline; in a script without spaces, its characters."""
    words = key(text).split()
    if len(words) < 3 and UNSPACED.search(text):
        return frozenset(key(text))
    return frozenset(word for word in words if len(word) > 2)


def split_title(title: str, others: Sequence[str] = ()) -> tuple[str, str]:
    """Cut the outlet's name off a page title: "Headline | Section | Outlet" gives the headline and the outlet."""
    parts = list(SEPARATOR.finditer(title)) if len(title) <= LONGEST else []
    if not parts:
        return title, ""
    cut = parts[-1]
    tail = title[cut.end() :].strip()
    if not tail or len(tail.split()) > MAX_OUTLET_WORDS or len(title[: cut.start()].split()) < 2:
        return title, ""
    if cut.group().strip() == ":":
        return title, ""
    head = title[: cut.start()].strip()
    # "| World | News | Outlet": sections before the outlet's name go too.
    while (more := list(SEPARATOR.finditer(head))) and more[-1].group().strip() in "|»›｜":
        rest = head[: more[-1].start()]
        if len(rest.split()) < 4 or len(head[more[-1].end() :].split()) > 3:
            break
        head = rest.strip()
    return head, tail
