"""The rules of temporal expressions: named patterns over token classes, each with the function that reads its value.

A lower-case name in a pattern is a class of date_words, an upper-case one a part defined below. The first rule that
fits at a place wins, so the longer stand before the shorter.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from archivegen.detect import date_clock as clock
from archivegen.detect import date_of as part
from archivegen.detect import date_readings as read
from archivegen.detect import date_relative as near
from archivegen.detect.date_found import Found
from archivegen.model import TimexType

__all__ = ["PARTS", "TABLE", "TRIGGERS"]

PARTS = {
    "MON": "(?:month|maymarch|mabbr dot?)",
    "DAY": "[dd nth]",
    "WD": "(?:weekday|wabbr dot?)",
    "SPOKEN": "(?:numword numword (?:hyphen? numword)?)",
    "YEAR": "(?:[yyyy shortyear]|SPOKEN)",
    "RELYEAR": "(?:of? [last this next] unit)",
    "CARD": "(?:(?:numword|dd|number|yyyy|a scale)(?:(?:hyphen? and? [numword scale]){1,4}|dd slash dd|slash dd)?)",
    "QTY": "(?:CARD [to or hyphen] CARD|CARD (?:and a half)?|a? (?:couple of?|few|dozen)|half a|a)",
    "ANYUNIT": "[unit units quarter quarters second]",
    "MOD": "(?:[early earlier later mid sometime] hyphen?)",
    "WHICH": "[last past previous next coming following this current same latest]",
    "AMPM": "(?:am|[a p] dot m dot?)",
    "CLOCK": "(?:[clock dd number numword] AMPM zone?|[clock dd numword] oclock|clock zone|(?<=at) clock|noon)",
    "ORD": "[ordinal second nth]",
    "YEARISH": "(?:fiscal? yyyy|[this last next] fiscal? unit|the? fiscal unit|the unit)",
    "THATTIME": "(?:(?:the same|same|that same|that) [unit quarter])",
}


class Rule(msgspec.Struct, frozen=True):
    """A pattern over classes and how to read what it matched; `type` is None where the value tells it.

    `tells` is False for what is only compared with ("a year ago"): the text does not go on to speak of it.
    """

    name: str
    pattern: str
    read: Callable[[Found], str | None]
    type: TimexType | None = None
    tells: bool = True


DATE_FORMS = (
    "MON the? DAY (?:comma? yyyy|comma? RELYEAR)?|the? [dd nth ordinal] of MON (?:comma? of? yyyy|RELYEAR)?"
    "|DAY MON (?:comma? yyyy|RELYEAR)?"
)
TABLE = (
    # Full dates and clock times
    Rule("iso", "iso", read.iso),
    Rule("numeric", "numeric", read.numeric),
    Rule("other_language", "DAY (?:dot|de)? (?:month|xmonth) de? yyyy|yyyy xyear dd xmonthmark dd xday", read.other),
    Rule("clock_date", f"CLOCK comma? on? (?:WD|today|yesterday|tomorrow|{DATE_FORMS})", clock.clock_date),
    Rule("clock", "CLOCK", clock.clock),
    Rule("year_spoken", "SPOKEN|the unit (?:yyyy|CARD)", read.year_spoken),
    Rule("weekday_date", f"WD daypart? comma? the? (?:{DATE_FORMS}|MON ORD)", read.date),
    Rule("last_date", "[last next] MON DAY", read.date),
    Rule("nine_eleven", "dd slash dd", read.nine_eleven),
    Rule("weekday_of_month", "the? [ordinal last] WD [of in] MON (?:comma? yyyy|RELYEAR)?", part.weekday_of_month),
    Rule("day_of_month", "the? [ordinal last] unit of MON (?:comma? yyyy|RELYEAR)?", part.day_of_month),
    Rule("range_first", "MON DAY (?=[hyphen to and or] DAY (?:comma? yyyy)?)", read.range_first),
    Rule("date", DATE_FORMS, read.date),
    Rule("date_spoken", "MON ORD", read.date),
    Rule("range_start", "DAY (?=(?:hyphen|to|and|or) DAY of? MON)", read.range_start),
    Rule("range_end", "(?<=[dd nth] [hyphen to and or]) DAY (?:comma? yyyy)?", read.range_end),
    Rule("month_year", "MOD? (?:the? end of)? MON (?:comma? of? YEAR|RELYEAR)", read.month_year),
    Rule("end_of", "(?:MOD? in)? the? end of (?:yyyy|the? WHICH? unit)", read.end_of),
    # Sets
    Rule("every", "each other? (?:[unit quarter second weekend]|WD daypart?|MON|daypart)", read.every, "SET"),
    Rule("every_n", "each CARD [units quarters]", read.every_n, "SET"),
    Rule("daily", "daily", read.daily, "SET"),
    Rule("weekdays", "weekdays|weekday dayparts", read.weekdays, "SET"),
    # Quarters and halves
    Rule("quarter_number", "letterq dd (?:comma? of? yyyy)?", part.quarter_number),
    Rule("quarter", "the? (?:YEARISH aposs?)? fiscal? ORD hyphen? fiscal? quarter (?:of YEARISH)?", near.nth_quarter),
    Rule("half", "the? [ordinal second last] half of (?:YEARISH|decade|the shortyear)", near.nth_half),
    Rule("period_of", "the? (?:yyyy|[this last] unit aposs) (?:period|quarter)", near.period_of, tells=False),
    Rule("latest_period", "the? (?:latest|current|recent) (?:period|quarter)", near.latest_period),
    Rule("first_n", "the? [ordinal last] (?:CARD|few) [units quarters]", near.duration),
    # Ago, earlier, later
    Rule("year_ago_n", "the? unit hyphen [ago earlier] (?:CARD units)", near.duration),
    Rule(
        "year_ago", "[the a]? unit hyphen [ago earlier] (?:ORD quarter|[quarter period])?", near.year_ago, tells=False
    ),
    Rule("ago", "QTY more? ANYUNIT (?:or so)? [ago earlier]", near.ago, tells=False),
    Rule("ago_bare", "[units quarters] [ago earlier]", near.vague_past),
    Rule("later", "QTY ANYUNIT later", near.later),
    Rule("from_now", "QTY ANYUNIT from [now today]", near.from_now),
    # Last, this, next
    Rule("day_beside", "the? unit (?:before yesterday|after tomorrow)", part.day_beside),
    Rule("day_ref", "[earlier later early]? [today yesterday tomorrow] daypart?", read.today),
    Rule("daypart", "[this last] daypart|the [next following] daypart|tonight|overnight", read.this_daypart),
    Rule("past_n", "the? this? [last past next coming following previous] QTY more? [units quarters]", near.duration),
    Rule("past_unit", "[the this] past [unit quarter weekend]", near.past_unit),
    Rule("recent_units", "recent [units quarters]", near.vague_units),
    Rule("coming_units", "the? [coming next] [units quarters]|the units ahead", near.vague_units),
    Rule("these_days", "these units", near.these_days),
    Rule("relative", "MOD? the? WHICH fiscal? [unit quarter weekend]|MOD? THATTIME", near.relative),
    Rule("later_in", "MOD in the unit", near.later_in),
    Rule("weekday_of_week", "MOD? WD daypart? (?=of? [last this next] unit)", part.weekday_of_week),
    Rule("last_weekday", "MOD? (?:the? [last next previous following]|this [coming past]?) WD daypart?", read.weekday),
    Rule("weekday", "MOD? (?:weekday|wabbr dot) daypart?", read.weekday),
    Rule(
        "season",
        "MOD? (?:the? [last next previous following]|this [coming past]?|the)? [season fall] (?:of? YEAR)?",
        read.season,
    ),
    Rule("last_month", "MOD? (?:[last next]|this [past coming]?) MON", read.month),
    Rule("month", "MOD? MON", read.month),
    Rule("weekend", "(?:for? the|this) weekend", read.weekend),
    # Durations
    Rule("age", "CARD hyphen? [unit units] hyphen? old", near.age),
    Rule("duration", "QTY more? full? hyphen? ANYUNIT (?:and a half)?", near.duration),
    Rule("fiscal_year", "the? fiscal unit? yyyy", read.year),
    Rule("full_year", "the full fiscal? unit", near.the_unit),
    Rule("the_n", "the CARD units", near.duration),
    Rule("the_quarter", "the fiscal? quarter", near.the_quarter),
    Rule("the_unit", "the fiscal? unit", near.the_unit),
    Rule("units", "units", near.bare_units),
    # Years, decades, centuries
    Rule("decade", "the? MOD? [decade shortyear]|[the early mid] MOD? decadeword|the? MOD? yyyy aposs", read.decade),
    Rule("century", "the? MOD? ORD hyphen? unit", read.century),
    Rule("year_end", "unit hyphen? end|unit aposs end", read.year_end),
    Rule("year", "MOD? yyyy", read.year),
    Rule(
        "holiday",
        "newyear unit aposs (?:unit|eve)|[christmas thanksgiving easter holiday] (?:unit|eve)?|election aposs? unit",
        read.a_holiday,
    ),
    # Now, once, soon
    Rule("now", "now|(?:at|for) the (?:present|moment)|the? current", read.now),
    Rule("recently", "recently|the past", read.past),
    Rule("soon", "soon|the? near? future|the [near long] term", read.future),
    Rule("then", "(?<=by) then", read.then),
)
# A sentence without any of these has no temporal expression: most sentences need no more than one search for them.
TRIGGERS = (
    "(?:[month maymarch mabbr weekday wabbr weekdays unit units quarter quarters yyyy decade shortyear iso numeric "
    "clock season fall today yesterday tomorrow tonight overnight daypart noon weekend now recently recent soon future "
    "past current daily xyear christmas thanksgiving easter holiday election am oclock decadeword slash latest period "
    "moment present term then letterq]|dot m|numword numword)"
)
