"""A stretch of capitalised words in, the runs that may be names out: kept by their text, for most come again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from archivegen.detect.candidates import LONGEST_RUN, Stretch, Word, runs_in
from archivegen.detect.judge import Judge, Wording
from archivegen.detect.looks import Looks, looks_of
from archivegen.detect.offices import without_offices
from archivegen.detect.words_en import (
    ABBREVIATIONS,
    CALENDAR,
    COMPANY_ENDS,
    PERSON_TITLES,
    PLAIN_STARTS,
    TITLES,
)
from archivegen.detect.world import load_world

__all__ = ["Phrase", "Phrases"]

LONGEST_KEPT, LIMIT = 60, 4_000  # letters of a stretch that may come again, and how many are kept: each is a kilobyte

# What is no name where it stands alone.
NO_NAMES = CALENDAR | ABBREVIATIONS | (PERSON_TITLES & TITLES) | {"I"}


class Part(msgspec.Struct, frozen=True):
    """A name of a phrase; where it stands counts from the beginning of the stretch."""

    start: int
    end: int
    form: str
    looks: Looks


class Phrase(msgspec.Struct, frozen=True):
    """A run of a stretch; `start` and `end` count from the beginning of the stretch, as its words' do.

    `names` are its parts by their first and last word, made when asked for.
    """

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
        start, end = self.words[first].start, self.words[last - 1].end
        form = self.stretch[start:end]
        found = Part(start, end, " ".join(form.split()) if not form.isalnum() else form, looks_of(form))
        self.names[first, last] = found
        return found


class Phrases:
    """The phrases of stretches. What is kept starts anew when there is too much, so that memory stays bounded."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._initial: dict[str, Sequence[Phrase]] = {}  # of stretches that a sentence begins with
        self._inner: dict[str, Sequence[Phrase]] = {}

    def of(self, text: str, stretch: Stretch, *, initial: bool) -> Sequence[Phrase]:
        """The phrases of a stretch; `initial` tells that a sentence begins with it."""
        start, end, is_usual = stretch
        kept = self._initial if initial else self._inner
        form = text[start:end]
        found = kept.get(form) if is_usual else None
        if found is None:
            found = self._phrases(text, stretch, initial=initial)
            if is_usual and end - start <= LONGEST_KEPT:
                if len(kept) >= LIMIT:
                    kept.clear()
                kept[form] = found
        return found

    def _phrases(self, text: str, stretch: Stretch, *, initial: bool) -> Sequence[Phrase]:
        start, end, is_usual = stretch
        form = text[start:end]
        if is_usual and " " not in form:  # as most
            if form in NO_NAMES or (initial and form in PLAIN_STARTS):
                return ()
            return (self._phrase(form, (Word(form, 0, end - start),), initial=initial),)
        if is_usual and (plain := _plain_words(form)):
            return (self._phrase(form, plain, initial=initial),)
        found = []
        for whole in runs_in(text, stretch, initial=initial):
            for run in without_offices(whole, self._judge.model.common):
                if len(run.words) == 1 and (run.words[0].text in CALENDAR or run.words[0].text in ABBREVIATIONS):
                    continue
                words = [Word(word.text, word.start - start, word.end - start, word.joiner) for word in run.words]
                found.append(self._phrase(form, words, initial=run.initial))
        return found

    def _phrase(self, stretch: str, words: Sequence[Word], *, initial: bool) -> Phrase:
        is_plain = len(words) == 1 and words[0].text in PLAIN_STARTS
        wording = self._judge.wording(words)
        return Phrase(stretch, tuple(words), words[0].start, words[-1].end, initial, is_plain, wording, {})


def _plain_words(form: str) -> Sequence[Word]:
    """The words of a stretch that has but letters and spaces, no small words, and none that cuts a run; else none."""
    texts = form.split(" ")
    if len(texts) > LONGEST_RUN or not form.replace(" ", "").isalpha():
        return ()
    if not _telling().isdisjoint(texts) or any(map(str.islower, texts)):
        return ()
    words = []
    at = 0
    for text in texts:
        end = at + len(text)
        words.append(Word(text, at, end))
        at = end + 1
    return words


@cache
def _telling() -> frozenset[str]:
    """Words at which a run may have to be cut or put together."""
    return frozenset((*load_world().starts, *TITLES, *PLAIN_STARTS, *COMPANY_ENDS, "I"))
