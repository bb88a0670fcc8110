"""Front matter: what is read of it, what is complained of with its line, and that what is written reads back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen import edtf, frontmatter
from archivegen.records import write_record

ALL = """---
title: Talks delayed
date: 2018-08-21
event_date: 2018-09-04?
source: NO
actors: [Sergey Lavrov, Taliban]
redact: one name
shelf: 0123
---
Body of the text.
"""


def test_known_keys_are_typed_and_others_kept() -> None:
    front = frontmatter.read(ALL, "a.md")
    assert front.texts == {"title": "Talks delayed", "source": "NO"}
    assert front.dates == {"published": edtf.parse("2018-08-21"), "event_date": edtf.parse("2018-09-04?")}
    assert front.lists == {"actors": ("Sergey Lavrov", "Taliban"), "redact": ("one name",)}
    assert front.extra == {"shelf": "0123"}
    assert (front.body, front.body_line, front.diagnostics) == ("Body of the text.\n", 10, ())
    assert front.lines["published"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No front matter.\n---\ntitle: x\n---\n",
        "---\n\nA rule above.\n",
        "--- \nProse that no key begins: none.\n",
    ],
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    front = frontmatter.read(text, "a.txt")
    assert (front.body, front.texts, front.body_line) == (text, {}, 1)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("close", ["---", "...", "---  "])
def test_line_ends_marks_and_closings(ending: str, mark: str, close: str) -> None:
    front = frontmatter.read(mark + ending.join(["---", "title: x", close, "Body."]), "a.md")
    assert (dict(front.texts), front.body.strip(), front.body_line) == ({"title": "x"}, "Body.", 4)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: x\n\nBody.\n", 1, "never closes"),
        ("---\ntitle: x\ntitle: y\n---\n", 3, "stands twice"),
        ("---\ntitle: a: b\n---\n", 2, "put the whole value in quotes"),
        ("---\n# a\n- b\n---\n", 2, "is not a list of `key: value` lines"),
    ],
)
def test_front_matter_that_cannot_be_used(text: str, line: int, message: str) -> None:
    with pytest.raises(frontmatter.FrontMatterError) as caught:
        frontmatter.read(text, "seeds/a.md")
    assert str(caught.value.diagnostic).startswith(f"seeds/a.md:{line}: error: ")
    assert message in str(caught.value.diagnostic)


def test_one_bad_value_is_left_out_and_the_rest_counts() -> None:
    front = frontmatter.read(
        "---\ntitle: x\npublished: 2018-02-30\nbylin: J\nstatus: gone\nsource: [a, b]\n---\n", "a.md"
    )
    assert front.texts == {"title": "x"}
    assert front.extra == {"bylin": "J"}
    assert [(d.line, d.code) for d in front.diagnostics] == [
        (3, "bad-date"), (4, "unknown-key"), (5, "bad-value"), (6, "bad-value"),
    ]  # fmt: skip
    assert front.diagnostics[1].hint == "did you mean `byline`?"


def test_two_words_for_the_same_field_are_told_of() -> None:
    front = frontmatter.read("---\ndate: 2018\npublished: 2019\n---\n", "a.md")
    assert front.dates["published"] == edtf.parse("2019")
    assert "mean the same" in front.diagnostics[0].message


SHOWN = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u202d\u202e"), max_size=30
)
WORD = SHOWN.map(str.strip).filter(bool)
VALUES = st.fixed_dictionaries(
    {"title": WORD},
    optional={
        "source": WORD,
        "byline": WORD,
        "published": st.dates().map(str),
        "event_date": st.sampled_from(["2018-08", "199X", "2018~", "2018-08/.."]),
        "actors": st.lists(WORD, min_size=1, max_size=3),
        "shelf": st.one_of(WORD, st.lists(WORD, max_size=2), st.dictionaries(WORD, WORD, max_size=2)),
    },
)
BODY = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60).map(str.strip)


@given(VALUES, BODY)
def test_what_is_written_reads_back(values: dict[str, Any], body: str) -> None:
    front = frontmatter.read(write_record(values, body), "a.md")
    read = {
        **front.texts,
        **{name: date.text for name, date in front.dates.items()},
        **{name: list(items) for name, items in front.lists.items()},
        **front.extra,
    }
    assert read == values
    assert front.body.strip() == body
    assert front.diagnostics == ()
