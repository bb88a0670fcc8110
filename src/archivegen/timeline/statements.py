"""One article's findings -> its statements: which sentence speaks of which date, and whether it had come yet."""

from __future__ import annotations

import bisect
import re

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, DateMention, Findings, Known, Mood, Statement

__all__ = ["VERSION", "event_date", "make_statements"]

VERSION = "1"

# Cue words that tell what a sentence does with a date that lay ahead when it was written.
PLANNED = re.compile(
    r"\b(?:will|would|shall|'ll|plan(?:s|ned|ning)?|schedul(?:e[ds]?|ing)|due|expect(?:s|ed)?|hopes?|hoping|set to|"
    r"to (?:be held|attend|visit|meet|host)|upcoming|next|invit(?:e[ds]?|ation))\b",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(r"\b(?:announc(?:e[ds]?|ing|ement)|said|says|told|propos(?:e[ds]?|al)|confirm(?:s|ed))\b", re.I)
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|refut(?:es?|ed)|dismiss(?:es|ed)|cancel(?:s|led|ed)|postpon(?:es?|ed)|"
    r"will not|would not|won't|called off)\b",
    re.IGNORECASE,
)
LEAD_SENTENCES = 2


def make_statements(article: Article, findings: Findings) -> tuple[Statement, ...]:
    """Return a statement for every calendar date of every sentence, in text order.

    A date that is said twice in one sentence counts once. Durations, repeated times and "now" are no statements.
    """
    text = article.body.text
    starts = [start for start, _ in findings.sentences]
    names: dict[int, list[str]] = {}
    for actor in findings.actors:
        names.setdefault(bisect.bisect_right(starts, actor.start) - 1, []).append(actor.name)
    published = article.published.value if article.published else None
    out: list[Statement] = []
    said: set[tuple[int, str]] = set()
    for mention in findings.dates:
        at = bisect.bisect_right(starts, mention.start) - 1
        date = _calendar(mention)
        if at < 0 or date is None or (at, date.text) in said:
            continue
        said.add((at, date.text))
        start, end = findings.sentences[at]
        mood = _mood(text[start:end], date, published)
        actors = tuple(dict.fromkeys(names.get(at, ())))
        out.append(Statement(date, start, end, "stated", text[mention.start : mention.end], mood, actors))
    return tuple(out)


def event_date(article: Article, statements: tuple[Statement, ...], findings: Findings) -> Known[Date] | None:
    """Tell on which day the article's main event happened: the lead's first exact day, else the publication date."""
    if article.event_date:
        return article.event_date
    lead_end = findings.sentences[:LEAD_SENTENCES][-1][1] if findings.sentences else 0
    for statement in statements:
        if statement.start < lead_end and statement.date.is_day and statement.mood == "happened":
            return Known(statement.date, "inferred", statement.evidence)
    if article.published:
        return Known(article.published.value, "inferred", article.published.evidence, article.published.line)
    return None


def _calendar(mention: DateMention) -> Date | None:
    return edtf.from_timex(mention.value) if mention.type in ("DATE", "TIME") else None


def _mood(sentence: str, date: Date, published: Date | None) -> Mood:
    """Tell whether the sentence says that it happened, or that it was to come when the article was written."""
    if not (published and published.earliest and published.latest and date.earliest and date.latest):
        is_open = published is None and date.precision == "yearless"  # the sentence's own words are all there is
        return "planned" if is_open and PLANNED.search(sentence) else "happened"
    if date.latest <= published.latest or date.earliest <= published.earliest:
        return "happened"
    if DENIED.search(sentence):
        return "denied"
    return "announced" if ANNOUNCED.search(sentence) else "planned"
