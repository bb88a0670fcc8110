"""One sentence -> what its main clause does: tells what happened, has happened, was said, is to come, or none of these.

Word lists and word order only, no tagger; where they cannot tell, the answer is "none".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count
from typing import Literal

import msgspec

from archivegen.timeline.verbs import (
    AT_ANOTHER_TIME,
    BE_THEN,
    BEFORE_NOUN,
    BETWEEN,
    CLAUSE_ENDS,
    DETERMINERS,
    ELSEWHEN,
    FINITE,
    HAVE,
    LASTING,
    NOT_PAST,
    OPENERS,
    PARTICIPLES,
    PAST,
    PLANS,
    PREPOSITIONS,
    PRONOUNS,
    SAID,
    SELDOM_SAYS,
    role_of,
)

__all__ = ["Clause", "Sentence", "main_clause", "sentences_of"]

ClauseKind = Literal["past", "perfect", "said", "says", "progressive", "pluperfect", "future", "state", "none"]


class Clause(msgspec.Struct, frozen=True):
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


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a text, where it stands, and its main clause."""

    start: int
    end: int
    text: str
    clause: Clause


# What stands in quotation marks or brackets.
APART = re.compile(r"“[^”]*+(?:”|$)|\"[^\"]*+(?:\"|$)|«[^»]*+(?:»|$)|\([^()]*+\)")
REST_OF_QUOTATION = re.compile(r"\A[^”]*+(?:”|$)")
# These put a sentence without a date at another time than the story's day; each has one of the words of ELSEWHEN.
ANOTHER_TIME = re.compile(
    rf"\b(?:{'|'.join(sorted(AT_ANOTHER_TIME))}|in the past|"
    r"recent (?:years|months|weeks|decades)|over the (?:years|past|last)|(?:so|thus) far|to date|since then|"
    r"at th(?:e|at) time|back then|years? (?:ago|before|earlier|after)|ever since|twice before|"
    r"for (?:many |several )?years|"
    r"[Bb]efore (?:his|her|its|their)|[Ww]hen\b[^,]*\bfirst|ha(?:s|ve) (?:also |already |long )?been|ha(?:s|ve) long)\b"
)
FEW = 3  # words of a short subject
LONGEST = 2000  # characters looked at; a longer sentence is a list or no sentence


def sentences_of(text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
    """Find the main clauses of a text's sentences."""
    texts = [text[start:end] for start, end in spans]
    plain = [_plain(sentence, quoted=quoted) for sentence, quoted in zip(texts, _quoted(text, texts), strict=True)]
    clauses = map(_clause, texts, plain, [*map(_words, plain)])
    return [Sentence(*span, words, clause) for span, words, clause in zip(spans, texts, clauses, strict=True)]


def main_clause(sentence: str) -> Clause:
    """Find the main clause's verb."""
    plain = _plain(sentence, quoted=False)
    return _clause(sentence, plain, _words(plain))


def _quoted(text: str, sentences: Sequence[str]) -> Sequence[bool]:
    """Tell of each sentence whether it begins within a quotation."""
    if "“" not in text:
        return [False] * len(sentences)
    out = []
    quoted = False
    for sentence in sentences:
        out.append(quoted)
        opened, closed = sentence.rfind("“"), sentence.rfind("”")
        if opened != closed:
            quoted = opened > closed
    return out


def _plain(sentence: str, *, quoted: bool) -> str:
    """Blank out what stands in quotation marks or brackets, which is not the sentence's own clause."""
    plain = sentence[:LONGEST]
    if quoted:
        plain = REST_OF_QUOTATION.sub(_blank, plain, count=1)
    if '"' in plain or "“" in plain or "(" in plain or "«" in plain:
        plain = APART.sub(_blank, plain)
    return plain.replace("’", "'")


def _words(plain: str) -> list[str]:
    return plain.rstrip(".!?").replace(", ", " , ").replace("; ", " ; ").split()


def _clause(sentence: str, plain: str, words: list[str]) -> Clause:
    if not words:
        return Clause("none", len(sentence))
    words[0] = words[0].lower()  # a capital within a sentence is a name's: "United States President"
    kind, index = _find(words)
    elsewhen = not ELSEWHEN.isdisjoint(words) and _is_elsewhen(plain, words)
    if kind == "said" and words[index] in HAVE and not LASTING.isdisjoint(words):
        kind, elsewhen = "perfect", True  # "has argued since March", "has repeatedly denied"
    at = len(sentence) if index >= len(words) else _place(plain, words, index)
    return Clause(kind, at, elsewhen)


def _is_elsewhen(plain: str, words: list[str]) -> bool:
    return not AT_ANOTHER_TIME.isdisjoint(words[1:]) or ANOTHER_TIME.search(plain) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _place(plain: str, words: list[str], index: int) -> int:
    """Where in the sentence a word begins."""
    if not index:
        return len(plain) - len(plain.lstrip())
    wanted = words[index]
    at = plain.find(wanted)
    if plain.find(wanted, at + 1) < 0:  # it stands there only once, as a rule
        return at
    at = 0
    for word in words[1:index]:
        at = plain.find(word, at) + len(word)
    return plain.find(wanted, at)


def _find(words: list[str]) -> tuple[ClauseKind, int]:
    start = words.index(",") + 1 if words[0] in OPENERS and "," in words else 0
    passed_over = 0  # verbs of relative clauses that are still to come
    for at in compress(count(), map(role_of, words)):  # the words that have a role
        if at < start:
            continue
        role = role_of(words[at])
        if role == "relative" or (role == "that" and at and words[at - 1] not in ",;:"):
            if at and words[at - 1] == ",":
                start = _after_comma(words, at)
            else:
                passed_over += 1
        elif role == "subordinate":
            passed_over += at > 0 and words[at + 1 : at + 2] not in ([], [","])
        elif kind := _kind(words, at, role):
            if not passed_over:
                return kind, at
            passed_over -= 1
            start = _past_verb(words, at)
    return "none", len(words)


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


def _kind(words: list[str], at: int, role: str) -> ClauseKind | None:
    """What kind of clause the word at `at` is the verb of; None where it is no finite verb."""
    if role == "said":
        previous = words[at - 1] if at else ""
        return "said" if previous not in BEFORE_NOUN or previous == "and" else None
    if role == "past":
        return "past" if _is_past(words, at) else None
    if role == "have":
        if not _is_participle(words, at + 1):
            return "state"
        if words[at][:3] == "had":
            return "pluperfect"
        return "said" if _next(words, at + 1) in SAID else "perfect"
    if role == "be":
        return _after_be(words, at)
    if role == "modal":
        return "future"
    return "says" if role == "says" and _says(words, at) else None


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
