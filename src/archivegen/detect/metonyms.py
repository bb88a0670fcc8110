"""Capitals that stand for their state: "Moscow said", "Washington's policy", where the article names the state too.

A capital is a state only where it does or has what states do and have, or is a party beside another: else it is a city.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from archivegen.detect.agreement import Named
from archivegen.detect.world import load_world

__all__ = ["country_in", "parties", "state_meant"]

# What states do or have and cities do not.
DEEDS = re.compile(
    r"\s+(?:(?:has|had|have|also|now|will|would|again|repeatedly|flatly|quietly|in recent \w+|on \w+day)\s+)*"
    r"(?:said|says|invit|den(?:y|ie)|reject|accus|insist|want|warn|agree|refus|demand|condemn|urg|hopes|hoped|plans|"
    r"planned|indicat|support|back(?:s|ed)|oppos|recogni[sz]|sent\b|sends|imposed|signed|vowed|pledged|sought|seeks|"
    r"regards|considers|considered|offered|announced|declined|proposed|threatened|retaliated|expelled|recalled|"
    r"step(?:s|ped) up|call(?:s|ed) (?:for|on)|is (?:in favou?r|pressing|ready|willing|trying|seeking|prepared)|"
    r"was (?:pressing|ready|willing|trying|seeking|prepared))"
)
BELONGINGS = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+)?(?:polic(?:y|ies)|stance|plans?|position|influence|support|decision|allies|government|"
    r"relations|ties|interests|envoy|ambassador|response|role|strategy|demands?|refusal|proposals?|ally|offers?|"
    r"requests?|ministry|diplomacy|diplomats|sanctions|pledges?|concessions?|backing|claims?|"
    r"military(?! (?:district|hospital|academy|base|court|school|museum|airport|airfield)))\b"
)
# Where a city stands, with what may lie between: "in central", "at nearby".
PLACE = r"\b(?:{})\s+(?:(?:the|central|downtown|nearby|greater|suburban|north\w*|south\w*|east\w*|west\w*)\s+){{0,2}}$"
SITE_BEFORE = re.compile(PLACE.format("in|at|near|outside|around|across|inside|within|capital|city"))
PLACE_BEFORE = re.compile(
    PLACE.format(
        "in|at|to|from|near|of|for|outside|around|across|via|towards?|into|inside|within|through|on|with|by|visit(?:ed|s|ing)?|"
        "left|leave|leaving|reach(?:ed|es|ing)?|enter(?:ed|s|ing)?|capital|city"
    )
)
NEAR = 32  # characters before a capital that are looked at
# What parties have between them, or with each other; roads and flights are between cities.
DEALINGS = (
    r"\b(?i:relations|ties|talks|negotiations?|pact|treaty|agreement|accord|deal|disputes?|alliance|co-?operation|dialogue|"
    r"wars?|tensions?|peace|truce|contacts|conflict|differences|rift|rivalry|summit|understanding|mediat\w+|clash(?:es)?|"
    r"exchanges?|consultations|partnership)"
)
BETWEEN = re.compile(DEALINGS + r"\b(?:\s+[\w-]+){0,2}\s+between\s+$")
BETWEEN_AND = re.compile(DEALINGS + r"\b(?:\s+[\w-]+){0,2}\s+between\s+(?:the\s+)?([^\W\d_][^.,;:\n]{1,40}?)\s+and\s+$")
AND = re.compile(r"\s+and\s+(?:the\s+)?")
AND_GROUP = re.compile(
    AND.pattern
    + r"(?:\w+\s+)?(?:rebels|insurgents|militants|guerrillas|opposition|separatists|government|its|neighbou?rs)\b"
)
WITH = re.compile(DEALINGS + r"\s+with\s+$")
SENTENCE = 160


def country_in(name: str) -> str:
    """The country that a name or an adjective of nationality speaks of; "" for none."""
    world = load_world()
    return world.countries.get(name) or world.nations.get(name) or ""


def parties(named: Sequence[Named]) -> Mapping[int, str]:
    """Who may be a party beside a capital, by where the name begins: states, by their country, and bodies, by ""."""
    capitals = load_world().capitals
    if not any(item.name in capitals for item in named):
        return {}
    found = {item.start: country_in(item.name) or capitals.get(item.name, "") for item in named}
    return {item.start: found[item.start] for item in named if found[item.start] or item.kind == "organisation"}


def state_meant(text: str, item: Named, states: Collection[str], beside: Mapping[int, str]) -> str:
    """The state that a capital stands for; "" where it is a city, or that is not plain.

    `states` are those that the article names, `beside` who may be a party.
    """
    state = load_world().capitals.get(item.name, "")
    if not state or state not in states:
        return ""
    before = text[max(0, item.start - NEAR) : item.start]
    if BELONGINGS.match(text, item.end):
        return "" if SITE_BEFORE.search(before) else state
    if _acts(text, item.end, beside):
        return "" if PLACE_BEFORE.search(before) else state
    return state if _is_party(text, item, state, beside) else ""


def _acts(text: str, end: int, beside: Mapping[int, str]) -> bool:
    """Tell whether a deed of a state follows, alone or together with another: "Moscow and Iran agreed"."""
    if DEEDS.match(text, end):
        return True
    fellow = AND.match(text, end)
    if not fellow or not beside.get(fellow.end()):
        return False
    word = text.find(" ", fellow.end())
    return word > 0 and DEEDS.match(text, word) is not None


def _is_party(text: str, item: Named, state: str, beside: Mapping[int, str]) -> bool:
    """Tell whether the capital deals with another state or a body: "talks between Kabul and the Taliban"."""
    before = text[max(0, item.start - 3 * NEAR) : item.start]
    is_between = "between" in before  # as beside few capitals
    if is_between and BETWEEN.search(before):
        fellow = AND.match(text, item.end)
        return fellow is not None and (fellow.end() in beside or AND_GROUP.match(text, item.end) is not None)
    if is_between and (pair := BETWEEN_AND.search(before)):
        return item.start - len(before) + pair.start(1) in beside
    if "with" not in before or not WITH.search(before):
        return False
    sentence = max(text.rfind(". ", 0, item.start), text.rfind("\n", 0, item.start), item.start - SENTENCE)
    return any(country not in ("", state) and sentence < at < item.start for at, country in beside.items())
