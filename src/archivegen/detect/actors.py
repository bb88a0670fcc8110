"""Names of people, organisations and countries in one article's text, with offsets, kind and role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from archivegen.detect.agreement import Candidate, Named, agree
from archivegen.detect.candidates import Word, begins_sentence, is_item, stretches
from archivegen.detect.context import Sides, lower_words, sides_of
from archivegen.detect.cues import CUES_BEFORE, ROLE_LAST, Scores, with_cues
from archivegen.detect.evidence import evidence
from archivegen.detect.headlines import as_running_text
from archivegen.detect.judge import KINDS, Judge, Judged
from archivegen.detect.known import KnownName, NameIndex, index_names, known_places, with_stated
from archivegen.detect.metonyms import country_in, parties, state_meant
from archivegen.detect.phrases import Phrase, Phrases
from archivegen.detect.roles import role_of
from archivegen.detect.sides import with_sides
from archivegen.detect.surnames import by_tail
from archivegen.detect.tails import with_tails
from archivegen.detect.weights import load_model
from archivegen.detect.words_en import PLAIN_STARTS
from archivegen.detect.world import load_world
from archivegen.model import ActorMention, Kind

__all__ = ["NameIndex", "find_actors", "index_names"]

SURE = 100.0  # far over any score


def find_actors(text: str, *, known: NameIndex, stated: Sequence[str] = ()) -> tuple[ActorMention, ...]:
    """Find the names in a clean body; in text order, without overlaps."""
    taken = list(known_places(text, known))
    if stated:
        taken = _without_overlaps([*known_places(text, with_stated(known, stated)), *taken])
    judge = _judge()
    lowered = lower_words(text)
    plain = as_running_text(text, lowered, judge.model.common)
    found = _candidates(plain, lowered)
    named = agree(_with_known(found, taken), judge.model.common)
    if stated or known.tails:
        tails = (by_tail((name, name) for name in stated), known.tails)
        passed_over = (item for item in found if item.scores is None)
        named = list(with_tails(named, passed_over, tails, (known.kinds, judge.model.common)))
    roles = _roles(text, named, is_plain=plain is text)
    shown = evidence(plain, named, roles, judge.model, lowered)
    named = with_sides(plain, named)  # without evidence for a page: the next article means the city
    states = _states_meant(text, named)
    known_at = {k.start: k for k in taken}
    mentions = [
        _known_mention(known_at.pop(item.start), item, text, shown.get((item.name, item.kind), 0))
        if item.start in known_at
        else _mention(item, states.get(item.start), roles.get(item.start, ""), shown.get((item.name, item.kind), 0))
        for item in named
        if not known.ignore or item.start in known_at or not _is_ignored(item, known)
    ]
    mentions += [ActorMention(k.start, k.end, k.name, k.kind or _plain_kind(k.name)) for k in known_at.values()]
    return tuple(sorted(mentions, key=lambda m: m.start))


def _known_mention(known: KnownName, item: Named, text: str, weight: int) -> ActorMention:
    """A known name keeps its name, and its kind if the editor gave one."""
    kind = known.kind or ("country" if country_in(known.name) == known.name else item.kind)
    role = role_of(text, known.start, known.end) if kind == "person" else ""
    return ActorMention(known.start, known.end, known.name, kind, role, 2 if known.kind else weight)


def _plain_kind(name: str) -> Kind:
    return "country" if country_in(name) == name else "other"


def _states_meant(text: str, named: Sequence[Named]) -> Mapping[int, str]:
    """The countries that places name or stand for, by where they begin."""
    world = load_world()
    places = [item for item in named if item.kind == "place"]
    out = {item.start: world.countries[item.name] for item in places if item.name in world.countries}
    if any(item.name in world.capitals for item in places):
        states = {country for item in named if (country := country_in(item.name))}
        beside = parties(named)
        for item in places:
            if item.start not in out and (state := state_meant(text, item, states, beside)):
                out[item.start] = state
    return out


def _mention(item: Named, country: str | None, role: str, weight: int) -> ActorMention:
    if country:
        return ActorMention(item.start, item.end, country, "country")
    return ActorMention(item.start, item.end, item.name, item.kind, role, weight)


def _roles(text: str, named: Sequence[Named], *, is_plain: bool) -> dict[int, str]:
    """What people are said to be, by where the name begins; `is_plain` tells that the words beside are the text's."""
    out = {}
    for item in named:
        if item.kind != "person":
            continue
        may_have = not is_plain or CUES_BEFORE[item.before] & ROLE_LAST or text[item.end : item.end + 1] == ","
        if may_have and (role := role_of(text, item.start, item.end)):
            out[item.start] = role
    return out


