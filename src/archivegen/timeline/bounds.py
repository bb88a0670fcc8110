"""When an undated article may have been written: bounds from its own text, and from a dated article on the same thing.

A proposal for an editor, with its reasons; nothing else in the archive uses it. Names in common prove nothing, for the
same people are in the news for years: only a day or a quotation that both articles have makes them one story.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, Findings, Statement

__all__ = ["Match", "Proposal", "Traits", "corroborated", "propose", "traits_of"]

QUOTATION = re.compile(r"“[^”]{10,600}”|\"[^\"]{10,600}\"")
WORD = re.compile(r"[^\W\d_]+")
DAY = re.compile(r"(?:\d{4}|XXXX)-(\d\d-\d\d)\b")
WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
PHRASE = 4  # words of a quotation that two articles have in common
LONG_WORD, LONG_WORDS = 6, 2  # "to take part in" is anybody's; "support, facilitate and participate" is one speaker's
LEAST_NAMES = 2
DAY_WEIGHT, PHRASE_WEIGHT, MOST_PHRASES = 6, 4, 3
AROUND = 7  # days before and after the dated article
WEEK = 6  # a weekday is named for at most this many days
# A second match at another time must be this much weaker; else it stays open.
CLEARLY = 0.75
ANOTHER_TIME = 31  # days


@dataclass(frozen=True, slots=True)
class Traits:
    """What makes an article recognisable: days of the year and phrases of quotations that it has, and names."""

    path: str
    published: dt.date | None
    days: frozenset[str]
    phrases: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A dated article on the same thing, and the days and phrases that both have."""

    path: str
    published: dt.date
    days: tuple[str, ...]
    phrases: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An interval in which an article may have been written (None where nothing bounds it), and why."""

    interval: Date | None
    reasons: tuple[str, ...]


def traits_of(article: Article, findings: Findings) -> Traits:
    """Gather what an article can be recognised by. A person counts by the surname, which is spelt more alike."""
    found = (DAY.match(mention.value) for mention in findings.dates if mention.type in ("DATE", "TIME"))
    names = {m.name.rpartition(" ")[2] if m.kind == "person" else m.name for m in findings.actors}
    published = article.published.value if article.published else None
    return Traits(
        article.path,
        published.earliest if published and published.is_day else None,
        frozenset(match[1] for match in found if match),
        frozenset(_phrases(article.body.text)),
        frozenset(names),
    )


def corroborated(undated: Sequence[Traits], others: Iterable[Traits]) -> Mapping[str, Match]:
    """Find for each undated article, by path, the dated one that plainly tells the same, if there is just one time."""
    having: dict[str, set[int]] = defaultdict(set)
    for at, traits in enumerate(undated):
        for trait in traits.days | traits.phrases:
            having[trait].add(at)
    matches: dict[int, list[Match]] = defaultdict(list)
    for other in others:
        if other.published is None:
            continue
        common = (having[trait] for trait in other.days | other.phrases if trait in having)
        for at in set().union(*common):
            if match := _match(undated[at], other, other.published):
                matches[at].append(match)
    clear = {undated[at].path: _clearest(found) for at, found in matches.items()}
    return {path: match for path, match in clear.items() if match}


def propose(
    article: Article, findings: Findings, statements: Sequence[Statement], match: Match | None = None
) -> Proposal:
    """Bound when an undated article was written: not before what it tells as past, not after what it was saved on."""
    first, last, reasons = _own_bounds(article, statements)
    if match:
        near_first, near_last, near = _near(findings, match)
        reasons += near
        first, last = max(first or near_first, near_first), min(last or near_last, near_last)
    if first and last and first > last:
        return Proposal(None, (*reasons, "these do not agree"))
    if first is None and last is None:
        return Proposal(None, ())
    return Proposal(edtf.parse(f"{first or '..'}/{last or '..'}"), reasons)


def _phrases(text: str) -> Iterable[str]:
    for quotation in QUOTATION.finditer(text):
        words = [word.lower() for word in WORD.findall(quotation[0])]
        for at in range(len(words) - PHRASE + 1):
            phrase = words[at : at + PHRASE]
            if sum(len(word) > LONG_WORD for word in phrase) >= LONG_WORDS:
                yield " ".join(phrase)


def _match(one: Traits, other: Traits, published: dt.date) -> Match | None:
    names = len(one.names & other.names)
    if names < LEAST_NAMES:
        return None
    days, phrases = tuple(sorted(one.days & other.days)), tuple(sorted(one.phrases & other.phrases))
    weight = DAY_WEIGHT * len(days) + PHRASE_WEIGHT * min(MOST_PHRASES, len(phrases)) + names
    return Match(other.path, published, days, phrases, weight)


def _clearest(found: Sequence[Match]) -> Match | None:
    ranked = sorted(found, key=lambda match: (-match.weight, match.published, match.path))
    best = ranked[0]
    for match in ranked[1:]:
        if abs((match.published - best.published).days) > ANOTHER_TIME and match.weight > CLEARLY * best.weight:
            return None
    return best


def _own_bounds(
    article: Article, statements: Sequence[Statement]
) -> tuple[dt.date | None, dt.date | None, tuple[str, ...]]:
    reasons: list[str] = []
    past = [s for s in statements if s.basis == "stated" and s.mood == "happened" and s.date.earliest]
    latest = max(past, key=lambda s: (s.date.earliest or dt.date.min, s.date.text), default=None)
    first = latest.date.earliest if latest else None
    if latest:
        reasons.append(f"it tells of {edtf.show(latest.date)} (“{latest.evidence}”)")
    last = article.captured.value.latest if article.captured else None
    if article.captured and last:
        reasons.append(f"the page was saved by {edtf.show(article.captured.value)}")
    return first, last, tuple(reasons)


def _near(findings: Findings, match: Match) -> tuple[dt.date, dt.date, tuple[str, ...]]:
    """The days around a dated article, or the week that follows the weekday which the undated one names."""
    common = [_day_words(day) for day in match.days] + [f"“{phrase}”" for phrase in match.phrases[:MOST_PHRASES]]
    when = edtf.show(edtf.parse(match.published.isoformat()))
    reason = f"{match.path} of {when} tells the same: both have {', '.join(common)}"
    week = dt.timedelta(days=AROUND)
    named = next((m for mention in findings.dates if (m := WEEKDAY.match(mention.value))), None)
    if named is None:
        return match.published - week, match.published + week, (reason,)
    ahead = (int(named[1]) - match.published.isoweekday() + 3) % 7 - 3
    day = match.published + dt.timedelta(days=ahead)
    nearest = f"the nearest {day:%A}, which it names, is {edtf.show(edtf.parse(day.isoformat()))}"
    return day, day + dt.timedelta(days=WEEK), (reason, nearest)


def _day_words(day: str) -> str:
    return edtf.show(edtf.parse(f"XXXX-{day}")).partition(",")[0]
