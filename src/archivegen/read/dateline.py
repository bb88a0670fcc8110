"""Who wrote it and from where: bylines, news agencies, and datelines like "KABUL, Oct 7 (Reuters) -"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from archivegen.model import Known
from archivegen.read.lines import Line

__all__ = ["AGENCIES", "Dateline", "agency_in", "find_byline", "parse_dateline"]

# An agency, and how it is credited.
CREDITS = {
    "Reuters": (
        "reuters",
        "thomson reuters",
    ),
    "Associated Press": (
        "ap",
        "the associated press",
        "associated press",
    ),
    "Agence France-Presse": (
        "afp",
        "agence france-presse",
    ),
    "dpa": ("dpa",),
    "UPI": (
        "upi",
        "united press international",
    ),
    "Xinhua": ("xinhua",),
    "TASS": (
        "tass",
        "itar-tass",
    ),
    "Interfax": ("interfax",),
    "RIA Novosti": ("ria novosti",),
    "Sputnik": ("sputnik",),
    "ANI": ("ani",),
    "PTI": ("pti",),
    "IANS": ("ians",),
    "Anadolu Agency": (
        "anadolu",
        "aa",
        "anadolu agency",
    ),
    "ANSA": ("ansa",),
    "EFE": ("efe",),
    "Kyodo": (
        "kyodo",
        "kyodo news",
    ),
    "Yonhap": ("yonhap",),
    "Bloomberg": ("bloomberg",),
    "APA": (
        "apa",
        "apa news",
    ),
    "AAP": ("aap",),
    "PA Media": (
        "pa",
        "press association",
        "pa media",
    ),
    "IRNA": ("irna",),
    "ISNA": ("isna",),
    "Belga": ("belga",),
    "ANP": ("anp",),
    "The Canadian Press": (
        "canadian press",
        "the canadian press",
        "cp",
    ),
    "Pajhwok": ("pajhwok",),
    "Ukrinform": ("ukrinform",),
    "UNIAN": ("unian",),
    "Trend": ("trend",),
    "RFE/RL": ("rfe/rl",),
    "PR Newswire": (
        "prnewswire",
        "pr newswire",
    ),
    "Business Wire": ("business wire",),
    "GlobeNewswire": ("globe newswire",),
    "CNN": ("cnn",),
}
AGENCIES = {credit: name for name, credits in CREDITS.items() for credit in credits}

PLACE = r"[^\W\d_a-z][^\d()\n—–:;!?]{1,60}?"
DATELINE = re.compile(
    rf"^(?:(?P<place>{PLACE})"
    r"(?:,?\s+(?P<day>[^\W\d_]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [^\W\d_]{3,9}\.?(?: \d{4})?))?\s*)?"
    r"\((?P<agency>[^()\n]{2,40})\)\s*(?:[-–—]+|:)\s*"
)
BARE_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_a-z]{2,}(?:[ .'-]{1,2}[^\W\d_a-z]{2,}){0,3}(?:, [^\W\d_]\w*\.?(?: ?[A-Z]\.)*){0,2})"
    r"\s*[–—-]{1,2}\s+(?=\S)"
)
BYLINE = re.compile(
    r"^(?:written by|reported by|story by|words by|by|von|par|por|texto|escrito por|di|door|av|автор|текст|oleh|tekst|"
    r"yazan|author|autor|auteur)\s*:?\s+"
    r"(?P<name>\S.{2,80})$",
    re.IGNORECASE,
)
NAME_CUT = re.compile(
    r"\s*(?:[|•·–—/／]|\s-\s|,? (?:on )?"
    r"(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{1,2}[./ ]|\d{4})|"
    r",? (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:published|updated|posted|for the|@)|"
    # What is not capitalised is no name any more; a title may stick to the name: "By Ann ExampleStaff Writer".
    r"(?-i:,? (?!(?:and|y|und|et|e|de|del|der|den|des|dos|do|du|da|van|von|di|la|le|bin|ibn|al|el|zu|ten) )"
    r"[a-z]{2,} |"
    r"(?<=[a-z])(?:[A-Z]\w+ )?(?:Staff|Writer|Columnist|Editor|Reporter)\b|"
    r", [A-Z][a-z]+ (?:[Ww]rit|[Ee]dit|[Rr]ep|[Cc]orr))|\()",
    re.IGNORECASE,
)
NOT_NAME = re.compile(r"[.!?]$|\b(?:the (?:way|end)|using|clicking|default|continuing|law|email)\b|\d", re.IGNORECASE)


class Dateline(msgspec.Struct, frozen=True):
    """Place, day as written, and agency at the head of an article, empty where absent."""

    place: str
    day: str
    agency: str


def parse_dateline(text: str) -> Dateline | None:
    """Read the dateline that a first paragraph begins with, or None."""
    head = text[:160]
    if "(" in head and (match := DATELINE.match(head)):
        agency = AGENCIES.get(match["agency"].strip().lower().split("/")[0].strip(), "")
        place = (match["place"] or "").strip(" ,")
        if agency or (place and place.isupper()):
            return Dateline(place, match["day"] or "", agency)
    if (match := BARE_DATELINE.match(head)) and match["place"].split(",")[0].isupper():
        return Dateline(match["place"].strip(), "", "")
    return None


def find_byline(lines: Sequence[Line]) -> Known[str] | None:
    """Find the byline among the lines between headline and article."""
    for i, line in enumerate(lines):
        text = line.text
        if line.words <= 1 and text.lower() in ("by", "por", "von", "par", "by:") and i + 1 < len(lines):
            text = f"{text.rstrip(':')} {lines[i + 1].text}"
        if len(text) < 120 and (match := BYLINE.match(text)):
            name = NAME_CUT.split(match["name"], maxsplit=1)[0].strip(" ,;:")
            if len(name) > 2 and not NOT_NAME.search(name) and name[:1] == name[:1].upper():
                return Known(_title_case(name), "stated", line.text, line.number)
    return None


def agency_in(lines: Sequence[Line]) -> Known[str] | None:
    """Find a news agency named alone on a line, or credited in brackets, among some lines."""
    for line in lines:
        if line.words > 6:
            continue
        name = AGENCIES.get(line.text.strip(" ()-–—|/.").lower())
        if name:
            return Known(name, "stated", line.text, line.number)
    return None


def _title_case(name: str) -> str:
    """Bylines shouted in capitals are written as names."""
    if len(name) < 5 or not re.sub(r"\b(?:and|et|und|y)\b", "", name).isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda m: "and" if m[0].lower() == "and" else m[0].capitalize(), name)
