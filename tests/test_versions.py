"""Another version of what decides on a site's bytes is seen, wherever the packages lie."""

from __future__ import annotations

import importlib.metadata
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from archivegen.versions import DECIDING, NONE, versions

if TYPE_CHECKING:
    from conftest import Site


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


def keys(site: Site) -> list[str]:
    """What names the content and the version of what read it, of each source in the store."""
    with sqlite3.connect(site.root / ".archivegen" / "archive.db") as db:
        return [key for (key,) in db.execute("SELECT key FROM source ORDER BY path")]
