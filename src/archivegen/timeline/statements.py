"""One article's findings -> its statements: which sentence speaks of which date, whom it concerns, and how we know."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, DateMention, Findings, Known, Statement
from archivegen.timeline import known_day
from archivegen.timeline.anaphora import EVENTS
from archivegen.timeline.clauses import Clause, Sentence, main_clause, sentences_of
from archivegen.timeline.continuity import whom
from archivegen.timeline.moods import is_habit, mood_of

__all__ = ["event_date", "make_statements"]

LEAD_SENTENCES = 2
MONTHS = ("month", "yearless")  # how exact the dates are that may be of every year
LONGEST_LAG = 31  # days from an event to the report that leads with it
# A date after these is not the story's: "the last quarter, which ended on 30 December", "since 3 May".
BESIDE_THE_STORY = re.compile(r",\s+(?:which|who|whose|where|when)\b[^,]*\Z|\b(?:since|until|from|before|after)\s+\Z")
# A date before these only says when something else was: "shut from 17 May, when the strike began".
OF_ANOTHER_EVENT = re.compile(r"\s*,?\s*(?:when|the (?:day|date)|on which|which|before|after)\b")
# Before a date at a sentence's end: who told or decided it, which has that day whatever is to come of it.
CREDITED = re.compile(
    r",[\"”’']?\s+[^,;]{2,60}\b(?:said|announced|told|decided|ruled|reported)(?:\s+\w+)?\s+(?:on\s+)?\Z"
)
# Begins a sentence that goes on with what the last one told, and so on its day: "He said", "Jobs also announced".
GOES_ON = re.compile(
    r"[\"“‘'\s]*(?:(?:But|And|Yet|So|Then|However),?\s+)?"
    r"(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|(?:[\w'’-]+\s+){1,3}?(?:also|then|added)"
    rf"|[Tt]he\s+(?:[\w-]+\s+){{0,2}}?(?:{EVENTS})s?)\b"
)
# A year or decade that no date was made of: "in the late 1980's".
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# "Was founded", "were killed": as often background as news, where the story is only what somebody said of it.
BACKGROUND = re.compile(r"(?:was|were)\b")
# Begins what was said: a date after it is not the saying's.
SAID_THING = re.compile(r"\b(?:that|it|they|he|she|would|will|had|has)\b|[“\"]")
BESIDE_SAYING = 12  # words from the verb to its own date: "told reporters in Paris on Monday"


_Dated = tuple[int, Statement]  # where in the sentence the date's words begin, and the statement


class _Day(msgspec.Struct, frozen=True):
    """A day that sentences without a date of their own can continue, and the words that it was read from.

    `of_event`: the text tells an event of that day, not only that something was said or published then.
    """

    date: Date
    evidence: str
    of_event: bool


def make_statements(article: Article, findings: Findings) -> tuple[Statement, ...]:
    """Return the article's statements, in text order.

    Each calendar date of a sentence gives one, basis "stated"; durations, repeated times and "now" give none. A
    sentence that tells of an event without a date of its own gives one on the day that it continues, basis
    "inferred": the lead's day, or else the publication's. An article that states no day at all gives none of these.
    """
    has_day = findings.dates or (article.published and article.published.value.is_day)
    if not findings.sentences or not has_day:
        return ()
    text = article.body.text
    sentences = sentences_of(text, findings.sentences)
    actors = whom(text, sentences, findings.actors)
    dates = _by_sentence(findings)
    stated = _stated(article, sentences, dates, actors)
    days = _days(article, sentences, stated)
    out: list[Statement] = []
    for at, (sentence, row, day) in enumerate(zip(sentences, stated, days, strict=True)):
        for _, statement in row:
            out.append(statement)
        clause = sentence.clause
        if day is None or not actors[at] or not clause.tells or any(s.date == day.date for _, s in row):
            continue
        is_state = clause.kind == "perfect" and at >= LEAD_SENTENCES  # "has lost district after district"
        if not day.of_event and (is_state or BACKGROUND.match(sentence.text, clause.at)):
            continue
        if _continues(sentence, row, dates.get(at, ())):
            start, end = sentence.start, sentence.end
            out.append(Statement(day.date, start, end, "inferred", day.evidence, "happened", actors[at]))
    return tuple(out)


def _stated(
    article: Article,
    sentences: Sequence[Sentence],
    dates: Mapping[int, Sequence[DateMention]],
    actors: Sequence[tuple[str, ...]],
) -> list[Sequence[_Dated]]:
    """The statements about the dates that sentences have themselves, sentence by sentence."""
    text = article.body.text
    published = article.published.value if article.published else None
    out: list[Sequence[_Dated]] = [()] * len(sentences)
    for at, mentions in dates.items():
        sentence = sentences[at]
        start, end = sentence.start, sentence.end
        row = []
        for mention, date in _kept(mentions):
            first = mention.start - start
            if date.precision in MONTHS and is_habit(sentence.text, first, mention.end - start, sentence.clause):
                continue
            mood = mood_of(sentence.text, first, date, published, sentence.clause)
            words = text[mention.start : mention.end]
            row.append((first, Statement(date, start, end, "stated", words, mood, actors[at])))
        out[at] = row
    return out


def _days(article: Article, sentences: Sequence[Sentence], stated: Sequence[Sequence[_Dated]]) -> list[_Day | None]:
    """The day that each sentence continues; None after sentences about another time that it goes on with.

    That is the story's day; but what goes on with a sentence that has an exact day of its own happened then. What is
    said is said on the story's day, whatever time it is about.
    """
    lead = [s for row in stated[:LEAD_SENTENCES] for _, s in row]
    story = day = _story_day(article, lead)
    out: list[_Day | None] = []
    for sentence, row in zip(sentences, stated, strict=True):
        clause = sentence.clause
        happened = [s for _, s in row if s.mood == "happened"] if row else ()
        told = _day_told(happened, clause) if happened else None
        if told:
            day = told
        elif (happened or clause.elsewhen or clause.kind == "pluperfect") and not clause.is_speech:
            day = None
        elif day is not story and not GOES_ON.match(sentence.text):
            day = story
        out.append(day or (story if happened or clause.is_speech else None))
    return out


def event_date(article: Article, statements: tuple[Statement, ...], findings: Findings) -> Known[Date] | None:
    """Tell on which day the article's main event happened: the lead's exact day, else the publication date."""
    if article.event_date:
        return known_day(article)
    lead_end = findings.sentences[:LEAD_SENTENCES][-1][1] if findings.sentences else 0
    day = _lead_day(article, [s for s in statements if s.start < lead_end and s.basis == "stated"])
    if day:
        return Known(day.date, "inferred", day.evidence)
    return known_day(article)


def _by_sentence(findings: Findings) -> dict[int, list[DateMention]]:
    starts = [start for start, _ in findings.sentences]
    out: dict[int, list[DateMention]] = {}
    for mention in findings.dates:
        at = bisect.bisect_right(starts, mention.start) - 1
        if at >= 0:
            out.setdefault(at, []).append(mention)
    return out


def _kept(mentions: Sequence[DateMention]) -> list[tuple[DateMention, Date]]:
    """A sentence's calendar dates, each once, without those that only frame a narrower one ("Monday ... this year")."""
    found: dict[str, tuple[DateMention, Date]] = {}
    for mention in mentions:
        date = _calendar_date(mention.value) if mention.type in ("DATE", "TIME") else None
        if date:
            found.setdefault(date.text, (mention, date))
    if len(found) == 1:
        return list(found.values())
    return [
        (mention, date)
        for mention, date in found.values()
        if date.is_day or not any(other is not date and date.covers(other) for _, other in found.values())
    ]


