"""What programs read: Atom (RFC 4287) and JSON Feed 1.1, sitemaps (sitemaps.org 0.9), robots.txt.

Of one kind there are hundreds, so they are put together here and not by templates.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import quote

import msgspec
from markupsafe import Markup, escape

from archivegen import urls
from archivegen.render.address import root_of
from archivegen.render.cite import clean
from archivegen.render.theme import Theme, draw
from archivegen.views import ArticleRef, FeedItem, FeedView, SiteView

__all__ = ["feed", "json_feed", "robots", "sitemaps"]

# Characters that XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
# Atom demands a moment where the archive knows none; a year nobody takes for the article's.
NO_MOMENT = "1970-01-01T00:00:00Z"
NEAR = "index.html"  # a feed's page, beside it
ADDRESSES = 50_000  # in one sitemap: the standard's limit
_encode = msgspec.json.Encoder().encode


class _Item(msgspec.Struct, frozen=True):
    """An article as both forms have it; between head and tail stands when it was updated."""

    moment: str
    head: str
    tail: str
    json: msgspec.Raw


def feed(theme: Theme, view: FeedView) -> str:
    """The newest articles as Atom. Moments are those that articles state: the first that a date can mean, in UTC."""
    site = theme.site
    items = _items(site, view)
    updated = max((item.moment for item in items if item.moment), default=NO_MOMENT)
    subtitle, itself = xml(view.description), _address(site.url, f"{view.folder}feed.xml", "feed.xml")
    lines = [
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(site.language)}">',
        f"<id>{escape(_id(site.url, site.title, view.folder))}</id>\n<title>{xml(view.title)}</title>",
        f"<subtitle>{subtitle}</subtitle>" if subtitle else "",
        f"<updated>{updated}</updated>\n<author><name>{xml(site.title)}</name></author>",
        f'<link rel="alternate" type="text/html" href="{escape(_address(site.url, view.folder, NEAR))}"/>',
        f'<link rel="self" type="application/atom+xml" href="{escape(itself)}"/>',
        "<generator>archivegen</generator>",
        *[f"{item.head}<updated>{item.moment or updated}</updated>{item.tail}" for item in items],
        "</feed>",
    ]
    return "".join([f"{line}\n" for line in lines if line])


def json_feed(theme: Theme, view: FeedView) -> bytes:
    """The same as JSON Feed; a moment is given only for an article that states its day."""
    site = theme.site
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(view.title),
        "description": clean(view.description),
        "home_page_url": _address(site.url, view.folder, NEAR),
        "feed_url": _address(site.url, f"{view.folder}feed.json", "feed.json"),
        "language": site.language,
    }
    items = [item.json for item in _items(site, view)]
    return _encode({name: value for name, value in told.items() if value} | {"items": items})


def sitemaps(site_url: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of all pages; of more than 50,000, sitemaps of as many each and an index of them."""
    pages = iter(paths)
    first = list(islice(pages, ADDRESSES))
    second = list(islice(pages, ADDRESSES))
    if not second:
        yield "sitemap.xml", _addresses("urlset", "url", site_url, first)
        return
    names = []
    rest = iter(lambda: list(islice(pages, ADDRESSES)), [])
    for number, part in enumerate(chain([first, second], rest), 1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], _addresses("urlset", "url", site_url, part)
    yield "sitemap.xml", _addresses("sitemapindex", "sitemap", site_url, names)


def robots(theme: Theme) -> str:
    """What crawlers may read: all of it."""
    link = urls.absolute(theme.site.url, "sitemap.xml") if theme.site.url else ""
    return draw(theme, "robots.txt", "robots.txt", sitemap_link=Markup(link.replace("\n", "")))


def xml(text: str) -> Markup:
    """Escape a text for XML, without the characters that XML has no way to write."""
    return escape(NOT_XML.sub("", text))


def _items(site: SiteView, view: FeedView) -> list[_Item]:
    root = "" if site.url else root_of(view.folder)
    return [_item(item, site.url, site.title, root) for item in view.items]


@lru_cache(maxsize=4096)
def _item(item: FeedItem, site_url: str, site_title: str, root: str) -> _Item:
    """An article; the newest ones are in the feeds of many."""
    ref, path = item.ref, urls.article(item.ref.slug)
    moment, known = _moment(ref), ref.published
    published = moment if known and known.value.is_day else ""
    number, link = _id(site_url, site_title, path), _address(site_url, path, root + quote(urls.file_of(path)))
    stated = f"<published>{published}</published>\n" if published else ""
    head = (
        f"<entry>\n<id>{escape(number)}</id>\n<title>{xml(ref.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{escape(link)}"/>\n{stated}'
    )
    author = f"<author><name>{xml(ref.source or site_title)}</name></author>"
    told: dict[str, object] = {
        "id": number,
        "url": link,
        "title": clean(ref.title),
        "content_text": clean(item.summary),
    }
    if published:
        told["date_published"] = published
    if ref.source:
        told["authors"] = [{"name": clean(ref.source)}]
    tail = f"\n{author}\n<summary>{xml(item.summary)}</summary>\n</entry>"
    return _Item(moment, head, tail, msgspec.Raw(_encode(told)))


def _moment(ref: ArticleRef) -> str:
    """The first moment of the day an article was published, as RFC 3339; empty where no date is known."""
    earliest = ref.published.value.earliest if ref.published else None
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else ""


def _address(site_url: str, path: str, near: str) -> str:
    """The public address of a path; without one the way to it from the feed, given as `near`."""
    return urls.absolute(site_url, path) if site_url else near


def _id(site_url: str, site_title: str, path: str) -> str:
    """An id that stays: the address, or without a public one a UUID that depends on title and path alone."""
    if site_url:
        return urls.absolute(site_url, path)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site_title}\n{path}").urn


def _addresses(root: str, element: str, site_url: str, paths: Sequence[str]) -> bytes:
    listed = [f"<{element}><loc>{escape(urls.absolute(site_url, path))}</loc></{element}>\n" for path in paths]
    text = f'{XML}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(listed)}</{root}>\n'
    return text.encode("utf-8")
