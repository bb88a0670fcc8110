"""Plain judgement of a run (for now): which of its words are a name, and of what kind."""

from __future__ import annotations

from archivegen.detect.candidates import Run
from archivegen.detect.words_en import CALENDAR, ORGANISATION_WORDS, TITLES
from archivegen.detect.world import load_world
from archivegen.model import Kind

__all__ = ["Judged", "judge"]

Judged = tuple[int, int, Kind]


def judge(run: Run) -> list[Judged]:
    """Cut a run into names: (first word, after last word, kind)."""
    world = load_world()
    found: list[Judged] = []
    words = run.words
    at = 0
    while at < len(words):
        if words[at].joiner or words[at].text in CALENDAR or words[at].text in TITLES:
            at += 1
            continue
        end = at + 1
        while end < len(words) and words[end].text not in CALENDAR and words[end].text not in POSS_AND:
            end += 1
        while words[end - 1].joiner:
            end -= 1
        form = " ".join(word.text for word in words[at:end])
        kind: Kind = "person" if end - at > 1 else "other"
        if form in world.countries:
            kind = "country"
        elif form in world.cities or form in world.provinces:
            kind = "place"
        elif form in world.nations:
            kind = "other"
        elif any(word.text in ORGANISATION_WORDS for word in words[at:end]) or (form.isupper() and len(form) > 1):
            kind = "organisation"
        found.append((at, end, kind))
        at = end
    return found


POSS_AND = frozenset(("'s", "’s", "'", "’", "and", "and the", "in", "on", "the"))
