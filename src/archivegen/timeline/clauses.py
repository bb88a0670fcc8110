"""One sentence -> what its main clause does: tells what happened, has happened, was said, is to come, or none of these.

Word lists and word order only, no tagger; where they cannot tell, the answer is "none".
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from archivegen.timeline.verbs import (
    BE_NOW,
    BE_THEN,
    BEFORE_NOUN,
    BETWEEN,
    CLAUSE_ENDS,
    CUES,
    DETERMINERS,
    ELSEWHEN,
    FINITE,
    HAVE,
    LASTING,
    MODALS,
    NOT_PAST,
    OPENERS,
    PARTICIPLES,
    PAST,
    PLANS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SAID,
    SAY,
    SAYS,
    SELDOM_SAYS,
    SUBORDINATE,
)

__all__ = ["Clause", "ClauseKind", "main_clause"]

ClauseKind = Literal["past", "perfect", "said", "says", "progressive", "pluperfect", "future", "state", "none"]


class Clause(NamedTuple):  # a tuple: one is made of every sentence, three times as fast
    """The kind of a sentence's main clause, and where in the sentence its verb begins (its length where none is).

    `elsewhen`: the sentence has words like "previously" or "years ago".
    """

    kind: ClauseKind
    at: int
    elsewhen: bool = False

    @property
    def tells(self) -> bool:
        """True where the clause tells of something that happened or was said, rather than of how things are."""
        return self.kind in ("past", "perfect", "said", "says")

    @property
    def is_speech(self) -> bool:
        """True where the main verb is one of saying."""
        return self.kind in ("said", "says")


SET_APART = re.compile('[“"«(]')
# What stands in quotation marks or brackets is passed over: it is not the sentence's own clause.
APART = re.compile(r"“[^”]*+(?:”|$)|\"[^\"]*+(?:\"|$)|«[^»]*+(?:»|$)|\([^()]*+\)")
REST_OF_QUOTATION = re.compile(r"\A[^”]*+(?:”|$)")
# These put a sentence without a date at another time than the story's day; each has one of the words below.
ANOTHER_TIME = re.compile(
    r"\b(?:previously|formerly|originally|initially|historically|traditionally|once|in the past|"
    r"recent (?:years|months|weeks|decades)|over the (?:years|past|last)|(?:so|thus) far|to date|since then|"
    r"at th(?:e|at) time|back then|years? (?:ago|before|earlier|after)|decades|always|often|usually|normally|generally|"
    r"typically|sometimes|ever since|twice before|later|earlier|era|for (?:many |several )?years|"
    r"[Bb]efore (?:his|her|its|their)|[Ww]hen\b[^,]*\bfirst|ha(?:s|ve) (?:also |already |long )?been|ha(?:s|ve) long)\b"
)
FEW = 3  # words of a short subject
LONGEST = 2000  # characters looked at; a longer sentence is a list or no sentence


def main_clause(sentence: str, *, quoted: bool = False) -> Clause:
    """Find the main clause's verb. `quoted`: the sentence begins within a quotation, which is passed over."""
    plain = sentence[:LONGEST]
    if quoted:
        plain = REST_OF_QUOTATION.sub(_blank, plain, count=1)
    if SET_APART.search(plain):
        plain = APART.sub(_blank, plain)
    plain = plain.replace("’", "'")
    words = plain.rstrip(".!?").replace(", ", " , ").replace("; ", " ; ").split()
    if not words:
        return Clause("none", len(sentence))
    words[0] = words[0].lower()  # a capital within a sentence is a name's: "United States President"
    kind, index = _find(words)
    elsewhen = not ELSEWHEN.isdisjoint(words) and ANOTHER_TIME.search(plain) is not None
    if kind == "said" and words[index] in HAVE and not LASTING.isdisjoint(words):
        kind, elsewhen = "perfect", True  # "has argued since March", "has repeatedly denied"
    at = len(sentence) if index >= len(words) else _place(plain, words, index)
    return Clause(kind, at, elsewhen)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _place(plain: str, words: list[str], index: int) -> int:
    """Where in the sentence a word begins."""
    at = 0
    for word in words[1:index]:
        at = plain.find(word, at) + len(word)
    return plain.find(words[index], at) if index else len(plain) - len(plain.lstrip())


