"""The lines of a raw page and what each looks like on its own: how long, how punctuated, what it opens with."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Line", "count_words", "key", "split_lines"]

# Sentence ends of the scripts that news is written in, with the quotes and brackets that may close after them.
ENDS = ".!?…。！？؟।։።…"
CLOSERS = "\"'”’»›)]}」』）】*"
SENTENCE_END = re.compile(rf"[{re.escape(ENDS)}][{re.escape(CLOSERS)}]*(?=\s|$)|[。！？]")
TERMINAL = re.compile(rf"[{re.escape(ENDS)}][{re.escape(CLOSERS)}]*\s*(?:\[\d+\]|\(\w{{2,12}}\))?$")
# Scripts written without spaces: about two characters make a word.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
SPACES = re.compile(r"\s+")
NOT_WORD = re.compile(r"[\W_]+")
BULLET = re.compile(r"(?:[•·▪●◦‣∙■□►▶*○–—-]|(\d{1,3})[.)])\s+(?=\S)")
PROSE = 10  # words from which a line with a sentence's end is a paragraph
# A line longer than this is looked at only at its beginning and end.
LOOK = 4000
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


def count_words(text: str) -> int:
    """Count words by spaces, and in scripts without spaces two characters as one."""
    count = text.count(" ") + 1
    if text.isascii() or not UNSPACED.search(text):
        return count
    return count + len(UNSPACED.findall(text)) // 2


def key(text: str) -> str:
    """The letters and digits of a text, for telling whether two lines say the same."""
    return NOT_WORD.sub(" ", text[:KEY].casefold()).strip()


def split_lines(text: str, first: int = 1) -> list[Line]:
    """Split a text into its lines that have words; `first` is the number of the first line in the file."""
    out: list[Line] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), first):
        stripped = raw.strip(" \t\xa0\u200b\u200e\u200f\ufeff\x0b\x0c\u3000")
        if not stripped:
            blank = True
            continue
        out.append(look(number, stripped, blank))
        blank = False
    return out


def look(number: int, text: str, after_blank: bool) -> Line:
    """Measure one line."""
    if "  " in text or "\t" in text or "\xa0" in text or "\x0b" in text or "\x0c" in text:
        text = SPACES.sub(" ", text)
    shown = text[:LOOK]
    words = count_words(shown)
    if len(text) > LOOK:
        words = words * len(text) // LOOK
    if words < 3:
        return Line(number, text, words, 0, text[-1] in ENDS, after_blank)
    return Line(
        number,
        text,
        words,
        len(SENTENCE_END.findall(shown)) if words >= PROSE else 0,
        bool(TERMINAL.search(text[-60:])),
        after_blank,
    )
