"""The database as a whole build sees it: thrown away when foreign, left as it was when a build fails."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivegen import contents, pages, render
from archivegen.config import load_config
from archivegen.errors import StoreError
from archivegen.inputs import theme_folders
from archivegen.store import Listing, Reader, Writer, open_store, read_store, settle

if TYPE_CHECKING:
    from conftest import Site


def test_an_error_rolls_everything_back(site: Site) -> None:
    site.built()
    file = site.root / ".archivegen" / "archive.db"
    before = file.read_bytes()
    with pytest.raises(RuntimeError), open_store(file) as store:
        Writer(store).drop("seeds/talks.txt")
        assert Reader(store).count("article") == 0
        raise RuntimeError
    assert file.read_bytes() == before


def test_a_wrong_query_is_a_fault_of_the_program_not_of_the_disk(site: Site) -> None:
    site.built()
    with pytest.raises(sqlite3.IntegrityError), open_store(site.root / ".archivegen" / "archive.db") as store:
        store.execute("INSERT INTO meta VALUES ('a', NULL)")


def test_each_file_to_be_read_is_listed_once_before_any_is_in_the_store(tmp_path: Path) -> None:
    files = [(f"seeds/{n:04}.txt", "", "stamp", f"/{n}", None) for n in range(2500)]
    with open_store(tmp_path / "archive.db") as store:
        listing = Listing(store)
        listing.fill(files)
        assert list(islice(listing.changed("1"), 5000)) == files


def test_a_store_of_another_version_is_made_again(site: Site) -> None:
    before = site.built()
    file = site.root / ".archivegen" / "archive.db"
    connection = sqlite3.connect(file)
    connection.executescript("DROP TABLE article; CREATE TABLE other (x); PRAGMA user_version = 99")
    connection.close()
    assert site.built() == before


@pytest.mark.parametrize(
    ("family", "key"),
    [
        ("article", "seeds/talks.txt"),
        ("year", "2018/2"),
        ("actor", "sergey-lavrov"),
        ("actor-span", "sergey-lavrov/2010-2019"),
        ("outlet", "oxus-daily/1"),
        ("date", "2018"),
        ("date", "2018-08"),
        ("date", "2018-09-04"),
        ("tombstone", "withdrawn"),
    ],
)
def test_no_page_reads_a_whole_table(site: Site, tmp_path: Path, family: str, key: str) -> None:
    site.write("site.yaml", "title: Test\npage_size: 1\n")
    site.write("records/gone.md", "---\ntitle: Withdrawn\nstatus: withdrawn\nnotice: It was wrong.\n---\nText.\n")
    site.built()
    config = load_config(site.root)
    with closing(read_store(config.work / "archive.db")) as store:
        reader = Reader(store)
        theme = render.open_theme(contents.site_view(config, reader), theme_folders(config, "templates"), version="")
        tools = pages.Tools(config, reader, theme, (), tmp_path, made_by="")
        if family == "article":
            key = str(Writer(store).known(key)[0])
        asked: set[str] = set()
        store.set_trace_callback(asked.add)
        assert list(pages.draw(tools, family, [key]))
        store.set_trace_callback(None)
        for query in sorted(asked):
            steps = [row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {query}")]
            made = {
                "CONSTANT",
                "json_each",
                *(step.split()[1] for step in steps if re.match("MATERIALIZE|CO-ROUTINE", step)),
            }
            scanned = {found[1] for step in steps if (found := re.match(r"SCAN (\w+)", step))}
            assert scanned <= made, f"{query}: {steps}"


def test_who_holds_it_keeps_others_out(site: Site) -> None:
    file = site.root / ".archivegen" / "archive.db"
    with (
        open_store(file),
        pytest.raises(StoreError, match="another build of this archive is running"),
        open_store(file),
    ):
        pass


def test_a_folder_in_its_place_is_told_of(site: Site) -> None:
    (site.root / ".archivegen").write_text("not a folder")
    ran = site.run("build")
    assert ran.code == 1
    assert "archive.db cannot be written: " in ran.err
    assert (site.root / ".archivegen").read_text() == "not a folder"


def test_articles_without_a_date_stand_before_and_after_nothing(empty_site: Site) -> None:
    for number, day in enumerate(("2018-05-01", "2018-05-02", ""), 1):
        date = f"published: {day}\n" if day else ""
        empty_site.write(f"seeds/{number}.md", f"---\ntitle: Article {number}\n{date}---\nA sentence of the article.\n")
    empty_site.built()
    assert 'rel="next" href="../../articles/article-2/' in empty_site.page("articles/article-1/index.html")
    assert 'rel="next"' not in empty_site.page("articles/article-2/index.html")
    assert 'rel="prev"' not in empty_site.page("articles/article-3/index.html")


def test_an_outlet_with_and_without_its_article_is_one_named_as_most_articles_do(empty_site: Site) -> None:
    for number, outlet in enumerate(("The Tollbridge Courier", "Tollbridge Courier", "the Tollbridge Courier"), 1):
        empty_site.write(f"seeds/{number}.md", f"---\ntitle: A{number}\nsource: {outlet}\n---\nText.\n")
    empty_site.write("seeds/4.md", "---\ntitle: A4\nsource: Tollbridge Courier\n---\nText.\n")
    files = empty_site.built()
    assert [
        path for path in files if path.startswith("outlets/") and path.count("/") == 2 and path.endswith(".html")
    ] == ["outlets/tollbridge-courier/index.html"]
    page = empty_site.page("outlets/tollbridge-courier/index.html")
    assert "<h1" in page and "Tollbridge Courier</h1>" in page and "The Tollbridge Courier</h1>" not in page
    assert all(f"articles/a{number}/" in page for number in (1, 2, 3, 4))


def test_names_are_counted_over_the_archive_with_their_other_forms(empty_site: Site) -> None:
    text = "Moscow, 3 May 2019\n\nRussian Foreign Minister Sergey Lavrov met them. Lavrov said so. Lavrov left again.\n"
    for name in ("one", "two"):
        empty_site.write(f"seeds/{name}.txt", f"---\ntitle: {name}\n---\n{text}")
    empty_site.built()
    with open_store(empty_site.root / ".archivegen" / "archive.db") as store:
        found = {count.name: count for count in settle.spellings(store)}
    lavrov = found["Sergey Lavrov"]
    assert (lavrov.kind, lavrov.articles, lavrov.mentions, lavrov.forms) == ("person", 2, 6, ("Lavrov",))
