"""Which files are articles, and which record stands for which seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.errors import Diagnostic
from archivegen.sources import find_sources, record_name
from archivegen.stamps import stamp_of

SUFFIXES = {".txt", ".html", ".md"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("seeds/a.txt", "seeds/deep/b.HTML", "seeds/c.md", "seeds/.hidden.txt", "seeds/.git/d.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return tmp_path


def found(root: Path) -> dict[str, str]:
    sources = find_sources(root, root / "seeds", root / "records", SUFFIXES, faults=[])
    return {source.path: source.seed for source in sources}


def record(root: Path, name: str) -> None:
    file = root / "records" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("---\ntitle: x\n---\n")


def test_seeds_at_any_depth_but_nothing_hidden(root: Path) -> None:
    assert found(root) == {"seeds/a.txt": "", "seeds/c.md": "", "seeds/deep/b.HTML": ""}


@pytest.mark.parametrize(
    ("name", "seed"), [("a.md", "seeds/a.txt"), ("a.txt.md", "seeds/a.txt"), ("deep/b.md", "seeds/deep/b.HTML")]
)
def test_a_record_stands_for_its_seed(root: Path, name: str, seed: str) -> None:
    record(root, name)
    assert found(root)[f"records/{name}"] == seed
    assert seed not in found(root)


def test_a_record_of_no_seed_stands_for_itself(root: Path) -> None:
    record(root, "new.md")
    assert found(root)["records/new.md"] == "records/new.md"
    assert len(found(root)) == 4


def test_two_seeds_that_differ_in_their_ending_have_a_record_each(root: Path) -> None:
    (root / "seeds" / "a.html").write_text("x")
    names = [record_name(root / "seeds" / name, root / "seeds") for name in ("a.txt", "a.html", "c.md")]
    assert names == ["a.txt.md", "a.html.md", "c.md"]
    for name in names:
        record(root, name)
    assert found(root) == {
        "records/a.html.md": "seeds/a.html", "records/a.txt.md": "seeds/a.txt", "records/c.md": "seeds/c.md",
        "seeds/deep/b.HTML": "",
    }  # fmt: skip


def test_a_file_that_changed_has_another_stamp(root: Path) -> None:
    file = root / "seeds" / "a.txt"
    before = stamp_of(file)
    file.write_text("y")
    assert stamp_of(file) != before


def test_a_file_named_as_a_member_of_a_container_is_left_out(root: Path) -> None:
    for name in ("all.jsonl", "all.jsonl#a.txt", "a#b.txt"):
        (root / "seeds" / name).write_text("x")
    faults: list[Diagnostic] = []
    sources = find_sources(root, root / "seeds", root / "records", SUFFIXES, [".jsonl"], faults=faults)
    assert [source.path for source in sources][:3] == ["seeds/a#b.txt", "seeds/a.txt", "seeds/all.jsonl"]
    assert [str(fault) for fault in faults] == [
        "seeds/all.jsonl#a.txt: error: this file is named as an article in seeds/all.jsonl would be (rename it)"
    ]
