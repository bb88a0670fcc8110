"""WordPress exports (WXR) and dumps of RSS and Atom feeds -> members."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

import msgspec

from archivegen.errors import Diagnostic
from archivegen.read.containers.columns import naming
from archivegen.read.containers.elements import WORDPRESS, Broken, Channel, Element, Item, scan
from archivegen.read.containers.member import Member, complaint, stable_name
from archivegen.read.decode import MAX_BYTES

__all__ = ["read_xml"]

CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
POST_TYPES = ("post", "page")
NEVER = ("", "0000-00-00 00:00:00")  # how WordPress writes that there is no date
TAG = re.compile(r"<[^<>]*>")
MAIL_NAME = re.compile(r"\S+@\S+\s*\((.+)\)")  # RSS: jane@example.org (Jane Roe)
LONGEST_NAME = 300
LOST = "the item that it stands in is left out; mend the file or export it again"
MAIL = re.compile(r"\S+@\S+")


class Entry(msgspec.Struct, frozen=True):
    """One item in terms that all kinds share; `left_out` says why it is no article of the site."""

    id: str
    body: str
    fields: Mapping[str, str | tuple[str, ...]]
    left_out: str = ""
    is_summary: bool = False
    is_text: bool = False


def read_xml(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Read the published posts and pages of an export, or the items of a feed."""
    channel = Channel()
    left_out: Counter[str] = Counter()
    summaries = number = 0
    try:
        for item in scan(file, channel):
            if isinstance(item, Broken):
                yield complaint(item.line, "error", "bad-xml", f"is no XML here: {item.message}", LOST)
                continue
            entry = _kind(channel)(item, channel)
            if entry.left_out:
                left_out[entry.left_out] += 1
                continue
            number += 1
            if fault := _fault(item, entry):
                yield fault
                continue
            summaries += entry.is_summary
            yield Member(
                number=number,
                offset=item.offset,
                line=item.line,
                name=stable_name(entry.id, *naming(entry.fields, entry.body)),
                suffix=".txt" if entry.is_text else ".html",
                raw=entry.body.encode("utf-8", "replace"),
                fields={name: value for name, value in entry.fields.items() if value},
                autop=channel.is_wordpress,
            )
    except Broken as error:
        hint = "what stands before is read; mend the file or export it again for the rest"
        yield complaint(error.line, "error", "bad-xml", f"cannot be read further: {error.message}", hint)
    yield from _notes(channel, left_out, summaries)


def _notes(channel: Channel, left_out: Counter[str], summaries: int) -> Iterator[Diagnostic]:
    if channel.root and channel.root not in ("rss", "rdf", "feed"):
        message = f"is XML of a kind that is not read (its root is <{channel.root[:40]}>)"
        yield complaint(None, "note", "unknown-xml", message, "known: WordPress exports, RSS, Atom")
    if channel.bad_bytes:
        message = "has bytes that are not UTF-8; each is shown as ?"
        yield complaint(channel.bad_bytes, "warning", "bad-bytes", message)
    if left_out:
        listed = ", ".join(f"{count} {what}" for what, count in sorted(left_out.items()))
        yield complaint(None, "note", "left-out", f"left out, since they are not published articles: {listed}")
    if summaries:
        message = f"items with a description only, which may be no more than a teaser: {summaries}"
        yield complaint(None, "note", "description-only", message)


def _fault(item: Item, entry: Entry) -> Diagnostic | None:
    if item.is_cut:
        message = f"is longer than one article may be ({MAX_BYTES // 1_000_000} MB)"
        return complaint(item.line, "error", "too-large", message)
    if not entry.body.strip():
        title = str(entry.fields.get("title", ""))[:80]
        return complaint(item.line, "error", "no-body", f"this item ({title!r}) has no text, so it is left out")
    return None


def _kind(channel: Channel) -> Callable[[Item, Channel], Entry]:
    if channel.is_wordpress:
        return _wordpress
    return _atom if channel.root == "feed" else _rss


