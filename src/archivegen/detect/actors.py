"""Names of people, organisations and countries in one article's text, with offsets, kind and role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archivegen.detect.candidates import find_runs
from archivegen.detect.judge import judge
from archivegen.detect.known import KnownName, NameIndex, index_names, known_places, with_stated
from archivegen.detect.world import load_world
from archivegen.model import ActorMention, Kind

__all__ = ["VERSION", "NameIndex", "find_actors", "index_names"]

VERSION = "1"

Span = tuple[int, int, Kind, str]


def find_actors(text: str, *, known: NameIndex, stated: Sequence[str] = ()) -> tuple[ActorMention, ...]:
    """Find the names in a clean body; in text order, without overlaps."""
    taken = list(known_places(text, known))
    if stated:
        taken = _without_overlaps([*known_places(text, with_stated(known, stated)), *taken])
    spans: list[Span] = [(k.start, k.end, k.kind or "other", k.name) for k in taken]
    occupied = [(k.start, k.end) for k in taken]
    at = 0
    for run in find_runs(text):
        for first, last, kind in judge(run):
            start, end = run.words[first].start, run.words[last - 1].end
            while at < len(occupied) and occupied[at][1] <= start:
                at += 1
            if at < len(occupied) and occupied[at][0] < end:
                continue
            spans.append((start, end, kind, ""))
    spans.sort()
    return tuple(_name_all(text, spans, known))


def _name_all(text: str, spans: list[Span], known: NameIndex) -> Iterator[ActorMention]:
    full: dict[str, str] = {}
    countries = load_world().countries
    for start, end, kind, name in spans:
        form = " ".join(text[start:end].split())
        if form in known.ignore or form.casefold() in known.ignore:
            continue
        if name:
            yield ActorMention(start, end, name, kind)
        elif form in countries:
            yield ActorMention(start, end, countries[form], "country")
        elif kind == "person" and " " in form:
            full[form.rpartition(" ")[2]] = form
            yield ActorMention(start, end, form, kind)
        elif form in full:
            yield ActorMention(start, end, full[form], "person")
        else:
            yield ActorMention(start, end, form, kind)


def _without_overlaps(found: list[KnownName]) -> list[KnownName]:
    out: list[KnownName] = []
    for item in sorted(found, key=lambda k: (k.start, -k.end)):
        if not out or out[-1].end <= item.start:
            out.append(item)
    return out
