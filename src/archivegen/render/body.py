"""An article's body -> safe HTML: blocks, styles, actors linked once each, dated sentences with their dates.

Spans may overlap; where they cross they are cut, so that elements always nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from archivegen.edtf import parse
from archivegen.markup import parse_markdown
from archivegen.model import Block, BlockKind, Body
from archivegen.render.address import address, outside, quoted_path
from archivegen.render.escape import between_tags, in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import BASES, MOODS, plain_date
from archivegen.views import Entry, NameLink

__all__ = ["body_html", "markdown_html"]

# Outer before inner: the order in which elements stand in each other.
DATED, LINK, NAME, STRONG, EM, CODE = range(6)
ANCHOR = re.compile(r"s([0-9]{1,12})")
RANK = attrgetter("rank")
STYLE_RANK = {"strong": STRONG, "em": EM, "code": CODE}


class Span(msgspec.Struct, frozen=True, gc=False):
    """An element over a stretch of the text. `first`, if any, opens its first piece instead of `open`."""

    rank: int
    start: int
    end: int
    open: str
    close: str
    first: str = ""


def body_html(
    body: Body,
    names: Sequence[NameLink],
    entries: Sequence[Entry],
    sentences: Sequence[tuple[int, int]],
    *,
    root: str,
    tongue: Tongue = ENGLISH,
) -> Markup:
    """Set an article's text. `root` is the way from its page to the site's root."""
    links = _links(body)
    spans = [*links, *_styles(body), *_names(names, links, root), *_dated(entries, sentences, root, tongue)]
    spans.sort(key=lambda span: (span.start, span.rank, span.end))
    setter = _Setter(body.text, _nested(spans), tongue.gettext("Table"))
    groups = groupby(body.blocks, key=attrgetter("kind"))
    return Markup("\n".join([_GROUPS[kind](list(blocks), setter) for kind, blocks in groups]))


@lru_cache(maxsize=16)
def markdown_html(text: str) -> Markup:
    """Set a text of the site's own, as Markdown: every page asks for the same one or two."""
    return body_html(parse_markdown(text), (), (), (), root="")


def _links(body: Body) -> list[Span]:
    """Links of the text itself; of two that overlap the first counts, because links do not nest."""
    found: list[Span] = []
    reached = 0
    for style in sorted((s for s in body.styles if s.name == "link"), key=lambda s: (s.start, -s.end)):
        href = outside(style.href)
        if href and style.start >= reached and style.end > style.start:
            found.append(Span(LINK, style.start, style.end, f'<a href="{in_quotes(href)}" rel="external">', "</a>"))
            reached = style.end
    return found


def _styles(body: Body) -> Iterable[Span]:
    for style in body.styles:
        if style.name in STYLE_RANK and style.end > style.start:
            yield Span(STYLE_RANK[style.name], style.start, style.end, f"<{style.name}>", f"</{style.name}>")


def _names(names: Sequence[NameLink], links: Sequence[Span], root: str) -> Iterable[Span]:
    """Link each actor where it is first named outside a link."""
    seen: set[str] = set()
    reached = 0
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        start, end, slug = name.start, name.end, name.actor.slug
        if slug in seen or start < reached or end <= start:
            continue
        if links and any(link.start < end and start < link.end for link in links):
            continue
        seen.add(slug)
        reached = end
        yield Span(NAME, start, end, _to_actor(slug, root), "</a>")


@lru_cache(maxsize=4096)
def _to_actor(slug: str, root: str) -> str:
    return f'<a class="actor" href="{root}actors/{quoted_path(slug)}/index.html">'


def _dated(entries: Sequence[Entry], sentences: Sequence[tuple[int, int]], root: str, tongue: Tongue) -> Iterable[Span]:
    """Mark each sentence that has entries, once, with the dates it has.

    A date that is inferred from the sentence before stands there already, and is not said again.
    """
    said = ""
    ends = dict(sentences) if entries else {}
    by_start: dict[int, list[Entry]] = {}
    for entry in entries:
        if anchor := ANCHOR.fullmatch(entry.anchor):
            by_start.setdefault(int(anchor[1]), []).append(entry)
    for start, group in by_start.items():
        end = ends.get(start, start + len(group[0].text))
        if end > start:
            dates = _dates(group, root, tongue)
            is_new = dates != said or any(entry.basis != "inferred" for entry in group)
            said = dates
            # bdi: the date's letters must not decide which way the article's text runs.
            margin = f'<bdi class="margin-date">{dates}</bdi>' if is_new else ""
            first = f'<span class="dated" id="s{start}">{margin}'
            yield Span(DATED, start, end, '<span class="dated">', "</span>", first)


def _dates(entries: Sequence[Entry], root: str, tongue: Tongue) -> str:
    if len(entries) == 1:
        return _date(entries[0], root, tongue)
    by_text = {entry.date.text: entry for entry in reversed(entries)}
    return "".join([_date(entry, root, tongue) for entry in by_text.values()])


def _date(entry: Entry, root: str, tongue: Tongue) -> str:
    mark = MOODS[entry.mood] or (BASES[entry.basis] if entry.basis == "inferred" else "")
    return _marked_date(entry.date.text, mark, root, tongue)


@lru_cache(maxsize=4096)
def _marked_date(text: str, mark: str, root: str, tongue: Tongue) -> str:
    marked = f" <i>{tongue.gettext(mark)}</i>" if mark else ""
    date = parse(text)
    return f'<a href="{root}{address(date)}">{in_quotes(plain_date(date, tongue=tongue))}{marked}</a> '


