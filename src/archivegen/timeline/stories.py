"""Articles that tell the same event -> stories, and from a story's dated articles a probable day for an undated one.

Stories are gathered in one pass in the order of publication (single-pass clustering, as in topic detection and
tracking), by telling words weighted by how rare they are. Being wrong costs more here than missing a link.
"""

from __future__ import annotations

import datetime as dt
import heapq
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import msgspec

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.kept import Kept
from archivegen.letters import has_plain_words
from archivegen.model import Article, Findings, Gist, Proposal, Sketch
from archivegen.timeline.common_words import EVERYDAY, FAIRLY_COMMON, VERY_COMMON
from archivegen.timeline.copies import shingles

__all__ = ["common_phrases", "find_stories", "make_sketch"]

Gists = Callable[[], Iterable[Gist]]
Phrases = Callable[[int, int], tuple[str, ...]]
Vector = dict[str, float]

WORD = re.compile(r"[^\W\d_]{3,}")
LEAST = 3  # letters of such a word
LETTERS = bytes(c if chr(c).isalpha() and c < 128 else 32 for c in range(256))  # everything else becomes a space
ANY_WORD = re.compile(r"[^\W_]+")
STEM = 7  # letters: enough to tell words apart, and few enough that "announces" is "announced"
KEPT = 1 << 15  # words whose stem is remembered
READ = 1500  # words of an article that its gist is made of
LEAD = 60  # of them are its lead
WORDS = 50  # telling words that are kept
NAME = 2.0  # how much more a word counts that is mostly written with a capital
WEEKDAY = re.compile(r"XXXX-WXX-([1-7])", re.ASCII)
MONTH_DAY = re.compile(r"(?:XXXX|\d{4})-(\d\d-\d\d)", re.ASCII)
NEAR = 200  # days from publication within which a day that is spoken of needs no year
OWN_DAYS = 2  # days around its publication that an article speaks of anyway
LEAD_SENTENCES = 3

ARCHIVE = 2000  # articles that the archive is thought to have beside its own, so that small ones have rare words too
SHARES = ((VERY_COMMON, 0.15), (FAIRLY_COMMON, 0.05))  # of those articles that have such a word; others: one of them
ALIKE = 0.32  # cosine from which an article joins a story that has one so like it
ALL_ALIKE = 0.6 * ALIKE  # and what it needs on average to all of the story's, so that none grows by chance
KEYS = 12  # heaviest of its rare words, of which two articles of a story share two
RARE = 4.0  # weight from which a word is rare: one article of 55 has it
FEW = 50  # articles; what no more have is rare too, so that all of a small archive can be one story
WINDOW = 3  # days between articles of a story
SPAN = 7  # days from a story's first article to its last
CROWD = 60  # articles in the window with a key: above, the key tells nothing
UNDATED_CROWD = 100
CANDIDATES = 3  # articles that an undated one is compared with word by word

ANOTHER_TIME = 31  # days between articles that an undated one is like, from which it stays open which it is of
PHRASE = 5  # words in a row
PHRASES = 2  # in common make two articles one story, where their dates cannot


def make_sketch(article: Article, findings: Findings) -> Sketch:
    """Make what an article is compared with others by."""
    text = article.body.text
    day = article.published.value if article.published else None
    lead = findings.sentences[:LEAD_SENTENCES][-1][1] if findings.sentences else 0
    weekdays = [
        (int(found[1]) - 1, mention.start < lead)
        for mention in findings.dates
        if day is None and (found := WEEKDAY.match(mention.value))
    ]
    days = (_month_day(mention.value, day) for mention in findings.dates if mention.type == "DATE")
    return Sketch(
        shingles(text),
        _telling_words(article.title.value, text),
        tuple(dict.fromkeys(found for found in days if found)),
        tuple(dict.fromkeys(weekdays)),
    )


