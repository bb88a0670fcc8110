"""What programs read: the Atom feed (RFC 4287), sitemap.xml (sitemaps.org 0.9), robots.txt."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from markupsafe import Markup, escape

from archivegen import urls
from archivegen.render.theme import Theme, draw
from archivegen.views import ArticleRef, FeedItem

__all__ = ["feed", "robots", "sitemap"]

# Characters that XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Atom demands a moment where the archive knows none; a year nobody takes for the article's.
NO_MOMENT = "1970-01-01T00:00:00Z"


def feed(theme: Theme, items: Sequence[FeedItem]) -> str:
    """The newest articles. Moments are those the articles state: the first that a date can mean, in UTC."""
    moments = [_moment(item.ref) for item in items]
    updated = max((moment for moment in moments if moment), default=NO_MOMENT)
    entries = [_entry(theme, item, moment) for item, moment in zip(items, moments, strict=True)]
    return draw(
        theme,
        "feed.xml",
        "feed.xml",
        feed_id=_id(theme, urls.HOME),
        feed_title=xml(theme.site.title),
        feed_subtitle=xml(theme.site.description),
        home_link=_link(theme, urls.HOME),
        self_link=_link(theme, "feed.xml"),
        updated=updated,
        entries=entries,
    )


def _entry(theme: Theme, item: FeedItem, moment: str) -> dict[str, str]:
    """What the feed says of one article; `published` only for a certain day."""
    path = urls.article(item.ref.slug)
    known = item.ref.published
    return {
        "id": _id(theme, path),
        "link": _link(theme, path),
        "title": xml(item.ref.title),
        "author": xml(item.ref.source or theme.site.title),
        "summary": xml(item.summary),
        "published": moment if known and known.value.is_day else "",
        "updated": moment,
    }


def sitemap(theme: Theme, paths: Sequence[str]) -> str:
    """The address of every page."""
    return draw(theme, "sitemap.xml", "sitemap.xml", links=[urls.absolute(theme.site.url, path) for path in paths])


def robots(theme: Theme) -> str:
    """What crawlers may read: all of it."""
    link = urls.absolute(theme.site.url, "sitemap.xml") if theme.site.url else ""
    return draw(theme, "robots.txt", "robots.txt", sitemap_link=Markup(link.replace("\n", "")))


def xml(text: str) -> Markup:
    """Escape a text for XML, without the characters that XML has no way to write."""
    return escape(NOT_XML.sub("", text))


def _moment(ref: ArticleRef) -> str:
    """The first moment of the day an article was published, as RFC 3339; empty where no date is known."""
    earliest = ref.published.value.earliest if ref.published else None
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else ""


def _link(theme: Theme, path: str) -> str:
    """An absolute link; without a public address, one relative to the feed."""
    return urls.absolute(theme.site.url, path) if theme.site.url else urls.relative(path, "feed.xml")


def _id(theme: Theme, path: str) -> str:
    """An id that stays: the address, or without a public one a UUID that depends on title and path alone."""
    if theme.site.url:
        return urls.absolute(theme.site.url, path)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{theme.site.title}\n{path}").urn
