"""Bytes of a seed, a record or a container's member -> an Article: furniture off, every field with how it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from archivegen import frontmatter
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.model import Article, DayOrder, Known, Provenance, Status
from archivegen.read.containers import CONTAINERS, Member, container_suffix, members
from archivegen.read.decode import decode
from archivegen.read.draft import Draft
from archivegen.read.markdown import read_markdown

__all__ = [
    "CONTAINERS",
    "READERS",
    "VERSION",
    "Member",
    "Reader",
    "Reading",
    "container_suffix",
    "members",
    "read_article",
    "read_member",
]

VERSION = "7"  # raise it whenever the same bytes may give another Article: it is part of cache keys

# What a record has to state though nobody has looked at it: while `unsettled` lists it, it is still the program's.
UNSETTLED = ("title", "language")
T = TypeVar("T")
Read = Callable[[FrontMatter, str, str, DayOrder | None], Draft]


class Reader(msgspec.Struct, frozen=True):
    """One way to read: its name in provenance, the function, and whether the text is HTML."""

    name: str
    read: Read
    html: bool = False


# Each kind's own modules are imported with its first file: most archives have but one or two.
def _read_text(front: FrontMatter, path: str, language: str, order: DayOrder | None) -> Draft:
    from archivegen.read.text import read_text

    return read_text(front, path, language, order)


def _read_html(front: FrontMatter, path: str, language: str, _: DayOrder | None) -> Draft:
    from archivegen.read.html import read_html

    return read_html(front, path, language)


def _read_markdown(front: FrontMatter, path: str, language: str, _: DayOrder | None) -> Draft:
    return read_markdown(front, path, language)


TEXT = Reader("text", _read_text)
HTML = Reader("html", _read_html, html=True)
MARKDOWN = Reader("markdown", _read_markdown)

READERS: Mapping[str, Reader] = {
    ".txt": TEXT,
    ".text": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
}


class Reading(msgspec.Struct, frozen=True):
    """The article, or None where the file cannot be read, and what there is to tell about it."""

    article: Article | None
    diagnostics: tuple[Diagnostic, ...]


def read_article(
    raw: bytes, path: str, *, seed: str = "", language: str = "en", order: DayOrder | None = None, sha256: str = ""
) -> Reading:
    """Read one file's bytes, by its suffix. Never raises, whatever the bytes.

    `path` is shown in messages and kept; `seed` is the seed that a record stands in for; `language` is the site's.
    `order` is for numeric dates of page text whose order it does not tell itself; `sha256` is that of the bytes, if it
    is known.
    """
    name = path.rpartition("/")[2]
    at = name.rfind(".")
    reader = READERS.get(name[at:].lower()) if at > 0 else None
    if reader is None:
        known = " ".join(READERS)
        message = "is not of a kind that can be read"
        return Reading(None, (Diagnostic(path, None, "error", "unknown-kind", message, f"known kinds: {known}"),))
    decoded = decode(raw, path, html=reader.html)
    if decoded.text is None:
        return Reading(None, decoded.diagnostics)
    try:
        front = frontmatter.read(decoded.text, path)
    except frontmatter.FrontMatterError as error:
        return Reading(None, (*decoded.diagnostics, error.diagnostic))
    draft = reader.read(front, path, language, order)
    told = (*decoded.diagnostics, *front.diagnostics, *draft.diagnostics)
    provenance = Provenance(sha256 or hashlib.sha256(raw).hexdigest(), len(raw), f"{reader.name} {VERSION}")
    article = _assemble(draft, front, path, seed or path, provenance, language)
    if article is None:
        message, hint = "has no words", "state a title in front matter, or remove the file"
        return Reading(None, (*told, Diagnostic(path, None, "error", "no-article", message, hint)))
    if not article.body.text and article.status != "withdrawn":
        note = Diagnostic(path, None, "note", "no-text", "has a title, but no text", "write the text into a record")
        told = (*told, note)
    return Reading(article, told)


def read_member(member: Member, path: str, container: str, *, language: str = "en") -> Reading:
    """Read one member of a container. Never raises; `path` is the member's own, CONTAINER#NAME."""
    from archivegen.read.from_container import draft_member

    draft, front, told = draft_member(member, path, language)
    kind = {".html": "html", ".txt": "text", ".md": "markdown"}[member.suffix]
    sha256, size = hashlib.sha256(member.raw).hexdigest(), len(member.raw)
    provenance = Provenance(sha256, size, f"{kind} {VERSION}", container, member.offset)
    article = _assemble(draft, front, path, path, provenance, language) if draft else None
    if draft and article is None:
        message = "has no article: no paragraph was found in its text"
        told = (*told, Diagnostic(path, member.line, "error", "no-article", message))
    return Reading(article, told)


def _assemble(
    draft: Draft, front: FrontMatter, path: str, seed: str, provenance: Provenance, language: str
) -> Article | None:
    """Put what a person stated over what was read."""
    title = _text("title", draft.title, front)
    if title is None and front.texts.get("status") == "withdrawn" and front.texts.get("slug"):
        title = Known(front.texts["slug"], "curated")  # emptied by its editor; its address is all that is needed
    if title is None:
        return None
    status: Status = front.texts.get("status", "")  # type: ignore[assignment]
    return Article(
        path=path,
        seed=seed,
        provenance=provenance,
        title=title,
        body=draft.body,
        source=_text("source", draft.source, front),
        byline=_text("byline", draft.byline, front),
        agency=_text("agency", draft.agency, front),
        place=_text("place", draft.place, front),
        language=_text("language", draft.language or Known(language, "inferred", "the site's language"), front),
        url=_text("url", draft.url, front),
        published=_date("published", draft.published, front),
        updated=_date("updated", draft.updated, front),
        captured=_date("captured", draft.captured, front),
        event_date=_date("event_date", None, front),
        actors=front.lists.get("actors", ()),
        slug=front.texts.get("slug", ""),
        aliases=front.lists.get("aliases", ()),
        status=status,
        notice=front.texts.get("notice", ""),
        redact=front.lists.get("redact", ()),
        removed=draft.removed,
        numeric_dates=None if "published" in front.dates else draft.numeric_dates,
        extra={**draft.extra, **front.extra},
    )


def _text(name: str, found: Known[str] | None, front: FrontMatter) -> Known[str] | None:
    stated = front.texts.get(name)
    if not stated:
        return found
    for entry in front.lists.get("unsettled", ()) if name in UNSETTLED else ():
        about, _, doubt = entry.partition(":")
        if about.strip() == name:
            return Known(stated, "inferred", stated, front.lines.get(name), doubt.strip())
    return Known(stated, "curated", stated, front.lines.get(name))


def _date(name: str, found: Known[Date] | None, front: FrontMatter) -> Known[Date] | None:
    stated = front.dates.get(name)
    return Known(stated, "curated", str(stated), front.lines.get(name)) if stated else found
