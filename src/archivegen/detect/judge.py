"""A small linear model that cuts a run of capitalised words into names and says what each is.

Features of words (by their place in the name), of the words beside it, and of the whole; the best cut is found by
dynamic programming (a semi-Markov model: Sarawagi and Cohen, 2004). bench/train_names.py makes the weights.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add
from typing import NamedTuple, TypeVar

from archivegen.detect.candidates import Run, Word
from archivegen.detect.words_en import BODY_WORDS, CALENDAR, ORGANISATION_WORDS, PREFIXES, TITLES
from archivegen.detect.world import load_world
from archivegen.model import Kind

__all__ = [
    "KINDS",
    "Judge",
    "Judged",
    "Model",
    "class_of",
    "cut",
    "is_common",
    "load_model",
    "name_scores",
    "segment_features",
    "side_features",
    "word_features",
]

KINDS: tuple[Kind, ...] = ("person", "organisation", "place", "other")
# A word stands alone, first, inside or last in a name (each for four kinds), or outside of any.
ALONE, FIRST, INSIDE, LAST, OUTSIDE = 0, 4, 8, 12, 16
OUTPUTS = 17
SIDE_OUTPUTS = 5  # four kinds, and outside
LONGEST = 9
ENDINGS = ("s", "es", "ed", "ing", "ly", "ally")
# The training data misses names; a capitalised word is more often one than it says.
BIAS = 0.7
# "Russian Embassy" is one name, and a body of its own.
STATE_BODY = 8.0
CACHE_LIMIT = 60_000
RUN_KEPT, RUNS_LIMIT = 4, 10_000  # words of a run that may come again, and how many are kept: each is a kilobyte

Vector = Sequence[float]
Scores = tuple[float, float, float, float]  # for each of KINDS
K = TypeVar("K")
V = TypeVar("V")


class Judged(NamedTuple):  # a tuple: many are made, three times as fast
    """Words [first:last] are a name; `scores` tell how well each of KINDS fits, against no name at all."""

    first: int
    last: int
    kind: int
    scores: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of every feature, the words that are usual in lower case, and first names of people."""

    weights: Mapping[str, tuple[tuple[int, float], ...]]
    common: frozenset[str]
    given: frozenset[str] = frozenset()


@cache
def load_model() -> Model:
    """Read the weights from the package."""
    data = json.loads(files("archivegen.detect").joinpath("names_en.json").read_text(encoding="utf-8"))
    scale = data["scale"]
    weights = {
        feature: tuple((flat[i], flat[i + 1] / scale) for i in range(0, len(flat), 2))
        for feature, flat in data["weights"].items()
    }
    return Model(weights, frozenset(data["common"].split()), frozenset(data["given"].split()))


def shape_of(word: str) -> str:
    """Collapse a word to its pattern of capitals, small letters, digits and signs: "U.S." to "X.X."."""
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
    return "" if near[0].isdigit() else f"{side}+={near} {far}"


def class_of(word: Word, *, common: bool) -> str:
    """A letter for what sort of word it is: the pattern of a name tells much, "RR" being a person's."""
    text = word.text
    world = load_world()
    if word.joiner:
        return "j"
    if len(text) == 2 and text[1] == ".":
        return "I"
    for sort, members in (("K", world.countries), ("N", world.nations), ("P", world.cities), ("T", TITLES),
                          ("D", CALENDAR), ("O", ORGANISATION_WORDS), ("V", world.provinces)):  # fmt: skip
        if text in members:
            return sort
    if common:
        return "C"
    return "A" if text.isupper() and len(text) < 6 else "R"


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
    if form in world.countries:
        out.append("whole country")
    elif form in world.cities or form in world.provinces:
        out.append("whole city")
    elif form in world.nations:
        out.append("whole nation")
    out += [f"j={word.text}" for word in words[first:last] if word.joiner]
    if words[first].text in world.nations:
        out.append("nation first")
    elif words[first].text in world.countries:
        out.append("country first")
    return out


