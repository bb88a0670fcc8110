"""Candidates for names: runs of capitalised words with the small words between them, from a text of any script.

Cheap and generous: what is a name, and of what, the judge decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from archivegen.detect.words_en import COMPANY_ENDS, ORGANISATION_WORDS, PERSON_TITLES, PLAIN_STARTS, TITLES
from archivegen.detect.world import load_world
from archivegen.letters import beyond_ascii

__all__ = ["Run", "Word", "capitals_of", "find_runs", "is_capital", "trimmed"]

# Titles and parts of names that end in a full stop of their own.
DOTTED = (
    "Mr|Mrs|Ms|Messrs|Dr|St|Gen|Sen|Rep|Lt|Col|Sgt|Capt|Prof|Rev|Gov|Jr|Sr|Maj|Adm|Mt|Ft|Cmdr|Brig|Hon|Pres|Pte|Supt"
    "|Inc|Corp|Co|Ltd|Bros"
)
# Small words inside names: "Bank of England", "Osama bin Laden", "Ludwig van Beethoven".
JOINERS = (
    "of", "of the", "for", "for the", "and", "and the", "&", "de", "del", "de la", "de los", "da", "das", "do", "dos",
    "di", "du", "des", "la", "le", "van", "van der", "van den", "von", "von der", "zu", "bin", "bint", "ibn", "ben",
    "al", "el", "ul", "y", "e", "i", "in", "on", "the", "-e", "ter", "ten", "della", "dei", "af", "av",
)  # fmt: skip
# The second half of a Korean or Chinese given name: "Jae-in", "Teng-hui"; but "state-run", "all-in".
SYLLABLE = (
    r"(?!(?:run|on|in|up|man|men|long|go|so|no|me|all|sun|win|own|him|an|am|do|to|fun|gun|hung|sang|wing|king|kin|ring|"
    r"song|gang|link|bank|look|week|can|van|pan|ran|fan|ban|won|son|ton|ten|pen|ion|mail|goal|deal|foil|oil|hold|high)\b)"
    r"(?:ch|sh|zh|hs|ts|tz|ky|hy|my|ry|gy|[bcdfghjklmnpqrstwxyz])?(?:[aeo]|[iuy]?[aeiou]|yeo|oo|ae|eu|eo|ee|ai|ei|ao|ou|iao|uai)"
    r"(?:ng|[nklmh])?"
)
POSSESSIVES = ("'s", "’s", "'", "’")
# A line at least this long may have been broken by a program in the middle of a name.
WRAPPED = 45
# A shorter line without a full stop is an entry of a list.
ITEM = 60
MOST_WORDS = 7
LONGEST_GAP = 12
# A longer run is cut: nobody has so long a name.
LONGEST_RUN = 40
LEADS = " \t\"'“”‘’«(*•–—-["
SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "”", '"', "’")


class Word(NamedTuple):  # a tuple: many are made, three times as fast
    """A word of a run. A joiner is a small word or possessive between two capitalised ones."""

    text: str
    start: int
    end: int
    joiner: bool = False


class Run(NamedTuple):  # a tuple: many are made, three times as fast
    """Neighbouring capitalised words; `initial` where a sentence begins with it, `item` where a list's entry does.

    `plain`: no word of it is a title or begins a place of several words, as in most.
    """

    words: tuple[Word, ...]
    initial: bool
    item: bool = False
    plain: bool = False


ASCII_CAPITALS = "A-Z"


def capitals_of(text: str) -> str:
    """The inside of a regular expression's [...] for the capitals that a text may have: the fewest, the fastest."""
    capitals = [char for char in beyond_ascii(text) if is_capital(char)]
    return _capitals(0x1E944 if max(capitals) > "\uffff" else 0x10000) if capitals else ASCII_CAPITALS


def is_capital(char: str) -> bool:
    return char.isupper() or char.istitle()


@cache
def _capitals(end: int) -> str:
    """All capital letters before a code point, of every script that has them."""
    points = [i for i in range(65, end) if is_capital(chr(i))]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


# Small letters that a name may begin with: "iPod", "d'Estaing", "al-Assad", "ash-Shabab"; by their length.
ARTICLE = "(?:a[lnrsdtz]|el|ul|[dlo]['’])"
SMALL_STARTS = ("[a-z]", f"(?:{ARTICLE})", f"(?:ash|{ARTICLE}[-‐‑])", "ash[-‐‑]")


