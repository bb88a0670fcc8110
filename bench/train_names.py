"""Train the weights of the name finder from sentences with names marked, and write them to a JSON file.

    python bench/train_names.py --data names.jsonl --out src/archivegen/detect/names_en.json

One object a line: {"tokens": [...], "tags": [...]}, tags B-/I- of per, org, geo, gpe, art, eve, nat, tim, or O.
A semi-Markov model (Sarawagi and Cohen, 2004) with a fixed seed: the same data gives the same file.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archivegen.detect.candidates import Run, Word, find_runs
from archivegen.detect.context import sides_of
from archivegen.detect.features import class_of, is_common, segment_features, side_features, word_features
from archivegen.detect.judge import (
    ALONE,
    FIRST,
    INSIDE,
    KINDS,
    LAST,
    OUTPUTS,
    OUTSIDE,
    name_scores,
    name_spans,
)
from archivegen.detect.weights import SIDE_OUTPUTS
from archivegen.detect.words_en import TITLES
from archivegen.detect.world import load_world

SEED = 20181102
EPOCHS = 10
FORGET = 0.3
RATE = 0.15
PENALTY = 2e-5
SCALE = 100
TAGS = {"per": 0, "org": 1, "geo": 2, "gpe": 2, "art": 3, "eve": 3, "nat": 3}
TITLES_LOW = {title.lower() for title in TITLES}
CLOSE_UP = re.compile(r" (['’](?:s|re|ve|ll|d|m)\b|n't\b|[,.;:!?%)])")
Span = tuple[int, int, int]  # first, last, kind


@dataclass(frozen=True, slots=True)
class Example:
    """A run with its features and the names that it holds."""

    words: tuple[list[str], ...]
    lefts: list[list[str]]
    rights: list[list[str]]
    wholes: dict[tuple[int, int], list[str]]
    gold: tuple[Span, ...]


def read_sentences(path: Path) -> list[tuple[list[str], list[str]]]:
    """Read the tokens and tags."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [(record["tokens"], record["tags"]) for record in records]


def names_in(tokens: Sequence[str], tags: Sequence[str]) -> Iterator[Span]:
    """Yield the tagged names by token, titles and small words cut off."""
    at = 0
    while at < len(tags):
        if tags[at][0] != "B" or tags[at][2:] not in TAGS:
            at += 1
            continue
        end = at + 1
        while end < len(tags) and tags[end] == "I-" + tags[at][2:]:
            end += 1
        first, last = at, end
        while first < last and ((tokens[first][0].islower() and not re.match(r"al-|el-|[a-z][A-Z]", tokens[first]))
                                or tokens[first] in ("'s", '"', "The")
                                or (tags[at] == "B-per" and tokens[first].lower() in TITLES_LOW)):  # fmt: skip
            first += 1
        while last > first and not any(char.isalnum() and not char.islower() for char in tokens[last - 1]):
            last -= 1
        if first < last:
            yield first, last, kind_of(" ".join(tokens[first:last]), tags[at][2:])
        at = end


def kind_of(form: str, tag: str) -> int:
    """The kind of a tagged name; the data tags nationalities and countries alike, and some countries as others."""
    world = load_world()
    if form in world.countries or form in world.cities:
        return 2
    if form in world.nations or (form[-1] == "s" and form[:-1] in world.nations):
        return 3
    return 3 if tag == "gpe" else TAGS[tag]


def agreed_kinds(sentences: Iterable[tuple[list[str], list[str]]]) -> dict[str, int]:
    """The kind of each name that is tagged unevenly: what most of its places say."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for tokens, tags in sentences:
        for first, last, kind in names_in(tokens, tags):
            counts[" ".join(tokens[first:last])][kind] += 1
    return {form: seen.most_common(1)[0][0] for form, seen in counts.items() if sum(seen.values()) >= 4}


def join(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """Write a sentence as it stood in the paper; and where each token begins."""
    text, starts = "", []
    for token in tokens:
        if text and not CLOSE_UP.fullmatch(" " + token):
            text += " "
        starts.append(len(text))
        text += token
    return text, starts


def examples(sentences: Sequence[tuple[list[str], list[str]]], common: frozenset[str]) -> Iterator[Example]:
    """Turn sentences into runs with features."""
    agreed = agreed_kinds(sentences)
    for tokens, tags in sentences:
        text, starts = join(tokens)
        names = []
        for first, last, kind in names_in(tokens, tags):
            kind_ = agreed.get(" ".join(tokens[first:last]), kind)
            names.append((starts[first], starts[last - 1] + len(tokens[last - 1]), kind_))
        for run in find_runs(text):
            gold = gold_of(run.words, names)
            if gold is not None:
                yield example(text, run, common, gold)


def gold_of(words: Sequence[Word], names: Iterable[tuple[int, int, int]]) -> tuple[Span, ...] | None:
    """The names of a run by its words; None where one crosses a word's edge."""
    firsts = {word.start: i for i, word in enumerate(words)}
    lasts = {word.end: i + 1 for i, word in enumerate(words)}
    # The data writes "U.S" and "Mr" with their full stops, except at a sentence's end.
    lasts |= {word.end - 1: i + 1 for i, word in enumerate(words) if word.text.endswith(".")}
    out = []
    for start, end, kind in names:
        if end <= words[0].start or start >= words[-1].end:
            continue
        if start not in firsts or end not in lasts or firsts[start] >= lasts[end]:
            return None
        out.append((firsts[start], lasts[end], kind))
    allowed = set(name_spans(words))
    return tuple(out) if all(span[:2] in allowed for span in out) else None


