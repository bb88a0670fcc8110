"""The body of an article as markup or clean text, without a page around it -> Body: all of it, in its own blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archivegen.model import Block, Body
from archivegen.read.blocks import body_from_tree

__all__ = ["read_clean_text", "read_fragment"]

# HTML's elements -> those of trafilatura's trees, which body_from_tree knows.
TAGS = {
    "h1": "head", "h2": "head", "h3": "head", "h4": "head", "h5": "head", "h6": "head",
    "p": "p", "div": "div", "section": "div", "article": "div", "figure": "div", "dl": "div", "dt": "p", "dd": "p",
    "ul": "list", "ol": "list", "li": "item", "blockquote": "quote", "pre": "code",
    "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "b": "hi", "strong": "hi", "i": "hi", "em": "hi", "a": "ref", "br": "lb",
}  # fmt: skip
RENDS = {"b": "#b", "strong": "#b", "i": "#i", "em": "#i", "ol": "ol", "ul": "ul"}
# What is no text of the article, and would say nothing without what it embeds.
DROPPED = (
    "script", "style", "noscript", "iframe", "object", "embed", "form", "button", "select", "svg", "video", "audio",
    "figcaption", "template", "head", "title",
)  # fmt: skip
BLOCKS = (
    "p|div|h[1-6]|ul|ol|li|blockquote|pre|table|thead|tbody|tr|td|th|hr|figure|section|article|dl|dt|dd|script|style"
)
AT_BLOCK = re.compile(rf"</?(?:{BLOCKS})\b", re.IGNORECASE)
OPENING = re.compile(rf"(<(?:{BLOCKS})\b[^<>]*>)", re.IGNORECASE)
CLOSING = re.compile(rf"(</(?:{BLOCKS})\s*>)", re.IGNORECASE)
VERBATIM = re.compile(r"<(?:pre|script|style)\b", re.IGNORECASE)
VERBATIM_END = re.compile(r"</(?:pre|script|style)\s*>", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
# WordPress's shortcodes: a caption goes with its picture, of others only what they enclose stays.
CAPTION = re.compile(r"\[caption\b")
CAPTION_END = re.compile(r"\[/caption\]")
SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|video|audio|playlist|wp_caption|more|nextpage|contact-form[\w-]{0,20})\b[^\[\]]{0,500}\]"
)
SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")


def read_fragment(text: str, *, autop: bool = False) -> Body:
    """Read the HTML of a body. `autop`: blank lines are paragraphs and line ends are breaks, as WordPress stores it."""
    from lxml import etree, html  # noqa: PLC0415  # 50 ms to import: only sites with HTML pay it

    if autop:
        outside = (part for part, is_within in _enclosed(text, CAPTION, CAPTION_END) if not is_within)
        text = _paragraphs(SHORTCODE.sub("", "".join(outside)))
    try:
        root: Any = html.document_fromstring(f"<body>{text}</body>", parser=html.HTMLParser(encoding=None))
    except (etree.ParserError, ValueError):
        return Body("", ())
    body = root.find("body")
    body = root if body is None else body
    _convert(body)
    return body_from_tree(body)


def read_clean_text(text: str) -> Body:
    """Read clean text: paragraphs are apart by blank lines; where there are none, every line is one, unless wrapped."""
    parts = BLANK_LINES.split(text.strip())
    if len(parts) == 1:
        lines = [line.strip() for line in parts[0].split("\n") if line.strip()]
        ended = sum(bool(SENTENCE_END.search(line)) for line in lines[:-1])
        parts = lines if ended * 2 >= len(lines) - 1 else parts
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    for part in parts:
        if paragraph := " ".join(part.split()):
            blocks.append(Block("paragraph", at, at + len(paragraph)))
            out.append(paragraph)
            at += len(paragraph) + 2
    return Body("\n\n".join(out), tuple(blocks))


def _convert(body: Any) -> None:
    """Give every element the name and attributes that body_from_tree knows."""
    for node in list(body.iter()):
        if node is body:
            node.tag = "body"
        elif not isinstance(node.tag, str) or node.tag in DROPPED:
            _drop(node)
    for node in list(body.iterdescendants()):
        tag = node.tag
        name = TAGS.get(tag, "span")
        href = node.get("href", "")
        node.attrib.clear()
        node.tag = name
        if name == "head":
            node.set("rend", tag)
        elif tag in RENDS:
            node.set("rend", RENDS[tag])
        elif name == "ref" and href:
            node.set("target", href)


def _drop(node: Any) -> None:
    """Take an element out but leave the text after it."""
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail or ""
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _paragraphs(text: str) -> str:
    """Put <p> around stretches between blank lines and blocks, and <br> at other line ends (WordPress's wpautop)."""
    out = []
    for part, is_verbatim in _enclosed(text.replace("\r\n", "\n"), VERBATIM, VERBATIM_END):
        if is_verbatim:
            out.append(part)
            continue
        spaced = CLOSING.sub(r"\1\n\n", OPENING.sub(r"\n\n\1", part))
        pieces = (piece.strip() for piece in BLANK_LINES.split(spaced))
        out += [piece if AT_BLOCK.match(piece) else f"<p>{_with_breaks(piece)}</p>" for piece in pieces if piece]
    return "".join(out)


def _enclosed(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Split a text into what lies outside of two marks and within (True), in one pass."""
    at = 0
    while (first := begin.search(text, at)) and (last := end.search(text, first.end())):
        yield text[at : first.start()], False
        yield text[first.start() : last.end()], True
        at = last.end()
    yield text[at:], False


def _with_breaks(piece: str) -> str:
    return piece.replace("\n", "<br>")
