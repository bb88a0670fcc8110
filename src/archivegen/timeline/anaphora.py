"""The words by which a sentence speaks of whom or what an earlier one named (anaphora), and where they stand."""

from __future__ import annotations

import re

from archivegen.timeline.verbs import word_set

__all__ = [
    "ADVERBIAL",
    "ADVERBIAL_BEGINS",
    "ANY_CRAFT",
    "ATTRIBUTION",
    "BESIDE_VERB",
    "COMPANY",
    "EMPTY_IT",
    "EVENT",
    "EVENTS",
    "ONE_CRAFT",
    "OWNED",
    "POSSESSIVE",
    "SET_OFF",
    "STATE",
    "SUBJECT",
    "SUBJECT_BEGINS",
]

# Fit whatever company was named last.
COMPANY = word_set(
    "company firm airline airlines carrier manufacturer maker group airframer retailer publisher operator corporation"
)
# Are a country that was just spoken of.
STATE = word_set("government army country state kingdom republic")
# Belong to a country or body, so that "the Russian ministry" shows whose "the ministry" is.
OWNED = STATE | word_set("ministry court council commission committee board department force parliament")
# There are many of these: they take only a name that they were beside before.
INTRODUCED = OWNED | word_set("party agency bank organisation organization union club team university movement")
BODY = "|".join(sorted(COMPANY | INTRODUCED, key=lambda word: (-len(word), word)))
CRAFT = "aircraft plane airplane airliner jet jetliner superjumbo helicopter ship vessel car vehicle rocket satellite"
PRODUCT = (
    f"{CRAFT} missile device phone handset smartphone player tablet laptop computer model software program programme "
    "product store service shop website application app game system"
)
# The subject at a clause's start: "He ...", "But the new plane ...".
SUBJECT = re.compile(
    r"[\"“‘'\s]*(?:(?:But|And|Then|So|Yet|However|Meanwhile),?\s+)?(?:(?P<person>(?:[Hh]e|[Ss]he)\b)|(?P<any>(?:[Ii]t|[Tt]hey)\b)|"
    rf"[Tt]h(?:e|is)\s+(?:[\w-]+\s+){{0,2}}?(?:(?P<body>(?:{BODY})\b(?!\s+(?:of|in|for|from|that|which|who)\b))|"
    rf"(?P<product>{'|'.join(PRODUCT.split())}))\b)(?!['’]s)"
)
ONE_CRAFT = re.compile(rf"\b(?:{'|'.join(CRAFT.split())})s?\b")
ANY_CRAFT = re.compile(rf"\b[Tt]h(?:e|is)\s+(?:[\w-]+\s+)?(?:{'|'.join(CRAFT.split())})\b(?!['’]s)")
# The subject after a verb of saying: "..., said the company".
ATTRIBUTION = re.compile(rf"\w+\s+(?:(?P<person>(?:he|she)\b)|(?P<any>(?:it|they)\b)|the\s+(?P<body>{BODY}))\b")
SET_OFF = (",", '"', "”", "’", "'")  # before such a verb; without, its subject came before: "an official confirmed it"
# An event told of just before: "The deal was approved" is its subject's deal.
EVENTS = (
    "deal|agreement|order|contract|announcement|event|move|decision|flight|launch|ceremony|plan|statement|sale|purchase|"
    "merger|lawsuit|suit|settlement|proposal|offer|talk|meeting|visit|attack|raid|strike|operation|investigation|trial|"
    "verdict|ruling|project|programme|program|release|conference|speech|accident|crash|incident|delay|test|dispute|"
    "letter|report|interview|vote|election|takeover|acquisition|resignation|appointment|arrest|shooting|explosion|blast|"
    "match|tour|show|exhibition|concert|landing|take-off|takeoff|delivery|restructuring|campaign|march|protest|rally|"
    "summit|ceasefire|truce|treaty|pact|mission|rescue|search|transfer|donation|funding|grant|fine|penalty|sentence"
)
EVENT = re.compile(rf"(?:But\s+)?[Tt]h(?:e|is|at|ese|ose)\s+(?:[\w-]+\s+){{0,2}}?(?:{EVENTS})s?\b")
POSSESSIVE = re.compile(r"['’]s?(?![\w])|\s+['’](?=\s)")
# Opens a sentence with something other than its subject.
ADVERBIALS = word_set(
    "In At On By For From With Under During After Before While When As Since Despite Following According Among Through "
    "Yesterday Today Last Earlier Late Alongside Speaking Citing Asked Although Though Because If Instead"
)
ADVERBIAL = re.compile(rf"(?:{'|'.join(sorted(ADVERBIALS))})\b")
# The subject right before the verb: "In 1986 he bought".
BESIDE_VERB = re.compile(r"\b(?:(?P<person>he|she)|(?P<any>it|they))\s+(?:(?:also|then|later|\w+ly)\s+)?$")
# "It is expected", "it was announced", "it emerged that": stands for nobody.
EMPTY_IT = re.compile(
    r"\s+(?:(?:is|was|has been|had been|remains|will be|would be)\s+(?:not\s+|also\s+|still\s+|now\s+)?"
    r"(?:\w+ed|thought|said|known|clear|unclear|likely|unlikely|possible|hoped|important|interesting|understood|time)\b"
    r"|(?:emerged|appears?|appeared|seems?|seemed|turned out|follows|took|takes)\b)"
)


# The first two letters of what these patterns begin with: a look at them saves most of the matching.
ADVERBIAL_BEGINS = frozenset(word[:2] for word in ADVERBIALS)
SUBJECT_BEGINS = frozenset(("Bu", "An", "Th", "So", "Ye", "Ho", "Me", "He", "he", "Sh", "sh", "It", "it", "th"))
