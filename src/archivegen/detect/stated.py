"""The names that an article's front matter lists, where they stand in its text as they are written there."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.model import ActorMention

__all__ = ["find_stated"]


def find_stated(text: str, stated: Sequence[str]) -> tuple[ActorMention, ...]:
    """Find only the names that an article's front matter lists, as they are written there; nothing is guessed."""
    spans: list[tuple[int, int]] = []
    for name in sorted(stated, key=len, reverse=True):
        at = text.find(name) if name else -1
        while at >= 0:
            end = at + len(name)
            is_whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
            if is_whole and not any(at < stop and start < end for start, stop in spans):
                spans.append((at, end))
            at = text.find(name, end)
    return tuple(ActorMention(start, end, text[start:end], "other") for start, end in sorted(spans))
