"""What an article must say of a name before it counts as a person's or an organisation's."""

from __future__ import annotations

import pytest

from archivegen.authority import Authority
from archivegen.detect.actors import find_actors, index_names

NOTHING = index_names(Authority((), {}, frozenset()))


def evidence(text: str, name: str) -> tuple[str, int]:
    """The kind that was found for a name, and how sure it is."""
    found = {(m.kind, m.evidence) for m in find_actors(text, known=NOTHING) if m.name == name}
    assert len(found) == 1, f"{name} is {found} in {text!r}"
    return found.pop()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor met Dorte Maalund on Monday. Maalund said she would come again.", "Dorte Maalund"),
        ("The Danish Foreign Minister Anders Holm resigned. He gave no reason.", "Anders Holm"),
        ("The prize went to Michael Torvik, 54, of Bergen.", "Michael Torvik"),
        ("The letter was written by Mr. Anders Holmqvist, who left it on the table.", "Anders Holmqvist"),
    ],
)
def test_people_are_shown_by_what_is_said_of_them(text: str, name: str) -> None:
    assert evidence(text, name) == ("person", 2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The airline Tessarine said its flights were full. Tessarine announced a new route.", "Tessarine"),
        ("The Harbour Workers Union announced a strike on Monday.", "Harbour Workers Union"),
        ("Shares of Tessarine Corp. fell, and a spokesman for Tessarine Corp. said no more.", "Tessarine Corp."),
    ],
)
def test_organisations_are_shown_by_what_they_do(text: str, name: str) -> None:
    assert evidence(text, name) == ("organisation", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Buyers like the Lyrabook Pro. The Lyrabook Pro has a new screen, and the Lyrabook Pro is light.",
        "They flew with the Orlando Tristar to the north. The Orlando Tristar is old.",
        "The carrier Fjord Lingusson has purchased 12 new planes. Fjord Lingusson also has options on six.",
        "A new version, Aria OS, is out. Aria OS costs nothing.",
    ],
)
def test_what_only_looks_like_a_name_of_a_person_is_not_shown_as_one(text: str) -> None:
    assert not [m for m in find_actors(text, known=NOTHING) if m.kind == "person" and m.evidence]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A letter from Assistant Secretary of the Navy for Supplies Darlene Drummel reached us.",
            {"Darlene Drummel"},
        ),
        ("The order came from Lieutenant-Colonel Max Varrinder himself.", {"Max Varrinder"}),
        ("A visit of Lisbon Cardinal Josip Bernardez was planned.", {"Josip Bernardez"}),
    ],
)
def test_an_office_is_not_part_of_its_holders_name(text: str, names: set[str]) -> None:
    assert {m.name for m in find_actors(text, known=NOTHING) if m.kind == "person"} == names
