"""Front matter in: the YAML between two lines of `---` at the top of a text, and the rest.

What a schema knows becomes typed (dates are EDTF, `actors` a list of names); unknown keys are kept as they are.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from archivegen import edtf, yamlfile
from archivegen.errors import Diagnostic
from archivegen.redaction import is_findable

__all__ = ["FIELDS", "FrontMatter", "FrontMatterError", "bad_status", "both_readings", "read"]

OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n(?![ \t]*\r?\n)")  # before a blank line, --- is a rule
CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
KEY_LINE = re.compile(r"\s*(?:#|$|[\w-]+[ \t]*:(?:\s|$))")

TEXTS = ("title", "source", "byline", "agency", "place", "language", "url", "slug", "status", "notice")
DATES = ("published", "updated", "captured", "event_date")
LISTS = ("actors", "aliases", "redact", "unsettled")
FIELDS = frozenset(TEXTS + DATES + LISTS)
SAME = {"date": "published", "author": "byline", "authors": "byline"}
# Of keys that mean the same the first that is stated counts.
TWINS = {key: names for names in (("published", "date"), ("byline", "author", "authors")) for key in names}
JOINED = ("author", "authors")  # may be a list: Ada Falkner, Jane Roe
HIDING = {"redacted": "redact", "redactions": "redact", "withdrawn": "status", "withdraw": "status"}
NEWSROOM = ("redacte", "redacti", "redacto", "redactr")  # how words of other languages for who wrote it begin
STATUSES = ("corrected", "withdrawn", "redacted")
# Days as people write them: 12 September 2021, Sunday, September 12, 2021, September 2021, 2021/9/12, 12.09.2021.
WRITTEN = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?(?P<month>[a-z]{3,9})\.?"
    r"(?:\s+(?P<day_after>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<year>\d{4})",
    re.IGNORECASE | re.ASCII,
)
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


class FrontMatterError(ValueError):
    """Front matter that cannot be used; `diagnostic` has the line."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class FrontMatter(msgspec.Struct, frozen=True):
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

    Raises FrontMatterError for front matter that never closes, is no mapping, or is not YAML, and for a `status` or
    `redact` that cannot be understood or is misspelt: what may be withdrawn must not be shown. Any other bad value (a
    day that does not exist) is left out and named in `diagnostics`.
    """
    opening = OPENING.match(text)
    if not opening or not KEY_LINE.match(text, opening.end()):
        return FrontMatter({}, {}, {}, {}, {}, text.removeprefix("\ufeff"), 1, ())
    begin, first_line = opening.end(), 2
    at = text.find("\n---", begin - 1)
    is_first = at >= 0 and text.find("\n...", begin - 1, at) < 0
    closing = (CLOSING.match(text, at) if is_first else None) or CLOSING.search(text, begin - 1)
    if not closing:
        raise _error(path, first_line - 1, "front matter begins here and never closes",
                     "put a line of three hyphens (---) after its last key")  # fmt: skip
    end = closing.start() + 1
    try:
        file = yamlfile.load(text[begin:end], first_line=first_line)
    except yamlfile.YamlError as error:
        raise _error(path, error.line, f"front matter: {error.message}", "") from None
    values = {} if file.value is None else file.value
    if not isinstance(values, dict):
        raise _error(path, first_line, "front matter is not a list of `key: value` lines",
                     "write it like: title: The headline")  # fmt: skip
    end = closing.end()
    end += text.startswith("\n", end)
    return _convert(values, file, path, text[end:], first_line + text.count("\n", begin, end))


def _convert(values: dict[str, Any], file: yamlfile.YamlFile, path: str, body: str, body_line: int) -> FrontMatter:
    texts: dict[str, str] = {}
    dates: dict[str, edtf.Date] = {}
    lists: dict[str, tuple[str, ...]] = {}
    extra: dict[str, Any] = {}
    found: list[Diagnostic] = []

    def complain(key: str, code: str, message: str, hint: str = "") -> None:
        found.append(Diagnostic(path, file.line(written[key]), "warning", code, message, hint))

    written = _by_field(values, file, path)
    values = {key: _joined(values[own]) if key in JOINED else values[own] for key, own in written.items()}
    for key, value in values.items():
        name = SAME.get(key, key)
        if name not in FIELDS:
            extra[key] = value
            found += _of_unknown(key, value, path, file.line(key))
        elif value in (None, []):
            found += _of_empty(name, path, file.line(written[key]))
        elif name == "status":
            texts[name] = _status(value, path, file.line(written[key]))
        elif name in LISTS:
            lists[name] = _list(name, value if isinstance(value, list) else [value], path, file, written[key])
        elif not isinstance(value, str):
            complain(key, "bad-value", f"`{key}` takes a single value; left out")
        elif twin := _twin(key, values):
            complain(key, "bad-value", f"`{key}` and `{twin}` mean the same; `{twin}` counts")
        elif name in DATES:
            try:
                dates[name] = _date(value)
            except edtf.EdtfError as error:
                complain(key, "bad-date", f"`{key}`: {error}; left out")
        else:
            texts[name] = value.strip()
    line = file.lines.get("unsettled")
    found += (
        Diagnostic(path, line, "warning", "unsettled", told, hint) for told, hint in _unsettled(texts, dates, lists)
    )
    known = {SAME.get(key, key): file.lines[own] for key, own in written.items()}
    return FrontMatter(texts, dates, lists, extra, known, body, body_line, tuple(found))


def _by_field(values: Mapping[str, Any], file: yamlfile.YamlFile, path: str) -> dict[str, str]:
    """The keys as they are written, by the known one that each is in whatever capitals: phones begin lines with one."""
    found: dict[str, str] = {}
    for key in values:
        small = key.lower()
        name = small if small in FIELDS or small in SAME else key
        if name in found:
            raise _error(path, file.line(key), f"`{found[name]}` and `{key}` are the same key", "take one of them out")
        found[name] = key
    return found


def _of_unknown(key: str, value: object, path: str, line: int | None) -> Iterator[Diagnostic]:
    """Say what a key that is none may be meant as. Raises FrontMatterError where that would hide something."""
    near = _nearest(key.lower())
    if near and _may_hide(key.lower(), near, value):
        message, hint = "may be meant to hide something, so the article is left out of the site", f"write `{near}`"
        told = Diagnostic(path, line, "error", "unknown-key", f"`{key}` {message}", f"{hint}, or give it another name")
        raise FrontMatterError(told)
    if near:
        message = f"`{key}` is kept, but means nothing here"
        yield Diagnostic(path, line, "warning", "unknown-key", message, f"did you mean `{near}`?")


def _of_empty(name: str, path: str, line: int | None) -> Iterator[Diagnostic]:
    if name in ("status", "redact"):
        message = f"`{name}` is empty, so the whole article is shown"
        yield Diagnostic(path, line, "warning", "empty", message, "fill it in, or take it out")


def _may_hide(key: str, near: str, value: object) -> bool:
    """Tell whether a misspelt key may be meant to keep something from being shown."""
    text = str(value).lower()
    if value in (None, []) or text in ("false", "no", "") or not any(map(str.isalpha, text)):
        return False
    return (
        key in HIDING
        or near == "redact"
        or (near == "status" and bool(difflib.get_close_matches(text, STATUSES, 1, 0.6)))
    )


def _joined(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


@lru_cache(maxsize=1024)
def _nearest(key: str) -> str:
    """The known key that an unknown one looks like; empty if there is none."""
    if key in HIDING:
        return HIDING[key]
    near = next(iter(difflib.get_close_matches(key, (*FIELDS, *SAME), 1, 0.8)), "")
    return "byline" if near == "redact" and key.startswith(NEWSROOM) else near


def _twin(key: str, values: Mapping[str, Any]) -> str:
    """The key that means the same as this one and counts in its place, if there is one."""
    if key not in TWINS:
        return ""
    first = next(twin for twin in TWINS[key] if values.get(twin) is not None)
    return "" if key == first else first


def _status(value: object, path: str, line: int) -> str:
    status = value.strip().lower() if isinstance(value, str) else ""
    if status not in STATUSES:
        raise FrontMatterError(bad_status(value, path, line))
    return status


def bad_status(value: object, path: str, line: int | None) -> Diagnostic:
    """What to say of a status that is none; the article is not shown, for it may be meant to be withdrawn."""
    near = difflib.get_close_matches(str(value).lower(), STATUSES, 1, 0.5)
    hint = f"{f'did you mean `{near[0]}`? ' if near else ''}one of: {', '.join(STATUSES)}"
    shown = value[:80] if isinstance(value, str) else value
    return Diagnostic(
        path, line, "error", "bad-status", f"`status` is {shown!r}, so the article is left out of the site", hint
    )


def _list(name: str, values: list[Any], path: str, file: yamlfile.YamlFile, written: str) -> tuple[str, ...]:
    """A list of texts. What is to be redacted must be findable, or it would be shown."""
    for number, word in enumerate(values if name == "redact" else ()):
        if not isinstance(word, str) or not is_findable(word):
            message = f"`redact` has {word!r}, which cannot be looked for, so the article is left out of the site"
            hint = "write each as a text in quotes, of two letters or digits at least"
            line = file.line(f"{written}.{number}")
            raise FrontMatterError(Diagnostic(path, line, "error", "bad-redact", message, hint))
    return tuple(map(str, values))


def _unsettled(
    texts: Mapping[str, str], dates: Mapping[str, edtf.Date], lists: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """What to say, and what to do, of all that `unsettled` lists and nobody has stated since.

    A title in a record that lists it carries its doubt itself.
    """
    for entry in lists.get("unsettled", ()):
        name, _, reason = entry.partition(":")
        name = name.strip()
        if name not in texts and name not in dates:
            told = f"`{name}` is not settled: {reason.strip() or 'a person should look at it'}"
            yield told, f"state `{name}`, or take it out of `unsettled`"


def _date(text: str) -> edtf.Date:
    """Read a date in EDTF, or as people write one where that has a single reading. Raises EdtfError."""
    text = text.strip()
    if date := edtf.try_parse(text):
        return date
    if two := both_readings(text):
        (one, other), (first, second) = (edtf.show(two[0]), edtf.show(two[1])), two
        raise edtf.EdtfError(f"{text!r} is {one} or {other}: write {first} or {second}")
    if clock := CLOCK.fullmatch(text):
        return edtf.parse(clock[1])
    if found := YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := YEAR_LAST.fullmatch(text):
        day, month = int(found[1]), int(found[3])
        if month > 12 >= day and found[2] != ".":
            day, month = month, day
        return _day(int(found[4]), month, day)
    found = WRITTEN.fullmatch(text)
    month = MONTHS.get(found["month"].casefold(), 0) if found else 0
    if not found or not month or (found["day"] and found["day_after"]):
        return edtf.parse(text)  # which raises, and says what can be written
    day = int(found["day"] or found["day_after"] or 0)
    return _day(int(found["year"]), month, day) if day else edtf.parse(f"{found['year']}-{month:02}")


def both_readings(text: str) -> tuple[edtf.Date, edtf.Date] | None:
    """The two days that 03/04/2021 may be, the one the day first; None for any other text."""
    found = YEAR_LAST.fullmatch(text.strip())
    if not found or found[2] == "." or found[1] == found[3] or max(int(found[1]), int(found[3])) > 12:
        return None
    year, one, other = int(found[4]), int(found[1]), int(found[3])
    if not (year and one and other):
        return None
    return _day(year, other, one), _day(year, one, other)


def _day(year: int, month: int, day: int) -> edtf.Date:
    return edtf.parse(f"{year:04}-{month:02}-{day:02}")


def _error(path: str, line: int, message: str, hint: str) -> FrontMatterError:
    return FrontMatterError(Diagnostic(path, line, "error", "front-matter", message, hint))
