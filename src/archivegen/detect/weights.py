"""The weights of the judge's features, and their sums, kept for words seen before: most words come again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

from archivegen.detect.features import far_features, near_features, pair_mark

__all__ = ["NOTHING", "SIDE_OUTPUTS", "Beside", "Kept", "Model", "Vector", "load_model", "summed"]

SIDE_OUTPUTS = 5  # four kinds, and outside
CACHE_LIMIT = 60_000

Vector = Sequence[float]
Near = tuple[Vector, Mapping[str, Vector]]  # of a word beside a name, and with those beyond it
NOTHING: Vector = (0.0,) * SIDE_OUTPUTS
K = TypeVar("K")
V = TypeVar("V")


class Model(msgspec.Struct, frozen=True):
    """Weights of every feature, the words that are usual in lower case, and first names of people.

    A feature's weights are pairs of an output's number and a whole number, `scale` times what it weighs.
    """

    weights: Mapping[str, tuple[int, ...]]
    scale: int
    common: frozenset[str]
    given: frozenset[str] = frozenset()


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
    return Model(found.weights, found.scale, frozenset(found.common.split()), frozenset(found.given.split()))


def summed(model: Model, features: Iterable[str], outputs: int) -> list[float]:
    """Add up the weights of features, by output."""
    out = [0.0] * outputs
    for feature in features:
        flat = model.weights.get(feature, ())
        for at in range(0, len(flat), 2):
            out[flat[at]] += flat[at + 1] / model.scale
    return out


class Kept(dict[K, V]):
    """Values made when they are first asked for; full, it starts anew, so that memory stays bounded."""

    def __init__(self, make: Callable[[K], V], limit: int = CACHE_LIMIT) -> None:
        self._make, self._limit = make, limit

    def __missing__(self, key: K) -> V:
        value = self._make(key)
        if len(self) >= self._limit:
            self.clear()
        self[key] = value
        return value


class Beside:
    """What the two words on one side of a name say, against no name: for each of KINDS, and what no name has."""

    def __init__(self, model: Model, side: Literal["l", "r"]) -> None:
        self._model, self._side = model, side
        self._pairs: dict[str, dict[str, Vector]] = {}
        for feature in model.weights:
            if feature[1:3] == "+=" and feature[0] == side:
                near, _, far = feature.partition(" ")
                self._pairs.setdefault(near + " ", {})[far] = self._against_none([feature])
        self.nears = Kept(self._near)
        self.fars = Kept(self._far)

    def apart(self, near: str, far: str) -> tuple[Vector, Vector]:
        """What the next word says, and what the one beyond it adds."""
        own, pairs = self.nears[near]
        other = self.fars[far]
        if pairs and (pair := pairs.get(far.casefold())):
            other = _plus(other, pair)
        return own, other

    def together(self, near: str, far: str) -> Vector:
        """What both say."""
        own, pairs = self.nears[near]
        other = self.fars[far]
        if pairs and (pair := pairs.get(far.casefold())):
            own = _plus(own, pair)
        return _plus(own, other)

    def _near(self, word: str) -> Near:
        low = word.casefold()
        pairs = {} if low[0].isdigit() else self._pairs.get(pair_mark(low, self._side), {})
        return self._against_none(near_features(low, self._side)), pairs

    def _far(self, word: str) -> Vector:
        return self._against_none(far_features(word.casefold(), self._side))

    def _against_none(self, features: Iterable[str]) -> Vector:
        a, b, c, d, none = summed(self._model, features, SIDE_OUTPUTS)
        return (a - none, b - none, c - none, d - none, none) if a or b or c or d or none else NOTHING


def _plus(one: Vector, other: Vector) -> Vector:
    if other is NOTHING or one is NOTHING:  # as most
        return one if other is NOTHING else other
    a, b, c, d, none = one
    e, f, g, h, other_none = other
    return a + e, b + f, c + g, d + h, none + other_none
