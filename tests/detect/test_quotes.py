"""Who is quoted, and in which words: only what the sentence plainly says."""

from __future__ import annotations

import pytest

from archivegen.detect.quotes import find_quotes
from archivegen.model import ActorMention


def quoted(text: str, *names: str) -> list[tuple[str, str]]:
    mentions = [
        ActorMention(at, at + len(name), name, "person")
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    mentions.sort(key=lambda mention: mention.start)
    return [(text[quote.start : quote.end], quote.name) for quote in find_quotes(text, mentions)]


@pytest.mark.parametrize(
    "text",
    [
        "“We shall not open it again,” said Maria Lund.",
        '"We shall not open it again," Maria Lund said on Monday.',
        "“We shall not open it again,” said the mayor of the town, Maria Lund.",
        "“We shall not open it again”, the mayor Maria Lund told reporters.",
        "Maria Lund told reporters on Friday: “We shall not open it again.”",
        'Maria Lund said, "We shall not open it again," and went home.',
        "“We shall not open it again,” Maria Lund, the mayor, said.",
    ],
)
def test_the_speaker_beside_the_quotation_is_found(text: str) -> None:
    ((words, name),) = quoted(text, "Maria Lund")
    assert (words.rstrip(",."), name) == ("We shall not open it again", "Maria Lund")


@pytest.mark.parametrize(
    "text",
    [
        "“We shall not open it again,” he said. Maria Lund left.",
        "“We shall not open it again,” said a friend of Maria Lund.",
        "Maria Lund read the letter. “We shall not open it again.”",
        "The so-called “great bridge” of Maria Lund is closed.",
        'One mark only: "We shall not open it again, said Maria Lund.',
        "“We shall not open it again.”\n\nMaria Lund said nothing.",
    ],
)
def test_what_is_not_plain_is_nobodys(text: str) -> None:
    assert quoted(text, "Maria Lund") == []
