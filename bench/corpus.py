#!/usr/bin/env python3
"""Write so many made-up articles, in one of two forms; the same number always gives the same bytes.

    python bench/corpus.py COUNT FOLDER [--form raw|plain]

`plain`: Markdown with front matter, as a person's records are. `raw`: the same articles as saved pages, with menus,
adverts and footers. About 400 words each; four to eight of count/25 actors each, few of them in most articles; a
day's publications stay as many however large the archive is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

FORMS = ("plain", "raw")
FIRST = "Amra Boris Celia Dana Ewan Fenna Gil Hedda Imre Jonna Karel Lydia Marek Nela Orla Piet Runa Stellan Tilda Vito"
LAST = "Aldren Brask Corvin Dahlke Ekbom Ferrow Gantz Holub Ibsley Jaspers Kolm Lindor Moravec Nystrand Orley Pasko"
TOWN = "Arvendale Brunn Castleby Dorrow Eskilby Falmark Greyholm Hartsea Ilmen Kestwick Lunde Marrow Norrby Ostby"
BODY = ("{} Town Council", "{} Port Authority", "Bank of {}", "{} Ministry of Works", "{} Water Board", "{} Union")
PAPER = ("The {} Post", "{} Gazette", "{} Herald", "{} Evening News", "The {} Record")
THING = "bridge harbour budget school tunnel railway market treaty hospital reservoir election ferry strike inquiry"
DID = "approved rejected delayed opened criticised defended cancelled praised signed reviewed welcomed suspended"
KIND = "new disputed costly joint provisional long-promised regional revised"
WHEN = (
    "on Monday", "on Thursday", "yesterday", "last week", "next month", "earlier this year", "two weeks ago",
    "on {day} {month}", "on {month} {day}, {year}", "in {month} {year}", "in {year}", "a year earlier",
)  # fmt: skip
SAYS = (
    "{who} {did} the {kind} {thing} {when}, after a meeting with {other} in {town}.",
    "The {thing} in {town} had been expected {when}, but {other} {did} it at the last moment.",
    "“The {thing} cannot wait for another winter,” {who} told reporters in {town}.",
    "Papers that were shown to this newspaper put the cost of the {thing} at {number} million crowns.",
    "{other} {did} a {kind} plan of the same sort {when}, and nothing came of it.",
    "People in {town} said that nobody had asked them about the {thing} before {who} {did} it {when}.",
    "A spokeswoman for {other} said {when} that the {kind} {thing} was being looked at once more.",
    "The vote {when} was {number} to {less}, with {who} against and {other} away.",
)
MENU = ["Home", "News", "Sport", "Weather", "Letters", "Archive", "Business", "Culture", "Log in", "Subscribe"]
FOOT = ("Share this story", "- Advertisement -", "More from this section", "Most read", "Get our newsletter",
        "© All rights reserved", "Contact us | Terms of use | Privacy")  # fmt: skip
STAMPS = ("%d %B %Y", "%A, %B %d, %Y", "%Y-%m-%d", "Published: %d %b %Y")
BEGIN = dt.date(1998, 1, 5)


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up article."""

    number: int
    title: str
    day: dt.date
    paper: str
    actors: tuple[str, ...]
    paragraphs: tuple[str, ...]


def make_actors(count: int) -> list[str]:
    """Names of people and bodies, all different, the most frequent first."""
    rng = random.Random(count)
    found: dict[str, None] = {}
    while len(found) < count:
        if rng.random() < 0.65:
            name = f"{rng.choice(FIRST.split())} {rng.choice(LAST.split())}"
        else:
            name = rng.choice(BODY).format(rng.choice(TOWN.split()))
        if name in found:
            name = f"{rng.choice(FIRST.split())} {rng.choice(LAST.split())}-{rng.choice(LAST.split())}"
        if name in found:
            name = f"{name} of {rng.choice(TOWN.split())}-{rng.choice(LAST.split())} {len(found)}"
        found[name] = None
    return list(found)


def make(number: int, actors: list[str], weights: list[float], days: int) -> Made:
    """Make one article: the same for the same number and the same actors."""
    rng = random.Random(number)
    day = BEGIN + dt.timedelta(days=rng.randrange(days))
    cast = list(dict.fromkeys(rng.choices(actors, cum_weights=weights, k=rng.randint(4, 8))))

    def say(form: str) -> str:
        date = {"day": rng.randint(1, 28), "month": day.strftime("%B"), "year": day.year - rng.randint(0, 3)}
        count = rng.randint(2, 900)
        return form.format(
            who=rng.choice(cast), other=rng.choice(cast), town=rng.choice(TOWN.split()), did=rng.choice(DID.split()),
            kind=rng.choice(KIND.split()), thing=rng.choice(THING.split()), number=count, less=count // 2,
            when=rng.choice(WHEN).format(**date),
        )  # fmt: skip

    paragraphs = tuple(" ".join(say(rng.choice(SAYS)) for _ in range(rng.randint(2, 4))) for _ in range(9))
    text = " ".join(paragraphs)
    title = say("{who} {did} {kind} {thing} in {town}")
    paper = rng.choice(PAPER).format(rng.choice(TOWN.split()))
    return Made(number, title, day, paper, tuple(name for name in cast if name in text), paragraphs)


def as_plain(made: Made) -> str:
    """Write it as Markdown with front matter."""
    actors = "".join(f"- {name}\n" for name in made.actors)
    head = f'title: "{made.title}"\npublished: {made.day}\nsource: "{made.paper}"\nactors:\n{actors}'
    return f"---\n{head}---\n\n" + "\n\n".join(made.paragraphs) + "\n"


def as_raw(made: Made) -> str:
    """Write it as the text of a saved page."""
    rng = random.Random(-made.number)
    head = [*rng.sample(MENU, 4), made.paper, "", made.title, "", made.day.strftime(rng.choice(STAMPS)), ""]
    return "\n".join((*head, "\n\n".join(made.paragraphs), "", *rng.sample(FOOT, 3))) + "\n"


def write(count: int, folder: Path, form: str, *, first: int = 0) -> None:
    """Write the articles numbered from `first` up to `count` into a folder, a hundred files in each of its folders."""
    actors = make_actors(max(40, count // 25))
    weights = list(accumulate(1 / rank for rank in range(1, len(actors) + 1)))
    text, suffix = (as_plain, ".md") if form == "plain" else (as_raw, ".txt")
    for number in range(first, count):
        made = make(number, actors, weights, max(365, count // 4))
        file = folder / f"{number // 100:05}" / f"{number:07}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(made), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=FORMS, default="raw")
    options = parser.parse_args()
    write(options.count, options.folder, options.form)


if __name__ == "__main__":
    main()