def _month_day(value: str, published: Date | None) -> str:
    """Return the month and day of a day that is no other year's and not the article's own."""
    found = MONTH_DAY.fullmatch(value)
    if not found:
        return ""
    if published and value[0] != "X":
        day = edtf.try_parse(value)
        if not (day and day.earliest and published.earliest):
            return ""
        return found[1] if OWN_DAYS <= abs((day.earliest - published.earliest).days) <= NEAR else ""
    return "" if value[0] != "X" else found[1]


def _stem(word: str) -> str:
    """What tells a word apart: nothing, where it is everyday or too short."""
    stem = word[:STEM].lower()
    return "" if len(word) < LEAST or stem in EVERYDAY else stem


stem_of = Kept(_stem, KEPT).__getitem__  # asked for every word of every text


def _telling_words(title: str, text: str) -> tuple[tuple[str, int], ...]:
    """Weigh an article's words by how often and where they stand; the weight is in hundredths."""
    words = _words(text)
    counts: dict[str, int] = {}
    names: dict[str, int] = {}
    for word, n in Counter(words).items():
        stem = stem_of(word)
        if stem:
            counts[stem] = counts.get(stem, 0) + n
            if word[0].isupper():
                names[stem] = names.get(stem, 0) + n
    begin = [*WORD.findall(title), *islice((word for word in words if len(word) >= LEAST), LEAD)]
    lead = counts.keys() & set(map(stem_of, begin))
    heavy = {stem for stem, n in counts.items() if n > 1} | lead | names.keys()
    weights = [(-_weight(n := counts[stem], stem in lead, names.get(stem, 0) * 2 > n), stem) for stem in heavy]
    weights.sort()
    if len(weights) < WORDS:  # all others weigh the same
        light = sorted(counts.keys() - heavy)[: WORDS - len(weights)]
        weights += [(-_weight(1, False, False), stem) for stem in light]
    return tuple([(stem, -weight) for weight, stem in weights[:WORDS]])


def _words(text: str) -> list[str]:
    """The words of a text, up to as many as are read; those that are too short do not count."""
    if not has_plain_words(text):
        return WORD.findall(text)[:READ]
    words = text.encode("ascii", "replace").translate(LETTERS).decode("ascii").split()
    return words if len(words) <= READ else [word for word in words if len(word) >= LEAST][:READ]


@cache
def _weight(n: int, is_lead: bool, is_name: bool) -> int:
    return round(100 * (1 + math.log(n) + is_lead) * (NAME if is_name else 1))


def common_phrases(one: str, other: str) -> tuple[str, ...]:
    """Return the longest runs of words that two texts have in common, as the first has them; names alone are none."""
    theirs = [match[0].casefold() for match in ANY_WORD.finditer(other)]
    known = {tuple(theirs[at : at + PHRASE]) for at in range(len(theirs) - PHRASE + 1)}
    found = list(ANY_WORD.finditer(one))
    mine = [match[0].casefold() for match in found]
    runs: list[tuple[int, int]] = []
    for at in range(len(mine) - PHRASE + 1):
        if tuple(mine[at : at + PHRASE]) not in known:
            continue
        if runs and at < runs[-1][1]:
            runs[-1] = (runs[-1][0], at + PHRASE)
        else:
            runs.append((at, at + PHRASE))
    telling = [run for run in runs if sum(map(_is_telling, (match[0] for match in found[slice(*run)]))) > 1]
    telling.sort(key=lambda run: (run[0] - run[1], run[0]))
    texts = (" ".join(one[found[start].start() : found[end - 1].end()].split()) for start, end in telling)
    return tuple(dict.fromkeys(texts))


def _is_telling(word: str) -> bool:
    """Tell whether a word of a phrase is one writer's choice: "safety", not "of", nor "Secretary", a title or name."""
    return len(word) > 2 and word.islower() and word[:STEM] not in EVERYDAY


class _Item(msgspec.Struct):
    """An article in the window: its weighted words, of length 1, the heaviest of them, and its story."""

    number: int
    day: int
    vector: Vector
    keys: list[str]
    story: int


class _Story(msgspec.Struct):
    """A story in the making."""

    first_day: int
    items: list[_Item] = msgspec.field(default_factory=list)


