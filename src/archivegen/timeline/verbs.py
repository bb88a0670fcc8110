"""Words that tell what a clause does: verbs of saying, past forms, auxiliaries, and what stands around them."""

from __future__ import annotations

from archivegen.kept import Kept

__all__ = [
    "AT_ANOTHER_TIME",
    "BEFORE_NOUN",
    "BETWEEN",
    "BE_NOW",
    "BE_THEN",
    "CLAUSE_ENDS",
    "DETERMINERS",
    "ELSEWHEN",
    "FINITE",
    "HAVE",
    "LASTING",
    "NOT_PAST",
    "OPENERS",
    "PARTICIPLES",
    "PAST",
    "PLANS",
    "PREPOSITIONS",
    "PRONOUNS",
    "SAID",
    "SELDOM_SAYS",
    "role_of",
    "word_set",
]


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a text apart by white space."""
    return frozenset(listed.split())


SAID = word_set(
    "said told stated announced added explained claimed confirmed denied insisted warned admitted acknowledged "
    "argued commented declared promised revealed reported indicated suggested estimated predicted wrote vowed "
    "pledged urged noted stressed testified responded replied disclosed alleged conceded reiterated remarked "
    "repeated enthused joked cautioned contended maintained"
)
SAYS = word_set(
    "says claims reports adds explains states announces confirms denies insists warns argues estimates predicts "
    "notes alleges acknowledges stresses tells admits"
)
SELDOM_SAYS = word_set("adds states notes estimates")
# Plural forms that are nouns as often: they count only after a word that can be their subject.
SAY = word_set("say claim report")
PAST = word_set(
    "became began blew bore bought bound broke brought built came caught chose clung crept dealt did didn't drew "
    "drove dug fell felt fled flew forbade forgave fought found froze gave got grew hanged heard held hid kept "
    "knew laid led left lent lost made meant met oversaw overtook paid quit ran rang rose sang sank sat saw sent "
    "shook shot shrank shut slid sold sought spent split spoke spread sprang stole stood strove struck stuck swam "
    "swept swore taught threw took tore undertook underwent upheld went withdrew withstood woke won wore wove "
    "wrote"
)
PARTICIPLES = word_set(
    "been become begun beaten blown borne bought brought built chosen come cut dealt done drawn driven fallen "
    "felt flown forbidden fought found frozen given gone gotten grown heard held hit kept known laid led left "
    "lent lost made met overtaken paid put quit read risen run said seen sent set shaken shot shown shut sold "
    "sought spent split spoken spread stolen stood struck sunk swept sworn taken taught thrown told torn "
    "undergone upheld withdrawn won worn written"
)
MODALS = word_set("will would shall may might could should can must cannot won't can't wouldn't couldn't")
HAVE = word_set("has have had hasn't haven't hadn't")
BE_NOW = word_set("is are am isn't aren't")
BE_THEN = word_set("was were wasn't weren't")
# Between an auxiliary and its verb.
BETWEEN = word_set(
    "also already always been being both even ever first had has just later long never not now often once only "
    "since soon still then thus twice yet all again far so themselves itself"
)
# Words in -ed that as a rule describe a noun, or are none: "based in", "a so-called", "the United Nations".
NOT_PAST = word_set(
    "advanced aged alleged armed based breed called complicated dated dedicated designed detailed distinguished "
    "dubbed entitled expected experienced following hundred indeed interested known limited located mixed named "
    "naked need proposed related renowned required rumored sacred scheduled seed so-called speed supposed titled "
    "united unexpected used wicked widespread exceed proceed succeed embed bed red feed led"
)
# No verb in -ed follows these: "a failed bid", "its renewed effort", "of increased costs".
BEFORE_NOUN = word_set(
    "a an the its his her their our my your this that these those some any no each every another more most less "
    "much very newly recently highly well long so of in on at by for from with to under over into between against "
    "about through during as than and or appear appears seem seems look looks remain remains get gets"
)
# Open a clause that is not the main one and, as a rule, ends with a comma.
OPENERS = word_set(
    "when as after while although though since because if before once until whereas despite following according "
    "during unlike given"
)
RELATIVE = word_set("which who whose whom where")
FINITE = MODALS | HAVE | BE_NOW | BE_THEN
PRONOUNS = word_set("he she it they who")
DETERMINERS = word_set("a an the its his her their our this that another any no some new of first")
# Each of these puts a sentence at another time; and one of the others stands in every phrase that does.
AT_ANOTHER_TIME = word_set(
    "previously formerly originally initially historically traditionally once decades always often usually normally "
    "generally typically sometimes later earlier era"
)
ELSEWHEN = AT_ANOTHER_TIME | word_set("past recent over far date then time ago before ever Before years been")
# After "is" or "was": what is to come.
PLANS = word_set("due expected scheduled set slated planned supposed meant intended")
PREPOSITIONS = word_set("in by at for on from with to during against over under between of into")
CLAUSE_ENDS = word_set(", ; and but that which who whose when after as before because while where if")
# With "has said": not on one day.
LASTING = word_set("since long repeatedly always often consistently")
# Open a clause within the sentence whose verb is not the main one.
SUBORDINATE = word_set("after when because while before although though until unless whether how why what if")
# What a word may be to its clause: the first of these that has it.
ROLES = (
    ("relative", RELATIVE),
    ("that", frozenset(("that",))),
    ("subordinate", SUBORDINATE),
    ("said", SAID),
    ("past", PAST),
    ("have", HAVE),
    ("be", BE_NOW | BE_THEN),
    ("modal", MODALS),
    ("says", SAYS | SAY),
)
KEPT = 1 << 15  # words whose role is remembered


def _role(word: str) -> str:
    """What a word may be to its clause: nothing, of most."""
    return next((role for role, words in ROLES if word in words), "past" if word.endswith("ed") else "")


role_of = Kept(_role, KEPT).__getitem__  # asked for most words of every sentence
