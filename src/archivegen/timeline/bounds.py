"""When an undated article may have been written, by its own text alone: bounds for an editor, used for nothing else.

What other articles show of it is in `stories`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, Basis, Mood
from archivegen.views import Bounds

__all__ = ["bounds_of"]


class Told(Protocol):
    """What an article tells of a date: a statement, or the entry that was made of it."""

    @property
    def date(self) -> Date: ...
    @property
    def basis(self) -> Basis: ...
    @property
    def mood(self) -> Mood: ...
    @property
    def evidence(self) -> str: ...


def bounds_of(article: Article, told: Iterable[Told]) -> Bounds:
    """Bound when an undated article was written: not before what it tells as past, not after it was saved."""
    reasons: list[str] = []
    past = [s for s in told if s.basis == "stated" and s.mood == "happened" and s.date.earliest]
    latest = max(past, key=lambda s: (s.date.earliest or dt.date.min, s.date.text), default=None)
    first = latest.date.earliest if latest else None
    if latest:
        reasons.append(f"it tells of {edtf.show(latest.date)} (“{latest.evidence}”)")
    last = article.captured.value.latest if article.captured else None
    if article.captured and last:
        reasons.append(f"the page was saved by {edtf.show(article.captured.value)}")
    if first and last and first > last:
        return Bounds(None, (*reasons, "these do not agree"))
    if first is None and last is None:
        return Bounds(None, ())
    told_of, words = (latest.date, latest.evidence) if latest else (None, "")
    saved = article.captured.value if article.captured and last else None
    return Bounds(edtf.parse(f"{first or '..'}/{last or '..'}"), tuple(reasons), told_of, words, saved)
