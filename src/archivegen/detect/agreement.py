"""Agreement within an article: a name is of one kind all through, and a surname alone is the person named in full."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from archivegen.detect.judge import KINDS
from archivegen.detect.surnames import surname_of
from archivegen.detect.world import load_world
from archivegen.model import Kind

__all__ = ["Candidate", "Named", "agree", "sum_of"]

Scores = tuple[float, float, float, float]
Rows = Mapping[str, Sequence[Scores]]  # of each form, wherever it is judged to be a name
SHORT = 3  # letters of an acronym that no headline need have made
PERSON, ORGANISATION, PLACE, OTHER = range(4)
# How much a part of a longer name takes from it, in the judge's units.
JOINED = re.compile(r" and (?:the )?|['’]s ")
PART_OF_PERSON = 6.0
FIRST_OF_PERSON = 2.5
# A person is seldom named by one word only, in an article that never has the full name.
SURNAME_USED = 2.0
SURNAME_UNUSED = 1.5  # though the full name comes twice: "Northway Harlow" is a firm
FIRST_WORD_USED = 1.0
LONE_NAME = 2.0
PART_OF_ORGANISATION = 1.5


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the text; with the judge's scores for each of KINDS, or None where it saw no name.

    `before` and `after` are the words beside it (after a comma, the one beyond), "" where they were not looked for.
    """

    start: int
    end: int
    form: str
    scores: Scores | None
    before: str = ""
    after: str = ""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A candidate that is a name: its fullest form in the article, its kind, and the judge's scores."""

    start: int
    end: int
    form: str
    name: str
    kind: Kind
    scores: Scores | None
    before: str = ""
    after: str = ""


def agree(found: Sequence[Candidate], common: frozenset[str]) -> list[Named]:
    """Settle the kind and the full form of every candidate, over the whole article; in text order."""
    found = _calmed(found)
    rows, unjudged = _by_form(found)
    joined = [form for form in rows if " " in form and JOINED.search(form)]
    if joined:
        found = _taken_apart(found, joined, rows)
        rows, unjudged = _by_form(found)
    settled = _settled(rows, unjudged, common)
    out = []
    for item in found:
        name_kind = settled.get(item.form)
        if name_kind and (item.scores or _is_rescued(item.form, rows, unjudged, common)):
            name, kind = name_kind
            out.append(Named(item.start, item.end, item.form, name, kind, item.scores, item.before, item.after))
    return out


def _settled(rows: Rows, unjudged: Mapping[str, int], common: frozenset[str]) -> dict[str, tuple[str, Kind]]:
    """The full name and the kind of every form that is a name."""
    sums = {form: sum_of(scores) for form, scores in rows.items()}
    kinds = {form: _kind_of_long(form, row, rows) for form, row in sums.items() if " " in form}
    people = _people(kinds)
    bodies = frozenset([form.partition(" ")[0] for form, kind in kinds.items() if kind == ORGANISATION])
    long_forms = _long_forms(sums)
    for form, row in sums.items():
        if " " not in form:
            kinds[form] = _kind_of_word(form, row, people, bodies)
    for form in unjudged:
        if form not in kinds and form in people.lasts and form.lower() not in common:
            kinds[form] = PERSON
    for short, full in long_forms.items():
        kinds[short] = kinds[full] = PLACE if full in load_world().countries else ORGANISATION
    return {
        form: (_full_name(form, people) if kind == PERSON else long_forms.get(form, form), KINDS[kind])
        for form, kind in kinds.items()
    }


class _People(msgspec.Struct, frozen=True):
    """Full names by their last and first words."""

    lasts: Mapping[str, tuple[str, ...]]
    firsts: Mapping[str, tuple[str, ...]]


