"""What the judge looks at: features of a word, of the words beside it, and of a whole name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from archivegen.detect.candidates import Word
from archivegen.detect.words_en import CALENDAR, ORGANISATION_WORDS, TITLES
from archivegen.detect.world import load_world

__all__ = [
    "class_of",
    "far_features",
    "is_common",
    "near_features",
    "pair_mark",
    "segment_features",
    "side_features",
    "whole_place",
    "whole_starts",
    "word_features",
]

ENDINGS = ("s", "es", "ed", "ing", "ly", "ally")


def shape_of(word: str) -> str:
    """Collapse a word to its pattern of capitals, small letters, digits and signs: "U.S." to "X.X."."""
    if word.isalpha() and word.istitle():  # as most
        return "Xx" if len(word) > 1 else "X"
    out = ""
    for char in word:
        sign = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if out[-1:] != sign:
            out += sign
    return out


def word_features(word: str, *, initial: bool, common: bool) -> list[str]:
    """Features of a word of its own."""
    world = load_world()
    word = word.replace("’", "'")
    low = word.casefold()
    if len(word) > 4 and word.isupper() and word.isalpha():
        word = word[0] + low[1:]  # "MILWAUKEE" in a table is Milwaukee
    out = ["w=" + low, "3=" + low[-3:], "2=" + low[-2:], "p=" + low[:3], "s=" + shape_of(word), "b"]
    if word in _listed():  # as few
        if word in world.countries:
            out.append("country")
        if word in world.nations or (word[-1:] == "s" and word[:-1] in world.nations):
            out.append("nation")
        if word in world.cities:
            out.append("city")
        elif word in world.provinces:
            out.append("province")
        if word in TITLES:
            out.append("title")
        if word in CALENDAR:
            out.append("calendar")
        if word in ORGANISATION_WORDS:
            out.append("orgword")
    out.append("common" if common else "rare" if initial else "mid rare")
    if initial:
        out.append("initial")
        out.append("initial+common" if common else "initial+rare")
        out.append("i3=" + low[-3:])
    return out


@cache
def _listed() -> frozenset[str]:
    """The words that have a feature of their own for what they are."""
    world = load_world()
    peoples = [nation + "s" for nation in world.nations]
    names = (world.countries, world.nations, peoples, world.cities, world.provinces)
    return frozenset().union(*names, TITLES, CALENDAR, ORGANISATION_WORDS)


def side_features(near: str, far: str, side: str) -> list[str]:
    """Features of the two words beside a name, `side` being "l" or "r"."""
    near, far = near.casefold(), far.casefold()
    pair = pair_feature(near, far, side)
    return [*near_features(near, side), *([pair] if pair else []), *far_features(far, side)]


def near_features(near: str, side: str) -> list[str]:
    return [] if near[0].isdigit() else [f"{side}={near}", f"{side}3={near[-3:]}"]


def far_features(far: str, side: str) -> list[str]:
    return [] if far[0].isdigit() else [f"{side}{side}={far}"]


def pair_feature(near: str, far: str, side: str) -> str:
    return "" if near[0].isdigit() else f"{pair_mark(near, side)}{far}"


def pair_mark(near: str, side: str) -> str:
    """What the features of this word with any other beyond it begin with."""
    return f"{side}+={near} "


def class_of(word: Word, *, common: bool) -> str:
    """A letter for what sort of word it is: the pattern of a name tells much, "RR" being a person's."""
    text = word.text
    world = load_world()
    if word.joiner:
        return "j"
    if len(text) == 2 and text[1] == ".":
        return "I"
    if text not in _listed():  # as most
        return "C" if common else "A" if text.isupper() and len(text) < 6 else "R"
    # Written out: a loop over the lists takes three times as long.
    if text in world.countries:
        return "K"
    if text in world.nations:
        return "N"
    if text in world.cities:
        return "P"
    if text in TITLES:
        return "T"
    if text in CALENDAR:
        return "D"
    if text in ORGANISATION_WORDS:
        return "O"
    if text in world.provinces:
        return "V"
    if common:
        return "C"
    return "A" if text.isupper() and len(text) < 6 else "R"


@cache
def _whole_places() -> Mapping[str, str]:
    world = load_world()
    cities = (*world.cities, *world.provinces)
    sorts = (("whole nation", world.nations), ("whole city", cities), ("whole country", world.countries))
    return {form: feature for feature, forms in sorts for form in forms if " " in form}


def whole_place(form: str) -> str:
    """The feature of several words that together name a country, a city or a nationality; "" for none."""
    return _whole_places().get(form, "")


@cache
def whole_starts() -> frozenset[str]:
    """The first words of those names."""
    return frozenset(form.partition(" ")[0] for form in _whole_places())


def segment_features(words: Sequence[Word], classes: str, first: int, last: int) -> list[str]:
    """Features of a whole name. `classes` has the sort of every word of the run."""
    pattern = "/" + classes[first:last] if last - first < 6 else "/long"
    return [*_whole_features(words, first, last), pattern]


def _whole_features(words: Sequence[Word], first: int, last: int) -> list[str]:
    world = load_world()
    if last - first == 1:
        text = words[first].text
        return ["n=1", "acronym"] if len(text) > 1 and text.isupper() else ["n=1"]
    form = " ".join(word.text for word in words[first:last]).replace(" 's", "'s")
    out = [f"n={min(last - first, 5)}"]
    if whole := whole_place(form):
        out.append(whole)
    out += [f"j={word.text}" for word in words[first:last] if word.joiner]
    if words[first].text in world.nations:
        out.append("nation first")
    elif words[first].text in world.countries:
        out.append("country first")
    return out


def is_common(low: str, common: frozenset[str]) -> bool:
    """Tell whether a word, or what it is made from, is usual in lower case."""
    if low in common:
        return True
    if not low.endswith(ENDINGS):
        return False
    for ending in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            if stem in common or stem + "e" in common:
                return True
    return False
