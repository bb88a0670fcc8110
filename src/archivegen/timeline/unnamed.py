"""People whom a text does not name: "a senior figure in the movement", "..., an official said".

A pronoun after them may be theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["are_unnamed", "described_as", "unnamed_person"]

PEOPLE = (
    "figure|official|spokesman|spokeswoman|spokesperson|diplomat|envoy|source|minister|aide|adviser|advisor|analyst|"
    "expert|observer|critic|lawyer|judge|officer|commander|soldier|general|policeman|witness|resident|worker|employee|"
    "manager|executive|director|chairman|chairwoman|president|leader|member|reporter|journalist|politician|lawmaker|"
    "senator|ambassador|deputy|man|woman|boy|girl|person|prosecutor|attacker|gunman|driver|pilot|passenger|student|"
    "teacher|professor|doctor|engineer|farmer|mayor|insider|veteran|trader|banker|fighter|neighbour|neighbor|guest"
)
CROWDS = (
    "people|men|women|children|police|troops|insurgents|rebels|militants|protesters|demonstrators|forces|sides|parties|"
    r"countries|families|firefighters|crews|fishermen|policemen|authorities|relatives|parents|visitors"
)
OPENING = r"[\"“‘'\s]*(?:(?:But|And|Then|So|Yet|However|Meanwhile),?\s+)?"
ONE = rf"(?:(?:an?|one|another|the|his|her|its|their)\s+(?:[\w'’-]+\s+){{0,4}}?(?P<noun>{PEOPLE})|"
ONE += rf"one\s+of\s+(?:them|(?:the|his|her|its|their)\s+(?:[\w'’-]+\s+){{0,3}}?(?:{PEOPLE})s))\b(?!['’]s)"
SUBJECT = re.compile(OPENING + ONE, re.IGNORECASE)
SAYING = r"(?:said|says|told|tells|added|adds|explained|warned|wrote|argued|claimed|noted)"
# "..., a government official said on Wednesday".
SPEAKER = re.compile(rf",[\"”’']?\s+{ONE}(?:\s+[\w'’-]+){{0,6}}?\s+{SAYING}\b", re.IGNORECASE)
# "..., said a spokesman", "according to one of the commanders".
CREDITED = re.compile(rf"(?:[,\"”]\s+{SAYING}|\baccording to)\s+{ONE}", re.IGNORECASE)
CROWD = re.compile(rf"{OPENING}(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:(?:{PEOPLE})s|{CROWDS})\b(?!['’])", re.IGNORECASE)
NAME_BEGINS = re.compile(r",?\s*\Z")
NEAR = 80  # characters beside a name in which it is described


def unnamed_person(sentence: str, first: int, verb: int, people: Sequence[int]) -> str | None:
    """Return whom a sentence has as its subject or speaker without a name: the noun with "the", "" with "a" or "one".

    `first`, `verb`: where its subject may begin, and its verb; `people`: where names begin that may be a person's.
    None where there is nobody such.
    """
    match = SUBJECT.match(sentence, first, verb)
    if match and any(match.end() <= at < verb and _is_apposed(sentence, match.end(), at) for at in people):
        return None
    match = match or SPEAKER.search(sentence) or CREDITED.search(sentence)
    if match is None or any(NAME_BEGINS.match(sentence, match.end("noun"), at) for at in people if match["noun"]):
        return None
    is_known = match["noun"] and re.search(r"\bthe\s", sentence[match.start() : match.end()], re.IGNORECASE)
    return match["noun"].lower() if is_known else ""


def _is_apposed(sentence: str, end: int, at: int) -> bool:
    """Tell whether a name at `at` is that of a description that ends at `end`: "the envoy, Anna Berg,"."""
    return NAME_BEGINS.match(sentence, end, at) is not None or sentence[:at].endswith(", ")


def are_unnamed(sentence: str, verb: int) -> bool:
    """Tell whether the subject is several people without a name: "Officials in the capital"."""
    return CROWD.match(sentence, 0, verb) is not None


def described_as(text: str, start: int, end: int, noun: str, *, owns: bool = False) -> bool:
    """Tell whether a noun describes the name at `start`, beside it: "Minister Berg", "Berg, the former minister".

    With `owns` also "the Skarholm government", "Skarholm's government".
    """
    if re.search(rf"\b{noun}\b", text[start:end], re.IGNORECASE):
        return True
    before = re.search(
        rf"\b{noun}(?:\s+(?:of|for)(?:\s+the)?)?\s+\Z", text[max(0, start - NEAR) : start], re.IGNORECASE
    )
    if before:
        return True
    owned = r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}?" if owns else r"(?!)"
    beside = rf"(?:,\s+(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w'’-]+\s+){{0,5}}?|{owned}){noun}\b"
    return re.match(beside, text[end : end + NEAR], re.IGNORECASE) is not None
