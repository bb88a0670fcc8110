"""Names found in one article's text: cases from a file, known names, roles, and what must hold for any text."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivegen.authority import Authority, KnownActor, load_authority
from archivegen.detect.actors import find_actors, index_names
from archivegen.model import ActorMention

CASES = Path(__file__).with_name("actors_cases.txt").read_text(encoding="utf-8")
NOTHING = index_names(Authority((), {}, frozenset()))


def cases() -> list[tuple[str, list[tuple[str, str, str]]]]:
    found = []
    for block in CASES.partition("parts the cases; the text's own line ends stand.\n")[2].split("---\n"):
        lines = block.splitlines()
        text = "\n".join(line for line in lines if not line.startswith("=>"))
        wanted = []
        for line in lines:
            if line.startswith("=>"):
                form, kind, *name = [part.strip() for part in line[2:].split("|")]
                wanted.append((form, kind, name[0] if name else form))
        found.append((text, wanted))
    return found


def shown(text: str, mention: ActorMention) -> tuple[str, str, str]:
    return " ".join(text[mention.start : mention.end].split()), mention.kind, mention.name


def authority(tmp_path: Path, text: str) -> Authority:
    path = tmp_path / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return load_authority(path)


@pytest.mark.parametrize(("text", "wanted"), cases(), ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_case(text: str, wanted: list[tuple[str, str, str]]) -> None:
    found = [shown(text, m) for m in find_actors(text, known=NOTHING) if m.kind != "other"]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("On Monday Danish Foreign Minister Anders Holm resigned.", "Danish Foreign Minister"),
        ("The news came from police spokeswoman Maria Lund on Monday.", "police spokeswoman"),
        ("It was sold by Maria Lund, a spokeswoman for the bank, on Monday.", "spokeswoman for the bank"),
        ("The aide is the head of President Maria Lund in all but name.", "President"),
        ("We saw Maria Lund in the street.", ""),
        ("The letter is by Mr. Anders Holm himself.", ""),
    ],
)
def test_a_role_is_read_and_not_swallowed(text: str, role: str) -> None:
    people = [m for m in find_actors(text, known=NOTHING) if m.kind == "person"]
    assert [m.role for m in people] == [role]
    assert text[people[0].start : people[0].end] in ("Anders Holm", "Maria Lund")


def test_a_surname_that_two_people_share_stays_open() -> None:
    text = "Imran Kadar met Salma Kadar in the hall. Kadar said nothing."
    names = [m.name for m in find_actors(text, known=NOTHING)]
    assert names == ["Imran Kadar", "Salma Kadar", "Kadar"]


def test_known_names_win_in_any_capitals(tmp_path: Path) -> None:
    file = "actors:\n- {name: zPlayer store, kind: organisation, aliases: [ZPS]}\n- {name: The Old Mill, kind: place}\n"
    known = index_names(authority(tmp_path, file))
    text = "He went to the zPlayer Store, the ZPS, near the Old Mill. A zplayer store is not named."
    found = find_actors(text, known=known)
    assert [shown(text, m) for m in found if m.kind != "other"][:2] == [
        ("zPlayer Store", "organisation", "zPlayer store"),
        ("ZPS", "organisation", "zPlayer store"),
    ]
    assert "zplayer store" not in [text[m.start : m.end] for m in found]


def test_a_surname_finds_a_known_person(tmp_path: Path) -> None:
    known = index_names(authority(tmp_path, "actors:\n- {name: Ruth Adeyemi, aliases: [Ruth Cole]}\n"))
    text = "The mayor, Ruth Adeyemi, opened the bridge. Adeyemi said it was late."
    assert [(m.name, m.kind) for m in find_actors(text, known=known)] == [("Ruth Adeyemi", "person")] * 2


KNOWN_TAILS = """\
actors:
- {name: Ruth Adeyemi, kind: person}
- {name: Norbank N420, kind: other}
- {name: Harlow Bank, kind: organisation}
- {name: Peter Lindqvist, kind: person}
- {name: Karin Lindqvist, kind: person}
- {name: John Paris, kind: person}
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On Monday, Adeyemi said that the bridge was late.", ["Ruth Adeyemi"]),
        ("The first of the N420s was sold, and the N420 is late.", ["Norbank N420", "Norbank N420"]),
        ("Folasade Adeyemi spoke. Later Adeyemi said it was late.", ["Folasade Adeyemi", "Folasade Adeyemi"]),
        ("On Monday, Lindqvist said that the bridge was late.", ["Lindqvist"]),
        ("They met in Paris on Monday.", ["Paris"]),
        ("The Bank said on Monday that rates would stay.", []),
    ],
)
def test_a_known_name_is_found_by_a_last_word_that_tells(tmp_path: Path, text: str, names: list[str]) -> None:
    known = index_names(authority(tmp_path, KNOWN_TAILS))
    assert [m.name for m in find_actors(text, known=known) if m.name != "Bank"] == names


