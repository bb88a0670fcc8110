"""Addresses and links on a page: the way back to the site's root, and from there to whatever is named."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from archivegen import urls
from archivegen.edtf import Date, parse
from archivegen.render.escape import between_tags, in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import number, when
from archivegen.views import ActorRef, ArticleRef, Count, Entry, Link

__all__ = [
    "actor_link",
    "address",
    "date_file",
    "date_link",
    "outlet_link",
    "outside",
    "quoted_path",
    "reported",
    "root_of",
    "to_actor",
    "to_outlet",
]

Linked = str | Date | ActorRef | ArticleRef | Entry | Count | Link

# What needs no encoding: most paths are of letters without marks.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_.~/-]*")
SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)


def address(thing: Linked) -> str:
    """Return the file of a thing's page, from the site's root: a template writes `{{ root }}{{ actor | address }}`.

    Long lists hold thousands of links, so a page works out its way to the root once and not for every link. The
    result is percent-encoded, without any character that HTML would need to have escaped.
    """
    if isinstance(thing, ArticleRef):
        return f"articles/{quoted_path(thing.slug)}/index.html"
    if isinstance(thing, ActorRef):
        return f"actors/{quoted_path(thing.slug)}/index.html"
    if isinstance(thing, Entry):
        return f"articles/{quoted_path(thing.article.slug)}/index.html#{quoted_path(thing.anchor)}"
    if isinstance(thing, Date):
        return date_file(thing.text)
    return _file(thing if isinstance(thing, str) else thing.path)


def root_of(page: str) -> str:
    """Return the way from a page to the site's root: `articles/x/` -> `../../`."""
    return "../" * page.count("/")


def outside(href: str) -> str:
    """Return a link to another site if it is http, https or mailto, else an empty string."""
    return href if SAFE.fullmatch(href) else ""


def actor_link(actor: ActorRef, root: str) -> str:
    """Return an actor's name, linked to its page, as HTML."""
    return to_actor(actor.slug, actor.name, root)


def outlet_link(article: ArticleRef, root: str) -> str:
    """Return an article's outlet, linked to its page, as HTML; nothing where no outlet is known."""
    return to_outlet(article.source_slug, article.source, root)


def date_link(date: Date, root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return a date in words, linked to its page, as HTML."""
    return _date_link(date.text, root, tongue)


def reported(entry: Entry, root: str, tongue: Tongue) -> str:
    """Return as HTML by how many outlets an entry's event is reported, by which one first and how long after it.

    Outlets that only have a copy are told of apart: they are no witnesses.
    """
    told = []
    if found := entry.reported:
        first = found.first
        outlet = outlet_link(first, root) or between_tags(first.title)
        values = {"number": number(found.outlets, tongue=tongue), "outlet": outlet}
        # Translators: %(number)s is 2 or more; %(outlet)s the outlet's name
        text = tongue.ngettext(
            "Reported by %(number)s outlet, first by %(outlet)s",
            "Reported by %(number)s outlets, first by %(outlet)s",
            found.outlets,
        )
        if first.published:
            values["date"] = when(first.published.value, tongue=tongue)
            text = tongue.ngettext(
                "Reported by %(number)s outlet, first by %(outlet)s on %(date)s",
                "Reported by %(number)s outlets, first by %(outlet)s on %(date)s",
                found.outlets,
            )
        lag = "" if found.lag is None else f", {in_quotes(_lag(found.lag, tongue))}"
        told.append(text % values + lag)
    if entry.also:
        also = tongue.ngettext(
            "Also in %(number)s other outlet, in the same words",
            "Also in %(number)s other outlets, in the same words",
            entry.also,
        )
        told.append(also % {"number": number(entry.also, tongue=tongue)})
    return f'<span class="reported">{". ".join(told)}</span>'


def _lag(days: int, tongue: Tongue) -> str:
    if days == 0:
        return tongue.gettext("the same day")
    if days > 0:
        words = tongue.ngettext("%(number)s day after", "%(number)s days after", days)
    else:
        words = tongue.ngettext("%(number)s day before", "%(number)s days before", -days)
    return words % {"number": number(abs(days), tongue=tongue)}


@lru_cache(maxsize=4096)
def _date_link(text: str, root: str, tongue: Tongue) -> str:
    date = parse(text)
    return f'<a href="{root}{address(date)}">{when(date, tongue=tongue)}</a>'


@lru_cache(maxsize=4096)
def to_actor(slug: str, name: str, root: str) -> str:
    """Return a link to an actor's page as HTML."""
    return f'<a class="actor" href="{root}actors/{quoted_path(slug)}/index.html">{in_quotes(name)}</a>'


@lru_cache(maxsize=4096)
def to_outlet(slug: str, name: str, root: str) -> str:
    """Return a link to an outlet's page as HTML; its name alone where it has none."""
    if not slug:
        return in_quotes(name)
    return f'<a class="outlet" href="{root}outlets/{quoted_path(slug)}/index.html">{in_quotes(name)}</a>'


def quoted_path(path: str) -> str:
    """Return a path as addresses write it."""
    return path if PLAIN_PATH.fullmatch(path) else quote(path)


@lru_cache(maxsize=4096)
def date_file(text: str) -> str:
    """Return the file of the page that a date, given as EDTF, stands on."""
    return quoted_path(urls.file_of(urls.date(parse(text))))


@lru_cache(maxsize=4096)
def _file(path: str) -> str:
    path, hash_, anchor = path.partition("#")
    return quoted_path(urls.file_of(path)) + hash_ + quote(anchor)
