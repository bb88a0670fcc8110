"""Parts of articles and actors as the store keeps them: to decode only what is needed takes half the time of all."""

from __future__ import annotations

import msgspec

__all__ = ["ActorPart", "Body", "Dated", "Day", "Text"]


class Text(msgspec.Struct, frozen=True, gc=False):
    """What is known, as a text."""

    value: str


class Body(msgspec.Struct, frozen=True, gc=False):
    """An article's text."""

    text: str


class Day(msgspec.Struct, frozen=True, gc=False):
    """A date, as EDTF."""

    text: str


class Dated(msgspec.Struct, frozen=True, gc=False):
    """What is known, as a date, and what it was read from."""

    value: Day
    basis: str


class ActorPart(msgspec.Struct, frozen=True, gc=False):
    """What is known of an actor beside its columns."""

    aliases: list[str]
    note: str = ""
    same_as: list[str] = []
