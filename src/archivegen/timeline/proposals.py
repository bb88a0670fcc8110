"""Who of the actors may be the same, each with the reason: for an editor to settle. Nothing is merged here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from archivegen.model import Actor
from archivegen.timeline.spellings import fold, surname

__all__ = ["Proposal", "propose"]

LARGEST_BLOCK = 40  # people of one surname: among more, a look says nothing
LEAST_GIVEN = 4  # letters of first names that may differ by one


class Proposal(msgspec.Struct, frozen=True):
    """A name that may be one of `owners`; they are its likely actors, the most often named first."""

    name: str
    owners: tuple[str, ...]
    reason: str


def propose(actors: Iterable[Actor]) -> tuple[Proposal, ...]:
    """List who may be the same actor, by name. Countries and places are never one for their looks."""
    actors = [actor for actor in actors if actor.kind in ("person", "organisation", "other")]
    found = [*_open_surnames(actors), *_alike(actors), *_run_together(actors)]
    return tuple(sorted(found, key=lambda proposal: (fold(proposal.name), proposal.owners)))


def _open_surnames(actors: Sequence[Actor]) -> Iterator[Proposal]:
    bearers: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.kind == "person" and " " in actor.name:
            bearers[surname(fold(actor.name))].append(actor)
    for actor in actors:
        owners = bearers.get(fold(actor.name), [])
        if " " in actor.name or not owners or actor.kind == "organisation":
            continue
        if len(owners) > 1:
            yield Proposal(actor.name, _names(owners), "the surname of several people; no article says of whom")
        elif actor.mentions > 1:
            yield Proposal(actor.name, _names(owners), "the same surname; no article has both names")


def _alike(actors: Sequence[Actor]) -> Iterator[Proposal]:
    """People of one surname whose first names are nearly one."""
    people: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.kind == "person" and " " in actor.name:
            people[surname(fold(actor.name))].append(actor)
    for members in people.values():
        if not 1 < len(members) <= LARGEST_BLOCK:
            continue
        for actor in members:
            owners = [m for m in members if _is_more_known(m, actor) and _alike_given(fold(m.name), fold(actor.name))]
            if owners:
                yield Proposal(actor.name, _names(owners), "the same surname, and first names that look alike")


def _is_more_known(one: Actor, other: Actor) -> bool:
    return one is not other and (one.articles, one.mentions, other.id) > (other.articles, other.mentions, one.id)


def _alike_given(one: str, other: str) -> bool:
    a, b = one.split(maxsplit=1)[0], other.split(maxsplit=1)[0]
    if a == b:
        return True
    if a.startswith(b) or b.startswith(a):  # "J", "John"; "Alex", "Alexander"
        return True
    if min(len(a), len(b)) < LEAST_GIVEN or abs(len(a) - len(b)) > 1:
        return False
    return _one_apart(a, b)


def _one_apart(one: str, other: str) -> bool:
    """Tell whether one letter put in, left out or changed makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[at:] == other[at + 1 :] or one[at + 1 :] == other[at + 1 :]


def _run_together(actors: Sequence[Actor]) -> Iterator[Proposal]:
    """Names that differ in their spaces only: "Worldwide Traders", "World Wide Traders"."""
    same: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.kind != "other":
            same[fold(actor.name).replace(" ", "")].append(actor)
    for members in same.values():
        members.sort(key=lambda m: (-m.articles, -m.mentions, m.id))
        for actor in members[1:]:
            if actor.kind == members[0].kind and fold(actor.name) != fold(members[0].name):
                yield Proposal(actor.name, (members[0].name,), "the same letters with other spaces")


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    ordered = sorted(actors, key=lambda actor: (-actor.articles, -actor.mentions, actor.id))
    return tuple(dict.fromkeys(actor.name for actor in ordered))
