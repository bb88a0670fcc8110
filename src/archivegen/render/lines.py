"""The lines that long lists repeat by the thousand, put together at once and not piece by piece in a template.

A line says the same wherever it stands, but for the way to the site's root. So what an article gives to its lines is
remembered with a gap wherever that goes, to be filled by `str.join(root, line)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup

from archivegen.render.address import actor_link, quoted, reported
from archivegen.render.escape import between_tags, in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import evidence, inferred, lang, lang_dir, marked, when, written
from archivegen.views import ArticleRef, Entry

__all__ = ["accounts", "dateline", "headline", "headlines", "said_by", "statement"]

APART = "&nbsp;· "
REMEMBERED = 16384  # articles: of an archive of ten thousand, each stands in some ten lists

Piece = str | None  # of HTML; None where the way to the root goes
Line = tuple[str, ...]  # the stretches between those


def headlines(articles: Iterable[ArticleRef], root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return the items of a list of articles: headline, outlet and day of each."""
    return Markup("\n".join([str.join(root, _item(article, tongue)) for article in articles]))


def accounts(entries: Iterable[Entry], root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return what entries say and by whose account, each as a description in a list."""
    return Markup("\n".join([_account(entry, root, tongue) for entry in entries]))


def headline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an article's headline, linked to its page."""
    return Markup(str.join(root, _line(_headline(article, tongue))))


def dateline(article: ArticleRef, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an article's outlet and the day of its publication."""
    return Markup(str.join(root, _line(_dateline(article, tongue))))


def statement(entry: Entry, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return an entry's sentence with its marks."""
    return Markup(marked(entry, tongue) + evidence(entry))


def said_by(entry: Entry, root: str, *, tongue: Tongue = ENGLISH) -> Markup:
    """Return by whose account: headline, outlet, day of writing, whom it concerns, and who else reports it."""
    _, page, source = _of_article(entry.article, tongue)
    return Markup(_said_by(entry, f"{root}{page}", str.join(root, source), root, tongue))


def _account(entry: Entry, root: str, tongue: Tongue) -> str:
    language, page, source = _of_article(entry.article, tongue)
    said = f"{language}>{marked(entry, tongue)}{evidence(entry)}"
    by = _said_by(entry, f"{root}{page}", str.join(root, source), root, tongue)
    return f'<dd>\n<p class="statement" dir="auto"{said}</p>\n<p class="by">{by}</p>\n</dd>'


def _said_by(entry: Entry, page: str, source: str, root: str, tongue: Tongue) -> str:
    whom = [actor_link(actor, root) for actor in entry.actors]
    told = APART.join([f'<a class="from" href="{page}#{quoted(entry.anchor)}{source}', *whom])
    return f"{told}<br>{reported(entry, root, tongue)}" if entry.reported or entry.also else told


@lru_cache(maxsize=REMEMBERED)
def _of_article(article: ArticleRef, tongue: Tongue) -> tuple[str, str, Line]:
    """Return what all entries of an article say of it: the language, the page, and what follows a sentence's anchor."""
    title = f'"{lang_dir(article, tongue=tongue)}>{between_tags(article.title)}</a>{APART}'
    outlet = (*_outlet(article), APART) if article.source else ()
    line = _line((title, *outlet, written(article, tongue)))
    return str(lang(article, tongue=tongue)), f"articles/{quoted(article.slug)}/index.html", line


@lru_cache(maxsize=REMEMBERED)
def _item(article: ArticleRef, tongue: Tongue) -> Line:
    title, below = _headline(article, tongue), _dateline(article, tongue)
    return _line(("<li>", *title, '\n<p class="dateline">', *below, "</p></li>"))


def _headline(article: ArticleRef, tongue: Tongue) -> Iterator[Piece]:
    yield '<a class="headline" href="'
    yield None
    yield f'articles/{quoted(article.slug)}/index.html"{lang_dir(article, tongue=tongue)}>'
    yield f"{between_tags(article.title)}</a>"


def _dateline(article: ArticleRef, tongue: Tongue) -> Iterator[Piece]:
    if article.source:
        yield from _outlet(article)
        yield ", "
    if article.published is None:
        yield tongue.gettext("no publication date stated")
    else:
        yield when(article.published.value, tongue=tongue)
        yield inferred(tongue) if article.published.basis == "inferred" else ""


def _outlet(article: ArticleRef) -> Iterator[Piece]:
    if article.source_slug:
        yield '<a class="outlet" href="'
        yield None
        yield f'outlets/{quoted(article.source_slug)}/index.html">{in_quotes(article.source)}</a>'
    else:
        yield in_quotes(article.source)


def _line(pieces: Iterable[Piece]) -> Line:
    """Join the pieces between the gaps."""
    stretches: list[list[str]] = [[]]
    for piece in pieces:
        if piece is None:
            stretches.append([])
        else:
            stretches[-1].append(piece)
    return tuple(["".join(stretch) for stretch in stretches])
