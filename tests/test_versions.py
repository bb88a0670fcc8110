"""Another version of what decides on a site's bytes is seen, wherever the packages lie."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from archivegen.versions import DECIDING, NONE, versions

if TYPE_CHECKING:
    from conftest import Site

PROJECT = Path(__file__).parents[1]


def test_versions_are_those_that_python_tells_of() -> None:
    told = dict(versions())
    assert {name: importlib.metadata.version(name) for name in DECIDING} == {name: told[name] for name in DECIDING}
    assert told["SQLite"] == sqlite3.sqlite_version
    assert NONE not in told.values()


def test_with_another_version_the_site_is_made_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / "newer" / "lxml-99.0.dist-info").mkdir(parents=True)
    site.built()
    before = keys(site)
    command = [sys.executable, "-m", "archivegen", "build", "--site", str(site.root)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(tmp_path / "newer")}, capture_output=True, check=True)
    assert keys(site) != before


LIVES_ON = """
import pathlib, sys
from archivegen.cli import main
site, package = map(pathlib.Path, sys.argv[1:])
main(["build", "--quiet", "--site", str(site)])
with (package / "render" / "compiler.py").open("a") as file:
    file.write("Compiler._output_const_repr = lambda _, parts: repr(''.join(parts).replace('Skip to', 'Go to'))")
(site / "seeds" / "more.txt").write_text("A second article, with some words in it.")
main(["build", "--quiet", "--site", str(site)])  # by the program as it was loaded
"""


def test_nothing_of_a_program_stays_that_was_replaced_while_it_ran(site: Site, tmp_path: Path) -> None:
    package = tmp_path / "program" / "src" / "archivegen"
    shutil.copytree(PROJECT / "src" / "archivegen", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static"):
        shutil.copytree(PROJECT / name, tmp_path / "program" / name)
    other = shutil.copytree(site.root, tmp_path / "other")
    env = {**os.environ, "PYTHONPATH": str(package.parent)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)

    def home_of(root: Path) -> str:
        command = [sys.executable, "-m", "archivegen", "build", "--site", str(root)]
        subprocess.run(command, env=env, capture_output=True, check=True)
        return (root / "site" / "index.html").read_text(encoding="utf-8")

    command = [sys.executable, "-c", LIVES_ON, str(site.root), str(package)]
    subprocess.run(command, env=env, capture_output=True, check=True)
    assert "Skip to the content" in site.page("index.html")
    assert "Go to the content" in home_of(site.root)
    assert "Go to the content" in home_of(other)
    assert list((package / "__pycache__").glob("templates.*/*/*.cache"))  # compiled once for both
    assert not list(other.glob(".archivegen/templates/*/*.cache"))


def test_no_group_is_repeated_possessively() -> None:
    """Until Python 3.11.5 such a pattern matches too much (python/cpython#106052), and Debian 12 has 3.11.2: write
    `(?>(...)*)`."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{{1,2}[\d,]+\}{1,2})\+")
    lines = [
        f"{file.name}:{number}"
        for file in (PROJECT / "src").rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert not lines


def keys(site: Site) -> list[str]:
    """What names the content and the version of what read it, of each source in the store."""
    with sqlite3.connect(site.root / ".archivegen" / "archive.db") as db:
        return [key for (key,) in db.execute("SELECT key FROM source ORDER BY path")]
