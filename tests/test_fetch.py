"""Seeds from an object store, tried on fsspec's store in memory and on files: the folder holds what lies there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fsspec.implementations.memory import MemoryFileSystem

if TYPE_CHECKING:
    from conftest import Site

AT = "/bucket/articles"
TEXT = "---\ntitle: {}\npublished: 2018-03-01\n---\n\nThe bridge opened on 1 March 2018.\n"


@pytest.fixture
def remote(empty_site: Site, store: MemoryFileSystem) -> Site:
    """An archive whose seeds are elsewhere: two articles."""
    empty_site.write("site.yaml", "title: Far\nsearch: false\nseeds_from: memory://bucket/articles\n")
    store.pipe_file(f"{AT}/a.md", TEXT.format("One").encode())
    store.pipe_file(f"{AT}/2018/мост & more.md", TEXT.format("Two").encode())
    return empty_site


def seeds(site: Site) -> list[str]:
    folder = site.root / "seeds"
    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if file != ".archivegen-fetched")


def test_a_build_copies_what_is_there_and_only_what_changed_the_next_time(
    remote: Site, store: MemoryFileSystem
) -> None:
    ran = remote.run("build")
    assert ran.code == 0, ran.err
    assert "seeds: 2 copied from memory://bucket/articles, 0 removed" in ran.out
    assert {"articles/one/index.html", "articles/two/index.html"} <= remote.files().keys()
    untouched = (remote.root / "seeds" / "a.md").stat().st_mtime_ns
    assert "copied" not in remote.run("build").out
    store.pipe_file(f"{AT}/2018/мост & more.md", TEXT.format("Three").encode())
    assert "seeds: 1 copied" in remote.run("build").out
    assert (remote.root / "seeds" / "a.md").stat().st_mtime_ns == untouched
    assert "articles/three/index.html" in remote.files()


def test_what_is_gone_there_is_removed_here_and_nothing_else_is(remote: Site, store: MemoryFileSystem) -> None:
    own = remote.write("seeds/own.md", TEXT.format("Own"))
    remote.built()
    store.rm(f"{AT}/2018", recursive=True)
    assert "0 copied from memory://bucket/articles, 1 removed" in remote.run("build").out
    assert seeds(remote) == ["a.md", "own.md"]
    assert not (remote.root / "seeds" / "2018").exists()
    assert "articles/two/index.html" not in remote.files()
    assert own.read_text() == TEXT.format("Own")


def test_a_copy_that_was_lost_is_made_again(remote: Site) -> None:
    remote.built()
    (remote.root / "seeds" / "a.md").unlink()
    assert "seeds: 1 copied" in remote.run("build").out
    assert seeds(remote) == ["2018/мост & more.md", "a.md"]


def test_a_file_of_ones_own_in_the_way_is_told_of_and_stays(remote: Site) -> None:
    own = remote.write("seeds/a.md", "mine")
    ran = remote.run("build")
    assert (ran.code, own.read_text()) == (1, "mine")
    assert f"{own} is in the way: it was not copied from the store" in ran.err


def test_deleting_what_is_derived_costs_only_time(remote: Site, store: MemoryFileSystem) -> None:
    before = remote.built()
    shutil.rmtree(remote.root / ".archivegen")
    assert "copied" not in remote.run("build").out
    assert remote.files() == before
    (remote.root / "seeds" / ".archivegen-fetched").unlink()
    assert "2 copied" in remote.run("build").out, "the same files are taken for copies"
    store.rm(f"{AT}/2018", recursive=True)
    assert "1 removed" in remote.run("build").out


def test_an_empty_place_removes_nothing(remote: Site, store: MemoryFileSystem) -> None:
    before = remote.built()
    store.rm(AT, recursive=True)
    ran = remote.run("build")
    assert ran.code == 1
    assert "there is no file at memory://bucket/articles" in ran.err
    assert remote.files() == before
    assert seeds(remote) == ["2018/мост & more.md", "a.md"]


def test_what_the_store_refuses_is_told_and_the_next_build_goes_on(
    remote: Site, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no key")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryFileSystem, "get", refuse)
        ran = remote.run("build")
    assert (ran.code, "memory://bucket/articles refused: no key" in ran.err) == (1, True)
    assert seeds(remote) == []
    assert "seeds: 2 copied" in remote.run("build").out


@pytest.mark.parametrize("name", ["../out.md", "a\\b.md"])
def test_no_name_there_leads_out_of_the_folder(remote: Site, store: MemoryFileSystem, name: str) -> None:
    store.store[f"{AT}/{name}"] = store.store[f"{AT}/a.md"]
    ran = remote.run("build")
    assert ran.code == 1
    assert "is no name for a file here" in ran.err
    assert seeds(remote) == []


def test_a_folder_serves_as_a_store(empty_site: Site, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "a.md").write_text(TEXT.format("One"))
    empty_site.write("site.yaml", f"title: Far\nsearch: false\nseeds_from: {there.as_uri()}\n")
    assert "articles/one/index.html" in empty_site.built()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("bucket", "`seeds_from` is 'bucket'; it is an address, like s3://my-bucket/articles"),
        ("nowhere://bucket/x", "nowhere://bucket/x cannot be used: Protocol not known"),
        ("s3://", "`seeds_from` is 's3://'; it is an address"),
        ("memory:///", "memory:/// names no bucket"),
    ],
)
def test_an_address_that_is_none_is_told_of(empty_site: Site, address: str, told: str) -> None:
    empty_site.write("site.yaml", f"title: Far\nseeds_from: {address}\n")
    ran = empty_site.run("build")
    assert ran.code in (1, 2)
    assert told in ran.err
