"""Whom each sentence concerns: the names in it, and whom its pronoun or short description continues.

"He said ...", "The airline ..." take the last person or body that fits and was named shortly before. Where none does,
or somebody without a name came since ("an official"), nobody is made up.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Literal

import msgspec

from archivegen.model import ActorMention
from archivegen.timeline.anaphora import (
    ADVERBIAL,
    ADVERBIAL_BEGINS,
    ANY_CRAFT,
    ATTRIBUTION,
    BESIDE_VERB,
    COMPANY,
    EMPTY_IT,
    EVENT,
    ONE_CRAFT,
    OWNED,
    POSSESSIVE,
    SET_OFF,
    STATE,
    SUBJECT,
    SUBJECT_BEGINS,
)
from archivegen.timeline.clauses import Clause, Sentence
from archivegen.timeline.unnamed import are_unnamed, described_as, unnamed_person

__all__ = ["whom"]

# What a pronoun can stand for. "open": a name of unknown kind that may be a person's or a body's.
Class = Literal["person", "lone", "body", "state", "product", "place", "open"]

MAYBE_PEOPLE = frozenset(("person", "lone", "open"))
INTRODUCTION = 12  # sentences back in which a name was described
REACH = 3  # sentences without the name that a pronoun or description can reach back over
MOST_SURNAMES = 60
PLACES = frozenset(("place", "country"))
PERSONAL = frozenset(("person", "other"))
LONGEST_NAME = 6
KEPT = 1 << 14  # names that are remembered: articles of an archive have many in common
HAS_DIGIT = re.compile(r"\d|^[a-z][A-Z]")
NO_LETTER = "\"“‘' \n\t"


_start = attrgetter("start")


class _Told(msgspec.Struct, frozen=True):
    """A text's sentences, and whom it names: mentions, the full name of each, and where those of a sentence begin."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[ActorMention]
    names: Sequence[str]
    bounds: Sequence[int]
    classes: Mapping[str, Class]

    def named(self, at: int) -> Iterable[tuple[ActorMention, str]]:
        """The mentions of a sentence, by its number, each with the full name."""
        here = slice(*self.bounds[at : at + 2])
        return zip(self.mentions[here], self.names[here], strict=True)


class _Recent(msgspec.Struct):
    """The actors of the sentences so far; worked out where it is asked for, which in most sentences it is not.

    `seen` is the last actor of each class, and the sentence that had it; `subject` is the last sentence's first actor;
    `lost` the last sentence whose subject fits nobody named.
    """

    classes: Mapping[str, Class]
    told: list[tuple[tuple[str, ...], str | None]]  # of each sentence its actors, and the first if that is its subject
    lost: int = -9
    _read: int = 0
    _seen: dict[Class, tuple[str, int]] = msgspec.field(default_factory=dict)
    _subject: tuple[str, int] = ("", -9)

    @property
    def seen(self) -> Mapping[Class, tuple[str, int]]:
        for at in range(self._read, len(self.told)):
            names, first = self.told[at]
            for name in reversed(names):  # others put nobody out who was named shortly before
                kind = self.classes.get(name, "body")
                if name == first or kind not in self._seen or at - self._seen[kind][1] >= REACH:
                    self._seen[kind] = (name, at)
            if first:
                self._subject = (first, at)
        self._read = len(self.told)
        return self._seen

    @property
    def subject(self) -> tuple[str, int]:
        return self._subject if self.seen else ("", -9)

    def last(self, classes: Sequence[Class], at: int) -> tuple[str, int] | None:
        seen = self.seen
        near = [seen[c] for c in classes if c in seen and at - seen[c][1] <= REACH]
        return max(near, key=lambda pair: pair[1]) if near else None


def _kinds(mentions: Iterable[ActorMention]) -> dict[str, set[str]]:
    """Lead from names to the kinds they were found to be of."""
    kinds: dict[str, set[str]] = {}
    for name, kind in dict.fromkeys([(mention.name, mention.kind) for mention in mentions]):
        kinds.setdefault(name, set()).add(kind)
    return kinds


