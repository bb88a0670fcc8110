"""What a reader found, before front matter and provenance make an Article of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.model import Body, Known, NumericDates, Removed

__all__ = ["Draft", "first_words"]

TITLE_WORDS = 10


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that a page itself gives; None where it gives none."""

    body: Body
    title: Known[str] | None = None
    source: Known[str] | None = None
    byline: Known[str] | None = None
    agency: Known[str] | None = None
    place: Known[str] | None = None
    language: Known[str] | None = None
    url: Known[str] | None = None
    published: Known[Date] | None = None
    updated: Known[Date] | None = None
    captured: Known[Date] | None = None
    removed: tuple[Removed, ...] = ()
    numeric_dates: NumericDates | None = None
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def first_words(body: Body) -> Known[str] | None:
    """A title for a text that names none: its first words, in doubt; None where there are no words."""
    words = body.text[:1000].split("\n", 1)[0].split()
    if not words:
        return None
    short = " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")
    return Known(short, "inferred", short, None, "the file names no headline; these are its first words")
