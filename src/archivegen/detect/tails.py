"""Known names found by their last word alone: "Lavrov" for a known "Sergey Lavrov", "A380" for "Airbus A380".

Only a word that is telling by itself, of one known name, and of no other name in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from archivegen.detect.agreement import Candidate, Named
from archivegen.detect.features import is_common
from archivegen.detect.surnames import surname_of
from archivegen.detect.words_en import CALENDAR, COMPANY_ENDS, EVENT_WORDS, ORGANISATION_WORDS, TITLES
from archivegen.detect.world import load_world
from archivegen.model import Kind

__all__ = ["with_tails"]

LEAST = 3  # letters of a tail
MODEL = re.compile(r"\d")
SEVERAL = re.compile(r"\ds$")  # "A380s"
GENERAL = (*CALENDAR, *COMPANY_ENDS, *EVENT_WORDS, *ORGANISATION_WORDS, *TITLES)


def with_tails(
    named: Sequence[Named],
    passed_over: Iterable[Candidate],
    tails: Sequence[Mapping[str, str]],
    index: tuple[Mapping[str, Kind | None], frozenset[str]],
) -> Iterator[Named]:
    """Name in full what stands by its last word alone; the first of `tails` that has it says whose it is.

    `passed_over` are words that the judge took for no names; `index` has the known kinds and everyone's usual words.
    """
    kinds, common = index
    longer: dict[str, set[str]] = {}
    leads: dict[str, float] = {}  # how far the judge prefers a person, over the article
    for item in named:
        if " " in item.name:
            longer.setdefault(surname_of(item.name), set()).add(item.name)
        if item.scores:
            leads[item.form] = leads.get(item.form, 0.0) + item.scores[0] - max(item.scores[1:])
    full_kinds: dict[str, Kind] = {item.name: item.kind for item in named if " " in item.name}
    found = {item.start for item in named}
    models = [c for c in passed_over if MODEL.search(c.form) and c.start not in found]
    for item in (*named, *(Named(c.start, c.end, c.form, c.form, "other", None) for c in models)):
        word = item.form[:-1] if SEVERAL.search(item.form) else item.form
        full = next((name for one in tails if (name := one.get(word)) is not None), "")
        is_open = full and item.name == item.form and item.kind != "place"
        if is_open and longer.get(word, set()) <= {full} and _is_telling(word, common):
            kind = kinds.get(full) or full_kinds.get(full) or item.kind
            is_person = kind == "person" and leads.get(item.form, 0.0) > 0
            if item.kind in (kind, "other") or is_person or MODEL.search(word):
                yield replace(item, name=full, kind=kind)
                continue
        if item.start in found:
            yield item


def _is_telling(word: str, common: frozenset[str]) -> bool:
    """Tell whether a word names by itself: no usual word, no place, nothing that many bodies are called."""
    if len(word) < LEAST or word.isdigit() or word in GENERAL or is_common(word.casefold(), common):
        return False
    world = load_world()
    return not any(word in names for names in (world.countries, world.nations, world.cities, world.provinces))
