"""A record's Markdown reads back to the very text that it was made from, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archivegen.curate import to_markdown
from archivegen.markup import parse_markdown
from archivegen.model import Block, Body, Style, StyleName

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


def styles_of(body: Body) -> list[tuple[object, ...]]:
    return sorted((style.name, style.start, style.end, style.href) for style in body.styles)


def tight_styles_of(body: Body) -> list[tuple[object, ...]]:
    """The same without the spaces at their ends, where Markdown can have none."""
    found = []
    for style in body.styles:
        inside = body.text[style.start : style.end]
        lead, tail = len(inside) - len(inside.lstrip()), len(inside) - len(inside.rstrip())
        found.append((style.name, style.start + lead, style.end - tail, style.href))
    return found


STYLED = [
    "A *word* of **weight** in `code`.", "***Both** here*, **then *there***",
    "*a*_b_ **c**__d__", "`` a`b `` and ` `` `",
    "[A link](https://example.org/a_(b)?c=1&amp;d=2) **[bold](<https://example.org/x>)**",
    "[`code` in *it*](mailto:a@b.example)",
    "- an *item*\n- # a heading\n- 1. [one](https://a.example)", "> *said* she", "## A *heading* #\\#",
    "| *a* | `b\\|c` |\n| --- | --- |\n| **x** \\| y | [z](https://a.example) |",
    "**1.** First", "`- x`", "intra*word*s",
    "two\n*lines*\nhere", "*one*\\* **two**",
]  # fmt: skip


@pytest.mark.parametrize("text", STYLED)
def test_emphasis_links_and_code_survive(text: str) -> None:
    body = parse_markdown(text)
    again = parse_markdown(to_markdown(body))
    assert (again.text, styles_of(again)) == (body.text, styles_of(body))
    assert body.styles


PIECES = st.sampled_from(
    ["*", "**", "_", "`", "``", " ", "a", "b1", ".", "[", "](https://a.example)", "&amp;", "<", "\\", "!", "\n", "|",
     "# "]
)  # fmt: skip


SPANS = st.recursive(
    st.sampled_from(["word", "two words", "a.b", "`c*d`", "`` e`f ``", "\\*", "&lt;", "1986\\."]),
    lambda inside: st.one_of(
        inside.map("*{}*".format),
        inside.map("**{}**".format),
        inside.map("[{}](https://example.org/a_(b)?c=1&d=2)".format),
        st.lists(inside, min_size=2, max_size=3).map(" ".join),
    ),
    max_leaves=6,
)


@given(st.lists(SPANS, min_size=1, max_size=3).map("\n\n".join))
def test_what_was_read_from_markdown_reads_back_styles_and_all(text: str) -> None:
    body = parse_markdown(text)
    again = parse_markdown(to_markdown(body))
    assert (again.text, styles_of(again)) == (body.text, styles_of(body))


@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_of_what_no_person_would_write_every_letter_reads_back(text: str) -> None:
    body = parse_markdown(text)
    assume(all(line == line.strip() for line in body.text.split("\n\n")))  # code of spaces alone is no loss
    again = parse_markdown(to_markdown(body))
    assert again.text == body.text
    assert set(styles_of(again)) <= {*styles_of(body), *tight_styles_of(body)}


@given(
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(["em", "strong", "code"]), st.integers(0, 40), st.integers(0, 40)), max_size=5),
)
def test_no_styles_whatever_cost_a_letter(texts: list[str], drawn: list[tuple[StyleName, int, int]]) -> None:
    bare = body_of(*texts)
    ends = [(name, *sorted((min(one, len(bare.text)), min(other, len(bare.text))))) for name, one, other in drawn]
    body = Body(bare.text, bare.blocks, tuple(Style(name, start, end) for name, start, end in ends if start < end))
    assert parse_markdown(to_markdown(body)).text == body.text


def test_a_picture_says_that_it_was_one() -> None:
    body = parse_markdown("Before ![the old mill](mill.jpg) after.\n\n![](x.png)\n")
    assert body.text == "Before [Picture: the old mill] after.\n\n[Picture]"
    assert parse_markdown(to_markdown(body)).text == body.text
