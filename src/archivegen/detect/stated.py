"""The names that an article's front matter lists, where they stand in its text as they are written there."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.model import ActorMention

__all__ = ["find_stated"]


def find_stated(text: str, stated: Sequence[str]) -> tuple[ActorMention, ...]:
    """Find only the names that an article's front matter lists, as they are written there; nothing is guessed."""
    found: list[tuple[int, str]] = []
    taken = bytearray(len(text))  # by longer names: what lies over one of those has its first or last letter there
    for name in sorted(stated, key=len, reverse=True):
        at = text.find(name) if name else -1
        while at >= 0:
            end = at + len(name)
            is_whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
            if is_whole and not taken[at] and not taken[end - 1]:
                found.append((at, name))
                taken[at:end] = b"\1" * len(name)
            at = text.find(name, end)
    return tuple([ActorMention(at, at + len(name), name, "other") for at, name in sorted(found)])
