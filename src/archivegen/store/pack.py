"""What one source gave -> rows of the store's tables, made where it was read: rows are cheap to send and to insert."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.model import Article, Findings, Kind, Prepared, Statement
from archivegen.slugs import slugify
from archivegen.store import day_orders, editorial
from archivegen.store.links import pack_sketch
from archivegen.store.marks import mark_of
from archivegen.views import ArticleRef

__all__ = ["Packed", "pack"]

encode = msgspec.json.encode
ARTICLE_WORD = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)  # The Tollbridge Courier is Tollbridge Courier
SUMMARY = 400  # characters of an article's first paragraph that feeds show
UNKNOWN_DAY = "9999999"  # sorts after every day's number
WIDEST = 9_999_999  # days; a wider date sorts before a narrower one

Row = tuple[Any, ...]


class Packed(msgspec.Struct, frozen=True):
    """The rows of one source. `article` is empty when it could not be read."""

    path: str
    stamp: str
    key: str
    source: Row
    article: Row = ()
    content: Row = ()
    names: tuple[Row, ...] = ()
    entries: tuple[Row, ...] = ()
    sketch: Row = ()
    more: tuple[tuple[str, Row], ...] = ()  # rows of other tables, with the table's name


def pack(item: Prepared) -> Packed:
    """Make the rows of what a source gave."""
    source = (item.path, item.seed, item.stamp, item.key, encode(item.diagnostics), item.container)
    article, more = item.article, tuple(editorial.rows_of(item))
    if article is None:
        return Packed(item.path, item.stamp, item.key, source, more=more)
    row = _article(item, article)
    if shown := day_orders.row_of(article, row[2]):
        more = (*more, ("day_order", shown))
    content = (item.path, encode(article), encode(item.findings), _summary(article))
    return Packed(
        item.path,
        item.stamp,
        item.key,
        source,
        (*row, mark_of(*content[1:])),
        content,
        tuple(_names(item.path, item.findings, article.body.text)),
        tuple(_entries(item.path, item.statements, article.body.text)),
        (item.path, *pack_sketch(item.sketch)) if item.sketch.words else (),
        more,
    )


def _is_doubtful(article: Article, diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether a field of the article is in doubt or reading it gave a warning: what `review` calls doubtful."""
    fields = (article.title, article.source, article.byline, article.published, article.updated, article.captured)
    return any(known.doubt for known in (*fields, article.event_date) if known) or any(
        told.severity == "warning" for told in diagnostics
    )


def _article(item: Prepared, article: Article) -> Row:
    published = article.published and article.published.value
    outlet = article.source.value if article.source else ""
    outlet_slug = slugify(ARTICLE_WORD.sub("", outlet, count=1)) if outlet else ""
    first = published and _ordinal(published)
    language = article.language.value if article.language else ""
    ref = ArticleRef("", article.title.value, outlet, outlet_slug, article.published, item.event_date, language)
    return (
        item.path,
        slugify(article.slug or article.title.value),
        outlet_slug,
        outlet,
        _is_doubtful(article, item.diagnostics),
        published and published.text,
        published and published.unit,
        first,
        f"{f'{first:07}' if first else UNKNOWN_DAY} {published.text if published else ''} {item.path}",
        encode(ref),
        article.language.value if article.language else "",
    )


def _names(path: str, findings: Findings, text: str) -> Iterable[Row]:
    forms: dict[tuple[str, Kind], Counter[str]] = {key: Counter() for key in findings.stated}
    evidence: dict[tuple[str, Kind], int] = {}
    roles: dict[tuple[str, Kind], dict[str, None]] = {}
    quotes: dict[tuple[str, Kind], list[str]] = {}
    for quote in findings.quotes:
        quotes.setdefault((quote.name, quote.kind), []).append(" ".join(text[quote.start : quote.end].split()))
    for mention in findings.actors:
        evidence[mention.name, mention.kind] = mention.evidence
        if mention.role:
            roles.setdefault((mention.name, mention.kind), {})[mention.role] = None
        forms.setdefault((mention.name, mention.kind), Counter())[text[mention.start : mention.end]] += 1
    for key, found in forms.items():
        row = (
            *key,
            sum(found.values()),
            encode({form: times for form, times in found.items() if form != key[0]}),
            key in findings.stated,
            evidence.get(key, 0),
            encode(list(roles.get(key, ()))),
            encode(quotes.get(key, ())),
        )
        yield (path, *row, mark_of(*row))


def _entries(path: str, statements: tuple[Statement, ...], text: str) -> Iterable[Row]:
    for s in statements:
        year = s.date.earliest.year if s.date.earliest else s.date.latest and s.date.latest.year
        first, width, doubt, date = s.date.sort_key
        rank = f"{first:07}{WIDEST + width}{doubt}{date} {path} {s.start:07}"
        sentence = " ".join(text[s.start : s.end].split())
        when = (date, s.date.precision, first, s.date.unit, year)
        yield (path, *when, s.start, s.end, sentence, s.evidence, s.basis, s.mood, encode(s.actors), rank)


def _summary(article: Article) -> str:
    for block in article.body.blocks:
        if block.kind == "paragraph":
            text = " ".join(article.body.text[block.start : block.end].split())
            return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0] + " …"
    return ""


def _ordinal(date: Date) -> int | None:
    bound = date.earliest or date.latest
    return bound.toordinal() if bound else None
