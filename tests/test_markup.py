"""Markdown to text with blocks and styles: every offset fits, nothing is HTML, only safe links are links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.markup import parse_markdown, safe_href


def test_blocks_and_styles_stand_where_they_say() -> None:
    body = parse_markdown(
        "# One\n\nA *b* **c** `d` [e](https://x.example/).\n\n1. f\n   - g\n\n> h\n\n| i | j |\n|---|---|\n| k | l |\n"
    )
    shown = [(block.kind, block.level, body.text[block.start : block.end]) for block in body.blocks]
    assert shown == [
        ("heading", 2, "One"), ("paragraph", 0, "A b c d e."), ("item", 1, "f"), ("item", 2, "g"), ("quote", 0, "h"),
        ("row", 0, "i\tj"), ("row", 0, "k\tl"),
    ]  # fmt: skip
    assert [(style.name, body.text[style.start : style.end], style.href) for style in body.styles] == [
        ("em", "b", ""), ("strong", "c", ""), ("code", "d", ""), ("link", "e", "https://x.example/"),
    ]  # fmt: skip


@pytest.mark.parametrize("href", ["https://example.org/", "http://x", "mailto:a@b.example", "HTTPS://X/"])
def test_safe_links(href: str) -> None:
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " https://x",
        "https://x y",
        "//x",
        "/x",
        "#x",
        "data:text/html,x",
        "",
        "https://",
        'https://x"y',
        "java\nscript:x",
    ],
)
def test_other_links_are_none(href: str) -> None:
    assert safe_href(href) == ""


@given(st.text("ab \n\n\n-=:~+#1.)'\"!(é\u00a0\u2028\x85\u200b", max_size=60))
def test_paragraphs_alone_are_what_the_parser_makes_of_them(text: str) -> None:
    with_mark = parse_markdown(f"{text}\n\n*end*")  # the emphasis at the end calls in the parser
    end = with_mark.blocks[-1]
    plain = parse_markdown(f"{text}\n\nend")
    assert (plain.text, plain.blocks) == (with_mark.text, with_mark.blocks)
    assert with_mark.text[end.start : end.end].endswith("end")


@given(st.text(max_size=300) | st.text("#*_->`[]()!|\n \\<&1.~=", max_size=200))
def test_any_text_gives_blocks_that_tile_it(text: str) -> None:
    body = parse_markdown(text)
    at = 0
    for block in body.blocks:
        assert at <= block.start <= block.end <= len(body.text)
        assert body.text[at : block.start].strip("\n") == ""
        at = block.end
    assert body.text[at:].strip("\n") == ""
    assert all(0 <= style.start < style.end <= len(body.text) for style in body.styles)
