"""The table of names of months and weekdays is what Unicode CLDR has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel import Locale

from archivegen.read.calendar_words import LANGUAGES, find_dates, find_days

TABLE = json.loads((Path(__file__).parents[2] / "src/archivegen/read/calendar.json").read_text("utf-8"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_table_has_the_wide_names_of_every_language(code: str) -> None:
    locale = Locale.parse(code)
    for number, name in locale.months["format"]["wide"].items():
        plain = name.casefold().rstrip(".")
        assert plain[:1].isdigit() or TABLE["month"][code][plain] == number - 1
    for number, name in locale.days["format"]["wide"].items():
        assert TABLE["weekday"][code][name.casefold().rstrip(".")] == number


def test_days_without_a_year() -> None:
    assert set(find_days("It began on Nov. 2, and ended on 5 December; 12 people came")) == {(11, 2), (12, 5)}
    assert [(d.year, d.month, d.day, d.weekday) for d in find_dates("Fri 2 nov. 2018", "en")] == [(2018, 11, 2, 4)]