def _find(words: list[str]) -> tuple[ClauseKind, int]:
    end = len(words)
    at = 0
    if words and words[0] in OPENERS and "," in words:
        at = words.index(",") + 1
    passed_over = 0  # verbs of relative clauses that are still to come
    while at < end:
        word = words[at]
        if word not in CUES and not word.endswith("ed"):
            at += 1
            continue
        if word in RELATIVE or (word == "that" and at and words[at - 1] not in ",;:"):
            if at and words[at - 1] == ",":
                at = _after_comma(words, at)
                continue
            passed_over += 1
        elif word in SUBORDINATE:
            passed_over += at > 0 and words[at + 1 : at + 2] not in ([], [","])
        elif kind := _kind(words, at):
            if not passed_over:
                return kind, at
            passed_over -= 1
            at = _past_verb(words, at)
            continue
        at += 1
    return "none", end


def _after_comma(words: list[str], at: int) -> int:
    try:
        return words.index(",", at) + 1
    except ValueError:
        return len(words)


def _past_verb(words: list[str], at: int) -> int:
    """Step over a verb together with its auxiliaries: "has been made"."""
    at += 1
    while at < len(words) and (words[at] in BETWEEN or words[at] in PARTICIPLES or words[at][-2:] == "ed"):
        at += 1
    return at


def _kind(words: list[str], at: int) -> ClauseKind | None:
    """What kind of clause the word at `at` is the verb of; None where it is no finite verb."""
    word = words[at]
    if word in SAID:
        previous = words[at - 1] if at else ""
        return "said" if previous not in BEFORE_NOUN or previous == "and" else None
    if word in PAST or word[-2:] == "ed":
        return "past" if _is_past(words, at) else None
    if word in HAVE:
        if not _is_participle(words, at + 1):
            return "state"
        if word[:3] == "had":
            return "pluperfect"
        return "said" if _next(words, at + 1) in SAID else "perfect"
    if word in BE_NOW or word in BE_THEN:
        return _after_be(words, at)
    if word in MODALS:
        return "future"
    return "says" if (word in SAYS or word in SAY) and _says(words, at) else None


def _says(words: list[str], at: int) -> bool:
    """Tell the verbs "reports" and "states" from the nouns, and from adding something to something."""
    if not at or words[at - 1] in DETERMINERS:
        return False
    following = words[at + 1] if at + 1 < len(words) else ","
    return words[at] not in SELDOM_SAYS or following == "that" or (at <= FEW and following == ",")


def _is_past(words: list[str], at: int) -> bool:
    """Tell a past tense from a participle that describes a noun: "made in France", "a planned sale", "backed by"."""
    word, previous = words[at], words[at - 1] if at else ""
    if word in NOT_PAST:
        return word in ("called", "named") and (at == 1 or previous in PRONOUNS)
    if not at or (word[-2:] == "ed" and (len(word) < 4 or "-" in word or word[0].isupper())):
        return False
    if previous in (DETERMINERS if word in PAST else BEFORE_NOUN):
        return False
    if word in PAST and word not in PARTICIPLES:
        return True
    if previous == "," and (words[:at].count(",") % 2 or _later_verb(words, at + 1)):
        return False  # "the plane, delayed for years, landed"
    return not _is_passive(words, at) and not _is_reduced(words, at)


def _is_reduced(words: list[str], at: int) -> bool:
    """Tell "phones sold in France have ..." by the verb that still comes before the clause ends."""
    if words[at + 1 : at + 2] and words[at + 1] in PREPOSITIONS:
        for word in words[at + 2 : at + 14]:
            if word in CLAUSE_ENDS:
                return False
            if word in FINITE:
                return True
    return False


def _is_passive(words: list[str], at: int) -> bool:
    """Tell "a plan backed by the board" from "she ended by thanking"."""
    after = words[at + 1 : at + 3]
    return after[:1] == ["by"] and after[-1][-3:] != "ing"


def _later_verb(words: list[str], at: int) -> bool:
    """Tell whether a comma and a verb follow, so that what stands before the comma was put in."""
    comma = _after_comma(words, at)
    return any(w in FINITE or w in SAID or w in PAST or w[-2:] == "ed" for w in words[comma : comma + 3])


def _after_be(words: list[str], at: int) -> ClauseKind:
    following = _next(words, at + 1)
    if following == "to" or following in PLANS:
        return "future"
    is_then = words[at] in BE_THEN
    if following[-3:] == "ing":
        return "past" if is_then else "progressive"
    return "past" if is_then and _is_participle(words, at + 1) else "state"


def _next(words: list[str], at: int) -> str:
    while at < len(words) and (words[at] in BETWEEN or words[at][-2:] == "ly"):
        at += 1
    return words[at] if at < len(words) else ""


def _is_participle(words: list[str], at: int) -> bool:
    following = _next(words, at)
    return following in PARTICIPLES or (following[-2:] == "ed" and "-" not in following)
