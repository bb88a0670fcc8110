"""The lines that long lists repeat by the thousand, put together at once and not piece by piece in a template."""

from __future__ import annotations

from markupsafe import Markup

from archivegen.render.address import actor_link, address, entry_link, outlet_link, reported
from archivegen.render.words import between_tags, evidence, marked, when, written
from archivegen.views import ArticleRef, Entry

__all__ = ["dateline", "headline", "said_by", "statement"]

APART = "&nbsp;· "
INFERRED = " <i>(inferred)</i>"


def statement(entry: Entry) -> Markup:
    """Return an entry's sentence with its marks."""
    return Markup(f"{marked(entry)}{evidence(entry)}")


def said_by(entry: Entry, root: str) -> Markup:
    """Return by whose account: headline, outlet, day of writing, whom it concerns, and who else reports it."""
    article = entry.article
    parts = [str(entry_link(entry, root))]
    if article.source:
        parts.append(outlet_link(article, root))
    parts.append(written(article))
    parts += [actor_link(actor, root) for actor in entry.actors]
    more = f"<br>{reported(entry, root)}" if entry.reported or entry.also else ""
    return Markup(APART.join(parts) + more)


def headline(article: ArticleRef, root: str) -> Markup:
    """Return an article's headline, linked to its page."""
    return Markup(f'<a class="headline" href="{root}{address(article)}">{between_tags(article.title)}</a>')


def dateline(article: ArticleRef, root: str) -> Markup:
    """Return an article's outlet and the day of its publication."""
    known = article.published
    day = (
        f"{when(known.value)}{INFERRED if known.basis == 'inferred' else ''}" if known else "no publication date stated"
    )
    return Markup(f"{outlet_link(article, root)}, {day}" if article.source else day)
