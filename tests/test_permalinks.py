"""permalinks.json: read as a stream, written in order, one address a line, and told of with its line when it is bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen import permalinks
from archivegen.errors import ConfigError
from archivegen.permalinks import Promise

SOME = [
    Promise("", "page"),
    Promise("about/", "page"),
    Promise("actors/lavrov/", "actor", 'Sergey "S." Lavrov'),
    Promise("articles/мир/", "article", "seeds/мир.txt"),
    Promise("articles/old/", "redirect", "/articles/мир/"),
    Promise("articles/sad/", "gone", "By order of a court, 2020."),
]


def test_what_is_written_reads_back_one_address_a_line(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.json"
    assert permalinks.write(file, SOME)
    assert not permalinks.write(file, SOME), "the same again is no change"
    assert list(permalinks.read(file)) == SOME
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ['{"/": "page"', ',"/about/": "page"', ',"/actors/lavrov/": "actor Sergey \\"S.\\" Lavrov"']
    assert len(json.loads("".join(lines))) == len(SOME)


@pytest.mark.parametrize("count", [0, 1, 4095, 4096, 4097, 8192, 10_000])
def test_any_number_of_lines_reads_back(tmp_path: Path, count: int) -> None:
    promises = [Promise(f"articles/{number:06}/", "article", f"seeds/{number}.txt") for number in range(count)]
    file = tmp_path / "permalinks.json"
    permalinks.write(file, promises)
    assert list(permalinks.read(file)) == promises


@given(
    st.lists(st.tuples(st.text(max_size=9), st.sampled_from(permalinks.KINDS), st.text('ab {},"\\\n:é', max_size=9)))
)
def test_any_address_and_name_reads_back(
    tmp_path_factory: pytest.TempPathFactory, given: list[tuple[str, str, str]]
) -> None:
    file = tmp_path_factory.mktemp("p") / "permalinks.json"
    kept = [(address, kind, name.strip()) for address, kind, name in given if address.isprintable()]
    promises = permalinks.merged([], [Promise(*one) for one in kept])
    permalinks.write(file, promises)
    assert list(permalinks.read(file)) == promises


def test_other_layouts_of_json_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.json"
    values = {f"/{address}": f"{kind} {name}".strip() for address, kind, name in SOME}
    for text in (json.dumps(values), json.dumps(values, indent=2), "\ufeff" + json.dumps(values, indent=0) + "\n\n"):
        file.write_text(text, encoding="utf-8")
        assert list(permalinks.read(file)) == SOME


def test_lines_that_git_put_together_from_both_sides_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.json"
    file.write_text('{"/": "page"\n,"/b/": "page"\n,"/a/": "page"\n,"/b/": "redirect /a/"\n}\n', encoding="utf-8")
    found = permalinks.merged(permalinks.read(file), [])
    assert found == [Promise("", "page"), Promise("a/", "page"), Promise("b/", "redirect", "/a/")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"/": "page"\n<<<<<<< HEAD\n,"/a/": "page"\n}\n', "permalinks.json:2: error: git could not merge"),
        ('{"/": "page"\n,"/a/": page\n}\n', "permalinks.json:2: error: is not JSON"),
        (
            '{"/": "page"\n,"/a/": "redirct /"\n}\n',
            "permalinks.json:2: error: /a/ is of 'redirct /' (did you mean `redirect`?",
        ),
        ('{"/": "page"\n,"a/": "page"\n}\n', "permalinks.json:2: error: the address 'a/' does not begin with /"),
        ('{"/": "page"\n,"/a\\uD800/": "article a.txt"\n}\n', "permalinks.json:2: error: has half a letter, \\ud800"),
        ("[]", "permalinks.json:1: error: is not a list of addresses"),
        ('{"/": 1}', "permalinks.json:1: error: is not a list of addresses"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "permalinks.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        list(permalinks.read(file))
    assert str(caught.value.diagnostics[0]).startswith(told)


def test_lines_are_found_in_any_order_and_layout(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.json"
    permalinks.write(file, SOME)
    lines = permalinks.Lines(file)
    asked = ["", "articles/sad/", "about/", "nowhere/", "about/", "articles/мир/"]
    assert [lines.of(address) for address in asked] == [1, 6, 2, None, 2, 4]
    file.write_text('{"/a/": "page", "/b/": "page"}', encoding="utf-8")
    lines = permalinks.Lines(file)
    assert [lines.of("b/"), lines.of("a/")] == [1, 1]
    assert permalinks.Lines(tmp_path / "none.json").of("a/") is None


def test_without_a_file_nothing_is_promised(tmp_path: Path) -> None:
    assert list(permalinks.read(tmp_path / "permalinks.json")) == []
