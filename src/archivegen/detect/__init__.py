"""One article in, what it mentions out: sentences, dates and names, with character offsets."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.detect import actors, dates
from archivegen.detect.actors import NameIndex, index_names
from archivegen.detect.sentences import split_sentences
from archivegen.edtf import Date
from archivegen.model import Findings

__all__ = ["VERSION", "NameIndex", "detect", "index_names"]

VERSION = f"{dates.VERSION} {actors.VERSION}"


def detect(
    text: str,
    published: Date | None,
    *,
    known: NameIndex,
    stated: Sequence[str] = (),
    want_dates: bool = True,
    want_actors: bool = True,
) -> Findings:
    """Find sentences, dates and names in a clean body.

    `published` anchors relative dates; `stated` are the names that the article's front matter lists.
    """
    sentences = split_sentences(text)
    return Findings(
        sentences,
        dates.find_dates(text, published, sentences) if want_dates else (),
        actors.find_actors(text, known=known, stated=stated) if want_actors else (),
    )
