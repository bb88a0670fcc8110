"""Which lines of a page are furniture, told by the words they open with or carry; the words are in furniture.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from archivegen.read.lines import Line, signs_in
from archivegen.read.outlet import menu_labels

__all__ = ["WHOLE_WORDS", "Cue", "cue_of", "cue_of_short", "cues_of_long"]

WHOLE_WORDS, BEGINS_WORDS, CARRIES_WORDS = 7, 40, 8  # see furniture.toml
LOOK = 400  # characters of a line that are looked at
PROSE = 120  # words: a line this long is never furniture
CREDITED = r"getty(?: images)?|reuters|ap(?: photo)?|afp|epa(?:-efe)?|shutterstock|tass|sputnik|xinhua|istock|alamy"
CREDIT_TAIL = re.compile(
    r"(?:[\[(](?:photo|image|picture|credit|file|getty|reuters|ap|afp|epa)\b[^)\]]{0,80}[)\]]"
    rf"|[\[(][^()\[\]]{{0,60}}\b(?:{CREDITED}|file(?: photo)?)[\])]"
    r"|(?:©|credit\s?[:.]|photo\s?:|photograph\s?:|image\s?:) ?[^.]{2,80}"
    rf"|(?:^|[\w.] ?)/ ?(?:{CREDITED})"
    r"|\w(?: photo)? (?:via )?getty images)\.?$"
)
CREDIT = 120  # characters of a line's end, in which a credit is looked for
CREDITED_ENDS = tuple(
    word + stop
    for word in (
        "getty", "images", "reuters", "ap", "photo", "afp", "epa", "efe", "shutterstock", "tass", "sputnik", "xinhua",
        "istock", "alamy",
    )
    for stop in ("", ".")
)  # fmt: skip
GETTY = ("getty images", "getty images.")
IN_BRACKETS = (")", "]", ").", "].")
CREDITED_IN_BRACKETS = (
    "photo", "image", "picture", "credit", "file", "getty", "reuters", "afp", "epa", "ap)", "ap]", "(ap", "[ap",
    "shutterstock", "tass", "sputnik", "xinhua", "istock", "alamy",
)  # fmt: skip
CHOICE = re.compile(r"\(\?:((?:[^()\\]|\\[^|])*)\)(\??)(?![*+{])")
TRIM = " \t\"'.,:;!?…·•|()[]{}<>«»‹›“”„*+-–—_#@&/\\=~→←▼▲►▶×✕：。、"
COUNTS = " ()0123456789"
SHOUT = 8  # letters of a line that are looked at first
SHOUTED = 8  # words in capitals: longer than a subhead, so another story's headline
FLAGS = ("opens", "ends", "head", "undated")
MARKS = "-–—•*([ "


class Cue(msgspec.Struct, frozen=True):
    """Why a line is furniture; `opens` says that what follows belongs to it, until prose comes again.

    `ends` says that the article does not go on after it; `head`, that it stands between headline and article;
    `undated`, that a date in it is not the page's.
    """

    why: str
    opens: bool = False
    ends: bool = False
    head: bool = False
    undated: bool = False


class _Table(msgspec.Struct, frozen=True):
    """The file as it is searched. `begins` are expressions by the letter that a line begins with, "" for what is no
    letter; the group that matches is named by its cue's number. `seldom` are those for which a sign must be there."""

    whole: dict[str, Cue]
    begins: dict[str, str]
    seldom: tuple[tuple[str, re.Pattern[str], int], ...]
    carries: tuple[tuple[tuple[str, ...], re.Pattern[str], Cue], ...]
    signs: tuple[str, ...]
    cues: tuple[Cue, ...]
    photo: Cue
    button: Cue
    headline: Cue

    def beginning(self, low: str) -> Cue | None:
        """The first cue of those that a line in lower case begins with."""
        low = low.lstrip(MARKS)
        pattern = _begins_with(low[0] if low and low[0].isalpha() else "")
        match = pattern.match(low) if pattern else None
        first = int((match.lastgroup or "c0")[1:]) if match else len(self.cues)
        for sign, find, number in self.seldom:
            if sign in low and number < first and find.match(low):
                first = number
        return self.cues[first] if first < len(self.cues) else None


def cue_of(line: Line) -> Cue | None:
    """Return why this line is furniture, or None where nothing in it says so."""
    return cue_of_short(line.text, line.words) if line.words <= WHOLE_WORDS else cues_of_long((line,))[0]


@lru_cache(maxsize=16384)
def cue_of_short(text: str, words: int) -> Cue | None:
    """Return why a line of up to WHOLE_WORDS is furniture. Menus say the same on every page of a site: it is kept."""
    table = _table()
    low = _low(text[:LOOK])
    plain = low.strip(TRIM)
    if found := table.whole.get(plain) or table.whole.get(plain.strip(COUNTS)):
        return found
    if not plain or (len(plain) <= 2 and plain.isdigit()) or menu_labels(text):
        return table.button
    return table.beginning(low) or (table.photo if _is_credited(text, low) else None)