def _wordpress(item: Item, channel: Channel) -> Entry:
    def own(name: str) -> str:
        return _first(item, lambda e: e.name == name and e.space.startswith(WORDPRESS))

    kind, status = own("post_type") or "post", own("status") or "publish"
    login = _first(item, lambda e: e.name == "creator")
    changed = own("post_modified")
    written = own("post_date") if own("post_date") not in NEVER else _rss_text(item, "pubDate")
    fields: dict[str, str | tuple[str, ...]] = {
        "title": _plain(_rss_text(item, "title")),
        "published": written,
        "updated": changed if changed not in NEVER and changed[:10] != written[:10] else "",
        "byline": channel.writers.get(login) or login,
        "source": _plain(channel.texts.get("title", "")),
        "language": channel.texts.get("language", ""),
        "url": _rss_text(item, "link"),
        "slug": unquote(own("post_name")),
        "categories": _categories(item, "category"),
        "tags": _categories(item, "post_tag"),
    }
    left_out = ""
    if kind not in POST_TYPES:
        left_out = f"of type {kind!r}"
    elif status != "publish":
        left_out = f"with status {status!r}"
    elif own("post_password"):
        left_out = "behind a password"
    body = _first(item, lambda e: e.name == "encoded" and e.space == CONTENT)
    return Entry(own("post_id") or _rss_text(item, "guid"), body, fields, left_out)


def _rss(item: Item, channel: Channel) -> Entry:
    content = _first(item, lambda e: e.name == "encoded" and e.space == CONTENT)
    description = _rss_text(item, "description")
    about = _first_attribute(item, "about")
    link = _rss_text(item, "link") or about
    fields: dict[str, str | tuple[str, ...]] = {
        "title": _plain(_rss_text(item, "title")),
        "published": _rss_text(item, "pubDate") or _first(item, lambda e: e.name in ("date", "issued", "published")),
        "byline": _writer(_rss_text(item, "author") or _first(item, lambda e: e.name in ("creator", "author"))),
        "source": _plain(_rss_text(item, "source") or channel.texts.get("title", "")),
        "language": channel.texts.get("language", ""),
        "url": link,
        "categories": tuple(e.text.strip() for e in item.elements if e.name == "category" and e.text.strip()),
    }
    return Entry(_rss_text(item, "guid") or link, content or description, fields, is_summary=not content)


def _atom(item: Item, channel: Channel) -> Entry:
    def own(name: str) -> Element | None:
        return next((e for e in item.elements if e.name == name and (e.space in ATOM or not e.space)), None)

    content, summary = own("content"), own("summary")
    is_summary = not (content and content.text.strip())
    chosen = summary if is_summary else content
    body = chosen.text if chosen else ""
    is_text = chosen is not None and chosen.attributes.get("type", "text") in ("text", "text/plain")
    published, updated = (_text_of(own(name)) for name in ("published", "updated"))
    writers = [" ".join(e.text.split()) for e in item.elements if e.name == "author"]
    fields: dict[str, str | tuple[str, ...]] = {
        "title": _plain(_text_of(own("title"))),
        "published": published or _text_of(own("issued")) or updated,
        "updated": updated if published and updated[:10] != published[:10] else "",
        "byline": ", ".join(filter(None, writers)) or channel.texts.get("name", ""),
        "source": _plain(channel.texts.get("title", "")),
        "url": _atom_link(item.elements),
        "categories": tuple(
            e.attributes["term"] for e in item.elements if e.name == "category" and "term" in e.attributes
        ),
    }
    return Entry(_text_of(own("id")) or str(fields["url"]), body, fields, is_summary=is_summary, is_text=is_text)


def _first(item: Item, fits: Callable[[Element], bool]) -> str:
    return next((text for e in item.elements if fits(e) and (text := e.text.strip())), "")


def _first_attribute(item: Item, name: str) -> str:
    return next((e.attributes[f"{RDF} {name}"] for e in item.elements if f"{RDF} {name}" in e.attributes), "")


def _rss_text(item: Item, name: str) -> str:
    """RSS 2.0 has no namespace, RSS 1.0 and 0.9 one of their own; Atom's link within RSS is the feed's."""
    return _first(item, lambda e: e.name == name and (not e.space or "/rss" in e.space or "netscape" in e.space))


def _categories(item: Item, domain: str) -> tuple[str, ...]:
    found = (e.text.strip() for e in item.elements if e.name == "category" and e.attributes.get("domain") == domain)
    return tuple(filter(None, found))


def _atom_link(elements: Sequence[Element]) -> str:
    links = [e.attributes for e in elements if e.name == "link" and "href" in e.attributes]
    return next((link["href"] for link in links if link.get("rel", "alternate") == "alternate"), "")


def _text_of(element: Element | None) -> str:
    return element.text.strip() if element else ""


def _plain(text: str) -> str:
    """A headline without markup; feeds escape it once or twice."""
    return " ".join(html.unescape(TAG.sub("", html.unescape(text))).split()) if "&" in text or "<" in text else text


def _writer(text: str) -> str:
    if len(text) > LONGEST_NAME:  # a name so long is none, and would be slow to look through
        return text
    if named := MAIL_NAME.fullmatch(text):
        return named[1]
    return "" if MAIL.fullmatch(text) else text
