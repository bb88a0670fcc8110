"""Patterns of cue words that are looked for in text after text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

__all__ = ["Cue"]


class Cue:
    """A regular expression that passes over ASCII text, which most is, two to four times as fast as others.

    There it need not ask Unicode what a letter is, and instead of ignoring case it looks at the text in lower case: a
    pattern that ignores case is to be written so.
    """

    __slots__ = ("_any", "_ascii", "_flags", "_ignores_case", "_pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> None:
        self._pattern = pattern
        self._flags = flags
        self._ignores_case = bool(flags & re.IGNORECASE)
        self._ascii = re.compile(pattern, (flags & ~re.IGNORECASE) | re.ASCII).search
        self._any: Callable[[str, int, int], re.Match[str] | None] | None = None  # made when it is first needed

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first place, as a pattern's own search does; what the match holds is in lower case."""
        if text.isascii():
            return self._ascii(text.lower() if self._ignores_case else text, start, end)
        if self._any is None:
            self._any = re.compile(self._pattern, self._flags).search
        return self._any(text, start, end)
