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
        (
            "---\ntitle: x\nstatus: withdrwn\n---\n",
            3,
            "(did you mean `withdrawn`? one of: corrected, withdrawn, redacted)",
        ),
        ("---\nstatus: [withdrawn]\n---\n", 2, "left out of the site"),
        ("---\nstatus: redact\n---\n", 2, "did you mean `redacted`?"),
        ("---\nstatus: published\n---\n", 2, "(one of: corrected"),
        ("---\ntitle: x\nredact:\n- Jane Roe\n- John: Doe\n---\n", 5, "cannot be looked for"),
        ('---\nredact: ["."]\n---\n', 2, "of two letters or digits at least"),
        ("---\nredact: [Jane, ]\nredact: x\n---\n", 3, "stands twice"),
        ("---\ntitle: x\nredactt: [Jane Roe]\n---\n", 3, "(write `redact`, or give it another name)"),
        ("---\nREDACTIONS: [Jane Roe]\n---\n", 2, "`REDACTIONS` may be meant to hide something"),
        ("---\nsatus: Withdrawn\n---\n", 2, "write `status`"),
        ("---\nwithdrawn: on 3 May\n---\n", 2, "write `status`"),
        ("---\nRedact: [Jane Roe]\nREDACT: [Other Word]\n---\n", 3, "`Redact` and `REDACT` are the same key"),
        ("---\ntitle: x\nTitle: y\n---\n", 3, "`title` and `Title` are the same key"),
        ("---\nRedact:\n- Jane Roe\n- John: Doe\n---\n", 4, "cannot be looked for"),
        ("---\n# a\n- b\n---\n", 2, "is not a list of `key: value` lines"),
    ],
)
def test_front_matter_that_cannot_be_used(text: str, line: int, message: str) -> None:
    with pytest.raises(frontmatter.FrontMatterError) as caught:
        frontmatter.read(text, "seeds/a.md")
    assert str(caught.value.diagnostic).startswith(f"seeds/a.md:{line}: error: ")
    assert message in str(caught.value.diagnostic)


def test_one_bad_value_is_left_out_and_the_rest_counts() -> None:
    front = frontmatter.read("---\ntitle: x\npublished: 2018-02-30\nbylin: J\nsource: [a, b]\n---\n", "a.md")
    assert front.texts == {"title": "x"}
    assert front.extra == {"bylin": "J"}
    assert [(d.line, d.code) for d in front.diagnostics] == [
        (3, "bad-date"), (4, "unknown-key"), (5, "bad-value"),
    ]  # fmt: skip
    assert front.diagnostics[1].hint == "did you mean `byline`?"


def test_known_keys_may_have_capitals() -> None:
    front = frontmatter.read(
        "---\nTitle: x\nDATE: 2018-03-01\nStatus: withdrawn\nREDACT: Jane Roe\nX: y\n---\n", "a.md"
    )
    assert front.texts == {"title": "x", "status": "withdrawn"}
    assert front.dates["published"].text == "2018-03-01"
    assert front.lists == {"redact": ("Jane Roe",)}
    assert front.extra == {"X": "y"}
    assert front.lines["status"] == 4
    assert not front.diagnostics


@pytest.mark.parametrize(
    "line",
    [
        "redactor: Ana Ruiz",
        "redaction: Le Jour",
        "redactrice: Anne",
        "redactores: X",
        "redactor_email: a@b",
        "redacted: false",
        "redacted:",
        "redaction_notes: x",
        "react: 5",
        "stats: 12",
        "withdrawn: false",
    ],
)
def test_a_key_of_another_program_hides_nothing(line: str) -> None:
    assert frontmatter.read(f"---\n{line}\n---\n", "a.md").extra


@pytest.mark.parametrize("line", ["status:", "redact:", "redact: []"])
def test_what_hides_nothing_though_it_is_named_is_told(line: str) -> None:
    (told,) = frontmatter.read(f"---\n{line}\n---\n", "a.md").diagnostics
    assert "is empty, so the whole article is shown" in told.message


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("12 September 2021", "2021-09-12"),
        ("12th of September 2021", "2021-09-12"),
        ("12. Sept. 2021", "2021-09-12"),
        ("September 12, 2021", "2021-09-12"),
        ("Sunday, September 12th, 2021", "2021-09-12"),
        ("September 2021", "2021-09"),
        ("12.09.2021", "2021-09-12"),
        ("3.4.2021", "2021-04-03"),
        ("2021/09/12", "2021-09-12"),
        ("2021-9-2", "2021-09-02"),
        ("13/04/2021", "2021-04-13"),
        ("04/13/2021", "2021-04-13"),
        ("04/04/2021", "2021-04-04"),
        ("2021-09-12T10:00:00Z", "2021-09-12"),
        ("2021-09-12 10:00", "2021-09-12"),
        ("2021-09-12T23:30:00.000+02:00", "2021-09-12"),
    ],
)
def test_a_date_as_people_write_it_is_read_where_it_has_one_reading(written: str, means: str) -> None:
    front = frontmatter.read(f"---\npublished: {written}\n---\n", "a.md")
    assert (front.dates, front.diagnostics) == ({"published": edtf.parse(means)}, ())


def test_a_day_that_may_be_two_is_not_chosen() -> None:
    front = frontmatter.read("---\npublished: 03/04/2021\n---\n", "a.md")
    message = "'03/04/2021' is 3 April 2021 or 4 March 2021: write 2021-04-03 or 2021-03-04"
    assert front.dates == {}
    assert message in front.diagnostics[0].message


@pytest.mark.parametrize("written", ["31 September 2021", "12 Octember 2021", "12.09.21", "3 4 2021", "00/01/2021"])
def test_what_is_no_date_is_left_out(written: str) -> None:
    front = frontmatter.read(f"---\npublished: {written}\n---\n", "a.md")
    assert (front.dates, [d.code for d in front.diagnostics]) == ({}, ["bad-date"])


def test_author_and_authors_mean_the_byline() -> None:
    assert frontmatter.read("---\nauthor: Jane Roe\n---\n", "a.md").texts == {"byline": "Jane Roe"}
    front = frontmatter.read("---\nauthors: [Jane Roe, Ada Falkner]\n---\n", "a.md")
    assert (front.texts, front.diagnostics) == ({"byline": "Jane Roe, Ada Falkner"}, ())
    front = frontmatter.read("---\nauthor: A\nbyline: B\n---\n", "a.md")
    assert front.texts == {"byline": "B"} and "mean the same" in front.diagnostics[0].message


def test_what_a_record_lists_as_unsettled_is_told_until_somebody_states_it() -> None:
    listed = "unsettled: ['published: may be 3 April or 4 March 2018']"
    (told,) = frontmatter.read(f"---\n{listed}\n---\n", "a.md").diagnostics
    assert (told.line, told.severity) == (2, "warning") and "may be 3 April or 4 March 2018" in told.message
    assert not frontmatter.read(f"---\npublished: 2018-04-03\n{listed}\n---\n", "a.md").diagnostics


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
