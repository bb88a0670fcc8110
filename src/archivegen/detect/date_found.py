"""What a rule's reading works on: the tokens that matched, their sentence, and the text so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

import msgspec

from archivegen.detect import date_values as values
from archivegen.detect.date_values import VAGUE_NUMBER
from archivegen.detect.date_words import CLASS, MONTHS, NUMBERS, UNITS, WEEKDAYS
from archivegen.detect.tense import tense_at

__all__ = ["VAGUE_NUMBER", "Found", "Match", "Story", "by_words"]

T = TypeVar("T")
M = TypeVar("M", bound="Match")

CARDINALS = frozenset(CLASS[name] for name in ("numword", "dd", "number", "yyyy", "scale", "dozen", "couple", "a"))
VAGUE = frozenset(CLASS[name] for name in ("few",))


class Story(msgspec.Struct):
    """The text so far: `anchor` is the publication day, `last` the latest calendar
    value, `period` the last quarter reported on."""

    anchor: dt.date | None
    last: str = ""
    period: str = ""
    last_end: int = -1
    sentence: int = 0
    told_in: int = -99
    period_told_in: int = -99

    def go_on(self, sentence: int) -> None:
        """Come to another sentence, by its number."""
        self.last_end = -1
        self.sentence = sentence

    @property
    def age(self) -> int:
        """How many sentences ago a date was told of."""
        return self.sentence - self.told_in

    @property
    def period_age(self) -> int:
        return self.sentence - self.period_told_in

    def tell_length(self, found: Found) -> None:
        """Remember that the text reports on some months of the year, not on a quarter: "the first nine months"."""
        if self.anchor and found.has("units") and found.unit == "M":
            self.period = f"{self.anchor.year:04}"
            self.period_told_in = self.sentence

    def tell(self, value: str, found: Found) -> None:
        """Remember a calendar value, and the quarter reported on: not one that is only expected."""
        self.last = value
        self.told_in = self.sentence
        if value[5:6] == "Q":
            now = values.unit_value(self.anchor, "Q")
            if value < now or not self.anchor or (value == now and found.tense() <= 0):
                self.period = value
                self.period_told_in = self.sentence
        elif len(value) == 4 and found.has("fiscal", "full") and not found.has("ended"):
            self.period = value
            self.period_told_in = self.sentence


class _ClassSets(dict[tuple[str, ...], frozenset[str]]):
    """Leads from names of classes to the classes, made when they are first asked for."""

    def __missing__(self, names: tuple[str, ...]) -> frozenset[str]:
        made = self[names] = frozenset([CLASS[name] for name in names])
        return made


SETS = _ClassSets()
KEPT = 1 << 12  # words of matches that are remembered by each function


def by_words(read: Callable[[M], T]) -> Callable[[M], T]:
    """Remember what a function reads from a match's own words, which must be all that it looks at."""
    known: dict[tuple[str, ...], T] = {}

    @wraps(read)
    def remembered(found: M) -> T:
        words = tuple(found.tokens[found.first : found.stop])
        try:
            return known[words]
        except KeyError:
            pass
        if len(known) >= KEPT:
            known.clear()
        made = known[words] = read(found)
        return made

    return remembered


class Match(msgspec.Struct):
    """tokens[first:stop] of one sentence, and a class for each token of it; `own` are those of the match."""

    tokens: Sequence[str]
    classes: str
    first: int
    stop: int
    own: str

    def index(self, *names: str) -> int:
        """Return where the first token of one of these classes stands, or -1."""
        wanted = SETS[names]
        for at, kind in enumerate(self.own, self.first):
            if kind in wanted:
                return at
        return -1

    def has(self, *names: str) -> bool:
        return not SETS[names].isdisjoint(self.own)

    def word(self, *names: str) -> str:
        """Return the first token of one of these classes in lower case, or nothing."""
        wanted = SETS[names]
        for at, kind in enumerate(self.own, self.first):
            if kind in wanted:
                return self.tokens[at].lower()
        return ""

    def before(self, distance: int = 1) -> str:
        """Return the token before the match in lower case, or nothing."""
        i = self.first - distance
        return self.tokens[i].lower() if i >= 0 else ""

    def after(self, distance: int = 0) -> str:
        """Return the token after the match as written, or nothing."""
        i = self.stop + distance
        return self.tokens[i] if i < len(self.tokens) else ""

    def class_before(self, *names: str) -> bool:
        return self.first > 0 and self.classes[self.first - 1] in SETS[names]

    def class_after(self, *names: str) -> bool:
        return self.stop < len(self.classes) and self.classes[self.stop] in SETS[names]

    @by_words
    def quantity(self) -> float | None:
        """Return the number of the match: VAGUE_NUMBER for "several", None if there is none."""
        total = current = 0.0
        seen = False
        half = self.index("half")
        for i in range(self.first, self.stop):
            token, kind = self.tokens[i].lower(), self.classes[i]
            if kind in VAGUE:
                return VAGUE_NUMBER
            if seen and kind in _RANGE:
                break  # "two to three weeks": the first
            if kind == _SLASH and seen:  # "2 1/2", "1/2"
                halved = [_number(self.tokens[k]) for k in (i - 1, i + 1)]
                return total + current - halved[0] + halved[0] / (halved[1] or 1)
            if kind not in CARDINALS or (kind == CLASS["a"] and seen):
                continue
            value = _number(token)
            if kind == CLASS["scale"] or token == "dozen":
                current = (current or 1) * value
            else:
                current = current + value if seen and token != "couple" else value
            seen = True
        if half >= 0:
            return total + current + 0.5 if seen and half > self.first + 1 else 0.5
        return total + current if seen else None


