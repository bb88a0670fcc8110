"""From names to actors: what is one, what stays two, and the editor's last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.authority import Authority, load_authority
from archivegen.model import Actor, Kind, NameCount
from archivegen.timeline.actors import resolve_actors

NOTHING = Authority((), {}, frozenset())


def count(
    name: str, kind: Kind, *forms: str, articles: int = 2, mentions: int = 3, evidence: int | None = None
) -> NameCount:
    """A name that, if nothing else is said, every article shows to be of its kind."""
    return NameCount(
        name, kind, articles, mentions, forms or (name,), evidence=2 * articles if evidence is None else evidence
    )


def resolve(*counts: NameCount, authority: Authority = NOTHING) -> dict[str, Actor]:
    """Each given name to its actor."""
    actors, ids = resolve_actors(counts, authority)
    by_id = {actor.id: actor for actor in actors}
    assert len(by_id) == len(actors)
    assert set(ids.values()) == set(by_id)
    return {name: by_id[id_] for (name, _), id_ in ids.items()}


def authority(tmp_path: Path, text: str) -> Authority:
    path = tmp_path / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return load_authority(path)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Sergei Petrenko", "Sergey Petrenko", "person"),
        ("José Álvarez", "Jose Alvarez", "person"),
        ("Yuri Malenkov", "Yury Malenkov", "person"),
        ("President Ruth Adeyemi", "Ruth Adeyemi", "person"),
        ("John F. Harlow", "John Harlow", "person"),
        ("Abbas Noorzai", "Sher Mohammad Abbas Noorzai", "person"),
        ("Haleban", "Haliban", "organisation"),
        ("Northway Corp.", "Northway", "organisation"),
        ("Inter-Coast Services", "Inter Coast Services", "organisation"),
        ("Red River movement", "Red River", "organisation"),
    ],
)
def test_spellings_of_one_name_are_one_actor(one: str, other: str, kind: Kind) -> None:
    found = resolve(count(one, kind), count(other, kind))
    assert found[one] is found[other]
    assert {one, other} - {found[one].name} <= set(found[one].aliases)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("George Malley", "Georgia Malley", "person"),
        ("Mario Conti", "Maria Conti", "person"),
        ("Imran Kadar", "Salma Kadar", "person"),
        ("Anna Weber", "Anna Becker", "person"),
        ("Niger", "Nigeria", "country"),
        ("Harlow Bank", "Harwell Bank", "organisation"),
        ("IS", "ISS", "organisation"),
    ],
)
def test_names_that_only_look_alike_stay_two(one: str, other: str, kind: Kind) -> None:
    found = resolve(count(one, kind), count(other, kind))
    assert found[one] is not found[other]


def test_a_lone_surname_joins_the_one_person_whose_articles_use_it() -> None:
    found = resolve(count("Ruth Adeyemi", "person", "Ruth Adeyemi", "Adeyemi"), count("Adeyemi", "person"))
    assert found["Adeyemi"] is found["Ruth Adeyemi"]


def test_a_lone_surname_of_two_people_stays_open_and_has_no_page() -> None:
    found = resolve(
        count("Imran Kadar", "person", "Imran Kadar", "Kadar"),
        count("Salma Kadar", "person", "Salma Kadar", "Kadar"),
        count("Kadar", "person"),
    )
    assert len({actor.id for actor in found.values()}) == 3
    assert not found["Kadar"].page
    assert found["Imran Kadar"].page


def test_an_initial_joins_only_where_one_person_fits() -> None:
    fits = resolve(count("Mark Butler", "person"), count("M. Butler", "person"))
    assert fits["M. Butler"] is fits["Mark Butler"]
    doubt = resolve(count("Mark Butler", "person"), count("Mary Butler", "person"), count("M. Butler", "person"))
    assert doubt["M. Butler"] not in (doubt["Mark Butler"], doubt["Mary Butler"])


def test_an_acronym_joins_the_long_form_that_an_article_gave_it() -> None:
    found = resolve(
        count("Coast Guard Union", "organisation", "Coast Guard Union", "CGU"),
        count("CGU", "organisation"),
        count("Central Gas Utility", "organisation"),
    )
    assert found["CGU"] is found["Coast Guard Union"]
    assert found["Central Gas Utility"] is not found["CGU"]


def test_one_name_under_two_kinds_is_of_the_kind_most_often_found() -> None:
    found = resolve(count("Harlow Trust", "organisation", mentions=9), count("Harlow Trust", "person", mentions=1))
    assert found["Harlow Trust"].kind == "organisation"


def test_a_person_and_a_country_of_one_name_stay_two() -> None:
    counts = [count("Jordan", "country", articles=9), count("Jordan", "person", articles=5)]
    actors, ids = resolve_actors(counts, NOTHING)
    assert len(actors) == 2
    assert ids["Jordan", "country"] != ids["Jordan", "person"]
    assert {actor.kind for actor in actors} == {"country", "person"}


def test_what_earns_a_page() -> None:
    found = resolve(
        count("Ruth Adeyemi", "person", articles=1, mentions=1),
        count("Anders Holm", "person", articles=1, mentions=2),
        count("Chile", "country", articles=1, mentions=1),
        count("Lima", "place", articles=8, mentions=9),
    )
    assert {name for name, actor in found.items() if actor.page} == {"Anders Holm", "Chile"}


def test_the_editor_merges_renames_keeps_apart_and_ignores(tmp_path: Path) -> None:
    file = """
