"""The plain shapes of YAML, read without a YAML parser: what nearly all front matter and settings are.

`key: value`, `key:` above a list of `- value`, short lists and mappings in brackets, notes; a value is plain or in
quotes. Of these it says exactly what `yamltree` says, in a quarter of the time; of anything else it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

__all__ = ["NULLS", "YamlError", "YamlFile", "read_plain"]

NULLS = frozenset(["", "~", "null"])
KEY = r"\w[\w-]{0,99}"
QUOTED = r""" "[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*" | '[^'\n]*+(?:''[^'\n]*+)*' """
# A plain value begins with no sign that means something to YAML, and has none inside.
PLAIN = r"""[^\x20\n?:,\[\]{}\#&*!|>'"%@`-] [^:\#\n]*+ (?: (?: (?<!\x20)\# | :(?=[^\x20\n]) ) [^:\#\n]*+ )*"""
IN_BRACKETS = r"\[[^\[\]{}\n]*+\] | \{[^\[\]{}\n]*+\}"
ROW = re.compile(
    rf"""
    ^(?:
        (?: ({KEY}): | (\x20*+-)(?=\x20) )
        (?: \x20++ ( (?> {QUOTED} | {PLAIN} | {IN_BRACKETS} ) ) )?
        \x20*+ (?: (?<=\x20)\#.* )?
        | \x20*+ (?: \#.* )?
    )$
    """,
    re.MULTILINE | re.ASCII | re.VERBOSE,
)
A_KEY = re.compile(KEY, re.ASCII)
ESCAPED = re.compile(r"\\(.)")
SPECIAL = frozenset("\"'#&*!|>%@`?")  # in brackets these are left to the parser, wherever they stand


class YamlError(ValueError):
    """What is wrong with a YAML text, and on which line (counted from 1)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class YamlFile(msgspec.Struct, frozen=True):
    """The value of a YAML text; `lines` finds the line of "publish.pages.to" or "actors.3.name"."""

    value: Any
    lines: dict[str, int]

    def line(self, key: str) -> int:
        """The line of a key, or of the nearest key around it."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)


class _NotPlainError(Exception):
    """There is more to it, or something is wrong: the parser tells which."""


def read_plain(text: str, first_line: int) -> YamlFile | None:
    """Read a text of the plain shapes alone; None for any other, and for one in which anything is wrong."""
    # What YAML forbids, or takes for a line's end or an indent, is not printable, as much else that may be in a text.
    if not text.replace("\n", " ").isprintable():
        return None
    rows = ROW.findall(text)
    if len(rows) <= text.count("\n"):  # a line is of no such shape
        return None
    try:
        return _file(rows, first_line)
    except _NotPlainError:
        return None


def _file(rows: Sequence[tuple[str, str, str]], first_line: int) -> YamlFile | None:
    value: dict[str, Any] = {}
    lines: dict[str, int] = {"": 0}
    last = indent = ""  # the key that a list may stand below, and how far in
    items: list[Any] = []
    for number, (key, dash, raw) in enumerate(rows, first_line):
        if key:
            if key in value:
                return None
            lines[key] = number
            value[key] = _value(raw, key, lines) if raw else None
            last, indent = "" if raw else key, ""
        elif dash:
            if not raw or not last or indent not in ("", dash):
                return None
            if not indent:
                indent, items = dash, []
                value[last] = items
            at = f"{last}.{len(items)}"
            lines[at] = number
            items.append(_value(raw, at, lines))
    if not value:
        return None
    lines[""] = lines[next(iter(value))]
    return YamlFile(value, lines)


def _value(raw: str, at: str, lines: dict[str, int]) -> Any:
    first = raw[0]
    if first == '"':
        return ESCAPED.sub(r"\1", raw[1:-1]) if "\\" in raw else raw[1:-1]
    if first == "'":
        return raw[1:-1].replace("''", "'")
    if first == "[":
        items = [_plain(part) for part in _parts(raw)]
        lines.update((f"{at}.{i}", lines[at]) for i in range(len(items)))
        return items
    if first == "{":
        pairs = [part.partition(": ") for part in _parts(raw)]
        value = {key: _plain(item) for key, _, item in pairs if A_KEY.fullmatch(key)}
        if len(value) < len(pairs):
            raise _NotPlainError
        lines.update((f"{at}.{key}", lines[at]) for key in value)
        return value
    plain = raw.rstrip(" ")
    return None if plain in NULLS else plain


def _parts(raw: str) -> list[str]:
    """What commas part in brackets."""
    inside = raw[1:-1].strip(" ")
    if not SPECIAL.isdisjoint(inside):
        raise _NotPlainError
    return [part.strip(" ") for part in inside.split(",")] if inside else []


def _plain(item: str) -> str | None:
    item = item.strip(" ")
    if not item or ":" in item or item[0] == "-":
        raise _NotPlainError
    return None if item in NULLS else item
