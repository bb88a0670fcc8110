"""One function a rule: from matched tokens to a TIMEX3 value, or None where the words mean something else."""

from __future__ import annotations

import datetime as dt

from archivegen.detect import date_values as values
from archivegen.detect.date_found import Found, by_words, spoken_year
from archivegen.detect.date_words import CLASS, NUMBERS, OTHER_MONTHS, WORDS
from archivegen.detect.wordlist import word_set, words

PREPOSITIONS = word_set(
    "in by since of from last next this until till between through before after during early late mid for and "
    "each every to - – — ( , or past"
)
# The attacks of 2001 go by their day without a year; no nearest year may be put to it.
SEPTEMBER_11 = (9, 11)
ATTACKS_DAY = "2001-09-11"
ATTACKS = frozenset(["attack", "attacks", "terrorist", "terror", "hijackers", "hijackings", "commission"])
THROUGH_MONTHS = 5  # "through January" looks ahead so far, else back
NAME_MONTHS = frozenset(["april", "june", "august"])
NEWSPAPERS = word_set("Times Telegraph Mail Express Mirror Herald People World Independent Post Star Tribune")
BEFORE_YEAR = word_set("in since year until by circa after before")
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
DECADES = {word: 2 + i for i, word in enumerate(words(WORDS["decadeword"]))}
# As adjectives these tell of what is paid or measured, not when: "the quarterly dividend".
ADVERBS_ONLY = frozenset(["quarterly", "annually", "yearly"])

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
    if one > 31:
        return _full(one, two, year)
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


def other(f: Found) -> str | None:
    """Read a full date of another language: "21 de agosto de 2018", "21. März 2018"."""
    if f.has("xyear"):
        year, month, day = (int(f.tokens[i]) for i in range(f.first, f.stop, 2))
        return _full(year, month, day)
    word = f.word("xmonth")
    return _full(f.year or 0, OTHER_MONTHS[word] if word else f.month, f.day)


def range_first(f: Found) -> str | None:
    """Read "Sept. 4" in "Sept. 4-6, 2018"."""
    at = f.stop + 2
    if f.classes[at : at + 1] == CLASS["comma"]:
        at += 1
    if f.classes[at : at + 1] == CLASS["yyyy"]:
        return _full(int(f.tokens[at]), f.month, f.day)
    return date(f)


def date(f: Found) -> str | None:
    """Read a month and day, with its year or the nearest one."""
    year, month, day = f.named_year, f.month, f.day
    if year is not None:
        return _full(year, month, day)
    if (month, day) == SEPTEMBER_11 and f.after().lower() in ATTACKS:
        return ATTACKS_DAY
    if f.has("weekday", "wabbr") and f.anchor:
        fitting = values.month_day_on(f.anchor, month, day, f.weekday)
        if fitting:
            return fitting
    past_only = f.has("last") or f.before() in ("ended", "since")
    if f.anchor and not past_only and (near := values.month_day_near(f.anchor, month, day)):
        return near
    known = values.PAST_ONLY if past_only else int(f.before() == "ending")
    return values.month_day(f.anchor, month, day, known or f.tense())


def nine_eleven(f: Found) -> str | None:
    """Read "9/11", the one day that goes by its figures alone."""
    return ATTACKS_DAY if f.tokens[f.first : f.stop] == ["9", "/", "11"] else None


def range_start(f: Found) -> str | None:
    """Read "4" in "4-5 September 2018"."""
    i = next(k for k in range(f.stop, len(f.tokens)) if f.classes[k] in _MONTH_CLASSES)
    rest = f.part(i, min(i + 3, len(f.tokens)))
    following = f.classes[i + 1 : i + 3].lstrip(CLASS["comma"])
    if following[:1] == CLASS["yyyy"] and rest.year:
        return _full(rest.year, rest.month, f.day)
    return values.month_day(f.anchor, rest.month, f.day)


_MONTH_CLASSES = {CLASS[name] for name in ("month", "maymarch", "mabbr")}


def range_end(f: Found) -> str | None:
    """Read "25" in "April 24 and 25", right after a month and day."""
    last = f.story.last
    if f.story.last_end != f.first - 1 or len(last) != 10 or f.class_after("units", "percent"):
        return None
    if f.before() in ("and", "or") and f.class_after("word") and not f.has("yyyy"):
        return None  # "on April 24 and 25 people"
    year, month, _ = last.split("-")
    return _full(f.year or int(year), int(month), f.day)


def month_year(f: Found) -> str | None:
    year = f.named_year
    return f"{year:04}-{f.month:02}" if year is not None else f"XXXX-{f.month:02}"


