"""The sample archive, built once, and the pages of each kind that it has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archivegen.build import build
from archivegen.config import load_config

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built sample site."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("site.yaml", "actors.yaml"):
        shutil.copy(PROJECT / name, root)
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    build(load_config(root))
    return root / "site"


@pytest.fixture(scope="session")
def kinds(built: Path) -> dict[str, Path]:
    """One page of each kind: the fullest, where the sample has several."""
    patterns = {
        "home": "index.html",
        "timeline": "timeline/index.html",
        "timeline of a year": "timeline/2*/index.html",
        "article": "articles/*/index.html",
        "actors": "actors/index.html",
        "actor": "actors/*/index.html",
        "dates": "dates/index.html",
        "year": "dates/????/index.html",
        "month": "dates/????/??/index.html",
        "day": "dates/????/??/??/index.html",
        "outlets": "outlets/index.html",
        "outlet": "outlets/*/index.html",
        "undated": "undated/index.html",
        "about": "about/index.html",
        "not found": "404.html",
    }
    return {kind: max(built.glob(p), key=lambda file: file.stat().st_size) for kind, p in patterns.items()}