def example(text: str, run: Run, common: frozenset[str], gold: tuple[Span, ...]) -> Example:
    """All features of a run."""
    words = run.words
    own = tuple(
        word_features(word.text, initial=run.initial and i == 0, common=is_common(word.text.casefold(), common))
        for i, word in enumerate(words)
    )
    (near, far), (after, later) = sides_of(text, words[0].start, words[-1].end, item=run.item)
    texts = [far, near, *(word.text for word in words), after, later]
    lefts = [side_features(texts[i + 1], texts[i], "l") for i in range(len(words))]
    rights = [side_features(texts[i + 2], texts[i + 3], "r") for i in range(len(words) + 1)]
    classes = "".join(class_of(word, common=is_common(word.text.casefold(), common)) for word in words)
    wholes = {span: segment_features(words, classes, *span) for span in name_spans(words)}
    return Example(own, lefts, rights, wholes, gold)


class Learner:
    """A semi-Markov conditional model, learned run by run with AdaGrad and an exact lazy L1 penalty.

    Each weight is what its summed gradients say at the moment of use (regularised dual averaging: Duchi, Hazan and
    Singer, 2011), so that most stay zero.
    """

    def __init__(self) -> None:
        self.rows: dict[str, dict[int, list[float]]] = {}  # feature -> output -> [summed gradient, summed square]
        self.step = 1

    def weight(self, cell: Sequence[float]) -> float:
        push = abs(cell[0]) - PENALTY * self.step
        return math.copysign(RATE * push / (1.0 + math.sqrt(cell[1])), cell[0]) if push > 0 else 0.0

    def dot(self, features: Iterable[str], outputs: int) -> list[float]:
        out = [0.0] * outputs
        for feature in features:
            for output, cell in self.rows.get(feature, {}).items():
                out[output] += self.weight(cell)
        return out

    def learn(self, item: Example) -> float:
        """Take one step; returns the loss."""
        self.step += 1
        size = len(item.words)
        own = [self.dot(features, OUTPUTS) for features in item.words]
        lefts = [self.dot(features, SIDE_OUTPUTS) for features in item.lefts]
        rights = [self.dot(features, SIDE_OUTPUTS) for features in item.rights]
        arcs = [(i, i + 1, 4, own[i][OUTSIDE] + lefts[i][4] + rights[i + 1][4]) for i in range(size)]
        for (first, last), features in item.wholes.items():
            scores = name_scores(own, lefts[first], rights[last], self.dot(features, 4), first, last)
            arcs += [(first, last, kind, score) for kind, score in enumerate(scores)]
        forward, backward = _sums(arcs, size)
        total = forward[size]
        gold = set(item.gold) | {(i, i + 1, 4) for i in range(size) if not any(a <= i < b for a, b, _ in item.gold)}
        loss = total
        for first, last, kind, score in arcs:
            part = math.exp(forward[first] + score + backward[last] - total)
            is_gold = (first, last, kind) in gold
            loss -= score if is_gold else 0.0
            slope = (1.0 if is_gold else 0.0) - part
            if abs(slope) > 1e-3:
                self._move(item, first, last, kind, slope)
        return loss

    def _move(self, item: Example, first: int, last: int, kind: int, slope: float) -> None:
        self._bump(item.lefts[first], kind, slope)
        self._bump(item.rights[last], kind, slope)
        if kind == 4:
            self._bump(item.words[first], OUTSIDE, slope)
            return
        self._bump(item.wholes[first, last], kind, slope)
        for i in range(first, last):
            place = ALONE if last - first == 1 else FIRST if i == first else LAST if i == last - 1 else INSIDE
            self._bump(item.words[i], place + kind, slope)

    def _bump(self, features: Iterable[str], output: int, slope: float) -> None:
        for feature in features:
            cell = self.rows.setdefault(feature, {}).setdefault(output, [0.0, 0.0])
            cell[0] += slope
            cell[1] += slope * slope

    def weights(self) -> dict[str, list[float]]:
        return {
            feature: [self.weight(row[i]) if i in row else 0.0 for i in range(OUTPUTS)]
            for feature, row in self.rows.items()
        }