actors:
- name: Sergey Petrenko
  kind: person
  aliases: [The Admiral]
  not: [Sergei Petrenko]
  slug: admiral
  note: Not the singer.
- {name: Northway, kind: place}
ignore: [Getty Photos]
"""
    found = resolve(
        count("The Admiral", "other"),
        count("Sergey Petrenko", "person", mentions=1, articles=1),
        count("Sergei Petrenko", "person"),
        count("Northway", "organisation"),
        count("Getty Photos", "organisation"),
        authority=authority(tmp_path, file),
    )
    assert found["The Admiral"] is found["Sergey Petrenko"]
    assert (found["The Admiral"].id, found["The Admiral"].note) == ("admiral", "Not the singer.")
    assert found["Sergei Petrenko"] is not found["Sergey Petrenko"]
    assert found["Northway"].kind == "place" and found["Northway"].page
    assert "Getty Photos" not in found


def test_an_editors_slug_is_not_taken_by_another(tmp_path: Path) -> None:
    known = authority(tmp_path, "actors:\n- {name: Ruth Adeyemi, slug: holm}\n")
    found = resolve(count("Ruth Adeyemi", "person"), count("Holm", "organisation"), authority=known)
    assert found["Ruth Adeyemi"].id == "holm"
    assert found["Holm"].id != "holm"


def test_the_order_of_the_names_changes_nothing() -> None:
    counts = [count("Sergei Petrenko", "person"), count("Sergey Petrenko", "person"), count("Lima", "place")]
    assert resolve_actors(counts, NOTHING) == resolve_actors(counts[::-1], NOTHING)


def test_what_only_looks_like_a_person_is_no_person_and_has_no_page() -> None:
    found = resolve(count("Lyrabook Pro", "person", articles=5, mentions=9, evidence=0))
    assert not found["Lyrabook Pro"].page
    assert found["Lyrabook Pro"].kind == "other"


def test_one_article_of_ten_does_not_make_a_person() -> None:
    found = resolve(count("Lyrabook Pro", "person", articles=10, mentions=12, evidence=2))
    assert not found["Lyrabook Pro"].page


def test_front_matter_gives_a_page_without_evidence() -> None:
    stated = NameCount("Ruth Adeyemi", "person", 1, 0, (), stated=True)
    assert resolve(stated)["Ruth Adeyemi"].page


def test_a_surname_taken_for_a_firm_needs_more_evidence_beside_its_bearer() -> None:
    counts = [count("Helen Harlow", "person"), count("Harlow", "organisation", articles=1, mentions=4)]
    assert not resolve(*counts)["Harlow"].page
    often = count("Harlow", "organisation", articles=5, mentions=9)
    assert resolve(counts[0], often)["Harlow"].page


def test_each_spelling_says_why_it_is_the_actors() -> None:
    found = resolve(
        count("Sergey Petrenko", "person", "Sergey Petrenko", "Petrenko", mentions=9),
        count("Sergei Petrenko", "person"),
    )
    actor = found["Sergei Petrenko"]
    assert dict(zip(actor.aliases, actor.reasons, strict=True)) == {
        "Petrenko": "short for the name in the same article",
        "Sergei Petrenko": "the same name, spelled differently",
    }


def test_a_capital_is_not_called_short_for_its_country() -> None:
    actor = resolve(count("Norway", "country", "Norway", "Oslo"))["Norway"]
    assert dict(zip(actor.aliases, actor.reasons, strict=True)) == {"Oslo": "stands for the country in some articles"}


def test_the_site_says_how_often_a_name_must_come_for_a_page() -> None:
    counts = [count("Ruth Adeyemi", "person", articles=3, mentions=4)]
    for mentions, articles, page in ((4, 9, True), (9, 3, True), (5, 4, False)):
        actors, _ = resolve_actors(counts, NOTHING, mentions=mentions, articles=articles)
        assert actors[0].page is page


def test_a_designation_alone_is_the_one_thing_whose_name_ends_so() -> None:
    found = resolve(count("Norvik N90", "other"), count("N90", "other", articles=1))
    assert found["N90"] is found["Norvik N90"]
    two = resolve(count("Norvik N90", "other"), count("Skarholm N90", "other"), count("N90", "other"))
    assert len({actor.id for actor in two.values()}) == 3
