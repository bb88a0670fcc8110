"""Front matter in: the YAML between two lines of `---` at the top of a text, and the rest.

What a schema knows becomes typed (dates are EDTF, `actors` a list of names); unknown keys are kept as they are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archivegen import edtf, yamlfile
from archivegen.errors import Diagnostic

__all__ = ["FIELDS", "FrontMatter", "FrontMatterError", "read"]

OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n(?![ \t]*\r?\n)")  # before a blank line, --- is a rule
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
KEY_LINE = re.compile(r"\s*(?:#|$|[\w-]+[ \t]*:(?:\s|$))")

TEXTS = ("title", "source", "byline", "agency", "place", "language", "url", "slug", "status", "notice")
DATES = ("published", "updated", "captured", "event_date")
LISTS = ("actors", "redact")
FIELDS = frozenset(TEXTS + DATES + LISTS)
SAME = {"date": "published"}
STATUSES = ("corrected", "withdrawn", "redacted")


class FrontMatterError(ValueError):
    """Front matter that cannot be used; `diagnostic` has the line."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a person stated at the top of a file. `body_line` is the line on which the rest begins.

    `lines` has the line of every key; `extra` the keys that the program does not know.
    """

    texts: Mapping[str, str]
    dates: Mapping[str, edtf.Date]
    lists: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...]


def read(text: str, path: str) -> FrontMatter:
    """Split a text into front matter and the rest. Without an opening `---` all of it is the rest.

    Raises FrontMatterError for front matter that never closes, is no mapping, or is not YAML. A single bad value
    (a day that does not exist) is left out and named in `diagnostics`.
    """
    opening = OPENING.match(text)
    if not opening or not KEY_LINE.match(text, opening.end()):
        return FrontMatter({}, {}, {}, {}, {}, text.removeprefix("\ufeff"), 1, ())
    first_line = text.count("\n", 0, opening.end()) + 1
    closing = CLOSING.search(text, opening.end())
    if not closing:
        raise _error(path, first_line - 1, "front matter begins here and never closes",
                     "put a line of three hyphens (---) after its last key")  # fmt: skip
    try:
        file = yamlfile.load(text[opening.end() : closing.start()], first_line=first_line)
    except yamlfile.YamlError as error:
        raise _error(path, error.line, f"front matter: {error.message}", "") from None
    values = {} if file.value is None else file.value
    if not isinstance(values, dict):
        raise _error(path, first_line, "front matter is not a list of `key: value` lines",
                     "write it like: title: The headline")  # fmt: skip
    rest = text[closing.end() :]
    body = rest.removeprefix("\n")
    body_line = text.count("\n", 0, closing.end()) + 1 + (len(rest) - len(body))
    return _convert(values, file, path, body, body_line)


def _convert(values: dict[str, Any], file: yamlfile.YamlFile, path: str, body: str, body_line: int) -> FrontMatter:
    texts: dict[str, str] = {}
    dates: dict[str, edtf.Date] = {}
    lists: dict[str, tuple[str, ...]] = {}
    extra: dict[str, Any] = {}
    found: list[Diagnostic] = []

    def complain(key: str, code: str, message: str, hint: str = "") -> None:
        found.append(Diagnostic(path, file.line(key), "warning", code, message, hint))

    for key, value in values.items():
        name = SAME.get(key, key)
        if name not in FIELDS:
            extra[key] = value
            if near := difflib.get_close_matches(key, FIELDS, 1, 0.8):
                complain(
                    key,
                    "unknown-key",
                    f"`{key}` is kept, but means nothing here",
                    f"did you mean `{near[0]}`?",
                )
        elif value is None:
            continue
        elif name in LISTS:
            lists[name] = tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
        elif not isinstance(value, str):
            complain(key, "bad-value", f"`{key}` takes a single value; left out")
        elif name in DATES:
            if key != name and name in values:
                complain(key, "bad-value", f"`{key}` and `{name}` mean the same; `{name}` counts")
                continue
            try:
                dates[name] = edtf.parse(value)
            except edtf.EdtfError as error:
                complain(key, "bad-date", f"`{key}`: {error}; left out")
        elif name == "status" and value not in STATUSES:
            complain(key, "bad-value", f"`status` is {value!r}; left out", f"one of: {', '.join(STATUSES)}")
        else:
            texts[name] = value.strip()
    return FrontMatter(texts, dates, lists, extra, {SAME.get(k, k): file.line(k) for k in values},
                       body, body_line, tuple(found))  # fmt: skip


def _error(path: str, line: int, message: str, hint: str) -> FrontMatterError:
    return FrontMatterError(Diagnostic(path, line, "error", "front-matter", message, hint))
