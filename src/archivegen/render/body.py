"""An article's body -> safe HTML: blocks, styles, actors linked once each, dated sentences with their dates.

Spans may overlap; each stretch between two boundaries opens and closes what it needs, so elements always nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

import msgspec
from markupsafe import Markup, escape

from archivegen.markup import parse_markdown
from archivegen.model import Block, BlockKind, Body
from archivegen.render.address import address, outside
from archivegen.render.escape import between_tags
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import BASES, MOODS, plain_date
from archivegen.views import Entry, NameLink

__all__ = ["body_html", "markdown_html"]

# Outer before inner: the order in which elements stand in each other.
DATED, LINK, NAME, STRONG, EM, CODE = range(6)
ANCHOR = re.compile(r"s([0-9]{1,12})")
STYLE_RANK = {"strong": STRONG, "em": EM, "code": CODE}


class Span(msgspec.Struct, frozen=True):
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
    spans = sorted(
        [*links, *_styles(body), *_names(names, links, root), *_dated(entries, sentences, root, tongue)],
        key=lambda span: (span.start, span.rank, span.end),
    )
    setter = _Setter(body.text, spans, tongue.gettext("Table"))
    groups = groupby(body.blocks, key=lambda block: block.kind)
    return Markup("\n".join(_GROUPS[kind](list(blocks), setter) for kind, blocks in groups))


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
            found.append(Span(LINK, style.start, style.end, f'<a href="{escape(href)}" rel="external">', "</a>"))
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
        if name.actor.slug in seen or name.start < reached or name.end <= name.start:
            continue
        if any(link.start < name.end and name.start < link.end for link in links):
            continue
        seen.add(name.actor.slug)
        reached = name.end
        href = root + address(name.actor)
        yield Span(NAME, name.start, name.end, f'<a class="actor" href="{href}">', "</a>")


def _dated(entries: Sequence[Entry], sentences: Sequence[tuple[int, int]], root: str, tongue: Tongue) -> Iterable[Span]:
    """Mark each sentence that has entries, once, with the dates it has.

    A date that is inferred from the sentence before stands there already, and is not said again.
    """
    said = ""
    ends = dict(sentences)
    by_start: dict[int, list[Entry]] = {}
    for entry in entries:
        if anchor := ANCHOR.fullmatch(entry.anchor):
            by_start.setdefault(int(anchor[1]), []).append(entry)
    for start, group in by_start.items():
        end = ends.get(start, start + len(group[0].text))
        if end > start:
            dates = "".join(_date(entry, root, tongue) for entry in {e.date.text: e for e in reversed(group)}.values())
            is_new = dates != said or any(entry.basis != "inferred" for entry in group)
            said = dates
            # bdi: the date's letters must not decide which way the article's text runs.
            margin = f'<bdi class="margin-date">{dates}</bdi>' if is_new else ""
            first = f'<span class="dated" id="s{start}">{margin}'
            yield Span(DATED, start, end, '<span class="dated">', "</span>", first)


def _date(entry: Entry, root: str, tongue: Tongue) -> str:
    mark = MOODS[entry.mood] or (BASES[entry.basis] if entry.basis == "inferred" else "")
    marked = f" <i>{tongue.gettext(mark)}</i>" if mark else ""
    return f'<a href="{root}{address(entry.date)}">{escape(plain_date(entry.date, tongue=tongue))}{marked}</a> '


class _Setter:
    """Sets stretches of the text in turn, with the spans that reach into each."""

    def __init__(self, text: str, spans: Sequence[Span], table: str) -> None:
        self.text = text
        self.table = table  # what a table is called
        self.spans = spans  # by where they start
        self.waiting = 0  # every span before this one has ended
        self.begun: set[Span] = set()

    def __call__(self, start: int, end: int) -> str:
        while self.waiting < len(self.spans) and self.spans[self.waiting].end <= start:
            self.waiting += 1
        inside: list[Span] = []
        for at in range(self.waiting, len(self.spans)):
            span = self.spans[at]
            if span.start >= end:
                break
            if span.end > start:
                inside.append(span)
        return self._pieces(start, end, inside) if inside else between_tags(self.text[start:end])

    def _pieces(self, start: int, end: int, inside: list[Span]) -> str:
        inside.sort(key=lambda span: span.rank)
        cuts = sorted({start, end, *(min(max(at, start), end) for s in inside for at in (s.start, s.end))})
        out: list[str] = []
        standing: list[Span] = []
        for left, right in pairwise(cuts):
            wanted = [span for span in inside if span.start <= left and right <= span.end]
            kept = 0
            while kept < min(len(standing), len(wanted)) and standing[kept] is wanted[kept]:
                kept += 1
            out += [span.close for span in reversed(standing[kept:])]
            out += [self._opening(span) for span in wanted[kept:]]
            out.append(between_tags(self.text[left:right]))
            standing = wanted
        out += [span.close for span in reversed(standing)]
        return "".join(out)

    def _opening(self, span: Span) -> str:
        if not span.first or span in self.begun:
            return span.open
        self.begun.add(span)
        return span.first


def _paragraphs(blocks: list[Block], setter: _Setter) -> str:
    return "\n".join(f"<p>{setter(block.start, block.end)}</p>" for block in blocks)


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
    head = f'<div class="table" role="region" aria-label="{escape(setter.table)}" tabindex="0"><table><tbody>'
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
