"""What pictures count, asked of an archive that was really built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivegen.store import Reader, open_store

if TYPE_CHECKING:
    from conftest import Site

RECORD = """---
title: {title}
published: {day}
actors: [{actors}]
---

{text}
"""


def fill(site: Site) -> None:
    texts = (
        ("One", "2018-08-21", "Ada Roe, Ben Low", "Ada Roe met Ben Low in Doha on 20 August 2018."),
        ("Two", "2018-08-30", "Ada Roe, Ben Low", "Ada Roe met Ben Low again on 23 August 2018."),
        ("Three", "2018-10-02", "Ada Roe, Cyd Ott", "Ada Roe met Cyd Ott in Oslo."),
        ("Four", "", "Ben Low, Cyd Ott", "Ben Low met Cyd Ott in Rome."),
    )
    for title, day, actors, text in texts:
        record = RECORD.format(title=title, day=day, actors=actors, text=text)
        site.write(f"seeds/{title.lower()}.md", record if day else record.replace("published: \n", ""))
    site.built()


def test_counts_are_those_of_the_articles(empty_site: Site) -> None:
    fill(empty_site)
    with open_store(empty_site.root / ".archivegen" / "archive.db") as store:
        reader = Reader(store)
        pictures = reader.pictures
        assert pictures.published() == (("2018-08", 2), ("2018-10", 1))
        assert reader.of_actor.presence("ada-roe") == (("2018-08", 2), ("2018-10", 1))
        assert reader.of_actor.presence("ben-low") == (("2018-08", 2),)
        assert pictures.lags() == ((1, 1), (7, 1))
        found = pictures.together(40)
    names = [actor.slug for actor, _ in found.actors]
    shared = {frozenset((names[one], names[other])): count for one, other, count in found.shared}
    assert shared[frozenset(("ada-roe", "ben-low"))] == 2
    assert shared[frozenset(("ada-roe", "cyd-ott"))] == shared[frozenset(("ben-low", "cyd-ott"))] == 1


def test_the_pictures_are_on_their_pages(empty_site: Site) -> None:
    fill(empty_site)
    assert '<svg class="bars"' in empty_site.page("index.html")
    assert '<svg class="bars"' in empty_site.page("actors/ada-roe/index.html")
    assert '<svg class="bars"' not in empty_site.page("actors/ben-low/index.html"), "one month makes no picture"
    assert '<svg class="matrix"' in empty_site.page("actors/together/index.html")
    assert '<table class="lag"' not in empty_site.page("about/index.html"), "two statements tell nothing"
    assert '<nav class="year-grid"' in empty_site.page("dates/2018/index.html")
    assert "lists.css" not in empty_site.page("articles/four/index.html"), "an article does without"


def test_an_actor_named_like_a_page_has_another_address(empty_site: Site) -> None:
    empty_site.write("actors.yaml", "actors:\n  - {name: Together, kind: organisation}\n")
    fill(empty_site)
    empty_site.write(
        "seeds/five.md", RECORD.format(title="Five", day="2018-11-01", actors="Together", text="Together won.")
    )
    files = empty_site.built()
    assert "actors/together-x/index.html" in files and b"Who appears with whom" in files["actors/together/index.html"]