def end_of(f: Found) -> str | None:
    """Read "the end of 1990", "the end of the year": the year itself, which is what the words are sure of."""
    if f.year is not None:
        return f"{f.year:04}"
    unit = f.unit
    if unit not in ("Y", "M", "W", "E", "C", "D"):
        return None
    return values.moved(f.anchor, f.steps, unit)


def anchor_day(f: Found) -> str:
    """Return the publication day, or that it is not known."""
    return f.anchor.isoformat() if f.anchor else "XXXX-XX-XX"


# Sets


def every(f: Found) -> str | None:
    if f.has("weekday", "wabbr"):
        return f"XXXX-WXX-{f.weekday + 1}" + _part(f)
    if f.has("month", "maymarch", "mabbr"):
        return f"XXXX-{f.month:02}"
    if f.has("daypart"):
        return "P1D"
    if f.has("weekend"):
        return "XXXX-WXX-WE"
    return values.duration_value(2 if f.has("other") else 1, f.unit)


def every_n(f: Found) -> str | None:
    return values.duration_value(f.quantity(), f.unit)


def daily(f: Found) -> str | None:
    word = f.tokens[f.first].lower()
    if word in ADVERBS_ONLY and not word.endswith("ally") and f.class_after("word"):
        return None
    if word == "annually" and f.class_before("word", "percent", "units"):
        return None
    return SET_VALUES[word] if f.tokens[f.first].islower() or not f.after()[:1].isupper() else None


def weekdays(f: Found) -> str | None:
    part = DAYPARTS.get(f.word("dayparts").rstrip("s"), "")
    return f"XXXX-WXX-{f.weekday + 1}{part}"


# Last, this, next


def today(f: Found) -> str | None:
    return values.moved(f.anchor, _days_off(f), "D") + _part(f)


@by_words
def _days_off(f: Found) -> int:
    return -1 if f.has("yesterday") else int(f.has("tomorrow"))


@by_words
def _part(f: Found) -> str:
    return DAYPARTS.get(f.word("daypart"), "")


def this_daypart(f: Found) -> str | None:
    if f.has("tonight", "overnight"):
        return anchor_day(f) + "TNI"
    if f.has("next", "following"):
        following = values.shift_value(f.story.last, 1, "D") if len(f.story.last) == 10 else None
        return following + _part(f) if following else None
    return values.moved(f.anchor, -1 if f.has("last") else 0, "D") + _part(f)


def weekday(f: Found) -> str | None:
    """Read a weekday: the latest one, the publication day included, unless the words speak of what is to come."""
    if f.before() in NAMED_DAYS or (f.before() not in ("on", "last") and f.after() in NEWSPAPERS):
        return None
    step = _step(f)
    if len(f.story.last) == 10 and f.anchor and f.has("previous", "following"):
        told = dt.date.fromisoformat(f.story.last)
        return values.weekday_near(told, f.weekday, step or 0) + _part(f)
    if step is None:
        step = 2 if not f.class_after("aposs") and f.tense() > 0 else 0
    return values.weekday_near(f.anchor, f.weekday, step) + _part(f)


@by_words
def _step(f: Found) -> int | None:
    """Which weekday the words say, as weekday_near has it; None where they do not."""
    if f.has("last", "previous"):
        return -1
    if f.has("next", "coming", "following"):
        return 1
    return 2 if f.has("this") else None


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
    if f.named_year is not None:
        return f"{f.named_year:04}-{code}"
    if f.anchor is None:
        return f"XXXX-{code}"
    start = SEASON_MONTH[code]
    tense = 0 if f.has("last") else f.tense()
    begun = f.anchor.month >= start or (
        tense >= 0 and start - f.anchor.month <= values.NEAR_MONTHS and not f.has("last")
    )
    year = f.anchor.year if begun or f.has("this", "next", "coming") or tense > 0 else f.anchor.year - 1
    if f.has("last") and begun and f.anchor.month < start + 3:
        year -= 1
    if f.has("next", "coming") and begun:
        year += 1
    return f"{year:04}-{code}"


def month(f: Found) -> str | None:
    """Read a month alone; "May" and "March" need a word before them that shows they are months."""
    direction, doubt, is_marked = _month_said(f)
    before, after = f.before(), f.after()
    marked = is_marked or before in PREPOSITIONS
    modifier = before == "the" and after[:1].islower()
    if doubt == "verb" and not (marked or modifier):
        return None
    if doubt == "short" and before not in ("in", "since", "by", "until", "last", "next"):
        return None
    if doubt == "name" and not marked and after[:1].isupper():
        return None
    month = f.month
    if f.anchor is not None and direction == "last":
        year = f.anchor.year - (month >= f.anchor.month or month == f.anchor.month - 1)  # else "last month"
        return f"{year:04}-{month:02}"
    if f.anchor is not None and direction == "next":
        year = f.anchor.year + (month <= f.anchor.month)
        return f"{year:04}-{month:02}"
    if before == "through" and f.anchor:
        return values.month_of(f.anchor, month, int((month - f.anchor.month) % 12 <= THROUGH_MONTHS) or -1)
    needs_tense = not modifier and values.is_far_month(f.anchor, month)
    return values.month_of(f.anchor, month, f.tense() if needs_tense else 0)


