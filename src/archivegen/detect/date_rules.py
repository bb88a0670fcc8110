"""The rules of temporal expressions: named patterns over token classes, each with the function that reads its value.

A lower-case name in a pattern is a class of date_words, an upper-case one a part defined below. The first rule that
fits at a place wins, so the longer stand before the shorter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archivegen.detect import date_readings as read
from archivegen.detect.date_found import Found
from archivegen.detect.date_words import CLASS
from archivegen.model import TimexType

__all__ = ["ANY", "HEAD", "RULES", "Rule"]

PARTS = {
    "MON": "(?:month|maymarch|mabbr dot?)",
    "DAY": "[dd nth]",
    "WD": "(?:weekday|wabbr dot?)",
    "YEAR": "[yyyy shortyear]",
    "CARD": "(?:(?:numword|dd|number|yyyy|a scale)(?:hyphen? and? [numword scale]){0,4})",
    "QTY": "(?:CARD (?:and a half)?|a? (?:couple of?|few|dozen)|half a|a)",
    "UNIT": "[unit quarter second]",
    "UNITS": "[units quarters]",
    "ANYUNIT": "[unit units quarter quarters second]",
    "MOD": "(?:[early earlier later mid] hyphen?)",
    "LASTNEXT": "(?:last|past|previous|next|coming|following|this|current|same|latest)",
    "AMPM": "(?:am|[a p] dot m dot?)",
    "CLOCK": "(?:(?:clock|dd|number|numword) AMPM zone?|(?:clock|dd|numword) oclock|(?<=at) clock|clock zone|noon)",
    "ORD": "(?:ordinal|second|nth)",
    "YEARISH": "(?:fiscal? yyyy|this unit|last unit|next unit|the fiscal? unit|fiscal unit)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over classes and how to read what it matched; `type` is None where the value tells it.

    `tells` is False for what is only compared with ("a year ago"): the text does not go on to speak of it.
    """

    name: str
    pattern: str
    read: Callable[[Found], str | None]
    type: TimexType | None = None
    tells: bool = True


