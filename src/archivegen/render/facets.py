"""The entries of a page -> by what a reader can narrow them: actors, outlets, and the marks that they bear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import marks
from archivegen.views import ActorRef, ArticleRef, Entry

__all__ = ["facets"]

FEWEST = 6  # entries that are worth narrowing
ACTORS, OUTLETS = 12, 8  # at most


class Facets(msgspec.Struct, frozen=True):
    """What is there to choose from, each with the number of its entries; an outlet goes by one of its articles."""

    actors: tuple[tuple[ActorRef, int], ...]
    outlets: tuple[tuple[ArticleRef, int], ...]
    marks: tuple[tuple[str, int], ...]


def facets(entries: Sequence[Entry], *, tongue: Tongue = ENGLISH) -> Facets | None:
    """Count what entries have; None for a list that is taken in at a glance."""
    if len(entries) < FEWEST:
        return None
    sources = {entry.article.source_slug: entry.article for entry in entries if entry.article.source_slug}
    outlets = Counter(entry.article.source_slug for entry in entries if entry.article.source_slug)
    actors = Counter(actor for entry in entries for actor in entry.actors)
    marked = Counter(mark for entry in entries for mark in marks(entry))
    return Facets(
        tuple(actors.most_common(ACTORS)),
        tuple((sources[slug], number) for slug, number in outlets.most_common(OUTLETS)) if len(outlets) > 1 else (),
        tuple((tongue.gettext(mark), number) for mark, number in marked.most_common()),
    )