@cache
def _word_pattern(capitals: str) -> re.Pattern[str]:
    """The pattern begins with the first capital, which is found ten times as fast; the number of the group that
    matched is that of the small letters before it."""
    # A class of many capitals takes milliseconds to compile, so only the first one is made for speed.
    cap = f"[{capitals}]" if capitals == ASCII_CAPITALS else f"[{_capitals(0x1E944)}]"
    # Marks of decomposed letters ("São" as a + tilde) are no \w.
    rest = "[\\w\u0300-\u036f]"
    tail = (
        rf"(?:['’](?=[^\W\d_])(?!(?:s|t|d|m|re|ll|ve|S)\b){rest}+"  # O'Neill, Shi'ite
        rf"|[-‐‑](?:{cap}{rest}*|\d+{rest}*|(?:al|ul|el|ur|ud|us|in|e|i|le|la|de|du|sur|en|on|o|upon|y|bin)(?![\w])"
        rf"|{SYLLABLE}\b)"
        rf"(?:[-‐‑]{cap}{rest}*)?"
        rf"|&{cap}{rest}*|\.(?:com|org|net)\b)"
    )
    alone = r"(?<!\w{0})(?<![\w@/][.@/]{0})"
    small = "|".join(f"(?<={start}.){alone.format(start + '.')}" + "()" for start in SMALL_STARTS)
    dotted = "|".join(f"(?<={title[0]}){title[1:]}" for title in DOTTED.split("|"))
    return re.compile(
        rf"[{capitals}](?:"
        rf"(?<=[a-z'’‐‑-].)(?:{small}){rest}*{tail}*"
        rf"|{alone.format('.')}(?:"
        rf"\.(?:{cap}\.)+(?:{cap}(?![\w]))?"  # U.S., J.K.
        rf"|(?:{dotted})\.(?=\s|$)"
        rf"|\.(?=[ \n]{{0,2}}{cap})"  # J. Smith, J.Smith
        rf"|{rest}*{tail}*"
        r"))"
    )


@cache
def _gaps() -> dict[str, tuple[str, ...]]:
    """What may stand between two words of a run, to its joiners."""
    gaps: dict[str, tuple[str, ...]] = {" ": (), "": ()}
    gaps |= {f" {joiner} ": (joiner,) for joiner in JOINERS}
    gaps |= {f"{mark} ": (mark,) for mark in POSSESSIVES}
    return gaps


@cache
def _marked() -> frozenset[str]:
    """Words for which a run may have to be cut or put together."""
    return frozenset((*load_world().starts, *TITLES))


SPACES = re.compile(r"\s+")


def find_runs(text: str) -> Iterator[Run]:
    """Yield every run of capitalised words, in text order; single words that only begin a sentence are left out."""
    gaps, marked = _gaps(), _marked()
    run: list[Word] = []
    initial = item = plain = False
    last_end = -1
    scanned = 0
    for match in _word_pattern(capitals_of(text)).finditer(text):
        start, end = match.span()
        if match.lastindex and start - match.lastindex >= scanned:
            start -= match.lastindex
        scanned = end
        word = text[start:end]
        if run:
            joiners = None
            if start - last_end <= LONGEST_GAP:
                gap = text[last_end:start]
                joiners = gaps.get(gap)
                if joiners is None:
                    joiners = _odd_gap(text, gap, last_end) if "\n" in gap else _wide_gap(gap)
            is_closed = joiners == () and run[-1].text in COMPANY_ENDS and word not in COMPANY_ENDS
            if joiners is None or is_closed or len(run) >= LONGEST_RUN:
                yield from _finished(run, initial, item, plain)
                run = []
            elif joiners:
                at = last_end + len(gap) - len(gap.lstrip())
                run.append(Word(joiners[0].replace("’", "'"), at, at + len(gap.strip()), True))
        if not run:
            plain = True
            # Most stand after a word and a space.
            initial = not (text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum()) and _begins(
                text, start
            )
            item = initial and _is_item(text, start)
            if (initial and word in PLAIN_STARTS) or word == "I":
                continue
        elif word == "I" and initial and len(run) == 1:  # "Sometimes I"; but "Elizabeth I"
            run = []
            continue
        run.append(Word(word, start, end))
        plain = plain and word not in marked and "-" not in word
        last_end = end
    if run:
        yield from _finished(run, initial, item, plain)