def _calmed(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Write a name in capitals as the article does elsewhere, or as its country or city is written."""
    loud = {form for form in {item.form for item in found} if len(form) > SHORT and form.isupper()}
    if not loud:
        return found
    upper = load_world().upper
    usual = {item.form.upper(): item.form for item in reversed(found) if not item.form.isupper()}
    calm = {form: usual.get(form) or upper.get(form) or form for form in loud}
    return [replace(item, form=calm[item.form]) if item.form in calm else item for item in found]


def _taken_apart(found: Sequence[Candidate], joined: Collection[str], alone: Collection[str]) -> Sequence[Candidate]:
    """Make two names of "Norbank and Lowell" or "Norbank's Lowell", where the article has one of them alone."""
    out: list[Candidate] = []
    for item in found:
        parts = JOINED.split(item.form, maxsplit=1) if item.scores and item.form in joined else []
        owned = "'s " in item.form or "’s " in item.form
        if len(parts) == 2 and (parts[0] in alone or (not owned and parts[1] in alone)):
            length = len(parts[1])
            out.append(Candidate(item.start, item.start + len(parts[0]), parts[0], item.scores, item.before))
            out.append(Candidate(item.end - length, item.end, parts[1], item.scores, "", item.after))
        else:
            out.append(item)
    return out


def _by_form(found: Iterable[Candidate]) -> tuple[Rows, dict[str, int]]:
    """The scores of every form that is judged to be a name somewhere, and how often others stand for none."""
    rows: dict[str, list[Scores]] = {}
    unjudged: dict[str, int] = {}
    for item in found:
        form, scores = item.form, item.scores
        if scores is None:
            unjudged[form] = unjudged.get(form, 0) + 1
        elif form in rows:
            rows[form].append(scores)
        else:
            rows[form] = [scores]
    return rows, unjudged


def sum_of(rows: Sequence[Scores]) -> Scores:
    """Add up scores, kind by kind."""
    a, b, c, d = rows[0]
    for e, f, g, h in rows[1:]:
        a, b, c, d = a + e, b + f, c + g, d + h
    return a, b, c, d


def _people(kinds: Mapping[str, int]) -> _People:
    lasts: dict[str, list[str]] = defaultdict(list)
    firsts: dict[str, list[str]] = defaultdict(list)
    for form, kind in kinds.items():
        if kind == PERSON:
            lasts[surname_of(form)].append(form)
            firsts[form.split(" ", 1)[0]].append(form)
    return _People({k: tuple(v) for k, v in lasts.items()}, {k: tuple(v) for k, v in firsts.items()})


def _kind_of_long(form: str, scores: Scores, judged: Rows) -> int:
    """The kind of a name of several words. Papers go on with a person's last word, and with a firm's first."""
    row = list(scores)
    if surname_of(form) in judged:
        row[PERSON] += SURNAME_USED
    elif form.split(" ", 1)[0] in judged:
        row[PERSON] -= SURNAME_UNUSED
        row[ORGANISATION] += FIRST_WORD_USED
    elif len(judged[form]) > 1:
        row[PERSON] -= SURNAME_UNUSED
    return row.index(max(row))


def _kind_of_word(form: str, scores: Sequence[float], people: _People, bodies: frozenset[str]) -> int:
    """The kind of a name of one word, which may be a part of a longer one."""
    world = load_world()
    row = list(scores)
    country = form in world.countries
    place = country or form in world.cities
    if form in people.lasts:
        row[PERSON] += PART_OF_PERSON / (2 if country else 1)
    elif form in people.firsts:
        row[PERSON] += 0 if place else FIRST_OF_PERSON
    else:
        row[PERSON] -= LONE_NAME
        row[ORGANISATION] += PART_OF_ORGANISATION if form in bodies and not place else 0
    if country and row[PERSON] < max(row):
        return PLACE
    return row.index(max(row))


def _is_rescued(form: str, judged: Rows, unjudged: Mapping[str, int], common: frozenset[str]) -> bool:
    """Tell whether a place that the judge passed over is a name, because others with the same word are."""
    if form.lower() in common:
        return len(judged.get(form, ())) > 2 * unjudged[form]
    return True


def _long_forms(sums: Mapping[str, Sequence[float]]) -> dict[str, str]:
    """Acronyms to the one long form in this article whose initials they are: "IS" to "Islamic State"."""
    countries = load_world().countries
    shorts = [form for form in sums if form.isupper() and len(form.replace(".", "")) > 1 and form not in countries]
    if not shorts:
        return {}
    initials: dict[str, set[str]] = defaultdict(set)
    for form, scores in sums.items():
        words = form.replace("-", " ").split()
        if len(words) > 1 and max(scores) != scores[PERSON] and not form.isupper():
            initials["".join([word[0] for word in words])].add(form)
            initials["".join([word[0] for word in words if word[0].isupper()])].add(form)
    full = {form: initials.get(form.replace(".", ""), set()) for form in shorts}
    return {form: min(names) for form, names in full.items() if len(names) == 1}


def _full_name(form: str, people: _People) -> str:
    """The fullest form of a person named in the article; a surname that two people share stays open."""
    if " " in form:
        return form
    full = people.lasts.get(form) or people.firsts.get(form) or ()
    return full[0] if len(full) == 1 else form
