"""What is redacted is gone from everything that was read of an article, and all else stays where it was."""

from __future__ import annotations

import msgspec.structs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.markup import parse_markdown
from archivegen.model import Body, Removed
from archivegen.read import read_article
from archivegen.redaction import MARK, fold, is_findable, redact


def redacted(text: str, *words: str, path: str = "a.md", **fields: str) -> Body:
    """The body of a Markdown article after redaction."""
    front = "".join(f"{key}: {value}\n" for key, value in {"title": "A day in June", **fields}.items())
    listed = "".join(f"- '{word.replace(chr(39), chr(39) * 2)}'\n" for word in words)
    article = read_article(f"---\n{front}redact:\n{listed}---\n{text}\n".encode(), path).article
    assert article
    return redact(article)[0].body


@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Jane Roe", "JANE  ROE met jane roe.", "[redacted] met [redacted]."),
        ("Jane Roe", "Jane\nRoe's house, Jane\u00a0Roe", "[redacted]'s house, [redacted]"),
        ("Jane Roe", "write to jane.roe@a.example", "write to [redacted]@a.example"),
        ("José Núñez", "Jose\u0301 Nu\u0301n\u0303ez, JOSE NUNEZ", "[redacted], [redacted]"),
        ("Jose Nunez", "José Núñez", "[redacted]"),
        ("Łódź", "in LODZ, in łódź", "in [redacted], in [redacted]"),
        ("Straße 7", "STRASSE 7, Strasse 71", "[redacted], Strasse 71"),
        ("O'Neil", "O’Neil and ONeil", "[redacted] and [redacted]"),
        ('Bob "Cat" Roe', "Bob “Cat” Roe", "[redacted]"),
        ("Al-Amin", "Al‑Amin, Al Amin, AlAmin", "[redacted], [redacted], [redacted]"),
        ("AT&T", "AT&T, at&t and cat&t", "[redacted], [redacted] and cat&t"),
        ("Ann", "Ann, Anna, Joann, Ann's", "[redacted], Anna, Joann, [redacted]'s"),
        ("Falkner", "the Falkners, Falk\u00adner, Falknerian", "the [redacted], [redacted], Falknerian"),
        ("Лавров", "у Лаврова и с ЛАВРОВЫМ", "у [redacted] и с [redacted]"),
        ("李明", "昨天李明說", "昨天[redacted]說"),
        ("555-0199", "(212)555-0199x, 1555-0199", "(212)[redacted]x, 1555-0199"),
        ("Jo & Sö", "`Jo &amp; S&ouml;`, `J\\u006f &#x26; S%C3%B6`", "[redacted], [redacted]"),
        ("Jane Roe", "Jane Roe Jane Roe", "[redacted] [redacted]"),
    ],
)
def test_a_word_is_found_as_people_write_it(word: str, text: str, left: str) -> None:
    assert redacted(text, word).text == left


def test_blocks_and_styles_stand_where_they_did() -> None:
    text = (
        "## Jane Roe at home\n\n*Before* Jane Roe **spoke** to [Jane](https://a.example) here.\n\n- Roe\n- *all Roe*\n"
    )
    body = redacted(text, "Jane Roe", "Jane", "Roe")
    assert [body.text[block.start : block.end] for block in body.blocks] == [
        "[redacted] at home", "Before [redacted] spoke to [redacted] here.", "[redacted]", "all [redacted]",
    ]  # fmt: skip
    styled = [(style.name, body.text[style.start : style.end]) for style in body.styles]
    assert styled == [("em", "Before"), ("strong", "spoke"), ("em", "all [redacted]")]  # the link told whom it meant


def test_a_name_over_two_paragraphs_or_cells_leaves_both() -> None:
    body = redacted("He met Jane\n\nRoe said no.\n\n| Jane | Roe |\n|---|---|\n| a | b |\n", "Jane Roe")
    assert body.text == "He met [redacted]\n\n[redacted] said no.\n\n[redacted]\t[redacted]\n\na\tb"
    assert [body.text[b.start : b.end] for b in body.blocks] == body.text.split("\n\n")


def test_a_link_goes_that_names_its_target() -> None:
    body = redacted("See [this](https://a.example/jane-roe/) and [that](https://b.example/).", "Jane Roe")
    assert [style.href for style in body.styles] == ["https://b.example/"]


def test_every_field_is_read_without_the_word() -> None:
    front = (
        "title: Jane Roe's day\nbyline: By Jane Roe\nsource: The Roe Times\nslug: jane-roe-at-home\nagency: Roe\n"
        "url: https://a.example/jane-roe\nnotice: Ms Roe asked.\nactors: [Jane Roe, Al Amin]\nplace: ROE\n"
        "aliases: [jane-roe, other]\n"
        "editor: {jane roe: [Roe, x]}\nredact: [Jane Roe, Roe, Nobody]\n"
    )
    article = read_article(f"---\n{front}---\nText.\n".encode(), "a.md").article
    assert article
    marked, absent = redact(article)
    assert "roe" not in repr(marked).lower().replace("redact=('jane roe', 'roe', 'nobody')", "")
    assert (marked.title.value, marked.actors, marked.aliases) == ("[redacted]'s day", ("Al Amin",), ("other",))
    assert (marked.url, marked.status, absent) == (None, "redacted", ("Nobody",))


def test_removed_lines_are_redacted_even_where_a_name_is_broken_over_two() -> None:
    article = read_article(b"---\ntitle: A\nredact: [Jane Roe]\n---\nText.", "a.md").article
    assert article
    lines = tuple(Removed(n, text, "a menu") for n, text in enumerate(["Home", "Letter of Jane", "Roe Smith", ""], 1))
    marked, _ = redact(msgspec.structs.replace(article, removed=lines))
    left = ["Home", "Letter of [redacted]", "[redacted] Smith", ""]
    assert marked.removed == tuple(Removed(n, text, "a menu") for n, text in enumerate(left, 1))


@given(st.text(max_size=60))
def test_folding_a_text_is_folding_its_letters(text: str) -> None:
    assert fold(text).replace("`", "'") == "".join(map(fold, text))


@given(
    st.lists(
        st.sampled_from(["Jane", "Roe", "*", "_b_", "é", " ", "\n\n", "- ", "a\u0301", "x", "İ", "ﬁ"]), max_size=20
    )
)
def test_any_text_keeps_its_blocks_whole(parts: list[str]) -> None:
    bare = parse_markdown("".join(parts))
    body = redacted("".join(parts), "Jane Roe", "Jane", "ax")
    assert [b.kind for b in body.blocks] == [b.kind for b in bare.blocks]
    assert all(0 <= b.start <= b.end <= len(body.text) for b in (*body.blocks, *body.styles))
    assert [body.text[b.end : b.end + 2] for b in body.blocks if b.end < len(body.text)] == ["\n\n"] * (
        len(body.blocks) - 1
    )


@pytest.mark.parametrize("word", ["", " ", ".", "a", "--", "redacted", "[Redacted]", "red"])
def test_what_cannot_be_looked_for_is_refused(word: str) -> None:
    assert not is_findable(word)
    assert is_findable("李明") and is_findable("Jo") and MARK
