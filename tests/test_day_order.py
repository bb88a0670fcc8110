"""Day or month first in a date of numbers, told by other pages of the same outlet; taken back when they go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

TEXT = """{title}

{date}

{outlet}

The council of {place} met for two hours and settled nothing at all about the harbour or the old market hall.

Residents waited outside until the evening, and went home when the mayor told them that nothing had been decided.
"""


def page(date: str, place: str, outlet: str = "The Brenn Courier") -> str:
    return TEXT.format(title=f"Council of {place} settles nothing again", date=date, place=place, outlet=outlet)


@pytest.fixture
def archive(empty_site: Site) -> Site:
    empty_site.write("seeds/one.txt", page("23/08/2018", "Aldara"))
    empty_site.write("seeds/two.txt", page("30/09/2018", "Corvia"))
    empty_site.write("seeds/unclear.txt", page("04/09/2018", "Esteria"))
    return empty_site


def dated(site: Site) -> dict[str, tuple[str | None, str | None, str | None]]:
    """What the export says of each article's date, after the build."""
    site.run("build")
    ran = site.run("export", "--format", "json", "--output", str(site.root / "out.json"))
    assert ran.code == 0, ran.err
    articles = json.loads((site.root / "out.json").read_text(encoding="utf-8"))["articles"]
    return {a["path"]: (a["published"], a["published_basis"], a["published_evidence"]) for a in articles}


def test_two_other_pages_of_an_outlet_settle_an_unclear_date(archive: Site) -> None:
    told = dated(archive)["seeds/unclear.txt"]
    assert told == ("2018-09-04", "stated", "04/09/2018 (day first, as in 2 other pages of The Brenn Courier)")


def test_months_come_first_where_the_outlet_writes_them_first(archive: Site) -> None:
    archive.write("seeds/one.txt", page("08/23/2018", "Aldara"))
    archive.write("seeds/two.txt", page("09/30/2018", "Corvia"))
    assert dated(archive)["seeds/unclear.txt"][0] == "2018-04-09"


def test_the_doubt_comes_back_when_a_deciding_page_goes(archive: Site) -> None:
    assert dated(archive)["seeds/unclear.txt"][0]
    (archive.root / "seeds/two.txt").unlink()
    assert dated(archive)["seeds/unclear.txt"] == (None, None, None)
    assert "unclear.txt: undated: its date in numbers may be day first or month first" in archive.run("review").out


@pytest.mark.parametrize(
    "other",
    [page("30/09/2018", "Corvia", "The Dunmore Courier"), page("09/30/2018", "Corvia")],
    ids=["elsewhere", "split"],
)
def test_one_page_or_pages_that_differ_settle_nothing(archive: Site, other: str) -> None:
    archive.write("seeds/two.txt", other)
    assert dated(archive)["seeds/unclear.txt"][0] is None


def test_from_five_pages_on_more_change_nothing(archive: Site) -> None:
    for name, place in (("three", "Farrow"), ("four", "Galvia"), ("five", "Harth")):
        archive.write(f"seeds/{name}.txt", page("25/10/2018", place))
    before = archive.built()
    assert "as in 5 or more other pages" in str(dated(archive)["seeds/unclear.txt"])
    archive.write("seeds/six.txt", page("26/10/2018", "Istvan"))
    assert dated(archive)["seeds/unclear.txt"][0] == "2018-09-04"
    (archive.root / "seeds/six.txt").unlink()
    assert archive.built() == before
