"""The ledger: what is to be done again, and whose files go with a job that there is no more."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archivegen.errors import OutputError
from archivegen.ledger import Collision, Ledger, open_ledger

MARK = f"{'0' * 32} 1"


def build(file: Path, jobs: dict[str, str]) -> tuple[list[str], list[str]]:
    """Do what is due, each job making a file of its name; return what was due and which files no job makes any more."""
    with open_ledger(file) as ledger:
        due = list(ledger.due(jobs.items()))
        ledger.add([(f"{job}.html", MARK, job) for job in due])
        ledger.settle()
        gone = ledger.files.gone()
        ledger.commit()
    return due, gone


def test_a_job_is_due_when_it_is_new_or_its_sign_is_another(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    assert build(file, {"a": "1", "b": "1"}) == (["a", "b"], [])
    assert build(file, {"a": "1", "b": "2", "c": "1"}) == (["b", "c"], [])
    assert build(file, {"a": "1", "c": "1"}) == ([], ["b.html"])


def test_a_job_without_a_sign_is_always_due_and_its_files_go_with_it(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    assert build(file, {"a": "", "b": "1"}) == (["a", "b"], [])
    assert build(file, {"a": "", "b": "1"}) == (["a"], [])
    assert build(file, {"b": "1"}) == ([], ["a.html"])


def test_what_is_not_committed_was_not_done(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    with open_ledger(file) as ledger:
        list(ledger.due([("a", "1")]))
    assert build(file, {"a": "1"})[0] == ["a"]


def test_a_path_that_another_file_has_is_told_of(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "site.db") as ledger:
        list(ledger.due([("a", "1"), ("b", "1")]))
        ledger.add([("x.html", MARK, "a"), ("y.html", MARK, "b"), ("X.html", MARK, "b")])
        with pytest.raises(Collision, match=r"X\.html.*x\.html"):
            ledger.settle()


def test_a_file_may_pass_from_a_job_that_is_gone_to_another(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    with open_ledger(file) as ledger:
        list(ledger.due([("a", "1")]))
        ledger.add([("x.html", MARK, "a")])
        ledger.settle()
        ledger.commit()
    with open_ledger(file) as ledger:
        list(ledger.due([("b", "1")]))
        ledger.add([("x.html", MARK, "b")])
        ledger.settle()
        assert ledger.files.gone() == []
        assert list(ledger.files.all()) == [("x.html", MARK, "b")]


def late(file: Path, path: str, job: str, *, damaged: str = "", page: str = "") -> tuple[bool, list[str]]:
    """Build a page, if there is one, and what leads to it from a former address; tell if that was kept, and all files.

    `damaged` is a job whose file is not as the last build left it.
    """
    with open_ledger(file) as ledger:
        ledger.undo([damaged] if damaged else [])
        ledger.add([(page, MARK, job) for job in ledger.due([("page", "1")] if page else [])])
        ledger.settle(late="former:")
        if not (is_kept := ledger.keep(path, job)):
            ledger.add([(path, MARK, job)])
        ledger.take_in()
        ledger.commit()
    with open_ledger(file) as ledger:
        return is_kept, [path for path, _, _ in ledger.files.all()]


def test_a_file_of_a_late_job_is_kept_while_the_job_is_the_same_and_the_file_stands(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    assert late(file, "old.html", "former:a") == (False, ["old.html"])
    assert late(file, "old.html", "former:a") == (True, ["old.html"])
    assert late(file, "old.html", "former:b") == (False, ["old.html"]), "it leads elsewhere now"
    assert late(file, "older.html", "former:b") == (False, ["older.html"]), "nothing leads on from the other"
    assert late(file, "older.html", "former:b", damaged="former:b") == (False, ["older.html"])
    assert late(file, "older.html", "former:b", damaged="former:c") == (True, ["older.html"])


def test_a_page_may_take_the_place_of_what_a_late_job_had_made(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    assert late(file, "x.html", "former:a")[1] == ["x.html"]
    assert late(file, "y.html", "former:a", page="x.html") == (False, ["x.html", "y.html"])


@pytest.mark.parametrize("content", [b"not a database", b""])
def test_a_file_that_is_no_ledger_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "site.db"
    file.write_bytes(content)
    assert build(file, {"a": "1"})[0] == ["a"]


def test_a_ledger_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    with sqlite3.connect(file) as db:
        db.executescript("CREATE TABLE job (name TEXT); PRAGMA user_version = 7")
    db.close()
    assert build(file, {"a": "1"})[0] == ["a"]
    with open_ledger(file) as ledger:
        assert isinstance(ledger, Ledger)


def test_damage_that_is_met_later_is_told_of_with_the_file_that_has_it(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    build(file, {f"job-{number}": "1" for number in range(2000)})
    content = bytearray(file.read_bytes())
    content[8192:] = b"x" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(OutputError, match=r"site\.db is damaged"):
        build(file, {"a": "1"})
