"""The archive's articles -> runs of files, and buckets, with signs by which the next build knows what to make again."""

from __future__ import annotations

import zlib

import msgspec

from archivegen.store import Reader

__all__ = ["Buckets", "Run", "Survey", "survey"]

RUN = 64  # articles in a run, on average
BITS = 24  # of an article's rowid below its bucket
FULL, MANY = 512, 256  # articles in a bucket, on average, from which all are halved, as long as they are no more


class Run(msgspec.Struct, frozen=True):
    """Articles whose files stand side by side, from the first path to the last; signs of what tables say of them."""

    first: str
    last: str
    articles: int
    mentions: int


class Buckets(msgspec.Struct, frozen=True):
    """Articles lie in so many buckets: where one comes in, no other moves but those of its own bucket.

    The rowid of an article is the number of its bucket, and behind that its own in it, by the order of paths.
    """

    count: int

    @classmethod
    def of(cls, reader: Reader) -> Buckets:
        """Return how many there are in an archive."""
        count, articles = 1, reader.count("article")
        while count * FULL < articles and count < MANY:
            count *= 2
        return cls(count)

    def bucket(self, slug: str) -> int:
        """The number of the bucket, from 0, that an article is in."""
        return zlib.crc32(slug.encode()) * self.count >> 32

    @staticmethod
    def bounds(bucket: int) -> tuple[int, int]:
        """The first and the last rowid of a bucket."""
        return bucket << BITS, (bucket + 1 << BITS) - 1


class Survey(msgspec.Struct, frozen=True):
    """The runs in the order of paths, signs of the buckets that have articles, and by slug of articles' entries."""

    runs: list[Run]
    buckets: dict[int, int]
    entries: dict[str, int]


def survey(reader: Reader) -> Survey:
    """Look at all articles once.

    Where a run ends its last path tells, so one article more changes no other run.
    """
    in_bucket = Buckets.of(reader).bucket
    runs: list[Run] = []
    buckets: dict[int, int] = {}
    entries: dict[str, int] = {}
    first = last = ""
    articles = mentions = 0
    for _, last, slug, article, named, said in reader.data.signs():
        first = first or last
        articles += article
        mentions += named
        if said:
            entries[slug] = said
        bucket = in_bucket(slug)
        buckets[bucket] = buckets.get(bucket, 0) + article + 7 * named
        if zlib.crc32(last.encode()) % RUN == 0:
            runs.append(Run(first, last, articles, mentions))
            first, articles, mentions = "", 0, 0
    if first:
        runs.append(Run(first, last, articles, mentions))
    return Survey(runs, buckets, entries)
