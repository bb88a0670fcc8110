"""Candidates for names: runs of capitalised words with the small words between them, from a text of any script.

Cheap and generous: what is a name, and of what, the judge decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from archivegen.detect.words_en import COMPANY_ENDS, ORGANISATION_WORDS, PERSON_TITLES, PLAIN_STARTS, TITLES
from archivegen.detect.world import load_world
from archivegen.letters import beyond_ascii

__all__ = [
    "LONGEST_RUN",
    "Run",
    "Stretch",
    "Word",
    "begins_sentence",
    "capitals_of",
    "find_runs",
    "is_capital",
    "is_item",
    "runs_in",
    "stretches",
    "trimmed",
]

Stretch = tuple[int, int, bool]  # start, end, and whether only usual spaces are within

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
SENTENCE_STOPS = ".!?:…;"
BEFORE_SENTENCES = SENTENCE_STOPS + "\n"
SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "”", '"', "’")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a run. A joiner is a small word or possessive between two capitalised ones."""

    text: str
    start: int
    end: int
    joiner: bool = False


class Run(msgspec.Struct, frozen=True, gc=False):
    """Neighbouring capitalised words; `initial` where a sentence begins with it, `item` where a list's entry does.

    `plain`: no word of it is a title or begins a place of several words, as in most.
    """

    words: tuple[Word, ...]
    initial: bool
    item: bool = False
    plain: bool = False


# The fewest capitals are looked for the fastest: those of ASCII, of Latin letters, of the first plane, or all.
LEVELS = (0x80, 0x250, 0x10000, 0x1E944)


@lru_cache(maxsize=2)  # of a text and its lines that are no headlines
def capitals_of(text: str) -> str:
    """The inside of a regular expression's [...] for the capitals that a text may have."""
    last = max(filter(is_capital, beyond_ascii(text)), default="")
    return _capitals(next(level for level in LEVELS if last < chr(level)))


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


def _pieces(capitals: str) -> tuple[str, str]:
    """Patterns of what follows a word's first capital: after small letters of the word, and where it stands first."""
    cap = f"[{capitals}]"
    # Marks of decomposed letters ("São" as a + tilde) are no \w.
    rest = "[\\w\u0300-\u036f]"
    tail = (
        rf"(?:['’](?=[^\W\d_])(?!(?:s|t|d|m|re|ll|ve|S)\b){rest}+"  # O'Neill, Shi'ite
        rf"|[-‐‑](?:{cap}{rest}*|\d+{rest}*|(?:al|ul|el|ur|ud|us|in|e|i|le|la|de|du|sur|en|on|o|upon|y|bin)(?![\w])"
        rf"|{SYLLABLE}\b)"
        rf"(?:[-‐‑]{cap}{rest}*)?"
        rf"|&{cap}{rest}*|\.(?:com|org|net)\b)"
    )
    letters = rf"{rest}*+(?:(?=['’&.‐‑-])(?>{tail}*)|)"
    dotted = "|".join(f"(?<={title[0]}){title[1:]}" for title in DOTTED.split("|"))
    whole = (
        rf"(?:\.(?:{cap}\.)+(?:{cap}(?![\w]))?"  # U.S., J.K.
        rf"|(?=[a-z]{{1,5}}+\.(?:\s|$))(?:{dotted})\."
        rf"|\.(?=[ \n]{{0,2}}{cap})"  # J. Smith, J.Smith
        rf"|{letters})"
    )
    return letters, whole


@cache
def _word_pattern(capitals: str) -> re.Pattern[str]:
    return re.compile(_first_word(capitals))


def _first_word(capitals: str) -> str:
    """The pattern begins with the first capital, which is found ten times as fast; the number of the group that
    matched is that of the small letters before it."""
    letters, whole = _pieces(capitals)
    alone = r"(?<!\w{0})(?<![\w@/][.@/]{0})"
    small = "|".join(f"(?<={start}.){alone.format(start + '.')}" + "()" for start in SMALL_STARTS)
    return rf"[{capitals}](?:(?<=[a-z'’‐‑-].)(?:{small}){letters}|{alone.format('.')}{whole})"


@cache
def _stretch_pattern(capitals: str) -> re.Pattern[str]:
    """A first word and all that follow it with the usual spaces and small words between."""
    letters, whole = _pieces(capitals)
    joiners = "|".join(sorted(JOINERS, key=lambda joiner: (-len(joiner), joiner)))
    gap = rf"(?:['’]s? | (?:(?:{joiners}) )?)"
    small = "|".join(reversed(SMALL_STARTS))
    more = rf"(?:[{capitals}]{whole}|(?:{small})[{capitals}]{letters})"
    return re.compile(rf"{_first_word(capitals)}(?>(?:{gap}{more})*)")


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


