"""The names that dumps give to an article's fields -> ours. What is not recognised is kept as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archivegen import frontmatter
from archivegen.errors import Diagnostic
from archivegen.read.containers.member import Member, Suffix, complaint, stable_name

__all__ = ["BODY", "ID", "known_column", "member_of", "naming"]

BODY, ID = "body", "id"
# Usual names, in lower case and without anything but letters and digits; the first that has a value counts.
RECOGNISED: Mapping[str, tuple[str, ...]] = {
    ID: ("id", "guid", "uuid", "articleid", "docid", "key"),
    BODY: (
        "body", "articlebody", "text", "fulltext", "bodytext", "articletext", "maintext", "content", "contentencoded",
        "bodyhtml", "contenthtml", "html", "markdown",
    ),
    "title": ("title", "headline", "heading"),
    "published": (
        "published", "date", "pubdate", "publishedat", "publisheddate", "publishedon", "publishdate", "datepublished",
        "publicationdate", "datepublish", "datetime",
    ),
    "updated": ("updated", "modified", "updatedat", "datemodified", "modifiedat", "lastmodified", "datemodify"),
    "captured": ("captured", "capturedat", "fetchedat", "scrapedat", "crawledat", "retrieved", "datedownload"),
    "byline": ("byline", "author", "authors", "creator", "writer"),
    "source": ("source", "outlet", "publisher", "publication", "newspaper", "sitename"),
    "url": ("url", "link", "permalink", "canonicalurl"),
    "language": ("language", "lang"),
    "agency": ("agency",),
    "place": ("place", "dateline"),
}  # fmt: skip
FIELD_OF = {name: field for field, names in RECOGNISED.items() for name in names}
MARKDOWN_NAMES = ("markdown", "md")
NOT_NAME = re.compile(r"[\W_]+")
MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|strong|em|html|body)\b[^<>]*>", re.IGNORECASE)
LONG = 1000  # characters; a longer value beside the body is another form of the body, not a field


def known_column(name: str, columns: Mapping[str, str]) -> str:
    """The field that a column stands for: as site.yaml says, else by its usual name; empty if none."""
    field = columns.get(name) or FIELD_OF.get(_bare(name), "")
    return frontmatter.SAME.get(field, field)


def member_of(
    row: Mapping[str, Any], columns: Mapping[str, str], *, number: int, offset: int | None, line: int | None
) -> Iterator[Member | Diagnostic]:
    """Yield the member that a row of named values is, or what is wrong with it."""
    chosen = _choose(row, columns)
    column = chosen.get(BODY, "")
    text = _text(row[column]) if column else ""
    if not text.strip():
        shown = ", ".join(list(row)[:8])
        hint = f"it has: {shown}; say in site.yaml which it is, like columns: {{COLUMN: body}}"
        yield complaint(line, "error", "no-body", "has no text, so it is left out", hint)
        return
    fields: dict[str, str | tuple[str, ...]] = {}
    used = set(chosen.values())
    for field, name in chosen.items():
        if field not in (BODY, ID):
            fields[field] = _list(row[name]) if field in frontmatter.LISTS else _text(row[name])
    for name, value in row.items():
        if name not in used and name and (kept := _plain(value)):
            # A column that is called like a field of ours but means something else ("status": "publish").
            fields[f"{name}_column" if name in frontmatter.FIELDS or name in frontmatter.SAME else name] = kept
    given = _text(row[chosen[ID]]) if ID in chosen else fields.get("url", "")
    yield Member(
        number=number,
        offset=offset,
        line=line,
        name=stable_name(str(given), *naming(fields, text)),
        suffix=_suffix(column, text),
        raw=text.encode("utf-8", "replace"),
        fields=fields,
    )


def naming(fields: Mapping[str, str | tuple[str, ...]], text: str) -> tuple[str, ...]:
    """What an article without an id is named by: headline and day, so that a word put right renames nothing."""
    title = str(fields.get("title", ""))
    return (title, str(fields.get("published", ""))) if title else (text,)


def _choose(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str]:
    """Tell for each field from which of the row's columns it comes."""
    best: dict[str, tuple[int, str]] = {}
    for name, value in row.items():
        field = known_column(name, columns)
        if not field or not _text(value).strip():
            continue
        bare = _bare(name)
        rank = -1 if name in columns else RECOGNISED[field].index(bare)
        if field not in best or rank < best[field][0]:
            best[field] = (rank, name)
    return {field: name for field, (_, name) in best.items()}


def _suffix(column: str, text: str) -> Suffix:
    if _bare(column) in MARKDOWN_NAMES:
        return ".md"
    return ".html" if MARKUP.search(text) else ".txt"


def _bare(name: str) -> str:
    return NOT_NAME.sub("", name).lower()


def _text(value: Any) -> str:
    """A value as text: {"name": "..."} is its name, a list is joined by commas."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(item) for item in value[:100] if not isinstance(item, list))))
    return "" if value is None or isinstance(value, bool) else str(value)


def _list(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else re.split(r"[;|]", _text(value))
    return tuple(filter(None, (_text(item) for item in items[:1000] if not isinstance(item, list))))


def _plain(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(item for item in _list(value) if len(item) <= LONG)[:100]
    text = _text(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= LONG else ""