def _nested(spans: list[Span]) -> list[Span]:
    """Cut spans where they cross, or where an outer element begins within an inner one. Mostly none do."""
    standing: list[Span] = []
    for span in spans:
        while standing and standing[-1].end <= span.start:
            standing.pop()
        if standing and (span.end > standing[-1].end or span.rank < standing[-1].rank):
            return _cut(spans)
        standing.append(span)
    return spans


def _cut(spans: Sequence[Span]) -> list[Span]:
    """Cut spans so that they nest: between two places where one begins or ends, the outer stand around the inner."""
    pieces: list[Span] = []
    standing: list[Span] = []
    numbers: list[int] = []  # of the pieces that stand
    waiting = 0
    for at in sorted({place for span in spans for place in (span.start, span.end)}):
        wanted = [span for span in standing if span.end > at]
        while waiting < len(spans) and spans[waiting].start <= at:
            wanted.append(spans[waiting])
            waiting += 1
        wanted.sort(key=RANK)
        kept = 0
        while kept < min(len(standing), len(wanted)) and standing[kept] is wanted[kept]:
            kept += 1
        for number in numbers[kept:]:
            pieces[number] = replace(pieces[number], end=at)
        numbers[kept:] = range(len(pieces), len(pieces) + len(wanted) - kept)
        pieces += [replace(span, start=at) for span in wanted[kept:]]
        standing = wanted
    return pieces


class _Setter:
    """Sets stretches of the text in turn, with the spans that reach into each; these nest, the outer first."""

    def __init__(self, text: str, spans: Sequence[Span], table: str) -> None:
        self.text = text
        self.table = table  # what a table is called
        self.spans = spans
        self.next = 0  # the first span that no stretch has reached yet
        self.open: list[Span] = []  # what may reach beyond the last stretch
        self.begun: set[str] = set()  # what can open but once

    def __call__(self, start: int, end: int) -> str:
        text, spans, number = self.text, self.spans, self.next
        is_plain = not self.open and (number == len(spans) or spans[number].start >= end)
        if is_plain or start == end:  # around nothing there is no element
            return between_tags(text[start:end])
        standing = [span for span in self.open if span.end > start]
        out = [span.open for span in standing]
        at = start
        while number < len(spans) and (span := spans[number]).start < end:
            number += 1
            if span.end <= start:
                continue
            while standing and standing[-1].end <= span.start:
                inner = standing.pop()
                out += (between_tags(text[at : inner.end]), inner.close)
                at = inner.end
            if at < span.start:
                out.append(between_tags(text[at : span.start]))
                at = span.start
            out.append(self._opening(span) if span.first else span.open)
            standing.append(span)
        self.next, self.open = number, standing
        for span in reversed(standing):
            stop = min(span.end, end)
            out += (between_tags(text[at:stop]), span.close)
            at = stop
        out.append(between_tags(text[at:end]))
        return "".join(out)

    def _opening(self, span: Span) -> str:
        if span.first in self.begun:
            return span.open
        self.begun.add(span.first)
        return span.first


def _paragraphs(blocks: list[Block], setter: _Setter) -> str:
    return "\n".join([f"<p>{setter(block.start, block.end)}</p>" for block in blocks])


def _headings(blocks: list[Block], setter: _Setter) -> str:
    out = []
    for block in blocks:
        level = min(max(block.level, 2), 6)
        out.append(f"<h{level}>{setter(block.start, block.end)}</h{level}>")
    return "\n".join(out)


def _quotes(blocks: list[Block], setter: _Setter) -> str:
    return f"<blockquote>\n{_paragraphs(blocks, setter)}\n</blockquote>"


def _code(blocks: list[Block], setter: _Setter) -> str:
    return "\n".join(f"<pre><code>{setter(block.start, block.end)}</code></pre>" for block in blocks)


def _rules(blocks: list[Block], setter: _Setter) -> str:
    return "\n".join("<hr>" for _ in blocks)


def _rows(blocks: list[Block], setter: _Setter) -> str:
    rows = []
    for block in blocks:
        at, cells = block.start, []
        for cell in setter.text[block.start : block.end].split("\t"):
            cells.append(f"<td>{setter(at, at + len(cell))}</td>")
            at += len(cell) + 1
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = f'<div class="table" role="region" aria-label="{in_quotes(setter.table)}" tabindex="0"><table><tbody>'
    return "\n".join([head, *rows, "</tbody></table></div>"])


def _items(blocks: list[Block], setter: _Setter) -> str:
    """Group items into lists by their depth; a depth that is left out opens no empty list."""
    out: list[str] = []
    standing: list[tuple[int, str]] = []  # depth and element of each open list
    for block in blocks:
        tag = "ol" if block.ordered else "ul"
        while standing and (
            standing[-1][0] > block.level or (standing[-1][0] == block.level and standing[-1][1] != tag)
        ):
            out.append(f"</li></{standing.pop()[1]}>")
        if standing and standing[-1][0] == block.level:
            out.append("</li>\n<li>")
        else:
            standing.append((block.level, tag))
            out.append(f"<{tag}>\n<li>")
        out.append(setter(block.start, block.end))
    out += [f"</li></{tag}>" for _, tag in reversed(standing)]
    return "".join(out)


_GROUPS: dict[BlockKind, Callable[[list[Block], _Setter], str]] = {
    "paragraph": _paragraphs,
    "heading": _headings,
    "item": _items,
    "quote": _quotes,
    "code": _code,
    "row": _rows,
    "rule": _rules,
}
