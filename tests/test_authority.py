"""actors.yaml decides on the site: one page for many spellings, none for what is ignored, two for two of one name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivegen.authority import load_authority
from archivegen.errors import ConfigError

if TYPE_CHECKING:
    from conftest import Site

TEXT = "Sergey Lavrov met the Taliban in Moscow on 4 September. Mr Lavrow spoke. S. Lavrov and Zamir Kabulov agreed.\n"


def pages(site: Site) -> set[str]:
    return {path.split("/")[1] for path in site.built() if path.startswith("actors/") and path.count("/") == 2}


@pytest.fixture
def named(empty_site: Site) -> Site:
    for number in range(3):
        empty_site.write(f"seeds/{number}.md", f"---\ntitle: Talks {number}\npublished: 2018-09-05\n---\n\n{TEXT}")
    return empty_site


def test_spellings_under_one_name_have_one_page(named: Site) -> None:
    named.write(
        "actors.yaml",
        "actors:\n- name: Sergey Lavrov\n  kind: person\n  aliases: [Lavrow, S. Lavrov]\n  note: Minister\n",
    )
    found = pages(named)
    assert "sergey-lavrov" in found
    assert not {"lavrow", "s-lavrov", "mr-lavrow"} & found
    page = named.page("actors/sergey-lavrov/index.html")
    assert "Lavrow" in page
    assert "Minister" in page


def test_ignored_names_have_none(named: Site) -> None:
    named.write("actors.yaml", "actors: [{name: Zamir Kabulov, kind: person}]\n")
    assert "zamir-kabulov" in pages(named)
    named.write("actors.yaml", "ignore: [Zamir Kabulov]\n")
    assert "zamir-kabulov" not in pages(named)


def test_a_given_slug_counts(named: Site) -> None:
    named.write("actors.yaml", "actors: [{name: Zamir Kabulov, kind: person, slug: envoy}]\n")
    assert "envoy" in pages(named)


def test_an_absent_or_empty_file_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("# nothing yet\n")
    for name in ("none.yaml", "empty.yaml"):
        authority = load_authority(tmp_path / name)
        assert (authority.actors, authority.names, authority.ignore) == ((), {}, frozenset())


def test_a_name_under_two_actors_is_refused_with_both_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("actors:\n- name: Ann Lee\n  aliases: [Lee]\n- name: Bo Lee\n  aliases: [Lee]\n")
    with pytest.raises(ConfigError) as caught:
        load_authority(tmp_path / "a.yaml")
    (fault,) = caught.value.diagnostics
    assert str(fault) == "a.yaml:4: error: 'Lee' stands here and under 'Ann Lee' on line 2 (keep it under one of them)"


def test_many_entries_with_aliases_in_brackets_are_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text("actors:\n" + "".join(f"- name: A{i}\n  aliases: [B{i}]\n" for i in range(12_000)), "utf-8")
    assert load_authority(file).names["B11999"].name == "A11999"


def test_a_long_file_is_kept_as_it_was_read_until_it_changes(tmp_path: Path) -> None:
    file, kept = tmp_path / "actors.yaml", tmp_path / "work" / "actors.json"
    text = "ignore: [Read]\nactors:\n" + "".join(f"- name: A{i}\n  aliases: [B{i}]\n" for i in range(12_000))
    file.write_text(text, "utf-8")
    first = load_authority(file, kept)
    assert load_authority(file, kept) == first == load_authority(file)
    file.write_text(text.replace("A7\n", "A seven\n"), "utf-8")
    assert load_authority(file, kept).names["B7"].name == "A seven"
    kept.write_bytes(b"{")
    assert load_authority(file, kept).names["B7"].name == "A seven"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "- name: Ann Lee\n  aliases: [Bo Lee]\n- name: Bo Lee\n",
            "2: error: 'Bo Lee' is an alias of 'Ann Lee' here and an actor of its own on line 4 (keep one of the two)",
        ),
        (
            "- name: Ann Lee\n- name: Ann Lee\n",
            "3: error: 'Ann Lee' is an actor on line 2 already (make one of the two)",
        ),
        (
            "- name: Ann Lee\n  not: [Ann Lee]\n",
            "2: error: 'Ann Lee' is 'Ann Lee' and under its `not` too (keep one of the two)",
        ),
        (
            "- {name: Ann Lee, slug: lee}\n- {name: Bo Lee, slug: lee}\n",
            "3: error: `slug` is 'lee' here and under 'Ann Lee' on line 2 (give one of them another)",
        ),
        (
            "- {name: Ann Lee, slug: a/../b}\n",
            "2: error: `slug` is 'a/../b', which is no part of an address (write a-b)",
        ),
        (
            "- name: Ann Lee\n  aliases: {x: y}\n",
            "3: error: `aliases` is not a list of texts (like: aliases: [S. Lavrov, Lavrow])",
        ),
        ("- name: Ann Lee\n  note: [a]\n", "3: error: `note` is not a text (write note: and the words after it)"),
        (
            "- name: Ann Lee\nignore: [Ann Lee]\n",
            "3: error: 'Ann Lee' is ignored here and an actor's name on line 2 (keep one of the two)",
        ),
        ("- name: ''\n", "2: error: an actor needs a name (like: - name: Sergey Lavrov)"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "a.yaml").write_text("actors:\n" + text)
    with pytest.raises(ConfigError) as caught:
        load_authority(tmp_path / "a.yaml")
    assert [str(found) for found in caught.value.diagnostics] == [f"a.yaml:{fault}"]
