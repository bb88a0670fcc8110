"""The lines that long lists repeat by the thousand, put together at once and not piece by piece in a template.

An article is mostly another object each time it is listed, and to look it up takes longer than to write its line; what
is remembered are the parts that few of them have: links to outlets and actors, dates in words.
"""

from __future__ import annotations

from collections.abc import Iterable

from archivegen.model import Removed
from archivegen.render.address import address, quoted_path, reported, to_actor, to_outlet
from archivegen.render.escape import between_tags, escape, in_quotes
from archivegen.render.said import said
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import evidence, lang, lang_dir, marked, named, number, part, published, written
from archivegen.views import ArticleRef, Count, Entry, Link

__all__ = [
    "accounts",
    "called",
    "dateline",
    "headline",
    "headlines",
    "parts",
    "removed",
    "said_by",
    "statement",
    "tallies",
]

APART = "&nbsp;· "
CURRENT = ' aria-current="page"'


def headlines(articles: Iterable[ArticleRef], root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return the items of a list of articles: headline, outlet and day of each."""
    items = [
        f"<li>{headline(article, root, tongue=tongue)}\n"
        f'<p class="dateline">{dateline(article, root, tongue=tongue)}</p></li>'
        for article in articles
    ]
    return "\n".join(items)


def accounts(entries: Iterable[Entry], root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return what entries say and by whose account, each as a description in a list."""
    items = [
        f'<dd>\n<p class="statement" dir="auto"{lang(entry.article, tongue=tongue)}>'
        f"{statement(entry, tongue=tongue)}</p>"
        f'\n<p class="by">{said_by(entry, root, tongue=tongue)}</p>\n</dd>'
        for entry in entries
    ]
    return "\n".join(items)


def tallies(links: Iterable[Count], root: str, current: str = "", *, tongue: Tongue = ENGLISH) -> str:
    """Return the items of a list of links with a number each; `current` is the label of the page that shows them."""
    items = [
        f'<li><a href="{root}{address(link)}"{CURRENT if link.label == current else ""}>'
        f"{in_quotes(named(link.label, tongue=tongue))}</a>{_number(link, tongue)}</li>"
        for link in links
    ]
    return "\n".join(items)


def parts(links: Iterable[Count], root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return the items of a list of months or days by their short names, under what they are part of."""
    items = [
        f'<li><a href="{root}{address(link)}">{in_quotes(part(link, tongue=tongue))}</a>{_number(link, tongue)}</li>'
        for link in links
    ]
    return "\n".join(items)


def removed(lines: Iterable[Removed], article: ArticleRef, *, tongue: Tongue = ENGLISH) -> str:
    """Return the rows of a table of what was left out of an article's page; hundreds of some."""
    language = lang_dir(article, tongue=tongue)
    rows = [
        f"<tr><td>{line}</td><td{language}>{in_quotes(text)}</td><td>{escape(said(why, tongue=tongue))}</td></tr>"
        for line, text, why in lines
    ]
    return "\n".join(rows)


def _number(link: Count, tongue: Tongue) -> str:
    return f' <span class="n">{in_quotes(number(link.count, tongue=tongue))}</span>' if link.count else ""


def called(neighbour: ArticleRef | Link, *, tongue: Tongue = ENGLISH) -> str:
    """Return what a neighbour is called: an article by its headline."""
    if isinstance(neighbour, ArticleRef):
        return f"<span{lang_dir(neighbour, tongue=tongue)}>{in_quotes(neighbour.title)}</span>"
    return f"<span>{in_quotes(named(neighbour.label, tongue=tongue))}</span>"


def headline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return an article's headline, linked to its page."""
    language = lang_dir(article, tongue=tongue)
    href = f"{root}articles/{quoted_path(article.slug)}/index.html"
    return f'<a class="headline" href="{href}"{language}>{between_tags(article.title)}</a>'


def dateline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return an article's outlet and the day of its publication."""
    day = published(article.published, tongue)
    return f"{to_outlet(article.source_slug, article.source, root)}, {day}" if article.source else day


def statement(entry: Entry, *, tongue: Tongue = ENGLISH) -> str:
    """Return an entry's sentence with its marks."""
    return marked(entry.mood, entry.basis, entry.contested, tongue) + evidence(entry)


def said_by(entry: Entry, root: str, *, tongue: Tongue = ENGLISH) -> str:
    """Return by whose account: headline, outlet, day of writing, whom it concerns, and who else reports it."""
    article = entry.article
    language = lang_dir(article, tongue=tongue)
    href = f"{root}articles/{quoted_path(article.slug)}/index.html#{quoted_path(entry.anchor)}"
    told = [f'<a class="from" href="{href}"{language}>{between_tags(article.title)}</a>']
    if article.source:
        told.append(to_outlet(article.source_slug, article.source, root))
    told.append(written(article.published, tongue))
    for actor in entry.actors:
        told.append(to_actor(actor.slug, actor.name, root))
    by = APART.join(told)
    return f"{by}<br>{reported(entry, root, tongue)}" if entry.reported or entry.also else by
