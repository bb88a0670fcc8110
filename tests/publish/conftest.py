"""A small finished site, and git with an identity of its own that no setting of this machine touches."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Git = Callable[..., str]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive's folder with a built site in it."""
    root = tmp_path / "archive"
    for path, text in {
        "index.html": "<h1>Talks</h1>",
        "404.html": "gone",
        "articles/zürich-gespräche/index.html": "Gespräche",
        "articles/переговоры/index.html": "переговоры",
        "static/style.css": "body {}\r\n",
        ".archivegen-site": "private",
    }.items():
        file = root / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    (root / "seeds").mkdir()
    (root / "seeds" / "a.txt").write_text("raw")
    (root / "site.yaml").write_text("title: Talks\n")
    return root


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in a folder; its settings are a file of this test."""
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)

    def run(folder: Path, *arguments: str) -> str:
        command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    return run
