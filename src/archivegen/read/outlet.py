"""Which outlet a page is of, by its masthead, date or copyright line; and which lines are but menus."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from archivegen.model import Known
from archivegen.read.calendar_words import finder
from archivegen.read.dateline import AGENCIES
from archivegen.read.lines import Line, key, signs_in

__all__ = ["in_menu", "is_outlet", "is_section", "masthead", "menu_labels"]


def _words() -> dict[str, frozenset[str]]:
    file = tomllib.loads(Path(__file__).with_name("mastheads.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in file.items()}


WORDS = _words()
SECTIONS, SMALL, NAMED, MAYBE = WORDS["sections"], WORDS["small"], WORDS["named"], WORDS["maybe"]
NOT_FIRST, COMPANY = WORDS["not_first"], WORDS["company"]
CLOCK = re.compile(r"\d[:.]\d\d")
SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[/>›»]\s+")
MARKS = "|•·/>›»"
HAS_NUMBER = re.compile(r"\d{2}")
MENU_PARTS, MENU_WORDS = 3, 3  # the least labels of a menu line, and the most words of a label
MENU_LENGTH = 200
OUTLET_WORDS, MAYBE_WORDS = 6, 3
THE = "the "
TRIM = " \t|•·/,;:–—-"
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s:©,–-]*(?:\(c\)\s*)?(?:copyright\s*)?(?:\d{4}(?:\s*[-–/,]\s*\d{2,4})?)?[\s:,–-]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.,;:|©()\d\n–]{1,60})",
    re.IGNORECASE,
)
COPYRIGHT_SIGNS = ("©", "opyright", "(c)")  # one of them is in every match
RIGHTS = re.compile(r"[\s-]*\b(?:all rights|and/or|inc|ltd|llc|limited|gmbh|corporation|or its)\b.*$", re.IGNORECASE)
NOT_OWNER = re.compile(
    r"^(?:(?:all|this|the author|material|photo|image|policy|notice|terms|law)\b|.*\bimages$)", re.IGNORECASE
)
PLEA = re.compile(
    r"^(?:please )?(?:support|welcome to|subscribe to|about|read more (?:on|in|from)) (?P<name>[A-Z].{2,50}?)[!.]?$",
    re.IGNORECASE,
)
TOP, ABOVE, BELOW, FOOTER = (
    5,
    6,
    8,
    80,
)  # lines of the page's top, above the headline, between it and the article, after it


def menu_labels(text: str) -> tuple[str, ...]:
    """The labels of a menu written in one line ("Home | World | Sport"), or none."""
    if len(text) > MENU_LENGTH:
        return ()
    for mark in MARKS:
        if mark in text:
            break
    else:
        return ()
    if HAS_NUMBER.search(text):
        return ()
    parts = tuple(part for part in SEPARATOR.split(text) if part)
    if len(parts) < MENU_PARTS or any(len(part.split()) > MENU_WORDS for part in parts):
        return ()
    return parts if any(is_section(part) for part in parts) else ()


@lru_cache(maxsize=4096)
def is_section(name: str) -> bool:
    """Tell whether a name is made of section names only: "World", "Arts and Life", "Latest News"."""
    words = [word for word in key(name).split() if word not in SMALL]
    return bool(words) and all(word in SECTIONS or word == "news" for word in words)


@lru_cache(maxsize=4096)
def is_outlet(name: str, *, expected: bool = False) -> bool:
    """Tell whether a short line reads as an outlet's name; `expected` where one would stand."""
    words = name.split()
    if not 2 <= len(words) <= OUTLET_WORDS or name[-1] in ".?!:;," or is_section(name):
        return False
    plain = [word.casefold().strip("'’,") for word in words]
    if not all(word[0].isupper() or word[0].isdigit() or low in SMALL for word, low in zip(words, plain, strict=True)):
        return False
    if plain[0] in NOT_FIRST or "," in name or not COMPANY.isdisjoint(plain) or CLOCK.search(name):
        return False
    if plain[-1] in SECTIONS and plain[-1] not in NAMED | MAYBE:
        return False
    kinds = NAMED | MAYBE if expected else NAMED
    if len(plain) > MAYBE_WORDS and plain[0] != "the":  # a photographer and a paper: "Ann Example Riverton Today"
        kinds = NAMED
    named = any(word in kinds for word in (*plain[:2], plain[-1]))
    return named and any(word not in SMALL and word not in SECTIONS and word not in NAMED | MAYBE for word in plain)