def _is_ignored(item: Named, known: NameIndex) -> bool:
    ignore = known.ignore
    return item.form in ignore or item.name in ignore or item.form.casefold() in ignore


def _with_known(found: Iterable[Candidate], taken: Sequence[KnownName]) -> list[Candidate]:
    """The candidates that no known name covers, and known names that are one, so that a surname finds them."""
    if not taken:
        return list(found)
    out = []
    at = 0
    for item in found:
        while at < len(taken) and taken[at].end <= item.start:
            at += 1
        if at == len(taken) or taken[at].start >= item.end:
            out.append(item)
        elif (item.start, item.end) == (taken[at].start, taken[at].end) and item.scores:
            out.append(replace(item, form=taken[at].name, scores=_sure(item.scores, taken[at].kind)))
    return out


def _sure(scores: Scores, kind: Kind | None) -> Scores:
    """Scores that leave no doubt about a kind that is known."""
    if kind is None:
        return scores
    at = KINDS.index("place" if kind == "country" else kind)
    person, organisation, place, other = (score + (SURE if i == at else 0.0) for i, score in enumerate(scores))
    return person, organisation, place, other


def _candidates(text: str, lowered: Mapping[str, bool]) -> list[Candidate]:
    """What may be a name, and the words passed over beside it, in text order."""
    phrases, judge = _phrases(), _judge()
    found: list[Candidate] = []
    for stretch in stretches(text):
        at = stretch[0]
        for phrase in phrases.of(text, stretch, initial=begins_sentence(text, at)):
            if phrase.is_plain:
                _pass_over(found, at, phrase.words)
                continue
            start, initial = at + phrase.start, phrase.initial
            item = initial and is_item(text, start)
            sides = sides_of(text, start, at + phrase.end, item=item)
            judged = judge.judge(phrase.wording, sides, lowered, initial=initial, item=item)
            _add_judged(found, text, at, phrase, sides, judged)
    return found


def _add_judged(
    found: list[Candidate], text: str, at: int, phrase: Phrase, sides: Sides, judged: Sequence[Judged]
) -> None:
    """Add the names that the judge sees in a phrase, and its other words; `at` is where its stretch begins."""
    words = phrase.words
    passed = 0
    for first, last, scores in judged:
        if last - first == 1 and words[first].text in PLAIN_STARTS:
            continue
        if passed < first:
            _pass_over(found, at, words[passed:first])
        passed = last
        name = phrase.names.get((first, last)) or phrase.name(first, last)
        start, end = at + name.start, at + name.end
        if first:
            before = words[first - 1].text if text[start - 1] == " " else ""
        else:
            before, far = sides[0]
            if before == ".":  # "Mr." is a title, "." nothing
                before = far + "."
        after = words[last].text if last < len(words) else sides[1][sides[1][0] == ","]
        cued = with_cues(text, start, end, scores, name.looks, before, after)
        found.append(Candidate(start, end, name.form, cued, before, after))
    if passed < len(words):
        _pass_over(found, at, words[passed:])


def _pass_over(found: list[Candidate], at: int, words: Sequence[Word]) -> None:
    """Add the words that stand outside of names."""
    found += [Candidate(at + word.start, at + word.end, word.text, None) for word in words if not word.joiner]


@cache
def _judge() -> Judge:
    return Judge(load_model())


@cache
def _phrases() -> Phrases:
    return Phrases(_judge())


def _without_overlaps(found: list[KnownName]) -> list[KnownName]:
    out: list[KnownName] = []
    for item in sorted(found, key=lambda k: (k.start, -k.end)):
        if not out or out[-1].end <= item.start:
            out.append(item)
    return out
