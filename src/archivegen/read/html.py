"""A saved HTML page -> the article in it, through trafilatura; what the page declares wins over guesses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.model import Body, Known
from archivegen.read.blocks import body_from_tree
from archivegen.read.dateline import AGENCIES, parse_dateline
from archivegen.read.declared import Declared, read_declared
from archivegen.read.draft import Draft

__all__ = ["read_html"]

MAX_CHARS = 10_000_000  # a page over this is no article; parsing it would take minutes
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
        return Draft(body=Body("", ()))
    declared = read_declared(tree, front.body)
    document: Any = bare_extraction(
        tree,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        with_metadata=True,
        date_extraction_params=dict(DATES),
    )
    body = body_from_tree(document.body) if document is not None else Body("", ())
    return _draft(declared, document, body)


def _draft(declared: Declared, document: Any, body: Body) -> Draft:
    def guess(name: str) -> Known[str] | None:
        value = str(getattr(document, name, None) or "").strip()
        return Known(value, "inferred", value) if value else None

    dateline = parse_dateline(body.text[:300])
    evidence = body.text[:80]
    agency = Known(dateline.agency, "stated", evidence) if dateline and dateline.agency else None
    byline = declared.byline or guess("author")
    if agency is None and byline and (name := AGENCIES.get(byline.value.lower())):
        agency = Known(name, byline.basis, byline.evidence, byline.line)
    return Draft(
        body=body,
        title=declared.title or guess("title"),
        source=declared.source or guess("sitename"),
        byline=byline,
        agency=agency,
        place=Known(dateline.place, "stated", evidence) if dateline and dateline.place else None,
        language=declared.language,
        url=declared.url or guess("url"),
        published=declared.published,
        updated=declared.updated,
        extra=declared.extra,
    )
