"""Publishing to a folder: equal to the site afterwards, and nothing of anybody else's touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archivegen import publish
from archivegen.errors import PublishError
from archivegen.publish import Plan

PATHS = (
    "404.html",
    "articles/zürich-gespräche/index.html",
    "articles/переговоры/index.html",
    "index.html",
    "static/style.css",
)


def put(archive: Path, to: str = "../public") -> Plan:
    """Publish, after checking that the plan said the same."""
    expected = publish.plan(archive / "site", to, {}, archive)
    done = publish.publish(archive / "site", to, {}, archive, message="")
    assert done == expected
    return done


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_a_new_folder_gets_the_whole_site_and_no_private_file(archive: Path) -> None:
    assert put(archive).added == PATHS
    public = archive.parent / "public"
    assert listing(public) == sorted([*PATHS, ".archivegen-published"])
    assert (public / "static/style.css").read_bytes() == b"body {}\r\n"


def test_planning_writes_nothing(archive: Path) -> None:
    publish.plan(archive / "site", "../public", {}, archive)
    assert not (archive.parent / "public").exists()


def test_a_second_time_nothing_is_written(archive: Path) -> None:
    put(archive)
    public = archive.parent / "public"
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*")}
    assert put(archive).is_empty
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*")} == before


def test_a_changed_site_adds_changes_and_removes_its_own_only(archive: Path) -> None:
    put(archive)
    public = archive.parent / "public"
    (public / ".htaccess").write_text("kept")
    (public / "articles/notes.txt").write_text("kept")
    (archive / "site/articles/переговоры/index.html").unlink()
    (archive / "site/index.html").write_text("<h1>New</h1>")
    (archive / "site/new.html").write_text("new")
    done = put(archive)
    assert (done.added, done.changed, done.removed) == (
        ("new.html",),
        ("index.html",),
        ("articles/переговоры/index.html",),
    )
    assert not (public / "articles/переговоры").exists()
    assert (public / ".htaccess").read_text() == (public / "articles/notes.txt").read_text() == "kept"


def test_a_folder_with_files_of_somebody_elses_is_refused(archive: Path) -> None:
    public = archive.parent / "public"
    public.mkdir()
    (public / ".DS_Store").write_text("")
    put(archive)  # what file managers leave behind counts as empty
    other = archive.parent / "other"
    other.mkdir()
    (other / "thesis.doc").write_text("years of work")
    with pytest.raises(PublishError, match=r"did not put there: thesis\.doc"):
        publish.publish(archive / "site", "../other", {}, archive, message="")
    assert listing(other) == ["thesis.doc"]


def test_a_file_in_the_way_is_kept_and_named(archive: Path) -> None:
    put(archive)
    mine = archive.parent / "public" / "extra"
    mine.write_text("mine")
    for path in ("extra", "extra/page.html"):
        theirs = archive / "site" / path
        theirs.parent.mkdir(exist_ok=True)
        theirs.write_text("theirs")
        with pytest.raises(PublishError, match="in the way"):
            publish.plan(archive / "site", "../public", {}, archive)
        theirs.unlink()
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("to", [".", "..", "site", "site/public", "seeds", "records", "seeds/public", "/"])
def test_the_archives_own_folders_are_refused(archive: Path, to: str) -> None:
    with pytest.raises(PublishError):
        publish.publish(archive / "site", to, {}, archive, message="")
    assert (archive / "seeds/a.txt").read_text() == "raw"


def test_a_page_may_become_a_folder_and_a_folder_a_page(archive: Path) -> None:
    (archive / "site/a").write_text("page")
    (archive / "site/b").mkdir()
    (archive / "site/b/page").write_text("page")
    put(archive)
    (archive / "site/a").unlink()
    (archive / "site/b/page").unlink()
    (archive / "site/b").rmdir()
    (archive / "site/a").mkdir()
    (archive / "site/a/page").write_text("page")
    (archive / "site/b").write_text("page")
    put(archive)
    assert {"a/page", "b"} <= set(listing(archive.parent / "public"))


def test_a_run_broken_off_can_be_taken_up_again(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Path, target: Path) -> None:
        if "style" in str(source):
            raise OSError(28, "No space left on device", str(target))
        target.write_bytes(source.read_bytes())

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", fail)
        with pytest.raises(PublishError, match="No space left on device"):
            publish.publish(archive / "site", "../public", {}, archive, message="")
    assert put(archive).added == ("static/style.css",)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_no_link_is_followed_out_of_the_folder(archive: Path) -> None:
    put(archive)
    outside = archive.parent / "outside"
    outside.mkdir()
    public = archive.parent / "public"
    (public / "new").symlink_to(outside)
    (archive / "site/new").mkdir()
    (archive / "site/new/index.html").write_text("new")
    with pytest.raises(PublishError, match="leads out of"):
        publish.publish(archive / "site", "../public", {}, archive, message="")
    assert listing(outside) == []
    (public / "new").unlink()
    (outside / "precious").write_text("precious")
    (public / "index.html").unlink()
    (public / "index.html").symlink_to(outside / "precious")
    assert "index.html" in put(archive).changed
    assert (outside / "precious").read_text() == "precious"
    assert not (public / "index.html").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_in_the_site_is_refused(archive: Path) -> None:
    (archive / "site/leak").symlink_to(archive / "seeds")
    with pytest.raises(PublishError, match="is a link"):
        publish.plan(archive / "site", "../public", {}, archive)


@pytest.mark.parametrize("listed", ['{"files": ["../seeds/a.txt"]}', '{"files": ["/etc/passwd"]}', "[]", "nonsense"])
def test_a_manifest_that_lies_removes_nothing(archive: Path, listed: str) -> None:
    put(archive)
    (archive.parent / "public/.archivegen-published").write_text(listed)
    with pytest.raises(PublishError):
        publish.publish(archive / "site", "../public", {}, archive, message="")
    assert (archive / "seeds/a.txt").exists()
