"""Words as they stand in texts -> the words of the index, as Pagefind has them: each is asked for once.

That takes a hundredth of the time that Pagefind needs for all the texts, and it stems thirty languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from archivegen.errors import UsageError
from archivegen.search import cbor
from archivegen.search.pagefind import ENTRY, files_of, unpack

__all__ = ["USUAL", "Meaning", "Told", "ask", "spelling_asked"]

FORM = "1.5."  # the versions of Pagefind that write indexes as `index` does
USUAL = 24  # the weight of a word that is no part of another; each half of “two-part” has 12
FIRST = 25  # the weight that a list of places begins with, unless it says otherwise
# None of these is stemmed, but some builds of Pagefind take the words of three of them apart, and what is of an unknown
# language goes to the one that most texts have. So they are asked for as languages that there are not.
UNSTEMMED = frozenset(("zh", "ja", "th", "unknown"))
# A word in plain letters, or a number, is the same with and without punctuation around it.
PLAIN = re.compile(r"[!-/:-@\[-^`{-~]*([A-Za-z][a-z]*|[0-9]+)[!-/:-@\[-^`{-~]*")
CONTROL = "___PAGEFIND_"  # how Pagefind's own marks begin, which a text could hold

Meaning = tuple[str, str, int]  # a word of the index; how it is spelt if that has accents, else ""; its weight


class Told(msgspec.Struct, frozen=True):
    """What Pagefind says of the words of a language: the meanings of each, and which program searches them, if any."""

    meanings: list[list[Meaning]]
    program: str | None


def spelling_asked(word: str) -> str:
    """Return the spelling under which a word is asked for: those of one spelling mean the same."""
    plain = PLAIN.fullmatch(word)
    if plain:
        return plain[1].lower()
    return word if not word.startswith("___") else word.replace(CONTROL, "_")


def ask(words: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], dict[str, Told]]:
    """Return how an index begins (`pagefind-entry.json`), and what Pagefind says of the words of each language.

    Raises UsageError if it is a version that writes its indexes in another way.
    """
    records = (
        {"url": language, "content": " ".join(spellings), "language": _code(language)}
        for language, spellings in words.items()
    )
    files = files_of(records)
    entry = json.loads(files[ENTRY])
    if not entry["version"].startswith(FORM):
        hint = f"pip install 'pagefind_bin=={FORM}*', or set `search: false` in site.yaml"
        raise UsageError(f"the search index cannot be made with Pagefind {entry['version']}", hint=hint)
    told = {}
    for language, spellings in words.items():
        code = _code(language)
        index = (unpack(data) for path, data in files.items() if path.startswith(f"index/{code}_"))
        told[language] = Told(_meanings(index, len(spellings)), entry["languages"].get(code, {}).get("wasm"))
    return entry, told


def _code(language: str) -> str:
    return f"x{language}" if language in UNSTEMMED else language


def _meanings(chunks: Iterable[bytes], count: int) -> list[list[Meaning]]:
    """Turn an index of a single text around: the meanings of the word at each place."""
    found: list[list[Meaning]] = [[] for _ in range(count)]
    for chunk in chunks:
        (words,) = cbor.decode(chunk)
        for word, pages, spelt in words:
            for spelling, lists in (("", pages), *spelt):
                for _, places, _ in lists:
                    place, weight = 0, FIRST
                    steps = iter(places)
                    for step in steps:
                        if step < 0:  # another weight, and a place that is counted from the beginning
                            weight, place = -step - 1, next(steps)
                        else:
                            place += step
                        found[place].append((word, spelling, weight))
    return found
