"""The sample archive, built once, and the pages of each kind that it has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archivegen.build import build
from archivegen.config import load_config

PROJECT = Path(__file__).parents[2]


RIGHT_TO_LEFT = """---
title: طالبان به مسکو می‌روند
published: 2018-08-21
source: روزنامه کابل
language: fa
---

سرگئی لاوروف در 2018-08-20 گفت که طالبان دعوت را پذیرفته‌اند. Sergey Lavrov said so on 20 August 2018.
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built sample site, with one article in a right-to-left script and one that was withdrawn."""
    return _build(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a site in Persian, in colours of its own."""
    more = 'language: fa\ntheme: {accent: "#1a4d7a", background: "#ffffff", footer: "An [imprint](https://example.org/)"}\n'
    return _build(tmp_path_factory.mktemp("mirrored"), more)


def _build(root: Path, more: str = "") -> Path:
    settings = (PROJECT / "site.yaml").read_text(encoding="utf-8").replace("language: en\n", "")
    # Ten on a page, so that there are second pages and actors' pages by year.
    (root / "site.yaml").write_text(f"{settings}\npage_size: 10\n{more or 'language: en'}\n", encoding="utf-8")
    shutil.copy(PROJECT / "actors.yaml", root)
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    (root / "seeds" / "persian.md").write_text(RIGHT_TO_LEFT, encoding="utf-8")
    (root / "seeds" / "gone.md").write_text(
        "---\ntitle: Gone\npublished: 2018-08-22\nstatus: withdrawn\nnotice: It was not so.\n---\n\nTalks.\n",
        encoding="utf-8",
    )
    build(load_config(root))
    return root / "site"


@pytest.fixture(scope="session")
def kinds(built: Path) -> dict[str, Path]:
    """One page of each kind: the fullest, where the sample has several."""
    return pages_by_kind(built)


@pytest.fixture(scope="session")
def mirrored_kinds(mirrored: Path) -> dict[str, Path]:
    """The same of the site in Persian."""
    return pages_by_kind(mirrored)


def pages_by_kind(site: Path) -> dict[str, Path]:
    """The fullest page of each kind."""
    patterns = {
        "home": "index.html",
        "timeline": "timeline/index.html",
        "timeline of a year": "timeline/2*/index.html",
        "second page": "timeline/2*/page/2/index.html",
        "article": "articles/*/index.html",
        "article of a story": "articles/what-moscow*/index.html",
        "article from right to left": "articles/ط*/index.html",
        "tombstone": "articles/gone/index.html",
        "corrections": "corrections/index.html",
        "actors": "actors/index.html",
        "together": "actors/together/index.html",
        "actor": "actors/[!t]*/index.html",
        "year of an actor": "actors/*/2*/index.html",
        "dates": "dates/index.html",
        "year": "dates/????/index.html",
        "month": "dates/????/??/index.html",
        "day": "dates/????/??/??/index.html",
        "outlets": "outlets/index.html",
        "outlet": "outlets/*/index.html",
        "undated": "undated/index.html",
        "search": "search/index.html",
        "about": "about/index.html",
        "not found": "404.html",
    }
    return {kind: max(site.glob(p), key=lambda file: file.stat().st_size) for kind, p in patterns.items()}
