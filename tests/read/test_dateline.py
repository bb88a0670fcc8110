"""Bylines, agencies and datelines, as newspapers write them."""

from __future__ import annotations

import pytest

from archivegen.read.dateline import Dateline, find_byline, parse_dateline
from archivegen.read.lines import split_lines


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ann Example", "Ann Example"),
        ("by ann", None),
        ("By ANN EXAMPLE and BOB DE WITT", "Ann Example and Bob De Witt"),
        ("By Ann Example, Staff Writer", "Ann Example"),
        ("By Ann ExampleStaff Writer", "Ann Example"),
        ("By Ann Example May 3, 2018", "Ann Example"),
        ("By Ann Example | The Courier", "Ann Example"),
        ("By Ann Example, Wednesday, 3 May", "Ann Example"),
        ("Von Ludwig van der Brück", "Ludwig van der Brück"),
        ("Автор: Анна Пример", "Анна Пример"),
        ("By the end of the year all was forgotten.", None),
        ("By using this site you agree", None),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    found = find_byline(split_lines(line))
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("KABUL, Oct 7 (Reuters) - Talks began", Dateline("KABUL", "Oct 7", "Reuters")),
        ("LAKETOWN, Maine (AP) — A cat", Dateline("LAKETOWN, Maine", "", "Associated Press")),
        ("(AFP) - Talks began", Dateline("", "", "Agence France-Presse")),
        ("MADRID — A player", Dateline("MADRID", "", "")),
        ("The council (the old one) - so it was said - met", None),
        ("NATO said that it would", None),
    ],
)
def test_datelines(text: str, want: Dateline | None) -> None:
    assert parse_dateline(text) == want
