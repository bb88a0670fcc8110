"""The headline among a page's lines, and the outlet's name that pages stick to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from archivegen.read.body import META, PROSE_FROM, Judged
from archivegen.read.lines import UNSPACED, key
from archivegen.read.outlet import is_outlet, is_section

__all__ = ["Headline", "find_headline", "repeats", "split_title", "title_index"]

SEPARATOR = re.compile(r"\s+(?:[|»«›‹•·–—:-]|::|//)\s+|\s*[|｜]\s*")
SEPARATORS = "|»«›‹•·–—:-/｜"
MAX_OUTLET_WORDS = 6
LONGEST = 300  # letters of a headline
CLEAN = 5  # words of a page title that stands for the headline where nothing was stuck to it
DATE_WORDS = 5
LONG = 24  # letters of a title that are enough to know it by
STUCK = 20  # letters of a headline that is told without a space before it
TITLE_LINES = 8  # at a page's top, in which its title stands
SHARED = 0.15  # of the words of a title and a line that is its headline in other words
NEAR = 40  # lines above the article in which its headline stands
LABEL, LABELS = 3, 3  # the most words of a menu's label, and the least labels in a row that are a menu
# "10 thoughts on “Council moves the fair”": the blog's own name of what is commented on.
COMMENTED = re.compile(
    r"^(?:\d+|one|no) (?:thoughts?|comments?|responses?|replies) (?:on|to)\s*[:“\"«'‘]?\s*", re.IGNORECASE
)
COMMENT_WORDS = ("thought", "omment", "espons", "repl")
MAX_WORDS = 40  # of a headline
CERTAIN = 2.0  # the worth of a line that is a headline without doubt
LEAD = 3  # paragraphs whose words a headline shares


class Headline(msgspec.Struct, frozen=True):
    """The headline's text and the position of the line it was read from; what was cut off as the outlet's name.

    `head` is where the article's head begins: a page may say its headline again below date and byline.
    """

    text: str
    index: int
    outlet: str = ""
    outlet_index: int = 0
    head: int = 0
    certain: bool = True


def find_headline(judged: Sequence[Judged], first: int, at: int | None, again: Sequence[int]) -> Headline | None:
    """Find the headline of the article whose first line is at `first`.

    `at` is the line of the page's title, `again` are those that repeat it. The title is mostly the first line; where a
    line nearer to the article says the same, that is the headline.
    """
    if not judged:
        return None
    above = [i for i in again if i <= first + 2]
    if above and at is not None:
        title, text = judged[at].line.text, judged[above[-1]].line.text
        top = min(i for i in above if i > first - NEAR or i == above[-1])
        return Headline(text, above[-1], _rest(title, text), at, top)
    if at is None or at >= max(first, 1):
        return _without_title(judged, first)
    title = judged[at].line.text
    head, outlet = split_title(title)
    clean = head == title and judged[at].line.words >= CLEAN
    near = _commented(judged, first) if clean and at == 0 else _nearest(judged, first, at)
    if near is None and judged[at].line.words <= LABEL and not outlet:
        return _without_title(judged, first)
    if near is not None and near != at:
        return Headline(judged[near].line.text, near, outlet, at, near)
    return Headline(head, at, outlet, at, at)


def title_index(judged: Sequence[Judged]) -> int | None:
    """The line that is the page's title: the first that is no date, outlet's name, menu or other furniture."""
    for i, one in enumerate(judged[:TITLE_LINES]):
        line = one.line
        if one.cue is not None or line.words < 3 or (one.score <= META and line.words <= DATE_WORDS):
            continue
        if _is_name(line.text, is_outlet) or _is_name(line.text, is_section):
            continue
        if i == 0 or not _is_label(judged, i):
            return i
    return None


def _is_label(judged: Sequence[Judged], i: int) -> bool:
    """Tell whether a short line stands among other short ones, as a menu's labels do."""
    if judged[i].line.words > LABEL:
        return False
    count = 1
    for step in (-1, 1):
        at = i
        while 0 <= at + step < len(judged) and count < LABELS:
            # A blank line parts the menu from what follows it.
            if judged[max(at, at + step)].line.after_blank or judged[at + step].line.words > LABEL:
                break
            if judged[at + step].score <= META:
                break
            at += step
            count += 1
    return count >= LABELS


def repeats(judged: Sequence[Judged], at: int | None) -> list[int]:
    """The lines that say again what the page's title, at this line, says."""
    if at is None:
        return []
    whole, parts = _variants(judged[at].line.text)
    shortest = min(map(len, parts)) * 0.8
    long = tuple(part for part in parts if len(part) >= LONG)
    out = []
    for i, one in enumerate(judged):
        if one.cue is None and shortest <= len(one.line.text) <= LONGEST and i > at:
            here = key(one.line.text)
            # In a breadcrumb the section sticks to the headline: "HomeWorldLeaders meet in Paris".
            if here in parts or (
                len(here) >= STUCK
                and (whole.endswith(here) or ((here.startswith(long) or here.endswith(long)) and _holds(here, long)))
            ):
                out.append(i)
    return out


