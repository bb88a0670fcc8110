"""Partial dates: what each form means, that their order is total, and that every date can be shown."""

from __future__ import annotations

import datetime as dt
from functools import cmp_to_key
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen import edtf
from archivegen.edtf import Date


@pytest.mark.parametrize(
    ("text", "first", "last", "shown", "unit"),
    [
        ("2018", "2018-01-01", "2018-12-31", "2018", "2018"),
        ("2018-08", "2018-08-01", "2018-08-31", "August 2018", "2018-08"),
        ("2018-08-21", "2018-08-21", "2018-08-21", "21 August 2018", "2018-08-21"),
        ("2016-02", "2016-02-01", "2016-02-29", "February 2016", "2016-02"),
        ("2004-06~", "2004-06-01", "2004-06-30", "about June 2004", "2004-06"),
        ("2018-08-21?", "2018-08-21", "2018-08-21", "perhaps 21 August 2018", "2018-08-21"),
        ("199X", "1990-01-01", "1999-12-31", "the 1990s", "1990"),
        ("19XX", "1900-01-01", "1999-12-31", "1900 to 1999", "1900"),
        ("2018-XX", "2018-01-01", "2018-12-31", "2018", "2018"),
        ("2018-22", "2018-06-01", "2018-08-31", "summer 2018", "2018"),
        ("2018-24", "2018-12-01", "2019-02-28", "winter 2018", "2018"),
        ("2018-08/2018-10", "2018-08-01", "2018-10-31", "August 2018 to October 2018", "2018"),
        ("2018-08-01/2018-08-05", "2018-08-01", "2018-08-05", "1 August 2018 to 5 August 2018", "2018-08"),
        ("../2018-08", None, "2018-08-31", "until August 2018", "2018"),
        ("2018-08/..", "2018-08-01", None, "from August 2018", "2018"),
        ("XXXX-09-04", None, None, "4 September, year unknown", None),
        ("XXXX-09", None, None, "September, year unknown", None),
    ],
)
def test_each_form_has_its_bounds_words_and_page(
    text: str, first: str | None, last: str | None, shown: str, unit: str | None
) -> None:
    date = edtf.parse(text)
    assert date.earliest == (first and dt.date.fromisoformat(first))
    assert date.latest == (last and dt.date.fromisoformat(last))
    assert (edtf.show(date), date.unit) == (shown, unit)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2018-02-30", "not a day of the calendar"),
        ("2018-13", "not a day of the calendar"),
        ("2018-XX-21", "a day needs its month"),
        ("2018-22-01", "a season has no days"),
        ("201X-08", "a month needs its year"),
        ("0000", "not a day of the calendar"),
        ("2018-10/2018-08", "ends before it begins"),
        ("../..", "neither a first nor a last day"),
        ("2018/2019/2020", "cannot be an end of an interval"),
        ("last Tuesday", "is not a date"),
        ("21.08.2018", "is not a date"),
        ("", "is not a date"),
        ("٢٠١٨", "is not a date"),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    with pytest.raises(edtf.EdtfError, match=why):
        edtf.parse(text)
    assert edtf.try_parse(text) is None


YEARS = st.one_of(st.integers(1, 9999).map("{:04}".format), st.sampled_from(["201X", "19XX", "XXXX"]))
SINGLES = st.builds(
    lambda year, rest, mark: year + rest + mark,
    YEARS,
    st.one_of(
        st.just(""),
        st.integers(1, 24).map("-{:02}".format),
        st.dates().map(lambda day: f"-{day.month:02}-{day.day:02}"),
        st.sampled_from(["-XX", "-02-29", "-08-XX"]),
    ),
    st.sampled_from(["", "?", "~", "%"]),
)
ENDS = st.one_of(SINGLES, st.sampled_from(["", ".."]))
TEXTS = st.one_of(SINGLES, st.builds("{}/{}".format, ENDS, ENDS))
DATES = TEXTS.map(edtf.try_parse).filter(lambda date: date is not None)


@given(TEXTS)
def test_a_text_is_a_date_or_refused_and_every_date_can_be_shown(text: str) -> None:
    date = edtf.try_parse(text)
    if date is not None:
        assert edtf.show(date)
        assert edtf.parse(date.text) == date
        assert date.earliest is None or date.latest is None or date.earliest <= date.latest
        assert date.unit is None or edtf.parse(date.unit)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    date = edtf.try_parse(text)
    assert date is None or edtf.show(date)


@given(st.text(alphabet="PTRESNTFUQHWDXYM-0123456789:SU", max_size=16))
def test_any_timex_value_is_a_date_or_none(value: str) -> None:
    date = edtf.from_timex(value)
    assert date is None or edtf.show(date)


@given(st.lists(DATES, max_size=8))
def test_the_order_is_total_and_does_not_depend_on_how_they_come(dates: list[Date]) -> None:
    ordered = sorted(dates, key=lambda date: date.sort_key)
    backwards = [*reversed(dates)]
    assert sorted(backwards, key=lambda date: date.sort_key) == ordered
    for one, other in pairwise(ordered):
        assert (one.sort_key == other.sort_key) == (one.text == other.text)


def test_the_wider_stands_before_the_narrower_like_a_heading() -> None:
    texts = ["XXXX-01-01", "2018-08-21", "2018-08", "2018-08-01", "2018", "2018-08-21?", "2019", "../2017"]
    ordered = sorted(
        map(edtf.parse, texts), key=cmp_to_key(lambda a, b: (a.sort_key > b.sort_key) - (a.sort_key < b.sort_key))
    )
    assert [d.text for d in ordered] == [
        "../2017", "2018", "2018-08", "2018-08-01", "2018-08-21", "2018-08-21?", "2019", "XXXX-01-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018-08-21", "2018-08-21"),
        ("2018-08-21TMO", "2018-08-21"),
        ("2018-W34", "2018-08-20/2018-08-26"),
        ("2018-W34-WE", "2018-08-25/2018-08-26"),
        ("2018-SU", "2018-22"),
        ("199", "199X"),
        ("PRESENT_REF", None),
        ("P3D", None),
        ("2018-W54", None),
    ],
)
def test_timex_values(value: str, expected: str | None) -> None:
    date = edtf.from_timex(value)
    assert (date and date.text) == expected
