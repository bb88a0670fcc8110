"""Entries of many articles -> which tell of the same event, by how many outlets, and where accounts contradict."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from archivegen.model import Conflict, Report, Reported
from archivegen.timeline.common_words import EVERYDAY

__all__ = ["find_conflicts", "find_reported"]

WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 7
# The share of the shorter sentence's telling words, and their number, that make two of a story tell the same event.
# Outside of stories they prove nothing: every report on shares speaks of the same exchange in the same words.
SAME, SAME_LEAST = 0.55, 4
CONTRARY, CONTRARY_LEAST = 0.6, 4  # and what makes a contradiction of them, not two things
CROWD = 60  # events of a day and an actor, or entries of a story, that one is compared with
QUANTITY = re.compile(r"(?<![\w.,$€£-])(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\w%.,:-]*\d|[%-])\s+((?:more\s+)?[a-z]{3,})")
ABOUT = re.compile(
    r"\b(?:about|above|almost|around|below|fewer|just|least|less|most|nearly|over|roughly|some|than|under|up to)\s+\Z"
)
NO_THINGS = re.compile(r"year|month|week|day|hour|minute|time|(?:more|than|and|were|was|for|who|others?|to|of|in)\b")


class _Event(msgspec.Struct):
    """What a day's entries have been found to tell: the first of them, its words, and all of them."""

    first: Report
    stems: frozenset[str]
    reports: list[Report]


def find_reported(reports: Iterable[Report]) -> Iterator[tuple[int, Reported]]:
    """Yield for every entry that several outlets have: by how many, by which article first, and how long after.

    `reports` are entries of exact days, by day and then in the order in which their articles were published.
    """
    for _, group in groupby(reports, key=lambda report: report.day):
        day = list(group)
        for event in _events(day) if len({report.outlet for report in day}) > 1 else ():
            outlets = {report.outlet for report in event.reports if report.outlet}
            if len(outlets) < 2:
                continue
            first = min(event.reports, key=lambda report: (report.published is None, report.article))
            lag = None if first.published is None else first.published - first.day
            for report in event.reports:
                yield report.entry, Reported(len(outlets), first.article, lag)


def _events(day: Iterable[Report]) -> list[_Event]:
    events: list[_Event] = []
    of_story: dict[int, list[_Event]] = defaultdict(list)
    for report in day:
        if report.story is None:
            continue
        stems = _stems(report.text)
        found = [event for event in of_story[report.story][-CROWD:] if _is_same(event, report, stems)]
        if found:
            event = max(found, key=lambda event: (len(event.stems & stems), -event.first.article, -event.first.entry))
            event.reports.append(report)
            continue
        event = _Event(report, stems, [report])
        events.append(event)
        of_story[report.story].append(event)
    return events


def _is_same(event: _Event, report: Report, stems: frozenset[str]) -> bool:
    shares_actor = bool(set(report.actors) & set(event.first.actors))
    return shares_actor and event.first.article != report.article and _is_alike(event.stems, stems, SAME, SAME_LEAST)


def _is_alike(one: frozenset[str], other: frozenset[str], share: float, least: int) -> bool:
    both = len(one & other)
    return both >= least and both >= share * min(len(one), len(other))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM].lower() for word in WORD.findall(text)) - EVERYDAY


def find_conflicts(reports: Iterable[Report]) -> Iterator[Conflict]:
    """Yield where two articles of a story, neither a copy, give another number of plainly the same thing.

    `reports` are stated entries of exact days that have come, by story and then by the order of publication.
    """
    for _, story in groupby(reports, key=lambda report: report.story):
        known: deque[tuple[Report, frozenset[str]]] = deque(maxlen=CROWD)
        for report in story:
            stems = _stems(report.text)
            contrary = (
                Conflict(other.entry, report.entry, what)
                for other, words in known
                if other.article != report.article
                and other.day == report.day
                and set(other.actors) & set(report.actors)
                and _is_alike(words, stems, CONTRARY, CONTRARY_LEAST)
                and (what := _contrary(other, report))
            )
            yield from contrary
            known.append((report, stems))


def _contrary(one: Report, other: Report) -> str:
    """Return in words which number of something two sentences of one day give differently."""
    mine, theirs = _quantities(one.text), _quantities(other.text)
    for thing in sorted(mine.keys() & theirs.keys()):
        if not set(mine[thing]) & set(theirs[thing]):
            return f"{mine[thing][0]} or {theirs[thing][0]} {thing}"
    return ""


def _quantities(text: str) -> dict[str, list[str]]:
    """Return the exact numbers of things: "at least 81 people" and "more than 100 people" may both be right."""
    found: dict[str, list[str]] = defaultdict(list)
    for match in QUANTITY.finditer(text):
        number, thing = match.groups()
        if not NO_THINGS.match(thing) and not ABOUT.search(text[: match.start()]):
            found[thing].append(number)
    return dict(found)
