"""A small linear model that cuts a run of capitalised words into names and says what each is.

Features of words (by their place in the name), of the words beside it, and of the whole; the best cut is found by
dynamic programming (a semi-Markov model: Sarawagi and Cohen, 2004). bench/train_names.py makes the weights.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import add
from typing import NamedTuple, TypeVar

import msgspec

from archivegen.detect.candidates import Run, Word
from archivegen.detect.features import (
    class_of,
    far_features,
    is_common,
    near_features,
    pair_mark,
    segment_features,
    whole_place,
    whole_starts,
    word_features,
)
from archivegen.detect.words_en import BODY_WORDS, PREFIXES
from archivegen.model import Kind

__all__ = [
    "KINDS",
    "Judge",
    "Judged",
    "Model",
    "cut",
    "load_model",
    "name_scores",
    "name_spans",
]

KINDS: tuple[Kind, ...] = ("person", "organisation", "place", "other")
# A word stands alone, first, inside or last in a name (each for four kinds), or outside of any.
ALONE, FIRST, INSIDE, LAST, OUTSIDE = 0, 4, 8, 12, 16
OUTPUTS = 17
SIDE_OUTPUTS = 5  # four kinds, and outside
LONGEST = 9
# The training data misses names; a capitalised word is more often one than it says.
BIAS = 0.7
# "Russian Embassy" is one name, and a body of its own.
STATE_BODY = 8.0
CACHE_LIMIT = 60_000
RUN_KEPT, RUNS_LIMIT = 4, 10_000  # words of a run that may come again, and how many are kept: each is a kilobyte

Vector = Sequence[float]
Scores = tuple[float, float, float, float]  # for each of KINDS
WordKey = tuple[str, bool, bool]  # a word, whether it begins a sentence, whether it is usual in lower case
Sides = tuple[tuple[str, str], tuple[str, str]]
Span = tuple[int, int, float, float, float, float]  # first and last word, scores for each of KINDS
Near = tuple[Vector, Mapping[str, Vector] | None]  # of a word beside a name, and with those beyond it
Table = tuple[dict[str, Near], dict[str, Vector]]
Kept = tuple[tuple[Span, ...], tuple[Vector, ...], tuple[Vector, ...]]
NOTHING: Vector = (0.0,) * SIDE_OUTPUTS
K = TypeVar("K")
V = TypeVar("V")


class Judged(NamedTuple):  # a tuple: many are made, three times as fast
    """Words [first:last] are a name; `scores` tell how well each of KINDS fits, against no name at all."""

    first: int
    last: int
    kind: int
    scores: tuple[float, float, float, float]


class Model(msgspec.Struct, frozen=True):
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


def cut(spans: Sequence[Span], lefts: Sequence[Vector], rights: Sequence[Vector]) -> list[Judged]:
    """Find the best cut of a run: `spans` are the stretches that may be names, by their first word.

    All scores are against leaving every word out, which so counts nothing.
    """
    size = len(lefts)
    out = [0.0] * (size + 1)  # what leaving out the words up to each gains from their neighbours
    for at in range(size):
        out[at + 1] = out[at] + lefts[at][4] + rights[at + 1][4]
    best = [0.0] + [-math.inf] * size
    back: list[tuple[int, Scores] | None] = [None] * (size + 1)  # where the name that ends here begins, and its scores
    reached = 0
    for first, last, a, b, c, d in spans:
        while reached < first:
            if best[reached] >= best[reached + 1]:
                best[reached + 1], back[reached + 1] = best[reached], None
            reached += 1
        left, right = lefts[first], rights[last]
        # A side's scores are against leaving out one word; those between are not left out either.
        none = out[last] - out[first] - left[4] - right[4]
        scores = (
            a + left[0] + right[0] - none,
            b + left[1] + right[1] - none,
            c + left[2] + right[2] - none,
            d + left[3] + right[3] - none,
        )
        total = best[first] + max(scores) + BIAS
        if total > best[last]:
            best[last] = total
            back[last] = (first, scores)
    for at in range(reached, size):
        if best[at] >= best[at + 1]:
            best[at + 1], back[at + 1] = best[at], None
    found: list[Judged] = []
    at = size
    while at > 0:
        step = back[at]
        if step is None:
            at -= 1
        else:
            first, scores = step
            found.append(Judged(first, at, scores.index(max(scores)), scores))
            at = first
    return found[::-1]


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


class Judge:
    """The model with its sums kept for words seen before: most words come again and again.

    Callers look into the tables themselves and call a method only for what is missing, which saves most calls.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._sorts: dict[str, tuple[str, bool, str, str]] = {}
        self._words: dict[WordKey, Vector] = {}
        self._patterns: dict[tuple[str, bool], Vector] = {}
        self._lefts: Table = ({}, {})
        self._rights: Table = ({}, {})
        self._singles: dict[WordKey, Scores] = {}
        self._runs: dict[tuple[WordKey, ...], Kept] = {}
        self._pairs: dict[str, dict[str, Vector]] = {}
        for feature in model.weights:
            if feature[1:3] == "+=":
                near, _, far = feature.partition(" ")
                self._pairs.setdefault(near + " ", {})[far] = self._against_none([feature])

    def judge(self, run: Run, sides: Sides, lowered: Container[str]) -> list[Judged]:
        """Cut a run. `sides` are the two words before it (far, near) and the two after (near, far).

        `lowered` are words that this text writes in lower case somewhere.
        """
        words, begins, item, _ = run
        if len(words) == 1:
            return self._single(run, sides, lowered)
        keys: list[WordKey] = []
        for word in words:
            text = word.text
            low, is_usual, _, _ = self._sorts.get(text) or self._sort(word)
            common = is_usual or low in lowered
            keys.append((text, begins and (common or not item), common))
            begins = False
        key = tuple(keys)
        spans, inner_lefts, inner_rights = self._runs.get(key) or self._keep_run(words, key)
        (far, near), (after, later) = sides
        lefts = (self._beside("l", near, far), self._beside("l", key[0][0], near), *inner_lefts)
        rights = (*inner_rights, self._beside("r", key[-1][0], after), self._beside("r", after, later))
        return cut(spans, lefts, rights)

    def _keep_run(self, words: Sequence[Word], key: tuple[WordKey, ...]) -> Kept:
        """What a run of several words has of its own wherever it stands."""
        own = [self._words.get(word) or self._word(word) for word in key]
        sorts = [self._sorts.get(word.text) or self._sort(word) for word in words]
        classes = "".join(sort[2] if common else sort[3] for sort, (_, _, common) in zip(sorts, key, strict=True))
        texts = [word.text for word in words]
        spans = []
        for first, last in name_spans(words):
            whole = self._whole(words, classes, first, last)
            if 1 < last - first < 4 and classes[first] in "NK" and texts[last - 1] in BODY_WORDS:
                person, organisation, place, other = whole
                whole = (person, organisation + STATE_BODY, place, other)
            none = sum([vector[OUTSIDE] for vector in own[first:last]])
            a, b, c, d = name_scores(own, NOTHING, NOTHING, whole, first, last)
            spans.append((first, last, a - none, b - none, c - none, d - none))
        size = len(words)
        lefts = tuple(self._beside("l", texts[at - 1], texts[at - 2]) for at in range(2, size))
        # Before the first word nothing is asked of what follows it.
        rights = (NOTHING, *(self._beside("r", texts[at], texts[at + 1]) for at in range(1, size - 1)))
        kept = tuple(spans), lefts, rights
        if size <= RUN_KEPT:
            _keep(self._runs, key, kept, RUNS_LIMIT)
        return kept

    def _single(self, run: Run, sides: Sides, lowered: Container[str]) -> list[Judged]:
        """The judgement of a run of one word, which most are, without the search for a cut."""
        (word,), begins, item, _ = run
        text = word.text
        low, is_usual, _, _ = self._sorts.get(text) or self._sort(word)
        common = is_usual or low in lowered
        key = (text, begins and (common or not item), common)
        own = self._singles.get(key) or self._alone(word, key)
        (far, near), (after, later) = sides
        # Looked up here and not by _beside: it is what is done most often.
        nears, fars = self._lefts
        left, pairs = nears.get(near) or self._new_near("l", near)
        beyond = fars.get(far) or self._new_far("l", far)
        if pairs and (pair := pairs.get(far.casefold())):
            beyond = tuple(map(add, beyond, pair))
        nears, fars = self._rights
        right, pairs = nears.get(after) or self._new_near("r", after)
        further = fars.get(later) or self._new_far("r", later)
        if pairs and (pair := pairs.get(later.casefold())):
            further = tuple(map(add, further, pair))
        scores = (
            own[0] + left[0] + beyond[0] + right[0] + further[0],
            own[1] + left[1] + beyond[1] + right[1] + further[1],
            own[2] + left[2] + beyond[2] + right[2] + further[2],
            own[3] + left[3] + beyond[3] + right[3] + further[3],
        )
        top = max(scores)
        return [Judged(0, 1, scores.index(top), scores)] if top + BIAS > 0 else []

    def _alone(self, word: Word, key: WordKey) -> Scores:
        """What a word alone has of its own wherever it stands; an initial is no name."""
        own = self._word(key)
        sort = self._sorts.get(word.text) or self._sort(word)
        whole = self._whole((word,), sort[2] if key[2] else sort[3], 0, 1)
        none = own[OUTSIDE] + (math.inf if len(word.text.rstrip(".")) == 1 else 0.0)
        found = own[0] + whole[0] - none, own[1] + whole[1] - none, own[2] + whole[2] - none, own[3] + whole[3] - none
        _keep(self._singles, key, found)
        return found

    def _sort(self, word: Word) -> tuple[str, bool, str, str]:
        """A word in lower case, whether it is usual so, and its class if it is, or is not, in this text."""
        low = word.text.casefold()
        common = is_common(low, self.model.common)
        found = (low, common, class_of(word, common=True), class_of(word, common=False))
        _keep(self._sorts, word.text, found)
        return found

    def _word(self, key: WordKey) -> Vector:
        text, initial, common = key
        found = self._sum(word_features(text, initial=initial, common=common), OUTPUTS)
        _keep(self._words, key, found)
        return found

    def _beside(self, side: str, near: str, far: str) -> Vector:
        """The sum over `side_features`, against no name: for each of KINDS, and what no name has."""
        nears, fars = self._lefts if side == "l" else self._rights
        own, pairs = nears.get(near) or self._new_near(side, near)
        other = fars.get(far) or self._new_far(side, far)
        if pairs and (pair := pairs.get(far.casefold())):
            own = tuple(map(add, own, pair))
        if other is NOTHING or own is NOTHING:  # as most
            return own if other is NOTHING else other
        return tuple(map(add, own, other))

    def _new_near(self, side: str, near: str) -> Near:
        low = near.casefold()
        pairs = None if low[0].isdigit() else self._pairs.get(pair_mark(low, side))
        found = self._against_none(near_features(low, side)), pairs
        _keep((self._lefts if side == "l" else self._rights)[0], near, found)
        return found

    def _new_far(self, side: str, far: str) -> Vector:
        found = self._against_none(far_features(far.casefold(), side))
        _keep((self._lefts if side == "l" else self._rights)[1], far, found)
        return found

    def _against_none(self, features: Iterable[str]) -> Vector:
        a, b, c, d, none = self._sum(features, SIDE_OUTPUTS)
        return (a - none, b - none, c - none, d - none, none) if a or b or c or d or none else NOTHING

    def _whole(self, words: Sequence[Word], classes: str, first: int, last: int) -> Vector:
        """The sum over `segment_features`; most names have those of their pattern only."""
        text = words[first].text
        is_acronym = last - first == 1 and len(text) > 1 and text.isupper()
        pattern = classes[first:last]
        is_plain = last - first == 1 or not (
            pattern[0] in "KN"
            or "j" in pattern
            or (
                text.partition(" ")[0] in whole_starts()
                and whole_place(" ".join([word.text for word in words[first:last]]))
            )
        )
        found = self._patterns.get((pattern, is_acronym)) if is_plain else None
        if found is None:
            found = self._sum(segment_features(words, classes, first, last), 4)
            if is_plain:
                _keep(self._patterns, (pattern, is_acronym), found)
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
