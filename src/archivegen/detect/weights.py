"""The weights of the judge's features, and their sums, kept for words seen before: most words come again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from archivegen.detect.features import far_features, near_features, pair_mark
from archivegen.kept import Kept

__all__ = ["NOTHING", "SIDE_OUTPUTS", "Beside", "FewSums", "Model", "Sums", "Vector", "load_model"]

SIDE_OUTPUTS = 5  # four kinds, and outside

Vector = Sequence[float]
Near = tuple[Vector, Mapping[str, Vector]]  # of a word beside a name, and with those beyond it
NOTHING: Vector = (0.0,) * SIDE_OUTPUTS
Pairs = tuple[tuple[int, float], ...]


class Model(msgspec.Struct, frozen=True):
    """The words that are usual in lower case, first names of people, and the weights of every feature: pairs of an
    output's number and a whole number, `scale` times what it weighs.
    """

    common: frozenset[str]
    given: frozenset[str]
    weights: Mapping[str, tuple[int, ...]]
    scale: int


class _File(msgspec.Struct):
    """The model as its file has it, lists of words as running text."""

    weights: dict[str, tuple[int, ...]]
    scale: int
    common: str
    given: str


@cache
def load_model() -> Model:
    """Read the weights from the package."""
    raw = files("archivegen.detect").joinpath("names_en.json").read_bytes()
    found = msgspec.json.decode(raw, type=_File)
    return Model(frozenset(found.common.split()), frozenset(found.given.split()), found.weights, found.scale)


class Sums:
    """Adds up the weights of features, by output. They are made ready when first asked for: it takes 20 milliseconds
    to do so with all."""

    def __init__(self, model: Model, outputs: int) -> None:
        self._model, self._outputs = model, outputs
        self._ready: dict[str, Pairs] = {}

    def of(self, features: Iterable[str]) -> list[float]:
        out = [0.0] * self._outputs
        ready = self._ready
        for feature in features:
            pairs = ready.get(feature)
            if pairs is None:
                if feature not in self._model.weights:
                    continue
                pairs = ready[feature] = self._pairs(feature)
            for output, weight in pairs:
                out[output] += weight
        return out

    def _pairs(self, feature: str) -> Pairs:
        flat, scale = self._model.weights[feature], self._model.scale
        return tuple([(flat[at], flat[at + 1] / scale) for at in range(0, len(flat), 2)])


class FewSums:
    """Does so for up to five outputs, in half the time."""

    def __init__(self, model: Model, outputs: Sequence[int]) -> None:
        self._model, self._outputs = model, outputs
        self._ready: dict[str, Vector] = {}

    def of(self, features: Iterable[str]) -> Vector:
        a = b = c = d = none = 0.0
        ready = self._ready
        for feature in features:
            row = ready.get(feature)
            if row is None:
                if feature not in self._model.weights:
                    continue
                row = ready[feature] = self._row(feature)
            e, f, g, h, i = row
            a, b, c, d, none = a + e, b + f, c + g, d + h, none + i
        return a, b, c, d, none

    def _row(self, feature: str) -> Vector:
        flat, scale = self._model.weights[feature], self._model.scale
        weights = dict(zip(flat[::2], flat[1::2], strict=True))
        return tuple([weights.get(output, 0) / scale for output in self._outputs])


class Beside:
    """What the two words on one side of a name, (near, far), say: for each of KINDS against no name, and for no name.
    `together` has the sum of both."""

    def __init__(self, model: Model, side: Literal["l", "r"]) -> None:
        self._side, self._weights = side, model.weights
        self._sums = FewSums(model, range(SIDE_OUTPUTS))
        self._pairs: dict[str, list[str]] = {}
        for feature in model.weights:
            if feature[1:3] == "+=" and feature[0] == side:
                near, _, far = feature.partition(" ")
                self._pairs.setdefault(near + " ", []).append(far)
        self._nears = Kept(self._near)
        self._fars = Kept(self._far)
        self.together = Kept(self._together)

    def _together(self, words: tuple[str, str]) -> Vector:
        (own, pairs), other = self._nears[words[0]], self._fars[words[1]]
        if pairs and (pair := pairs.get(words[1].casefold())):
            own = _plus(own, pair)
        return _plus(own, other)

    def apart(self, words: tuple[str, str]) -> tuple[Vector, Vector]:
        """What the next word says, and what the other adds to that: not kept, as half of the pairs come but once."""
        (own, pairs), other = self._nears[words[0]], self._fars[words[1]]
        if pairs and (pair := pairs.get(words[1].casefold())):
            other = _plus(other, pair)
        return own, other

    def _near(self, word: str) -> Near:
        low = word.casefold()
        mark = pair_mark(low, self._side)
        fars = () if low[0].isdigit() else self._pairs.get(mark, ())
        pairs = {far: self._against_none([mark + far]) for far in fars}
        return self._against_none(near_features(low, self._side)), pairs

    def _far(self, word: str) -> Vector:
        return self._against_none(far_features(word.casefold(), self._side))

    def _against_none(self, features: Iterable[str]) -> Vector:
        known = [feature for feature in features if feature in self._weights]
        if not known:  # as most
            return NOTHING
        a, b, c, d, none = self._sums.of(known)
        return a - none, b - none, c - none, d - none, none


def _plus(one: Vector, other: Vector) -> Vector:
    if other is NOTHING or one is NOTHING:  # as most
        return one if other is NOTHING else other
    a, b, c, d, none = one
    e, f, g, h, other_none = other
    return a + e, b + f, c + g, d + h, none + other_none
