"""What programs read: Atom (RFC 4287) and JSON Feed 1.1, sitemaps (sitemaps.org 0.9), robots.txt.

Of one kind there are hundreds, so they are put together here and not by templates.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

import msgspec
from markupsafe import Markup

from archivegen import urls
from archivegen.edtf import Date
from archivegen.render.address import quoted_path, root_of
from archivegen.render.cite import clean
from archivegen.render.escape import in_quotes
from archivegen.render.theme import Theme, draw
from archivegen.views import FeedView, SiteView

__all__ = ["feed", "json_feed", "robots", "sitemaps"]

# Characters that XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
# Atom demands a moment where the archive knows none; a year nobody takes for the article's.
NO_MOMENT = "1970-01-01T00:00:00Z"
NEAR = "index.html"  # a feed's page, beside it
ADDRESSES = 50_000  # in one sitemap: the standard's limit
_encode = msgspec.json.Encoder().encode


class _Item(msgspec.Struct, frozen=True, gc=False):
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
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{in_quotes(site.language)}">',
        f"<id>{in_quotes(_id(site.url, site.title, view.folder))}</id>\n<title>{xml(view.title)}</title>",
        f"<subtitle>{subtitle}</subtitle>" if subtitle else "",
        f"<updated>{updated}</updated>\n<author><name>{xml(site.title)}</name></author>",
        f'<link rel="alternate" type="text/html" href="{in_quotes(_address(site.url, view.folder, NEAR))}"/>',
        f'<link rel="self" type="application/atom+xml" href="{in_quotes(itself)}"/>',
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


def xml(text: str) -> str:
    """Escape a text for XML, without the characters that XML has no way to write."""
    return in_quotes(text if text.isprintable() else NOT_XML.sub("", text))


def _items(site: SiteView, view: FeedView) -> list[_Item]:
    root = "" if site.url else root_of(view.folder)
    found = []
    for item in view.items:
        ref = item.ref
        published = ref.published.value if ref.published else None
        found.append(_item(ref.slug, ref.title, ref.source, published, item.summary, site.url, site.title, root))
    return found


@lru_cache(maxsize=256)
def _item(
    slug: str, title: str, source: str, published: Date | None, summary: str, site_url: str, site_title: str, root: str
) -> _Item:
    """An article; the newest ones are in the feeds of many."""
    path = urls.article(slug)
    number = _id(site_url, site_title, path)
    link = number if site_url else root + quoted_path(urls.file_of(path))
    moment = f"{published.earliest.isoformat()}T00:00:00Z" if published and published.earliest else ""
    told: dict[str, object] = {"id": number, "url": link, "title": clean(title), "content_text": clean(summary)}
    stated = ""
    if published and published.is_day:
        told["date_published"] = moment
        stated = f"<published>{moment}</published>\n"
    if source:
        told["authors"] = [{"name": clean(source)}]
    head = (
        f"<entry>\n<id>{in_quotes(number)}</id>\n<title>{xml(title)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{in_quotes(link)}"/>\n{stated}'
    )
    author = f"<author><name>{xml(source or site_title)}</name></author>"
    tail = f"\n{author}\n<summary>{xml(summary)}</summary>\n</entry>"
    return _Item(moment, head, tail, msgspec.Raw(_encode(told)))


def _address(site_url: str, path: str, near: str) -> str:
    """The public address of a path; without one the way to it from the feed, given as `near`."""
    return _absolute(site_url, path) if site_url else near


def _absolute(site_url: str, path: str) -> str:
    return urls.base_of(site_url) + quoted_path(path)


def _id(site_url: str, site_title: str, path: str) -> str:
    """An id that stays: the address, or without a public one a UUID that depends on title and path alone."""
    if site_url:
        return _absolute(site_url, path)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site_title}\n{path}").urn


def _addresses(root: str, element: str, site_url: str, paths: Sequence[str]) -> bytes:
    base = in_quotes(f"{site_url.rstrip('/')}/")
    listed = [f"<{element}><loc>{base}{quoted_path(path)}</loc></{element}>\n" for path in paths]
    text = f'{XML}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(listed)}</{root}>\n'
    return text.encode("utf-8")
