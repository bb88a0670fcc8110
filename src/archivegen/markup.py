"""Markdown -> Body: plain text with its blocks and styles, so that every later stage works on one text with offsets.

CommonMark with tables; HTML in it is taken as text; links only to http, https and mailto.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archivegen.model import Block, BlockKind, Body, Style, StyleName

__all__ = ["parse_markdown", "safe_href"]

SAFE_SCHEME = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
# Anything that Markdown could take for more than words: signs of its own and characters that it changes, anywhere; at
# a line's start other signs, spaces and numbers. Rather too much than too little: the parser then decides.
SIGNS = "*_`[]<>&\\|\0\t\r"
LINE_SIGN = re.compile(r"\s|[#+=:~-]|\d{1,9}[.)]")
BREAKS = re.compile(r"\n\n+")
STYLES: dict[str, StyleName] = {"strong": "strong", "em": "em", "link": "link"}


def safe_href(href: str) -> str:
    """Return the link if it is http, https or mailto, else an empty string."""
    return href if SAFE_SCHEME.fullmatch(href) else ""


def parse_markdown(text: str) -> Body:
    """Parse Markdown into a Body. Never raises; what is not Markdown is text."""
    if plain := _plain(text):
        return plain
    out = _Writer()
    for token in _parser().parse(text):
        if handle := out.handlers.get(token.type):
            handle(token)
    end = out.blocks[-1].end if out.blocks else 0  # an empty heading leaves but a gap
    return Body("".join(out.parts)[:end], tuple(out.blocks), tuple(out.styles))


def _plain(text: str) -> Body | None:
    """Paragraphs alone, which need no parser; None where there may be more."""
    for sign in SIGNS:  # one by one, which takes a tenth of the time of looking for any of them
        if sign in text:
            return None
    text = text.strip("\n")
    blocks: list[Block] = []
    start = at = 0  # of the paragraph and of the line
    is_wrapped = False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[end - 1].isspace() or (not text[at].isalpha() and LINE_SIGN.match(text, at)):
            return None
        following = text[end + 1 : end + 3]
        if following == "\n\n":
            return _plain(BREAKS.sub("\n\n", text))
        if following[:1] in ("\n", ""):
            blocks.append(Block("paragraph", start, end))
            start = at = end + 2
        else:
            is_wrapped = True
            at = end + 1
    if is_wrapped:
        text = "\n\n".join([part.replace("\n", " ") for part in text.split("\n\n")])
    return Body(text, tuple(blocks))


class _Writer:
    """Collects text, blocks and styles with their offsets."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.blocks: list[Block] = []
        self.styles: list[Style] = []
        self.lists: list[bool] = []  # of each open list: is it numbered?
        self.quotes = 0
        self.heading = 0
        self.row: list[Token] | None = None
        self.handlers: dict[str, Callable[[Token], None]] = {
            "bullet_list_open": lambda _: self.lists.append(False),
            "ordered_list_open": lambda _: self.lists.append(True),
            "bullet_list_close": self._close_list,
            "ordered_list_close": self._close_list,
            "blockquote_open": self._quote,
            "blockquote_close": self._quote,
            "heading_open": self._heading,
            "heading_close": self._heading,
            "fence": lambda token: self._block("code", token.content.rstrip("\n")),
            "code_block": lambda token: self._block("code", token.content.rstrip("\n")),
            "hr": lambda _: self._block("rule", ""),
            "tr_open": self._open_row,
            "tr_close": self._close_row,
            "inline": self._inline,
        }

    def _close_list(self, _: Token) -> None:
        self.lists.pop()

    def _quote(self, token: Token) -> None:
        self.quotes += token.nesting

    def _heading(self, token: Token) -> None:
        self.heading = max(2, int(token.tag[1])) if token.nesting == 1 else 0

    def _open_row(self, _: Token) -> None:
        self.row = []

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def _block(self, kind: BlockKind, text: str) -> None:
        self._gap()
        start = self.at
        self._put(text)
        self.blocks.append(Block(kind, start, self.at))

    def _inline(self, token: Token) -> None:
        """Add a block from an inline token, or keep it for the table row that is open."""
        if self.row is not None:
            self.row.append(token)
            return
        self._gap()
        start = self.at
        self._spans(token)
        if self.at == start:
            return
        if self.heading:
            block = Block("heading", start, self.at, self.heading)
        elif self.lists:
            block = Block("item", start, self.at, len(self.lists), self.lists[-1])
        else:
            block = Block("quote" if self.quotes else "paragraph", start, self.at)
        self.blocks.append(block)

    def _close_row(self, _: Token) -> None:
        cells, self.row = self.row or [], None
        self._gap()
        start = self.at
        for i, cell in enumerate(cells):
            if i:
                self._put("\t")
            self._spans(cell)
        self.blocks.append(Block("row", start, self.at))

    def _gap(self) -> None:
        if self.at and not self.parts[-1].endswith("\n\n"):
            self._put("\n\n")

    def _spans(self, inline: Token) -> None:
        open_styles: list[tuple[StyleName, int, str]] = []
        for token in inline.children or ():
            name = STYLES.get(token.type.rpartition("_")[0])
            if name and token.nesting == 1:
                open_styles.append((name, self.at, safe_href(str(token.attrGet("href") or ""))))
            elif name and token.nesting == -1:
                style, start, href = open_styles.pop()
                if self.at > start and (style != "link" or href):
                    self.styles.append(Style(style, start, self.at, href))
            elif token.type == "code_inline":
                self.styles.append(Style("code", self.at, self.at + len(token.content)))
                self._put(token.content)
            elif token.type in ("softbreak", "hardbreak"):
                self._put(" ")
            elif token.type == "image":  # pictures are not kept: their description stands for them, and says so
                words = " ".join(token.content.split())
                self._put(f"[Picture: {words}]" if words else "[Picture]")
            else:
                self._put(token.content.replace("\n", " "))


@cache
def _parser() -> MarkdownIt:
    # Autolinks of bare addresses need another package; a link in angle brackets works.
    return MarkdownIt("commonmark", {"html": False}).enable("table")