def _odd_gap(text: str, gap: str, at: int) -> tuple[str, ...] | None:
    """Judge a gap with a line's end in it. Lines are only joined where the first is full."""
    if "\n\n" in gap or text.find("\n", max(0, at - WRAPPED), at) >= 0:
        return None
    return _wide_gap(gap)


@lru_cache(maxsize=1 << 12)
def _wide_gap(gap: str) -> tuple[str, ...] | None:
    """Judge a gap with other spaces than the usual."""
    plain = SPACES.sub(" ", gap)
    return _gaps().get(plain) if plain != gap else None


def _finished(words: list[Word], initial: bool, item: bool, plain: bool) -> Iterable[Run]:
    if plain:
        return (Run(tuple(words), initial, item, True),)
    if len(words) == 1 and words[0].text not in PERSON_TITLES:
        return (Run((words[0],), initial, item),)
    run = Run(tuple(words) if len(words) == 1 else _whole_places(words), initial, item)
    for word in run.words:
        if word.text in PERSON_TITLES:
            return _without_titles(run)
    return (run,)


def _without_titles(run: Run) -> Iterator[Run]:
    """Cut a run at its titles: "US Secretary of State Mike Pompeo" is "US" and "Mike Pompeo"."""
    words = run.words
    first = at = 0
    while at < len(words):
        end = _title_end(words, at)
        if end == at:
            at += 1
            continue
        if at > first:
            yield from trimmed(words[first:at], run, begins=first == 0)
        first = at = end
    if first < len(words):
        yield from trimmed(words[first:], run, begins=first == 0)


def _title_end(words: Sequence[Word], at: int) -> int:
    """Where a title that begins here ends; here itself if there is none, or if it names an office or a house."""
    end, is_personal = at, False
    while end < len(words):
        if words[end].text in TITLES:
            is_personal = is_personal or words[end].text in PERSON_TITLES
            end += 1
        elif words[end].text in ("of", "for", "and") and end > at and words[end + 1].text in TITLES:
            end += 1
        else:
            break
    is_office = end < len(words) and (words[end].joiner or words[end].text in ORGANISATION_WORDS)
    return end if is_personal and not is_office else at


def trimmed(words: Sequence[Word], run: Run, *, begins: bool) -> Iterator[Run]:
    """Yield the words without joiners at either end, as a run of their own; `begins` tells that they begin `run`."""
    first, last = 0, len(words)
    while first < last and words[first].joiner:
        first += 1
    while last > first and words[last - 1].joiner:
        last -= 1
    if first < last:
        yield Run(tuple(words[first:last]), run.initial and begins, run.item and begins)


def _whole_places(run: list[Word]) -> tuple[Word, ...]:
    """Make one word of those that only together name a country, a nationality or a city: "Sri Lanka"."""
    starts = load_world().starts
    if not any(word.text in starts for word in run):
        return tuple(run)
    out: list[Word] = []
    at = 0
    while at < len(run):
        word = run[at]
        if word.text in starts:
            for last in range(min(len(run), at + MOST_WORDS), at + 1, -1):
                form = " ".join(w.text for w in run[at:last])
                if form in starts[word.text]:
                    word = Word(form, word.start, run[last - 1].end)
                    at = last - 1
                    break
        out.append(word)
        at += 1
    return tuple(out)


def _begins(text: str, start: int) -> bool:
    """Tell whether a sentence or line begins here."""
    at = start - 1
    while at >= 0 and text[at] in LEADS:
        at -= 1
    if at < 0 or text[at] == "\n":
        return True
    return text[at] in ".!?:…;"


def _is_item(text: str, at: int) -> bool:
    """Tell whether a line that begins here is an entry of a list or table, and no sentence."""
    first = text.rfind("\n", max(0, at - ITEM), at) + 1
    if text[first:at].strip(LEADS) or (first == 0 and at >= ITEM):
        return False
    last = text.find("\n", at, at + ITEM + 1)
    line = text[first : last if last >= 0 else at + ITEM].rstrip()
    return len(line) < ITEM and line[-1:] not in SENTENCE_ENDS
