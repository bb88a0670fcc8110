"""Two hundred edits at random, each followed by a build: the site is always the one that a build from nothing makes."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

ARTICLES, EDITS = 60, 200
SERIES = 4  # the edits are dealt out to so many sites, for cores to share
PEOPLE = ("Ada Olsen", "Omar Haddad", "Lin Wei", "Maria Silva", "Ada Olsen Berg", "Haddad", "Noor Khan", "Bo Ek")
BODIES = ("Harbour Board", "Treaty Office", "City Council of Varna", "Red Lantern Party")
OUTLETS = ("The Varna Post", "Harbour Daily", "Wire Nine", "")
DAYS = ("2018-03-01", "2018-03-02", "2018-03-15", "2018-04-02", "2019-01-07", "2019-01-08", "2018-03", "2017", "")
DEEDS = ("signed the treaty", "rejected the offer", "opened the bridge", "met the envoys", "counted 82 ships")
EVENTS = ("on 3 March 2018", "on Tuesday", "two days later", "in April 2018", "on 7 January 2019", "last week", "")


class Pick(random.Random):
    """Picks at random. Where no article is undated, stories are found again only when what articles are compared by
    changed."""

    def __init__(self, seed: int, *, undated: bool) -> None:
        super().__init__(seed)
        self.days = DAYS if undated else DAYS[:-1]


def sentence(pick: Pick) -> str:
    who = pick.choice((*PEOPLE, *BODIES, "Norway", "Moscow"))
    return f"{who} {pick.choice(DEEDS)} {pick.choice(EVENTS)} in {pick.choice(('Varna', 'Oslo', 'Doha'))}.".replace(
        "  ", " "
    )


def article(pick: Pick) -> str:
    front = [f"title: {pick.choice(PEOPLE)} {pick.choice(DEEDS)}"]
    for key, values in (
        ("published", pick.days),
        ("source", OUTLETS),
        ("status", ("", "", "", "corrected", "withdrawn")),
    ):
        if value := pick.choice(values):
            front.append(f"{key}: {value}")
    if pick.random() < 0.3:
        front.append(f"actors: [{pick.choice(PEOPLE)}, {pick.choice(BODIES)}]")
    if pick.random() < 0.1:
        front.append("notice: A name was wrong.")
    accident = (
        f"On 3 March 2018 {pick.choice((82, 90))} dockers of the Harbour Board were injured on the main quay of Varna, "
        "Ada Olsen said."
    )
    paragraphs = [accident] if pick.random() < 0.3 else []  # reported by several outlets, not all alike
    paragraphs += [" ".join(sentence(pick) for _ in range(pick.randint(1, 4))) for _ in range(pick.randint(1, 4))]
    return "---\n" + "\n".join(front) + "\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def any_seed(site: Site, pick: Pick) -> Path:
    return pick.choice(sorted((site.root / "seeds").iterdir()))


def new(site: Site, pick: Pick) -> None:
    site.write(f"seeds/{pick.randrange(10_000):04}.md", article(pick))


def remove(site: Site, pick: Pick) -> None:
    any_seed(site, pick).unlink()


def move_sentences(site: Site, pick: Pick) -> None:
    """Move the end of an article into another: each name stands as often as before, elsewhere."""
    one, other = any_seed(site, pick), any_seed(site, pick)
    text, at, end = one.read_text(encoding="utf-8").rpartition("\n\n")
    if at and one != other and text.count("---") > 1:
        one.write_text(f"{text}\n", encoding="utf-8")
        with other.open("a", encoding="utf-8") as file:
            file.write(f"\n{end}")


def rename(site: Site, pick: Pick) -> None:
    any_seed(site, pick).rename(site.root / "seeds" / f"{pick.randrange(10_000):04}.md")


def rewrite(site: Site, pick: Pick) -> None:
    any_seed(site, pick).write_text(article(pick), encoding="utf-8")


def add_sentence(site: Site, pick: Pick) -> None:
    with any_seed(site, pick).open("a", encoding="utf-8") as file:
        file.write(f"\n{sentence(pick)}\n")


def retouch(site: Site, pick: Pick) -> None:
    """Change a word or two, or only the outlet, by which no article is told from others."""
    seed = any_seed(site, pick)
    text = seed.read_text(encoding="utf-8")
    changes = (
        (r"\d+ dockers", f"{pick.choice((82, 90))} dockers"),
        pick.sample(EVENTS[:-1], 2),
        ("(?m)^source: .*$", f"source: {pick.choice(OUTLETS[:3])}"),
    )
    seed.write_text(re.sub(*pick.choice(changes), text, count=1), encoding="utf-8")


def copy(site: Site, pick: Pick) -> None:
    text = any_seed(site, pick).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("source:", "published:"))]
    lines.insert(1, f"source: {pick.choice(OUTLETS[:3])}\npublished: {pick.choice(DAYS[:6])}")
    site.write(f"seeds/{pick.randrange(10_000):04}.md", "\n".join(lines))


def record(site: Site, pick: Pick) -> None:
    site.write(f"records/{any_seed(site, pick).stem}.md", article(pick))


def no_record(site: Site, _: Pick) -> None:
    shutil.rmtree(site.root / "records", ignore_errors=True)


def authority(site: Site, pick: Pick) -> None:
    one, other = pick.sample(PEOPLE, 2)
    site.write("actors.yaml", f"actors:\n  - name: {one}\n    aliases: [{other}]\nignore: [{pick.choice(BODIES)}]\n")


def settings(site: Site, pick: Pick) -> None:
    more = pick.choice(
        ("search: true", "page_size: 7", "url: https://example.org/", "feeds: false", "actor_pages: {mentions: 3}", "")
    )
    search = "" if "search" in more else "search: false\n"
    site.write("site.yaml", f"title: Edits\n{search}{more}\n")


def template(site: Site, pick: Pick) -> None:
    text = '{% extends "theme/about.html" %}{% block method %}' + pick.choice(DEEDS) + "{% endblock %}"
    site.write("templates/about.html", text)


def style(site: Site, pick: Pick) -> None:
    site.write("static/own.css", f"body {{ margin: {pick.randrange(9)}px }}")


EDITORS: tuple[tuple[int, Callable[[Site, Pick], None]], ...] = (
    (10, new), (8, remove), (5, rename), (5, move_sentences), (10, rewrite), (10, add_sentence), (8, retouch),
    (5, copy), (4, record), (1, no_record), (2, authority), (2, settings), (1, template), (1, style),
)  # fmt: skip


def edits(pick: Pick) -> Iterator[tuple[str, Callable[[Site], None]]]:
    for number in range(EDITS // SERIES):
        (edit,) = pick.choices([editor for _, editor in EDITORS], [weight for weight, _ in EDITORS])
        yield f"{number}: {edit.__name__}", lambda site, edit=edit: edit(site, pick)


@pytest.mark.parametrize("seed", range(SERIES))
def test_after_any_edit_the_site_is_that_of_a_clean_build(empty_site: Site, tmp_path: Path, seed: int) -> None:
    site = empty_site
    pick = Pick(seed, undated=seed % 2 == 0)
    site.write("site.yaml", "title: Edits\nsearch: false\n")  # an index for each edit takes long; some have one
    for _ in range(ARTICLES):
        new(site, pick)
    site.built()
    for name, edit in edits(pick):
        edit(site)
        assert site.run("build", "--jobs", "1").code == 0, name
        assert site.files() == clean(site, tmp_path), name


def clean(site: Site, tmp_path: Path) -> dict[str, bytes]:
    other = type(site)(tmp_path / "clean" / site.root.name, site.program)
    shutil.rmtree(other.root, ignore_errors=True)
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("site", ".archivegen"))
    return other.built("--jobs", "1")
