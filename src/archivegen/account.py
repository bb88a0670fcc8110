"""One article -> a readable account for the terminal: its fields and how each is known, what was removed, who, when."""

from __future__ import annotations

from collections.abc import Iterator

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, Known, Prepared

__all__ = ["FIELDS", "tell"]

# The article's fields in the order in which an editor asks for them, with what to call them.
FIELDS = (
    ("title", "headline"),
    ("source", "outlet"),
    ("byline", "byline"),
    ("agency", "agency"),
    ("place", "dateline"),
    ("language", "language"),
    ("url", "address"),
    ("published", "published"),
    ("updated", "updated"),
    ("captured", "saved"),
)
WIDTH = 100
WHY_WIDTH = 34


def tell(item: Prepared) -> str:
    """Return the account as lines of text."""
    if item.tombstone:
        return f"{item.path}: withdrawn; its readers are told: {item.tombstone.notice or 'nothing'}\n"
    if item.article is None:
        return f"{item.path}: could not be read\n"
    return "\n".join([*_fields(item.article, item.event_date), *_removed(item.article), *_found(item), ""])


def _fields(article: Article, event: Known[Date] | None) -> Iterator[str]:
    yield article.path if article.path == article.seed else f"{article.path} (stands for {article.seed})"
    yield ""
    for name, label in FIELDS:
        yield from _field(label, getattr(article, name))
    yield from _field("happened", event)
    words = len(article.body.text.split())
    yield f"  {'body':10} {words} words in {len(article.body.blocks)} blocks"


def _field(label: str, known: Known[str] | Known[Date] | None) -> Iterator[str]:
    if known is None:
        yield f"  {label:10} not stated"
        return
    value = edtf.show(known.value) if isinstance(known.value, Date) else known.value
    where = f", line {known.line}" if known.line else ""
    words = f" from “{shorten(known.evidence, 60)}”" if known.evidence and known.evidence != value else ""
    yield f"  {label:10} {value}"
    yield f"  {'':10} {known.basis}{words}{where}"
    if known.doubt:
        yield f"  {'':10} DOUBTFUL: {known.doubt}"


def _removed(article: Article) -> Iterator[str]:
    yield ""
    yield f"Removed: {len(article.removed)} lines"
    for item in article.removed:
        yield f"  {item.line:>5}  {shorten(item.why, WHY_WIDTH):{WHY_WIDTH}}  {shorten(item.text, 56)}"


def _found(item: Prepared) -> Iterator[str]:
    assert item.article
    text = item.article.body.text
    yield ""
    yield f"Dated statements: {len(item.statements)}"
    for statement in item.statements:
        marks = "".join(
            f" [{mark}]" for mark in (statement.mood, statement.basis) if mark not in ("happened", "stated")
        )
        yield f"  {statement.date.text:12} from “{statement.evidence}”{marks}"
        yield f"  {'':12} {shorten(text[statement.start : statement.end], WIDTH - 14)}"
    counts: dict[tuple[str, str], int] = {}
    for mention in item.findings.actors:
        counts[mention.name, mention.kind] = counts.get((mention.name, mention.kind), 0) + 1
    yield ""
    yield f"Actors: {len(counts)}"
    for (name, kind), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {count:>3}  {kind:12}  {name}"


def shorten(text: str, width: int) -> str:
    """Cut a text to a width, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"
