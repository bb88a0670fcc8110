"""Articles in, what each mentions out: sentences, dates and names, with character offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from archivegen.detect.known import NameIndex, index_names
from archivegen.detect.stated import find_stated
from archivegen.edtf import Date
from archivegen.model import ActorMention, DateMention, Findings, Kind, Quote

__all__ = ["VERSION", "Asked", "NameIndex", "detect", "detect_all", "index_names"]

DATES_VERSION = "5"
ACTORS_VERSION = "9"
VERSION = f"{DATES_VERSION} {ACTORS_VERSION}"

Spans = tuple[tuple[int, int], ...]


class Asked(msgspec.Struct, frozen=True, gc=False):
    """A clean body; its publication date, which anchors relative dates; the names that its front matter lists."""

    text: str
    published: Date | None
    stated: Sequence[str] = ()


def detect(
    text: str, published: Date | None, *, known: NameIndex, want_dates: bool = True, want_actors: bool = True
) -> Findings:
    """Find sentences, dates and names in a clean body; `published` anchors relative dates."""
    return detect_all([Asked(text, published)], known=known, want_dates=want_dates, want_actors=want_actors)[0]


def detect_all(asked: Sequence[Asked], *, known: NameIndex, want_dates: bool, want_actors: bool) -> list[Findings]:
    """Find sentences, dates and names in several texts, one step after the other.

    Names that front matter lists are found without `want_actors` too.
    """
    sentences = [_sentences(one.text) if want_dates or want_actors else () for one in asked]
    dates = [
        _dates(one.text, one.published, spans) if want_dates else ()
        for one, spans in zip(asked, sentences, strict=True)
    ]
    kinds = [{name: _kind(name, known, guess=want_actors) for name in one.stated} for one in asked]
    mentions = [
        _with_kinds(_actors(one.text, known, one.stated) if want_actors else find_stated(one.text, one.stated), stated)
        for one, stated in zip(asked, kinds, strict=True)
    ]
    quotes = [_quotes(one.text, found) if want_actors else () for one, found in zip(asked, mentions, strict=True)]
    stated = [tuple(found.items()) for found in kinds]
    return [*map(Findings, sentences, dates, mentions, stated, quotes)]


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


def _with_kinds(mentions: tuple[ActorMention, ...], kinds: Mapping[str, Kind]) -> tuple[ActorMention, ...]:
    if all(kind == "other" for kind in kinds.values()):
        return mentions
    return tuple(
        [replace(one, kind=kinds[one.name]) if one.kind == "other" and one.name in kinds else one for one in mentions]
    )
