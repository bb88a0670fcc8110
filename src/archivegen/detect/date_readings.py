"""One function a rule: from matched tokens to a TIMEX3 value, or None where the words mean something else."""

from __future__ import annotations

import datetime as dt

from archivegen.detect import date_values as values
from archivegen.detect.date_found import Found, vague
from archivegen.detect.date_words import CLASS, NUMBERS, UNITS
from archivegen.detect.wordlist import word_set

PREPOSITIONS = word_set(
    "in by since of from last next this until till between through before after during early late mid for and "
    "each every to - – — ( , or past"
)
NAME_MONTHS = frozenset(["april", "june", "august"])
NEWSPAPERS = word_set("Times Telegraph Mail Express Mirror Herald People World Independent Post Star Tribune")
NAMED_DAYS = frozenset(["black", "bloody", "super", "good", "ash", "palm"])
PEOPLE = word_set("people men women children troops police persons staff of percent per km kg miles feet")
DAYPARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "noon": "T12:00",
    "midday": "T12:00",
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SET_VALUES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
}


# Full dates and clock times


def iso(f: Found) -> str | None:
    word = f.tokens[f.first]
    try:
        dt.date.fromisoformat(word[:10])
    except ValueError:
        return None
    return word.rstrip("Z")


def numeric(f: Found) -> str | None:
    """Read 02.11.2018 day first; with slashes only where one order makes a date, else no more than the year."""
    word = f.tokens[f.first]
    mark = "." if "." in word else "/"
    one, two, year = (int(part) for part in word.split(mark))
    if not 1000 <= year <= 2199:
        return None
    if mark == "." or one > 12 or one == two:
        return _full(year, two, one)
    return _full(year, one, two) if two > 12 else f"{year:04}"


