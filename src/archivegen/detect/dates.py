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
from archivegen.detect.date_words import PLAIN_TOKEN, TOKEN, classify
from archivegen.detect.sentences import split_sentences
from archivegen.letters import has_plain_words
from archivegen.model import DateMention, TimexType

__all__ = ["find_dates"]

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
    if published.earliest == published.latest:
        return _read(text, published.earliest, spans)
    middle = published.earliest + (published.latest - published.earliest) / 2
    readings = [_read(text, day, spans) for day in (published.earliest, middle, published.latest)]
    return _agreed(_read(text, None, spans), readings)


def _read(text: str, anchor: dt.date | None, spans: Sequence[tuple[int, int]]) -> tuple[DateMention, ...]:
    story = Story(anchor)
    out: list[DateMention] = []
    tokenise = (PLAIN_TOKEN if has_plain_words(text) else TOKEN).findall
    has_trigger = TRIGGER.search
    for start, end in spans:
        story.next_sentence()
        tokens = tokenise(text, start, end)
        classes = "".join(map(classify, tokens))
        if has_trigger(classes):
            _read_sentence(text, (start, end), tokens, classes, story, out)
    return tuple(out)


def _read_sentence(
    text: str, span: tuple[int, int], tokens: list[str], classes: str, story: Story, out: list[DateMention]
) -> None:
    starts: list[int] = []
    end = span[0]  # of the last token in `starts`
    at = 0
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
        for token in tokens[len(starts) : at]:  # only white space is between them
            starts.append(text.find(token, end))
            end = starts[-1] + len(token)
        out.append(DateMention(starts[first], end, rule.type or _type(value), value))
        story.last_end = at
        if rule.tells and CALENDAR.fullmatch(value):
            story.tell(value, found)
        elif rule.name in ("first_n", "the_n"):
            story.tell_length(found)


def _type(value: str) -> TimexType:
    if value[:1] == "P" and "REF" not in value:
        return "DURATION"
    return "TIME" if "T" in value and "REF" not in value else "DATE"


def _agreed(undated: tuple[DateMention, ...], readings: list[tuple[DateMention, ...]]) -> tuple[DateMention, ...]:
    """Keep what readings by the first, middle and last possible day agree on, else what needs no day."""
    out = []
    by_place = [{(m.start, m.end): m.value for m in reading} for reading in readings]
    for mention in undated:
        place = (mention.start, mention.end)
        values = [reading[place] for reading in by_place if place in reading]
        value = _common(values) if len(values) == len(readings) else mention.value
        if not any(char.isdigit() for char in value.partition("T")[0]) and "REF" not in value:
            value = mention.value
        out.append(DateMention(*place, mention.type, value))
    return tuple(out)


def _common(values: list[str]) -> str:
    """Put X for the parts that differ: 2018-08-01 and 2018-08-31 is 2018-08-XX. A day needs its month."""
    if len(set(values)) == 1:
        return values[0]
    dates, times = zip(*(value.partition("T")[::2] for value in values), strict=True)
    parts = [date.split("-") for date in dates]
    if len({tuple(map(len, each)) for each in parts}) > 1:
        return ""
    out: list[str] = []
    for column in zip(*parts, strict=True):
        same = len(set(column)) == 1 and not (len(out) == 2 and "X" in out[1])
        head = column[0][0] if column[0][0] in "WQH" and column[0] != "WE" else ""
        out.append(column[0] if same else head + "X" * (len(column[0]) - len(head)))
    return "-".join(out) + (f"T{times[0]}" if times[0] and len(set(times)) == 1 else "")
