"""The lines of a raw page and what each looks like on its own: how long, how punctuated, what it opens with."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec

__all__ = ["Line", "count_stops", "is_crowded", "is_item", "key", "measured", "signs_in", "split_lines"]

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
UNSPACED_LEADS = b"\xe0\xe1\xe3\xe4\xe5\xe6\xe7\xe8\xe9"
PROSE, LONG_PROSE = 10, 30  # words from which a line with a sentence's end, and one without, is a paragraph
# A line longer than this is looked at only at its beginning and end.
LOOK = 4000
SHORT = 60  # characters of a line that other pages may have too
CROWDED, SPARSE = 20_000, 60  # lines, and letters of them on average, of a file that is no page
TOP, JOINED = 1000, 400  # lines of such a file that are read as they are, and letters that others are joined to
KEY = 600  # characters by which two lines are compared


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line with words: its number in the file, its text, and its looks.

    `words` counts words (in Chinese, Japanese, Thai: half the characters); `ended` says that it ends like a sentence;
    `is_prose` that it reads as a paragraph of its own; `after_blank` that a blank line or the file's top is before it.
    """

    number: int
    after_blank: bool
    text: str
    words: int
    ended: bool
    is_prose: bool


Looks = tuple[str, int, bool, bool]  # what the text alone tells of a Line


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
    shown = [line.strip() for line in text.split("\n")]
    if any(mark in text for mark in UNSEEN):
        shown = [line.strip(f"{UNSEEN} \t\xa0\u3000") for line in shown]
    is_spaced = _is_spaced(text)
    found = [_measure_short(line) if len(line) <= SHORT else _measure(line, is_spaced) for line in shown if line]
    numbers = [number for number, line in enumerate(shown, first) if line]
    return [
        Line(number, number > before + 1, *looks)
        for number, looks, before in zip(numbers, found, [first - 2, *numbers], strict=False)
    ]


def _crowded(text: str, at: int, number: int) -> list[Line]:
    """Join short lines into long ones: no page has so many, and each would take as much memory as a page's line."""
    out = []
    while at < len(text):
        end = text.find("\n", at + JOINED)
        end = len(text) if end < 0 else end
        if words := text[at:end].split():
            out.append(measured(number, " ".join(words), after_blank=True))
        number += text.count("\n", at, end) + 1
        at = end + 1
    return out


def is_item(text: str) -> bool:
    """Tell whether a line begins with a bullet or a number, as a list's items do."""
    return not text[0].isalpha() and BULLET.match(text) is not None


def measured(number: int, text: str, *, after_blank: bool) -> Line:
    """Measure one line."""
    return Line(number, after_blank, *(_measure_short(text) if len(text) <= SHORT else _measure(text)))


def signs_in(texts: Sequence[str], signs: Iterable[str]) -> dict[int, set[str]]:
    """Which lines have which of some signs, by their position. Few have any, so they are searched all at once."""
    page = "\n".join(texts)
    starts: list[int] = []
    found: dict[int, set[str]] = {}
    for sign in signs:
        at = page.find(sign)
        while at >= 0:
            starts = starts or list(accumulate([len(text) + 1 for text in texts], initial=0))
            line = bisect(starts, at) - 1
            found.setdefault(line, set()).add(sign)
            at = page.find(sign, starts[line + 1])
    return found


def count_stops(line: Line) -> int:
    """Count the ends of sentences in a line that is long enough to be a paragraph."""
    return len(SENTENCE_END.findall(line.text[:LOOK])) if line.words >= PROSE else 0


def _is_spaced(text: str) -> bool:
    """Tell that no script in a text is written without spaces, by the bytes that its letters begin with in UTF-8."""
    if text.isascii():
        return True
    raw = text.encode("utf-8", "surrogatepass")
    return not any(lead in raw for lead in UNSPACED_LEADS)


def _measure(text: str, is_spaced: bool = False) -> Looks:
    if "  " in text or "\t" in text or "\xa0" in text or "\x0b" in text or "\x0c" in text:
        text = SPACES.sub(" ", text)
    shown = text[:LOOK]
    words = shown.count(" ") + 1 if is_spaced else count_words(shown)
    if len(text) > LOOK:
        words = words * len(text) // LOOK
    last = text[-1]
    if words < 3:
        return text, words, last in ENDS, False
    # The search is for quotes and brackets at the end only: most lines end with a stop or a letter.
    ended = last in ENDS or (not last.isalnum() and TERMINAL.search(text[-60:]) is not None)
    is_prose = words >= LONG_PROSE or (words >= PROSE and (ended or SENTENCE_END.search(shown) is not None))
    return text, words, ended, is_prose


# Menus say the same on every page of a site, so the answers are kept.
_measure_short = lru_cache(maxsize=16384)(_measure)
