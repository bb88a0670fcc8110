"""Temporal expressions: each class by cases (dates.txt), and that no text breaks or stalls the reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivegen import edtf
from archivegen.detect.date_rules import TABLE
from archivegen.detect.date_words import CLASS, MONTHS, NUMBERS, OTHER_MONTHS, WEEKDAYS, WORDS
from archivegen.detect.dates import find_dates
from archivegen.detect.sentences import split_sentences

CASES = Path(__file__).with_name("dates.txt")
PUBLISHED = edtf.parse("2018-08-22")
EVERY_WORD = sorted({word for listed in WORDS.values() for word in listed.split()})


def cases() -> list[object]:
    out = []
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            published, text, expected = (part.strip() for part in line.split("|"))
            out.append(pytest.param(published, text, expected, id=f"line {number}"))
    return out


@pytest.mark.parametrize(("published", "text", "expected"), cases())
def test_a_case(published: str, text: str, expected: str) -> None:
    text = text.replace("\\n", "\n")
    day = None if published == "-" else edtf.parse(published)
    found = [(text[m.start : m.end], m.value) for m in find_dates(text, day)]
    wanted = [tuple(part.split(" = ")) for part in expected.replace("\\n", "\n").split("; ")] if expected else []
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [("on 4 June", "DATE"), ("at 5 p.m.", "TIME"), ("for two days", "DURATION"), ("every day", "SET"), ("now", "DATE")],
)
def test_each_mention_has_its_timex_type(text: str, kind: str) -> None:
    assert [m.type for m in find_dates(text, PUBLISHED)] == [kind]


def test_a_date_is_not_read_across_a_sentence_or_a_blank_line() -> None:
    text = "It was June.\n\n2014 was worse."
    assert [m.value for m in find_dates(text, PUBLISHED)] == ["2018-06", "2014"]


def test_sentences_given_are_the_ones_used() -> None:
    text = "He came in May. He left in 2014."
    assert [m.value for m in find_dates(text, PUBLISHED, split_sentences(text)[1:])] == ["2014"]


def test_a_date_set_later_settles_what_was_left_open() -> None:
    text = "Talks on 4 September were announced on Tuesday."
    assert [m.value for m in find_dates(text, None)] == ["XXXX-09-04", "XXXX-WXX-2"]
    assert [m.value for m in find_dates(text, PUBLISHED)] == ["2018-09-04", "2018-08-21"]


def test_every_word_of_a_class_has_its_number() -> None:
    months = {word.lower() for name in ("month", "maymarch", "mabbr") for word in WORDS[name].split()}
    assert months == set(MONTHS)
    assert set(WORDS["xmonth"].split()) | {"august", "september", "november", "april"} >= set(OTHER_MONTHS) - {"august"}
    assert {word.lower() for name in ("weekday", "wabbr", "weekdays") for word in WORDS[name].split()} == set(WEEKDAYS)
    assert {word for name in ("numword", "ordinal", "scale") for word in WORDS[name].split()} <= set(NUMBERS)


def test_rules_and_classes_have_names_of_their_own() -> None:
    assert len({rule.name for rule in TABLE}) == len(TABLE)
    assert len(set(CLASS.values())) == len(CLASS)


def dateful_texts() -> st.SearchStrategy[str]:
    piece = st.one_of(
        st.sampled_from([*EVERY_WORD, *(word.capitalize() for word in EVERY_WORD)]),
        st.sampled_from(
            ["-", ",", ".", "'s", "/", "’", "(", "$5", "'98", "1990s", "2018-08-21", "10:35", "31", "\n\n"]
        ),
        st.integers(0, 10_000).map(str),
        st.text(max_size=3),
    )
    return st.lists(piece, max_size=25).map(" ".join)


@given(dateful_texts() | st.text(), st.sampled_from(["", "2018-08-22", "2018-08", "2018", "0001-01-01", "9999-12-31"]))
@settings(max_examples=500, deadline=None)
def test_any_text_gives_ordered_mentions_inside_it(text: str, published: str) -> None:
    last = 0
    for mention in find_dates(text, edtf.parse(published) if published else None):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.value
        assert text[mention.start : mention.end] == text[mention.start : mention.end].strip()
        last = mention.end


@pytest.mark.parametrize(
    "piece", ["on ", "the ", "1", "1,", "1.", "1 ", "a ", "'", "twenty ", "twenty-", "last ", "\n", "$"]
)
def test_a_megabyte_of_anything_is_read(piece: str) -> None:
    text = piece * (1_000_000 // len(piece)) + "x"  # a quadratic reader would need hours
    assert len(find_dates(text, PUBLISHED)) <= len(text)


@pytest.mark.parametrize("piece", ["May ", "3 days ", "on Monday ", "a year ago "])
def test_one_sentence_of_nothing_but_dates_is_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(find_dates(text, PUBLISHED)) <= len(text)


def test_the_order_of_hashing_changes_nothing() -> None:
    program = (
        "from archivegen import edtf; from archivegen.detect.dates import find_dates; import json;"
        "print(json.dumps([m.value for m in find_dates('On 4 June, last week, in 2014 and two days later, for weeks.',"
        " edtf.parse('2018-08-22'))]))"
    )
    outputs = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        outputs.add(
            subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1
    assert json.loads(outputs.pop())[0] == "2018-06-04"
