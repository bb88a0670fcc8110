"""Offices before a person's name, taken off it: "Secretary of the Navy for Supplies Helen Marsh" has two names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archivegen.detect.candidates import Run, Word, trimmed
from archivegen.detect.features import is_common
from archivegen.detect.words_en import COMPANY_ENDS, ORGANISATION_WORDS, TITLES
from archivegen.detect.world import load_world

__all__ = ["without_offices"]

OF = frozenset(("of", "of the", "for", "for the"))
LEAST, MOST = 2, 4  # words of a person's name after an office


def without_offices(run: Run, common: frozenset[str]) -> Iterable[Run]:
    """Cut a run where the words of an office end and those of its holder begin; else give it whole."""
    return (run,) if run.plain or len(run.words) <= LEAST else _cut(run, common)


def _cut(run: Run, common: frozenset[str]) -> Iterator[Run]:
    words = run.words
    at = next((i for i, word in enumerate(words) if _is_title(word.text)), -1)
    first = _holder(words, common) if at >= 0 else 0
    if first <= at or not LEAST <= len(words) - first <= MOST:
        yield run
        return
    end = at
    while end < first and _is_title(words[end].text):
        end += 1
    if end < first and words[end].text not in OF:  # "State Bank Director Audit ..." is no office that we know
        yield run
        return
    yield from trimmed(words[:at], run, begins=True)
    yield from trimmed(words[end:first], run, begins=False)
    yield from trimmed(words[first:], run, begins=at == 0 and first == 0)


def _is_title(text: str) -> bool:
    return text in TITLES or ("-" in text and all(part in TITLES for part in text.split("-")))


def _holder(words: Sequence[Word], common: frozenset[str]) -> int:
    """Where the words at the end begin that are no usual ones, as those of a person's name."""
    world = load_world()
    first = len(words)
    while first > 0:
        word = words[first - 1]
        if word.joiner or _is_title(word.text) or word.text in ORGANISATION_WORDS or word.text in COMPANY_ENDS:
            break
        if word.text in world.countries or word.text in world.nations or is_common(word.text.casefold(), common):
            break
        first -= 1
    return len(words) if first and words[first - 1].joiner else first
