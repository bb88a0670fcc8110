"""What the layout around a name says about its kind: datelines, tables of results, "&"."""

from __future__ import annotations

import re

from archivegen.detect.context import EDGE, SIGNS
from archivegen.detect.looks import PLAIN, Looks, is_of_place
from archivegen.detect.roles import may_belong, role_before
from archivegen.kept import Kept

__all__ = [
    "CUES_BEFORE",
    "FIRM_NEXT",
    "GROUP_NEXT",
    "ROLE_LAST",
    "UNKNOWN",
    "Scores",
    "hint_after",
    "is_scored",
    "is_side",
    "known_for_group",
    "with_cues",
]

Scores = tuple[float, float, float, float]  # person, organisation, place, other

# "LONDON 1996-08-30", "KABUL (Reuters) -", "PARIS, Aug 4 -", at the beginning of a line.
DATELINE_REST = re.compile(
    r"(?:, [A-Z][\w. ]{1,24})?,?\s*(?:\d{4}-\d\d|\([A-Z][\w /.]{1,20}\)\s*[-–—]|[A-Z][a-z]{2,8}\.? \d|--?\s|[–—])"
)
UNKNOWN = ("", EDGE, ",")  # words beside a name that say nothing of what stands there: a line may begin after a comma
DATELINE = 4.0
# A row of a league table: three numbers or more.
LEAGUE_ROW = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+\.?\d{1,3}){2}")
# "Leeds 3 Everton 1", alone on its line.
RESULT_REST = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+[^\W\d_][^\n\d]*[ \t]\d{1,3})?[ \t]*(?:\([^\n]*)?$", re.MULTILINE)
RESULT_START = re.compile(r"[^\W\d_][^\n\d]*[ \t]\d{1,3}[ \t]+")
# Whom a side beats is a side; countries' sides stay countries.
PLAYED = (
    "beat", "drew", "defeated", "thrashed", "lost to", r"vs?\.?", "host", "captain", "skipper", "striker", "midfielder",
    "defender", "goalkeeper", "forward", "coach", "manager", "batsman", "innings", "fans", "players?", "side", "team",
    "squad",
)  # fmt: skip
PLAYED_AFTER = re.compile(rf"\s+(?:{'|'.join(PLAYED)})\b")
# "Middlesex 199 and 426", "Hampshire 20 points"
SCORED = re.compile(r"\s+\d{1,3}(?:-\d{1,3})?\s*(?:and \d|for \d|points?\b|\(|$)", re.MULTILINE)
PLAYED_ENDS = ("t ", "g ", "d ", "v ", "s ", ". ", "h ", "o ", "\n")  # of the words below: most names have others
PLAYED_BEFORE = re.compile(r"\b(?:beat|beating|defeated|thrashed|vs?\.?|drew with|lost to)\s+$")
# "the Islamic State group", "Taliban militants"
GROUP = 2.5
GROUPS = (
    "group", "militants?", "movement", "party", "network", "fighters", "insurgents?", "rebels", "guerrillas",
    "news agency", "newspaper",
)  # fmt: skip
GROUP_AFTER = re.compile(rf"\s+(?:{'|'.join(GROUPS)})\b")
# "Norbank spokesman", "Norbank shares": but places have officials too.
OF_FIRMS = (
    r"spokes\w+", "CEO", "CFO", "chief executive", "chairman", "chairwoman", "executives?", "shares", "stock",
    "employees", "customers",
)  # fmt: skip
FIRM_AFTER = re.compile(rf"\s+(?:{'|'.join(OF_FIRMS)})\b")
# "the airline Norbank"
FIRM_WORD = re.compile(
    r"(?:airline|carrier|\w*maker|manufacturer|company|firm|giant|retailer|insurer|broadcaster|newspaper|daily|weekly|"
    r"magazine|agency|publisher|supplier|subsidiary|charity|organi[sz]ation)s?"
)
# What firms do; people do it too, but places only if a state is meant, and those are known.
BEFORE_DEEDS = ("also", "has", "have", "had", "will")
DEEDS = (
    "said", "says", "announc", "unveil", "launch", "agreed", "plans", "planned", "declin", "claims", "offers", "hopes",
    "intends", "secured", "beat out",
)  # fmt: skip
DEED_AFTER = re.compile(rf"\s+(?:(?:{'|'.join(BEFORE_DEEDS)}) )*(?:{'|'.join(DEEDS)})")
FIRM = 2.0
DEED = 1.5
BLANKS = (" ", "\n")
ROLE = 2.5
TEAM = 5.0

# Which of the patterns may match, by the words beside a name: beside most none of them.
GROUP_NEXT, FIRM_NEXT, DEED_NEXT, PLAYED_NEXT, SCORE_NEXT = 1, 2, 4, 8, 16
ROLE_LAST, FIRM_LAST, PLAYED_LAST, LINE_LAST = 1, 2, 4, 8
FIRST_WORDS = tuple(
    (bit, re.compile("|".join(words.partition(" ")[0] for words in listed)))
    for bit, listed in (
        (GROUP_NEXT, GROUPS),
        (FIRM_NEXT, OF_FIRMS),
        (DEED_NEXT, (*BEFORE_DEEDS, *DEEDS)),
        (PLAYED_NEXT, PLAYED),
        (SCORE_NEXT, (r"\d",)),
    )
)
PLAYED_WORDS = frozenset(("beat", "beating", "defeated", "thrashed", "v", "vs", "with", "to"))  # ends of PLAYED_BEFORE


def hint_after(word: str) -> int:
    """Tell which patterns may match after a name that this word follows, with or without a comma."""
    return sum([bit for bit, first in FIRST_WORDS if word in UNKNOWN or first.match(word)])


def hint_before(word: str) -> int:
    """Tell which may match before a name that this word precedes; a full stop belongs to its word."""
    bare = word.removesuffix(".")
    if word in SIGNS and word not in UNKNOWN:
        return FIRM_LAST  # "airline-Norbank"
    if not bare.isalnum():
        return ROLE_LAST | FIRM_LAST | PLAYED_LAST | LINE_LAST
    found = ROLE_LAST if may_belong(word) else 0
    found |= FIRM_LAST if FIRM_WORD.fullmatch(word) else 0
    return found | (PLAYED_LAST if bare in PLAYED_WORDS else 0)


CUES_AFTER, CUES_BEFORE = Kept(hint_after), Kept(hint_before)


def with_cues(text: str, start: int, end: int, scores: Scores, looks: Looks, before: str, after: str) -> Scores:
    """Add what the surroundings of text[start:end] say, and its `looks`, to the judge's scores.

    `before` and `after` are the words beside it.
    """
    ahead, behind = CUES_AFTER[after], CUES_BEFORE[before]
    is_several = looks[0]
    is_plain = looks is PLAIN[is_several]
    if is_plain and not ahead and not behind:  # as most
        return scores
    person, organisation, place, other = scores
    if ahead and not (text[end : end + 1] in BLANKS and text[end + 1 : end + 2].isalpha()):
        ahead &= SCORE_NEXT
    if ahead & GROUP_NEXT and GROUP_AFTER.match(text, end):
        organisation += GROUP
    elif is_several and behind & ROLE_LAST and role_before(text, start):
        person += ROLE
    if ahead & FIRM_NEXT and place <= organisation and FIRM_AFTER.match(text, end):
        organisation += FIRM
    if ahead & DEED_NEXT and DEED_AFTER.match(text, end) and not is_of_place(text[start:end]):
        organisation += DEED
    if behind & FIRM_LAST and not is_several and text[start - 2 : start - 1].islower():
        word = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
        organisation += 2 * FIRM if FIRM_WORD.fullmatch(word) else 0.0
    if not is_plain:
        person = person + looks.person - looks.body - looks.of_place
        organisation = organisation + looks.body + looks.company
        other = other + looks.other + looks.event
    at_line_start = behind & LINE_LAST > 0 and (start == 0 or text[start - 1] == "\n")
    if at_line_start and text[end : end + 1] in (" ", ",") and DATELINE_REST.match(text, end):
        place += DATELINE
    elif (place > person or not is_several) and (ahead & (SCORE_NEXT | PLAYED_NEXT) or behind & PLAYED_LAST):
        organisation += _team(text, start, end, at_line_start, is_telling=ahead & PLAYED_NEXT > 0)
    return person, organisation, place, other


def known_for_group(text: str, end: int) -> bool:
    """Tell whether the words after text[:end] say that a group or a firm is named: "... militants", "... shares"."""
    return GROUP_AFTER.match(text, end) is not None or FIRM_AFTER.match(text, end) is not None


def is_scored(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] stands in a table of sides or a side's result, as no person does."""
    at_line_start = start == 0 or text[start - 1] == "\n"
    return text[end + 1 : end + 2].isdigit() and _scored(text, start, end, at_line_start) > 0


def is_side(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Tell whether the words or figures beside text[start:end] say that it plays."""
    if not CUES_AFTER[after] & (PLAYED_NEXT | SCORE_NEXT) and not CUES_BEFORE[before] & PLAYED_LAST:  # as of most
        return False
    at_line_start = start == 0 or text[start - 1] == "\n"
    return _team(text, start, end, at_line_start, is_telling=text[end : end + 1].isspace()) > 0


def _team(text: str, start: int, end: int, at_line_start: bool, *, is_telling: bool) -> float:
    if text[end + 1 : end + 2].isdigit():
        return _scored(text, start, end, at_line_start)
    if is_telling and PLAYED_AFTER.match(text, end):
        return TEAM
    if text.endswith(PLAYED_ENDS, max(0, start - 12), start) and PLAYED_BEFORE.search(text, max(0, start - 12), start):
        return TEAM
    return 0.0


def _scored(text: str, start: int, end: int, at_line_start: bool) -> float:
    if LEAGUE_ROW.match(text, end):
        return TEAM if at_line_start else 0.0
    if RESULT_REST.match(text, end):
        line = text.rfind("\n", max(0, start - 100), start) + 1
        return TEAM if line == start or RESULT_START.fullmatch(text, line, start) else 0.0
    return TEAM if SCORED.match(text, end) else 0.0