def cues_of_long(lines: Sequence[Line]) -> list[Cue | None]:
    """Return for each of a page's longer lines why it is furniture, or None."""
    table = _table()
    lows = [_low(line.text[:LOOK]) if line.words <= PROSE else "" for line in lines]
    signs = signs_in(lows, table.signs)
    return [
        _cue_of_long(table, line, low, signs.get(i)) if low else None
        for i, (line, low) in enumerate(zip(lines, lows, strict=True))
    ]


def _low(text: str) -> str:
    return (text if text.isascii() else text.replace("’", "'").replace("‘", "'")).casefold()


def _cue_of_long(table: _Table, line: Line, low: str, signs: set[str] | None) -> Cue | None:
    text, words = line.text, line.words
    if words <= BEGINS_WORDS:
        if found := table.beginning(low):
            return found
        if _is_credited(text, low):
            return table.photo
    elif words <= PROSE // 2 and _is_credited(text, low):
        return table.photo
    if signs and words >= CARRIES_WORDS:
        for has, find, cue in table.carries:
            if not signs.isdisjoint(has) and find.search(low):
                return cue
    if SHOUTED <= words <= BEGINS_WORDS and not line.ended and _is_shouted(text):
        return table.headline
    return table.button if words <= BEGINS_WORDS and menu_labels(text) else None


def _is_shouted(text: str) -> bool:
    """Tell whether a line is in capitals, but for a few letters: "SONGS AT THE AMAs"."""
    if not text[:SHOUT].isupper():
        return False
    return sum(map(str.islower, text)) * 20 <= sum(map(str.isupper, text))


def _is_credited(text: str, low: str) -> bool:
    """Tell whether a line ends with a credit; `low` is its beginning in lower case."""
    low = low[-CREDIT:] if len(low) == len(text) <= LOOK else text[-CREDIT:].lower()
    # What a credit cannot be without is looked for first; to search for the credit itself takes fifty times as long.
    if low.endswith(IN_BRACKETS):
        may_be = any(sign in low for sign in CREDITED_IN_BRACKETS)
    elif ":" in low:
        may_be = "photo" in low or "image" in low or "credit" in low
    else:
        may_be = "credit" in low
    may_be = may_be or "©" in low or low.endswith(GETTY) or ("/" in low and low.endswith(CREDITED_ENDS))
    return may_be and CREDIT_TAIL.search(low) is not None


@cache
def _table() -> _Table:
    file = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text("utf-8"))
    data: list[dict[str, Any]] = file["cue"]
    cues = tuple(Cue(one["why"], **{name: one.get(name, False) for name in FLAGS}) for one in data)
    whole = {phrase: cue for cue, one in zip(cues, data, strict=True) for phrase in one.get("whole", ())}
    by_why = {cue.why: cue for cue in cues}
    carries = tuple(
        (tuple(rule["has"]), re.compile(rule["find"]), cue)
        for cue, one in zip(cues, data, strict=True)
        for rule in one.get("carries", ())
    )
    return _Table(
        whole,
        _begins(data),
        tuple(
            (rule["has"], re.compile(rule["find"]), number)
            for number, one in enumerate(data)
            for rule in one.get("begins", ())
            if isinstance(rule, dict)
        ),
        carries,
        tuple(dict.fromkeys(sign for has, _, _ in carries for sign in has)),
        cues,
        by_why["photo caption or credit"],
        by_why["menu or button"],
        by_why["related headline"],
    )


def _begins(data: list[dict[str, Any]]) -> dict[str, str]:
    """The expressions for a line's beginning, by its first letter: of three hundred few begin with that one."""
    by_letter: dict[str, dict[int, list[str]]] = {}
    for number, one in enumerate(data):
        rules = [rule for rule in one.get("begins", ()) if isinstance(rule, str)]
        for rule in chain.from_iterable(map(_unfolded, rules)):
            letter = rule[0] if rule[0].isalpha() else ""
            by_letter.setdefault(letter, {}).setdefault(number, []).append(rule)
    return {
        letter: "|".join(f"(?P<c{number}>{'|'.join(rules)})" for number, rules in groups.items())
        for letter, groups in by_letter.items()
    }


def _unfolded(rule: str) -> list[str]:
    """An expression that begins with a choice, as one expression for each: "(?:a|b)c" is "ac" and "bc"."""
    choice = CHOICE.match(rule)
    if not choice:
        return [rule]
    rest = rule[choice.end() :]
    begun = [first + rest for first in choice[1].split("|")] + ([rest] if choice[2] else [])
    return [one for rule in begun for one in _unfolded(rule)]


@cache
def _begins_with(letter: str) -> re.Pattern[str] | None:
    expression = _table().begins.get(letter)
    return re.compile(expression) if expression else None
