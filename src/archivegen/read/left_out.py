"""An HTML page's visible lines and the article found in it -> the lines that were left out, each with a reason."""

from __future__ import annotations

from archivegen.frontmatter import FrontMatter
from archivegen.model import Removed
from archivegen.read.furniture import cue_of
from archivegen.read.lines import NOT_WORD, split_lines

__all__ = ["left_out"]

OUTSIDE = "outside the article"
HEADLINE = "the headline"
MAX_LINES = 1000
FEW_WORDS = 4  # so short a line may stand in the article by chance: it counts as kept only as a block of its own
REACH = 200_000  # characters of the file in which a line is looked for
PROBE = 24  # characters by which a line is looked for in the file


def left_out(shown: str, body: str, title: str, front: FrontMatter) -> tuple[Removed, ...]:
    """Compare what the page shows with what was taken; lines are counted in the file as far as they can be found."""
    blocks = {_folded(block) for block in body.split("\n\n")}
    whole = _folded(body)
    headline = _folded(title)
    out: list[Removed] = []
    at, number = 0, front.body_line
    for line in split_lines(shown):
        if len(out) == MAX_LINES:
            break
        found = front.body.find(line.text[:PROBE], at, at + REACH)
        if found >= 0:
            number += front.body.count("\n", at, found)
            at = found
        folded = _folded(line.text)
        if folded in blocks or (line.words > FEW_WORDS and folded in whole):
            continue
        cue = cue_of(line)
        why = HEADLINE if folded == headline else cue.why if cue else OUTSIDE
        out.append(Removed(number, line.text, why))
    return tuple(out)


def _folded(text: str) -> str:
    return NOT_WORD.sub("", text.casefold())
