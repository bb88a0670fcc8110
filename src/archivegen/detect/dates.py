"""Find the temporal expressions of a text: TIMEX3 type, value and offsets, resolved against its publication date.

Each token becomes one character (date_words), rules are patterns over these (date_rules), readings give the value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain

import msgspec

from archivegen import edtf
from archivegen.detect.date_found import Found, Story
from archivegen.detect.date_grammar import LOOKED_AT, beginnings, expand, where_any_begins
from archivegen.detect.date_rules import PARTS, TABLE, TRIGGERS
from archivegen.detect.date_words import classes_of, splitter, tokens_of
from archivegen.detect.sentences import split_sentences
from archivegen.model import DateMention, TimexType

__all__ = ["find_dates"]

CALENDAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-Q[1-4])?")
RULES = {rule.name: rule for rule in TABLE}
EXPRESSIONS = {rule.name: expand(rule.pattern, PARTS) for rule in TABLE}
BEGINNINGS = {name: beginnings(expression) for name, expression in EXPRESSIONS.items()}
START = where_any_begins(chain.from_iterable(BEGINNINGS.values()))
TRIGGER = re.compile(expand(TRIGGERS, PARTS))


class _Sentence(msgspec.Struct):
    """A sentence that may have dates: which one it is, where it stands, its pieces, and the classes of their tokens."""

    number: int
    start: int
    end: int
    pieces: Sequence[str]
    kinds: Sequence[str]
    classes: str
    is_even: bool  # one blank is between all pieces


def find_dates(
    text: str, published: edtf.Date | None, sentences: Sequence[tuple[int, int]] | None = None
) -> tuple[DateMention, ...]:
    """Return the dates of a text in text order. A publication month or year gives no more than it supports."""
    told = _worth_reading(text, split_sentences(text) if sentences is None else sentences)
    if published is None or published.earliest is None or published.latest is None:
        return _read(text, None, told)
    if published.earliest == published.latest:
        return _read(text, published.earliest, told)
    middle = published.earliest + (published.latest - published.earliest) / 2
    readings = [_read(text, day, told) for day in (published.earliest, middle, published.latest)]
    return _agreed(_read(text, None, told), readings)


def _worth_reading(text: str, spans: Sequence[tuple[int, int]]) -> list[_Sentence]:
    cut = splitter(text)  # one step for all sentences after the other: so each stays in the processor's cache
    pieces = [cut(text[start:end]) for start, end in spans]
    kinds = [[*map(classes_of, cut_up)] for cut_up in pieces]
    classes = [*map("".join, kinds)]
    worth = [number for number, found in enumerate(map(TRIGGER.search, classes)) if found]
    out: list[_Sentence] = []
    for number in worth:
        start, end = spans[number]
        is_even = len(" ".join(pieces[number])) == end - start
        out.append(_Sentence(number, start, end, pieces[number], kinds[number], classes[number], is_even))
    return out


def _read(text: str, anchor: dt.date | None, sentences: Iterable[_Sentence]) -> tuple[DateMention, ...]:
    story = Story(anchor)
    out: list[DateMention] = []
    for sentence in sentences:
        story.go_on(sentence.number)
        _read_sentence(text, sentence, story, out)
    return tuple(out)


def _read_sentence(text: str, sentence: _Sentence, story: Story, out: list[DateMention]) -> None:
    classes = sentence.classes
    tokens: list[str] = []
    at = 0
    for begun in START.finditer(classes):
        first = begun.start()
        if first < at:
            continue
        match = _matcher(classes[first : first + LOOKED_AT])(classes, first)
        if match is None:
            continue
        if not tokens:
            tokens = _tokens(sentence)
        rule = RULES[match.lastgroup or ""]
        stop = match.end()
        found = Found(tokens, classes, first, stop, match[0], story)
        value = rule.read(found)
        if value is None:
            continue
        at = stop
        start = _place(text, sentence, tokens, first)
        end = start + len(tokens[first])
        for token in tokens[first + 1 : stop]:  # only white space is between them
            end = text.index(token, end) + len(token)
        out.append(DateMention(start, end, rule.type or _type(value), value))
        story.last_end = stop
        if rule.tells and CALENDAR.fullmatch(value):
            story.tell(value, found)
        elif rule.name in ("first_n", "the_n"):
            story.tell_length(found)


@cache
def _matcher(begun: str) -> Callable[[str, int], re.Match[str] | None]:
    """Return a match of all rules that can begin with one or two classes, in their order."""
    return _match_of(
        tuple(name for name, beginnings_ in BEGINNINGS.items() if begun in beginnings_ or begun[0] in beginnings_)
    )


@cache
def _match_of(names: tuple[str, ...]) -> Callable[[str, int], re.Match[str] | None]:
    return re.compile("|".join(f"(?P<{name}>{EXPRESSIONS[name]})" for name in names)).match


def _tokens(sentence: _Sentence) -> list[str]:
    tokens = [*sentence.pieces]
    if len(tokens) < len(sentence.classes):
        for at in reversed([at for at, kinds in enumerate(sentence.kinds) if len(kinds) > 1]):
            tokens[at : at + 1] = tokens_of(tokens[at])
    return tokens


def _place(text: str, sentence: _Sentence, tokens: Sequence[str], token: int) -> int:
    """Where a token begins: found by the piece that it is of."""
    pieces, kinds = sentence.pieces, sentence.kinds
    piece = min(token, len(pieces) - 1)
    while (first := len("".join(kinds[:piece]))) > token:
        piece -= 1
    if sentence.is_even:
        at = sentence.start + len(" ".join(pieces[:piece])) + (piece > 0)
    else:
        at = sentence.start
        for before in pieces[:piece]:
            at = text.index(before, at) + len(before)
        at = text.index(pieces[piece], at)
    return at + sum(map(len, tokens[first:token]))


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
