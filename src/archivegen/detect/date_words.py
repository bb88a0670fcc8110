"""The words that dates are made of: each token of a text gets one class, and a class is one character.

A sentence so becomes a short string of classes, on which the rules of date_rules are ordinary patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from archivegen.detect.wordlist import words
from archivegen.kept import Kept

__all__ = ["CLASS", "MONTHS", "NUMBERS", "OTHER_MONTHS", "UNITS", "WEEKDAYS", "classes_of", "splitter", "tokens_of"]

# Class name: its words. Lower case matches any case; a word with a capital matches only as written or in capitals,
# because "may", "march", "sat" and "sun" are other words.
WORDS: dict[str, str] = {
    "month": "january february april june july september october november december August",
    "maymarch": "May March",
    "mabbr": "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday",
    "wabbr": "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun",
    "weekdays": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "unit": "day week month year decade century hour minute fortnight millennium",
    "units": "days weeks months years decades centuries hours minutes fortnights seconds millennia",
    "quarter": "quarter",
    "quarters": "quarters",
    "half": "half",
    "second": "second",
    "ordinal": "first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth",
    "numword": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
    "scale": "hundred thousand million",
    "dozen": "dozen",
    "couple": "couple",
    "few": "few several many numerous",
    "a": "a an",
    "the": "the",
    "this": "this",
    "that": "that",
    "last": "last",
    "past": "past",
    "previous": "previous preceding prior",
    "next": "next",
    "coming": "coming upcoming",
    "following": "following",
    "current": "current",
    "latest": "latest",
    "recent": "recent",
    "same": "same",
    "each": "each every",
    "other": "other",
    "ago": "ago",
    "earlier": "earlier",
    "later": "later",
    "before": "before",
    "after": "after",
    "since": "since",
    "ahead": "ahead",
    "old": "old",
    "long": "long",
    "early": "early late",
    "mid": "mid",
    "end": "end beginning start middle close turn",
    "today": "today",
    "yesterday": "yesterday",
    "tomorrow": "tomorrow",
    "tonight": "tonight",
    "overnight": "overnight",
    "daypart": "morning afternoon evening night",
    "noon": "noon midday midnight",
    "weekend": "weekend",
    "season": "spring summer autumn winter",
    "fall": "fall",
    "seasons": "springs summers autumns winters",
    "now": "now currently nowadays presently",
    "recently": "recently lately",
    "once": "once",
    "soon": "soon",
    "future": "future",
    "present": "present",
    "time": "time",
    "times": "times",
    "moment": "moment",
    "term": "term",
    "period": "period",
    "daily": "daily weekly monthly quarterly yearly annually hourly nightly biweekly",
    "decadeword": "twenties thirties forties fifties sixties seventies eighties nineties",
    "dayparts": "mornings afternoons evenings nights",
    "these": "these",
    "then": "then",
    # Months of other languages are read in full dates only: "21 de agosto de 2018", "21. März 2018".
    "xmonth": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "januar februar märz juni juli oktober dezember gennaio febbraio aprile maggio giugno luglio settembre ottobre "
    "dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "de": "de del",
    "xyear": "年",
    "xmonthmark": "月",
    "xday": "日",
    "sometime": "sometime",
    "annual": "annual",
    "fiscal": "fiscal financial",
    "full": "full entire whole",
    "in": "in during",
    "on": "on",
    "of": "of",
    "at": "at",
    "and": "and",
    "or": "or",
    "by": "by until till through",
    "to": "to",
    "from": "from",
    "between": "between",
    "as": "as",
    "so": "so",
    "more": "more additional extra",
    "per": "per",
    "within": "within",
    "for": "for over",
    "about": "about around nearly almost approximately roughly some",
    "am": "am pm",
    "m": "m",
    "p": "p",
    "zone": "GMT UTC EST EDT PST PDT CST CDT BST CET ET IST",
    "oclock": "o'clock o’clock",
    "ended": "ended ending ends",
    "yearword": "fy",
    "eve": "eve",
    "newyear": "New",
    "christmas": "Christmas",
    "thanksgiving": "Thanksgiving",
    "easter": "Easter",
    "holiday": "Halloween",
    "election": "Election Independence Labor Memorial Veterans Valentine Columbus",
    "near": "near short",
    "ad": "AD CE BC BCE",
    "letterq": "Q",
    "word": "",
}
SHAPES = (
    "dd",  # 1 to 31
    "nth",  # 1st to 31st
    "yyyy",  # 1000 to 2199
    "number",
    "decade",  # 1990s
    "shortyear",  # '98, '90s
    "iso",
    "numeric",  # 02.11.2018
    "clock",
    "money",
    "percent",
    "comma",
    "dot",
    "hyphen",
    "slash",
    "aposs",
    "opens",
    "quote",
    "punct",
)
FIRST_CLASS = 0x100  # letters that no pattern treats as special
CLASS: dict[str, str] = {name: chr(FIRST_CLASS + i) for i, name in enumerate([*WORDS, *SHAPES])}

MONTHS = {
    name: number
    for number, names in enumerate(
        words(
            "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept "
            "october/oct november/nov december/dec"
        ),
        1,
    )
    for name in names.split("/")
}
OTHER_MONTHS = {
    name: number
    for number, names in enumerate(
        words(
            "janvier/enero/januar/gennaio/janeiro/января février/febrero/februar/febbraio/fevereiro/февраля "
            "mars/marzo/märz/março/марта avril/abril/aprile/апреля mai/mayo/maggio/maio/мая "
            "juin/junio/juni/giugno/junho/июня juillet/julio/juli/luglio/julho/июля août/agosto/августа "
            "septembre/septiembre/settembre/setembro/сентября octobre/octubre/oktober/ottobre/outubro/октября "
            "novembre/noviembre/novembro/ноября décembre/diciembre/dezember/dicembre/dezembro/декабря"
        ),
        1,
    )
    for name in names.split("/")
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        words("monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat sunday/sun")
    )
    for name in (*names.split("/"), names.split("/")[0] + "s")
}
NUMBERS = {name: number for number, name in enumerate(WORDS["numword"].split()[:20], 1)}
NUMBERS |= {name: 10 * number for number, name in enumerate(WORDS["numword"].split()[19:], 2)}
NUMBERS |= {
    name: number
    for number, name in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}
NUMBERS |= {"thirtieth": 30, "hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "couple": 2}
NUMBERS |= {"a": 1, "an": 1}
# Unit: its TIMEX3 letter, with the T of parts of a day.
UNITS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "F",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "millennium": "L",
}
UNITS |= {f"{name}s": letter for name, letter in UNITS.items()} | {"centuries": "C", "millennia": "L"}

# The one group is the token; white space goes before it, so that no place is tried in vain. Every character that is
# no space is in some token, and nothing can fail after a long run: time is linear.
TOKEN = re.compile(
    r"\s*+("
    r"[^\W\d_]++(?:(?<=[oO])['’]clock\b)?"
    r"|[^\w\s'’$£€¥]|_"
    r"|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-])"
    r"|\d{4}(?:/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?!\w)"
    r"|\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/)\d{4}(?!\w)"
    r"|\d{1,2}:\d\d(?::\d\d)?(?!\w)"
    r"|\d++(?>(?:,\d{3}(?!\d)|\.\d+){0,4})(?:(?:st|nd|rd|th|s)\b)?"
    r"|['’](?:s\b|\d\ds?\b)?"
    r"|[$£€¥](?:\s?\d++(?>(?:,\d{3}(?!\d)|\.\d+){0,4}))?"
    r")"
)
# The one token that can have white space in it, and where to cut texts that have such.
MONEY_APART = re.compile(r"[$£€¥]\s\d")
BESIDE_MONEY = re.compile(r"\s{2,}|(?<![$£€¥])\s|\s(?!\d)")
PUNCTUATION = {
    ",": "comma",
    ".": "dot",
    "/": "slash",
    "%": "percent",
    "(": "opens",
    "[": "opens",
    "'s": "aposs",
    "’s": "aposs",
}
PUNCTUATION |= dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", "hyphen") | dict.fromkeys("\"'`“”‘’«»", "quote")


def _lexicon() -> dict[str, str]:
    out: dict[str, str] = {}
    for name, listed in WORDS.items():
        for word in listed.split():
            spellings = {word, word.upper()} if word != word.lower() else {word, word.capitalize(), word.upper()}
            out |= dict.fromkeys(spellings, CLASS[name])
    for mark, name in PUNCTUATION.items():
        out[mark] = CLASS[name]
    # Capitals that are other words or names: "US", "AM radio", "IN", "SAT" the test, "MAR", "SUN".
    for word in ("AM", "SAT", "SUN", "MAR", "NOW", "MAY", "TODAY"):
        out.pop(word, None)
    return out


LEXICON = _lexicon()
WORD = CLASS["word"]


KEPT = 1 << 15  # pieces whose classes are remembered


def splitter(text: str) -> Callable[[str], Sequence[str]]:
    """Tell how to cut sentences of a text into pieces of one or more tokens: at white space, where no token has any."""
    if any(sign in text for sign in "$£€¥") and MONEY_APART.search(text):
        return BESIDE_MONEY.split
    return str.split


@lru_cache(maxsize=KEPT)
def tokens_of(piece: str) -> tuple[str, ...]:
    """Return the tokens of a piece of text."""
    return tuple(TOKEN.findall(piece))


def _classify(token: str) -> str:
    known = LEXICON.get(token)
    if known is not None:
        return known
    return CLASS[_shape(token)] if not token[0].isalpha() or len(token) == 1 else WORD


# From pieces of text to the classes of their tokens, one character each. Asked for every word of every text, in half
# the time of lru_cache.
_classes: Kept[str, str] = Kept(lambda piece: "".join(map(_classify, tokens_of(piece))), KEPT)
classes_of = _classes.__getitem__


def _shape(token: str) -> str:
    """Name the class of a token that is a number or a mark."""
    if token[0] in "$£€¥" and len(token) > 1:
        return "money"
    if token[0] in "'’" and len(token) > 1:
        return "shortyear"
    if not token[0].isdigit():
        return "word" if token[0].isalpha() else "punct"
    if not token.isascii():
        return "number"
    if ":" in token:
        return "clock"
    if "-" in token:
        return "iso"
    if "/" in token or token.count(".") == 2:
        return "numeric"
    return _number_shape(token)


def _number_shape(token: str) -> str:
    if token.isdigit():
        if len(token) == 4 and "1000" <= token <= "2199":
            return "yyyy"
        return "dd" if len(token) <= 2 and 1 <= int(token) <= 31 else "number"
    if token[-1] == "s":
        return "decade" if len(token) == 5 and token[3] == "0" and "1000" <= token[:4] <= "2199" else "word"
    if token[-1].isalpha():
        digits = token[:-2]
        return "nth" if digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31 else "number"
    return "number"
