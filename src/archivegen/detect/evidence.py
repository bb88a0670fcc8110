"""Whether an article shows that a name is a person's or an organisation's, and not only looks like one.

Firms, products and events look like people ("Aldous Martin", "Lyrabook Pro"); what is said of them differs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from archivegen.detect.agreement import Named, sum_of
from archivegen.detect.context import SIGNS
from archivegen.detect.cues import FIRM_NEXT, GROUP_NEXT, UNKNOWN, hint_after, is_scored, known_for_group
from archivegen.detect.features import is_common
from archivegen.detect.metonyms import country_in
from archivegen.detect.roles import role_before
from archivegen.detect.surnames import surname_of
from archivegen.detect.weights import Model
from archivegen.detect.words_en import CALENDAR, COMPANY_ENDS, ORGANISATION_WORDS, PERSON_TITLES
from archivegen.detect.world import load_world
from archivegen.kept import Kept
from archivegen.model import Kind

__all__ = ["evidence"]

Key = tuple[str, Kind]

# Enough for a person: this lead over the next kind with no sign, one sign, two signs or more. A firm named in full
# again and again gets a lead too, but no sign.
PERSON_LEADS = (3.0, 1.5, 0.0)
LONE_PERSON = 2, 1.0  # signs and lead for one word: "Ericsson" is more often a firm
# Points for an organisation by its signs: (lead, points), the first that is reached.
BODY_POINTS: tuple[tuple[tuple[float, int], ...], ...] = (
    (),
    ((1.0, 2), (-1.0, 1)),
    ((-0.5, 2), (-2.0, 1)),
    ((-2.0, 2),),
)
THE_LEAD = 2.5
# What is looked for begins with one of a few letters, which are found ten times as fast as the ends of words.
PRONOUN = re.compile(
    r"[HhSsw.!?\n](?:(?<=[.!?\n])|(?<!\w.)(?:(?<=[Hh])e|(?<=[Ss])he|(?<=h)(?:is|er|im|imself|erself)|(?<=w)ho(?:se)?)\b)"
)
PRONOUN_WITHIN = 68
REACH = 24  # characters before a name in which the word beside it is looked for
# What people do, or are, right after their name: "Marsh, 54,", "Marsh (Denmark)" of a list of results.
PERSON_DEEDS = "said|says|told|added|adds|asked|insisted|argued|believes|thinks|knows|wrote|died|recalled|who"
PERSON_AFTER = re.compile(rf",? (?:{PERSON_DEEDS})\b|,? (?:was born|aged) |, \d\d,")
IN_BRACKETS = re.compile(r"\s\(([A-Z][\w. ]{1,30})\)")
COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lady|Dame|Miss)\.? $")
COURTESIES = frozenset(("Mr", "Mrs", "Ms", "Dr", "Sir", "Lady", "Dame", "Miss"))
OWNER_WORD = re.compile(r"(?:^|[^.\w])[Tt]he $")
OWNERS = ("the ", "The ")
# What organisations do and products, places and events do not.
BODY_AUXILIARIES = "also|has|had|have|will|would|is|was|were|already|now|recently|did not|does not|who|which"
BODY_DEEDS = (
    r"said|says|announc|report(?:s|ed)\b|plans?\b|planned|planning|agreed|declin|owns?\b|hir(?:e|ing)|sign(?:s|ed)\b|"
    r"den(?:y|ied)|claim|appoint|order(?:s|ed)|launch|filed|offer(?:s|ed)|accus|demand(?:s|ed)|warn|urg(?:es|ed)|condemn|"
    r"accept|reject|posted|releas|introduc|decid|declar|insist|quoted|cited|bought|acquir|hopes|wants|refus|sued|seeks|"
    r"sought|controlled|fight|fought|vow|pledg|investigat|threaten|sent\b|unveil|secured|intend|purchas|attempt|argu"
)
BODY_AFTER = re.compile(rf",?\s+(?:(?:{BODY_AUXILIARIES})\s+){{0,2}}(?:{BODY_DEEDS})")
# What organisations are, right before the name ("the airline, Ryanair") or after it ("Ryanair, the airline").
SORT = (
    r"(?:air)?(?:line|carrier|framer)|(?:car|air\w+|plane|\w*)maker|manufacturer|compan(?:y|ies)|firm|giant|retailer|operator|"
    r"bank|insurer|broadcaster|newspaper|daily|weekly|magazine|agency|publisher|supplier|builder|contractor|producer|"
    r"union|party|group|movement|charity|university|rival|subsidiary|label|band|club|organi[sz]ation|conglomerate"
)
SORT_AFTER = re.compile(rf",? (?:a|an|the|its|another|[A-Z]\w+['’]s) (?:[\w-]++ ){{0,3}}(?:{SORT})\b|\s(?:{SORT})\b")
SORT_WORD = re.compile(SORT)
LETTERS = re.compile(r"\w+")
BODY_ENDS = frozenset(
    ("told", "joined", "joining", "quit", "sued", "suing", "to", "by", "of", "for", "at", "with", "in", "from")
)
BODY_BEFORE = re.compile(
    r"\b(?:told|joined|joining|quit|sued|suing|according to|acquired by|made by|owned by|built by|developed by|"
    r"(?:chairman|head|president|chief|spokes\w+|director|member|members|leader|leaders|founder|co-founder|shares|"
    r"unit|division|subsidiary|board|analyst|officials?|editor|employees?|executives?|statement|officer|CEO) "
    r"(?:of|for|at|with|in|from|by)|work(?:s|ed|ing)? (?:for|at))\s+(?:the\s+)?$"
)
BOARD_AFTER = re.compile(
    r"['’]s? (?:[\w-]++ ){0,2}(?:board|chief|chairman|president|CEO|executives?|shares|spokes\w+|director|headquarters|"
    r"management|employees|workers|staff|customers|profits?|earnings|fleet|members?|leaders?|fighters|rivals?)\b"
)
SAID_AFTER = re.compile("|".join(pattern.pattern for pattern in (BODY_AFTER, BOARD_AFTER, SORT_AFTER)))
OWNED = re.compile(r"(\b[A-Z][\w.]*)['’]s? $")
CAPITALS = re.compile(r"[^\W\d_a-z]{2,}")
NOT_NAMES = frozenset(("Co", "Company", "Commission", "League", "Open", "Ministry", "Board", "Corporation"))
LINK = re.compile(r" (?:of|for) ")
# Ends of names that may be bodies and are more often held, visited or used.
OCCASIONS = frozenset(
    ("Conference", "Centre", "Center", "Meeting", "Airport", "System", "Systems", "Software", "Club's")
)

# Which of the patterns may match, by the words beside a name: beside most none of them.
COURTESY_LAST, SORT_LAST, OWNER_LAST, BODY_LAST = 1, 2, 4, 8
PERSON_NEXT, SORT_NEXT, SCORE_NEXT, BODY_NEXT = 1, 2, 4, 8
ALL = 15
FIRST_WORDS = tuple(
    (bit, re.compile(words))
    for bit, words in (
        (PERSON_NEXT, rf"{PERSON_DEEDS}|was|aged|\d|\("),
        (SORT_NEXT, SORT),
        (SCORE_NEXT | BODY_NEXT, r"\d"),
        (BODY_NEXT, rf"{BODY_AUXILIARIES.replace(' not', '')}|{BODY_DEEDS}|{SORT}"),
        (BODY_NEXT, r"['’]|an?\b|the\b|its\b|another\b|[A-Z]"),
    )
)


def _hint_before(word: str) -> int:
    """Tell which patterns may match before a name that this word precedes."""
    if word in SIGNS and word not in UNKNOWN:
        return 0
    bare = word.removesuffix(".")
    if not bare.isalnum():
        return ALL
    found = COURTESY_LAST if bare in COURTESIES else 0
    found |= SORT_LAST | BODY_LAST | OWNER_LAST if word in ("the", "The") else 0
    found |= SORT_LAST | BODY_LAST if _is_sort(word) else 0
    return found | (BODY_LAST if word in BODY_ENDS else 0)


def _hint_after(word: str) -> int:
    """Tell which may match after a name that this word follows."""
    found = BODY_NEXT if hint_after(word) & (GROUP_NEXT | FIRM_NEXT) else 0
    for bits, first in FIRST_WORDS:
        if word in UNKNOWN or first.match(word):
            found |= bits
    return found


BEFORE_HINTS, AFTER_HINTS = Kept(_hint_before), Kept(_hint_after)


def evidence(
    text: str, named: Sequence[Named], roles: Mapping[int, str], model: Model, lowered: Mapping[str, bool]
) -> dict[Key, int]:
    """Weigh each person and organisation of an article: 2 where the text shows that it is one, 1 where it hints so.

    `roles` are those found beside a name, by where it begins.
    """
    people: dict[str, list[Named]] = {}
    bodies: dict[str, list[Named]] = {}
    for item in named:
        if item.kind == "person":
            people.setdefault(item.name, []).append(item)
        elif item.kind == "organisation":
            bodies.setdefault(item.name, []).append(item)
    out: dict[Key, int] = {}
    for name, items in bodies.items():
        if weight := _of_body(text, name, items, model, lowered):
            out[name, "organisation"] = weight
    for name, items in people.items():
        if _is_person(text, name, items, roles, bodies, model):
            out[name, "person"] = 2
    return out


def _lead(name: str, items: Sequence[Named], kind: int) -> float:
    """How far the judge prefers this kind to the next, on average over the places that have the name in full."""
    rows = [item.scores for item in items if item.scores and item.form == name]
    if not rows:
        rows = [item.scores for item in items if item.scores]
    if not rows:
        return 0.0
    sums = list(sum_of(rows))
    own = sums.pop(kind)
    return (own - max(sums)) / len(rows)


def _is_person(
    text: str, name: str, items: Sequence[Named], roles: Mapping[int, str], bodies: Collection[str], model: Model
) -> bool:
    first, last, may_be = _parts(name)
    if not may_be or first in bodies:
        return False
    lead = _lead(name, items, 0)
    given = first in model.given or (first.endswith(".") and len(first) == 2)
    if " " not in name:
        # "John" is nobody; and "Ericsson" is more often a firm.
        if given or lead < LONE_PERSON[1]:
            return False
        has_role = any(role_before(text, item.start) for item in items)
        return _signs(text, items, roles) + int(has_role) >= LONE_PERSON[0]
    if lead < PERSON_LEADS[-1]:
        return False
    signs = int(given) + int(any(item.form == last for item in items))
    signs = _signs(text, items, roles, signs)
    if signs <= 0 and len(items) > 1:
        return False
    signs -= int(not given and _is_place(last)) + max([_is_of_bodies(text, item) for item in items])
    return signs >= 0 and lead >= PERSON_LEADS[min(signs, len(PERSON_LEADS) - 1)]


@lru_cache(maxsize=1 << 12)
def _parts(name: str) -> tuple[str, str, bool]:
    """The first and the last word of a name, and whether it may be a person's."""
    first = name.partition(" ")[0]
    return first, surname_of(name), first not in CALENDAR and _may_be_person(name)


