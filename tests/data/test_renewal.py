"""The files of `data/` after one change after another: those of a clean build, and little is made for it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from archivegen.data import fulltext, renewal
from archivegen.data.database import NewDatabase

if TYPE_CHECKING:
    from conftest import Site

WORDS = ("bridge", "harbour", "budget", "school", "tunnel", "railway", "café", "Überfall", "zeppelin")


def article(number: int, pick: random.Random, title: str = "") -> str:
    sentences = [
        f"The {pick.choice(WORDS)} was opened on {pick.randrange(1, 28)} {pick.choice(('May', 'June'))} "
        f"{pick.randrange(2015, 2018)}, Ada Falkner{number % 5} said."
        for _ in range(4)
    ]
    vague = "In 2016 nobody knew. It was said until June 2017."
    return f"---\ntitle: {title or f'Number {number}'}\npublished: 2018-01-{number % 28 + 1:02}\nsource: The Wire\n" + (
        f"---\n\n{' '.join(sentences)}\n\n{vague}\n"
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivegen.data.survey.MANY", 1000)
    monkeypatch.setattr("archivegen.data.survey.RUN", 3)


@pytest.fixture
def many(empty_site: Site, small: None) -> Site:
    """An archive of 40 articles in 13 runs or so."""
    empty_site.write("site.yaml", "title: Edits\nsearch: false\nurl: https://example.org/a,b/\n")
    pick = random.Random(1)
    for number in range(40):
        empty_site.write(f"seeds/{number:03}.md", article(number, pick))
    empty_site.built("--jobs", "1")
    return empty_site


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each database came about."""
    found: list[str] = []
    renew, enter = renewal._renew, NewDatabase.__enter__

    def renewed(*arguments: object) -> bool:
        is_done: bool = renew(*arguments)  # type: ignore[arg-type]
        found.append("renewed" if is_done else "given up")
        return is_done

    def entered(new: NewDatabase) -> NewDatabase:
        found.append("new")
        return enter(new)

    monkeypatch.setattr(renewal, "_renew", renewed)
    monkeypatch.setattr(NewDatabase, "__enter__", entered)
    return found


def check(site: Site) -> None:
    """Compare the files of `data/` with those of a clean build, and see that the database is sound."""
    other = type(site)(site.root.parent / "other", site.program)
    shutil.rmtree(other.root, ignore_errors=True)
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("site", ".archivegen"))
    built = site.built("--jobs", "1")
    clean = other.built("--jobs", "1")
    assert [path for path in clean if path.startswith("data/") and clean[path] != built.get(path)] == []
    with closing(sqlite3.connect(site.root / "site" / "data" / "archive.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
        db.rollback()


EDITS: dict[str, Callable[[Site, random.Random], object]] = {
    "another text": lambda site, pick: site.write("seeds/007.md", article(7, pick)),
    "another headline": lambda site, pick: site.write("seeds/008.md", article(8, pick, "=Another headline, “new”")),
    "one more": lambda site, pick: site.write("seeds/0071.md", article(71, pick)),
    "one less": lambda site, _: (site.root / "seeds" / "030.md").unlink(),
    "one more at the end": lambda site, pick: site.write("seeds/099.md", article(99, pick)),
    "two more at the end": lambda site, pick: [site.write(f"seeds/{n}.md", article(n, pick)) for n in (100, 101)],
    "the same again": lambda site, _: site.write("seeds/007.md", (site.root / "seeds" / "007.md").read_bytes()),
    "another actor": lambda site, pick: site.write("seeds/012.md", article(12, pick).replace("Falkner2", "Moravec")),
    "a new day": lambda site, pick: site.write("seeds/013.md", article(13, pick) + "\nOn 4 March 1999 it rained.\n"),
    "none any more": lambda site, pick: site.write("seeds/013.md", article(13, pick)),
}


def test_after_any_edit_the_files_are_those_of_a_clean_build(many: Site, done: list[str]) -> None:
    pick = random.Random(2)
    for name, edit in EDITS.items():
        edit(many, pick)
        done.clear()
        check(many)
        assert done in (["renewed", "new"], ["new"]) or name == "one less", name  # the last is the clean build's
        if name in ("another text", "one more at the end", "two more at the end", "a new day", "none any more"):
            assert done[0] == "renewed", name


def test_where_an_index_cannot_be_changed_all_is_made_anew(
    many: Site, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("table articles_fts_data may not be modified")

    monkeypatch.setattr(fulltext, "replace", refuse)
    EDITS["another text"](many, random.Random(3))
    check(many)
    assert done == ["given up", "new", "new"]


def test_an_index_of_another_form_is_not_touched(many: Site) -> None:
    file = many.root / "site" / "data" / "archive.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        with pytest.raises(fulltext.UnknownFormError):
            fulltext.replace(db, 1, (0, (1 << 24) - 1), [(1, "title", "text")])


def test_without_a_database_to_renew_all_is_made_anew(many: Site, done: list[str]) -> None:
    (many.root / ".archivegen" / "data" / "archive.db").unlink()
    EDITS["another text"](many, random.Random(3))
    check(many)
    assert done == ["new", "new"]


def test_clean_builds_take_nothing_from_the_last(many: Site, done: list[str]) -> None:
    many.built("--clean", "--jobs", "1")
    assert done == ["new"]


def test_the_settings_of_a_calendar_or_an_address_are_followed(many: Site) -> None:
    many.write("site.yaml", "title: Another title\nsearch: false\nurl: https://example.org/a,b/\n")
    check(many)
    assert "X-WR-CALNAME:Another title" in many.page("data/calendar.ics")
    many.write("site.yaml", "title: Another title\nsearch: false\nurl: https://example.com/\n")
    check(many)
    assert "https://example.com/articles/" in many.page("data/entries.csv")
    many.write("site.yaml", "title: Another title\nsearch: false\nurl: https://example.com/\ndata: [csv, sqlite]\n")
    check(many)
