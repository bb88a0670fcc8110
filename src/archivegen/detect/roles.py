"""What a text says a person is: the title before the name, or the words after it."""

from __future__ import annotations

import re
from functools import lru_cache

from archivegen.detect.candidates import is_capital
from archivegen.detect.words_en import CALENDAR, PERSON_TITLES, ROLE_MODIFIERS, ROLE_WORDS, TITLES

__all__ = ["may_belong", "role_before", "role_of"]

BEFORE = 90  # characters looked at
LONGEST = 7  # words of a role
WORD = re.compile(r"[^\s]+")
STOPS = frozenset(',.;:!?()[]"“”')
# Courtesy says nothing of what a person is.
COURTESY = frozenset(
    ("Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms", "Messrs.", "Messrs", "Sir", "Lady", "Madame", "Monsieur")
)
ROLES = (ROLE_WORDS | TITLES) - COURTESY
LINKS = frozenset(("of", "for", "to", "in", "on"))
ROLE_STEMS = "|".join(sorted(ROLE_WORDS, key=lambda word: (-len(word), word)))
ROLE_WORD = re.compile(rf"\s(?:{ROLE_STEMS})\b")
AFTER_SPAN = 120
AFTER = re.compile(
    rf"\s*,\s+(?:who (?:is|was) )?(?:(?:a|an|the|its|his|her|their)\s+)?"
    rf"(?P<role>(?:[\w'’.-]++\s++){{0,4}}?(?:{ROLE_STEMS})\b(?:\s+(?:of|for|at|in|to)\s+[^,.;:()\n]{{2,50}})?)(?=\s*[,.;:(]|$)"
)


def role_of(text: str, start: int, end: int) -> str:
    """Read the role beside text[start:end]: "Russian Foreign Minister", "a spokesman for ..."; "" for none."""
    before = role_before(text, start)
    if before or text[end : end + 1] != "," or not ROLE_WORD.search(text, end, end + AFTER_SPAN):
        return before
    after = AFTER.match(text, end, end + AFTER_SPAN)
    return " ".join(after["role"].split()) if after else ""


def role_before(text: str, start: int) -> str:
    """Read the role that stands right before text[start:]: "Russian Foreign Minister"; "" for none."""
    if start < 2 or text[start - 1] not in " \n" or not (text[start - 2].isalnum() or text[start - 2] == "."):
        return ""
    first = max(0, start - BEFORE)
    near = text[max(text.rfind(" ", first, start - 1) + 1, first) : start - 1]
    if not may_belong(near.rpartition("\n")[2]):  # as beside most names
        return ""
    words = text[first : start - 1].replace("\n", " ").split(" ")
    if start > BEFORE:
        del words[0]  # it may be cut
    role: list[str] = []
    for word in reversed(words):
        if not word:
            continue
        if len(role) == LONGEST or not may_belong(word):
            break
        role.insert(0, word)
    if ROLES.isdisjoint(role):  # as mostly: "Then Lavrov"
        return ""
    while role[0] in LINKS or role[0] in COURTESY:
        del role[0]
    role = _nearest(role)
    is_role = not ROLES.isdisjoint(role) and (role[-1] in ROLES or not LINKS.isdisjoint(role))
    return " ".join(role) if is_role else ""


def _nearest(role: list[str]) -> list[str]:
    """The title alone where it is another's: "the office of President" is not what the president is."""
    last = next((i for i in range(len(role) - 1, -1, -1) if role[i] in LINKS), -1)
    is_title = last >= 0 and all(word in PERSON_TITLES for word in role[last + 1 :])
    return role[last + 1 :] if is_title else role


@lru_cache(maxsize=1 << 14)
def may_belong(word: str) -> bool:
    """Tell whether a word before a name may be part of the role."""
    if word[-1] in STOPS and word[-2:-1].islower() and word not in TITLES:
        return False
    if word[0] in STOPS or word in CALENDAR:
        return False
    return (
        word in ROLE_WORDS
        or word in ROLE_MODIFIERS
        or word in LINKS
        or (is_capital(word[0]) and word not in ("The", "A", "An", "In", "On", "At", "But", "And", "When"))
    )
