#!/usr/bin/env python3
"""Words a second of the date reader, one core, on generated news text: `python bench/dates.py [WORDS]`.

Every sentence is made from the lists below in a fixed order, with about one date in forty words, as in news.
"""

from __future__ import annotations

import random
import sys
import time

from archivegen import edtf
from archivegen.detect.dates import find_dates
from archivegen.detect.sentences import split_sentences

SUBJECTS = [
    "The minister",
    "A spokesman for the ministry",
    "Two officials",
    "The company",
    "Mr. Lee",
    "Residents of the U.S. town",
]
VERBS = ["said", "denied", "will discuss", "opened", "has closed", "rejected", "plans to build"]
OBJECTS = [
    "the new bridge over the river",
    "talks with the opposition",
    "1,200 jobs",
    "a $2.5 million plan",
    "the report",
]
PLACES = [
    "in the capital",
    "near the border",
    "at the old harbour",
    "after a vote of the council",
    "because of the storm",
]
DATES = [
    "on Tuesday",
    "last month",
    "in 2014",
    "on 4 September",
    "two years ago",
    "by the end of the year",
    "now",
    "for three days",
]
DATED = 0.5  # of the sentences, which have 20 words as a rule


def article(chance: random.Random, words: int) -> str:
    """Make up an article of at least so many words."""
    out: list[str] = []
    count = 0
    while count < words:
        parts = [chance.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, PLACES)]
        parts += ["while", *(chance.choice(part).lower() for part in (SUBJECTS, VERBS, OBJECTS))]
        if chance.random() < DATED:
            parts.append(chance.choice(DATES))
        out.append(" ".join(parts) + ("." if len(out) % 5 else ".\n\n"))
        count += len(out[-1].split())
    return " ".join(out)


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = random.Random(1)
    articles = [article(chance, 600) for _ in range(max(1, total // 600))]
    words = sum(len(text.split()) for text in articles)
    published = edtf.parse("2018-08-22")

    start = time.perf_counter()
    sentences = [split_sentences(text) for text in articles]
    split = time.perf_counter()
    found = sum(len(find_dates(text, published, spans)) for text, spans in zip(articles, sentences, strict=True))
    end = time.perf_counter()
    print(f"{words:,} words, {sum(map(len, sentences)):,} sentences, {found:,} dates")
    for name, took in (("sentences", split - start), ("dates", end - split), ("both", end - start)):
        print(f"{name}: {words / took:,.0f} words/s")


if __name__ == "__main__":
    main()
