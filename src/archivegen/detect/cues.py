"""What the layout around a name says about its kind: datelines, tables of results, "&"."""

from __future__ import annotations

import re

from archivegen.detect.roles import role_before
from archivegen.detect.words_en import COMPANY_ENDS, EVENT_WORDS, ORGANISATION_WORDS
from archivegen.detect.world import load_world

__all__ = ["Scores", "is_scored", "is_side", "known_for_group", "with_cues"]

Scores = tuple[float, float, float, float]  # person, organisation, place, other

# "LONDON 1996-08-30", "KABUL (Reuters) -", "PARIS, Aug 4 -", at the beginning of a line.
DATELINE_REST = re.compile(
    r"(?:, [A-Z][\w. ]{1,24})?,?\s*(?:\d{4}-\d\d|\([A-Z][\w /.]{1,20}\)\s*[-–—]|[A-Z][a-z]{2,8}\.? \d|--?\s|[–—])"
)
DATELINE = 4.0
# A row of a league table: three numbers or more.
LEAGUE_ROW = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+\.?\d{1,3}){2}")
# "Leeds 3 Everton 1", alone on its line.
RESULT_REST = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+[^\W\d_][^\n\d]*[ \t]\d{1,3})?[ \t]*(?:\([^\n]*)?$", re.MULTILINE)
RESULT_START = re.compile(r"[^\W\d_][^\n\d]*[ \t]\d{1,3}[ \t]+")
# Whom a side beats is a side; countries' sides stay countries.
PLAYED_AFTER = re.compile(
    r"\s+(?:beat|drew|defeated|thrashed|lost to|vs?\.?|host|captain|skipper|striker|midfielder|defender|"
    r"goalkeeper|forward|coach|manager|batsman|innings|fans|players?|side|team|squad)\b"
)
# "Middlesex 199 and 426", "Hampshire 20 points"
SCORED = re.compile(r"\s+\d{1,3}(?:-\d{1,3})?\s*(?:and \d|for \d|points?\b|\(|$)", re.MULTILINE)
PLAYED_ENDS = ("t ", "g ", "d ", "v ", "s ", ". ", "h ", "o ", "\n")  # of the words below: most names have others
PLAYED_BEFORE = re.compile(r"\b(?:beat|beating|defeated|thrashed|vs?\.?|drew with|lost to)\s+$")
# "the Islamic State group", "Taliban militants"
GROUP_AFTER = re.compile(
    r"\s+(?:group|militants?|movement|party|network|fighters|insurgents?|rebels|guerrillas|news agency|newspaper)\b"
)
GROUP = 2.5
# "Norbank spokesman", "Norbank shares": but places have officials too.
FIRM_AFTER = re.compile(
    r"\s+(?:spokes\w+|CEO|CFO|chief executive|chair(?:man|woman)|executives?|shares|stock|employees|customers)\b"
)
# "the airline Norbank"
FIRM_WORD = re.compile(
    r"(?:airline|carrier|\w*maker|manufacturer|company|firm|giant|retailer|insurer|broadcaster|newspaper|daily|weekly|"
    r"magazine|agency|publisher|supplier|subsidiary|charity|organi[sz]ation)s?"
)
# What firms do; people do it too, but places only if a state is meant, and those are known.
DEED_AFTER = re.compile(
    r"\s+(?:also |has |have |had |will )*"
    r"(?:said|says|announc|unveil|launch|agreed|plans|planned|declin|claims|offers|hopes|intends|secured|beat out)"
)
# One of them, which most names have not: one search for four.
TELLING_AFTER = re.compile("|".join(one.pattern for one in (GROUP_AFTER, FIRM_AFTER, DEED_AFTER, PLAYED_AFTER)))
FIRM = 2.0
DEED = 1.5
# Things: "Airbus A330", "iPad".
MODEL = re.compile(r"\d")
# "PowerPC", "KeyCorp", but "McCain", "DeVito"
INNER_CAPITAL = re.compile(r"(?<!\bM)(?<!\bMa)(?<!\bD)(?<!\bL)[a-z][A-Z]")
CAMEL = re.compile(r"[a-z][A-Z]")
THING = 5.0
ROLE = 2.5
TEAM = 5.0
EVENT = 3.0
OF_PLACE = 2.0
COMPANY = 3.0
BODY = 2.0  # "AirTran Airways"


def with_cues(text: str, start: int, end: int, scores: Scores) -> Scores:
    """Add what the surroundings of text[start:end] say to the judge's scores."""
    person, organisation, place, other = scores
    form = text[start:end]
    following = text[end : end + 1]
    is_followed = following in (" ", "\n") and text[end + 1 : end + 2].isalpha()
    is_telling = is_followed and TELLING_AFTER.match(text, end) is not None
    if is_telling and GROUP_AFTER.match(text, end):
        organisation += GROUP
    elif " " in form and role_before(text, start):
        person += ROLE
    if is_telling:
        organisation += _deed(text, start, end, may_be_firm=place <= organisation)
    if " " not in form and text[start - 2 : start - 1].islower():
        word = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
        organisation += 2 * FIRM if FIRM_WORD.fullmatch(word) else 0.0
    if not (form.istitle() and form.replace(" ", "").isalpha()):
        of_thing, of_person = _odd(form)
        other += of_thing
        person += of_person
    _, space, last = form.rpartition(" ")
    if space and last in ORGANISATION_WORDS:
        organisation += BODY
        person -= BODY
    elif space and last in EVENT_WORDS:
        other += EVENT
    elif space and _is_of_place(form):
        person -= OF_PLACE
    if last in COMPANY_ENDS or " & " in form:
        organisation += COMPANY
    at_line_start = start == 0 or text[start - 1] == "\n"
    if at_line_start and following in (" ", ",") and DATELINE_REST.match(text, end):
        place += DATELINE
    elif place > person or not space:
        organisation += _team(text, start, end, at_line_start, is_telling=is_telling)
    return person, organisation, place, other


def _odd(form: str) -> tuple[float, float]:
    """What digits and capitals inside a form add for a thing, and for a person."""
    if MODEL.search(form, max(0, len(form) - 4)) or CAMEL.match(form):
        return THING, -THING
    return 0.0, -THING if INNER_CAPITAL.search(form) else 0.0


def _deed(text: str, start: int, end: int, *, may_be_firm: bool) -> float:
    """Add for words after the name that say what firms have or do."""
    out = FIRM if may_be_firm and FIRM_AFTER.match(text, end) else 0.0
    if DEED_AFTER.match(text, end) and not _is_of_place(text[start:end]):
        out += DEED
    return out


def known_for_group(text: str, end: int) -> bool:
    """Tell whether the words after text[:end] say that a group or a firm is named: "... militants", "... shares"."""
    return GROUP_AFTER.match(text, end) is not None or FIRM_AFTER.match(text, end) is not None


def is_scored(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] stands in a table of sides or a side's result, as no person does."""
    at_line_start = start == 0 or text[start - 1] == "\n"
    return text[end + 1 : end + 2].isdigit() and _scored(text, start, end, at_line_start) > 0


def is_side(text: str, start: int, end: int) -> bool:
    """Tell whether the words or figures beside text[start:end] say that it plays."""
    at_line_start = start == 0 or text[start - 1] == "\n"
    return _team(text, start, end, at_line_start, is_telling=text[end : end + 1].isspace()) > 0


def _is_of_place(form: str) -> bool:
    """Tell whether a name begins with a place, as those of teams and firms do: "Dundee Rovers"."""
    world = load_world()
    first = form.split(None, 1)[0]
    return first in world.countries or first in world.cities or first in world.nations


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