def _signs(text: str, items: Sequence[Named], roles: Mapping[int, str], signs: int = 0) -> int:
    """Count what shows a person: an introduction, what people do, and, if that is not enough, a pronoun thereafter."""
    for item in items:
        if item.start in roles or (BEFORE_HINTS[item.before] & COURTESY_LAST and _is_courteous(text, item.start)):
            signs += 1
            break
    for item in items:
        if AFTER_HINTS[item.after] & PERSON_NEXT and _does_as_people(text, item.end):
            signs += 1
            break
    if signs < len(PERSON_LEADS):
        for item in items:
            if _goes_on_with_pronoun(text, item.end):
                return signs + 1
    return signs


def _is_courteous(text: str, start: int) -> bool:
    return COURTESY.search(text, max(0, start - 6), start) is not None


def _does_as_people(text: str, end: int) -> bool:
    following = text[end : end + 1]
    if following != "," and not following.isspace():
        return False
    return PERSON_AFTER.match(text, end) is not None or _is_of_country(text, end)


def _goes_on_with_pronoun(text: str, end: int) -> bool:
    found = PRONOUN.search(text, end, end + PRONOUN_WITHIN)
    return found is not None and found[0][0].isalpha()


def _is_of_country(text: str, end: int) -> bool:
    """Tell whether a country in brackets follows, as in lists of results: "Helen Marsh (Denmark)"."""
    after = IN_BRACKETS.match(text, end)
    return after is not None and bool(country_in(after[1]))


