"""Capitals that stand for their state: "Moscow said", "Washington's policy", where the article names the state too."""

from __future__ import annotations

import re
from collections.abc import Collection

from archivegen.detect.world import load_world

__all__ = ["country_in", "state_meant"]

# What states do or have and cities do not.
DEEDS = re.compile(
    r"\s+(?:has |had |have |also |now |will |would |again |repeatedly |flatly |quietly )*"
    r"(?:said|says|invit|den(?:y|ie)|reject|accus|insist|want|warn|agree|refus|demand|condemn|urg|hopes|hoped|plans|"
    r"planned|indicat|support|back(?:s|ed)|oppos|recogni[sz]|sent\b|sends|imposed|signed|vowed|pledged|sought|seeks|"
    r"regards|considers|considered|offered|announced|declined|proposed|threatened|retaliated|expelled|recalled|"
    r"step(?:s|ped) up|call(?:s|ed) (?:for|on)|is (?:in favou?r|pressing|ready|willing|trying|seeking|prepared)|"
    r"was (?:pressing|ready|willing|trying|seeking|prepared))"
)
BELONGINGS = re.compile(
    r"['’]s?\s+(?:\w+\s+)?(?:polic(?:y|ies)|stance|plans?|position|influence|support|decision|allies|government|"
    r"relations|ties|interests|envoy|ambassador|response|role|strategy|demands?|refusal|proposals?|military|ally)\b"
)
PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|of|for|outside|around|across|via|towards?|into|through|on|visit(?:ed|s|ing)?|"
    r"left|leave|leaving|capital|city)\s+$"
)
BETWEEN = re.compile(r"\bbetween\s+$")
AND_STATE = re.compile(r"\s+and\s+(?:the\s+)?[^\W\d_]")


def country_in(name: str) -> str:
    """The country that a name or an adjective of nationality speaks of; "" for none."""
    world = load_world()
    return world.countries.get(name) or world.nations.get(name) or ""


def state_meant(text: str, start: int, end: int, name: str, states: Collection[str]) -> str:
    """The state that a capital stands for at text[start:end]; "" where it is a city, or that is not plain."""
    state = load_world().capitals.get(name, "")
    if not state or state not in states:
        return ""
    if DEEDS.match(text, end) or BELONGINGS.match(text, end):
        return "" if PLACE_BEFORE.search(text, max(0, start - 14), start) else state
    # "talks between Kabul and the Taliban"
    is_party = BETWEEN.search(text, max(0, start - 12), start) and AND_STATE.match(text, end)
    return state if is_party else ""
