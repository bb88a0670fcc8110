"""After any change, the site that is brought up to date is byte for byte the one built from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

NEW = """---
title: Lavrov flies to Doha
published: 2018-11-02
source: The Oxus Daily
---

Sergey Lavrov flew to Doha on 1 November 2018, the foreign ministry said. He meets the Taliban's office there on Monday.
"""


def from_nothing(site: Site, tmp_path: Path) -> dict[str, bytes]:
    """The same inputs, built in a folder that was never built before."""
    other = type(site)(tmp_path / "other" / site.root.name, site.program)
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("site", ".archivegen", ".site-new"))
    return other.built()


def replace(path: str, old: str, new: str) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        text = (site.root / path).read_text(encoding="utf-8")
        assert old in text
        site.write(path, text.replace(old, new))

    return change


def write(path: str, text: str) -> Callable[[Site], None]:
    return lambda site: (site.write(path, text), None)[1]


def remove(path: str) -> Callable[[Site], None]:
    return lambda site: (site.root / path).unlink()


def rename(path: str, to: str) -> Callable[[Site], None]:
    return lambda site: ((site.root / path).rename(site.root / to), None)[1]


PUBLISHED = """{"/": "page"
,"/actors/lavrov/": "actor Sergey Lavrov"
,"/articles/gone/": "article seeds/gone.txt"
,"/articles/moscow/": "article seeds/what-moscow-wants.md"
}
"""
SEED = "seeds/lavrov-expects-taliban.txt"
CHANGES: dict[str, Callable[[Site], None]] = {
    "a seed is edited": replace("seeds/what-moscow-wants.md", "Moscow", "Berlin"),
    "a headline is edited": replace("seeds/what-moscow-wants.md", "title: ", "title: New! "),
    "a date is edited": replace("seeds/what-moscow-wants.md", "2018", "2019"),
    "a seed is added": write("seeds/0-new.md", NEW),
    "a seed of the same headline is added": write("seeds/zz.md", "---\ntitle: What Moscow wants\n---\n\nNothing.\n"),
    "a seed is removed": remove(SEED),
    "a seed is renamed": rename(SEED, "seeds/zz.txt"),
    "a seed loses its text": write(SEED, ""),
    "a record is added": write("records/lavrov-expects-taliban.md", NEW),
    "a record without a seed is added": write("records/doha.md", NEW),
    "an actor is named": replace("actors.yaml", "actors:", "actors:\n  - {name: Doha, kind: organisation}"),
    "a name is ignored": write("actors.yaml", "ignore: [Taliban, Russia]\n"),
    "the names file is removed": remove("actors.yaml"),
    "a template is added": write(
        "templates/about.html", "{% extends 'base.html' %}{% block content %}Hi{% endblock %}"
    ),
    "a style is added": write("static/style.css", "body { color: red }"),
    "a picture is added": write("static/pictures/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "the title is set": replace("site.yaml", "title: ", "title: The "),
    "the page size is set": replace("site.yaml", "language: en", "language: en\npage_size: 2"),
    "dates are not wanted": replace("site.yaml", "language: en", "language: en\ndetect: {dates: false}"),
    "actors are not wanted": replace("site.yaml", "language: en", "language: en\ndetect: {actors: false}"),
    "feeds are not wanted": replace("site.yaml", "language: en", "language: en\nfeeds: false"),
    "an article is withdrawn": replace("seeds/what-moscow-wants.md", "desk: Analysis", "status: withdrawn"),
    "an article is corrected": replace(
        "seeds/what-moscow-wants.md", "desk: Analysis", "status: corrected\nnotice: So."
    ),
    "a name is redacted": replace("seeds/what-moscow-wants.md", "desk: Analysis", "redact: [Fyodor Lukyanov]"),
    "an article claims an old address": replace("seeds/what-moscow-wants.md", "desk: Analysis", "aliases: [moscow]"),
    "addresses were published": write("permalinks.json", PUBLISHED),
    "the language is set": replace("site.yaml", "language: en", "language: de"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_updated_site_equals_one_built_from_nothing(sample: Site, tmp_path: Path, name: str) -> None:
    before = sample.built()
    CHANGES[name](sample)
    ran = sample.run("build")
    after = sample.files()
    assert after != before, ran.out
    other = type(sample)(tmp_path / "other" / sample.root.name, sample.program)
    shutil.copytree(sample.root, other.root, ignore=shutil.ignore_patterns("site", ".archivegen"))
    again = other.run("build")
    assert (ran.code, ran.err) == (again.code, again.err)
    assert after == other.files()


def test_many_changes_after_each_other(sample: Site, tmp_path: Path) -> None:
    sample.built()
    one_after_another = (
        "a seed is added", "a headline is edited", "a record without a seed is added", "an actor is named",
        "a style is added", "a seed is renamed", "a name is ignored", "the page size is set", "a date is edited",
    )  # fmt: skip
    for name in one_after_another:
        CHANGES[name](sample)
        assert sample.run("build").code == 0
    assert sample.files() == from_nothing(sample, tmp_path)


def test_a_record_taken_away_gives_the_seed_back(sample: Site) -> None:
    before = sample.built()
    record = sample.write("records/lavrov-expects-taliban.md", NEW)
    assert sample.built() != before
    record.unlink()
    assert sample.built() == before


def test_a_name_moves_to_another_article(sample: Site, tmp_path: Path) -> None:
    names = "\nNobody said what the Taliban wanted.\n"
    texts = [f"---\ntitle: The {day} day\npublished: 2019-03-0{day}\n---\n\nNothing more.\n" for day in "123"]
    for day, text in enumerate(texts):
        sample.write(f"seeds/day-{day}.md", text + (names if day < 2 else ""))
    before = sample.built()
    for day, text in enumerate(texts):
        sample.write(f"seeds/day-{day}.md", text + (names if day > 0 else ""))
    after = sample.built()
    assert after["data/mentions.csv"] != before["data/mentions.csv"]
    assert after == from_nothing(sample, tmp_path)


@pytest.mark.parametrize(("old", "new"), [("the harbour", "the harbour,"), ("the harbour", "the old port"), (" ", "")])
def test_copies_and_stories_stay_right_when_a_text_changes_little_or_much(
    empty_site: Site, tmp_path: Path, old: str, new: str
) -> None:
    site = empty_site
    site.write("site.yaml", "title: Copies\nsearch: false\n")
    words = "{} ferries left the harbour of Varna on 3 March 2018, said Ada Olsen of line {}, whose {} captains wait. "
    text = "".join(words.format(number, number + 50, number * 7) for number in range(12))
    for day, outlet in ((4, "The Post"), (5, "The Wire"), (6, "The Herald")):
        front = f"---\ntitle: Ferries {day}\npublished: 2018-03-0{day}\nsource: {outlet}\n---\n\n"
        site.write(f"seeds/{day}.md", front + text)
    site.write("seeds/late.md", f"---\ntitle: Late\npublished: 2018-03-07\n---\n\nOf ferries. {text[:300]}\n")
    before = site.built()
    assert b"The Post" in before["articles/ferries-5/index.html"]
    site.write("seeds/5.md", text_of(site, "seeds/5.md").replace(old, new))
    assert site.built() == from_nothing(site, tmp_path)
    site.write("seeds/4.md", text_of(site, "seeds/4.md").replace("2018-03-04", "2018-03-09"))
    assert site.built() == from_nothing(site, tmp_path / "again")


def text_of(site: Site, path: str) -> str:
    return (site.root / path).read_text(encoding="utf-8")


def test_an_unchanged_build_writes_nothing(sample: Site) -> None:
    sample.built()
    stamps = {file: file.stat().st_mtime_ns for file in (sample.root / "site").rglob("*")}
    ran = sample.run("build")
    assert "0 written" in ran.out
    assert "0 removed" in ran.out
    assert {file: file.stat().st_mtime_ns for file in (sample.root / "site").rglob("*")} == stamps


def test_touched_files_change_nothing(sample: Site) -> None:
    before = sample.built()
    for file in sample.root.rglob("*"):
        if file.is_file() and "site" not in file.parts and ".archivegen" not in file.parts:
            os.utime(file, (1, 1))
    assert "0 written" in sample.run("build").out
    assert sample.files() == before


def test_an_edit_writes_only_the_pages_it_changes(sample: Site) -> None:
    before = sample.built()
    replace("seeds/what-moscow-wants.md", "Moscow", "Berlin")(sample)
    ran = sample.run("build")
    after = sample.files()
    changed = [path for path in after if before.get(path) != after[path] and not path.startswith(".")]
    assert f"pages: {len(changed)} written" in ran.out
    assert len(changed) < len(after)


@pytest.mark.parametrize("path", ["index.html", "articles", "static/style.css"])
def test_what_is_missing_from_the_site_is_put_back(sample: Site, path: str) -> None:
    before = sample.built()
    gone = sample.root / "site" / path
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    assert sample.built() == before


def test_a_deleted_store_costs_only_time(sample: Site) -> None:
    before = sample.built()
    shutil.rmtree(sample.root / ".archivegen")
    ran = sample.run("build")
    assert "0 written" in ran.out
    assert sample.files() == before


def test_files_of_others_in_the_site_stay(sample: Site) -> None:
    sample.built()
    stranger = sample.root / "site" / "articles" / "CNAME"
    stranger.write_text("example.org")
    remove(SEED)(sample)
    sample.built()
    sample.built("--clean")
    assert stranger.read_text() == "example.org"


def test_the_same_bytes_under_any_hash_seed_and_number_of_processes(sample: Site, tmp_path: Path) -> None:
    for number in range(70):  # enough that a pool of processes is used
        sample.write(f"seeds/copy-{number}.md", NEW.replace("Doha", f"Doha {number}"))
    builds = []
    for seed, jobs in (("0", "1"), ("1", "2"), ("4242", "3")):
        shutil.rmtree(sample.root / "site", ignore_errors=True)
        shutil.rmtree(sample.root / ".archivegen", ignore_errors=True)
        command = [sys.executable, "-m", "archivegen", "build", "--site", str(sample.root), "--jobs", jobs]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        builds.append(sample.files())
    assert builds[0] == builds[1] == builds[2]


def test_a_template_may_show_the_sites_totals_on_any_page(site: Site) -> None:
    site.write("templates/parts/footer.html", "<footer>{{ site.articles }} articles on this site</footer>")
    site.built()
    before = [page for page, data in site.files().items() if b" articles on this site" in data]
    site.write("seeds/more.md", "---\ntitle: More\npublished: 2018-09-05\n---\nIt went on.\n")
    site.built("--verify")
    now = {site.page(page).partition(" articles on this site")[0].rpartition(">")[2] for page in before}
    assert now == {str(len([*(site.root / "seeds").iterdir()]))}


def test_totals_in_a_template_behind_a_link_are_seen(site: Site, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/foot.html").write_text("{{ site.articles }} in all")
    block = '{% block byline %}{% include "own/foot.html" %}{% endblock %}'
    site.write("templates/article.html", f'{{% extends "theme/article.html" %}}{block}')
    (site.root / "templates/own").symlink_to(tmp_path / "shared")
    site.built()
    site.write("seeds/more.md", "---\ntitle: More\npublished: 2018-09-05\n---\nIt went on.\n")
    site.built("--verify")


def test_hidden_files_are_not_published_but_well_known_ones_are_and_their_changes(site: Site) -> None:
    for path in ("static/.git/config", "static/.secret", "static/a/.b/c.css", "static/.well-known/security.txt"):
        site.write(path, "one")
    published = {path for path in site.built() if path.startswith("static/") and "/." in path}
    assert published == {"static/.well-known/security.txt"}
    site.write("static/.well-known/security.txt", "other")
    assert site.built()["static/.well-known/security.txt"] == b"other"


def test_templates_in_a_folder_that_is_linked_to_are_seen(site: Site, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "footer.html").write_text("<footer>First</footer>")
    (shared / "loop").symlink_to(shared)
    (site.root / "templates").mkdir()
    (site.root / "templates/parts").symlink_to(shared)
    site.built()
    (shared / "footer.html").write_text("<footer>Second</footer>")
    site.built()
    assert "<footer>Second</footer>" in site.page("index.html")


def test_a_seed_in_a_folder_named_like_pythons_own_is_seen(site: Site) -> None:
    site.write("seeds/__pycache__/a.md", "---\ntitle: First\npublished: 2018-09-05\n---\nIt went on.\n")
    site.built()
    site.write("seeds/__pycache__/a.md", "---\ntitle: Second\npublished: 2018-09-05\n---\nIt went on.\n")
    assert "articles/second/index.html" in site.built()


def test_an_actor_of_two_spellings_is_counted_again_where_one_moves_to_an_article_that_has_the_other(
    empty_site: Site,
) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\nsearch: false\n")
    rain = "It rained on the town and the river rose over its banks. People stayed at home."
    accented, plain = (
        f" President {name} spoke on the square. It went on." for name in ("José Martínez", "Jose Martinez")
    )

    def write(name: str, *sentences: str) -> None:
        head = f"The day {name}\n\nThe Varna Post\n\n21 August 2018"
        site.write(f"seeds/{name}.txt", f"{head}\n\n{rain}{''.join(sentences)}\n")

    for name, sentence in (("a", accented), ("b", plain), ("c", accented)):
        write(name, sentence)
    site.built()
    assert "3 articles" in site.page("actors/jose-martinez/index.html")
    write("a", accented, plain)
    write("b")
    site.built("--verify")
    assert "2 articles" in site.page("actors/jose-martinez/index.html")