def _holds(here: str, parts: tuple[str, ...]) -> bool:
    """Tell whether a line is a part of the title with a few words more: the title was shortened."""
    return any(len(here) <= len(part) * 1.6 and (here.startswith(part) or here.endswith(part)) for part in parts)


def _variants(title: str) -> tuple[str, frozenset[str]]:
    """What a title may be without sections and the outlet's name before or after it."""
    whole = key(title)
    least = max(8, len(whole) * 0.3)
    cuts = [(m.start(), m.end()) for m in SEPARATOR.finditer(title[:LONGEST])][:8]
    heads = [title[:start] for start, _ in cuts]
    tails = [title[end:] for _, end in cuts]
    middles = [title[end:start] for _, end in cuts for start, _ in cuts if start > end]
    parts = (key(part) for part in (*heads, *tails, *middles) if not is_section(part))
    return whole, frozenset([whole, *(part for part in parts if len(part) >= least)])


def _rest(title: str, headline: str) -> str:
    """The outlet's name in what a title has besides the headline: the last part after it, or the first before."""
    at = title.casefold().find(headline.casefold())
    if at < 0:
        return ""
    after = title[at + len(headline) :].strip(f" {SEPARATORS}")
    parts = [p for p in SEPARATOR.split(after) if p and not is_section(p)]
    if parts:
        return parts[-1] if len(parts[-1].split()) <= MAX_OUTLET_WORDS else ""
    before = [p for p in SEPARATOR.split(title[:at].strip()) if p.strip(f" {SEPARATORS}")]
    name = before[0].strip(f" {SEPARATORS}") if before else ""
    return name if is_outlet(name, expected=True) else ""


def _nearest(judged: Sequence[Judged], first: int, at: int) -> int | None:
    """The line above the article that shares most words with the page's title, or None."""
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
    return best


def _commented(judged: Sequence[Judged], first: int) -> int | None:
    """The line above the article that the list of comments names as what they are on."""
    for one in reversed(judged[first:]):
        text = one.line.text[:LONGEST]
        if any(word in text[:20] for word in COMMENT_WORDS) and (match := COMMENTED.match(text)):
            wanted = key(text[match.end() :])
            above = range(first - 1, max(-1, first - NEAR), -1)
            return next((i for i in above if len(wanted) >= STUCK and key(judged[i].line.text) == wanted), None)
    return None


def _without_title(judged: Sequence[Judged], first: int) -> Headline | None:
    """The line above the article that is most like a headline, where the page's first lines are but menus."""
    lead = frozenset[str]()
    for one in [one for one in judged[first : first + 12] if one.score >= PROSE_FROM][:LEAD]:
        lead |= _content(one.line.text)
    best, best_worth = None, 0.0
    for index in range(max(0, first - NEAR), first):
        worth = _headline_worth(judged, index, first, lead)
        if worth > best_worth:
            best, best_worth = index, worth
    if best is None:
        return None
    return Headline(judged[best].line.text, best, "", best, best, certain=best_worth >= CERTAIN)


def _headline_worth(judged: Sequence[Judged], index: int, first: int, lead: frozenset[str]) -> float:
    """How much a line is like a headline: long enough, without a full stop, in the article's words, near to it."""
    one = judged[index]
    line = one.line
    if one.cue or one.score <= META or line.words > MAX_WORDS or _is_name(line.text, is_section):
        return 0.0
    here = _content(line.text)
    worth = min(line.words, 6) / 3 + 3 * len(here & lead) / max(3, len(here)) - (first - index) / NEAR
    below = judged[index + 1 : min(first, index + 5)]
    worth += 0.5 * (line.after_blank or index == 0)
    worth += 0.5 * any(other.score == META or (other.cue is not None and other.cue.head) for other in below)
    if line.text[-1] in ".:;,…":
        worth *= 0.4
    if _is_name(line.text, _may_be_outlet):
        worth *= 0.2
    if _is_label(judged, index):
        worth *= 0.3
    return max(worth, 0.01)


def _may_be_outlet(text: str) -> bool:
    return is_outlet(text, expected=True)


def _is_name(text: str, kind: Callable[[str], bool]) -> bool:
    """Tell whether a line is short enough to be a name of a kind, and is."""
    return text.count(" ") < MAX_OUTLET_WORDS and kind(text)


def _content(text: str) -> frozenset[str]:
    """The words that carry a headline; in a script without spaces, its characters."""
    words = key(text).split()
    if len(words) < 3 and UNSPACED.search(text):
        return frozenset(key(text))
    return frozenset(word for word in words if len(word) > 2)


def split_title(title: str) -> tuple[str, str]:
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
    if is_section(tail):
        # "Headline | Outlet | World", or "Headline | World" with no outlet at all.
        inner, outlet = split_title(head)
        return inner, outlet
    # "| World | News | Outlet": sections before the outlet's name go too.
    while (more := list(SEPARATOR.finditer(head))) and more[-1].group().strip() in "|»›｜":
        rest, label = head[: more[-1].start()], head[more[-1].end() :]
        if (len(rest.split()) < 4 or len(label.split()) > 3) and not is_section(label):
            break
        head = rest.strip()
    return head, tail
