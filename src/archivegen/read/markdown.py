"""A curated Markdown file -> the article: its body as written, its title from front matter or first heading."""

from __future__ import annotations

import re

from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.markup import parse_markdown
from archivegen.model import Body, Known
from archivegen.read.blocks import without_first
from archivegen.read.dateline import parse_dateline
from archivegen.read.draft import Draft, first_words
from archivegen.read.fragment import read_clean_text
from archivegen.read.lines import is_crowded, split_lines

__all__ = ["read_markdown"]

TOO_MANY = "has too many short lines to be read as Markdown; they are taken as plain text"
HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+\S|\S.*\n\s{0,3}(?:=+|-+)\s*$)", re.MULTILINE)


def read_markdown(front: FrontMatter, path: str, language: str) -> Draft:
    """Read Markdown without taking anything off it, save a first heading that is the title."""
    told: tuple[Diagnostic, ...] = ()
    if is_crowded(front.body):  # what Markdown makes of a line takes five hundred times as much memory as the line
        body = read_clean_text("\n\n".join([line.text for line in split_lines(front.body)]))
        told = (Diagnostic(path, None, "note", "not-markdown", TOO_MANY, "split it, one article a file"),)
    else:
        body = parse_markdown(front.body)
    title = None
    if "title" not in front.texts:
        title, body = _title_of(front, body)
    dateline = parse_dateline(body.text[:300])
    evidence = body.text[:80]
    return Draft(
        body=body,
        title=title,
        place=Known(dateline.place, "stated", evidence) if dateline and dateline.place else None,
        agency=Known(dateline.agency, "stated", evidence) if dateline and dateline.agency else None,
        diagnostics=told,
    )


def _title_of(front: FrontMatter, body: Body) -> tuple[Known[str] | None, Body]:
    first = next((block for block in body.blocks if block.kind != "rule"), None)
    if first is None:
        return None, body
    text = body.text[first.start : first.end]
    if first.kind == "heading" and first is body.blocks[0]:
        found = HEADING.search(front.body)
        line = front.body_line + (front.body.count("\n", 0, found.end()) if found else 0)
        return Known(text, "stated", text, line), without_first(body)
    return first_words(body), body
