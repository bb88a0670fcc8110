"""What one source gave -> rows of the store's tables, made where it was read: rows are cheap to send and to insert."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from archivegen.edtf import Date, parse
from archivegen.errors import Diagnostic
from archivegen.model import Article, Findings, Kind, Prepared
from archivegen.slugs import slugify
from archivegen.store import day_orders, editorial
from archivegen.store.links import pack_sketch
from archivegen.store.marks import content_mark, mark_of
from archivegen.views import ArticleRef

__all__ = ["Packed", "Shown", "pack"]

encode = msgspec.json.encode
ARTICLE_WORD = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)  # The Tollbridge Courier is Tollbridge Courier
SUMMARY = 400  # characters of an article's first paragraph that feeds show
UNKNOWN_DAY = "9999999"  # sorts after every day's number
WIDEST = 9_999_999  # days; a wider date sorts before a narrower one

Row = tuple[Any, ...]


class Packed(msgspec.Struct, frozen=True):
    """The rows of one source, by table. `article` is empty when it could not be read."""

    number: int
    path: str
    stamp: str
    key: str
    source: Row
    article: Row = ()
    content: Row = ()
    names: tuple[tuple[Row, Row], ...] = ()  # of each the row of `spelling` and that of `name`
    entries: tuple[Row, ...] = ()
    sketch: Row = ()
    more: tuple[tuple[str, Row], ...] = ()  # rows of other tables, with the table's name


def pack(item: Prepared) -> Packed:
    """Make the rows of what a source gave."""
    number, article = item.number, item.article
    source = (number, item.path, item.seed, item.stamp, item.key, encode(item.diagnostics), item.container)
    more = tuple(editorial.rows_of(item))
    if article is None:
        return Packed(number, item.path, item.stamp, item.key, source, more=more)
    outlet = article.source.value if article.source else ""
    outlet_slug = _outlet_slug(outlet) if outlet else ""
    if shown := day_orders.row_of(article, outlet_slug):
        more = (*more, ("day_order", (number, *shown)))
    data, findings, summary = encode(article), encode(item.findings), _summary(article)
    mark = content_mark(data, findings, summary.encode("utf-8", "surrogatepass"))
    return Packed(
        number,
        item.path,
        item.stamp,
        item.key,
        source,
        _article(item, article, (outlet, outlet_slug), mark),
        (number, summary, encode(_shown(article, item.findings)), data, findings),
        tuple(_names(number, item.path, item.findings, article.body.text)),
        tuple(_entries(item, article.body.text)),
        (number, *pack_sketch(item.sketch)) if item.sketch.words else (),
        more,
    )


class Shown(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an article's page needs of its findings: sentences, and where names may be linked.

    A name is (start, end, name, kind).
    """

    sentences: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, str, Kind], ...]


def _shown(article: Article, findings: Findings) -> Shown:
    """Each name is linked once, where it stands first; if that is in another link, where it stands next."""
    found = [(m.start, m.end, m.name, m.kind) for m in findings.actors]
    if not any(style.name == "link" for style in article.body.styles):
        found = list({name[2:]: name for name in reversed(found)}.values())[::-1]
    return Shown(findings.sentences, tuple(found))


@lru_cache(maxsize=1024)
def _outlet_slug(outlet: str) -> str:
    return slugify(ARTICLE_WORD.sub("", outlet, count=1))


def _is_doubtful(article: Article, diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether a field of the article is in doubt or reading it gave a warning: what `review` calls doubtful."""
    fields = (article.title, article.source, article.byline, article.published, article.updated, article.captured)
    return any(known.doubt for known in (*fields, article.event_date) if known) or any(
        told.severity == "warning" for told in diagnostics
    )


def _article(item: Prepared, article: Article, outlet: tuple[str, str], mark: int) -> Row:
    """A row of `article`; its slug is the one wished for, as long as nobody else has it."""
    published = article.published and article.published.value
    first = published and _ordinal(published)
    language = article.language.value if article.language else ""
    rank = f"{f'{first:07}' if first else UNKNOWN_DAY} {published.text if published else ''} {item.path}"
    wish = slugify(article.slug or article.title.value)
    ref = encode(ArticleRef("", article.title.value, *outlet, article.published, item.event_date, language))
    own = mark_of(wish, ref, rank)
    return (
        item.number,
        item.path,
        wish,
        wish,
        outlet[1],
        outlet[0],
        _is_doubtful(article, item.diagnostics),
        published and published.text,
        published and published.unit,
        first,
        rank,
        ref,
        language,
        mark,
        own,
    )


def _names(number: int, path: str, findings: Findings, text: str) -> Iterable[tuple[Row, Row]]:
    """Rows of `spelling` and `name`, of each name and kind one; what says nothing is None."""
    forms: dict[tuple[str, Kind], dict[str, int]] = {key: {} for key in findings.stated}
    evidence: dict[tuple[str, Kind], int] = {}
    roles: dict[tuple[str, Kind], dict[str, None]] = {}
    quotes: dict[tuple[str, Kind], list[str]] = {}
    for quote in findings.quotes:
        quotes.setdefault((quote.name, quote.kind), []).append(" ".join(text[quote.start : quote.end].split()))
    for mention in findings.actors:
        key = (mention.name, mention.kind)
        evidence[key] = mention.evidence
        if mention.role:
            roles.setdefault(key, {})[mention.role] = None
        counts = forms.setdefault(key, {})
        form = text[mention.start : mention.end]
        counts[form] = counts.get(form, 0) + 1
    for key, found in forms.items():
        others = {form: times for form, times in found.items() if form != key[0]}
        row = (
            sum(found.values()),
            _json(others) if others else None,
            key in findings.stated,
            evidence.get(key, 0),
            _json(list(roles[key])) if key in roles else None,
            _json(quotes[key]) if key in quotes else None,
        )
        yield key, (number, *key, *row, mark_of(path, *key, *row))


def _entries(item: Prepared, text: str) -> Iterable[Row]:
    for s in item.statements:
        when, order = _columns(s.date.text)
        rank = f"{order} {item.path} {s.start:07}"
        sentence = " ".join(text[s.start : s.end].split())
        own = mark_of(rank, sentence, s.evidence, s.basis, s.mood, s.start)
        yield (item.number, *when, s.start, s.end, sentence, s.evidence, s.basis, s.mood, _json(s.actors), rank, own)


@lru_cache(maxsize=4096)
def _columns(text: str) -> tuple[Row, str]:
    """What the columns of an entry say of its date, and how it sorts."""
    date = parse(text)
    year = date.earliest.year if date.earliest else date.latest and date.latest.year
    first, width, doubt, _ = date.sort_key
    return (text, date.precision, first, date.unit, year), f"{first:07}{WIDEST + width}{doubt}{text}"


def _summary(article: Article) -> str:
    for block in article.body.blocks:
        if block.kind == "paragraph":
            text = " ".join(article.body.text[block.start : block.end].split())
            return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0] + " …"
    return ""


def _ordinal(date: Date) -> int | None:
    bound = date.earliest or date.latest
    return bound.toordinal() if bound else None


def _json(value: object) -> str:
    return encode(value).decode()
