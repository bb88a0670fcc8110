"""Addresses on a page: the way back to the site's root, and from there to whatever is named."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from archivegen import urls
from archivegen.edtf import Date
from archivegen.views import ActorRef, ArticleRef, Count, Entry, Link

__all__ = ["Linked", "address", "outside", "root_of"]

Linked = str | Date | ActorRef | ArticleRef | Entry | Count | Link

SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)


def address(thing: Linked) -> str:
    """Return the file of a thing's page, from the site's root: a template writes `{{ root }}{{ actor | address }}`.

    Long lists hold thousands of links, so a page works out its way to the root once and not for every link.
    """
    if isinstance(thing, ArticleRef):
        return f"articles/{_quoted(thing.slug)}/index.html"
    if isinstance(thing, ActorRef):
        return f"actors/{_quoted(thing.slug)}/index.html"
    if isinstance(thing, Entry):
        return f"articles/{_quoted(thing.article.slug)}/index.html#{_quoted(thing.anchor)}"
    if isinstance(thing, Date):
        return _file(urls.date(thing))
    return _file(thing if isinstance(thing, str) else thing.path)


def root_of(page: str) -> str:
    """Return the way from a page to the site's root: `articles/x/` -> `../../`."""
    return urls.relative(urls.HOME, page).removesuffix("index.html")


def outside(href: str) -> str:
    """Return a link to another site if it is http, https or mailto, else an empty string."""
    return href if SAFE.fullmatch(href) else ""


@lru_cache(maxsize=65536)
def _quoted(segment: str) -> str:
    return quote(segment)


@lru_cache(maxsize=65536)
def _file(path: str) -> str:
    path, hash_, anchor = path.partition("#")
    return quote(urls.file_of(path)) + hash_ + quote(anchor)
