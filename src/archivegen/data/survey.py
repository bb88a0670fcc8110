"""The archive's articles -> runs of files, with signs by which the next build knows what to make again."""

from __future__ import annotations

import zlib

import msgspec

from archivegen.store import Reader

__all__ = ["Run", "Survey", "bounds", "survey"]

# Articles in a run, on average; twice as many as long as there were more than MANY runs. The shorter they are, the less
# is made again after an edit; the more there are, the more segments the full-text index has.
RUN, MANY = 64, 1024  # FTS5 takes at most 2,000 segments
ROWID_BITS = 32  # of an article's rowid below the number of its run


class Run(msgspec.Struct, frozen=True):
    """Articles whose files stand side by side, from the first path to the last; a sign of what tables say of them."""

    first: str
    last: str
    articles: int
    mentions: int


class Survey(msgspec.Struct, frozen=True):
    """The runs in the order of paths, and by slug signs of articles' entries."""

    runs: list[Run]
    entries: dict[str, int]


def survey(reader: Reader) -> Survey:
    """Look at all articles once.

    Where a run ends its last path tells, so one article more changes no other run; once in a run's length it cuts one.
    """
    length, count = RUN, reader.count("article")
    while length * MANY < count:
        length *= 2
    runs: list[Run] = []
    entries: dict[str, int] = {}
    first = last = ""
    articles = mentions = 0
    for last, slug, article, named, said in reader.data.signs():
        first = first or last
        articles += article
        mentions += named
        if said:
            entries[slug] = said
        if zlib.crc32(last.encode()) % length == 0:
            runs.append(Run(first, last, articles, mentions))
            first, articles, mentions = "", 0, 0
    if first:
        runs.append(Run(first, last, articles, mentions))
    return Survey(runs, entries)


def bounds(run: int) -> tuple[int, int]:
    """The first and the last rowid of the articles of a run, given by its number from 0, in the database."""
    return run << ROWID_BITS, (run + 1 << ROWID_BITS) - 1
