"""Does a sentence speak, near one of its words, of what has been or of what is to come? Cue words only."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.detect.wordlist import word_set

__all__ = ["tense_at"]

AHEAD = word_set(
    "will shall wo ll scheduled schedule plan plans planned planning due upcoming expected expects expect "
    "slated set intends intend hopes hope aims until by begins starts opens effective would next deadline "
    "would-be takes arrives leaves meets votes ahead forthcoming is are be to"
)
# Weaker: count as coming only if followed by an infinitive or next to another cue; "is" and "to" alone say nothing.
WEAK = frozenset(["is", "are", "be", "to", "would", "set", "hope", "next", "ahead", "plan", "takes", "leaves", "meets"])
BEHIND = word_set(
    "said was were had did has have told took came went met made began held won lost killed left rose fell "
    "became gave saw found got kept led sent spoke struck brought broke built bought caught chose drew drove "
    "fought flew hit put ran read shot stood swore wrote since ago last earlier been"
)
REACH = 14  # tokens looked at on either side


def tense_at(tokens: Sequence[str], first: int, stop: int) -> int:
    """Return 1 for what is to come, -1 for what has been, 0 for neither: the nearest cue decides, the left first."""
    for i in range(first - 1, max(-1, first - 1 - REACH), -1):
        cue = _cue(tokens[i].lower())
        if cue:
            return cue
    for i in range(stop, min(len(tokens), stop + REACH)):
        cue = _cue(tokens[i].lower())
        if cue:
            return cue
    return 0


def _cue(word: str) -> int:
    if word in AHEAD:
        return 0 if word in WEAK else 1
    if word in BEHIND or (len(word) > 4 and word.endswith("ed")):
        return -1
    return 0
