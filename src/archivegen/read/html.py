"""A saved HTML page -> the article in it, through trafilatura; what the page declares wins over guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.model import Body, Known
from archivegen.read.blocks import body_from_tree, without_first
from archivegen.read.dateline import AGENCIES, parse_dateline
from archivegen.read.declared import Declared, read_declared
from archivegen.read.draft import Draft, first_words
from archivegen.read.language import language_of
from archivegen.read.left_out import left_out
from archivegen.read.lines import key
from archivegen.read.text import read_text
from archivegen.read.visible import plain_lines

__all__ = ["read_html"]

MAX_CHARS = 10_000_000  # a page over this is no article; parsing it would take minutes
TAG = re.compile(r"<[^<>]{0,2000}>")
SHORT = 400  # characters of a body below which the page's visible text is read as well
# htmldate takes the clock as its latest date unless told; the year is far away on purpose.
DATES: Mapping[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2099-12-31",
    "min_date": "1990-01-01",
}


def read_html(front: FrontMatter, path: str, language: str) -> Draft:
    """Read one HTML page."""
    # 0.45 s to import: only sites with HTML pay it.
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.utils import load_html  # noqa: PLC0415

    if len(front.body) > MAX_CHARS:
        message = "is too large for one HTML page"
        return Draft(body=Body("", ()), diagnostics=(Diagnostic(path, None, "error", "too-large", message),))
    tree = load_html(front.body)
    if tree is None:
        return _over_text(Draft(body=Body("", ())), front, path, language)
    declared = read_declared(tree, front.body)
    shown = plain_lines(tree)
    for program in tree.xpath("//h1//script | //h1//style"):
        program.drop_tree()  # trafilatura takes it for words of the headline
    document: Any = bare_extraction(
        tree,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        with_metadata=True,
        date_extraction_params=dict(DATES),
    )
    body = body_from_tree(document.body) if document is not None else Body("", ())
    title = declared.title or _guess(document, "title")
    while title and body.blocks and key(body.text[: body.blocks[0].end]) == key(title.value):
        body = without_first(body)
    draft = _draft(declared, document, body, title, language)
    if len(body.text) >= SHORT:
        removed = left_out(shown, body.text, title.value if title else "", front)
        return replace(draft, title=draft.title or first_words(body), removed=removed)
    return _over_text(draft, front, path, language)


def _over_text(draft: Draft, front: FrontMatter, path: str, language: str) -> Draft:
    """Read a page of a few lines, of which trafilatura sees too little, as its visible text is read."""
    from trafilatura.utils import load_html  # noqa: PLC0415 - see read_html

    tree = load_html(front.body)
    lines = TAG.sub("\n", front.body) if tree is None else plain_lines(tree)
    text = read_text(replace(front, body=lines, body_line=1), path, language)
    if draft.title is not None and len(text.body.text) <= len(draft.body.text):
        return draft
    fields = {}
    for name in ("title", "source", "byline", "agency", "place", "language", "published", "updated", "captured"):
        known = getattr(draft, name)
        if known is None or (known.basis == "inferred" and getattr(text, name) is not None):
            found = getattr(text, name)
            known = found and replace(found, line=None)  # its line is one of the text, not of the file
        fields[name] = known
    notes = tuple(replace(one, line=None) for one in text.diagnostics)
    return replace(draft, body=text.body, diagnostics=(*draft.diagnostics, *notes), **fields)


def _guess(document: Any, name: str) -> Known[str] | None:
    value = str(getattr(document, name, None) or "").strip()
    is_address = name == "sitename" and "://" in value
    return Known(value, "inferred", value) if value and not is_address else None


def _found_date(document: Any) -> Known[Date] | None:
    """The date that htmldate found in the page's text or address, where the page declares none.

    It makes the first of the month of a month alone, so a first is taken as the month.
    """
    written = str(getattr(document, "date", None) or "")
    date = edtf.try_parse(written.removesuffix("-01") if len(written) == 10 else written)
    return (
        Known(date, "inferred", written, None, "the page declares no date; this one was found in it") if date else None
    )


def _draft(declared: Declared, document: Any, body: Body, title: Known[str] | None, language: str) -> Draft:
    dateline = parse_dateline(body.text[:300])
    evidence = body.text[:80]
    agency = Known(dateline.agency, "stated", evidence) if dateline and dateline.agency else None
    byline = declared.byline or _guess(document, "author")
    if agency is None and byline and (name := AGENCIES.get(byline.value.lower())):
        agency = Known(name, byline.basis, byline.evidence, byline.line)
    return Draft(
        body=body,
        title=title,
        source=declared.source or _guess(document, "sitename"),
        byline=byline,
        agency=agency,
        place=Known(dateline.place, "stated", evidence) if dateline and dateline.place else None,
        language=declared.language or language_of(body.text, language),
        url=declared.url or _guess(document, "url"),
        published=declared.published or _found_date(document),
        updated=declared.updated,
        extra=declared.extra,
    )
