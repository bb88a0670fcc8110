"""Sentences of news prose: where they end, where they must not, and that no text breaks or stalls the splitter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.detect.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The talks failed.", "Both sides blamed the other."],
        ["Mr. Smith met Gen. Jones on Aug. 7 in St. Petersburg.", "They spoke."],
        ["The U.S. Embassy was shut.", "It lies in the U.S.", "He left for the U.S. on Monday."],
        ["The bus left at 9 a.m. Tuesday.", "It was late at 10 p.m.", "He was ill.", "He said no.", "She sat."],
        ["J. R. R. Martin wrote it.", "George W. Bush read it."],
        [
            "It was No. 5 of the series.",
            "Acme Corp. Chairman Lee Jr. paid $1.5 million.",
            "The deal closed.",
        ],
        ['"We will go."', "He went.", "“Why not?” she asked.", "“Because.”", "(They stayed.)", "It rained."],
        ["``Never!'' they shouted.", "``Well ... we may.''", "He waited...", "Nothing came."],
        ['He said: "We left. "', '"So did we. "', 'A " new " day came.', '"Nobody knew."'],
        ["1. Open the door.", "2. Close it.", "Rates rose 2.5 percent."],
        ["他走了。", "她留下了！", "「好。」", "为什么？"],
        ["هل وصلوا؟", "نعم.", "वे गए।", "हम रुके।"],
        ["The court (see Smith v. Jones) sat in Springfield, Ill.", "The case, e.g. the appeal, went on."],
    ],
    ids=lambda expected: expected[0][:30],
)
def test_prose_is_split_at_its_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_blank_line_always_ends_a_sentence_and_a_single_break_never_does() -> None:
    assert sentences("A headline\n\nThe first\nline. The \n \n\n next, no stop") == [
        "A headline",
        "The first\nline.",
        "The",
        "next, no stop",
    ]


@given(st.text(alphabet=st.sampled_from("aA1.!?…\"'”) \n\t。؟Mr")) | st.text())
def test_offsets_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    last = 0
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        assert text[last:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        last = end
    assert text[last:].strip() == ""


@pytest.mark.parametrize("piece", [".", "a", "a. ", "A.", "\n", " \n", "? ", '."', "... ", "Mr. ", "1. ", "。", "((("])
def test_a_megabyte_of_anything_is_split(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))  # a quadratic splitter would need hours
    assert len(split_sentences(text)) <= len(text)
