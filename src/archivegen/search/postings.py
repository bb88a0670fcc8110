"""Where the words of each page stand -> the lists of an index, word by word in their order, as Pagefind packs them.

A list of places begins with the weight of the words there, as a negative number; each place is counted from the one
before. Words of a page's metadata have lists of their own, in which negative numbers tell the field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import sub

import msgspec

from archivegen.kept import Kept
from archivegen.search import cbor
from archivegen.search.cbor import LIST, head, numbers
from archivegen.search.words import USUAL, Meaning

__all__ = ["Chunk", "Postings"]

CHUNK = 56_000  # bytes of an index file before it is packed; readers load one for each word that they ask for
SEVERAL = -1  # in place of a word, where a spelling means several, or another weight


class Chunk(msgspec.Struct, frozen=True):
    """A file's share of the words, from the first to the last, and their lists."""

    first: str
    last: str
    data: bytes


_NONE, _SPELT, _WORD = head(LIST, 0), head(LIST, 2), head(LIST, 3)
_USUAL = numbers[-USUAL - 1]
# The lists of a word that stands once; how a list of places of the usual weight begins, and what is said of a page.
_once: Kept[int, bytes] = Kept(lambda place: head(LIST, 2) + _USUAL + numbers[place] + _NONE)
_several: Kept[int, bytes] = Kept(lambda count: head(LIST, count + 1) + _USUAL)
_page: Kept[int, bytes] = Kept(lambda step: head(LIST, 3) + numbers[step])


class Postings:
    """Takes the words of page after page, and gives their lists.

    `words` gives each word as it stands a number, `meanings` are those of each number, and `fields` are of metadata.
    """

    def __init__(self, words: Mapping[str, int], meanings: Iterable[Sequence[Meaning]], fields: Sequence[str]) -> None:
        self._words = words
        self._fields = {field: number for number, field in enumerate(fields)}
        self._ids: dict[tuple[str, str], int] = {}
        self._one: list[int] = []  # by the number of a word: what it means, or SEVERAL
        self._several: dict[int, list[tuple[int, int]]] = {}  # the same where it is more, with weights
        for number, found in enumerate(meanings):
            of = [(self._ids.setdefault((word, spelt), len(self._ids)), weight) for word, spelt, weight in found]
            self._one.append(of[0][0] if len(of) == 1 and of[0][1] == USUAL else SEVERAL)
            if self._one[number] == SEVERAL:
                self._several[number] = of
        self._pages: list[list[int]] = [[] for _ in self._ids]
        self._places: list[list[bytes]] = [[] for _ in self._ids]  # on each of the pages
        self._said: dict[tuple[int, str], list[tuple[int, tuple[int, int]]]] = {}
        self._packed: dict[tuple[tuple[int, int], ...], bytes] = {}

    def add(self, page: int, words: Sequence[int], meta: Mapping[str, str]) -> None:
        """Take the words of a page and of its metadata; pages come in the order of their numbers."""
        at: defaultdict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(map(self._one.__getitem__, words)):
            at[word].append(place)
        weighted = self._take_several(words, at)
        pages, places = self._pages, self._places
        for word, said in self._in_fields(meta).items():
            pages[word].append(page)
            places[word].append(_weighted(at.pop(word, ()), weighted.pop(word, ())) + said)
        for word, found in weighted.items():
            pages[word].append(page)
            places[word].append(_weighted(at.pop(word, ()), found) + _NONE)
        for word, usual in at.items():
            pages[word].append(page)
            places[word].append(_once[usual[0]] if len(usual) == 1 else _usual(usual) + _NONE)

    def _take_several(self, words: Sequence[int], at: dict[int, list[int]]) -> dict[int, list[tuple[int, int]]]:
        """Sort in what words mean beside themselves; return (weight, place) of those that weigh less."""
        weighted: dict[int, list[tuple[int, int]]] = {}
        late = set()
        for place in at.pop(SEVERAL, ()):
            for word, weight in self._several[words[place]]:
                if weight == USUAL:
                    at[word].append(place)
                    late.add(word)
                else:
                    weighted.setdefault(word, []).append((weight, place))
        for word in late:
            at[word].sort()
        return weighted

    def _in_fields(self, meta: Mapping[str, str]) -> dict[int, bytes]:
        """The lists of the words in metadata."""
        found: dict[int, list[tuple[int, int]]] = {}
        for field, value in meta.items():
            key = (self._fields[field], value)
            for word, at in self._said.get(key) or self._said.setdefault(key, list(self._in_field(*key))):
                found.setdefault(word, []).append(at)
        packed = {}
        for word, listed in found.items():
            place = tuple(listed)
            packed[word] = self._packed.get(place) or self._packed.setdefault(place, cbor.encode(_steps(sorted(place))))
        return packed

    def _in_field(self, field: int, value: str) -> Iterator[tuple[int, tuple[int, int]]]:
        for place, number in enumerate(map(self._words.__getitem__, value.split())):
            word = self._one[number]
            for meant in (word,) if word != SEVERAL else [word for word, _ in self._several[number]]:
                yield meant, (field, place)

    def chunks(self) -> Iterator[Chunk]:
        """Yield all words with their lists, cut between words."""
        accented: dict[str, list[tuple[int, bool, str, int]]] = {}
        for (word, spelt), number in self._ids.items():
            if spelt:  # in the order of their first pages, there what the text has before what the metadata has
                first = (self._pages[number][0], self._places[number][0][:1] == _NONE, spelt, number)
                accented.setdefault(word, []).append(first)
        held: list[bytes] = []
        words: list[str] = []
        size = 0
        for word in sorted({word for word, _ in self._ids}):
            plain = self._ids.get((word, ""))
            others = sorted(accented[word]) if word in accented else ()
            start = len(held)
            held += (_WORD, cbor.encode(word), _NONE if plain is None else self._listed(plain), head(LIST, len(others)))
            for *_, spelt, number in others:
                held += (_SPELT, cbor.encode(spelt), self._listed(number))
            words.append(word)
            size += sum(map(len, held[start:]))
            if size >= CHUNK:
                yield _chunk(words, held)
                held, words, size = [], [], 0
        if words:
            yield _chunk(words, held)

    def _listed(self, number: int) -> bytes:
        pages, places = self._pages[number], self._places[number]
        steps = map(_page.__getitem__, map(sub, pages, chain((0,), pages)))
        return head(LIST, len(pages)) + b"".join(chain.from_iterable(zip(steps, places, strict=True)))


def _chunk(words: Sequence[str], held: Sequence[bytes]) -> Chunk:
    return Chunk(words[0], words[-1], b"".join((head(LIST, 1), head(LIST, len(words)), *held)))


def _usual(places: Sequence[int]) -> bytes:
    """Pack places of the usual weight; a loop takes less time here than `map`, for most words stand twice or thrice."""
    packed = _several[len(places)]
    before = 0
    for place in places:
        packed += numbers[place - before]
        before = place
    return packed


def _weighted(usual: Sequence[int], others: Sequence[tuple[int, int]]) -> bytes:
    """Pack places of any weights: those of the usual one, which is the highest, and the others as (weight, place)."""
    if not others:
        return _usual(usual) if usual else _NONE
    return cbor.encode(_steps([*sorted(others), *((USUAL, place) for place in usual)]))


def _steps(places: Iterable[tuple[int, int]]) -> list[int]:
    """Count each place from the one before, with a negative number wherever another weight or field begins."""
    steps: list[int] = []
    now = None
    before = 0
    for group, place in places:
        if group != now:
            steps.append(-group - 1)
            now, before = group, 0
        steps.append(place - before)
        before = place
    return steps