TABLE = (
    # Full dates and clock times
    Rule("iso", "iso", read.iso),
    Rule("numeric", "numeric", read.numeric),
    Rule(
        "clock_date",
        "CLOCK comma? (?:on|of)? (?:WD|today|yesterday|tomorrow|MON DAY (?:comma? yyyy)?)",
        read.clock_date,
    ),
    Rule("clock", "CLOCK", read.clock),
    Rule(
        "weekday_date", "WD daypart? comma? the? (?:MON the? DAY|DAY of? MON|MON ORD) (?:comma? of? yyyy)?", read.date
    ),
    Rule(
        "date",
        "MON the? DAY (?:comma? yyyy)?|the? (?:DAY|ORD) of MON (?:comma? of? yyyy)?|DAY MON (?:comma? yyyy)?",
        read.date,
    ),
    Rule("date_spoken", "MON ORD", read.date),
    Rule("range_start", "DAY (?=(?:hyphen|to|and|or) DAY of? MON)", read.range_start),
    Rule(
        "range_end", "(?:(?<=dd hyphen)|(?<=dd to)|(?<=dd and)|(?<=dd or)|(?<=nth and)|(?<=nth to)) DAY", read.range_end
    ),
    Rule("month_year", "MOD? (?:the? end of)? (?:MON comma? of? YEAR)", read.month_year),
    Rule("end_of_year", "the? end of (?:yyyy|LASTNEXT unit|the unit)", read.end_of),
    # Sets
    Rule("every", "each other? (?:UNIT|weekend|WD daypart?|MON|daypart)", read.every, "SET"),
    Rule("every_n", "each CARD UNITS", read.every_n, "SET"),
    Rule("daily", "daily", read.daily, "SET"),
    Rule("weekdays", "weekdays", read.weekdays, "SET"),
    # Quarters and halves
    Rule(
        "quarter_spoken",
        "the? (?:YEARISH aposs?)? fiscal? ORD hyphen? fiscal? (?:quarter) (?:of YEARISH)?",
        read.nth_quarter,
    ),
    Rule("half_of", "the? [ordinal second last] half of (?:YEARISH|decade|the shortyear)", read.nth_half),
    Rule("first_n", "the? [ordinal last] (?:CARD|few) [units quarters]", read.duration),
    # Ago, earlier, later
    Rule("year_ago_n", "the? unit hyphen [ago earlier] (?:CARD units)", read.duration),
    Rule("year_ago_adj", "the? unit hyphen [ago earlier] (?:ORD quarter|quarter|period)?", read.year_ago, tells=False),
    Rule("ago", "QTY more? ANYUNIT (?:or so)? [ago earlier]", read.ago, tells=False),
    Rule("ago_bare", "[units quarters] [ago earlier]", read.vague_past),
    Rule("later", "QTY ANYUNIT (?:later)", read.later),
    Rule("from_now", "QTY ANYUNIT from [now today]", read.from_now),
    # Last, this, next
    Rule(
        "day_ref",
        "[today yesterday tomorrow] daypart?|[earlier later early] [today yesterday tomorrow] daypart?",
        read.today,
    ),
    Rule("this_daypart", "(?:this|last|that|tomorrow) daypart|tonight|overnight", read.this_daypart),
    Rule(
        "past_n",
        "the? this? (?:last|past|next|coming|following|previous) (?:QTY more? [units quarters])",
        read.duration,
    ),
    Rule("past_unit", "(?:the|this) past [unit quarter weekend]", read.past_unit),
    Rule("recent", "recent [units quarters]", read.vague_past),
    Rule("coming_units", "(?:the? [coming next]|future) [units quarters]|the units ahead", read.coming_units),
    Rule("relative", "MOD? the? LASTNEXT fiscal? [unit quarter weekend]", read.relative),
    Rule("that_unit", "MOD? that [unit quarter weekend]", read.that_unit),
    Rule("rel_weekday", "MOD? (?:the? [last next previous following]|this (?:coming|past)?) WD daypart?", read.weekday),
    Rule("weekday", "MOD? weekday daypart?|MOD? wabbr dot daypart?", read.weekday),
    Rule(
        "rel_season",
        "MOD? (?:the? [last next previous following]|this (?:coming|past)?|the) [season fall] (?:of? yyyy)?",
        read.season,
    ),
    Rule("season", "MOD? [season fall] (?:of? yyyy)?", read.season),
    Rule("rel_month", "MOD? (?:[last next this]|this past|this coming) MON", read.month),
    Rule("month", "MOD? MON", read.month),
    Rule("weekend", "(?:for? the|this) weekend", read.weekend),
    # Durations
    Rule("old", "CARD hyphen? [unit units] hyphen? old", read.age),
    Rule("duration", "QTY more? full? hyphen? ANYUNIT", read.duration),
    Rule("the_n", "the CARD units", read.duration),
    Rule("quarter_ref", "(?:the) (?:fiscal? quarter)", read.the_quarter),
    Rule("the_unit", "the fiscal? unit", read.the_unit),
    Rule("bare_units", "units", read.bare_units),
    # Years, decades, centuries
    Rule("fiscal_year", "fiscal yyyy", read.year),
    Rule("decade", "the? MOD? (?:decade|shortyear)", read.decade),
    Rule("century", "the? MOD? ORD hyphen? unit", read.century),
    Rule("year_spoken", "numword numword (?:hyphen? numword)?|the unit CARD", read.year_spoken),
    Rule("year_end", "unit hyphen? end", read.year_end),
    Rule("year", "MOD? yyyy", read.year),
    Rule(
        "holiday",
        "newyear unit aposs (?:unit|eve)|[christmas thanksgiving easter holiday] (?:unit|eve)?|election aposs? unit",
        read.a_holiday,
    ),
    # Now, once, soon
    Rule("now", "now|(?:at|by|for) (?:the present|the moment|this time|this moment)|the? current", read.now),
    Rule("recently", "recently|recent|the past", read.past),
    Rule("soon", "soon|the? near? future|the [near long] term", read.future),
)
RULES = {rule.name: rule for rule in TABLE}

NAME = re.compile(r"[A-Z]{2,}|[a-z]{1,}")


def _expand(pattern: str) -> str:
    """Turn a rule's pattern into an ordinary one: parts replaced, class names to characters, blanks off."""
    while True:
        larger = re.sub(r"[A-Z]{2,}", lambda match: PARTS[match[0]], pattern)
        if larger == pattern:
            break
        pattern = larger
    return re.sub(r"\s+", "", re.sub(r"[a-z]+", lambda match: CLASS[match[0]], pattern))


ANY = re.compile("|".join(f"(?P<{rule.name}>{_expand(rule.pattern)})" for rule in TABLE))
# A sentence without any of these has no temporal expression: most sentences need no more than this search.
HEADS = (
    "month maymarch mabbr weekday wabbr weekdays unit units quarter quarters yyyy decade shortyear iso numeric clock "
    "season fall today yesterday tomorrow tonight overnight daypart noon weekend now recently recent once soon future "
    "past current daily christmas thanksgiving easter holiday election am oclock half present moment time m"
)
HEAD = re.compile("[" + "".join(CLASS[name] for name in HEADS.split()) + "]")
