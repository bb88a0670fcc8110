"""Near-identical texts, such as agency copy in several outlets: a small sketch of each article -> who copies whom.

A sketch holds the smallest hashes of a text's four-word shingles (Broder, "On the resemblance and containment of
documents", 1997). All hashes depend on the text alone.
"""

from __future__ import annotations

import difflib
import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from archivegen.letters import has_plain_words
from archivegen.model import Change, Line

__all__ = ["compare", "find_copies", "find_repeats", "resemblance", "shingles"]

Sketches = Callable[[], Iterable[tuple[int, Sequence[int]]]]

WORD = re.compile(r"[^\W_]+")
# The same of text whose words are ASCII, four times as fast: everything else becomes a space.
PLAIN = bytes(c if chr(c).isalnum() and c < 128 else 32 for c in range(256)).lower()
SIZE = 4  # words of a shingle
KEPT = 64  # hashes of a sketch: the resemblance of two articles is known to about 0.06
COMPARED = 16  # of them are looked for in others: copies share two of these as good as always
ALIKE = 0.3  # resemblance from which two texts are copies; on real news, lower values join different articles
LEAST_SHARED = 6  # hashes: a few words in common prove nothing, however short the text
CROWD = 8  # articles that share a hash; above, each is compared with the first two only, so that work stays linear
AT_ONCE = 10_000  # articles whose hashes are sorted together
LOW = 0xFFFFFFFF  # the second of two numbers in one
SHINGLE = next(code for code in "IL" if array(code).itemsize == 4)  # hashes of 32 bits
SENTENCES = 300  # of each version that are compared


def shingles(text: str) -> tuple[int, ...]:
    """Return the sketch of a text: the smallest hashes of its shingles, ascending."""
    if has_plain_words(text):
        words = text.encode("ascii", "replace").translate(PLAIN).split()
    else:
        words = [word.encode("utf-8", "surrogatepass") for word in WORD.findall(text.lower())]
    runs = zip(*(words[at:] for at in range(SIZE)), strict=False)
    hashes = [*map(zlib.crc32, map(b" ".join, runs))]
    below = (LOW + 1) * KEPT * 3 // (2 * len(hashes) + 1)  # hashes lie evenly, so as a rule enough are lower
    low = {number for number in hashes if number < below}
    return tuple(sorted(low if len(low) >= KEPT else set(hashes))[:KEPT])


def resemblance(one: frozenset[int], other: Collection[int]) -> float:
    """Estimate from two sketches which share of all their shingles two texts have in common."""
    both = one.intersection(other)
    if len(both) < max(LEAST_SHARED, ALIKE * min(KEPT, max(len(one), len(other)))):
        return 0.0  # most pairs end here
    union = sorted(one.union(other))[:KEPT]
    return sum(number in both for number in union) / len(union)


def find_copies(sketches: Sketches, total: int) -> dict[int, int]:
    """Lead from every copy to the article that it is a copy of, which is none itself.

    Articles are numbered in the order in which they count as the first: `sketches` gives (number, sketch) of all of
    them, as often as asked. Every copy resembles its first directly, so that no chain of versions grows together.
    Beside the numbers, 400 bytes an article are held at most.
    """
    pairs = [_found_twice(part) for part in _likely_pairs(sketches, _count(sketches, total), total)]
    wanted = {number for part in pairs for pair in part for number in (pair >> 32, pair & LOW)}
    known = {number: array(SHINGLE, sketch) for number, sketch in sketches() if number in wanted}
    out: dict[int, int] = {}
    for part in pairs:
        for later, group in groupby(sorted(set(part)), key=lambda pair: pair >> 32):
            sketch = frozenset(known[later])
            firsts = [first for pair in group if (first := pair & LOW) not in out]
            alike = [(-resemblance(sketch, known[first]), first) for first in firsts]
            if alike and -min(alike)[0] >= ALIKE:
                out[later] = min(alike)[1]
    return out


