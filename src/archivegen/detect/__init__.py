"""One article in, what it mentions out: sentences, dates and names, with character offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from archivegen.detect.known import NameIndex, index_names
from archivegen.detect.stated import find_stated
from archivegen.edtf import Date
from archivegen.model import ActorMention, DateMention, Findings, Kind, Quote

__all__ = ["VERSION", "NameIndex", "detect", "index_names"]

DATES_VERSION = "5"
ACTORS_VERSION = "9"
VERSION = f"{DATES_VERSION} {ACTORS_VERSION}"

Spans = tuple[tuple[int, int], ...]


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
    sentences = _sentences(text) if want_dates or want_actors else ()
    kinds = {name: _kind(name, known, guess=want_actors) for name in stated}
    found = _actors(text, known, stated) if want_actors else find_stated(text, stated)
    is_known = any(kind != "other" for kind in kinds.values())
    mentions = tuple(_with_kind(mention, kinds) for mention in found) if is_known else found
    return Findings(
        sentences,
        _dates(text, published, sentences) if want_dates else (),
        mentions,
        tuple(kinds.items()),
        _quotes(text, mentions) if want_actors else (),
    )


# Imported when first called: the rules and patterns take a tenth of a second, which a build without them need not pay.


def _sentences(text: str) -> Spans:
    from archivegen.detect.sentences import split_sentences

    return split_sentences(text)


def _dates(text: str, published: Date | None, sentences: Spans) -> tuple[DateMention, ...]:
    from archivegen.detect.dates import find_dates

    return find_dates(text, published, sentences)


def _actors(text: str, known: NameIndex, stated: Sequence[str] = ()) -> tuple[ActorMention, ...]:
    from archivegen.detect.actors import find_actors

    return find_actors(text, known=known, stated=stated)


def _quotes(text: str, mentions: Sequence[ActorMention]) -> tuple[Quote, ...]:
    from archivegen.detect.quotes import find_quotes

    return find_quotes(text, mentions)


def _kind(name: str, known: NameIndex, *, guess: bool) -> Kind:
    """The kind of a stated name: as actors.yaml has it, else as the name alone lets guess."""
    if kind := known.kinds.get(name):
        return kind
    mentions = _actors(name, known) if guess else ()
    return next((m.kind for m in mentions if (m.start, m.end) == (0, len(name))), "other")


def _with_kind(mention: ActorMention, kinds: Mapping[str, Kind]) -> ActorMention:
    is_open = mention.kind == "other" and mention.name in kinds
    return replace(mention, kind=kinds[mention.name]) if is_open else mention