def _full_names(kinds: Mapping[str, set[str]]) -> dict[str, str]:
    """Lead from the short names of an article to the one longer name in it that they abbreviate.

    A surname ("Jobs"), a designation ("A380"), the first words of a body's name ("China Eastern"). Where two
    longer names fit, the short one stays what it is.
    """
    longer: dict[str, set[str]] = {}
    people = []  # names of two words of which one stands alone too
    for name, found in kinds.items():
        if " " not in name:
            continue
        is_person = found <= PERSONAL and not _is_product(name)
        last = name.split()[-1]
        if is_person and kinds.get(last, PLACES).isdisjoint(PLACES):
            longer.setdefault(last, set()).add(name)
            people.append(name)
        for cut, (head, tail) in enumerate(_cuts(name), 1):
            if _is_product(tail):  # "A380" is the Airbus A380, "Airbus" is not
                if tail in kinds:
                    longer.setdefault(tail, set()).add(name)
            elif kinds.get(head, PLACES).isdisjoint(PLACES) and (cut > 1 or (is_person and "person" in kinds[head])):
                longer.setdefault(head, set()).add(name)
    for name in people:
        first = name.partition(" ")[0]
        if first in kinds and first not in longer and kinds[first].isdisjoint(PLACES):
            longer.setdefault(first, set()).add(name)
    found_one = {short: min(full) for short, full in longer.items() if len(full) == 1}
    return {short: found_one.get(full, full) for short, full in found_one.items()}


@lru_cache(maxsize=KEPT)
def _cuts(name: str) -> tuple[tuple[str, str], ...]:
    """The ways to cut a name in two."""
    words = name.split()
    return tuple((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, min(len(words), LONGEST_NAME)))


@lru_cache(maxsize=KEPT)
def _is_product(name: str) -> bool:
    """Tell a product by its name's looks: "A380", "iPhone"."""
    return HAS_DIGIT.search(name) is not None


def whom(text: str, sentences: Sequence[Sentence], mentions: Sequence[ActorMention]) -> list[tuple[str, ...]]:
    """Return the actors of each sentence, the subject first."""
    if not mentions:
        return [()] * len(sentences)
    told = _told(text, sentences, mentions)
    craft = _only_craft(told)
    recent = _Recent(told.classes, [])
    for at, sentence in enumerate(sentences):
        here, stop = told.bounds[at], told.bounds[at + 1]
        names = told.names[here:stop]
        subject = _subject(told, sentence, here, stop) if names else None
        if subject and subject[1] == 0:
            first: str | None = subject[0]
        else:
            continued = _continued(told, recent, at, before=subject[1] if subject else None)
            first = continued or (subject[0] if subject else None)
            if first is None and at and EVENT.match(sentence.text):
                last = recent.last(("body", "state", "open", "product", "person"), at)
                first = last[0] if last else None
        if craft and "product" in recent.seen and ANY_CRAFT.search(sentence.text):
            names = [*names, craft]
        recent.told.append((tuple(dict.fromkeys([first, *names] if first else names)), first))
    return [names for names, _ in recent.told]


def _told(text: str, sentences: Sequence[Sentence], mentions: Sequence[ActorMention]) -> _Told:
    kinds = _kinds(mentions)
    longer = _full_names(kinds)
    classes = _classes(kinds, longer)
    more = [*_surnames(text, mentions, classes)]
    mentions = sorted([*mentions, *more], key=_start) if more else mentions
    names = [longer.get(mention.name, mention.name) for mention in mentions]
    starts = [mention.start for mention in mentions]
    bounds = [bisect.bisect_left(starts, sentence.start) for sentence in sentences]
    return _Told(text, sentences, mentions, names, [*bounds, len(starts)], classes)


