"""A record's Markdown reads back to the very text that it was made from, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.curate import to_markdown
from archivegen.markup import parse_markdown
from archivegen.model import Block, Body

LINES = [
    "# not a heading", "- not an item", "1. not numbered", "1) nor this", "> not a quotation", "+ 1", "* star", "---",
    "===", "```", "~~~", "***", "| a | b |", "<b>bold</b>", "a * b * c", "_under_ __score__", "`tick`", "[a](b)",
    "![a](b)", "&amp; &lt;", "\\ back\\slash", "<https://example.org/>", "https://example.org/a_b_c", "    four spaces",
    "[x]: https://example.org", "a &copy b", "trailing\\", "1986. A great year.", "#hashtag", "~~struck~~", "a | b",
    "+", "-", "&#35;", "<!-- x -->", "* * *", "- - -", "~~~ x", "1.", "== x", "## two", "Head\n---", "&#x26;",
]  # fmt: skip


def body_of(*texts: str) -> Body:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block("paragraph", at, at + len(text)))
        at += len(text) + 2
    return Body("\n\n".join(texts), tuple(blocks))


@pytest.mark.parametrize("line", LINES)
def test_what_looks_like_markup_stays_text(line: str) -> None:
    flat = " ".join(line.split())
    for body in (body_of(flat), body_of("Before.", flat, "After.")):
        again = parse_markdown(to_markdown(body))
        assert again.text == body.text
        assert {block.kind for block in again.blocks} == {"paragraph"}


WORDS = st.lists(st.text("ab1.)(#*_-+>|`~[]!<&;\\=:/", min_size=1, max_size=6), min_size=1, max_size=6).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_any_paragraphs_read_back(texts: list[str]) -> None:
    body = body_of(*texts)
    assert parse_markdown(to_markdown(body)).text == body.text


def test_every_kind_of_block_reads_back() -> None:
    text = (
        "## A heading\n\nA paragraph with *stress*.\n\n- one\n- two\n\n1. first\n2. second\n\n> said\n\n"
        "| a | b |\n| --- | --- |\n| 1 | x \\| y |\n\n````\ncode * here\n```\n````\n\n---\n\nThe end.\n"
    )
    body = parse_markdown(text)
    again = parse_markdown(to_markdown(body))
    assert again.text == body.text
    assert [(b.kind, b.level) for b in again.blocks] == [(b.kind, b.level) for b in body.blocks]
