"""What letters a text has, for which plain patterns would miss words."""

from __future__ import annotations

import pytest

from archivegen.letters import beyond_ascii, has_plain_words


def test_signs_are_no_letters() -> None:
    assert has_plain_words("“We’re off” – at last…")
    assert beyond_ascii("“We’re off”") == {"“", "’", "”"}


@pytest.mark.parametrize("text", ["São Paulo", "Élysée", "日本", "٣ men", "\u212aelvin", "broken \ud800 é"])
def test_letters_and_digits_beyond_ascii_are_seen(text: str) -> None:
    assert not has_plain_words(text)
    assert beyond_ascii(text)
