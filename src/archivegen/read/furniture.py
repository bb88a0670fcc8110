"""Which lines of a page are furniture, told by the words they open with or carry; the words are in furniture.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from archivegen.read.lines import Line
from archivegen.read.outlet import menu_labels

__all__ = ["Cue", "cue_of", "cues_of"]

WHOLE_WORDS, BEGINS_WORDS, CARRIES_WORDS = 7, 40, 8  # see furniture.toml
LOOK = 400  # characters of a line that are looked at
PROSE = 120  # words: a line this long is never furniture
CREDITED = r"getty(?: images)?|reuters|ap(?: photo)?|afp|epa(?:-efe)?|shutterstock|tass|sputnik|xinhua|istock|alamy"
CREDIT_TAIL = re.compile(
    r"(?:[\[(](?:photo|image|picture|credit|file|getty|reuters|ap|afp|epa)\b[^)\]]{0,80}[)\]]"
    rf"|[\[(][^()\[\]]{{0,60}}\b(?:{CREDITED}|file(?: photo)?)[\])]"
    r"|(?:©|credit\s?[:.]|photo\s?:|photograph\s?:|image\s?:) ?[^.]{2,80}"
    rf"|(?:^|[\w.] ?)/ ?(?:{CREDITED})"
    r"|\w(?: photo)? (?:via )?getty images)\.?$",
    re.IGNORECASE,
)
# One of them is in every credit; to look for them costs a twentieth of the search.
CREDIT_SIGNS = (
    "photo", "image", "picture", "credit", "file", "getty", "reuters", "afp", "epa", "ap)", "ap]", "/ap", "/ ap",
    "(ap", "[ap", "shutterstock", "tass", "sputnik", "xinhua", "istock", "alamy", "©",
)  # fmt: skip
# How a credit ends, unless one of the words is in it that a name follows.
CREDIT_ENDS = tuple(
    word + stop
    for word in (
        ")", "]", "getty", "images", "reuters", "ap", "photo", "afp", "epa", "efe", "shutterstock", "tass", "sputnik",
        "xinhua", "istock", "alamy",
    )
    for stop in ("", ".")
)  # fmt: skip
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
    whole: dict[str, Cue]
    begins: re.Pattern[str]
    carries: tuple[tuple[tuple[str, ...], re.Pattern[str], Cue], ...]
    signs: tuple[str, ...]
    cues: tuple[Cue, ...]
    photo: Cue
    button: Cue
    headline: Cue

    def cue(self, match: re.Match[str]) -> Cue:
        """The cue whose pattern matched: the group is named by its number."""
        return self.cues[int((match.lastgroup or "c0")[1:])]


def cue_of(line: Line) -> Cue | None:
    """Return why this line is furniture, or None where nothing in it says so."""
    return cues_of((line,))[0]


def cues_of(lines: Sequence[Line]) -> list[Cue | None]:
    """Return for each line of a page why it is furniture, or None."""
    table = _table()
    long = [line for line in lines if WHOLE_WORDS < line.words <= PROSE]
    page = _low("\n".join([line.text[:LOOK] for line in long]))
    # Few of the signs stand on any page, so each line is searched for those alone.
    signs = [sign for sign in table.signs if sign in page]
    found = iter([_cue_of_long(table, line, low, signs) for line, low in zip(long, page.split("\n"), strict=False)])
    return [
        _cue_of_short(line.text, line.words)
        if line.words <= WHOLE_WORDS
        else next(found)
        if line.words <= PROSE
        else None
        for line in lines
    ]


def _low(text: str) -> str:
    return text.casefold().replace("’", "'").replace("‘", "'")


@lru_cache(maxsize=16384)
def _cue_of_short(text: str, words: int) -> Cue | None:
    """Menus say the same on every page of a site, so the answers are kept."""
    table = _table()
    low = _low(text[:LOOK])
    plain = low.strip(TRIM)
    if found := table.whole.get(plain) or table.whole.get(plain.strip(COUNTS)):
        return found
    if not plain or (len(plain) <= 2 and plain.isdigit()) or menu_labels(text):
        return table.button
    return _beginning(table, low, text)


def _cue_of_long(table: _Table, line: Line, low: str, signs: Sequence[str]) -> Cue | None:
    text, words = line.text, line.words
    if words <= BEGINS_WORDS and (found := _beginning(table, low, text)):
        return found
    if BEGINS_WORDS < words <= PROSE // 2 and _is_credited(text):
        return table.photo
    if words >= CARRIES_WORDS and (found := _carried(table, low, signs)):
        return found
    if SHOUTED <= words <= BEGINS_WORDS and not line.ended and _is_shouted(text):
        return table.headline
    return table.button if words <= BEGINS_WORDS and menu_labels(text) else None


def _beginning(table: _Table, low: str, text: str) -> Cue | None:
    if match := table.begins.match(low.lstrip(MARKS)):
        return table.cue(match)
    return table.photo if _is_credited(text) else None


def _carried(table: _Table, low: str, signs: Sequence[str]) -> Cue | None:
    for sign in signs:
        if sign in low:
            break
    else:
        return None
    here = {sign for sign in signs if sign in low}
    return next((cue for has, find, cue in table.carries if not here.isdisjoint(has) and find.search(low)), None)


def _is_shouted(text: str) -> bool:
    """Tell whether a line is in capitals, but for a few letters: "SONGS AT THE AMAs"."""
    if not text[:SHOUT].isupper():
        return False
    return sum(map(str.islower, text)) * 20 <= sum(map(str.isupper, text))


def _is_credited(text: str) -> bool:
    tail = text[-120:]
    low = tail.lower()
    if not low.endswith(CREDIT_ENDS) and not ("photo" in low or "image" in low or "credit" in low or "©" in low):
        return False
    for sign in CREDIT_SIGNS:
        if sign in low:
            return CREDIT_TAIL.search(tail) is not None
    return False


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
        carries,
        tuple(dict.fromkeys(sign for has, _, _ in carries for sign in has)),
        cues,
        by_why["photo caption or credit"],
        by_why["menu or button"],
        by_why["related headline"],
    )


def _begins(data: list[dict[str, Any]]) -> re.Pattern[str]:
    """One expression for all cues; the group that matched is the cue's number."""
    groups = (f"(?P<c{i}>{'|'.join(one['begins'])})" for i, one in enumerate(data) if "begins" in one)
    return re.compile("|".join(groups))
