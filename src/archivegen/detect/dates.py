"""Find the temporal expressions of a text: TIMEX3 type, value and offsets, resolved against its publication date.

Each token becomes one character (date_words), rules are patterns over these (date_rules), readings give the value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from archivegen import edtf
from archivegen.detect.date_found import Found, Story
from archivegen.detect.date_grammar import by_first_class, expand
from archivegen.detect.date_rules import PARTS, TABLE, TRIGGERS
from archivegen.detect.date_words import TOKEN, classify
from archivegen.detect.sentences import split_sentences
from archivegen.model import DateMention, TimexType

__all__ = ["VERSION", "find_dates"]

VERSION = "1"
CALENDAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-Q[1-4])?")
RULES = {rule.name: rule for rule in TABLE}
MATCHERS = {
    first: made.match for first, made in by_first_class((r.name, expand(r.pattern, PARTS)) for r in TABLE).items()
}
START = re.compile(f"[{''.join(MATCHERS)}]")
TRIGGER = re.compile(expand(TRIGGERS, PARTS))


def find_dates(
    text: str, published: edtf.Date | None, sentences: Sequence[tuple[int, int]] | None = None
) -> tuple[DateMention, ...]:
    """Return the dates of a text in text order. A publication month or year gives no more than it supports."""
    spans = split_sentences(text) if sentences is None else sentences
    if published is None or published.earliest is None or published.latest is None:
        return _read(text, None, spans)
    found = _read(text, published.earliest, spans)
    if published.earliest == published.latest:
        return found
    other = {mention.start: mention for mention in _read(text, published.latest, spans)}
    return tuple(
        DateMention(m.start, m.end, m.type, _common(m.value, other[m.start].value)) for m in found if m.start in other
    )


def _read(text: str, anchor: dt.date | None, spans: Sequence[tuple[int, int]]) -> tuple[DateMention, ...]:
    story = Story(anchor)
    out: list[DateMention] = []
    tokenise, has_trigger = TOKEN.findall, TRIGGER.search
    for start, end in spans:
        tokens = tokenise(text, start, end)
        classes = "".join(map(classify, tokens))
        if has_trigger(classes):
            _read_sentence(text, (start, end), tokens, classes, story, out)
    return tuple(out)


def _read_sentence(
    text: str, span: tuple[int, int], tokens: list[str], classes: str, story: Story, out: list[DateMention]
) -> None:
    places: list[tuple[int, int]] = []
    at = 0
    story.last_end = -1
    while start := START.search(classes, at):
        first = start.start()
        at = first + 1
        match = MATCHERS[classes[first]](classes, first)
        if match is None:
            continue
        rule = RULES[match.lastgroup or ""]
        found = Found(tokens, classes, first, match.end(), story)
        value = rule.read(found)
        if value is None:
            continue
        at = match.end()
        if not places:
            places = [token.span() for token in TOKEN.finditer(text, *span)]
        out.append(DateMention(places[first][0], places[at - 1][1], rule.type or _type(value), value))
        story.last_end = at
        if rule.tells and CALENDAR.fullmatch(value):
            story.tell(value, found)
        elif rule.name in ("first_n", "the_n"):
            story.tell_length(found)


def _type(value: str) -> TimexType:
    if value[:1] == "P" and "REF" not in value:
        return "DURATION"
    return "TIME" if "T" in value and "REF" not in value else "DATE"


def _common(one: str, other: str) -> str:
    """Keep what two values agree on, X for the rest: 2018-08-01 and 2018-08-31 is 2018-08-XX."""
    if one == other or len(one) != len(other):
        return one if one == other else "XXXX"
    ones, others = one.split("-"), other.split("-")
    kept = True
    parts = []
    for a, b in zip(ones, others, strict=False):
        kept = kept and a == b
        head = a[:1] if a[:1] in ("W", "Q", "H") else ""
        parts.append(a if kept else head + "X" * (len(a) - len(head)))
    return "-".join(parts)