@lru_cache(maxsize=4096)
def _calendar_date(value: str) -> Date | None:
    return edtf.from_timex(value)


def _story_day(article: Article, lead: Sequence[Statement]) -> _Day | None:
    """The day that the story's sentences continue: the lead's, or else that of publication, if that is a day."""
    day = _lead_day(article, lead)
    if day is None and article.published and article.published.value.is_day:
        return _Day(article.published.value, article.published.evidence, of_event=False)
    return day


def _lead_day(article: Article, lead: Sequence[Statement]) -> _Day | None:
    text = article.body.text
    published = article.published.value.latest if article.published else None
    beside: _Day | None = None  # the day of a main clause that a clause with "when" says more of
    for s in lead:
        if s.mood != "happened" or not s.date.is_day or not s.date.earliest:
            continue
        is_news = published is None or 0 <= (published - s.date.earliest).days <= LONGEST_LAG
        clause = main_clause(text[s.start : s.end])
        at = text.find(s.evidence, s.start)
        is_told = CREDITED.search(text, s.start, at) is not None
        if clause.kind in ("state", "future") and not is_told:
            continue
        if not is_news or BESIDE_THE_STORY.search(text, s.start, at):
            continue
        day = _Day(s.date, s.evidence, of_event=not (clause.is_speech or is_told))
        if not OF_ANOTHER_EVENT.match(text, at + len(s.evidence)):
            return day
        beside = beside or day
    return beside


def _day_told(row: Sequence[Statement], clause: Clause) -> _Day | None:
    """The one exact day of which a sentence tells an event."""
    days = [s for s in row if s.date.is_day] if clause.tells else []
    return _Day(days[0].date, days[0].evidence, not clause.is_speech) if len(days) == 1 else None


def _continues(sentence: Sentence, row: Sequence[_Dated], mentions: Sequence[DateMention]) -> bool:
    """Tell whether the main clause belongs to the story's day, beside what other dates the sentence speaks of."""
    clause = sentence.clause
    if clause.is_speech:
        return not any(_is_when_said(sentence.text, clause, at) for at, _ in row)
    if clause.elsewhen:
        return False
    if any(s.mood == "happened" for _, s in row):
        return False
    if not row and ("1" in sentence.text or "2" in sentence.text) and YEAR.search(sentence.text):
        return False
    return bool(row) or not any(m.type in ("DATE", "SET") and "PRESENT" not in m.value for m in mentions)


def _is_when_said(sentence: str, clause: Clause, at: int) -> bool:
    """Tell whether a date is that of the saying ("said on Monday"), not of what was said ("said it would in May")."""
    if at < clause.at:
        return True
    between = sentence[clause.at : at]
    return len(between.split()) <= BESIDE_SAYING and not SAID_THING.search(between)
