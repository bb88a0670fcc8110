"""Who may be the same actor: what is proposed to the editor, and what is not."""

from __future__ import annotations

import pytest

from archivegen.model import Actor, Kind
from archivegen.timeline.proposals import propose


def actor(name: str, kind: Kind = "person", articles: int = 2) -> Actor:
    return Actor(name.casefold().replace(" ", "-"), name, kind, (), articles, 3, True)


@pytest.mark.parametrize(
    ("often", "rare", "kind", "reason"),
    [
        ("Georgi Malley", "Georg Malley", "person", "first names that look alike"),
        ("Alexander Noorzai", "Alex Noorzai", "person", "first names that look alike"),
        ("John Harlow", "J. Harlow", "person", "first names that look alike"),
        ("Ruth Adeyemi", "Adeyemi", "person", "no article has both names"),
        ("Worldwide Traders", "World Wide Traders", "organisation", "other spaces"),
    ],
)
def test_likely_pairs_are_proposed_with_the_reason(often: str, rare: str, kind: Kind, reason: str) -> None:
    (found,) = propose([actor(rare, kind), actor(often, kind, articles=5)])
    assert (found.name, found.owners) == (rare, (often,))
    assert found.reason.endswith(reason)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ruth Adeyemi", "Helen Adeyemi", "person"),
        ("Niger", "Nigeria", "country"),
        ("Northway Bank", "Northway Rail", "organisation"),
    ],
)
def test_a_surname_or_a_look_alone_proposes_nothing(one: str, other: str, kind: Kind) -> None:
    assert propose([actor(one, kind), actor(other, kind)]) == ()


def test_a_surname_of_two_people_names_both() -> None:
    (found,) = propose([actor("Imran Kadar"), actor("Salma Kadar", articles=9), actor("Kadar", "other")])
    assert (found.name, found.owners) == ("Kadar", ("Salma Kadar", "Imran Kadar"))
