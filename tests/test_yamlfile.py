"""Strict YAML: strings stay strings, lines are known, and what is odd is refused with its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen import yamlfile


@pytest.mark.parametrize(
    "text", ["NO", "0123", "1e3", "2018-08-21", "0x10", "yes", "12:30:00", "1_000", "true", ".inf"]
)
def test_a_plain_value_stays_the_string_it_is(text: str) -> None:
    assert yamlfile.load(f"key: {text}").value == {"key": text}


def test_only_nothing_is_none() -> None:
    assert yamlfile.load("a:\nb: ~\nc: null\nd: ''\ne: 'null'").value == {
        "a": None, "b": None, "c": None, "d": "", "e": "null",
    }  # fmt: skip


def test_every_key_and_item_knows_its_line() -> None:
    file = yamlfile.load("a: 1\nlist:\n  - name: x\n  - name: y\nmap: {b: {c: 1}}\n", first_line=3)
    assert [file.line(key) for key in ("a", "list.1.name", "map.b.c", "map.b.d", "nothing")] == [3, 6, 7, 7, 3]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands twice"),
        ("a: 1\nb: &x [1]\nc: *x", 3, "an alias"),
        ("a: 1\nb: c: d", 2, "put the whole value in quotes"),
        ("a:\n\tb: 1", 2, "a tab"),
        ("a: 1\nb: [1, 2\nc: 3", 2, "a bracket opens here and does not close"),
        ("a: 1\nb: {c: #1f5c99}\nd: 3", 2, "does not close: # begins a comment, so put a colour in quotes"),
        ("? [a, b]\n: 1", 1, "a key must be a word"),
        ("a: 1\nb: " + "[" * 30 + "]" * 30, 2, "nested more than 20 levels"),
        ("a: " + "[" * 10_001, 1, "nested too deeply"),
        ('a: 1\nb: "x\\u202ey"', 2, "U+202E"),
    ],
)
def test_what_is_odd_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(yamlfile.YamlError, match=message.replace("+", r"\+")) as caught:
        yamlfile.load(text)
    assert caught.value.line == line


SHOWN = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u202d\u202e"), max_size=40)
VALUES = st.recursive(
    st.none() | SHOWN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHOWN.filter(bool), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(SHOWN.filter(bool), VALUES, min_size=1, max_size=4))
def test_what_is_written_reads_back(value: dict[str, Any]) -> None:
    assert yamlfile.load(yamlfile.dump(value)).value == value
