"""What ties articles together, as readers, editors and programs see it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

WIRE = """Goran Haldane, who leads the Elin Dock Company, said on Tuesday that the oldest crane of Port Elin had fallen
on the main quay and injured 12 dockers. Haldane said that forty ships wait in the bay and that the quay would
be cleared by 4 September.
The fruit terminal has begun to send its lorries inland. The crane, built in 1971, was to be taken down next spring.
Insurers doubt that Port Elin was covered. The town's hospital called in every nurse it has, and the rails are bent.
"""
COPY = WIRE.replace("The fruit terminal has begun to send its lorries inland. ", "") + "Two tugs left at dawn.\n"
COURIER = """On Tuesday the oldest crane of the Elin Dock Company fell on the main quay of Port Elin, where 14
dockers were injured, Goran Haldane said. Haldane, its chairman, was at the quay within the hour. His rivals ask why a
crane of that age stood at all.
"""
LATER = """The Elin Dock Company hopes to clear the main quay of Port Elin of its fallen crane by 4 September, Goran
Haldane said on Wednesday. Haldane told the Courier that ships now wait in the bay for the quay, and that no
docker is still in hospital.
"""


def write(site: Site, name: str, text: str, *, source: str, day: str = "") -> None:
    published = f"published: {day}\n" if day else ""
    site.write(f"seeds/{name}.md", f"---\ntitle: Crane {name}\nsource: {source}\n{published}---\n\n{text}")


@pytest.fixture
def crane(empty_site: Site) -> Site:
    """An event in four articles: by an agency, copied, by another outlet, and in an undated article."""
    write(empty_site, "wire", WIRE, source="Elin Wire", day="2018-08-21")
    write(empty_site, "copy", COPY, source="Corvia Post", day="2018-08-22")
    write(empty_site, "courier", COURIER, source="Elin Courier", day="2018-08-22")
    write(empty_site, "later", LATER, source="Elin Courier")
    return empty_site


def test_a_copy_leads_to_its_first_with_what_it_has_otherwise(crane: Site) -> None:
    crane.built()
    page = crane.page("articles/crane-copy/index.html")
    assert "Nearly the same text" in page
    assert "<del>The fruit terminal has begun to send its lorries inland.</del>" in page
    assert "<ins>Two tugs left at dawn.</ins>" in page
    assert "Copies of this article" in crane.page("articles/crane-wire/index.html")
    assert "crane-copy" not in crane.page("feed.xml")


def test_the_other_accounts_of_a_story_are_listed(crane: Site) -> None:
    crane.built()
    accounts = crane.page("articles/crane-courier/index.html").partition("Other accounts of this story")[2]
    assert "../../articles/crane-wire/index.html" in accounts
    assert "../../articles/crane-later/index.html" in accounts


def test_a_proposed_date_is_shown_with_its_reason_and_used_for_nothing(crane: Site) -> None:
    crane.built()
    page = crane.page("articles/crane-later/index.html")
    assert "probably about 22 August 2018, because it tells the same story" in page
    assert "No publication date is stated" in page
    assert "crane-later" in crane.page("undated/index.html")
    assert "crane-later" not in crane.page("dates/2018/08/22/index.html")
    assert "    published: 2018-08-22~" in crane.run("review").out


def test_what_a_copy_has_too_stands_once_with_the_number_of_outlets(crane: Site) -> None:
    crane.built()
    for page in ("dates/2018/08/21/index.html", "timeline/2018/index.html", "actors/goran-haldane/index.html"):
        assert "articles/crane-wire/index.html#" in crane.page(page), page
        assert "articles/crane-copy/index.html#" not in crane.page(page), page
        assert "Also in 1 other outlet, in the same words" in crane.page(page)
    crane.run("export", "--output", str(crane.root / "out.json"))
    entries = json.loads((crane.root / "out.json").read_text())["entries"]
    repeated = [entry for entry in entries if entry["repeats"]]
    assert {entry["article"] for entry in repeated} == {"seeds/copy.md"}
    assert any(entry["actors"] for entry in repeated)


def test_without_the_first_the_copy_has_its_entries_again(crane: Site) -> None:
    crane.built()
    (crane.root / "seeds/wire.md").unlink()
    crane.built()
    page = crane.page("dates/2018/08/21/index.html")
    assert "articles/crane-copy/index.html#" in page
    assert "in the same words" not in page


def test_a_line_says_that_accounts_differ_as_soon_as_another_does(crane: Site) -> None:
    courier = (crane.root / "seeds" / "courier.md").read_text(encoding="utf-8")
    (crane.root / "seeds" / "courier.md").unlink()
    crane.built()
    pages = ("timeline/2018/index.html", "actors/goran-haldane/index.html")
    assert not any("accounts differ" in crane.page(page) for page in pages)
    crane.write("seeds/courier.md", courier)
    updated = crane.built()
    assert all('<bdi class="mark">accounts differ</bdi> Goran Haldane, who leads' in crane.page(page) for page in pages)
    assert {**updated, **crane.built("--clean")} == updated


def test_entries_say_who_else_reports_and_where_numbers_differ(crane: Site) -> None:
    crane.built()
    page = crane.page("dates/2018/08/21/index.html")
    assert "Reported by 2 outlets, first by" in page
    assert "the same day" in page
    assert "Where accounts differ" in page
    assert "12 or 14 dockers" in page
    assert "conflicting: 12 or 14 dockers" in crane.run("review").out


def test_an_outlet_that_turns_out_to_be_another_is_no_second_witness(crane: Site) -> None:
    """No text changed, and no article is undated, so stories stay; who reports them does not."""
    for name in ("copy", "later"):
        (crane.root / f"seeds/{name}.md").unlink()
    crane.built()
    page = "dates/2018/08/21/index.html"
    assert "Reported by 2 outlets" in crane.page(page)
    write(crane, "courier", COURIER, source="Elin Wire", day="2018-08-22")
    updated = crane.built()
    assert "Reported by" not in crane.page(page)
    assert {**updated, **crane.built("--clean")} == updated


def test_the_export_has_what_ties_articles(crane: Site) -> None:
    crane.run("export", "--output", str(crane.root / "out.json"))
    data = json.loads((crane.root / "out.json").read_text())
    articles = {article["path"]: article for article in data["articles"]}
    assert articles["seeds/copy.md"]["copy_of"] == "seeds/wire.md"
    assert articles["seeds/courier.md"]["story"] == articles["seeds/wire.md"]["story"] == "seeds/wire.md"
    assert articles["seeds/later.md"]["published"] is None
    assert articles["seeds/later.md"]["proposed"] == "2018-08-22~"
    assert {entry["outlets"] for entry in data["entries"]} >= {0, 2}


def test_what_is_gone_is_tied_to_nothing(crane: Site) -> None:
    crane.built()
    (crane.root / "seeds/wire.md").unlink()
    crane.built()
    assert "Nearly the same text" not in crane.page("articles/crane-copy/index.html")


def test_without_dates_and_names_nothing_is_compared(crane: Site) -> None:
    crane.write("site.yaml", "title: Talks\ndetect: {dates: false, actors: false}\n")
    crane.built()
    assert "Nearly the same text" not in crane.page("articles/crane-copy/index.html")
