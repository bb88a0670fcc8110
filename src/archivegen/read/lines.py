"""The lines of a raw page and what each looks like on its own: how long, how punctuated, what it opens with."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

__all__ = ["Line", "count_words", "is_crowded", "is_item", "key", "split_lines"]

# Sentence ends of the scripts that news is written in, with the quotes and brackets that may close after them.
ENDS = ".!?…。！？؟।։።…"
CLOSERS = "\"'”’»›)]}」』）】*"
# It begins with a class of letters, not with a choice, and is found three times as fast.
SENTENCE_END = re.compile(rf"[{re.escape(ENDS)}](?:[{re.escape(CLOSERS)}]*(?=\s|$)|(?<=[。！？]))")
TERMINAL = re.compile(rf"[{re.escape(ENDS)}][{re.escape(CLOSERS)}]*\s*(?:\[\d+\]|\(\w{{2,12}}\))?$")
# Scripts written without spaces: about two characters make a word.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
UNSEEN = "\u200b\u200e\u200f\ufeff"  # marks of no width, which are no white space for Python
SPACES = re.compile(r"\s+")
NOT_WORD = re.compile(r"[\W_]+")
BULLET = re.compile(r"(?:[•·▪●◦‣∙■□►▶*○–—-]|(\d{1,3})[.)])\s+(?=\S)")
PROSE = 10  # words from which a line with a sentence's end is a paragraph
# A line longer than this is looked at only at its beginning and end.
LOOK = 4000
SHORT = 60  # characters of a line that other pages may have too
CROWDED, SPARSE = 20_000, 60  # lines, and letters of them on average, of a file that is no page
TOP, JOINED = 1000, 400  # lines of such a file that are read as they are, and letters that others are joined to
KEY = 600  # characters by which two lines are compared


class Line(NamedTuple):  # thousands a second are made: a frozen dataclass takes three times as long
    """A line with words: its number in the file, its text, and its looks.

    `words` counts words (in Chinese, Japanese, Thai: half the characters), `stops` ends of sentences; `ended` says
    that it ends like a sentence; `after_blank` that a blank line or the file's top stands before it.
    """

    number: int
    text: str
    words: int
    stops: int
    ended: bool
    after_blank: bool

    @property
    def is_prose(self) -> bool:
        """True for what reads as a paragraph of its own."""
        return (self.words >= PROSE and (self.ended or self.stops > 0)) or self.words >= 30


# Hundreds are made of a page, and the class itself takes three times as long.
_line: Callable[[tuple[int, str, int, int, bool, bool]], Line] = partial(tuple.__new__, Line)


def count_words(text: str) -> int:
    """Count words by spaces, and in scripts without spaces two characters as one."""
    count = text.count(" ") + 1
    if text.isascii() or not UNSPACED.search(text):
        return count
    return count + len(UNSPACED.findall(text)) // 2


def key(text: str) -> str:
    """The letters and digits of a text, for telling whether two lines say the same."""
    return _key(text[:KEY])


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return NOT_WORD.sub(" ", text.casefold()).strip()


def is_crowded(text: str) -> bool:
    """Tell whether a text is so many short lines that it is no page, and would take many times its size."""
    count = text.count("\n")
    return count > CROWDED and len(text) < count * SPARSE


def split_lines(text: str, first: int = 1) -> list[Line]:
    """Split a text into its lines that have words; `first` is the number of the first line in the file."""
    if is_crowded(text):
        head = "\n".join(text.split("\n", TOP)[:TOP])
        return split_lines(head, first) + _crowded(text, len(head) + 1, first + TOP)
    has_unseen = any(mark in text for mark in UNSEEN)
    out: list[Line] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), first):
        stripped = raw.strip()
        if has_unseen:
            stripped = stripped.strip(f"{UNSEEN} \t\xa0\u3000")
        if stripped:
            measured = _measure_short(stripped) if len(stripped) <= SHORT else _measure(stripped)
            out.append(_line((number, *measured, blank)))
            blank = False
        else:
            blank = True
    return out


def _crowded(text: str, at: int, number: int) -> list[Line]:
    """Join short lines into long ones: no page has so many, and each would take as much memory as a page's line."""
    out = []
    while at < len(text):
        end = text.find("\n", at + JOINED)
        end = len(text) if end < 0 else end
        if words := text[at:end].split():
            out.append(look(number, " ".join(words), True))
        number += text.count("\n", at, end) + 1
        at = end + 1
    return out


def is_item(text: str) -> bool:
    """Tell whether a line begins with a bullet or a number, as a list's items do."""
    return not text[0].isalpha() and BULLET.match(text) is not None


def look(number: int, text: str, after_blank: bool) -> Line:
    """Measure one line."""
    measured = _measure_short(text) if len(text) <= SHORT else _measure(text)
    return _line((number, *measured, after_blank))


def _measure(text: str) -> tuple[str, int, int, bool]:
    if "  " in text or "\t" in text or "\xa0" in text or "\x0b" in text or "\x0c" in text:
        text = SPACES.sub(" ", text)
    shown = text[:LOOK]
    words = count_words(shown)
    if len(text) > LOOK:
        words = words * len(text) // LOOK
    last = text[-1]
    if words < 3:
        return text, words, 0, last in ENDS
    stops = len(SENTENCE_END.findall(shown)) if words >= PROSE else 0
    # The search is for quotes and brackets at the end only: most lines end with a stop or a letter.
    ended = last in ENDS or (not last.isalnum() and TERMINAL.search(text[-60:]) is not None)
    return text, words, stops, ended


# Menus say the same on every page of a site, so the answers are kept.
_measure_short = lru_cache(maxsize=16384)(_measure)
