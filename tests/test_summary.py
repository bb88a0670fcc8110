"""A build that has nothing to do says so at once, and never when there is something to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archivegen.config import load_config
from archivegen.summary import recall, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


def is_done(site: Site) -> bool:
    config = load_config(site.root)
    return recall(config, state_of(config)) is not None


def test_a_finished_build_is_recalled_with_its_counts_and_messages(site: Site) -> None:
    site.write("seeds/empty.txt", "")
    first = site.run("build")
    assert is_done(site)
    second = site.run("build")
    assert (second.code, second.err) == (first.code, first.err) == (1, first.err)
    assert "empty.txt" in second.err
    assert second.out.splitlines()[0] == first.out.splitlines()[0]
    assert "0 written" in second.out


CHANGES: dict[str, Callable[[Site], object]] = {
    "an article": lambda site: site.write("seeds/talks.txt", "Another text altogether, with a sentence in it."),
    "a new article": lambda site: site.write("seeds/new.md", "---\ntitle: New\n---\nText.\n"),
    "a record": lambda site: site.write("records/talks.md", "---\ntitle: New\n---\nText.\n"),
    "settings": lambda site: site.write("site.yaml", "title: Other\n"),
    "actors": lambda site: site.write("actors.yaml", "ignore: [Moscow]\n"),
    "a style": lambda site: site.write("static/style.css", "body { color: red }"),
    "a template": lambda site: site.write("templates/about.html", "x"),
    "a page gone": lambda site: (site.root / "site" / "about" / "index.html").unlink(),
    "a page cut short": lambda site: site.write("site/about/index.html", "x"),
    "the list of pages": lambda site: (site.root / "site" / ".archivegen-manifest").unlink(),
    "the store": lambda site: (site.root / ".archivegen" / "archive.db").unlink(),
    "the note": lambda site: site.write(".archivegen/last-build.json", "{"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_is_seen(site: Site, change: Callable[[Site], object]) -> None:
    site.run("build")
    change(site)
    assert not is_done(site)
