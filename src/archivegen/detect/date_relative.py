"""Readings that need the publication day or the text so far: quarters, "a year ago", "last week", durations."""

from __future__ import annotations

from archivegen.detect import date_values as values
from archivegen.detect.date_found import VAGUE_NUMBER, Found, by_words
from archivegen.detect.date_words import CLASS, UNITS
from archivegen.detect.wordlist import word_set

PERIOD_MEMORY = 6  # sentences after which "a year ago" no longer means the quarter reported on
# Where a bare "weeks" or "years" is a duration: "for weeks", "in the days before".
BEFORE_BARE = word_set("for in over within after the of follows following recent past take takes took many")
# What halves of units are counted in: half a century is five decades.
PARTS_OF = {"C": (10, "E"), "E": (10, "Y"), "Y": (12, "M")}
# A unit after these is a rate: "$5 a day", "500 tons a year", "twice a week".
RATES = word_set("times once twice percent per share cents dollars")

# Quarters and halves


def nth_quarter(f: Found) -> str | None:
    """Read "third-quarter", "the fourth quarter of 1989": without a year the latest one spoken of in news."""
    number = f.ordinal
    if not 1 <= number <= 4:
        return None
    year = f.named_year
    if year is None:
        if f.anchor is None:
            return f"XXXX-Q{number}"
        ahead = number - values.quarter_of(f.anchor)
        year = f.anchor.year
        if ahead > 1 and f.tense() <= 0:
            year -= 1
        elif ahead < -1 and f.tense() > 0:
            year += 1
    return f"{year:04}-Q{number}"


def nth_half(f: Found) -> str | None:
    if f.has("decade", "shortyear"):
        return None
    year = f.named_year or (f.anchor.year if f.anchor else None)
    if f.has("unit") and f.word("unit") != "year":
        return None
    number = 1 if f.word("ordinal", "second", "last") == "first" else 2
    return f"{year:04}-H{number}" if year else f"XXXX-H{number}"


def period_of(f: Found) -> str | None:
    """Read "the 1988 period": the quarter that the text speaks of, in that year."""
    year = f.named_year
    if year is None:
        return None
    return f"{year:04}{f.story.period[4:]}" if "Q" in f.story.period else f"{year:04}"


def latest_period(f: Found) -> str | None:
    """Read "the latest quarter": the one that the text speaks of, else the one that ended last."""
    if f.has("current"):
        return values.unit_value(f.anchor, "Q") if f.has("quarter") else None
    return f.story.period or values.moved(f.anchor, -1, "Q")


def the_quarter(f: Found) -> str | None:
    if f.after().lower() == "of":
        return None
    return f.story.period or values.moved(f.anchor, -1, "Q")


# Ago, earlier, later


def year_ago(f: Found) -> str | None:
    """Read "year-earlier", "the year-ago quarter": the period spoken of last, a year back."""
    unit = f.unit
    if _compares(f) or unit.startswith("T"):
        return None
    if f.has("ordinal", "second", "nth") and f.anchor and 1 <= f.ordinal <= 4:
        return f"{f.anchor.year - 1:04}-Q{f.ordinal}"
    if unit == "Y" and f.story.period:
        return _year_back(f.story.period)
    return values.moved(f.anchor, -1, unit)


def _compares(f: Found) -> bool:
    """Tell "two years later than planned", which is a comparison and no date."""
    return f.after().lower() == "than"


def _year_back(value: str) -> str | None:
    year = int(value[:4]) - 1
    return f"{year:04}{value[4:]}" if year > 0 else None


def ago(f: Found) -> str | None:
    """Read "two months ago" in the unit's own precision: a month, not a day."""
    quantity, unit = f.quantity(), f.unit
    if quantity is None or _compares(f):
        return None
    if quantity == VAGUE_NUMBER:
        return "PAST_REF"
    if unit.startswith("T"):
        return values.duration_value(quantity, unit)
    if unit == "Y" and quantity == 1 and f.story.period and f.story.period_age <= PERIOD_MEMORY:
        return _year_back(f.story.period)
    if quantity % 1 and unit in PARTS_OF:
        factor, unit = PARTS_OF[unit]
        quantity *= factor
    if f.has("earlier") and len(f.story.last) == 10 and unit == "D":
        return values.shift_value(f.story.last, -int(quantity), unit)
    return values.moved(f.anchor, -int(quantity), unit)


def vague_past(f: Found) -> str | None:
    return None if _compares(f) else "PAST_REF"


def later(f: Found) -> str | None:
    """Read "two years later": counted from the date spoken of last."""
    quantity, unit = f.quantity(), f.unit
    if _compares(f):
        return None
    if quantity in (None, VAGUE_NUMBER) or unit.startswith("T") or not f.story.last:
        return values.duration_value(quantity, unit)
    return values.shift_value(f.story.last, int(quantity or 0), unit) or values.duration_value(quantity, unit)


