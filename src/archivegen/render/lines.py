"""The lines that long lists repeat by the thousand, put together at once and not piece by piece in a template."""

from __future__ import annotations

from markupsafe import Markup

from archivegen.render.address import actor_link, address, entry_link, outlet_link, reported
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import between_tags, evidence, inferred, lang_dir, marked, when, written
from archivegen.views import ArticleRef, Entry

__all__ = ["dateline", "headline", "said_by", "statement"]

APART = "&nbsp;· "


def statement(entry: Entry, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an entry's sentence with its marks."""
    return Markup(f"{marked(entry, tongue=tongue)}{evidence(entry)}")


def said_by(entry: Entry, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return by whose account: headline, outlet, day of writing, whom it concerns, and who else reports it."""
    article = entry.article
    parts = [str(entry_link(entry, root, tongue=tongue))]
    if article.source:
        parts.append(outlet_link(article, root))
    parts.append(written(article, tongue=tongue))
    parts += [actor_link(actor, root) for actor in entry.actors]
    more = f"<br>{reported(entry, root, tongue=tongue)}" if entry.reported or entry.also else ""
    return Markup(APART.join(parts) + more)


def headline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an article's headline, linked to its page."""
    language = lang_dir(article, tongue=tongue)
    return Markup(f'<a class="headline" href="{root}{address(article)}"{language}>{between_tags(article.title)}</a>')


def dateline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an article's outlet and the day of its publication."""
    known = article.published
    if known is None:
        day = tongue.gettext("no publication date stated")
    else:
        day = f"{when(known.value, tongue=tongue)}{inferred(tongue) if known.basis == 'inferred' else ''}"
    return Markup(f"{outlet_link(article, root)}, {day}" if article.source else day)
