"""Who is quoted in a text, and in which words: only where the name and a verb of saying stand beside the quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from archivegen.model import ActorMention, Quote

__all__ = ["find_quotes"]

SAYING = (
    "said|says|told|tells|added|adds|asked|asks|wrote|writes|insisted|insists|argued|argues|warned|warns|explained|"
    "explains|declared|declares|stated|states|continued|replied|noted|notes|stressed|recalled|announced|complained"
)
CURLY = re.compile(r"“([^“”]{2,900})”")
STRAIGHT = re.compile(r'"([^"]{2,900})"')
PARAGRAPHS = re.compile(r"\n(?=\s*\n)")  # between them
LEAST_WORDS = 4
# "...," said the minister Lavrov
SAID_FIRST = re.compile(
    rf"[\s,]*(?:{SAYING})\s+((?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w'’.-]++\s++){{0,6}}(?:[\w'’.-]+,\s+)?)$"
)
# "...," the minister Lavrov said
NAME_FIRST = re.compile(r"[\s,]*((?:(?:the|its|his|her|their)\s+)?(?:[\w'’.-]++\s++){0,6})$")
SAID_AFTER = re.compile(rf"\s+(?:also |later |then )?(?:{SAYING})\b|,\s[^,.;:\"“”\n]{{3,60}},\s(?:{SAYING})\b")
# Lavrov told reporters on Friday: "..."
SAID_BEFORE = re.compile(rf"\s+(?:also |later |then |has |had )?(?:{SAYING})\b[^.;\"“”\n]{{0,60}}?[,:]?\s*$")
REACH = 80  # characters between a quotation and its speaker
# Not whose name it is, but what he speaks for: "said a spokesman for Norbank".
LINKS = re.compile(r"\b(?:for|of|at|from|by|to|with)\s+$")
SPEAKERS = ("person", "organisation")


def find_quotes(text: str, mentions: Sequence[ActorMention]) -> tuple[Quote, ...]:
    """Find the quotations whose speaker the sentence names; offsets are of the words inside the marks."""
    speakers = [mention for mention in mentions if mention.kind in SPEAKERS]
    if not speakers or ('"' not in text and "“" not in text):
        return ()
    starts = [mention.start for mention in speakers]
    out = []
    for start, end in _quotations(text):
        if len(text[start:end].split(None, LEAST_WORDS)) < LEAST_WORDS:
            continue
        before, after = bisect_left(starts, start), bisect_left(starts, end)
        speaker = _after(text, end + 1, speakers[after]) if after < len(speakers) else None
        if speaker is None and before:
            speaker = _before(text, start - 1, speakers[before - 1])
        if speaker:
            out.append(Quote(start, end, speaker.name, speaker.kind))
    return tuple(out)


def _quotations(text: str) -> list[tuple[int, int]]:
    """Where the quoted words stand; a paragraph whose straight marks do not pair up has none that are sure."""
    found = [match.span(1) for match in CURLY.finditer(text)] if "“" in text else []
    if '"' in text:
        start = 0
        for gap in (*PARAGRAPHS.finditer(text), None):
            end = gap.start() if gap else len(text)
            if text.count('"', start, end) % 2 == 0:
                found += [match.span(1) for match in STRAIGHT.finditer(text, start, end)]
            start = end
        found.sort()
    return found


def _after(text: str, end: int, speaker: ActorMention) -> ActorMention | None:
    """The first speaker named after a quotation, if a verb of saying stands with the name."""
    between = text[end : speaker.start] if speaker.start - end <= REACH else "\n\n"
    if "\n\n" in between:
        return None
    said = SAID_FIRST.fullmatch(between)
    if said and not LINKS.search(said[1]):
        return speaker
    if NAME_FIRST.fullmatch(between) and not LINKS.search(between) and SAID_AFTER.match(text, speaker.end):
        return speaker
    return None


def _before(text: str, start: int, speaker: ActorMention) -> ActorMention | None:
    """The last speaker named before a quotation, if only a verb of saying stands between."""
    if start - speaker.end > REACH:
        return None
    return speaker if SAID_BEFORE.fullmatch(text[speaker.end : start]) else None