def _classes(kinds: Mapping[str, set[str]], longer: Mapping[str, str]) -> dict[str, Class]:
    classes = {name: _class(name, found) for name, found in kinds.items() if name not in longer}
    for short, name in longer.items():
        if classes.get(name) == "open" and name.endswith(f" {short}") and not _is_product(short):
            classes[name] = "person"
    return classes


def _surnames(text: str, mentions: Sequence[ActorMention], classes: Mapping[str, Class]) -> Iterator[ActorMention]:
    """Surnames alone of people whom the article names in full, where name finding passed them over: "Jobs said"."""
    bearers: dict[str, set[str]] = {}
    for name, kind in classes.items():
        last = name.rpartition(" ")[2]
        if kind in ("person", "open") and last != name and last[:1].isupper() and len(last) > 2:
            bearers.setdefault(last, set()).add(name)
    named = "\n".join([text[mention.start : mention.end] for mention in mentions])
    starts = [mention.start for mention in mentions]
    for last, names in list(bearers.items())[:MOST_SURNAMES]:
        if len(names) > 1 or text.count(last) == named.count(last):
            continue
        if (word := last.lower()) in text and f" {word} " in text:  # blanks are slow to look for
            continue
        start = text.find(last)
        while start >= 0:
            end = start + len(last)
            at = bisect.bisect_right(starts, start) - 1
            if (at < 0 or mentions[at].end <= start) and not _is_joined(text, start, end):
                yield ActorMention(start, end, min(names), "person")
            start = text.find(last, end)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a letter, digit or hyphen touches a word, so that it is a part of another."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(c.isalnum() or c in "-_" for c in around)


def _class(name: str, kinds: set[str]) -> Class:
    if "person" in kinds:
        return "person" if " " in name else "lone"
    if _is_product(name):
        return "product"
    if kinds == {"place"}:
        return "place"
    if "country" in kinds:
        return "state"
    return "open" if kinds == {"other"} else "body"


def _is_adverbial(sentence: str) -> bool:
    return sentence[:2] in ADVERBIAL_BEGINS and ADVERBIAL.match(sentence) is not None


def _subject(told: _Told, sentence: Sentence, here: int, stop: int) -> tuple[str, int] | None:
    """The first name before the verb, and where it stands; of "At Boeing's fair, rival Airbus said", Airbus."""
    start, verb = sentence.start, sentence.clause.at
    after = sentence.text.rfind(",", 0, verb) if _is_adverbial(sentence.text) else -1
    found = None
    for number in range(here, stop):
        mention = told.mentions[number]
        at = mention.start - start
        if at >= verb:
            break
        if (found is None or found[1] < after) and not _is_possessive(told.text, mention.end):
            found = told.names[number], at
    return found


def _is_possessive(text: str, end: int) -> bool:
    if text[end + 1 : end + 2].isalnum() and text[end] not in "'’":  # as after most names: a blank and a word
        return False
    return POSSESSIVE.match(text, end) is not None


def _continued(told: _Told, recent: _Recent, at: int, *, before: int | None) -> str | None:
    """Whom the sentence's subject continues, if it is a pronoun or a description that fits somebody named before."""
    sentence = told.sentences[at]
    match = _continuing(sentence.text, sentence.clause, before)
    if match is None:
        return None
    group = match.lastgroup
    if group == "person":
        return _person(told, recent, at)
    if group == "any":
        if EMPTY_IT.match(sentence.text, match.end()):
            return None
        return _thing(told, recent, at, is_plural=match["any"].lower() == "they")
    found = _body(told, recent, at, match["body"].lower()) if group == "body" else _product(told, recent, at)
    if found is None:
        recent.lost = at
    return found


