"""The words beside a candidate, and the words that a text writes in lower case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archivegen.kept import Kept

__all__ = ["EDGE", "SIGNS", "Sides", "lower_words", "sides_of"]

Pair = tuple[str, str]  # two words beside a name, the nearer first
Sides = tuple[Pair, Pair]  # before it and after it

EDGE = "|"  # stands for the beginning or end of a paragraph
BREAKS = (EDGE, "\n")
SPAN = 36
TOKEN = re.compile(r"[\w\u0300-\u036f]+(?:[.'’-]\w+)*|['’]s\b|\n|[^\w\s]")
# The first two tokens of a stretch, without looking at the rest.
FIRST_TWO = re.compile(rf"[^\S\n]*(?:({TOKEN.pattern})[^\S\n]*({TOKEN.pattern})?)?")
# Signs that are tokens wherever they stand.
SIGN_CHARS = ',.;:!?()"“”‘–—-'
SIGNS = frozenset(SIGN_CHARS)
ALONE = SIGNS | {"\n"}
PLAIN_TOKEN = rf"(\w++(?![.'’-]\w|[\u0300-\u036f])|[\n{re.escape(SIGN_CHARS)}])"
PLAIN_TWO = re.compile(rf" ?{PLAIN_TOKEN} ?{PLAIN_TOKEN}")
# What a word begins after, first: it is found faster than the letters.
OPENERS = frozenset(' \n\t("“‘—–/')
LOWER = re.compile(rf"[{''.join(sorted(OPENERS))}]([a-z]{{2,}})")
LONG = 10_000


def sides_of(text: str, start: int, end: int, *, item: bool) -> Sides:
    """The two words before text[start:end] and the two after it, the nearer first; signs count as words.

    `item` tells that an entry of a list begins there.
    """
    before = _before(text, start)
    if before[0] in BREAKS:
        # What begins an entry of a list stands like a name after a comma.
        before = (",", EDGE) if item else (EDGE, EDGE)
    elif before[1] == "\n":
        before = before[0], EDGE
    return before, _after(text, end)


def _before(text: str, end: int) -> Pair:
    """The last two tokens; plain words with spaces around them are most, and need no expression."""
    before = text[end - SPAN if end > SPAN else 0 : end]
    plain = before.rsplit(" ", 3)
    if len(plain) == 4:
        _, far, near, last = plain
        if not last:
            if near.isalnum():
                if far.isalnum():
                    return near, far
            elif near[-1:] in SIGNS and near[:-1].isalnum():  # "Paris,"
                return near[-1], near[:-1]
        elif near.isalnum() and last in SIGNS:  # "said “Lavrov"
            return last, near
        else:
            far, near = near, last
        if (word := _last(near)) and (other := _last(near[: -len(word)] or far)):
            return word, other
    if before[-1:] in ("", "\n"):
        return EDGE, EDGE
    found = TOKEN.findall(before.replace("’", "'"))
    return found[-1] if found else EDGE, found[-2] if len(found) > 1 else EDGE


def _last(piece: str) -> str:
    """The last token of what stands between two spaces; "" where that is not plain."""
    if piece.isalnum():
        return piece
    if piece[-1:] in ALONE:
        return piece[-1]
    word = piece[piece.rfind("\n") + 1 :].lstrip(SIGN_CHARS)
    return word if word.isalnum() else ""


def _after(text: str, start: int) -> Pair:
    """The first two tokens, likewise."""
    plain = PLAIN_TWO.match(text, start, start + SPAN)
    if plain:
        near, far = plain.groups()
    else:
        found = FIRST_TWO.match(text[start : start + SPAN].replace("’", "'"))
        near, far = found.groups(EDGE) if found else (EDGE, EDGE)
    return (EDGE, EDGE) if near == "\n" else (near, EDGE if far == "\n" else far)


def lower_words(text: str) -> Mapping[str, bool]:
    """Tell of any word whether it stands in lower case somewhere in the text."""
    if len(text) > LONG:  # looked for one by one, many words in a long text would take long
        found = frozenset(LOWER.findall(text))
        return Kept(lambda word: word in found)
    return Kept(lambda word: _stands(text, word))


def _stands(text: str, word: str) -> bool:
    """Tell whether LOWER finds a word."""
    at = text.find(word)
    if at < 0 or len(word) < 2 or not (word.isascii() and word.isalpha() and word.islower()):
        return False
    while at >= 0:
        end = at + len(word)
        if text[at - 1 : at] in OPENERS and not "a" <= text[end : end + 1] <= "z":
            return True
        at = text.find(word, at + 1)
    return False