def find_stories(gists: Gists, phrases: Phrases) -> tuple[dict[int, int], dict[int, Proposal]]:
    """Lead from every article of a story to the number of its first, and from undated ones to a proposed date.

    `gists` gives all articles in the order of their numbers, undated last, as often as asked; `phrases` gives what two
    of them have in common word by word.
    """
    weigh, rare = _weigh(gists)
    undated = [_item(gist, weigh, rare) for gist in gists() if gist.day is None]
    matcher = _Undated(undated)
    story_of: dict[int, int] = {}
    window: deque[_Item] = deque()
    holders: dict[str, deque[_Item]] = defaultdict(deque)
    stories: dict[int, _Story] = {}
    for gist in gists():
        if gist.day is None:
            continue
        item = _item(gist, weigh, rare)
        _close(item.day, window, holders, stories)
        item.story = _join(item, holders, stories)
        stories.setdefault(item.story, _Story(item.day)).items.append(item)
        story_of[item.number] = item.story
        window.append(item)
        for key in item.keys:
            holders[key].append(item)
        if undated:
            matcher.offer(item)
    proposals = _place_undated(gists, matcher, phrases, story_of)
    sizes = Counter(story_of.values())
    return {number: story for number, story in story_of.items() if sizes[story] > 1}, proposals


def _weigh(gists: Gists) -> tuple[dict[str, float], float]:
    """Tell how much every word tells, the rarer it is in the archive the more, and from which weight it is rare."""
    counts: Counter[str] = Counter()
    total = 0
    for gist in gists():
        total += 1
        counts.update([stem for stem, _ in gist.sketch.words])
    weights = {}
    for stem, count in counts.items():
        share = next((share for words, share in SHARES if stem in words), 1 / ARCHIVE)
        weights[stem] = math.log((total + ARCHIVE) / (count + ARCHIVE * share))
    return weights, min(RARE, math.log((total + ARCHIVE) / (FEW + 1)))


def _item(gist: Gist, weigh: Mapping[str, float], least: float) -> _Item:
    weights = {stem: weight * weigh[stem] for stem, weight in gist.sketch.words}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    vector = {stem: weight / length for stem, weight in weights.items()}
    rare = [stem for stem in vector if weigh[stem] >= least]
    keys = sorted(rare, key=lambda stem: (-vector[stem], stem))[:KEYS]
    return _Item(gist.number, gist.day or 0, vector, keys, gist.number)


def _cosine(one: Vector, other: Vector) -> float:
    return math.fsum(weight * other[stem] for stem, weight in one.items() if stem in other)


def _close(day: int, window: deque[_Item], holders: dict[str, deque[_Item]], stories: dict[int, _Story]) -> None:
    """Forget what is too long ago to be of a story with what comes."""
    while window and window[0].day < day - WINDOW:
        old = window.popleft()
        for key in old.keys:
            holders[key].popleft()
            if not holders[key]:
                del holders[key]
        stories[old.story].items.remove(old)
        if not stories[old.story].items:
            del stories[old.story]


def _join(item: _Item, holders: Mapping[str, deque[_Item]], stories: Mapping[int, _Story]) -> int:
    """Return the story that an article belongs to: its own number for a new one."""
    shared: Counter[int] = Counter()
    seen: dict[int, _Item] = {}
    for key in item.keys:
        if key in holders and len(holders[key]) <= CROWD:
            for other in holders[key]:
                shared[other.number] += 1
                seen[other.number] = other
    near = {seen[number].story for number, n in shared.items() if n > 1}
    best = (0.0, 0)
    for story in near:
        if item.day - stories[story].first_day > SPAN:
            continue
        likeness = [_cosine(item.vector, other.vector) for other in stories[story].items[-CROWD:]]
        mean = math.fsum(likeness) / len(likeness)
        if max(likeness) >= ALIKE and mean >= ALL_ALIKE:
            best = max(best, (mean, -story))
    return -best[1] if best[0] else item.number


