"""Records -> the files of a Pagefind index, with the same in them as if its own indexer had written them.

Only what words mean is asked of it (`words`); where they stand is written down here (`postings`), for it takes 3 ms a
record. What stands where: https://github.com/Pagefind/pagefind, in `pagefind/src/index` and `pagefind/src/fossick`.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from archivegen.search import cbor
from archivegen.search.pagefind import SIGNATURE
from archivegen.search.postings import Chunk, Postings
from archivegen.search.words import Told, ask, spelling_asked

__all__ = ["META", "Index", "Record", "make_index"]

META = "pagefind.{}.pf_meta"
LEVEL = 4  # of gzip: the highest makes the files 3 % smaller and takes five times as long
GZIP = 31  # zlib's word for that
# Records in a file: a file of its own for each takes as long to write as all else that is made of it. Readers load
# some 10 KB for each of the ten results that they see first.
TOGETHER = 8
NAME = 7  # letters of a hash that name a file, or more where those are taken
UNBOUND = "\u200b"  # a space without width, by which Pagefind's page tells words apart in some languages

_json = msgspec.json.encode


class Record(msgspec.Struct, frozen=True):
    """What is to be found, and how it is shown, narrowed and put in order."""

    url: str
    content: str
    language: str
    meta: dict[str, str] = {}
    filters: dict[str, list[str]] = {}
    sort: dict[str, str] = {}


class Index(msgspec.Struct, frozen=True):
    """The files of an index by their path, but for the first that readers load: `entry`, which names the others."""

    files: dict[str, bytes]
    entry: dict[str, Any]


def make_index(records: Iterable[Record]) -> Index:
    """Index records, which may be a stream. The same records in the same order give the same files."""
    found: dict[str, _Pages] = {}
    for record in records:
        found.setdefault(record.language, _Pages(record.language)).add(record)
    of = {language: found[language] for language in sorted(found) if found[language].pages}
    entry, told = ask({language: list(pages.words.spellings) for language, pages in of.items()})
    languages = {}
    files: dict[str, bytes] = {}
    for language, pages in of.items():
        name = pages.write(told[language], entry["version"])
        languages[language] = {"hash": name, "wasm": told[language].program, "page_count": len(pages.pages)}
        files |= pages.files
    return Index(files, {**entry, "languages": languages})


class _Words(dict[str, int]):
    """Gives each word the number of its spelling, from 0 in the order in which they come."""

    def __init__(self) -> None:
        self.spellings: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = self.spellings.setdefault(spelling_asked(word), len(self.spellings))
        return number


class _Page(msgspec.Struct, frozen=True):
    """What the index needs of a record: the numbers of its words, and what it says beside."""

    words: Sequence[int]
    meta: dict[str, str]
    filters: dict[str, list[str]]
    sort: dict[str, str]


class _Pages:
    """The records of one language, and the files that are made of them."""

    def __init__(self, language: str) -> None:
        self.pages: list[_Page] = []
        self.words = _Words()
        self.files: dict[str, bytes] = {}
        self._language = language
        self._names: list[str] = []  # of the pages, as far as they are in files
        self._waiting: list[bytes] = []

    def add(self, record: Record) -> None:
        """Take a record. What has no words cannot be found."""
        words = record.content.replace(UNBOUND, "").split()
        if not words:
            return
        self.pages.append(_Page(list(map(self.words.__getitem__, words)), record.meta, record.filters, record.sort))
        for value in record.meta.values():
            for word in value.split():
                self.words[word]
        shown = {
            "url": record.url,
            "content": " ".join(words),
            "word_count": len(words),
            "filters": record.filters,
            "meta": record.meta,
            "anchors": (),
        }
        self._waiting.append(_pack(_json(shown)))
        if len(self._waiting) == TOGETHER:
            self._put_together()

    def _put_together(self) -> None:
        """Write what is shown of some pages into a file; the name of each page tells where in which it lies."""
        name = self._keep("fragment/{}.pf_fragment", b"".join(self._waiting))
        start = 0
        for packed in self._waiting:
            self._names.append(f"{name}-{start}-{len(packed)}")
            start += len(packed)
        self._waiting.clear()

    def write(self, told: Told, version: str) -> str:
        """Make the other files of the index; return the name of the one that leads to all."""
        if self._waiting:
            self._put_together()
        fields = sorted({field for page in self.pages for field in page.meta})
        chunks = list(self._chunks(told, fields))
        names = [self._keep("index/{}.pf_index", _pack(chunk.data)) for chunk in chunks]
        bounded = [(*bounds, name) for bounds, name in zip(_bounds(chunks), names, strict=True)]
        filters = [
            (field, self._keep("filter/{}.pf_filter", _pack(cbor.encode((field, values)))))
            for field, values in self._filters()
        ]
        pages = [(name, len(page.words)) for name, page in zip(self._names, self.pages, strict=True)]
        return self._keep(META, _pack(cbor.encode((version, pages, bounded, filters, list(self._sorts()), fields))))

    def _chunks(self, told: Told, fields: Sequence[str]) -> Iterator[Chunk]:
        postings = Postings(self.words, told.meanings, fields)
        for number, page in enumerate(self.pages):
            postings.add(number, page.words, page.meta)
        return postings.chunks()

    def _filters(self) -> Iterator[tuple[str, list[tuple[str, list[int]]]]]:
        """Yield what can be narrowed by, with each of its values and the pages that have it."""
        for name in sorted({name for page in self.pages for name in page.filters}):
            found: dict[str, list[int]] = {}
            for number, page in enumerate(self.pages):
                for value in page.filters.get(name, ()):
                    found.setdefault(value, []).append(number)
            yield name, sorted(found.items())

    def _sorts(self) -> Iterator[tuple[str, list[int]]]:
        """Yield each order with the pages in it."""
        for name in sorted({name for page in self.pages for name in page.sort}):
            values = [(page.sort[name], number) for number, page in enumerate(self.pages) if name in page.sort]
            yield name, [number for _, number in sorted(values)]

    def _keep(self, path: str, data: bytes) -> str:
        """Keep a file, and return its name, which is made of what it holds."""
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        for size in range(NAME, len(digest)):
            name = f"{self._language}_{digest[:size]}"
            if path.format(name) not in self.files:
                break
        self.files[path.format(name)] = data
        return name


def _pack(data: bytes) -> bytes:
    return zlib.compress(SIGNATURE + data, LEVEL, GZIP)


def _bounds(chunks: Sequence[Chunk]) -> list[list[str]]:
    """Tell from which letters on, and to which, each chunk has words: no more letters than tell it from the next."""
    bounds = [[chunk.first, chunk.last] for chunk in chunks]
    for one, other in pairwise(bounds):
        same = next((i for i, (a, b) in enumerate(zip(one[1], other[0], strict=False)) if a != b), len(one[1]))
        one[1] = max(one[0], one[1][: same + 1])
        other[0] = other[0][: same + 1]
    return bounds
