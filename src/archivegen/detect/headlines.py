"""Headlines in capitals ("SHEARER NAMED CAPTAIN") or with every word capitalised, written as running text would be.

The text keeps its length, so that every offset stays right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise

from archivegen.detect.candidates import capitals_of
from archivegen.detect.features import is_common
from archivegen.detect.words_en import CALENDAR
from archivegen.detect.world import load_world

__all__ = ["as_running_text"]

LETTERS = re.compile("[^\\W\\d_]['’\\w\u0300-\u036f]*(?:\\.[^\\W\\d_])*\\.?")
NUMBER = re.compile(r"\d+")
ENDS = (".", "!", "?", ":", ";", ",", "”", '"', "’", "'")
LONGEST_TITLE = 160


def as_running_text(text: str, lowered: Mapping[str, bool], common: frozenset[str]) -> str:
    """Rewrite the lines that are headlines. `lowered` are the text's own words in lower case, `common` everyone's."""
    lines = text.split("\n")
    odd = [i for i, line in enumerate(lines) if _is_odd(line)]
    if not odd:
        return text
    set_aside = set(odd)
    body = "\n".join(line for i, line in enumerate(lines) if i not in set_aside)
    written = _written(body)
    for i in odd:
        shouted = lines[i].isupper()
        decide = _shouted if shouted else _titled
        known = _known_places(lines[i]) if shouted else lines[i]
        line = _rewrite(known, decide, (written, lowered, common))
        lines[i] = line if len(line) == len(lines[i]) else lines[i]
    return "\n".join(lines)


def _is_odd(line: str) -> bool:
    """Tell whether most words of a line have capitals that say nothing."""
    if len(line) > LONGEST_TITLE or len(line) < 4:
        return False
    if line.isupper():
        words: list[str] = LETTERS.findall(line)
        return len(words) > 1 or (len(words) == 1 and len(words[0]) > 4)
    if line.rstrip().endswith(ENDS) or "(" in line or len(NUMBER.findall(line)) > 1:  # a row of results
        return False
    words = LETTERS.findall(line)
    long = [word for word in words if len(word) > 3]
    return len(words) > 1 and len(long) > 0 and sum(word[0].isupper() for word in long) > 0.75 * len(long)


def _written(body: str) -> dict[str, str]:
    """How running text writes words that stand capitalised in the middle of a sentence, by their capitals."""
    return {word.upper(): word for word in _middle(capitals_of(body)).findall(body)}


@cache
def _middle(capitals: str) -> re.Pattern[str]:
    """The pattern begins with the capital and looks back from it, which is several times as fast."""
    return re.compile(rf"[{capitals}](?<=[\w,)] .)(?:[\w\u0300-\u036f'’]*\w|\.(?:[^\W\d_]\.)+|)")


def _known_places(line: str) -> str:
    """Write countries and cities of several words as usual: "NEW YORK", whose words are common ones."""
    upper = load_world().upper
    spans = [match.span() for match in LETTERS.finditer(line)]
    for (start, _), (_, end) in (*pairwise(spans), *zip(spans, spans[2:], strict=False)):
        name = upper.get(line[start:end])
        if name and " " in name:
            line = line[:start] + name + line[end:]
    return line


Evidence = tuple[dict[str, str], Mapping[str, bool], frozenset[str]]  # as written elsewhere, lowered, common
Decide = Callable[[str, dict[str, str], Mapping[str, bool], frozenset[str]], str]


def _rewrite(line: str, decide: Decide, evidence: Evidence) -> str:
    return LETTERS.sub(lambda match: decide(match[0], *evidence), line)


def _shouted(word: str, written: dict[str, str], lowered: Mapping[str, bool], common: frozenset[str]) -> str:
    stem, mark, rest = word, "", ""
    for sign in ("'S", "’S"):
        if word.endswith(sign):
            stem, mark, rest = word[:-2], word[-2], "s"
    low = stem.lower()
    title = stem[:1] + low[1:]
    if not word.isupper():
        return word
    if stem in written:
        new = written[stem]
    elif stem in load_world().upper or title in CALENDAR:
        new = load_world().upper.get(stem, title)
    elif stem in load_world().countries:
        new = stem
    elif lowered[low] or is_common(low, common) or (len(low) < 4 and "." not in low):
        new = low
    elif "." in stem:
        new = stem
    else:
        new = title
    return new + mark + rest if len(new) == len(stem) else word


def _titled(word: str, written: dict[str, str], lowered: Mapping[str, bool], common: frozenset[str]) -> str:
    low = word.lower()
    if word.upper() in written or (not lowered[low] and not is_common(low, common)) or len(low) != len(word):
        return word
    return word if word in load_world().countries or word in load_world().starts else low