def _count(sketches: Sketches, total: int) -> bytearray:
    """Count roughly, up to a crowd, how many articles have each hash; hashes that fall on one place count together."""
    counts = bytearray(max(1024, total * KEPT * 2))
    size = len(counts)
    for _, sketch in sketches():
        for shingle in sketch:
            if counts[shingle % size] <= CROWD:
                counts[shingle % size] += 1
    return counts


def _likely_pairs(sketches: Sketches, counts: bytearray, total: int) -> list[array[int]]:
    """Pair articles that share one of their compared hashes: (later << 32 | first), in parts, by the later.

    Set phrases ("declined to comment") tell little, so the hashes that only few articles have are compared first.
    """
    parts = total // AT_ONCE + 1
    holders = [array("Q") for _ in range(parts)]
    size = len(counts)
    for number, sketch in sketches():
        rare = [shingle for shingle in sketch if counts[shingle % size] <= CROWD]
        if len(rare) < COMPARED:
            rare += [shingle for shingle in sketch if counts[shingle % size] > CROWD][: COMPARED - len(rare)]
        for shingle in rare[:COMPARED]:
            holders[shingle % parts].append(shingle << 32 | number)
    pairs = [array("Q") for _ in range(parts)]
    while holders:
        for _, group in groupby(sorted(holders.pop()), key=lambda held: held >> 32):
            numbers = [held & LOW for held in group]
            firsts = numbers if len(numbers) <= CROWD else numbers[:2]
            for at, first in enumerate(firsts, 1):
                for later in numbers[at:]:
                    pairs[min(later // AT_ONCE, parts - 1)].append(later << 32 | first)
    return pairs


def _found_twice(pairs: array[int]) -> array[int]:
    """Keep pairs that share two compared hashes: of 369 cut copies all do, of chance pairs one in seven."""
    ordered = sorted(pairs)
    return array("Q", (pair for pair, following in pairwise(ordered) if pair == following))


def find_repeats(lines: Iterable[Line]) -> tuple[dict[int, int], dict[int, int]]:
    """Lead from a copy's entries to those that they repeat, and from these to the number of other outlets with them.

    `lines` are the entries of copied articles and their copies, those of one text together, the first's first. The same
    sentence on the same date repeats; a date that was only inferred, mostly from the publication, may be another.
    """
    repeats: dict[int, int] = {}
    also: dict[int, int] = {}
    for _, group in groupby(lines, key=lambda line: line.first):
        known: dict[tuple[str, str], Line] = {}
        outlets: dict[int, set[str]] = defaultdict(set)
        for line in group:
            words = " ".join(WORD.findall(line.text.lower()))
            inferred = (words, "inferred")
            one = known.get((words, line.date)) or (known.get(inferred) if line.is_inferred else None)
            if one is None or one.article == line.article:
                known.setdefault((words, line.date), line)
                if line.is_inferred:
                    known.setdefault(inferred, line)
                continue
            repeats[line.entry] = one.entry
            if line.outlet and line.outlet != one.outlet:
                outlets[one.entry].add(line.outlet)
        also |= {entry: len(found) for entry, found in outlets.items()}
    return repeats, also


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Tell by sentences how a version differs from an earlier one: runs that were kept, added and removed, in order."""
    old, new = old[:SENTENCES], new[:SENTENCES]
    plain_old, plain_new = ([" ".join(WORD.findall(s.lower())) for s in side] for side in (old, new))
    return tuple(_changes(difflib.SequenceMatcher(None, plain_old, plain_new, autojunk=False), old, new))


def _changes(match: difflib.SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, old_from, old_to, new_from, new_to in match.get_opcodes():
        if kind == "equal":
            yield "kept", tuple(new[new_from:new_to])
            continue
        if old_to > old_from:
            yield "removed", tuple(old[old_from:old_to])
        if new_to > new_from:
            yield "added", tuple(new[new_from:new_to])
