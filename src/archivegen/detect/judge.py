"""A small linear model that cuts a run of capitalised words into names and says what each is.

Features of words (by their place in the name), of the words beside it, and of the whole; the best cut is found by
dynamic programming (a semi-Markov model: Sarawagi and Cohen, 2004). bench/train_names.py makes the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import count

import msgspec

from archivegen.detect.candidates import Word
from archivegen.detect.context import Sides
from archivegen.detect.features import class_of, is_common, segment_features, whole_place, whole_starts, word_features
from archivegen.detect.weights import NOTHING, SIDE_OUTPUTS, Beside, FewSums, Model, Sums, Vector
from archivegen.detect.words_en import BODY_WORDS, PREFIXES
from archivegen.kept import Kept
from archivegen.model import Kind

__all__ = ["KINDS", "Judge", "Judged", "Scores", "Wording", "cut", "name_scores", "name_spans"]

KINDS: tuple[Kind, ...] = ("person", "organisation", "place", "other")
# A word stands alone, first, inside or last in a name (each for four kinds), or outside of any.
ALONE, FIRST, INSIDE, LAST, OUTSIDE = 0, 4, 8, 12, 16
OUTPUTS = 17
LONGEST = 9
# The training data misses names; a capitalised word is more often one than it says.
BIAS = 0.7
# "Russian Embassy" is one name, and a body of its own.
STATE_BODY = 8.0
NO_NAME: Scores = (-math.inf,) * 4
# Runs of more words seldom come again, and have kilobytes of their own: a text in capitals is full of them.
WORDS_KEPT = 6
WORDINGS_KEPT = 5_000  # each is a kilobyte
CUTS_KEPT = 5_000  # likewise

Scores = tuple[float, float, float, float]  # for each of KINDS
WordKey = tuple[str, bool, bool]  # a word, whether it begins a sentence, whether it is usual in lower case
Span = tuple[int, int, float, float, float, float]  # first and last word, scores for each of KINDS
# Words [first:last] are a name; the scores tell how well each of KINDS fits, against no name at all.
Judged = tuple[int, int, Scores]


class Case(msgspec.Struct, frozen=True):
    """What words have of their own: scores of what may be a name, and what each says of its neighbours."""

    number: int
    spans: tuple[Span, ...]
    lefts: tuple[Vector, ...]
    rights: tuple[Vector, ...]


class Wording(msgspec.Struct, frozen=True):
    """The words of a run, wherever it stands.

    `rare` has the words that are usual in lower case only if a text shows it, each with a bit of its own. `cases` are
    made when they are asked for: by the sum of the bits of the words that a text shows to be usual, and of 1 if a
    sentence begins with the run.
    """

    words: tuple[Word, ...]
    texts: tuple[str, ...]
    rare: tuple[tuple[int, str], ...]
    cases: dict[int, Case]


def cut(spans: Sequence[Span], lefts: Sequence[Vector], rights: Sequence[Vector]) -> list[Judged]:
    """Find the best cut of a run: `spans` are the stretches that may be names, by their first word.

    All scores are against leaving every word out, which so counts nothing.
    """
    size = len(lefts)
    out = [0.0]  # what leaving out the words up to each gains from their neighbours
    total = 0.0
    for at in range(size):
        total = total + lefts[at][4] + rights[at + 1][4]
        out.append(total)
    best = [0.0] + [-math.inf] * size
    back: list[tuple[int, Scores] | None] = [None] * (size + 1)  # where the name that ends here begins, and its scores
    reached = 0
    for first, last, a, b, c, d in spans:
        while reached < first:
            if best[reached] >= best[reached + 1]:
                best[reached + 1], back[reached + 1] = best[reached], None
            reached += 1
        e, f, g, h, left = lefts[first]
        i, j, k, m, right = rights[last]
        # A side's scores are against leaving out one word; those between are not left out either.
        none = out[last] - out[first] - left - right
        scores = a + e + i - none, b + f + j - none, c + g + k - none, d + h + m - none
        total = best[first] + _most(scores) + BIAS
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
            found.append((first, at, scores))
            at = first
    found.reverse()
    return found


def cut_two(spans: Sequence[Span], lefts: Sequence[Vector], rights: Sequence[Vector]) -> list[Judged]:
    """Do the same for a run of two words, as most are, in a third of the time: `spans` are each word and both."""
    (_, _, a, b, c, d), both, second = spans
    (e, f, g, h, left), (i, j, k, m, inner_left) = lefts
    _, (n, o, p, q, inner_right), (r, s, t, u, right) = rights
    out = left + inner_right  # what leaving out the first word, or both, gains from the neighbours
    out_both = out + inner_left + right
    none = out - left - inner_right
    first = a + e + n - none, b + f + o - none, c + g + p - none, d + h + q - none
    most_first = _most(first) + BIAS
    is_first = most_first > 0.0
    _, _, a, b, c, d = both
    none = out_both - left - right
    whole = a + e + r - none, b + f + s - none, c + g + t - none, d + h + u - none
    most = _most(whole) + BIAS
    _, _, a, b, c, d = second
    none = out_both - out - inner_left - right
    last = a + i + r - none, b + j + s - none, c + k + t - none, d + m + u - none
    most_last = (most_first if is_first else 0.0) + _most(last) + BIAS
    if most_last > most:
        is_last, found = most_last > (most_first if is_first else 0.0), [(1, 2, last)]
    elif most > (most_first if is_first else 0.0):
        return [(0, 2, whole)]
    else:
        is_last, found = False, []
    if not is_last:
        found = []
    return [(0, 1, first), *found] if is_first else found


def _most(scores: Scores) -> float:
    """The highest; max() takes twice as long."""
    a, b, c, d = scores
    most = a if a > b else b
    other = c if c > d else d
    return most if most > other else other


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
    """The model, with what it has of words and wordings seen before."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._words = Kept(self._word)
        self._word_sums = Sums(model, OUTPUTS)
        self._alone_sums = FewSums(model, (*range(ALONE, ALONE + len(KINDS)), OUTSIDE))
        self._whole_sums = FewSums(model, range(SIDE_OUTPUTS))
        self._patterns = Kept(self._pattern)
        self._lefts, self._rights = Beside(model, "l"), Beside(model, "r")
        self._wordings: dict[tuple[str, ...], Wording] = {}
        self._numbers = count()
        self._cuts: dict[tuple[int, Sides], list[Judged]] = {}  # by the case's number

    def wording(self, words: Sequence[Word]) -> Wording:
        """Learn what the words of a run have of their own."""
        texts = tuple([word.text for word in words])
        found = self._wordings.get(texts)
        if found is None:
            lows = [text.casefold() for text in texts]
            rare = tuple((2 << at, low) for at, low in enumerate(lows) if not is_common(low, self.model.common))
            found = Wording(tuple(words), texts, rare, {})
            if len(texts) <= WORDS_KEPT:
                if len(self._wordings) >= WORDINGS_KEPT:
                    self._wordings.clear()
                self._wordings[texts] = found
        return found

    def judge(
        self, wording: Wording, sides: Sides, lowered: Mapping[str, bool], *, initial: bool, item: bool
    ) -> Sequence[Judged]:
        """Cut a run. `sides` are the two words before it and the two after, the nearer first.

        `lowered` are words that this text writes in lower case somewhere. `initial` tells that a sentence begins with
        the run, or `item`, that a list's entry does.
        """
        usual = 0  # of the rare words those that this text shows to be usual
        for bit, low in wording.rare:
            if lowered[low]:
                usual |= bit
        if initial and (not item or usual & 2 or not wording.rare or wording.rare[0][0] != 2):
            usual |= 1
        case = wording.cases.get(usual) or self._case(wording, usual)
        if len(wording.texts) == 1:
            return self._single(case, sides)
        key = case.number, sides
        found = self._cuts.get(key)
        if found is None:
            found = self._cut(wording.texts, case, sides)
            if len(self._cuts) >= CUTS_KEPT:
                self._cuts.clear()
            self._cuts[key] = found
        return found

    def _cut(self, texts: tuple[str, ...], case: Case, sides: Sides) -> list[Judged]:
        before, after = sides
        left, right = self._lefts.together, self._rights.together
        lefts = (left[before], left[texts[0], before[0]], *case.lefts)
        rights = (*case.rights, right[texts[-1], after[0]], right[after])
        return cut_two(case.spans, lefts, rights) if len(texts) == 2 else cut(case.spans, lefts, rights)

    def _single(self, case: Case, sides: Sides) -> Sequence[Judged]:
        """The judgement of a run of one word, which most are, without the search for a cut."""
        ((_, _, a, b, c, d),) = case.spans
        before, after = sides
        (e, f, g, h, _), (i, j, k, m, _) = self._lefts.apart(before)
        (n, o, p, q, _), (r, s, t, u, _) = self._rights.apart(after)
        scores = a + e + i + n + r, b + f + j + o + s, c + g + k + p + t, d + h + m + q + u
        return ((0, 1, scores),) if _most(scores) + BIAS > 0 else ()

    def _case(self, wording: Wording, usual: int) -> Case:
        """What the words have of their own in a text that shows those of `usual` to be so; kept with the wording."""
        words = wording.words
        unusual = sum([bit for bit, _ in wording.rare]) & ~usual
        keys = [(word.text, at == 0 and usual & 1 > 0, not unusual & 2 << at) for at, word in enumerate(words)]
        classes = "".join([class_of(word, common=key[2]) for word, key in zip(words, keys, strict=True)])
        found = self._alone(keys[0], classes) if len(words) == 1 else self._several(words, keys, classes)
        wording.cases[usual] = found
        return found

    def _alone(self, key: WordKey, sort: str) -> Case:
        """What a word alone has of its own; an initial is no name."""
        text, initial, common = key
        a, b, c, d, none = self._alone_sums.of(word_features(text, initial=initial, common=common))
        e, f, g, h, _ = self._patterns[sort, len(text) > 1 and text.isupper()]
        none += math.inf if len(text.rstrip(".")) == 1 else 0.0
        return Case(next(self._numbers), ((0, 1, a + e - none, b + f - none, c + g - none, d + h - none),), (), ())

    def _several(self, words: Sequence[Word], keys: Sequence[WordKey], classes: str) -> Case:
        """What several words have of their own: a score for each stretch of them that may be a name."""
        own = [self._words[key] for key in keys]
        spans: list[Span] = []
        for first, last in name_spans(words):
            whole = self._whole(words, classes, first, last)
            if 1 < last - first < 4 and classes[first] in "NK" and words[last - 1].text in BODY_WORDS:
                person, organisation, place, other, _ = whole
                whole = person, organisation + STATE_BODY, place, other
            none = own[first][OUTSIDE]
            for vector in own[first + 1 : last]:
                none += vector[OUTSIDE]
            a, b, c, d = name_scores(own, NOTHING, NOTHING, whole, first, last)
            spans.append((first, last, a - none, b - none, c - none, d - none))
        size = len(words)
        if size == 2:
            if len(spans) < 3:  # `cut_two` wants all three
                have = {span[:2]: span for span in spans}
                spans = [have.get(place, (*place, *NO_NAME)) for place in ((0, 1), (0, 2), (1, 2))]
            return Case(next(self._numbers), tuple(spans), (), (NOTHING,))
        texts = [word.text for word in words]
        lefts = tuple([self._lefts.together[texts[at - 1], texts[at - 2]] for at in range(2, size)])
        # Before the first word nothing is asked of what follows it.
        rights = (NOTHING, *[self._rights.together[texts[at], texts[at + 1]] for at in range(1, size - 1)])
        return Case(next(self._numbers), tuple(spans), lefts, rights)

    def _word(self, key: WordKey) -> Vector:
        text, initial, common = key
        return self._word_sums.of(word_features(text, initial=initial, common=common))

    def _whole(self, words: Sequence[Word], classes: str, first: int, last: int) -> Vector:
        """The sum over `segment_features`; most names have those of their pattern only."""
        text = words[first].text
        pattern = classes[first:last]
        if last - first == 1:
            return self._patterns[pattern, len(text) > 1 and text.isupper()]
        if pattern[0] not in "KN" and "j" not in pattern:
            starts = whole_starts()
            is_plain = text not in starts and (" " not in text or text.partition(" ")[0] not in starts)
            if is_plain or not whole_place(" ".join([word.text for word in words[first:last]])):
                return self._patterns[pattern, False]
        return self._whole_sums.of(segment_features(words, classes, first, last))

    def _pattern(self, key: tuple[str, bool]) -> Vector:
        """The sum over the features of a name that has only those of its pattern."""
        pattern, is_acronym = key
        words = [Word("XX" if is_acronym else "Xx", 0, 0)] * len(pattern)
        return self._whole_sums.of(segment_features(words, pattern, 0, len(pattern)))
