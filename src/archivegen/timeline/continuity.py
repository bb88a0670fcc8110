"""Whom each sentence concerns: the names in it, and whom its pronoun or short description continues.

"He said ...", "The airline ..." take the last person or body that fits and was named shortly before; where none does,
nobody is made up.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from archivegen.model import ActorMention, Findings
from archivegen.timeline.clauses import Clause

__all__ = ["EVENTS", "full_names", "whom"]

# What a pronoun can stand for. "open": a name of unknown kind that may be a person's or a body's.
Class = Literal["person", "lone", "body", "product", "place", "open"]

REACH = 3  # sentences without the name that a pronoun or description can reach back over
PERSON = "he she"
BODY = (
    "company firm airline airlines carrier manufacturer maker group party ministry agency bank court organisation "
    "organization union airframer retailer publisher operator corporation club team university government council "
    "commission committee board department army force country state kingdom republic"
)
PRODUCT = (
    "aircraft plane airplane airliner jet jetliner superjumbo helicopter ship vessel device phone handset smartphone "
    "player tablet laptop computer car model vehicle rocket satellite missile software program programme product "
    "store service shop website application app game system"
)
# The subject at a clause's start: "He ...", "But the new plane ...".
SUBJECT = re.compile(
    r"[\"“‘'\s]*(?:(?:But|And|Then|So|Yet|However|Meanwhile),?\s+)?(?:(?P<person>(?:[Hh]e|[Ss]he)\b)|(?P<any>(?:[Ii]t|[Tt]hey)\b)|"
    rf"[Tt]h(?:e|is)\s+(?:[\w-]+\s+){{0,2}}?(?:(?P<body>{'|'.join(BODY.split())})|"
    rf"(?P<product>{'|'.join(PRODUCT.split())}))\b)(?!['’]s)"
)
# The subject after a verb of saying: "..., said the company".
ATTRIBUTION = re.compile(
    r"\w+\s+(?:(?P<person>(?:he|she)\b)|(?P<any>(?:it|they)\b)|the\s+(?P<body>" + "|".join(BODY.split()) + r"))\b"
)
# An event told of just before: "The deal was approved" is its subject's deal.
EVENTS = (
    "deal|agreement|order|contract|announcement|event|move|decision|flight|launch|ceremony|plan|statement|sale|purchase|"
    "merger|lawsuit|suit|settlement|proposal|offer|talk|meeting|visit|attack|raid|strike|operation|investigation|trial|"
    "verdict|ruling|project|programme|program|release|conference|speech|accident|crash|incident|delay|test|dispute|"
    "letter|report|interview|vote|election|takeover|acquisition|resignation|appointment|arrest|shooting|explosion|blast|"
    "match|tour|show|exhibition|concert|landing|take-off|takeoff|delivery|restructuring|campaign|march|protest|rally|"
    "summit|ceasefire|truce|treaty|pact|mission|rescue|search|transfer|donation|funding|grant|fine|penalty|sentence"
)
EVENT = re.compile(rf"(?:But\s+)?[Tt]h(?:e|is|at|ese|ose)\s+(?:[\w-]+\s+){{0,2}}?(?:{EVENTS})s?\b")
POSSESSIVE = re.compile(r"['’]s?(?![\w])|\s+['’](?=\s)")
MOST_SURNAMES = 60
PLACES = frozenset(("place", "country"))
PERSONAL = frozenset(("person", "other"))
LONGEST_NAME = 6
HAS_DIGIT = re.compile(r"\d|^[a-z][A-Z]")
# Opens a sentence with something other than its subject.
ADVERBIAL = re.compile(
    r"(?:In|At|On|By|For|From|With|Under|During|After|Before|While|When|As|Since|Despite|Following|According|Among|"
    r"Through|Yesterday|Today|Last|Earlier|Late|Alongside|Speaking|Citing|Asked|Although|Though|Because|If|Instead)\b"
)
# The subject right before the verb: "In 1986 he bought".
BESIDE_VERB = re.compile(r"\b(?:(?P<person>he|she)|(?P<any>it|they))\s+(?:(?:also|then|later|\w+ly)\s+)?$")
# "It is expected", "it was announced", "it emerged that": stands for nobody.
EMPTY_IT = re.compile(
    r"\s+(?:(?:is|was|has been|had been|remains|will be|would be)\s+(?:not\s+|also\s+|still\s+|now\s+)?"
    r"(?:\w+ed|thought|said|known|clear|unclear|likely|unlikely|possible|hoped|important|interesting|understood|time)\b"
    r"|(?:emerged|appears?|appeared|seems?|seemed|turned out|follows|took|takes)\b)"
)


@dataclass(slots=True)
class _Recent:
    """The last actor of each class, and the sentence that had it."""

    seen: dict[Class, tuple[str, int]]

    def last(self, classes: Sequence[Class], at: int) -> str | None:
        near = [self.seen[c] for c in classes if c in self.seen and at - self.seen[c][1] <= REACH]
        return max(near, key=lambda pair: pair[1])[0] if near else None


def full_names(mentions: Sequence[ActorMention]) -> Mapping[str, str]:
    """Lead from the short names of an article to the one longer name in it that they abbreviate.

    A surname ("Jobs"), a designation ("A380"), the first words of a body's name ("China Eastern"). Where two
    longer names fit, the short one stays what it is.
    """
    kinds: dict[str, set[str]] = {}
    for mention in mentions:
        kinds.setdefault(mention.name, set()).add(mention.kind)
    longer: dict[str, set[str]] = {}
    people = []  # names of two words of which one stands alone too
    for name, found in kinds.items():
        if " " not in name:
            continue
        words = name.split()
        is_person = found <= PERSONAL and not HAS_DIGIT.search(name)
        if is_person and kinds.get(words[-1], PLACES).isdisjoint(PLACES):
            longer.setdefault(words[-1], set()).add(name)
            people.append(name)
        for cut in range(1, min(len(words), LONGEST_NAME)):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            if HAS_DIGIT.search(tail):  # a product: "A380" is the Airbus A380, "Airbus" is not
                if tail in kinds:
                    longer.setdefault(tail, set()).add(name)
                continue
            if kinds.get(head, PLACES).isdisjoint(PLACES) and (cut > 1 or (is_person and "person" in kinds[head])):
                longer.setdefault(head, set()).add(name)
    for name in people:
        first = name.partition(" ")[0]
        if first in kinds and first not in longer and kinds[first].isdisjoint(PLACES):
            longer.setdefault(first, set()).add(name)
    found_one = {short: min(full) for short, full in longer.items() if len(full) == 1}
    return {short: found_one.get(full, full) for short, full in found_one.items()}


def whom(text: str, findings: Findings, clauses: Sequence[Clause]) -> list[tuple[str, ...]]:
    """Return the actors of each sentence, the subject first."""
    starts = [start for start, _ in findings.sentences]
    own: dict[int, list[ActorMention]] = {}
    for mention in findings.actors:
        own.setdefault(bisect.bisect_right(starts, mention.start) - 1, []).append(mention)
    longer = full_names(findings.actors)
    classes = _classes(findings.actors, longer)
    for short, name in longer.items():
        if classes.get(name) == "open" and name.endswith(f" {short}") and not HAS_DIGIT.search(short):
            classes[name] = "person"
    for mention in _surnames(text, findings.actors, classes):
        row = own.setdefault(bisect.bisect_right(starts, mention.start) - 1, [])
        bisect.insort(row, mention, key=lambda m: m.start)
    recent = _Recent({})
    out: list[tuple[str, ...]] = []
    for at, (start, end) in enumerate(findings.sentences):
        mentions = own.get(at, ())
        names = [longer.get(m.name, m.name) for m in mentions]
        subject = _subject(text, start, start + clauses[at].at, mentions, names) if mentions else None
        continued = _continued(text[start:end], clauses[at], recent, at, before=subject[1] - start if subject else None)
        first = continued or (subject[0] if subject else None)
        if first is None and out and EVENT.match(text, start, end):
            first = recent.last(("body", "open", "product", "person"), at)
        ordered = tuple(dict.fromkeys([first, *names] if first else names))
        for name in reversed(ordered):
            kind = classes.get(name, "body")
            if name == first or at - recent.seen.get(kind, ("", -REACH))[1] >= REACH:
                recent.seen[kind] = (name, at)
        out.append(ordered)
    return out


def _classes(mentions: Sequence[ActorMention], longer: Mapping[str, str]) -> dict[str, Class]:
    kinds: dict[str, set[str]] = {}
    for mention in mentions:
        kinds.setdefault(mention.name, set()).add(mention.kind)
    return {name: _class(name, found) for name, found in kinds.items() if name not in longer}


def _surnames(text: str, mentions: Sequence[ActorMention], classes: Mapping[str, Class]) -> Iterator[ActorMention]:
    """Surnames alone of people whom the article names in full, where name finding passed them over: "Jobs said"."""
    bearers: dict[str, set[str]] = {}
    for name, kind in classes.items():
        last = name.rpartition(" ")[2]
        if kind in ("person", "open") and last != name and last[:1].isupper() and len(last) > 2:
            bearers.setdefault(last, set()).add(name)
    taken = [(m.start, m.end) for m in mentions]
    for last, names in list(bearers.items())[:MOST_SURNAMES]:
        if len(names) > 1 or f" {last.lower()} " in text:
            continue
        start = text.find(last)
        while start >= 0:
            end = start + len(last)
            at = bisect.bisect_right(taken, (start, len(text))) - 1
            if (at < 0 or taken[at][1] <= start) and not _is_joined(text, start, end):
                yield ActorMention(start, end, min(names), "person")
            start = text.find(last, end)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a letter, digit or hyphen touches a word, so that it is a part of another."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(c.isalnum() or c in "-_" for c in around)


def _class(name: str, kinds: set[str]) -> Class:
    if "person" in kinds:
        return "person" if " " in name else "lone"
    if HAS_DIGIT.search(name):
        return "product"
    if kinds == {"place"}:
        return "place"
    return "open" if kinds == {"other"} else "body"


def _subject(
    text: str, start: int, verb: int, mentions: Sequence[ActorMention], names: Sequence[str]
) -> tuple[str, int] | None:
    """The first name before the verb, and where it stands; of "At Boeing's fair, rival Airbus said", Airbus."""
    after = text.rfind(",", start, verb) if ADVERBIAL.match(text, start) else -1
    found = None
    for mention, name in zip(mentions, names, strict=True):
        if mention.start >= verb:
            break
        if not POSSESSIVE.match(text, mention.end) and (found is None or found[1] < after):
            found = name, mention.start
    return found


def _continued(sentence: str, clause: Clause, recent: _Recent, at: int, *, before: int | None) -> str | None:
    """Whom the sentence's subject continues, if it is a pronoun or a description that fits somebody named before."""
    if not recent.seen:
        return None
    limit = clause.at + 1 if before is None else before
    match = SUBJECT.match(sentence, 0, limit)
    if match is None and ADVERBIAL.match(sentence) and (comma := sentence.rfind(", ", 0, limit)) > 0:
        match = SUBJECT.match(sentence, comma + 2, limit)
    if match is None and before is None:
        match = BESIDE_VERB.search(sentence, max(0, clause.at - 24), clause.at)
        if match is None and clause.is_speech:
            match = ATTRIBUTION.match(sentence, clause.at)
    if match is None:
        return None
    groups = match.groupdict()
    if groups["person"]:
        return recent.last(("person",), at) or recent.last(("open",), at) or recent.last(("lone",), at)
    if groups.get("body"):
        return recent.last(("body", "open"), at)
    if groups.get("product"):
        return recent.last(("product",), at)
    if EMPTY_IT.match(sentence, match.end()):
        return None
    return recent.last(("body", "open", "product"), at)