class Found(Match):
    """A rule's match, and what it says by itself and in the text so far."""

    story: Story

    def part(self, first: int, stop: int) -> Found:
        """Return other tokens of the same sentence, as if they had been found."""
        return Found(self.tokens, self.classes, first, stop, self.classes[first:stop], self.story)

    @property
    def anchor(self) -> dt.date | None:
        return self.story.anchor

    @property
    @by_words
    def month(self) -> int:
        return MONTHS[self.word("month", "maymarch", "mabbr")]

    @property
    @by_words
    def weekday(self) -> int:
        return WEEKDAYS[self.word("weekday", "wabbr", "weekdays")]

    @property
    @by_words
    def unit(self) -> str:
        return UNITS[self.word("unit", "units", "quarter", "quarters", "second", "weekend")]

    @property
    @by_words
    def year(self) -> int | None:
        """The year written in the match, two digits completed by the century nearest to 1980."""
        word = self.word("yyyy", "shortyear")
        if not word:
            return None
        if word.isdigit():
            return int(word)
        short = int(word[1:3])
        return short + (1900 if short >= 30 else 2000)

    @property
    def named_year(self) -> int | None:
        """The year that the match names, in figures or words or as last, this or next year."""
        year, step, spoken = _year_said(self)
        if year is None and step is not None and self.anchor is not None:
            return self.anchor.year + step
        return spoken if year is None else year

    def shifted(self, count: int, unit: str) -> dt.date | None:
        """Move the publication day by so many units."""
        return values.shift(self.anchor, count, unit) if self.anchor else None

    @property
    @by_words
    def steps(self) -> int:
        """Tell what "last", "this" or "next" says: -1, 0 or 1."""
        return -1 if self.has("last", "previous", "past") else int(self.has("next", "coming", "following"))

    @property
    @by_words
    def ordinal(self) -> int:
        """The first ordinal of the match ("third", "2nd"), or 0."""
        word = self.word("ordinal", "second", "nth")
        return int(word[:-2]) if word[:1].isdigit() else NUMBERS.get(word, 0)

    @property
    @by_words
    def day(self) -> int:
        i = self.index("dd", "nth", "ordinal", "second")
        word = self.tokens[i].lower() if i >= 0 else ""
        return int(word.rstrip("sthndr")) if word[:1].isdigit() else NUMBERS.get(word, 0)

    def tense(self) -> int:
        """Return 1 if the words around speak of what is to come, -1 if of the past, 0 if neither."""
        return tense_at(self.tokens, self.first, self.stop)


@by_words
def _year_said(found: Found) -> tuple[int | None, int | None, int | None]:
    """The year in figures, how many years from the publication's, and the year in words."""
    is_step = found.has("this", "last", "next") and found.word("unit") == "year"
    step = found.has("next") - found.has("last") if is_step else None
    spoken = [NUMBERS[found.tokens[i].lower()] for i in range(found.first, found.stop) if found.classes[i] == _NUMWORD]
    return found.year, step, spoken_year(spoken)


_NUMWORD = CLASS["numword"]
_SLASH = CLASS["slash"]
_RANGE = {CLASS["to"], CLASS["or"]}


def spoken_year(numbers: Sequence[int]) -> int | None:
    """Read nineteen, ninety, four as 1994; None if these are no year."""
    if len(numbers) < 2 or numbers[0] not in (18, 19) or numbers[1] < 10 or sum(numbers[1:]) > 99:
        return None
    return numbers[0] * 100 + sum(numbers[1:])


def _number(token: str) -> float:
    if token[0].isdigit():
        try:
            return float(token.replace(",", ""))
        except ValueError:
            return 0.0
    return float(NUMBERS.get(token, 0))
