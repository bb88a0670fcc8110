"""Which feeds a site has, and what is in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site


def titles(site: Site, path: str) -> list[str]:
    return [item["title"] for item in json.loads(site.page(path))["items"]]


def test_actors_and_outlets_have_feeds_of_their_own(sample: Site) -> None:
    files = sample.built()
    pages = {path.rpartition("/")[0] for path in files if path.endswith("index.html")}
    for family in ("actors", "outlets"):
        own = {page for page in pages if page.count("/") == 1 and page.startswith(f"{family}/")} - {"actors/together"}
        assert own and own == {path.rpartition("/")[0] for path in files if path.endswith("feed.json")
                               and path.startswith(family)}  # fmt: skip
    assert titles(sample, "outlets/northern-review/feed.json") == ["What Moscow wants in Afghanistan"]
    of_one = titles(sample, "actors/hamid-karzai/feed.json")
    assert of_one and set(of_one) < set(titles(sample, "feed.json"))
    assert sample.run("check").code == 0


def test_a_feed_has_the_newest_articles_first(site: Site) -> None:
    for number in range(1, 29):
        words = " ".join(f"{word}{number}" for word in ("wheat", "river", "harbour", "bridge", "winter", "council"))
        text = f"Sergey Lavrov spoke of {words}.\n"  # no copies of each other
        site.write(f"seeds/{number}.md", f"---\ntitle: Talk {number}\npublished: 2019-02-{number:02}\n---\n\n{text}")
    for number in range(1, 9):
        text = " ".join(f"{word}{number}" for word in ("Tower", "ocean", "needle", "copper", "garden", "violin")) + "."
        site.write(f"seeds/x{number}.md", f"---\ntitle: Other {number}\npublished: 2020-01-0{number}\n---\n\n{text}\n")
    site.built()
    assert titles(site, "feed.json")[:9] == [*(f"Other {n}" for n in range(8, 0, -1)), "Talk 28"]
    assert len(titles(site, "feed.json")) == 30
    assert titles(site, "actors/sergey-lavrov/feed.json")[:2] == ["Talk 28", "Talk 27"]


@pytest.mark.parametrize("asked", ["false", "[site]", "[actors, outlets]"])
def test_only_the_feeds_asked_for_are_made(site: Site, asked: str) -> None:
    site.write("site.yaml", f"title: Talks\nfeeds: {asked}\n")
    feeds = {path for path in site.built() if path.rpartition("/")[2].startswith("feed.")}
    assert {path.partition("/")[0] for path in feeds} == {
        "false": set(), "[site]": {"feed.xml", "feed.json"}, "[actors, outlets]": {"actors", "outlets"},
    }[asked]  # fmt: skip
    assert site.run("check").code == 0