def _sums(arcs: Sequence[tuple[int, int, int, float]], size: int) -> tuple[list[float], list[float]]:
    """Log-sums of all cuts up to each word and from it on."""
    ending: list[list[tuple[int, float]]] = [[] for _ in range(size + 1)]
    starting: list[list[tuple[int, float]]] = [[] for _ in range(size + 1)]
    for first, last, _, score in arcs:
        ending[last].append((first, score))
        starting[first].append((last, score))
    forward, backward = [0.0] * (size + 1), [0.0] * (size + 1)
    for at in range(1, size + 1):
        forward[at] = _log_sum([forward[first] + score for first, score in ending[at]])
    for at in range(size - 1, -1, -1):
        backward[at] = _log_sum([backward[last] + score for last, score in starting[at]])
    return forward, backward


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))


def common_words(sentences: Iterable[tuple[list[str], list[str]]], least: int) -> frozenset[str]:
    """Words that the data writes in lower case."""
    counts = Counter(token for tokens, _ in sentences for token in tokens if token.isascii() and token.islower())
    return frozenset(word for word, n in counts.items() if n >= least and word.isalpha() and len(word) > 1)


def given_names(sentences: Iterable[tuple[list[str], list[str]]]) -> frozenset[str]:
    """First words of people's full names that seldom begin a name of another kind."""
    people, others = Counter[str](), Counter[str]()
    for tokens, tags in sentences:
        for first, last, kind in names_in(tokens, tags):
            if kind != 0:
                others[tokens[first]] += 1
            elif last - first > 1 and tokens[first].isalpha() and len(tokens[first]) > 1:
                people[tokens[first]] += 1
    return frozenset(word for word, n in people.items() if n > 2 * others[word])


def train(
    sentences: Sequence[tuple[list[str], list[str]]], common: frozenset[str], epochs: int
) -> dict[str, list[float]]:
    """Run the epochs; returns the averaged weights."""
    items = list(examples(sentences, common))
    counts = Counter(f for item in items for group in (item.words, item.lefts, item.rights, item.wholes.values())
                     for features in group for f in features)  # fmt: skip
    keep = {feature for feature, n in counts.items() if n > (3 if "+=" in feature else 1)}
    items = [thin(item, keep) for item in items]
    learner, shuffler = Learner(), random.Random(SEED)
    for epoch in range(epochs):
        shuffler.shuffle(items)
        loss = sum(learner.learn(forget(item, shuffler)) for item in items)
        print(f"epoch {epoch + 1}: loss {loss / len(items):.4f} over {len(items)} runs")
    return learner.weights()


def forget(item: Example, chance: random.Random) -> Example:
    """Now and then hide the words themselves, so that endings and neighbours learn to decide about unknown names."""
    if chance.random() > FORGET:
        return item
    words = tuple([f for f in features if f[:2] != "w="] for features in item.words)
    return Example(words, item.lefts, item.rights, item.wholes, item.gold)


def thin(item: Example, keep: set[str]) -> Example:
    """Leave out features seen too seldom to learn from."""

    def few(features: Iterable[str]) -> list[str]:
        return [feature for feature in features if feature in keep]

    return Example(tuple(map(few, item.words)), list(map(few, item.lefts)), list(map(few, item.rights)),
                   {span: few(features) for span, features in item.wholes.items()}, item.gold)  # fmt: skip


def pack(weights: dict[str, list[float]], least: float) -> dict[str, list[int]]:
    """Whole numbers, in pairs of output and weight; small weights left out."""
    out = {}
    for feature in sorted(weights):
        flat = [x for i, w in enumerate(weights[feature]) if abs(w) >= least for x in (i, round(w * SCALE))]
        if flat:
            out[feature] = flat
    return out


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--least", type=float, default=0.03, help="weights smaller than this are left out")
    args = parser.parse_args()
    sentences = read_sentences(args.data)
    common = common_words(sentences, 1)
    weights = pack(train(sentences, common, args.epochs), args.least)
    model = {
        "version": 1,
        "scale": SCALE,
        "common": " ".join(sorted(common)),
        "given": " ".join(sorted(given_names(sentences))),
        "weights": weights,
    }
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n"
    args.out.write_text(text, encoding="utf-8")
    print(f"{len(weights)} features of {len(KINDS)} kinds, {len(text.encode()) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
