"""What an HTML page says about itself: JSON-LD, OpenGraph, meta elements, <html lang>, <link rel=canonical>."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.markup import safe_href
from archivegen.model import Known
from archivegen.read import jsontext
from archivegen.read.calendar_words import find_dates
from archivegen.read.visible import captions, shown_dates

__all__ = ["Declared", "read_declared"]

# In order of trust; the first that has a usable value wins.
PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "date", "article.published", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "citation_publication_date",
)  # fmt: skip
UPDATED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified",
    "dc.date.modified", "lastmod", "article.updated",
)  # fmt: skip
AUTHOR = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl", "sailthru.author",
    "citation_author",
)  # fmt: skip
SITE = (
    "og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher",
    "apple-mobile-web-app-title", "twitter:site",
)  # fmt: skip
TITLE = (
    "og:title", "headline", "parsely-title", "sailthru.title", "dc.title", "twitter:title", "title",
)  # fmt: skip
SECTION = (
    "article:section", "parsely-section", "section",
)  # fmt: skip
ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|Report\w*|Review|LiveBlogPosting|WebPage)$")
ISO_DAY = re.compile(r"\s*(\d{4}-\d{2}(?:-\d{2})?)(?=$|[T\s+Z])")
TITLE_MARKS = " |-–—:·•»/"
COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?=$|T|\d{6}$)")


class Declared(msgspec.Struct, frozen=True):
    """The fields a page declares; None where it does not."""

    title: Known[str] | None = None
    source: Known[str] | None = None
    byline: Known[str] | None = None
    language: Known[str] | None = None
    url: Known[str] | None = None
    published: Known[Date] | None = None
    updated: Known[Date] | None = None
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)


def read_declared(tree: Any, text: str) -> Declared:
    """Collect what the page declares."""
    meta = _meta(tree)
    ld = _best_article(tree)
    source = _source(_name(ld.get("publisher"))) or _source(_first(meta, SITE))
    title = _title(_first(meta, TITLE), source) or _clean(ld.get("headline"))
    section = ld.get("articleSection") or _first(meta, SECTION)
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "") or meta.get("og:url", "")
    published = _day(ld.get("datePublished"), text) or _day(_first(meta, PUBLISHED), text)
    updated = _day(ld.get("dateModified"), text) or _day(_first(meta, UPDATED), text)
    extra: dict[str, object] = {}
    if isinstance(section, str) and section.strip():
        extra["section"] = section.strip()
    if found := captions(tree):
        extra["captions"] = list(found)
    return Declared(
        title=_stated(title),
        source=_stated(source),
        byline=_stated(_name(ld.get("author")) or _author(_first(meta, AUTHOR))),
        language=_stated(str(tree.get("lang") or meta.get("og:locale", "")).replace("_", "-")),
        url=_stated(safe_href(str(canonical).strip())),
        published=_agreed(published, updated, tree),
        updated=updated,
        extra=extra,
    )


def _agreed(published: Known[Date] | None, updated: Known[Date] | None, tree: Any) -> Known[Date] | None:
    """Put a doubt on the declared date where the page shows its readers another one.

    A day's difference is the world's clocks; the day of the last change is no other date.
    """
    if not published or not published.value.earliest:
        return published
    for value in shown_dates(tree):
        shown = _day(value, "") or _written(value)
        if not shown or not shown.value.earliest or (updated and shown.value == updated.value):
            continue
        if abs((shown.value.earliest - published.value.earliest).days) <= 1:
            return published
        return replace(published, doubt=f"the page declares this day and shows another one, {shown.value}")
    return published


def _written(text: str) -> Known[Date] | None:
    """A day written in words or in numbers that can be read one way only."""
    for found in find_dates(text):
        if found.day and not found.other and (day := found.as_date()):
            return Known(edtf.parse(day.isoformat()), "stated", text)
    return None


def _title(title: str, source: str) -> str:
    """The page's title for others to link it by, without the outlet's name at its end."""
    if not title or not source:
        return title
    head, _, tail = title.rpartition(source)
    return (
        head.rstrip(TITLE_MARKS) if not tail.strip() and head.rstrip() and head.rstrip()[-1] in TITLE_MARKS else title
    )


def _source(name: str) -> str:
    """An outlet's name; not its address, nor its account somewhere."""
    name = name.strip().lstrip("@")
    return "" if "://" in name or name.startswith("www.") else name


def _meta(tree: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = (node.get("content") or "").strip()
        if name and content:
            out.setdefault(name, content)
    return out


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _best_article(tree: Any) -> Mapping[str, Any]:
    """The JSON-LD object of the article, or an empty one."""
    best: Mapping[str, Any] = {}
    for node in tree.xpath("//script[contains(@type, 'ld+json')]"):
        for found in _objects(_loads(node.text or "")):
            kinds = found.get("@type")
            kind = str(kinds[0] if isinstance(kinds, list) and kinds else kinds)
            if ARTICLES.match(kind) and ("datePublished" in found, kind != "WebPage") > (
                "datePublished" in best,
                bool(best),
            ):
                best = found
    return best


def _loads(text: str) -> Any:
    try:
        return jsontext.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value[:200]:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
        yield from _objects(value.get("mainEntity"))


def _name(value: Any) -> str:
    """A person's or an organisation's name in JSON-LD; several are joined by commas."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_name, value[:10]))))
    if isinstance(value, dict):
        return _name(value.get("name"))
    return _author(_clean(value))


def _author(text: str) -> str:
    return "" if text.startswith(("http:", "https:", "@")) or len(text) > 200 else text


def _clean(value: Any) -> str:
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _stated(value: str) -> Known[str] | None:
    value = " ".join(value.split())
    return Known(value, "stated", value) if value else None


def _day(value: Any, text: str) -> Known[Date] | None:
    if not isinstance(value, str):
        return None
    match = ISO_DAY.match(value)
    written = match[1] if match else ""
    if not match and (compact := COMPACT.match(value)):
        written = "-".join(compact.groups())
    date = edtf.try_parse(written) if written else None
    if not date or not date.earliest or not 1450 <= date.earliest.year <= 2099:
        return None
    at = text.find(value)
    return Known(date, "stated", value, text.count("\n", 0, at) + 1 if at >= 0 else None)
