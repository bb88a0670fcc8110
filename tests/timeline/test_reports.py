"""Who else reports an event, since when; and where accounts plainly contradict."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from archivegen.model import Conflict, Report, Reported
from archivegen.timeline.reports import find_conflicts, find_reported

FELL = "The Elin Dock Company said on Tuesday that its oldest crane had fallen on the main quay and injured 12 dockers."
FELL_TOO = "On Tuesday an old crane of the Elin Dock Company fell on the main quay, where 14 dockers were injured."
SALE = "On Tuesday the Elin Dock Company said that it would sell its warehouses on the southern bank to a brewery."


def report(entry: int, text: str, outlet: str, **other: object) -> Report:
    made = Report(entry, 100, entry, 1, 100, outlet, ("elin-dock-company",), text)
    return replace(made, **other)  # type: ignore[arg-type]


def test_an_event_in_two_outlets_says_who_had_it_first_and_when() -> None:
    late = report(2, FELL_TOO, "courier", published=102)
    found = dict(find_reported([report(1, FELL, "wire", published=101), late, report(3, SALE, "wire")]))
    assert found == {1: Reported(2, 1, 1), 2: Reported(2, 1, 1)}


@pytest.mark.parametrize(
    "other",
    [
        report(2, FELL_TOO, "wire"),  # the same outlet again
        report(2, FELL_TOO, ""),  # nobody knows whose
        report(2, SALE, "courier"),  # something else
        report(2, FELL_TOO, "courier", actors=("brenn-transit-union",)),
        report(2, FELL_TOO, "courier", day=101),
        report(2, FELL, "courier", article=1),
        report(2, FELL_TOO, "courier", story=2),
        report(2, FELL_TOO, "courier", story=None),
    ],
)
def test_what_is_not_the_same_event_in_another_outlet_is_no_corroboration(other: Report) -> None:
    assert dict(find_reported([report(1, FELL, "wire"), other])) == {}


def test_an_undated_article_is_not_taken_for_the_first() -> None:
    found = dict(
        find_reported([report(1, FELL, "wire", published=None), report(2, FELL_TOO, "courier", published=103)])
    )
    assert found[1] == Reported(2, 2, 3)


def test_numbers_that_differ_are_both_shown() -> None:
    one, other = report(1, FELL, "wire", story=1), report(2, FELL_TOO, "courier", story=1)
    assert list(find_conflicts([one, other])) == [Conflict(1, 2, "12 or 14 dockers")]


@pytest.mark.parametrize(
    "text", [FELL, SALE, FELL.replace("12 dockers", "12 dockers and 3 sailors"), FELL.replace("12", "at least 10")]
)
def test_agreement_and_other_things_are_no_contradiction(text: str) -> None:
    one, other = report(1, FELL, "wire", story=1), report(2, text, "courier", story=1)
    assert list(find_conflicts([one, other])) == []