def _may_be_person(name: str) -> bool:
    """Tell whether a name has only words that people's names have: no "XI", no "OS", no "African"."""
    words = name.split()
    nations = load_world().nations
    if any(CAPITALS.search(word) and "." not in word for word in words[1:]) or (
        CAPITALS.search(words[0]) and len(words[0]) > 2 and len(words) > 1 and not words[0].isalpha()
    ):
        return False
    return not any(word in nations or word in ORGANISATION_WORDS for word in words[:-1]) and not _is_people(words[-1])


def _is_place(word: str) -> bool:
    world = load_world()
    return word in world.cities or word in world.countries or word in world.provinces


def _is_of_bodies(text: str, item: Named) -> int:
    """Weigh that a name is spoken of as firms, sides and things are: "the airline X", "the X", "X 2 1 0"."""
    before, after = BEFORE_HINTS[item.before], AFTER_HINTS[item.after]
    if before & SORT_LAST and _is_sort(_word_before(text, item.start)):
        return 2
    if after & SORT_NEXT and _is_sort(_word_after(text, item.end)):
        return 2
    if after & SCORE_NEXT and is_scored(text, item.start, item.end):
        return 2
    first = max(0, item.start - 5)
    if before & OWNER_LAST and text.endswith(OWNERS, first, item.start):
        return int(OWNER_WORD.search(text, first, item.start) is not None)
    return 0


