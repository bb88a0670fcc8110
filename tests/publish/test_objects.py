"""Publishing to an object store, tried on fsspec's store in memory: equal to the site, nobody else's files touched."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from archivegen import publish
from archivegen.errors import PublishError
from archivegen.publish import Delivery, Plan, objects

PATHS = (
    "404.html",
    "articles/zürich-gespräche/index.html",
    "articles/переговоры/index.html",
    "index.html",
    "static/style.css",
)
AT = "/bucket/archive"


def put(archive: Path) -> Plan:
    """Publish, after checking that the plan said the same."""
    delivery = Delivery(archive / "site", "memory", "//bucket/archive", {}, archive)
    expected = objects.plan(delivery)
    done = objects.publish(delivery, "")
    assert done == expected
    assert objects.plan(delivery).is_empty
    return done


def listing(store: MemoryFileSystem) -> list[str]:
    return sorted(path.removeprefix(f"{AT}/") for path in store.find("/bucket"))


def test_an_empty_place_gets_the_whole_site_and_no_private_file(archive: Path, store: MemoryFileSystem) -> None:
    assert put(archive).added == PATHS
    assert listing(store) == sorted([*PATHS, ".archivegen-published"])
    assert store.cat_file(f"{AT}/static/style.css") == b"body {}\r\n"


def test_only_what_differs_is_sent_and_what_is_gone_is_removed(archive: Path, store: MemoryFileSystem) -> None:
    put(archive)
    before = store.info(f"{AT}/404.html")["created"]
    (archive / "site" / "index.html").write_text("<h1>More talks</h1>")
    (archive / "site" / "static" / "style.css").unlink()
    (archive / "site" / "new.html").write_text("new")
    done = put(archive)
    assert (done.added, done.changed, done.removed) == (("new.html",), ("index.html",), ("static/style.css",))
    assert store.cat_file(f"{AT}/index.html") == b"<h1>More talks</h1>"
    assert "static/style.css" not in listing(store)
    assert store.info(f"{AT}/404.html")["created"] == before
    assert put(archive).is_empty


def test_what_somebody_else_put_there_stays(archive: Path, store: MemoryFileSystem) -> None:
    put(archive)
    store.pipe_file(f"{AT}/robots.txt", b"mine")
    store.pipe_file("/bucket/archive-2/index.html", b"mine too")
    (archive / "site" / "404.html").unlink()
    assert put(archive).removed == ("404.html",)
    assert store.cat_file(f"{AT}/robots.txt") == b"mine"
    (archive / "site" / "robots.txt").write_text("ours")
    with pytest.raises(PublishError, match=r"holds files that archivegen did not put there: robots\.txt"):
        put(archive)


def test_a_place_with_other_files_is_refused_the_first_time(archive: Path, store: MemoryFileSystem) -> None:
    store.pipe_file(f"{AT}/holiday.jpg", b"...")
    with pytest.raises(PublishError, match=r"did not put there: holiday\.jpg"):
        put(archive)
    assert listing(store) == ["holiday.jpg"]


def test_a_run_that_was_broken_off_is_made_good(
    archive: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionResetError("the line is dead")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryFileSystem, "put", fail)
        with pytest.raises(PublishError, match="refused: the line is dead"):
            put(archive)
    store.pipe_file(f"{AT}/index.html", b"<h1>Ta")  # half of it
    done = put(archive)
    assert "index.html" in done.changed
    assert store.cat_file(f"{AT}/index.html") == b"<h1>Talks</h1>"


def test_a_file_that_vanished_there_is_sent_again(archive: Path, store: MemoryFileSystem) -> None:
    put(archive)
    store.rm(f"{AT}/404.html")
    assert put(archive).added == ("404.html",)


def test_a_damaged_list_is_told_of(archive: Path, store: MemoryFileSystem) -> None:
    for damaged in (b"{", json.dumps({"files": ["a"]}).encode(), json.dumps({"files": {"../a": ""}}).encode()):
        store.pipe_file(f"{AT}/.archivegen-published", damaged)
        with pytest.raises(PublishError) as caught:
            put(archive)
        assert caught.value.hint == "empty that folder yourself and publish again"


def test_without_the_package_it_says_how_to_get_it(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(PublishError) as caught:
        publish.plan(archive / "site", "s3://bucket/archive", {}, archive)
    assert caught.value.hint == "install it: pip install 'archivegen[s3]'"
