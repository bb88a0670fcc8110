"""The last word of a name, by which it is found where it stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from archivegen.detect.words_en import GENERATIONS

__all__ = ["by_tail", "surname_of"]


@lru_cache(maxsize=1 << 14)
def surname_of(name: str) -> str:
    """The last word of a person's name that is no "Jr." or "III"."""
    words = name.split()
    while len(words) > 1 and words[-1].strip(".,") in GENERATIONS:
        words.pop()
    return words[-1] if words else name


def by_tail(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Lead from the last words of (form, name) to the name; to "" where two names have one."""
    out: dict[str, str] = {}
    for form, name in names:
        if " " in form:
            last = surname_of(form)
            out[last] = name if out.get(last, name) == name else ""
    return out
