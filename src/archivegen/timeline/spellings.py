"""How one name may be spelt otherwise: keys under which spellings meet, and tests whether two are one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archivegen.model import Kind

__all__ = ["fold", "is_longer_form", "is_respelt", "meeting_key", "sound_key", "surname"]

TITLES = frozenset(
    (
        "president", "mr", "mrs", "ms", "dr", "sir", "lady", "king", "queen", "prince", "princess", "pope", "senator",
        "sen", "gen", "general", "rep", "governor", "gov", "prof", "professor", "chancellor", "ambassador", "minister",
    )
)  # fmt: skip
GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
COMPANY = re.compile(r"(?:,? (?:inc|corp|co|ltd|plc|llc|ag|sa|nv|gmbh|bhd|spa|s\.a|n\.v)\.?)+$", re.IGNORECASE)
GROUP = re.compile(r" (?:group|movement|militia)$", re.IGNORECASE)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
NOT_WORD = re.compile(r"[\W_]+")
SHORT = 3  # an acronym of this length keeps its capitals: "IS" is not "Is"
VOWELS = frozenset("aeiou")
NO_VOWELS = {ord(vowel): None for vowel in VOWELS}
# Ways to write one sound, where languages or papers differ: Sergei, Sergey; Aleksandr, Alexandr; Qasim, Kasim.
SOUNDS = (
    ("x", "ks"), ("kh", "h"), ("q", "k"), ("ck", "k"), ("ph", "f"), ("dzh", "j"), ("dj", "j"), ("zh", "j"),
    ("ou", "u"), ("oo", "u"), ("w", "v"), ("tch", "ch"), ("tz", "ts"), ("ya", "ia"), ("yu", "iu"), ("ye", "e"),
)  # fmt: skip
ENDS = re.compile(r"(?:iy|yi|ii|ei|ey|ij|y)$")
DOUBLE = re.compile(r"(.)\1")
LONG_WORD = 5


def fold(name: str) -> str:
    """Lower case, without marks and signs: names with one fold are one spelling in other clothes."""
    if len(name) > SHORT and name.isascii() and "  " not in name and name.replace(" ", "").isalpha():  # as most
        return name.strip().lower().removeprefix("the ")
    bare = APOSTROPHES.sub("", name)
    if not bare.isascii():
        plain = unicodedata.normalize("NFKD", bare)
        bare = "".join(char for char in plain if not unicodedata.combining(char))
    words = NOT_WORD.sub(" ", bare.replace(".", "")).strip()
    if len(words) <= SHORT and words.isupper():
        return words
    return words.casefold().removeprefix("the ").translate(_LETTERS)


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"})


def without_title(name: str) -> str:
    """Drop a title before a name of two words or more: "President Ashraf Ghani"."""
    first, _, rest = name.partition(" ")
    while first.rstrip(".").casefold() in TITLES and " " in rest:
        name = rest
        first, _, rest = name.partition(" ")
    return name


def meeting_key(name: str, kind: Kind, folded: str) -> str:
    """The key under which the clear variants of a name, folded before, meet; empty never."""
    plain = name
    if kind == "person":
        plain = without_title(name)
    elif kind == "organisation":
        plain = GROUP.sub("", COMPANY.sub("", name)) or name
    return (folded if plain == name else fold(plain)) or plain


def surname(folded: str) -> str:
    """The last word of a folded name that is no "Jr."."""
    words = folded.split()
    while len(words) > 1 and words[-1] in GENERATIONS:
        words.pop()
    return words[-1] if words else folded


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """One spelling for the ways to write a word's sounds."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return DOUBLE.sub(r"\1", ENDS.sub("i", word))


def sound_key(folded: str) -> str:
    """A loose key for a block of possible respellings: sounds without vowels, first letters kept."""
    return " ".join(
        heard[:1] + heard[1:].translate(NO_VOWELS)
        for heard in map(sound, folded.split())
    )  # fmt: skip


def is_respelt(one: str, other: str) -> bool:
    """Tell whether two folded names differ only as transliterations do: Sergei, Sergey; Taleban, Taliban.

    Beside equal sounds, one vowel in one long word may differ, but not a first name's last (Maria, Mario).
    """
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    changed = 0
    for i, (a, b) in enumerate(zip(map(sound, words), map(sound, others), strict=True)):
        if words[i] == others[i]:
            continue
        if min(len(words[i]), len(others[i])) < LONG_WORD - 1 or words[i][-1].isdigit():
            return False  # "World Group I" and "II"
        if a == b:
            continue
        is_first_name = len(words) > 1 and i == 0
        if not _one_vowel(a, b, last_too=not is_first_name):
            return False
        changed += 1
    return changed <= 1


def _one_vowel(one: str, other: str, *, last_too: bool) -> bool:
    if len(one) != len(other) or len(one) < LONG_WORD:
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 1 or places[0] == 0:
        return False
    at = places[0]
    return one[at] in VOWELS and other[at] in VOWELS and (last_too or at < len(one) - 1)


def is_longer_form(long: str, short: str) -> bool:
    """Tell whether a folded name is another with more of its parts.

    "Sher Mohammad Abbas Stanekzai" of "Abbas Stanekzai"; "John F Kennedy" of "John Kennedy"; "John Smith" of
    "J Smith".
    """
    a, b = long.split(), short.split()
    if len(b) < 2 or a == b or surname(long) != surname(short) or len(a) < len(b):
        return False
    if len(b[0]) == 1:
        return len(b) == 2 and a[0][0] == b[0] and len(a[0]) > 1
    if a[-len(b) :] == b:
        return True
    rest = iter(a)
    return a[0] == b[0] and all(word in rest for word in b)