@lru_cache(maxsize=1 << 14)
def _is_sort(word: str) -> bool:
    """Tell whether a word says what sort of body a name is: "airline", "carmaker"."""
    return SORT_WORD.fullmatch(word) is not None


def _word_before(text: str, start: int) -> str:
    """The word before a name, without a comma, "the" passed over; "" where none touches it."""
    end = start - 1
    if text[end:start] != " ":
        return ""
    if text.endswith(" the", max(0, end - 4), end):
        end -= 4
    if text[end - 1 : end] == ",":
        end -= 1
    first = max(0, end - REACH)
    token = text[text.rfind(" ", first, end) + 1 or first : end]
    if token.isalnum():
        return token
    return LETTERS.findall(token)[-1] if token[-1:].isalnum() else ""


def _word_after(text: str, end: int) -> str:
    """The word after a name; "" where none follows it."""
    found = LETTERS.match(text, end + 1) if text[end : end + 1].isspace() else None
    return found[0] if found else ""


def _of_body(text: str, name: str, items: Sequence[Named], model: Model, lowered: Mapping[str, bool]) -> int:
    signs = _signs_of_name(name, model.common)
    if signs < 0 or (" " not in name and lowered[name.casefold()]):
        return 0
    lead = _lead(name, items, 1)
    if lead < BODY_POINTS[-1][-1][0]:
        return 0
    for item in items:
        signs += _body_signs(text, item, lead)
        if signs >= len(BODY_POINTS):
            break
    for least, points in BODY_POINTS[max(0, min(signs, len(BODY_POINTS) - 1))]:
        if lead >= least:
            return points
    return 0


@lru_cache(maxsize=1 << 12)
def _signs_of_name(name: str, common: frozenset[str]) -> int:
    """Count what a name itself says of a body; below zero where it is none."""
    words = name.split()
    first, last = words[0], words[-1]
    if len(words) == 1 and (is_common(name.casefold(), common) or name in NOT_NAMES):
        return -1
    if _is_loud(name, common) or _is_people(name) or last in PERSON_TITLES:
        return -1
    if last in COMPANY_ENDS:
        return len(BODY_POINTS)
    # "Boeing Company", "Radio Danmark", "Ministry of Trade"; but no "Air Traffic Warning System".
    telling = words if LINK.search(name) else (first, last)
    is_named_so = (
        len(words) > 1
        and last not in OCCASIONS
        and any(word in ORGANISATION_WORDS or word in COMPANY_ENDS for word in telling)
    )
    return int(is_named_so or "&" in name)


def _body_signs(text: str, item: Named, lead: float) -> int:
    hint_before, hint_after = BEFORE_HINTS[item.before] & BODY_LAST, AFTER_HINTS[item.after] & BODY_NEXT
    if not hint_before and not hint_after:  # as most
        return 0
    start, end = item.start, item.end
    before = text[max(0, start - 40) : start]
    near = before.rsplit(None, 2)[-2:]
    if (near and near[-1][-2:] in ("'s", "’s", "'", "’")) or before[-2:] in ("' ", "’ "):
        owner = OWNED.search(before)
        if owner and not country_in(owner[1]):
            return -1
    is_the = bool(near) and near[-1] in ("the", "The")
    word = near[0] if is_the else near[-1] if near else ""
    if _is_sort(word.removesuffix(",")) or (word in BODY_ENDS and BODY_BEFORE.search(before)):
        return 1
    following = text[end : end + 1]
    if following and (following in ",'’" or following.isspace()):
        if SAID_AFTER.match(text, end) or known_for_group(text, end) or is_scored(text, start, end):
            return 1
    elif is_scored(text, start, end):
        return 1
    return int(is_the and lead >= THE_LEAD and " " not in item.form)


def _is_loud(name: str, common: frozenset[str]) -> bool:
    """Tell whether a word of a name is a usual one that a heading only shouts: "CUP", "League RESULTS"."""
    return any(len(word) > 2 and word.isupper() and is_common(word.casefold(), common) for word in name.split())


def _is_people(name: str) -> bool:
    """Tell whether a name is a nationality's: "Scots", "Briton"."""
    nations: Mapping[str, str] = load_world().nations
    return name in nations or (name[-1:] == "s" and name[:-1] in nations)
