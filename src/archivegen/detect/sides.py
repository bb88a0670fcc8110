"""Places that are sides in a report of sport: "Leeds beat York", but "in Leeds"; countries' sides stay countries."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from archivegen.detect.agreement import Named
from archivegen.detect.cues import is_side
from archivegen.detect.world import load_world

__all__ = ["with_sides"]

LEAST = 2  # sides in an article about play
PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|around|across|city|capital|town)\s+(?:the\s+)?$", re.IGNORECASE)
LISTED = (", ", " and ", " or ", ", and ")
# "LONDON 1996-08-30"
DATE_AFTER = re.compile(r",?\s+(?:\d{4}-\d\d|[A-Z][a-z]{2,8}\.? \d{1,2}\b)")


def with_sides(text: str, named: list[Named]) -> list[Named]:
    """Make organisations of the places that play, wherever none but the side can be meant."""
    countries = load_world().countries
    places = [item for item in named if item.kind == "place" and item.name not in countries]
    playing = {item.name for item in places if _is_side(text, item)}
    if not playing:
        return named
    others = {item.name for item in named if item.kind == "organisation" and _is_side(text, item)}
    if len(playing | others) < LEAST:
        return named
    # "Their rivals Essex, Surrey and Kent": what is listed with a side is one.
    for one, other in pairwise(places):
        if (one.name in playing) != (other.name in playing) and text[one.end : other.start] in LISTED:
            playing |= {one.name, other.name}
    return [
        replace(item, kind="organisation")
        if item.kind == "place" and item.name in playing and _plays(text, item)
        else item
        for item in named
    ]


def _is_side(text: str, item: Named) -> bool:
    return is_side(text, item.start, item.end, item.before, item.after)


def _plays(text: str, item: Named) -> bool:
    return not (PLACE_BEFORE.search(text, max(0, item.start - 20), item.start) or DATE_AFTER.match(text, item.end))