def from_now(f: Found) -> str | None:
    quantity, unit = f.quantity(), f.unit
    if quantity in (None, VAGUE_NUMBER) or unit.startswith("T"):
        return "FUTURE_REF"
    return values.moved(f.anchor, int(quantity or 0), unit)


# Last, this, next


def past_unit(f: Found) -> str | None:
    """Read "the past year" as a year's length, "this past weekend" as the weekend before."""
    if f.has("weekend"):
        return values.moved(f.anchor, -1 if f.anchor and f.anchor.weekday() < 5 else 0, "WE")
    return values.duration_value(1, f.unit)


def vague_units(f: Found) -> str | None:
    """Read "recent months", "coming weeks": so many, unknown, units."""
    return values.duration_value(VAGUE_NUMBER, f.unit)


def these_days(f: Found) -> str | None:
    return "PRESENT_REF" if f.unit == "D" else None


def relative(f: Found) -> str | None:
    """Read "last week", "the current year", "the following month", "later that day"."""
    counted_from, count, unit = _way(f)
    if counted_from == "told":
        return _from_told(f, count, unit)
    if counted_from == "nothing" or (counted_from == "no part" and f.class_after("of")):
        return None
    return values.moved(f.anchor, count, unit)


@by_words
def _way(f: Found) -> tuple[str, int, str]:
    """From what the words count ("the last week" of something from nothing), how many steps, and of which unit."""
    unit = "WE" if f.has("weekend") else f.unit
    if unit.startswith("T") or unit in ("F", "L"):
        return "nothing", 0, unit
    the = f.tokens[f.first].lower() == "the"
    if f.has("following", "same", "that") or (the and unit == "D" and f.has("previous", "next")):
        return "told", 1 if f.has("following", "next") else -1 if f.has("previous") else 0, unit
    if f.has("latest"):
        return "publication", -1, unit
    if unit == "D" and not f.has("next", "previous"):
        return "nothing", 0, unit
    is_part = the and f.has("last") and unit in ("Y", "M", "W")
    return "no part" if is_part else "publication", f.steps, unit


def _from_told(f: Found, count: int, unit: str) -> str | None:
    """Count from the date that the text speaks of; "that quarter" is the period reported on."""
    if unit == "Q" and f.story.period:
        return values.shift_value(f.story.period, count, "Q")
    wide = values.widen(f.story.last, unit)
    if wide:
        return values.shift_value(wide, count, unit)
    return values.unit_value(None, unit) if not f.has("that", "same") else None


def later_in(f: Found) -> str | None:
    """Read "later in the day", "earlier in the year"."""
    unit = f.unit
    if unit not in ("D", "W", "M", "Y"):
        return None
    return values.widen(f.story.last, unit) or values.unit_value(f.anchor, unit)


# Durations


def duration(f: Found) -> str | None:
    """Read "three weeks", "a two-year plan", "the first nine months", "the past few days"."""
    value, may_be_part, may_be_rate = _length(f)
    if may_be_part and f.class_after("of"):
        return None  # "three-quarters of"
    if may_be_rate and (f.class_before(*_RATED) or f.before() in RATES):
        return None
    return value


@by_words
def _length(f: Found) -> tuple[str | None, bool, bool]:
    """The length of time, whether it may be a part of something, and whether a unit that something is measured by."""
    at = f.index("units", "quarters")
    many = at >= 0
    if not many:
        at = f.index("unit", "quarter", "second")
    if at < 0 or (f.classes[at] in _SINGLE_NEEDS_HYPHEN and not f.has("hyphen")):
        return None, False, False  # "a quarter of", "a second chance"
    unit = UNITS[f.tokens[at].lower()]
    is_a = f.classes[f.first] == CLASS["a"]
    is_vague = many and f.stop - f.first == 2 and is_a  # "a decades-long war"
    value = values.duration_value(VAGUE_NUMBER if is_vague else f.quantity(), unit)
    return value, unit == "Q" and f.has("hyphen"), is_a and not many


_SINGLE_NEEDS_HYPHEN = {CLASS["quarter"], CLASS["second"]}
_RATED = ("hyphen", "slash", "dd", "number", "yyyy", "money", "percent", "units", "scale")


def age(f: Found) -> str | None:
    """Ages of people are not dates."""
    return None


def bare_units(f: Found) -> str | None:
    """Read "for weeks", "the days before": a duration of unknown length where a word before says that it is one."""
    if f.before() not in BEFORE_BARE:
        return None
    return values.duration_value(VAGUE_NUMBER, f.unit)


def the_unit(f: Found) -> str | None:
    """Read "the year", "the full year": the publication year; "the year ended March 31" is a length of time."""
    if f.unit != "Y" or f.after().lower() in ("of", "when", "before", "after"):
        return None
    if f.class_after("ended"):
        return "P1Y"
    return values.unit_value(f.anchor, "Y")
