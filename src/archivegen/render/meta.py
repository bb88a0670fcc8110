"""What an article's page tells machines in its head: schema.org JSON-LD, Highwire and Dublin Core, OpenGraph.

Only what the article states or an editor has settled: an inferred date is left out.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec
from markupsafe import Markup

from archivegen.edtf import Date
from archivegen.model import Kind
from archivegen.render.cite import Author, Reference, clean, encode_json, plain
from archivegen.render.escape import in_quotes
from archivegen.views import ArticleView, Entry

__all__ = ["head_of"]

TYPES: dict[Kind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "country": "Country",
    "place": "Place",
    "other": "Thing",
}
ABOUT = 6  # the actors that an article names most
SPELLED_OUT = 6  # dates that are listed one by one; of more, the first and the last


def head_of(view: ArticleView, ref: Reference) -> Markup:
    """Return the elements for the head of an article's page."""
    # A script element ends at the first "</script" and nowhere else; without "<" in it there is none.
    linked = encode_json(news_article(view, ref)).decode().replace("<", "\\u003c")
    return Markup(f'{_tags(ref)}<script type="application/ld+json">{linked}</script>')


def news_article(view: ArticleView, ref: Reference) -> dict[str, object]:
    """Return an article as schema.org describes one."""
    article = view.article
    about = [_thing(actor.kind, actor.name) for actor in view.actors[:ABOUT]]
    known = {
        "url": ref.page,
        "datePublished": ref.date,
        "dateModified": plain(article.updated.value) if article.updated and article.updated.basis != "inferred" else "",
        "author": [_author(author, ref.outlet) for author in ref.authors],
        "sourceOrganization": _organisation(article.agency.value) if article.agency else None,
        "publisher": _organisation(ref.outlet) if ref.outlet else None,
        "dateline": clean(article.place.value) if article.place else "",
        "temporalCoverage": _coverage(view.entries),
        "about": about,
        "isBasedOn": ref.link,
        "correction": clean(article.notice),
    }
    out: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": ref.title,
        "inLanguage": ref.language,
    }
    return out | {name: value for name, value in known.items() if value}


def _tags(ref: Reference) -> str:
    """The meta elements. `z:itemType` tells Zotero that it is a newspaper's article; OpenGraph's are properties."""
    title, outlet, link = in_quotes(ref.title), in_quotes(ref.outlet), in_quotes(ref.link)
    names = [(in_quotes(f"{a.family}, {a.given}" if a.family else a.name), in_quotes(a.name)) for a in ref.authors]
    tags = [
        '<meta name="z:itemType" content="newspaperArticle">\n',
        f'<meta name="citation_title" property="og:title" content="{title}">\n',
        *[f'<meta name="citation_author" content="{name}">\n' for name, _ in names],
        f'<meta name="citation_journal_title" content="{outlet}">\n' if outlet else "",
        f'<meta name="citation_publication_date" content="{ref.date.replace("-", "/")}">\n' if ref.date else "",
        f'<meta name="DC.title" content="{title}">\n',
        *[f'<meta name="DC.creator" content="{name}">\n' for _, name in names],
        f'<meta name="DC.publisher" content="{outlet}">\n' if outlet else "",
        f'<meta name="DC.date" property="article:published_time" content="{ref.date}">\n' if ref.date else "",
        f'<meta name="DC.language" content="{in_quotes(ref.language)}">\n',
        f'<meta name="DC.source" content="{link}">\n' if link else "",
        '<meta property="og:type" content="article">\n',
        f'<meta property="og:site_name" content="{in_quotes(ref.archive)}">\n',
        f'<meta property="og:url" content="{in_quotes(ref.page)}">\n' if ref.page else "",
    ]
    return "".join(tags)


@lru_cache(maxsize=4096)
def _thing(kind: Kind, name: str) -> msgspec.Raw:
    return msgspec.Raw(encode_json({"@type": TYPES[kind], "name": clean(name)}))


def _author(author: Author, outlet: str) -> dict[str, str]:
    is_person = author.is_person and author.name != outlet
    return {"@type": "Person" if is_person else "Organization", "name": author.name}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": clean(name)}


def _coverage(entries: tuple[Entry, ...]) -> list[str] | str:
    """When what the article tells of happened, as far as its sentences state dates themselves."""
    dates = {entry.date.text: entry.date for entry in reversed(entries) if entry.basis != "inferred"}
    stretches: dict[tuple[dt.date, dt.date], Date] = {}
    for date in dates.values():
        if not date.qualifier and date.earliest and date.latest:
            stretches.setdefault((date.earliest, date.latest), date)
    if len(stretches) > SPELLED_OUT:
        return f"{min(first for first, _ in stretches)}/{max(last for _, last in stretches)}"
    found = [plain(stretches[ends]) or f"{ends[0]}/{ends[1]}" for ends in sorted(stretches)]
    return found[0] if len(found) == 1 else found
