"""Runs of capitalised words wherever they stand: what they have of their own, kept by their text, for most come again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archivegen.detect.candidates import Word, runs_in
from archivegen.detect.judge import Judge, Wording
from archivegen.detect.offices import without_offices
from archivegen.detect.words_en import ABBREVIATIONS, CALENDAR, PLAIN_STARTS

__all__ = ["Part", "Phrase", "Phrases"]

LONGEST_KEPT, LIMIT = 60, 10_000  # letters of a stretch that may come again, and how many are kept: each is a kilobyte


class Part(msgspec.Struct, frozen=True):
    """A name or word of a phrase; where it stands counts from the beginning of the stretch."""

    start: int
    end: int
    form: str


class Phrase(msgspec.Struct, frozen=True):
    """A run of a stretch, and where in it. `names` are its parts by their first and last word, made when asked for."""

    stretch: str
    words: tuple[Word, ...]
    start: int
    end: int
    initial: bool
    is_plain: bool  # a word that begins sentences and is no name
    wording: Wording
    names: dict[tuple[int, int], Part]

    def name(self, first: int, last: int) -> Part:
        """The words [first:last] as one name."""
        found = self.names.get((first, last))
        if found is None:
            start, end = self.words[first].start, self.words[last - 1].end
            found = Part(start, end, " ".join(self.stretch[start:end].split()))
            self.names[first, last] = found
        return found


class Phrases:
    """The phrases of stretches. What is kept starts anew when there is too much, so that memory stays bounded."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._initial: dict[str, Sequence[Phrase]] = {}  # of stretches that a sentence begins with
        self._inner: dict[str, Sequence[Phrase]] = {}

    def of(self, text: str, start: int, end: int, *, initial: bool, is_usual: bool) -> Sequence[Phrase]:
        """The phrases of text[start:end]; `is_usual` tells that its spaces are."""
        kept = self._initial if initial else self._inner
        stretch = text[start:end]
        found = kept.get(stretch) if is_usual else None
        if found is None:
            found = self._phrases(text, start, end, initial=initial)
            if is_usual and end - start <= LONGEST_KEPT:
                if len(kept) >= LIMIT:
                    kept.clear()
                kept[stretch] = found
        return found

    def _phrases(self, text: str, start: int, end: int, *, initial: bool) -> Sequence[Phrase]:
        stretch = text[start:end]
        found = []
        for whole in runs_in(text, start, end, initial=initial):
            for run in without_offices(whole, self._judge.model.common):
                word = run.words[0].text if len(run.words) == 1 else ""
                if word in CALENDAR or word in ABBREVIATIONS:
                    continue
                words = tuple([Word(word.text, word.start - start, word.end - start, word.joiner) for word in run.words])
                wording = self._judge.wording(words)
                first, last = words[0].start, words[-1].end
                found.append(Phrase(stretch, words, first, last, run.initial, word in PLAIN_STARTS, wording, {}))
        return found
