"""The sample archive's pages as last approved. `--update-golden` writes them anew: then look at the change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

GOLDEN = Path(__file__).parent / "golden"
# One page of each kind that a reader comes by.
PAGES = (
    "index.html",
    "timeline/2018/index.html",
    "articles/what-moscow-wants-in-afghanistan/index.html",
    "actors/sergey-lavrov/index.html",
    "dates/2018/09/04/index.html",
    "feed.xml",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_as_approved(sample: Site, path: str, request: pytest.FixtureRequest) -> None:
    sample.built()
    page = sample.page(path)
    golden = GOLDEN / path.replace("/index.html", ".html")
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(page, encoding="utf-8", newline="\n")
    assert page == golden.read_text(encoding="utf-8"), "if this is meant: pytest tests/test_golden.py --update-golden"


def test_no_page_is_approved_that_is_not_compared() -> None:
    held = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    assert held == {path.replace("/index.html", ".html") for path in PAGES}