def _continuing(sentence: str, clause: Clause, before: int | None) -> re.Match[str] | None:
    """Find the pronoun or description that is the subject, where no name at `before` comes first."""
    limit = clause.at + 1 if before is None else before
    may_begin = sentence[:2] in SUBJECT_BEGINS or sentence[0] in NO_LETTER
    match = SUBJECT.match(sentence, 0, limit) if may_begin else None
    if match is None and _is_adverbial(sentence) and (comma := sentence.rfind(", ", 0, limit)) > 0:
        match = SUBJECT.match(sentence, comma + 2, limit)
    if match is None and before is None:
        match = BESIDE_VERB.search(sentence, max(0, clause.at - 24), clause.at)
        if match is None and clause.is_speech and sentence[: clause.at].rstrip().endswith(SET_OFF):
            match = ATTRIBUTION.match(sentence, clause.at)
    return match


def _name(found: tuple[str, int] | None) -> str | None:
    return found[0] if found else None


def _product(told: _Told, recent: _Recent, at: int) -> str | None:
    """The last product; where the article has one only, however long ago it was named."""
    last = recent.seen.get("product")
    is_only = last and list(told.classes.values()).count("product") == 1
    return last[0] if last and is_only else _name(recent.last(("product",), at))


def _only_craft(told: _Told) -> str | None:
    """The one product of an article, if a sentence that names it speaks of an aircraft, ship or car: it is that."""
    products = [name for name, kind in told.classes.items() if kind == "product"]
    if len(products) != 1:
        return None
    for at, sentence in enumerate(told.sentences):
        if any(full == products[0] for _, full in told.named(at)) and ONE_CRAFT.search(sentence.text):
            return products[0]
    return None


def _person(told: _Told, recent: _Recent, at: int) -> str | None:
    """The last person, unless somebody without a name has come since."""
    found = recent.last(("person",), at) or recent.last(("open",), at) or recent.last(("lone",), at)
    if found and any(_is_another(told, before, found[0]) for before in range(found[1], at)):
        return None
    return _name(found)


def _is_another(told: _Told, at: int, name: str) -> bool:
    """Tell whether a sentence is of somebody without a name who need not be the one named before."""
    sentence = told.sentences[at]
    words, verb = sentence.text, sentence.clause.at
    people = [m.start - sentence.start for m, full in told.named(at) if told.classes.get(full) in MAYBE_PEOPLE]
    first = words.rfind(", ", 0, verb) + 2 if _is_adverbial(words) and ", " in words[:verb] else 0
    noun = unnamed_person(words, first, verb, people)
    return noun is not None and not (noun and _was_called(told, at, name, noun))


def _was_called(told: _Told, at: int, name: str, noun: str, *, owns: bool = False) -> bool:
    """Tell whether a name was shortly before described with a noun."""
    return any(
        described_as(told.text, mention.start, mention.end, noun, owns=owns)
        for before in range(max(0, at - INTRODUCTION), at + 1)
        for mention, full in told.named(before)
        if full == name
    )


def _body(told: _Told, recent: _Recent, at: int, noun: str) -> str | None:
    """Whom "the airline", "the ministry" stand for: the last company, or who was called that; else nobody."""
    if noun in COMPANY:
        return _name(recent.last(("body", "open"), at))
    near = {name for before in range(max(0, at - REACH), at) for _, name in told.named(before)}
    called = [name for name in sorted(near) if _was_called(told, at - 1, name, noun, owns=noun in OWNED)]
    if called:
        return called[0] if len(called) == 1 else None
    name, when = recent.subject
    return name if noun in STATE and when == at - 1 and told.classes.get(name) == "state" else None


def _thing(told: _Told, recent: _Recent, at: int, *, is_plural: bool) -> str | None:
    """The last body or thing, unless the text has gone over to others without a name."""
    found = recent.last(("body", "state", "open", "product"), at)
    if found is None or recent.lost >= found[1]:
        return None
    for before in range(found[1] + 1, at) if is_plural else ():
        sentence = told.sentences[before]
        if are_unnamed(sentence.text, sentence.clause.at):
            return None
    return found[0]