@by_words
def _month_said(f: Found) -> tuple[str, str, bool]:
    """Whether it is the last or next, what else its name may be, and whether the words show that it is a month."""
    direction = "last" if f.has("last") else "next" if f.has("next") else ""
    doubt = "verb" if f.has("maymarch") else "short" if f.has("mabbr") and not f.has("dot") else ""
    if f.word("month") in NAME_MONTHS:
        doubt = "name"
    return direction, doubt, f.has("last", "next", "this", "early", "earlier", "later", "mid")


def weekend(f: Found) -> str | None:
    """Read "the weekend": the one of this week from Friday on or with "this", else the one before."""
    if f.anchor is None:
        return "XXXX-WXX-WE"
    ahead = f.tense() > 0 or f.anchor.weekday() >= 5 or f.has("this")
    return values.unit_value(values.shift(f.anchor, 0 if ahead else -1, "W"), "WE")


# Years, decades, centuries


def year(f: Found) -> str | None:
    number = f.year
    if number is None:
        return None
    before, after = f.before(), f.after()
    clear = before in BEFORE_YEAR or f.has("early", "mid", "fiscal")
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
    """Read "the 1990s", "the late '80s", "the nineties"; "'98" is a year."""
    if f.has("yyyy"):  # "the 1990's", but "the 1994's" and "1990's" are years that own something
        number = f.year or 0
        return f"{number:04}"[:3] if number % 10 == 0 and f.has("the") and not f.class_after("word") else None
    word = f.word("decade", "shortyear", "decadeword")
    if word[0].isdigit():
        return word[:3]
    if word in DECADES:
        return f"19{DECADES[word]}"
    if word.endswith("s"):
        return ("19" if word[1] >= "3" else "20") + word[1]
    return f"{f.year:04}" if f.year and f.before() in PREPOSITIONS else None


def century(f: Found) -> str | None:
    if f.word("unit") != "century" or not 1 <= f.ordinal <= 21:
        return None
    return f"{f.ordinal - 1:02}"


def year_spoken(f: Found) -> str | None:
    """Read "nineteen ninety-four", "the year two thousand"."""
    if f.has("the"):
        number = f.quantity()
        is_year = f.word("unit") == "year" and number is not None and 1000 <= number <= 2199
        return f"{int(number or 0):04}" if is_year else None
    number = spoken_year([NUMBERS[f.tokens[i].lower()] for i in range(f.first, f.stop) if f.tokens[i].isalpha()])
    return f"{number:04}" if number else None


def year_end(f: Found) -> str | None:
    """Read "year-end" as the last day of the year, which is what accounts close on."""
    unit = f.unit
    if unit not in ("Y", "M") or f.word("end") != "end":
        return None
    if unit == "M":
        return values.unit_value(f.anchor, "M")
    return f"{f.anchor.year - (f.before() == 'since'):04}-12-31" if f.anchor else "XXXX-12-31"


def a_holiday(f: Found) -> str | None:
    name = " ".join(f.tokens[f.first : f.stop]).lower().replace(" 's", "'s").replace(" ’s", "'s")
    if f.anchor is None:
        fixed = values.FIXED_HOLIDAYS.get(name)
        return f"XXXX-{fixed[0]:02}-{fixed[1]:02}" if fixed else "XXXX-XX-XX" if values.holiday(name, 2000) else None
    near = [day for year in (-1, 0, 1) if (day := values.holiday(name, f.anchor.year + year))]
    if not near:
        return None
    anchor = f.anchor
    return min(near, key=lambda day: abs((day - anchor).days)).isoformat()


# Now, once, soon


def now(f: Found) -> str | None:
    """Read "now", "the current"; "Now, he says" only turns the talk."""
    return None if f.first == 0 and f.class_after("comma") else "PRESENT_REF"


def past(f: Found) -> str | None:
    return None if f.before() == "most" else "PAST_REF"


def future(f: Found) -> str | None:
    """Read "soon", "the near future"; not "as soon as", "soon after the vote", "its future flagship"."""
    if f.has("soon"):
        return None if f.before() == "as" or f.class_after("after") else "FUTURE_REF"
    adjective = not f.has("the") and f.after()[:1].islower() and f.before() not in ("in", "the", "of")
    return None if adjective or f.before() == "foreseeable" else "FUTURE_REF"


def then(f: Found) -> str | None:
    """Read "until then", "since then": the date spoken of last."""
    return f.story.last or None