def cut(emissions: Sequence[Vector], lefts: Sequence[Vector], rights: Sequence[Vector],
        wholes: Mapping[tuple[int, int], Vector]) -> list[Judged]:  # fmt: skip
    """Find the best cut: `wholes` has the allowed names and the scores of their own features."""
    size = len(emissions)
    best = [0.0] + [-math.inf] * size
    back: list[tuple[int, Scores] | None] = [None] * (size + 1)  # where the name that ends here begins, and its scores
    outside = [e[OUTSIDE] + lefts[i][4] + rights[i + 1][4] for i, e in enumerate(emissions)]
    reached = 0
    for (first, last), whole in wholes.items():  # by their first word
        while reached < first:
            _step_over(best, back, reached, outside[reached])
            reached += 1
        scores = name_scores(emissions, lefts[first], rights[last], whole, first, last)
        total = best[first] + max(scores) + BIAS
        if total > best[last]:
            best[last] = total
            back[last] = (first, scores)
    for at in range(reached, size):
        _step_over(best, back, at, outside[at])
    found: list[Judged] = []
    at = size
    while at > 0:
        step = back[at]
        if step is None:
            at -= 1
        else:
            first, scores = step
            none = sum(outside[first:at])
            a, b, c, d = scores
            found.append(Judged(first, at, scores.index(max(scores)), (a - none, b - none, c - none, d - none)))
            at = first
    return found[::-1]


def _step_over(best: list[float], back: list[tuple[int, Scores] | None], at: int, outside: float) -> None:
    """Leave a word outside of all names."""
    if best[at] + outside >= best[at + 1]:
        best[at + 1] = best[at] + outside
        back[at + 1] = None


def name_scores(emissions: Sequence[Vector], left: Vector, right: Vector, whole: Vector,
                first: int, last: int) -> Scores:  # fmt: skip
    if last - first == 1:
        e = emissions[first]
        return (
            e[0] + left[0] + right[0] + whole[0],
            e[1] + left[1] + right[1] + whole[1],
            e[2] + left[2] + right[2] + whole[2],
            e[3] + left[3] + right[3] + whole[3],
        )
    # Written out: a loop over the four kinds takes twice as long.
    e, f = emissions[first], emissions[last - 1]
    a = e[FIRST] + f[LAST] + left[0] + right[0] + whole[0]
    b = e[FIRST + 1] + f[LAST + 1] + left[1] + right[1] + whole[1]
    c = e[FIRST + 2] + f[LAST + 2] + left[2] + right[2] + whole[2]
    d = e[FIRST + 3] + f[LAST + 3] + left[3] + right[3] + whole[3]
    for e in emissions[first + 1 : last - 1]:
        a += e[INSIDE]
        b += e[INSIDE + 1]
        c += e[INSIDE + 2]
        d += e[INSIDE + 3]
    return a, b, c, d