def _full(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def date(f: Found) -> str | None:
    """Read a month and day, with its year or the nearest one."""
    year, month, day = f.year, f.month, f.day
    if year is not None:
        return _full(year, month, day)
    return values.month_day(f.anchor, month, day)


def range_start(f: Found) -> str | None:
    """Read "4" in "4-5 September 2018"."""
    i = next(k for k in range(f.stop, len(f.tokens)) if f.classes[k] in _MONTH_CLASSES)
    rest = Found(f.tokens, f.classes, i, min(i + 3, len(f.tokens)), f.story)
    following = f.classes[i + 1 : i + 3].lstrip(CLASS["comma"])
    if following[:1] == CLASS["yyyy"] and rest.year:
        return _full(rest.year, rest.month, f.day)
    return values.month_day(f.anchor, rest.month, f.day)


_MONTH_CLASSES = {CLASS[name] for name in ("month", "maymarch", "mabbr")}


def range_end(f: Found) -> str | None:
    """Read "25" in "April 24 and 25", right after a month and day."""
    last = f.story.last
    if (
        f.story.last_end != f.first - 1
        or len(last) != 10
        or f.class_after("word", "units", "hyphen", "percent", "comma")
    ):
        return None
    year, month, _ = last.split("-")
    return _full(int(year), int(month), f.day)


def clock(f: Found) -> str | None:
    """Read a time of day on the day spoken of, else on the publication day."""
    time = _time(f)
    if time is None:
        return None
    day = f.story.last if len(f.story.last) == 10 and f.story.last_end >= 0 else _anchor_day(f)
    return f"{day}{time}"


def clock_date(f: Found) -> str | None:
    """Read "9 a.m. Tuesday", "10 p.m. on Nov. 9"."""
    time = _time(f)
    i = f.index("weekday", "wabbr", "today", "yesterday", "tomorrow", "month", "maymarch", "mabbr")
    rest = Found(f.tokens, f.classes, i, f.stop, f.story)
    if rest.has("month", "maymarch", "mabbr"):
        day = date(rest)
    elif rest.has("weekday", "wabbr"):
        day = values.weekday_near(f.anchor, rest.weekday, 2 if rest.tense() > 0 else 0)
    else:
        day = today(rest)
    return f"{day}{time}" if day and time else None


def _anchor_day(f: Found) -> str:
    return f.anchor.isoformat() if f.anchor else "XXXX-XX-XX"


def _time(f: Found) -> str | None:
    if f.has("noon"):
        return "T24:00" if f.word("noon") == "midnight" else "T12:00"
    i = f.index("clock", "dd", "number", "numword")
    word = f.tokens[i].lower().replace(".", ":")
    hour, _, minute = word.partition(":")
    number = NUMBERS.get(hour, int(hour) if hour.isdigit() else -1)
    mark = f.tokens[i + 1].lower() if i + 1 < f.stop else ""
    if mark.startswith("p") and number < 12:
        number += 12
    if mark.startswith("a") and number == 12:
        number = 0
    if not 0 <= number <= 24 or (minute and not (minute[:2].isdigit() and int(minute[:2]) < 60)):
        return None
    return f"T{number:02}:{minute[:2] or '00'}"


def month_year(f: Found) -> str | None:
    return f"{f.year:04}-{f.month:02}"


def end_of(f: Found) -> str | None:
    """Read "the end of 1990", "the end of the year": the year itself, which is what the words are sure of."""
    if f.year is not None:
        return f"{f.year:04}"
    unit = f.unit
    if unit not in ("Y", "M", "W", "E", "C", "D"):
        return None
    return values.unit_value(_moved(f, unit), unit)


def _moved(f: Found, unit: str) -> dt.date | None:
    """Move the anchor by what "last", "this" or "next" says."""
    if f.anchor is None:
        return None
    if f.has("last", "previous", "past"):
        count = -1
    elif f.has("next", "coming", "following"):
        count = 1
    else:
        count = 0
    return values.shift(f.anchor, count, unit)


# Sets


def every(f: Found) -> str | None:
    if f.has("weekday", "wabbr"):
        return f"XXXX-WXX-{f.weekday + 1}"
    if f.has("month", "maymarch", "mabbr"):
        return f"XXXX-{f.month:02}"
    if f.has("daypart"):
        return "P1D"
    if f.has("weekend"):
        return "XXXX-WXX-WE"
    return _period(2 if f.has("other") else 1, f.unit)


def every_n(f: Found) -> str | None:
    return _period(f.quantity(), f.unit)


def daily(f: Found) -> str | None:
    return SET_VALUES[f.tokens[f.first].lower()]


def weekdays(f: Found) -> str | None:
    return f"XXXX-WXX-{f.weekday + 1}"


# Quarters and halves


def nth_quarter(f: Found) -> str | None:
    number = f.ordinal
    if not 1 <= number <= 4:
        return None
    year = _yearish(f)
    if year is None:
        if f.anchor is None:
            return f"XXXX-Q{number}"
        now = values.quarter_of(f.anchor)
        ahead = number > now
        if ahead and f.tense() <= 0 and number - now > 1:
            year = f.anchor.year - 1
        else:
            year = f.anchor.year + (not ahead and number < now and f.tense() > 0 and now - number >= 2)
    return f"{year:04}-Q{number}"


def _yearish(f: Found) -> int | None:
    """Return the year that the match names, by number or as last, this or next year."""
    if f.has("yyyy"):
        return f.year
    if f.anchor is not None and f.has("this", "last", "next") and f.word("unit") == "year":
        return f.anchor.year - f.has("last") + f.has("next")
    return None


def nth_half(f: Found) -> str | None:
    number = 1 if f.word("ordinal", "second", "last") == "first" else 2
    if f.has("shortyear"):
        return decade(f)
    year = _yearish(f) or (f.anchor.year if f.anchor else None)
    if f.has("unit") and f.word("unit") != "year":
        return None
    return f"{year:04}-H{number}" if year else f"XXXX-H{number}"


# Ago, earlier, later


def year_ago(f: Found) -> str | None:
    """Read "year-earlier", "a year ago": the period spoken of last, a year back, else the year before."""
    unit = f.unit
    if unit == "Y" and f.story.period:
        return _year_back(f.story.period, 1)
    return values.unit_value(_shifted(f, -1, unit), unit)


def _year_back(value: str, years: int) -> str | None:
    year = int(value[:4]) - years
    return f"{year:04}{value[4:]}" if year > 0 else None


def _shifted(f: Found, count: int, unit: str) -> dt.date | None:
    return values.shift(f.anchor, count, unit) if f.anchor else None


def ago(f: Found) -> str | None:
    quantity, unit = f.quantity(), f.unit
    if quantity is None:
        return None
    if quantity == vague:
        return "PAST_REF"
    if unit.startswith("T"):
        return _period(quantity, unit)
    if unit == "Y" and quantity == 1 and f.story.period:
        return _year_back(f.story.period, 1)
    named = "D" if unit in ("W", "F") else unit
    return values.unit_value(_shifted(f, -int(quantity), unit), named)


def vague_past(f: Found) -> str | None:
    return "PAST_REF"


def later(f: Found) -> str | None:
    """Read "two years later": counted from the date spoken of last."""
    quantity, unit = f.quantity(), f.unit
    if quantity is None or quantity == vague or unit.startswith("T"):
        return _period(quantity, unit)
    shifted = values.shift_value(f.story.last, int(quantity), unit) if f.story.last else None
    return shifted or _period(quantity, unit)


def from_now(f: Found) -> str | None:
    quantity, unit = f.quantity(), f.unit
    if quantity is None or quantity == vague or unit.startswith("T"):
        return "FUTURE_REF"
    return values.unit_value(_shifted(f, int(quantity), unit), "D" if unit in ("W", "F") else unit)


# Last, this, next


def today(f: Found) -> str | None:
    offset = -1 if f.has("yesterday") else 1 if f.has("tomorrow") else 0
    day = values.unit_value(_shifted(f, offset, "D"), "D")
    return day + _part(f)


def _part(f: Found) -> str:
    return DAYPARTS.get(f.word("daypart"), "")


def this_daypart(f: Found) -> str | None:
    if f.has("tonight"):
        return _anchor_day(f) + "TNI"
    if f.has("overnight"):
        return _anchor_day(f) + "TNI"
    if f.has("that"):
        return f.story.last + _part(f) if len(f.story.last) == 10 else None
    offset = -1 if f.has("last") else 0
    return values.unit_value(_shifted(f, offset, "D"), "D") + _part(f)


def past_unit(f: Found) -> str | None:
    if f.has("weekend"):
        return values.unit_value(_shifted(f, -1 if f.anchor and f.anchor.weekday() < 5 else 0, "W"), "WE")
    return _period(1, f.unit)


def coming_units(f: Found) -> str | None:
    return "FUTURE_REF"


def relative(f: Found) -> str | None:
    """Read "last week", "the current year", "the following month", "the same day"."""
    unit = "WE" if f.has("weekend") else f.unit
    if unit.startswith("T") or unit in ("F", "L"):
        return None
    if f.has("following", "same") or (f.has("previous", "next") and f.tokens[f.first].lower() == "the" and unit == "D"):
        return _from_last(f, unit)
    if f.has("latest") and unit == "Q":
        return f.story.period or values.unit_value(_shifted(f, -1, "Q"), "Q")
    if f.has("latest"):
        return values.unit_value(_shifted(f, -1, unit), unit)
    if unit == "D" and not f.has("next", "previous"):
        return None
    return values.unit_value(_moved(f, unit), unit)


def _from_last(f: Found, unit: str) -> str | None:
    count = 1 if f.has("following", "next") else -1 if f.has("previous") else 0
    last = f.story.last
    if unit == "WE" or not last:
        return values.unit_value(_shifted(f, count, unit), unit)
    wide = values.widen(last, unit)
    return values.shift_value(wide, count, unit) if wide else values.unit_value(_shifted(f, count, unit), unit)


def that_unit(f: Found) -> str | None:
    """Read "that day", "later that year": the one that the text speaks of."""
    if f.has("weekend"):
        return None
    unit = f.unit
    if unit == "Q":
        return f.story.period or None
    return values.widen(f.story.last, unit) if f.story.last else None


def weekday(f: Found) -> str | None:
    """Read a weekday: the latest one, the publication day included, unless the words speak of what is to come."""
    if f.before() in NAMED_DAYS or (f.before() not in ("on", "last") and f.after() in NEWSPAPERS):
        return None
    if f.has("last", "previous"):
        step = -1
    elif f.has("next", "coming", "following"):
        step = 1
    elif f.has("this"):
        step = 2
    else:
        step = 2 if f.tense() > 0 else 0
    return values.weekday_near(f.anchor, f.weekday, step) + _part(f)


def season(f: Found) -> str | None:
    name = f.word("season", "fall")
    specific = f.has("last", "next", "this", "past", "previous", "following", "coming", "early", "mid")
    if name == "fall" and not specific and not (f.has("yyyy") or f.before() in ("in", "since") or f.has("the")):
        return None
    if name == "fall" and f.after().lower() == "of":
        return None
    if not specific and not f.has("yyyy", "the") and f.before() not in PREPOSITIONS:
        return None
    code = SEASONS[name]
    if f.year is not None:
        return f"{f.year:04}-{code}"
    if f.anchor is None:
        return f"XXXX-{code}"
    start = SEASON_MONTH[code]
    begun = f.anchor.month >= start
    year = f.anchor.year if begun or f.has("this", "next", "coming") or f.tense() > 0 else f.anchor.year - 1
    if f.has("last") and begun and f.anchor.month < start + 3:
        year -= 1
    if f.has("next", "coming") and begun:
        year += 1
    return f"{year:04}-{code}"


def month(f: Found) -> str | None:
    """Read a month alone; "May" and "March" need a word before them that shows they are months."""
    word = f.word("month", "maymarch", "mabbr")
    marked = f.has("last", "next", "this", "early", "earlier", "later", "mid") or f.before() in PREPOSITIONS
    if f.has("maymarch") and not marked:
        return None
    if f.has("mabbr") and not f.has("dot") and f.before() not in ("in", "since", "by", "until", "last", "next"):
        return None
    if word in NAME_MONTHS and not marked and f.after()[:1].isupper():
        return None
    if f.anchor is not None and f.has("last"):
        year = f.anchor.year - (f.month >= f.anchor.month)
        return f"{year:04}-{f.month:02}"
    if f.anchor is not None and f.has("next"):
        year = f.anchor.year + (f.month <= f.anchor.month)
        return f"{year:04}-{f.month:02}"
    return values.month_of(f.anchor, f.month, f.tense())


def weekend(f: Found) -> str | None:
    """Read "the weekend": the one of this week from Friday on or with "this", else the one before."""
    if f.anchor is None:
        return "XXXX-WXX-WE"
    ahead = f.tense() > 0 or f.anchor.weekday() >= 5 or f.has("this")
    return values.unit_value(values.shift(f.anchor, 0 if ahead else -1, "W"), "WE")


# Durations


def _period(quantity: float | None, unit: str) -> str | None:
    """Write a duration: P3D, PT2H, PXW, P2.5Y; fortnights as weeks, quarters as TIMEX3's Q."""
    if quantity is None:
        return None
    time, letter = ("T", unit[1]) if unit.startswith("T") else ("", unit)
    if letter == "WE":
        letter = "W"
    if letter == "F":
        letter, quantity = "W", quantity * 2 if quantity != vague else vague
    if letter == "E" and quantity not in (vague, 1):
        letter, quantity = "Y", quantity * 10
    number = "X" if quantity == vague else f"{quantity:g}" if quantity < 1e6 else str(int(quantity))
    return f"P{time}{number}{letter}"


def duration(f: Found) -> str | None:
    unit_at = f.index("units", "quarters")
    i = unit_at if unit_at >= 0 else f.index("unit", "quarter", "second")
    if i < 0:
        return None
    unit = UNITS[f.tokens[i].lower()]
    quantity = f.quantity()
    if unit_at < 0 and quantity == 1 and f.classes[i] in (CLASS["quarter"], CLASS["second"]):
        return None  # "a quarter of", "a second chance"
    if f.classes[i] == CLASS["second"] and not f.has("hyphen"):
        return None
    if unit == "Q" and f.has("next", "coming", "last") and quantity not in (None, vague):
        return f"P{int(quantity or 0)}Q"
    return _period(quantity, unit)


def age(f: Found) -> str | None:
    """Ages of people are not dates."""
    return None


def bare_units(f: Found) -> str | None:
    """Read "for weeks", "in recent years": a duration of unknown length where a preposition says that it is one."""
    if f.before() not in ("for", "in", "over", "within", "after", "the"):
        return None
    return _period(vague, f.unit)


def the_quarter(f: Found) -> str | None:
    if f.after().lower() == "of":
        return None
    return f.story.period or values.unit_value(_shifted(f, -1, "Q"), "Q")


def the_unit(f: Found) -> str | None:
    """Read "the year", "the day": the one that the text speaks of; only years are clear without more."""
    unit = f.unit
    if unit == "Y" and f.anchor is not None and f.after().lower() not in ("of", "when", "before", "after"):
        return values.unit_value(f.anchor, "Y")
    return None


# Years, decades, centuries


def year(f: Found) -> str | None:
    number = f.year
    if number is None:
        return None
    before, after = f.before(), f.after()
    clear = f.has("early", "mid", "fiscal") or before in (
        "in",
        "since",
        "year",
        "until",
        "by",
        "circa",
        "after",
        "before",
    )
    if not 1900 <= number <= 2059 and not (clear and number >= 1000):
        return None
    if after.lower() in PEOPLE - {"of", "per"} and before not in ("in", "since"):
        return None
    if f.class_after("percent", "units", "unit") or f.class_before("money"):
        return None
    if not clear and after[:1].islower() and after.endswith("s") and number % 100 == 0:
        return None  # "2000 soldiers"
    return f"{number:04}"


def decade(f: Found) -> str | None:
    word = f.word("decade", "shortyear")
    if word[0].isdigit():
        return word[:3]
    if word.endswith("s"):
        return ("19" if word[1] >= "3" else "20") + word[1]
    return f"{f.year:04}" if f.year else None


def century(f: Found) -> str | None:
    if f.word("unit") != "century" or not 1 <= f.ordinal <= 21:
        return None
    return f"{f.ordinal - 1:02}"


def year_spoken(f: Found) -> str | None:
    """Read "nineteen ninety-four", "the year two thousand"."""
    words = [f.tokens[i].lower() for i in range(f.first, f.stop) if f.classes[i] != CLASS["hyphen"]]
    if f.has("the"):
        number = f.quantity()
        is_year = f.word("unit") == "year" and number is not None and 1000 <= number <= 2199
        return f"{int(number or 0):04}" if is_year else None
    numbers = [NUMBERS[word] for word in words]
    if numbers[0] not in (18, 19) or numbers[1] < 10:
        return None
    return f"{numbers[0] * 100 + sum(numbers[1:]):04}"


def year_end(f: Found) -> str | None:
    unit = f.unit
    if unit not in ("Y", "M") or f.word("end") != "end":
        return None
    if f.anchor is None:
        return "XXXX-12" if unit == "Y" else "XXXX-XX"
    return f"{f.anchor.year:04}-12" if unit == "Y" else values.unit_value(f.anchor, "M")


def a_holiday(f: Found) -> str | None:
    name = " ".join(f.tokens[f.first : f.stop]).lower().replace(" 's", "'s").replace(" ’s", "'s")
    if f.anchor is None:
        return "XXXX-XX-XX" if values.holiday(name, 2000) else None
    near = [day for year in (-1, 0, 1) if (day := values.holiday(name, f.anchor.year + year))]
    if not near:
        return None
    anchor = f.anchor
    return min(near, key=lambda day: abs((day - anchor).days)).isoformat()


# Now, once, soon


def now(f: Found) -> str | None:
    return "PRESENT_REF"


def past(f: Found) -> str | None:
    return "PAST_REF"


def future(f: Found) -> str | None:
    return None if f.before() == "as" else "FUTURE_REF"
