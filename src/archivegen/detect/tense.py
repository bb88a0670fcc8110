"""Does a sentence speak, near one of its words, of what has been or of what is to come? Cue words only."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.detect.wordlist import word_set

__all__ = ["tense_at"]

# Speak of what is to come wherever they stand before a date.
AHEAD = word_set(
    "will shall ll wo would can scheduled slated due upcoming forthcoming expected expects anticipated planned"
)
# Speak of what is to come only before "to" (or, with some, "for"): "plans to meet", "is to resume", "set for".
AHEAD_BEFORE_TO = word_set(
    "decided voted invited "
    "plan plans planning set is are was were going hopes intends intend hope ready agreed promised pledged "
    "vowed wants due prepared likely"
)
# What is resolved may have a day of its own: "agreed to meet on Friday" looks ahead, "agreed to a deal on Friday" back,
# and "voted to end the strike on Friday" tells neither. These are what people appoint a day for.
RESOLVED = word_set("agreed decided voted")
DETERMINERS = word_set("a an the its his her their this that any some no new")
APPOINTABLE = word_set(
    "be meet hold resume start restart begin reopen open return go come vote sign visit attend host leave release "
    "convene reconvene launch send travel discuss talk take hand move join close shut appear testify gather"
)
# In the present tense these tell of what is on the calendar: "the ministers meet on Monday", "it opens on Friday".
ON_CALENDAR = word_set("begin begins start starts open opens meet meets leave leaves arrives airs resumes flies")
# But not after these: "did not meet", "refused to meet", "the start".
NOT_PRESENT = DETERMINERS | word_set("to did not t could should might let help of")
# Look forward when they stand right before the date.
RIGHT_BEFORE = word_set("by until till starting beginning effective")
# "By Friday" after these looks back: "had been told by Friday", "not until Friday did".
BACKWARD = word_set("had has was were did not said lasted lived served stayed waited worked continued")
# "Not due until October", "said it will fly there starting Friday": with these "not" and "said" do not look back.
STILL_AHEAD = AHEAD | {"is", "are", "may"}
# Appoint a day when it follows with "for": "invited them for early September", but not "had been set for".
APPOINT = word_set("invited invites invite set called calls scheduled planned fixed booked convened")
PUT_OFF = word_set(
    "postponed delayed extended deferred adjourned suspended put will would delay postponement extension deferral "
    "adjournment suspension truce ceasefire pause moratorium reprieve respite"
)
# "As soon as Tuesday", "as early as next week".
SOON_AS = word_set("soon early late")
BEHIND = word_set(
    "said was were had did has have told took came went met made began held won lost killed left rose fell "
    "became gave saw found got kept led sent spoke struck brought broke built bought caught chose drew drove "
    "fought flew hit read shot stood swore wrote since ago last been says thought knew paid sold felt grew "
    "sank hurt cut quit spent"
)
# Tell when something was said, not when it is to be: they count only beside the date ("said on Friday").
SPEECH = word_set("said told says announced added noted reported")
BESIDE = 3
# Words in -ed that tell no tense after these: "a still unspecified date", "the united front", "will be named".
NOT_VERB_AFTER = word_set("a an the its his her their our still newly be of much more most")
REACH = 14  # tokens looked at on either side


def tense_at(tokens: Sequence[str], first: int, stop: int) -> int:
    """Return 1 for what is to come, -1 for what has been, 0 for neither: the nearest cue decides, the left first."""
    start = max(0, first - REACH)
    lowered = "  ".join(tokens[start : stop + REACH]).lower().split("  ")  # "$ 5" is one token with one blank
    here, end = first - start, stop - start
    near = _right_before(lowered, here)
    if near:
        return near
    for i in range(here - 1, -1, -1):
        cue = _cue(lowered, i)
        if cue and (lowered[i] not in SPEECH or here - i <= BESIDE):
            return cue
    for i in range(end, len(lowered)):
        cue = _cue(lowered, i)
        if cue and lowered[i] not in SPEECH:
            return cue
    return 0


def _right_before(lowered: list[str], here: int) -> int:
    """Judge the words that touch the date: "by Friday", "as early as Friday"."""
    if here >= 3 and lowered[here - 1] == "as" and lowered[here - 3] == "as" and lowered[here - 2] in SOON_AS:
        return 1
    if here >= 1 and lowered[here - 1] == "for":
        verbs = [i for i in range(here - 1) if lowered[i] in APPOINT]
        if verbs and lowered[max(0, verbs[-1] - 1)] not in ("had", "been"):
            return 1
    if here >= 1 and lowered[here - 1] in RIGHT_BEFORE:
        around = lowered[max(0, here - 8) : here - 1] or lowered[here : here + 8]
        back = BACKWARD.intersection(around) if PUT_OFF.isdisjoint(around) else set()
        is_pending = back <= {"not", "said"} and not STILL_AHEAD.isdisjoint(around)
        return -1 if back and not is_pending else 1
    return 0


def _cue(lowered: list[str], i: int) -> int:
    word = lowered[i]
    following = lowered[i + 1] if i + 1 < len(lowered) else ""
    previous = lowered[i - 1] if i else ""
    if word in AHEAD_BEFORE_TO and (following == "to" or (word == "set" and following == "for")):
        wanted = lowered[i + 2] if i + 2 < len(lowered) else ""
        if previous in ("had", "been") or (word in RESOLVED and wanted in DETERMINERS):
            return -1
        return 0 if word in RESOLVED and wanted not in APPOINTABLE else 1
    if word in AHEAD:
        return -1 if previous in ("been", "had", "as", "previously", "originally", "earlier") else 1
    if (word == "be" and previous == "to") or (word in ON_CALENDAR and previous not in NOT_PRESENT):
        return 1
    if word in BEHIND and previous != "be":  # "will be held in June"
        return -1
    if len(word) > 4 and word.endswith("ed") and previous not in NOT_VERB_AFTER:
        return -1
    return 0
