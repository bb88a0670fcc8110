"""The tree that trafilatura leaves of a page -> Body: text with blocks and styles."""

from __future__ import annotations

import re
from typing import Any

from archivegen.markup import safe_href
from archivegen.model import Block, BlockKind, Body, Style, StyleName

__all__ = ["body_from_tree", "without_first"]

SPACES = re.compile(r"\s+")
STYLES: dict[str, StyleName] = {"#b": "strong", "#i": "em"}
BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph",
    "head": "heading",
    "item": "item",
    "quote": "quote",
    "code": "code",
    "row": "row",
}


def body_from_tree(root: Any) -> Body:
    """Make a Body of trafilatura's elements: p, head, list, item, quote, code, table, row, cell, hi, ref, lb."""
    out = _Writer()
    out.element(root, "paragraph", 0, False)
    out.close()
    return Body("".join(out.parts), tuple(out.blocks), tuple(out.styles))


def without_first(body: Body) -> Body:
    """The body without its first block: a headline that is kept elsewhere."""
    if len(body.blocks) == 1:
        return Body("", ())
    cut = body.blocks[1].start
    blocks = tuple(Block(b.kind, b.start - cut, b.end - cut, b.level, b.ordered) for b in body.blocks[1:])
    styles = tuple(Style(s.name, s.start - cut, s.end - cut, s.href) for s in body.styles if s.start >= cut)
    return Body(body.text[cut:], blocks, styles)


class _Writer:
    """Collects text, blocks and styles with their offsets; white space is one space, blocks are a blank line apart."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.blocks: list[Block] = []
        self.styles: list[Style] = []
        self.start = 0
        self.kind: tuple[BlockKind, int, bool] = ("paragraph", 0, False)

    def element(self, node: Any, kind: BlockKind, depth: int, ordered: bool) -> None:
        """Write an element's own text and its children's."""
        tag = node.tag
        level = depth
        if tag == "list":
            depth, ordered = depth + 1, node.get("rend") == "ol"
        if tag in BLOCKS:
            inner = BLOCKS[tag]
            if not (inner == "paragraph" and kind in ("quote", "item")):
                kind = inner
            level = _level(node) if kind == "heading" else depth if kind == "item" else 0
        breaks = tag in BLOCKS or tag in ("list", "table", "body", "div")
        if breaks:
            self.close()
            self.kind = (kind, level, ordered and kind == "item")
        self.inline(node, kind, depth, ordered)
        if breaks:
            self.close()

    def inline(self, node: Any, kind: BlockKind, depth: int, ordered: bool) -> None:
        if node.tag == "lb":
            self.put(" ")
        self.put(node.text or "")
        for child in node:
            if isinstance(child.tag, str):
                self.child(child, kind, depth, ordered)
            self.put(child.tail or "")

    def child(self, node: Any, kind: BlockKind, depth: int, ordered: bool) -> None:
        """Write a child; emphasis and links become styles on the text they enclose."""
        before = self.kind
        if node.tag in ("hi", "ref"):
            start, first, blocks = self.at, len(self.parts), len(self.blocks)
            self.inline(node, kind, depth, ordered)
            if len(self.blocks) == blocks:
                self.style(node, start, first)
            return
        if node.tag == "cell" and self.at > self.start:
            self.put("\t")
        if node.tag == "graphic":
            return
        self.element(node, kind, depth, ordered)
        if self.start == self.at:
            self.kind = before

    def style(self, node: Any, start: int, first: int) -> None:
        text = "".join(self.parts[first:]) if self.at - start < 2000 else ""
        start += len(text) - len(text.lstrip())
        end = self.at - (len(text) - len(text.rstrip()))
        if not text.strip() or start < self.start:
            return
        if node.tag == "ref":
            if href := safe_href(node.get("target") or ""):
                self.styles.append(Style("link", start, end, href))
        elif name := STYLES.get(node.get("rend") or ""):
            self.styles.append(Style(name, start, end))

    def put(self, text: str) -> None:
        """Add text to the open block; white space at its beginning, or after a space, is dropped."""
        if text == "\t":
            shown = text
        else:
            shown = SPACES.sub(" ", text)
            if self.at == self.start or (self.parts and self.parts[-1][-1:] in (" ", "\t")):
                shown = shown.lstrip(" ")
        if shown:
            if self.at == self.start and self.blocks:
                self.parts.append("\n\n")
                self.at += 2
                self.start = self.at
            self.parts.append(shown)
            self.at += len(shown)

    def close(self) -> None:
        """End the open block, if it has words."""
        while self.at > self.start and self.parts[-1][-1:] in (" ", "\t"):
            last = self.parts.pop()
            kept = last.rstrip(" \t")
            self.at -= len(last) - len(kept)
            if kept:
                self.parts.append(kept)
        if self.at > self.start:
            self.blocks.append(Block(self.kind[0], self.start, self.at, self.kind[1], self.kind[2]))
            self.start = self.at
        self.kind = ("paragraph", 0, False)


def _level(node: Any) -> int:
    rend = node.get("rend") or "h2"
    return min(6, max(2, int(rend[1]))) if rend[1:2].isdigit() else 2
