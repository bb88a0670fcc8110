"""One article in, what it mentions out: sentences, dates and names, with character offsets."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from archivegen.detect import actors, dates
from archivegen.detect.actors import NameIndex, index_names
from archivegen.detect.quotes import find_quotes
from archivegen.detect.sentences import split_sentences
from archivegen.edtf import Date
from archivegen.model import ActorMention, Findings, Kind

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

    `published` anchors relative dates; `stated` are the names that the article's front matter lists: they are found
    without `want_actors` too.
    """
    sentences = split_sentences(text) if want_dates or want_actors else ()
    kinds = {name: _kind(name, known, guess=want_actors) for name in stated}
    found = actors.find_actors(text, known=known, stated=stated) if want_actors else actors.find_stated(text, stated)
    mentions = tuple(_with_kind(mention, kinds) for mention in found) if kinds else found
    return Findings(
        sentences,
        dates.find_dates(text, published, sentences) if want_dates else (),
        mentions,
        tuple(kinds.items()),
        find_quotes(text, mentions) if want_actors else (),
    )


def _kind(name: str, known: NameIndex, *, guess: bool) -> Kind:
    """The kind of a stated name: as actors.yaml has it, else as the name alone lets guess."""
    if kind := known.kinds.get(name):
        return kind
    mentions = actors.find_actors(name, known=known) if guess else ()
    return next((m.kind for m in mentions if (m.start, m.end) == (0, len(name))), "other")


def _with_kind(mention: ActorMention, kinds: Mapping[str, Kind]) -> ActorMention:
    is_open = mention.kind == "other" and mention.name in kinds
    return dataclasses.replace(mention, kind=kinds[mention.name]) if is_open else mention