def test_a_stated_name_is_found_by_its_last_word() -> None:
    text = "The company sold ten N420s. Adeyemi said so."
    found = find_actors(text, known=NOTHING, stated=["Norbank N420", "Ruth Adeyemi"])
    assert [m.name for m in found] == ["Norbank N420", "Ruth Adeyemi"]


def test_known_names_with_full_stops_and_over_line_ends_are_found(tmp_path: Path) -> None:
    known = index_names(authority(tmp_path, "actors:\n- {name: A.C.M.E., kind: organisation}\n- Grey Harbour Trust\n"))
    text = "It was A.C.M.E. that paid, and the Grey\nHarbour Trust that did not."
    assert [m.name for m in find_actors(text, known=known)] == ["A.C.M.E.", "Grey Harbour Trust"]


def test_ignored_names_are_nobody(tmp_path: Path) -> None:
    text = "Angela Hartmann was in Oslo. Hartmann left Oslo later."
    known = index_names(authority(tmp_path, "ignore: [Oslo]\n"))
    assert {m.name for m in find_actors(text, known=known)} == {"Angela Hartmann"}


def test_stated_names_are_found_wherever_they_stand() -> None:
    text = "The song is by the old hands of salt, as all agree. Salt Hands is another band."
    found = find_actors(text, known=NOTHING, stated=["the old hands of salt"])
    assert text[found[0].start : found[0].end] == "the old hands of salt"
    assert found[0].name == "the old hands of salt"


@pytest.mark.parametrize("word", ["Nobody", "Everyone", "Somebody", "Anything"])
def test_a_word_for_anybody_at_all_begins_no_name(word: str) -> None:
    text = f"The talks failed. “{word} in Lisbon was consulted,” said Anders Holm."
    assert [mention.name for mention in find_actors(text, known=NOTHING)] == ["Lisbon", "Anders Holm"]


def test_the_index_of_100000_names_pickles_and_finds_them() -> None:
    actors = tuple(
        KnownActor(f"Person{i} Family{i % 977}", "person", (), (), (), "", "", i + 2) for i in range(100_000)
    )
    known = index_names(Authority(actors, {a.name: a for a in actors}, frozenset()))
    assert len(pickle.dumps(known)) > 1_000_000
    text = "Yesterday Person77 Family77 spoke. " * 200
    assert len(find_actors(text, known=known)) == 200


NASTY = st.text(
    alphabet=st.sampled_from("AaBZz.'’-&, \n\tİıÉé\u0301ßДд中العU.S of van de 's\u200b\ud800(1"), max_size=120
)


@settings(max_examples=300, deadline=None)
@given(NASTY | st.text(max_size=80))
def test_offsets_are_valid_and_apart_for_any_text(text: str) -> None:
    last = 0
    for mention in find_actors(text, known=NOTHING, stated=["A", "U.S.", "van de"]):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.name
        last = mention.end


@pytest.mark.parametrize(
    "piece", ["A", "A ", "A.", "Ab-", "Ab'", "Ab of ", "AB ", "a\n", "Ab,\n", "' ", "Minister of "]
)
def test_work_grows_with_the_text_only(piece: str) -> None:
    assert calls_for(piece * 20_000) < 2.5 * calls_for(piece * 10_000)


def calls_for(text: str) -> int:
    """How many functions are called to find the names of a text: unlike time, the same on any machine."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        find_actors(text, known=NOTHING)
    finally:
        sys.setprofile(before)
    return count


def test_the_same_text_gives_the_same_names_twice() -> None:
    text = "Angela Hartmann of the Grey Harbour Trust met Prime Minister Anders Holm in Lisbon. Hartmann left."
    assert find_actors(text, known=NOTHING) == find_actors(text, known=NOTHING)


def test_a_surname_alone_is_the_person_whom_the_front_matter_lists() -> None:
    text = "Petrenko said on Monday that he would come. The talks with Petrenko failed."
    names = {m.name for m in find_actors(text, known=NOTHING, stated=["Sergey Petrenko"])}
    assert names == {"Sergey Petrenko"}
    text = "Oleg Petrenko left. Petrenko announced more."
    names = {m.name for m in find_actors(text, known=NOTHING, stated=["Sergey Petrenko"])}
    assert names == {"Oleg Petrenko"}


def test_a_text_may_begin_with_a_space() -> None:
    found = find_actors(" Helen Marsh met Oskar Lind", known=NOTHING)
    assert [(mention.start, mention.name) for mention in found] == [(1, "Helen Marsh"), (17, "Oskar Lind")]


@pytest.mark.parametrize("name", ["Édith Lévy", "Ólafur Grímsson", "Ђорђе Лазић", "𐐊𐐨𐐢 𐐟𐐴𐐤"])
def test_names_begin_with_the_capitals_of_any_script(name: str) -> None:
    text = f"A spokesman said that {name} of the Harbour Council had agreed."
    assert name in [text[m.start : m.end] for m in find_actors(text, known=NOTHING)]