def in_menu(name: str, lines: Sequence[Line], first: int) -> bool:
    """Tell whether a name is a label of the page's own menu (but its first, which is the site), and is no outlet's."""
    if is_outlet(name, expected=True):
        return False
    wanted = key(name)
    labels = (label for line in lines[: min(first, TOP * 2)] for label in menu_labels(line.text)[1:])
    return any(key(label) == wanted for label in labels)


def masthead(lines: Sequence[Line], headline: int, first: int, last: int, language: str) -> Known[str] | None:
    """Find the outlet's name on a line of its own, beside the date, in the copyright line, or before the menu.

    `headline`, `first` and `last` (exclusive) are the positions of the headline and of the article's lines.
    """
    owner = _owner(lines, first, last)
    found = _bare(lines, headline, first, owner, language)
    if found:
        return found
    for line in lines[: min(first, TOP)]:
        labels = menu_labels(line.text)
        if labels and not is_section(labels[0]) and (is_outlet(labels[0], expected=True) or _same(labels[0], owner)):
            return Known(labels[0], "stated", line.text, line.number)
    if owner and (is_outlet(owner.value, expected=True) or _stands_alone(owner, lines)):
        return owner
    for line in (*lines[: min(first, 3)], *lines[last : last + 3]):
        if line.words <= OUTLET_WORDS + 1 and (match := PLEA.match(line.text)):
            name = match["name"].strip(TRIM)
            if is_outlet(name, expected=True):
                return Known(name[:1].upper() + name[1:], "inferred", line.text, line.number)
    return None


def _bare(
    lines: Sequence[Line], headline: int, first: int, owner: Known[str] | None, language: str
) -> Known[str] | None:
    """A line that is an outlet's name alone, or with a date: near the headline, or at the top of the page."""
    below = range(headline + 1, min(first, headline + BELOW))
    above = range(headline - 1, max(-1, headline - ABOVE), -1)
    for i in (*below, *above, *range(min(TOP, headline))):
        line = lines[i]
        if line.words > OUTLET_WORDS * 2:
            continue
        expected = i >= headline - 1 or i == 0
        for name in _without_date(line.text, language):
            if is_outlet(name, expected=expected) or _same(name, owner):
                return Known(name, "stated", line.text, line.number)
    return None


def _without_date(text: str, language: str) -> Iterator[str]:
    """The line itself, or what stands before or after a date in it."""
    dates = finder(language)(text)
    if not dates:
        yield text.strip(TRIM)
        return
    date = dates[0]
    for part in (text[: date.start], text[date.end :]):
        name = part.strip(TRIM)
        if name:
            yield name


def _stands_alone(owner: Known[str], lines: Sequence[Line]) -> bool:
    least, most = len(owner.value) - len(THE), len(owner.value) + len(THE)
    near = [line.text for line in lines if least <= len(line.text) <= most and line.words <= OUTLET_WORDS]
    return any(_same(text, owner) for text in near)


def _same(name: str, owner: Known[str] | None) -> bool:
    if owner is None or abs(len(name) - len(owner.value)) > len(THE):
        return False
    return key(name).removeprefix(THE) == key(owner.value).removeprefix(THE)


def _owner(lines: Sequence[Line], first: int, last: int) -> Known[str] | None:
    """Who holds the copyright of the page, told by its footer (or by its top)."""
    end = max(len(lines) - FOOTER, 0)
    below = lines[last : last + FOOTER]
    looked_at = (*below, *lines[end:last], *lines[max(end, last + FOOTER) :], *lines[: min(first, 10)])
    for at in sorted(signs_in([line.text for line in looked_at], COPYRIGHT_SIGNS)):
        line = looked_at[at]
        text = line.text[:200]
        if not (match := COPYRIGHT.search(text)):
            continue
        name = RIGHTS.sub("", match["name"]).strip(TRIM)
        words = name.split()
        if not 1 <= len(words) <= OUTLET_WORDS or NOT_OWNER.match(name) or key(name) in AGENCIES or is_section(name):
            continue
        if not COMPANY.isdisjoint(key(name).split()):
            continue
        if words[0][:1].isupper() or is_outlet(name, expected=True):
            return Known(name, "inferred", line.text[:200], line.number)
    return None
