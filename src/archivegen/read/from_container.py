"""One member of a container -> a draft: its body by its form, its fields as the container states them."""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from archivegen import edtf, frontmatter
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.markup import safe_href
from archivegen.model import Body, Known
from archivegen.read.containers.member import Member
from archivegen.read.dateline import parse_dateline
from archivegen.read.decode import Decoded, decode
from archivegen.read.draft import Draft
from archivegen.read.fragment import read_clean_text, read_fragment
from archivegen.read.html import read_html
from archivegen.read.markdown import read_markdown
from archivegen.read.stated_day import stated_day

__all__ = ["draft_member"]

PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)
PAGE_WITHIN = 4096  # characters in which a whole page shows that it is one
STATED = ("title", "source", "byline", "agency", "place", "language")
TITLE_WORDS = 10
SIGNS = re.compile(r"\d[-/.]\d")
WRITE_DAY = "write it like 2018-08-21"
NO_DAY = "a day that could be two is settled by the language: en-GB or en-US"


def draft_member(member: Member, path: str, language: str) -> tuple[Draft | None, FrontMatter, tuple[Diagnostic, ...]]:
    """Read a member's body and fields. No draft where the body is no text."""
    decoded = _decode(member, path)
    given = member.fields.get("language")
    language = given if isinstance(given, str) and given else language
    front, told = _front(member, decoded.text or "", path, language)
    if decoded.text is None:
        return None, front, decoded.diagnostics
    if misspelt := next((d for d in told if d.severity == "error"), None):
        return None, front, (*decoded.diagnostics, misspelt)
    draft = _body(member, front, path, language)
    draft, more = _state(draft, member, path, language)
    return draft, front, (*decoded.diagnostics, *told, *draft.diagnostics, *more)


def _decode(member: Member, path: str) -> Decoded:
    """Decode the body. What the server said of a page counts more than what it says of itself (the HTML standard)."""
    is_html = member.suffix == ".html"
    if not member.charset or member.raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(member.raw, path, html=is_html)
    said = f'<meta charset="{member.charset}">'
    decoded = decode(said.encode() + member.raw, path, html=is_html)
    return replace(decoded, text=decoded.text.removeprefix(said)) if decoded.text else decoded


def _front(member: Member, text: str, path: str, language: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """What only front matter can say otherwise: lists, slug, status, notice; and all that is kept as it is."""
    texts: dict[str, str] = {}
    dates: dict[str, Date] = {}
    lists: dict[str, tuple[str, ...]] = {}
    extra: dict[str, Any] = {}
    told: list[Diagnostic] = []
    for name, value in member.fields.items():
        if name in frontmatter.LISTS:
            lists[name] = value if isinstance(value, tuple) else (value,)
        elif name == "status" and value not in frontmatter.STATUSES:
            told.append(_bad_status(path, member, str(value)))
        elif name in ("slug", "status", "notice"):
            texts[name] = str(value)
        elif name == "event_date":
            if known := stated_day(str(value), language, member.line):
                dates[name] = known.value
            else:
                told.append(_left_out(path, member, name, str(value), "bad-date", NO_DAY))
        elif name not in frontmatter.FIELDS:
            extra[name] = list(value) if isinstance(value, tuple) else value
    lines = dict.fromkeys(member.fields, member.line) if member.line else {}
    return FrontMatter(texts, dates, lists, extra, lines, text, 1, ()), tuple(told)


def _body(member: Member, front: FrontMatter, path: str, language: str) -> Draft:
    if member.suffix == ".html" and PAGE.search(front.body, 0, PAGE_WITHIN):
        return read_html(front, path, language)
    if member.suffix == ".md":
        titled = replace(front, texts={**front.texts, "title": str(member.fields.get("title") or "")})
        return read_markdown(titled if member.fields.get("title") else front, path, language)
    is_html = member.suffix == ".html"
    body = read_fragment(front.body, autop=member.autop) if is_html else read_clean_text(front.body)
    dateline = parse_dateline(body.text[:300])
    evidence = body.text[:80]
    return Draft(
        body=body,
        place=Known(dateline.place, "stated", evidence) if dateline and dateline.place else None,
        agency=Known(dateline.agency, "stated", evidence) if dateline and dateline.agency else None,
    )


def _state(draft: Draft, member: Member, path: str, language: str) -> tuple[Draft, tuple[Diagnostic, ...]]:
    """Put what the container states over what the body shows."""
    found: dict[str, Any] = {}
    told: list[Diagnostic] = []
    given: Mapping[str, str] = {name: value for name, value in member.fields.items() if isinstance(value, str)}
    for name in STATED:
        if value := " ".join(given.get(name, "").split()):
            found[name] = Known(value, "stated", value, member.line)
    if address := given.get("url"):
        if safe_href(address):
            found["url"] = Known(address, "stated", address, member.line)
        else:
            told.append(
                _left_out(path, member, "url", address, "bad-value", "an address begins with https:// or http://")
            )
    for name in ("published", "updated", "captured"):
        if text := given.get(name):
            if known := stated_day(text, language, member.line):
                found[name] = known
            else:
                hint = NO_DAY if SIGNS.search(text) else WRITE_DAY
                told.append(_left_out(path, member, name, text, "bad-date", hint))
    if "title" not in found and draft.title is None and draft.body.text:
        found["title"] = _first_words(draft.body, member.line)
    return replace(draft, **found), tuple(told)


def _bad_status(path: str, member: Member, value: str) -> Diagnostic:
    """A table's own words for a status mean nothing here; one that is nearly ours must not be shown for that."""
    if difflib.get_close_matches(value.lower(), frontmatter.STATUSES, 1, 0.8):
        return frontmatter.bad_status(value, path, member.line)
    return _left_out(path, member, "status", value, "bad-value", f"one of: {', '.join(frontmatter.STATUSES)}")


def _left_out(path: str, member: Member, name: str, value: str, code: str, hint: str) -> Diagnostic:
    message = f"`{name}` is {value[:80]!r}; left out"
    if code == "bad-date" and (two := frontmatter.both_readings(value)):
        message = f"`{name}` is {value!r}, which may be {edtf.show(two[0])} or {edtf.show(two[1])}; left out"
    return Diagnostic(path, member.line, "warning", code, message, hint)


def _first_words(body: Body, line: int | None) -> Known[str]:
    words = body.text[:1000].split("\n\n")[0].split()
    short = " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")
    return Known(short, "inferred", short, line, "no headline is stated; these are its first words")
