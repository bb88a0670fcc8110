"""After any change, the site is byte for byte what a build from nothing makes; and no more than that is written."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archivegen.build import Summary, build
from archivegen.config import load_config

SAMPLE = Path(__file__).parents[1]
TEXT = "The council of Brenn met on 3 May 2019, and Ada Falkner, its chair, opened the session at noon.\n\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("seeds", "site.yaml", "actors.yaml"):
        source = SAMPLE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    run(tmp_path)
    return tmp_path


def run(site: Path, *, jobs: int = 1) -> Summary:
    return build(load_config(site), jobs=jobs)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def assert_as_from_nothing(site: Path) -> None:
    increment = files(site / "site")
    shutil.rmtree(site / "site")
    shutil.rmtree(site / ".archivegen")
    run(site)
    clean = files(site / "site")
    assert sorted(increment) == sorted(clean)
    assert [path for path in clean if clean[path] != increment[path]] == []


def touch(site: Path) -> None:
    for seed in (site / "seeds").iterdir():
        os.utime(seed, (1, 1))


def edit_seed(site: Path) -> None:
    seed = sorted((site / "seeds").glob("*.md"))[0]
    seed.write_text(seed.read_text(encoding="utf-8") + f"\n\n{TEXT}", encoding="utf-8")


def add_seed(site: Path) -> None:
    (site / "seeds" / "new.md").write_text(f"---\ntitle: Session\npublished: 2019-05-04\n---\n{TEXT * 3}", "utf-8")


def add_same_headline(site: Path) -> None:
    for name in ("a-first.md", "z-last.md"):
        (site / "seeds" / name).write_text(f"---\ntitle: Same headline\n---\n{TEXT}", "utf-8")


def remove_seed(site: Path) -> None:
    sorted((site / "seeds").iterdir())[0].unlink()


def rename_seed(site: Path) -> None:
    seed = sorted((site / "seeds").glob("*.txt"))[0]
    seed.rename(seed.with_name(f"renamed-{seed.name}"))


def add_record(site: Path) -> None:
    seed = sorted((site / "seeds").glob("*.txt"))[0]
    (site / "records").mkdir()
    (site / "records" / f"{seed.stem}.md").write_text(f"---\ntitle: Put right\npublished: 2018\n---\n{TEXT}", "utf-8")


def change_actors(site: Path) -> None:
    (site / "actors.yaml").write_text(
        "actors:\n- name: S. Lavrov\n  aliases: [Sergey Lavrov, Sergei Lavrov]\n", "utf-8"
    )


def change_settings(site: Path) -> None:
    text = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(text + "\npage_size: 2\nfeeds: false\n", "utf-8")


def override_static(site: Path) -> None:
    (site / "static").mkdir()
    (site / "static" / "style.css").write_text("body { color: green }", "utf-8")
    (site / "static" / "extra.txt").write_text("x", "utf-8")


CHANGES: list[Callable[[Path], None]] = [
    touch, edit_seed, add_seed, add_same_headline, remove_seed, rename_seed, add_record, change_actors,
    change_settings, override_static,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_increment_equals_a_build_from_nothing(site: Path, change: Callable[[Path], None]) -> None:
    change(site)
    run(site)
    assert_as_from_nothing(site)


def test_an_unchanged_archive_writes_nothing(site: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")}
    for prepare in (lambda: None, lambda: touch(site)):
        prepare()
        assert run(site).written.written == 0
        assert {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")} == before


def test_many_changes_in_turn(site: Path) -> None:
    changes = [*CHANGES]
    random.Random(7).shuffle(changes)
    for change in changes:
        change(site)
        run(site)
    assert_as_from_nothing(site)


def test_a_removed_article_leaves_nothing_behind(site: Path) -> None:
    add_seed(site)
    run(site)
    assert b"Ada Falkner" in b"".join(files(site / "site").values())
    (site / "seeds" / "new.md").unlink()
    run(site)
    left = files(site / "site")
    assert b"Ada Falkner" not in b"".join(left.values())
    assert not [path for path in left if "session" in path or "2019/05" in path]


def test_the_number_of_processes_changes_nothing(site: Path) -> None:
    for number in range(70):  # more than one process is worth starting for
        (site / "seeds" / f"many-{number}.md").write_text(f"---\ntitle: Session {number}\n---\n{TEXT}", "utf-8")
    run(site, jobs=2)
    assert_as_from_nothing(site)