def name_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Every stretch of a run that may be a name: it neither begins nor ends with a joiner."""
    lasts = [at for at, word in enumerate(words, 1) if not word.joiner and word.text not in PREFIXES]
    out = []
    for first, word in enumerate(words):
        if word.joiner:
            continue
        # An initial alone is no name.
        least = first + 1 if len(word.text.rstrip(".")) > 1 else first + 2
        out += [(first, last) for last in lasts if least <= last <= first + LONGEST]
    return out


def is_common(low: str, common: frozenset[str]) -> bool:
    """Tell whether a word, or what it is made from, is usual in lower case."""
    if low in common:
        return True
    for ending in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            if stem in common or stem + "e" in common:
                return True
    return False


class Judge:
    """The model with its sums kept for words seen before: most words come again and again.

    Callers look into the tables themselves and call a method only for what is missing, which saves most calls.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._sorts: dict[str, tuple[str, bool, str, str]] = {}
        self._words: dict[tuple[str, bool, bool], Vector] = {}
        self._sides: dict[tuple[str, str, str], Vector] = {}
        self._near: dict[tuple[str, str], Vector] = {}
        self._far: dict[tuple[str, str], Vector] = {}
        self._wholes: dict[tuple[str, ...], Vector] = {}
        self._runs: dict[tuple[str, ...], dict[tuple[int, int], Vector]] = {}

    def judge(self, run: Run, sides: Sequence[tuple[str, str]], lowered: frozenset[str]) -> list[Judged]:
        """Cut a run. `sides` are the two words before it (far, near) and the two after (near, far).

        `lowered` are words that this text writes in lower case somewhere.
        """
        words, begins, item = run
        emissions = []
        classes = ""
        for word in words:
            low, is_usual, usual, rare = self._sorts.get(word.text) or self._sort(word)
            common = is_usual or low in lowered
            classes += usual if common else rare
            key = (word.text, begins and (common or not item), common)
            emissions.append(self._words.get(key) or self._word(key))
            begins = False
        if len(words) == 1:
            return self._single(words, classes, emissions[0], sides)
        texts = [word.text for word in words]
        lefts, rights = self._beside(texts, sides)
        wholes = self._runs.get((classes, *texts))
        if wholes is None:
            wholes = self._names_of(words, classes, texts)
            if len(words) <= RUN_KEPT:
                _keep(self._runs, (classes, *texts), wholes, RUNS_LIMIT)
        return cut(emissions, lefts, rights, wholes)

    def _names_of(self, words: Sequence[Word], classes: str, texts: Sequence[str]) -> dict[tuple[int, int], Vector]:
        """Every stretch of a run that may be a name, with the sum of its own features."""
        wholes = {}
        for span in name_spans(words):
            first, last = span
            whole = self._wholes.get((classes[first:last], *texts[first:last])) or self._whole(words, classes, span)
            if 1 < last - first < 4 and classes[first] in "NK" and texts[last - 1] in BODY_WORDS:
                person, organisation, place, other = whole
                whole = (person, organisation + STATE_BODY, place, other)
            wholes[span] = whole
        return wholes

    def _single(
        self, words: Sequence[Word], classes: str, own: Vector, sides: Sequence[tuple[str, str]]
    ) -> list[Judged]:
        """The judgement of a run of one word, which most are, without the search for a cut."""
        text = words[0].text
        if len(text.rstrip(".")) == 1:
            return []
        (far, near), (after, later) = sides
        left = self._sides.get((near, far, "l")) or self._side(near, far, "l")
        right = self._sides.get((after, later, "r")) or self._side(after, later, "r")
        whole = self._wholes.get((classes, text)) or self._whole(words, classes, (0, 1))
        none = own[OUTSIDE] + left[4] + right[4]
        scores = (
            own[0] + left[0] + right[0] + whole[0] - none,
            own[1] + left[1] + right[1] + whole[1] - none,
            own[2] + left[2] + right[2] + whole[2] - none,
            own[3] + left[3] + right[3] + whole[3] - none,
        )
        top = max(scores)
        return [Judged(0, 1, scores.index(top), scores)] if top + BIAS > 0 else []

    def _sort(self, word: Word) -> tuple[str, bool, str, str]:
        """A word in lower case, whether it is usual so, and its class if it is, or is not, in this text."""
        low = word.text.casefold()
        common = is_common(low, self.model.common)
        found = (low, common, class_of(word, common=True), class_of(word, common=False))
        _keep(self._sorts, word.text, found)
        return found

    def _beside(self, words: Sequence[str], sides: Sequence[tuple[str, str]]) -> tuple[list[Vector], list[Vector]]:
        (far, near), (after, later) = sides
        known, size = self._sides, len(words)
        texts = [far, near, *words, after, later]
        pairs = [(texts[i + 1], texts[i], "l") for i in range(size)]
        lefts = [known.get(pair) or self._side(*pair) for pair in pairs]
        pairs = [(texts[i + 2], texts[i + 3], "r") for i in range(size + 1)]
        rights = [known.get(pair) or self._side(*pair) for pair in pairs]
        return lefts, rights

    def _word(self, key: tuple[str, bool, bool]) -> Vector:
        text, initial, common = key
        found = self._sum(word_features(text, initial=initial, common=common), OUTPUTS)
        _keep(self._words, key, found)
        return found

    def _side(self, near: str, far: str, side: str) -> Vector:
        found = self._two_beside(near, far, side)
        _keep(self._sides, (near, far, side), found)
        return found

    def _two_beside(self, near: str, far: str, side: str) -> Vector:
        """The sum over `side_features`, of which only that of both words together is looked up anew each time."""
        own = self._near.get((near, side))
        if own is None:
            own = self._sum(near_features(near.casefold(), side), SIDE_OUTPUTS)
            _keep(self._near, (near, side), own)
        other = self._far.get((far, side))
        if other is None:
            other = self._sum(far_features(far.casefold(), side), SIDE_OUTPUTS)
            _keep(self._far, (far, side), other)
        out = list(map(add, own, other))
        for output, weight in self.model.weights.get(pair_feature(near.casefold(), far.casefold(), side), ()):
            out[output] += weight
        return out

    def _whole(self, words: Sequence[Word], classes: str, span: tuple[int, int]) -> Vector:
        first, last = span
        found = self._sum(segment_features(words, classes, first, last), 4)
        _keep(self._wholes, (classes[first:last], *(word.text for word in words[first:last])), found)
        return found

    def _sum(self, features: Iterable[str], outputs: int) -> Vector:
        out = [0.0] * outputs
        weights = self.model.weights
        for feature in features:
            for output, weight in weights.get(feature, ()):
                out[output] += weight
        return out


def _keep(cache_: dict[K, V], key: K, value: V, limit: int = CACHE_LIMIT) -> None:
    """Keep a value; a cache that is full starts anew, so that memory stays bounded."""
    if len(cache_) >= limit:
        cache_.clear()
    cache_[key] = value
