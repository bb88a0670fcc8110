"""Names that are known beforehand (actors.yaml, front matter), and where they stand in a text.

A dictionary on the first word, then the longest slice; as fast for 100,000 names as for ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from archivegen.authority import Authority
from archivegen.detect.surnames import by_tail
from archivegen.model import Kind

__all__ = ["KnownName", "NameIndex", "index_names", "known_places", "with_stated"]

Entry = tuple[tuple[str, ...], str, str]  # the words, the actor's name, its kind or ""

# Words, numbers and marks; decomposed letters stay whole. No \b: it never matches after "U.S.".
WORD = re.compile("[\\w\u0300-\u036f]+|[^\\w\\s]")


class KnownName(msgspec.Struct, frozen=True):
    """A known name in a text: whose it is, and the kind if that is known too."""

    start: int
    end: int
    name: str
    kind: Kind | None


class NameIndex(msgspec.Struct, frozen=True):
    """`exact` and `folded` lead from a name's first word to its entries, longest first; `tails` from its last word to
    the one actor who has it, or to "". Pickles.
    """

    exact: Mapping[str, tuple[Entry, ...]]
    folded: Mapping[str, tuple[Entry, ...]]
    ignore: frozenset[str]
    kinds: Mapping[str, Kind | None]
    firsts: frozenset[str]
    tails: Mapping[str, str]


def index_names(authority: Authority) -> NameIndex:
    """Index every name and alias of the authority file, and keep what it ignores."""
    pairs = [(name, actor.name) for name, actor in authority.names.items()]
    kinds = {actor.name: actor.kind for actor in authority.actors}
    ignore = frozenset(word for name in authority.ignore for word in (name, name.casefold()))
    return _index(pairs, kinds, ignore)


def with_stated(known: NameIndex, stated: Sequence[str]) -> NameIndex:
    """An index of the names that an article's front matter states; kinds as the authority has them."""
    owners = {name: name for name in stated}
    return _index(list(owners.items()), {name: known.kinds.get(name) for name in stated}, frozenset())


def known_places(text: str, index: NameIndex) -> Iterator[KnownName]:
    """Yield the longest known name at each place, in text order, without overlaps."""
    if not index.firsts:
        return
    firsts = index.firsts
    words = [match.span() for match in WORD.finditer(text)]
    at = 0
    while at < len(words):
        start, end = words[at]
        word = text[start:end]
        if word not in firsts and word.casefold() not in firsts:
            at += 1
            continue
        found = _longest(text, words, at, index)
        if found is None:
            at += 1
            continue
        length, name = found
        yield KnownName(start, words[at + length - 1][1], name, index.kinds.get(name))
        at += length


def split_words(text: str) -> tuple[str, ...]:
    """Cut a name as a text is cut."""
    return tuple(WORD.findall(unicodedata.normalize("NFC", text)))


def _index(pairs: Sequence[tuple[str, str]], kinds: Mapping[str, Kind | None], ignore: frozenset[str]) -> NameIndex:
    exact: dict[str, list[Entry]] = {}
    folded: dict[str, list[Entry]] = {}
    for form, name in pairs:
        words = split_words(form)
        if not words:
            continue
        exact.setdefault(words[0], []).append((words, name, ""))
        low = tuple(word.casefold() for word in words)
        folded.setdefault(low[0], []).append((low, name, ""))
        # A body may be in decomposed letters.
        decomposed = tuple(unicodedata.normalize("NFD", word) for word in words)
        if decomposed != words:
            exact.setdefault(decomposed[0], []).append((decomposed, name, ""))
    firsts = frozenset((*exact, *folded))
    return NameIndex(_longest_first(exact), _longest_first(folded), ignore, dict(kinds), firsts, by_tail(pairs))


def _longest_first(index: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {word: tuple(sorted(entries, key=lambda e: (-len(e[0]), e))) for word, entries in index.items()}


def _longest(text: str, words: list[tuple[int, int]], at: int, index: NameIndex) -> tuple[int, str] | None:
    """The longest name that begins here: as written first, else in other capitals if it has one at all."""
    start, end = words[at]
    first = text[start:end]
    for name_words, name, _ in index.exact.get(first, ()):
        if _fits(text, words, at, name_words, fold=False):
            return len(name_words), name
    for name_words, name, _ in index.folded.get(first.casefold(), ()):
        if _fits(text, words, at, name_words, fold=True):
            form = text[start : words[at + len(name_words) - 1][1]]
            if any(char.isupper() for char in form):
                return len(name_words), name
    return None


def _fits(text: str, words: list[tuple[int, int]], at: int, name: tuple[str, ...], *, fold: bool) -> bool:
    if at + len(name) > len(words):
        return False
    for offset, want in enumerate(name):
        start, end = words[at + offset]
        have = text[start:end]
        if (have.casefold() if fold else have) != want:
            return False
        if offset and "\n\n" in text[words[at + offset - 1][1] : start]:
            return False
    # "U.S" is no match inside "U.S.S.R", nor a name inside a longer dotted one.
    last = words[at + len(name) - 1][1]
    return not (name[-1] == "." and len(name) > 2 and text[last : last + 1].isalnum())
