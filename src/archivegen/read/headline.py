"""The headline among a page's lines, and the outlet's name that pages stick to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archivegen.read.body import Judged
from archivegen.read.lines import key

__all__ = ["Headline", "find_headline", "split_title"]

SEPARATOR = re.compile(r"\s+(?:[|»«›‹•·–—:-]|::|//)\s+|\s*[|｜]\s*")
MAX_OUTLET_WORDS = 6
NEAR = 40  # lines above the article in which its headline stands
TAGGED = re.compile(r"^(?:by|von|par|por|di|от|автор)\s|@\w|https?://|\d{1,2}:\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline's text and the position of the line it was read from; what was cut off as the outlet's name."""

    text: str
    index: int
    outlet: str = ""
    outlet_index: int = 0
    certain: bool = True


def find_headline(judged: Sequence[Judged], first: int) -> Headline | None:
    """Find the headline of the article whose first line is at `first`.

    A page's first line is mostly its title; where a line nearer to the article says the same, that is the headline.
    """
    if not judged:
        return None
    title = judged[0].line.text
    wanted = key(title)
    for index in range(min(first + 3, len(judged)) - 1, 0, -1):
        line = judged[index].line
        here = key(line.text)
        if line.words >= 2 and len(here) >= 8 and _is_within(here, wanted):
            return Headline(line.text, index, _rest(title, line.text))
    near = _nearest(judged, first, wanted)
    if near is not None:
        _, outlet = split_title(title, [one.line.text for one in judged])
        return Headline(judged[near].line.text, near, outlet if near else "", 0, near == 0)
    text, outlet = split_title(title, [one.line.text for one in judged])
    return Headline(text, 0, outlet)


def _is_within(here: str, wanted: str) -> bool:
    return here == wanted or (
        len(here) >= max(12, len(wanted) * 0.35) and (wanted.startswith(here + " ") or wanted.endswith(" " + here))
    )


def _rest(title: str, headline: str) -> str:
    at = title.casefold().find(headline.casefold())
    if at < 0:
        return ""
    after = title[at + len(headline) :].strip(" |»«›‹•·–—:-/｜")
    parts = [p for p in SEPARATOR.split(after) if p]
    return parts[-1] if parts and len(parts[-1].split()) <= MAX_OUTLET_WORDS else ""


def _nearest(judged: Sequence[Judged], first: int, title: str) -> int | None:
    """The line above the article that is most like a headline, if the page's first line is not one."""
    if len(title.split()) >= 4 and judged[0].cue is None:
        best, best_share = None, 0.5
        words = set(title.split())
        for index in range(1, min(first + 2, len(judged))):
            one = judged[index]
            here = set(key(one.line.text).split())
            if len(here) >= 4 and len(here & words) / len(here | words) >= best_share:
                best, best_share = index, len(here & words) / len(here | words)
        return best
    for index in range(first - 1, max(-1, first - NEAR), -1):
        one = judged[index]
        if one.cue is None and 4 <= one.line.words <= 30 and not TAGGED.search(one.line.text):
            return index
    return None


def split_title(title: str, others: Sequence[str] = ()) -> tuple[str, str]:
    """Cut the outlet's name off a page title: "Headline | Section | Outlet" gives the headline and the outlet."""
    parts = list(SEPARATOR.finditer(title))
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