class _Undated:
    """The articles without a day, each with the few that are most like it."""

    def __init__(self, items: list[_Item]) -> None:
        self.items = items
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._best: list[list[tuple[float, int]]] = [[] for _ in items]
        for at, item in enumerate(items):
            for key in item.keys:
                self._holders[key].append(at)

    def offer(self, item: _Item, before: int | None = None) -> None:
        """Compare an article with those without a day (`before`: with so many of them)."""
        shared: Counter[int] = Counter()
        for key in item.keys:
            found = self._holders.get(key, ())
            if len(found) <= UNDATED_CROWD:
                shared.update(found)
        for at, n in shared.items():
            if n > 1 and (before is None or at > before):
                likeness = _cosine(self.items[at].vector, item.vector)
                if likeness >= ALIKE:
                    best = self._best[at]
                    heapq.heappush(best, (likeness, -item.number))
                    if len(best) > CANDIDATES:
                        heapq.heappop(best)

    def candidates(self, at: int) -> list[int]:
        """The numbers of the articles most like an undated one, best first."""
        return [-number for _, number in sorted(self._best[at], reverse=True)]


def _place_undated(gists: Gists, matcher: _Undated, phrases: Phrases, story_of: dict[int, int]) -> dict[int, Proposal]:
    """Give undated articles the story with which they share phrases or days, and a date from it."""
    for at, item in enumerate(matcher.items):
        matcher.offer(item, before=at)
    wanted = {item.number for item in matcher.items}
    for at in range(len(matcher.items)):
        wanted.update(matcher.candidates(at))
    known = {gist.number: gist for gist in gists() if gist.number in wanted} if matcher.items else {}
    proposals: dict[int, Proposal] = {}
    for at, item in enumerate(matcher.items):
        gist = known[item.number]
        found = [(_evidence(gist, known[number], phrases), number) for number in matcher.candidates(at)]
        strong = [(shared, number) for shared, number in found if shared]
        days = [day for _, number in strong if (day := known[number].day) is not None]
        if not strong or (days and max(days) - min(days) > ANOTHER_TIME):  # an anniversary, or an affair that goes on
            story_of.setdefault(item.number, item.number)
            continue
        shared, like = max(strong, key=lambda one: (known[one[1]].day is not None, len(one[0]), -one[1]))
        story_of[item.number] = story_of.setdefault(like, like)
        if known[like].day is not None:
            proposals[item.number] = _propose(gist, known[like], shared)
    return proposals


def _evidence(one: Gist, other: Gist, phrases: Phrases) -> tuple[str, ...]:
    """Return days and phrases that show that two articles tell the same, though not both have a date; else nothing."""
    days = tuple(day for day in one.sketch.days if day in other.sketch.days)
    shared = tuple(phrases(one.number, other.number)[:PHRASES])
    if not days and len(shared) < PHRASES:
        return ()
    return (*(f"XXXX-{day}" for day in days[:2]), *shared)


def _propose(gist: Gist, like: Gist, shared: tuple[str, ...]) -> Proposal:
    """Reckon from a dated article of the story: the weekday that the undated one names is the one nearest to it."""
    assert like.day is not None
    lead = [weekday for weekday, in_lead in gist.sketch.weekdays if in_lead]
    named = lead or [weekday for weekday, _ in gist.sketch.weekdays]
    day = like.day
    if not named:
        return Proposal(_between(day - WINDOW, day + SPAN), like.number, shared, "")
    weekday = named[0]
    nearest = min(_around(day), key=lambda other: ((other - 1) % 7 != weekday, abs(other - day), other))
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    if lead:
        return Proposal(edtf.parse(f"{_iso(nearest)}~"), like.number, shared, name)
    return Proposal(_between(nearest, nearest + SPAN - 1), like.number, shared, name)


def _around(day: int) -> Iterator[int]:
    yield from range(max(1, day - SPAN), min(day + SPAN, dt.date.max.toordinal()) + 1)


def _between(first: int, last: int) -> Date:
    return edtf.parse(f"{_iso(max(1, first))}/{_iso(min(last, dt.date.max.toordinal()))}")


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