def stretches(text: str) -> list[Stretch]:
    """Find where capitalised words stand together, in text order; each holds one run or more."""
    out: list[Stretch] = []
    last_end = -LONGEST_GAP - 1
    for match in _stretch_pattern(capitals_of(text)).finditer(text):
        start, end = match.span()
        if match.lastindex and start - match.lastindex >= last_end:
            start -= match.lastindex
        if start - last_end <= LONGEST_GAP and _joiners(text, last_end, start) is not None:
            out[-1] = (out[-1][0], end, False)
        else:
            out.append((start, end, True))
        last_end = end
    return out


def find_runs(text: str) -> Iterator[Run]:
    """Yield every run of capitalised words, in text order; single words that only begin a sentence are left out."""
    for stretch in stretches(text):
        yield from runs_in(text, stretch, initial=begins_sentence(text, stretch[0]))


def runs_in(text: str, stretch: Stretch, *, initial: bool) -> Iterator[Run]:
    """Yield the runs of one stretch; `initial` tells that a sentence begins with it."""
    start, _, _ = stretch
    run: list[Word] = []
    item = plain = False
    last_end = start
    for word_start, word_end in _words(text, *stretch):
        word = text[word_start:word_end]
        if run:
            gap = text[last_end:word_start]
            joiners = _joiners(text, last_end, word_start)
            is_closed = joiners == () and run[-1].text in COMPANY_ENDS and word not in COMPANY_ENDS
            if joiners is None or is_closed or len(run) >= LONGEST_RUN:
                yield from _finished(run, initial, item, plain)
                run = []
            elif joiners:
                at = last_end + len(gap) - len(gap.lstrip())
                run.append(Word(joiners[0].replace("’", "'"), at, at + len(gap.strip()), True))
        if not run:
            plain = True
            if word_start > start:
                initial = begins_sentence(text, word_start)
            item = initial and is_item(text, word_start)
            if (initial and word in PLAIN_STARTS) or word == "I":
                continue
        elif word == "I" and initial and len(run) == 1:  # "Sometimes I"; but "Elizabeth I"
            run = []
            continue
        run.append(Word(word, word_start, word_end))
        plain = plain and word not in _marked() and "-" not in word
        last_end = word_end
    if run:
        yield from _finished(run, initial, item, plain)


def _words(text: str, start: int, end: int, is_usual: bool) -> Iterator[tuple[int, int]]:
    """Yield where each capitalised word of a stretch stands."""
    stretch = text[start:end]
    if is_usual and " " not in stretch:
        yield start, end
        return
    scanned = start
    for match in _word_pattern(capitals_of(text)).finditer(text, start):
        first, last = match.span()
        if first >= end:
            return
        if match.lastindex and first - match.lastindex >= scanned:
            first -= match.lastindex
        yield first, last
        scanned = last


def _joiners(text: str, at: int, to: int) -> tuple[str, ...] | None:
    """The joiners in the gap between two words of a run; None where no run goes on. Lines are only joined where the
    first is full."""
    if to - at > LONGEST_GAP:
        return None
    gap = text[at:to]
    joiners = _joiners_in(gap)
    if joiners is not None and "\n" in gap and ("\n\n" in gap or text.find("\n", max(0, at - WRAPPED), at) >= 0):
        return None
    return joiners


@lru_cache(maxsize=1 << 12)
def _joiners_in(gap: str) -> tuple[str, ...] | None:
    """The joiners in a gap, whatever its spaces."""
    joiners = _gaps().get(gap)
    return _gaps().get(SPACES.sub(" ", gap)) if joiners is None else joiners


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


def begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence or line begins here."""
    at = start - 1
    if at > 0 and text[at] == " " and text[at - 1].isalnum():  # as before most
        return False
    while at >= 0 and text[at] in LEADS:
        at -= 1
    return at < 0 or text[at] in BEFORE_SENTENCES


def is_item(text: str, at: int) -> bool:
    """Tell whether a line that begins here is an entry of a list or table, and no sentence."""
    if at > 1 and text[at - 1] == " " and text[at - 2] in SENTENCE_STOPS:  # as before most
        return False
    first = text.rfind("\n", max(0, at - ITEM), at) + 1
    if text[first:at].strip(LEADS) or (first == 0 and at >= ITEM):
        return False
    last = text.find("\n", at, at + ITEM + 1)
    line = text[first : last if last >= 0 else at + ITEM].rstrip()
    return len(line) < ITEM and line[-1:] not in SENTENCE_ENDS
