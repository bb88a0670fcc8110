"""What the words and letters of a name say about its kind, wherever it stands: "Airbus A330", "Norbank & Co."."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archivegen.detect.words_en import COMPANY_ENDS, EVENT_WORDS, ORGANISATION_WORDS
from archivegen.detect.world import load_world

__all__ = ["PLAIN", "Looks", "is_of_place", "looks_of"]

# Things: "Airbus A330", "iPad".
MODEL = re.compile(r"\d")
# "PowerPC", "KeyCorp", but "McCain", "DeVito"
INNER_CAPITAL = re.compile(r"(?<!\bM)(?<!\bMa)(?<!\bD)(?<!\bL)[a-z][A-Z]")
CAMEL = re.compile(r"[a-z][A-Z]")
THING = 5.0
EVENT = 3.0
OF_PLACE = 2.0
COMPANY = 3.0
BODY = 2.0  # "AirTran Airways"


class Looks(NamedTuple):
    """What the words of a name tell wherever it stands: what it adds to a kind, and whether it has several words."""

    is_several: bool
    person: float  # of letters and figures
    other: float
    body: float  # of the last word: for an organisation, and against a person
    event: float
    of_place: float  # against a person
    company: float


PLAIN = Looks(False, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), Looks(True, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def looks_of(form: str) -> Looks:
    """Weigh the words of a name. Most tell nothing: they get one of PLAIN."""
    if form.isalpha() and form.istitle() and form not in COMPANY_ENDS:  # as most of one word
        return PLAIN[False]
    of_thing = of_person = 0.0
    if not (form.istitle() and form.replace(" ", "").isalpha()):
        of_thing, of_person = _odd(form)
    _, space, last = form.rpartition(" ")
    is_body = bool(space) and last in ORGANISATION_WORDS
    is_event = bool(space) and not is_body and last in EVENT_WORDS
    is_placed = bool(space) and not is_body and not is_event and is_of_place(form)
    found = Looks(
        bool(space),
        of_person,
        of_thing,
        BODY if is_body else 0.0,
        EVENT if is_event else 0.0,
        OF_PLACE if is_placed else 0.0,
        COMPANY if last in COMPANY_ENDS or " & " in form else 0.0,
    )
    plain = PLAIN[found.is_several]
    return plain if found == plain else found


def _odd(form: str) -> tuple[float, float]:
    """What digits and capitals inside a form add for a thing, and for a person."""
    if MODEL.search(form, max(0, len(form) - 4)) or CAMEL.match(form):
        return THING, -THING
    return 0.0, -THING if INNER_CAPITAL.search(form) else 0.0


@lru_cache(maxsize=1 << 12)
def is_of_place(form: str) -> bool:
    """Tell whether a name begins with a place, as those of teams and firms do: "Dundee Rovers"."""
    world = load_world()
    first = form.split(None, 1)[0]
    return first in world.countries or first in world.cities or first in world.nations
