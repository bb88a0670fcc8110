"""What a sentence says of a date: that it happened then, or was planned, announced or denied for it."""

from __future__ import annotations

import re

from archivegen.edtf import Date
from archivegen.model import Mood
from archivegen.timeline.clauses import Clause, main_clause
from archivegen.timeline.verbs import BE_NOW, BE_THEN, PARTICIPLES, PAST, word_set

__all__ = ["is_habit", "mood_of"]

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
# Before a date in the same clause: it was only meant for then. "Had been due on 3 May", "would begin on Monday".
MEANT = re.compile(
    r"\b(?:(?:was|were|had been|been|is|are|originally|initially|previously|first)\s+(?:originally\s+|initially\s+)?"
    r"(?:due|scheduled|planned|expected|set|supposed|slated|intended|meant)|will|would|shall|(?:was|were|is|are) to|"
    r"(?<!let it )be|plan(?:s|ned) (?:to|for)|scheduled|slated|due|expected|hop(?:es?|ed) to|"
    r"to (?:attend|meet|visit|host|hold|begin|start|resume|open|take part))\b",
    re.IGNORECASE,
)
MEANT_WORDS = word_set(
    "due scheduled planned expected set supposed slated intended meant will would shall to be plan plans hope hopes "
    "hoped Scheduled Due Expected Planned"
)
# The words right before a date for which somebody was asked to come: "had called them to the capital for 3 May",
# "asked nine parties to talks in the following month".
INVITED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|invit(?:e[ds]?|ing|ations?)|ask(?:s|ed|ing)?|summon(?:s|ed|ing)?|bade)\b.*?\bto\s+"
    r"(?:[^,;:]*\bfor|(?:[\w'’-]+\s+){0,4}(?:meetings?|conference|talks|table|summit|session|hearing|congress|forum|"
    r"round|gathering|dinner|ceremony)\s+(?:on|in|at))\s+(?:the\s+)?\Z",
    re.IGNORECASE | re.DOTALL,
)
# What comes between a plan and a date takes it back into what happened: "the trial, due last year, began on Monday".
CLAUSE_ENDS = r"[,;:—–]|\b(?:and|but|when|after|before|since|which|who|because|as)\b"
CLAUSE_END = re.compile(CLAUSE_ENDS)
LAST_CLAUSE_END = re.compile(rf"\A.*(?:{CLAUSE_ENDS})", re.DOTALL)
# Who is invited may be listed with commas and "and", so only these part an invitation from its date.
INVITATION_END = re.compile(r"\A.*(?:[;:—–]|\b(?:but|when|after|before|since|which|who|because)\b)", re.DOTALL)
# A month without a year: what is told of it in the present is so every year, and no event.
MONTH_ALONE = re.compile(
    r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+)?(?:Jan(?:uary)?|Feb(?:ruary)?|March|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WISHED = re.compile(r"\b(?:would|'d|’d)\s+(?:rather|sooner|prefer|like)\b")
THEN = BE_THEN | PAST | {"had"}
THEN_ALONE = THEN - PARTICIPLES  # "is held in June"
REACH = 120  # characters before a date that are looked at


def mood_of(sentence: str, at: int, date: Date, published: Date | None, clause: Clause) -> Mood:
    """Tell whether the sentence says that it happened. `at`: where in the sentence the date's words begin."""
    if not (published and published.earliest and published.latest and date.earliest and date.latest):
        is_open = published is None and date.precision == "yearless"  # the sentence's own words are all there is
        meant = PLANNED.search(sentence) if is_open else published is None and _is_meant(sentence, at)
        return _ahead(sentence, at, clause) if meant else "happened"
    if date.earliest > published.latest:
        return _ahead(sentence, at, clause)
    if not _is_meant(sentence, at):
        return "happened"
    return _ahead(sentence, at, clause) if date.latest >= published.earliest else "planned"


def is_habit(sentence: str, at: int, end: int, clause: Clause) -> bool:
    """Tell whether a month alone stands in what is so every year: "In June the boats are out", "a festival in June".

    `at`, `end`: where in the sentence the date's words are. A past verb or a cue of what is to come, in the same
    clause or else in the main one, makes it an event.
    """
    if not MONTH_ALONE.fullmatch(sentence, at, end):
        return False
    first = max(0, at - REACH)
    first += _clause_start(sentence[first:at])
    stop = CLAUSE_END.search(sentence, end)
    own = sentence[first : stop.start() if stop else len(sentence)].strip(" \"“”‘’'")
    if WISHED.search(own):
        return True
    words = set(own.split())
    then = THEN if BE_NOW.isdisjoint(words) else THEN_ALONE
    if not then.isdisjoint(words) or PLANNED.search(own) or MEANT.search(own):
        return False
    kind = main_clause(own).kind
    if kind != "none":
        return kind == "state"
    return clause.kind == "state" or (clause.kind == "none" and THEN.isdisjoint(sentence.split()))


def _is_meant(sentence: str, at: int) -> bool:
    """Tell whether the words before the date, in its own clause, speak of a plan."""
    head = sentence[max(0, at - REACH) : at]
    if MEANT_WORDS.isdisjoint(head.split()):
        return False
    if MEANT.search(head, _clause_start(head)):
        return True
    return INVITED.search(head, _clause_start(head, INVITATION_END)) is not None


def _clause_start(head: str, end: re.Pattern[str] = LAST_CLAUSE_END) -> int:
    found = end.search(head)
    return found.end() if found else 0


def _ahead(sentence: str, at: int, clause: Clause) -> Mood:
    """What is said of a date that is not told as past: the words of its own clause deny it, or any announce it."""
    first = max(0, at - REACH)
    first += _clause_start(sentence[first:at])
    end = CLAUSE_END.search(sentence, at)
    if DENIED.search(sentence, first, end.start() if end else len(sentence)):
        return "denied"
    return "announced" if clause.is_speech or ANNOUNCED.search(sentence) else "planned"
