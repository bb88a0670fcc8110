"""Where sentences begin and end in a clean body: offsets, trimmed of white space, in text order.

A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or a list's mark.
"""

from __future__ import annotations

import re
from typing import Literal

from archivegen.detect.wordlist import word_set

__all__ = ["split_sentences"]


# Always followed by what they belong to, so their stop never ends a sentence.
LEADING = word_set(
    "adm amb approx asst atty bgen brig capt cf cmdr col comdr cpl det dr e.g eg fig fr gen gens gov govs hon "
    "i.e ie insp lt ltc maj messrs mme mlle mr mrs ms mt mx no nos op pp pres prof pvt rep reps rev sec sen "
    "sens sgt sp spc ssgt supt v viz vol vs"
)
# Followed by a number or a name as a rule: the stop ends a sentence only before a word that begins sentences.
TRAILING = word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc corp co "
    "cos ltd bros plc llc jr sr dept univ assn est etc al st ave blvd rd sq ft gmbh s.p.a ala ariz ark calif "
    "colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex "
    "va vt wash wis wyo ont que alta ph.d ed m.d b.a m.a a.m p.m a.d b.c"
)
# Shortened in lower case too; the others only with a capital ("no.", "ill.", "sat." are words that end sentences).
LOWER = word_set("a.m al approx asst cf co corp dept e.g eg etc ft i.e ie inc nos p.m pp sq viz v vol vs")
SHORTENED = LEADING | TRAILING | LOWER
# Words that begin a sentence far more often than they follow an abbreviation with a capital.
STARTERS = word_set(
    "a after all although among an and another as at because before both but by despite during each even for "
    "from he her here his how however if i in instead it its last later many meanwhile more most mr mrs ms my "
    "new no nor not now of on one only or our over she since so some still such that the their then there "
    "these they this those though to two under until we what when where which while who why with would yet you "
    "your"
)

END = ".!?…"
END_UNSPACED = "。！？｡؟।۔።"
OPENERS = ('"', "“", "‘", "«", "`")
CLOSERS = "\"'”’»›)\\]」』"
# Every quantifier is possessive and a run of stops is entered at its first only, so that time is linear.
BREAK = re.compile(
    rf"[{END}{END_UNSPACED}\n](?:"
    rf"(?<=\n)[^\S\n]*+\n\s*+"
    rf"|(?<=[{END}])(?<![{END}][{END}])[{END}]*+(?P<close>[{CLOSERS}]*+)(?=\s|\Z)(?:(?=\s++(?P<next>[\"“‘]?[A-Z])))?"
    rf"|(?<=[{END_UNSPACED}])[{END_UNSPACED}]*+[{CLOSERS}]*+)"
)
NEXT_WORD = re.compile(r"\s*+(?P<open>[\"'“‘«‹(\[「『`_–—•*-]*+)\s?(?P<word>[^\W_]*+)")
SPACED_QUOTE = re.compile(r'[^\S\n]"(?=\s|\Z)')
NO_SPACE = re.compile(r"\S")
LAST_WORD_REACH = 24  # longer than any abbreviation


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence, without the white space around it; a blank line always ends one."""
    out: list[tuple[int, int]] = []
    start = _past_space(text, 0)
    for match in BREAK.finditer(text):
        stop = match.start()
        if stop < start:
            continue
        following = match.start("next")
        if following > 0 and _ends_plainly(text, start, match):
            out.append((start, match.end()))
            start = following
        elif text[stop] == "\n":
            _append_stripped(out, text, start, stop)
            start = match.end()
        elif _ends(text, start, match):
            end = _with_spaced_quote(text, start, match.end())
            out.append((start, end))
            start = _past_space(text, end)
    _append_stripped(out, text, start, len(text))
    return tuple(out)


def _past_space(text: str, start: int) -> int:
    found = NO_SPACE.search(text, start)
    return found.start() if found else len(text)


def _append_stripped(out: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    end = start + len(text[start:end].rstrip())
    if end > start:
        out.append((start, end))


def _ends_plainly(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether one stop after an ordinary word, and a capital after it, leave no doubt: so most sentences end."""
    stop = match.start()
    if match.start("close") != stop + 1:
        return False
    if text[stop] == ".":
        word = text[max(start, text.rfind(" ", start, stop) + 1) : stop]
        return len(word) > 2 and word.isalnum() and word.lower() not in SHORTENED
    return text[stop] != "…"


def _with_spaced_quote(text: str, start: int, end: int) -> int:
    """Take in a closing quotation mark that stands apart: `"He left. "` is one sentence."""
    spaced = SPACED_QUOTE.match(text, end)
    return spaced.end() if spaced and text.count('"', start, end) % 2 else end


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop found by `match` ends the sentence that began at `start`."""
    first = text[match.start()]
    if first in END_UNSPACED:
        return True
    after = NEXT_WORD.match(text, match.end())
    word = after["word"] if after else ""
    if word[:1].islower():
        return False
    if first in "!?" or match["close"] is None:
        return True
    stops = text[match.start() : match.end()]
    starter = word.lower() in STARTERS or bool(after and after["open"].startswith(OPENERS))
    if stops.startswith(("...", "…")) and not stops.startswith("...."):
        return starter or not text[match.start() - 1 : match.start()].isspace()
    kind = _abbreviation(text, start, match.start())
    if kind == "leading":
        return not word
    return starter or not word or kind == ""


def _abbreviation(text: str, start: int, stop: int) -> Literal["", "leading", "trailing"]:
    """Say how the word before the full stop at `stop` is shortened: as a title, as another word, or not."""
    head = text[max(start, stop - LAST_WORD_REACH) : stop]
    parts = head.split()
    if not parts or head[-1:].isspace():
        return ""
    last = parts[-1].lstrip("\"'“‘«([`-–—")
    lower = last.lower()
    if last.isdigit():  # a list's mark: "1. First", alone at the sentence's start
        return "leading" if len(last) < 3 and not text[start : stop - len(last)].strip() else ""
    if last == lower and lower not in LOWER and "." not in lower:
        return ""
    if lower in LEADING:
        return "leading"
    if len(last) == 1 and last.isalpha():
        return "leading" if last != "I" else ""
    dotted = "." in last and all(len(piece) <= 2 and piece.isalpha() for piece in last.split("."))
    return "trailing" if dotted or lower in TRAILING else ""
