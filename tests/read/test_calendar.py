"""The table of names of months and weekdays is what Unicode CLDR has."""

from __future__ import annotations

import json
from pathlib import Path

import babel
import pytest
from babel import Locale

from archivegen.read.calendar_words import LANGUAGES, find_dates, find_days

TABLE = json.loads((Path(__file__).parents[2] / "src/archivegen/read/calendar.json").read_text("utf-8"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_table_has_the_wide_names_of_every_language(code: str) -> None:
    locale = Locale.parse(code)
    names = [("month", name, number - 1) for number, name in locale.months["format"]["wide"].items()]
    names += [("weekday", name, number) for number, name in locale.days["format"]["wide"].items()]
    plain = [(what, name.casefold().rstrip("."), number) for what, name, number in names]
    known = [TABLE[what][code].get(name) for what, name, _ in plain]
    assert all(
        found in (number, None) or name[:1].isdigit() for found, (_, name, number) in zip(known, plain, strict=True)
    )
    # A newer CLDR may spell a month otherwise than the one that the table was made from.
    assert known.count(None) <= (0 if babel.__version__ in TABLE["source"] else 4), "run bench/make_calendar.py"


def test_days_without_a_year() -> None:
    assert set(find_days("It began on Nov. 2, and ended on 5 December; 12 people came")) == {(11, 2), (12, 5)}
    assert [(d.year, d.month, d.day, d.weekday) for d in find_dates("Fri 2 nov. 2018", "en")] == [(2018, 11, 2, 4)]
