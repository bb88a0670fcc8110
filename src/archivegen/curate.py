"""A seed -> a record for a person to correct: stated fields as front matter, doubtful ones as comments, the body."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from archivegen import records
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.errors import OutputError, UsageError
from archivegen.model import Article, Block, Body, Known, Prepared
from archivegen.sources import SEED_HASH, member_record, record_name

__all__ = ["record_text", "to_markdown", "write_record"]

FIELDS = ("title", "published", "updated", "captured", "source", "byline", "agency", "place", "language", "url")
KEPT = ("slug", "status", "notice")  # stated by front matter or a container; the slug is the article's address
ASK = {"published": "When was it published?", "source": "Which outlet is it from?", "byline": "Who wrote it?"}
# What Markdown would take for markup at the start of a line or anywhere in it.
LINE_START = re.compile(r"^(\d*)(?=(?:[#>+-]+|(?<=\d)[.)])(?:\s|$)|=+\s*$|~~~)")
INLINE = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w+;))")
FENCE = re.compile(r"`{3,}")


def write_record(config: Config, seed: Path, item: Prepared) -> Path:
    """Write the record of a seed, or of a member of one, and return its path. The seed stays as it is.

    Raises UsageError when there is a record already, or the file is not one of the site's seeds.
    """
    if not seed.is_relative_to(config.seeds):
        raise UsageError(f"{seed} is not in the seeds folder ({config.seeds})", hint="curate takes files from there")
    if item.article is None:
        raise UsageError(f"{seed} cannot be read as an article", hint="; ".join(str(d) for d in item.diagnostics))
    if item.container:
        name = item.path.removeprefix(f"{item.container}#")
        target = config.records / member_record(seed.relative_to(config.seeds).as_posix(), name)
    else:
        target = config.records / record_name(seed, config.seeds)
    if target.exists():
        raise UsageError(f"{target} is there already", hint="edit it, or remove it first to begin anew")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(record_text(item.article))
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}") from error
    return target


def record_text(article: Article) -> str:
    """Return the record's text: what is stated as fields, what is doubtful or missing as comments."""
    values: dict[str, Any] = {}
    comments: dict[str, str] = {}
    for name in FIELDS:
        known: Known[str] | Known[Date] | None = getattr(article, name)
        if known is None:
            if name in ASK:
                comments[name] = f"{ASK[name]} The page does not say.\n{name}:"
        elif known.doubt or (known.basis == "inferred" and name != "language"):
            words = f" (from “{known.evidence}”)" if known.evidence else ""
            comments[name] = (
                f"{known.doubt or 'Inferred, not stated'}{words}. If it is right, remove the #:\n{name}: {known.value}"
            )
        elif known.basis == "inferred":
            continue
        else:
            values[name] = str(known.value)
    if article.title.value and "title" not in values:
        values["title"] = article.title.value  # a record without a headline would take its first words for one
        comments["title"] = comments["title"].splitlines()[0].replace("remove the #", "leave it")
    if article.actors:
        values["actors"] = list(article.actors)
    values |= {name: kept for name in KEPT if (kept := getattr(article, name))}
    values |= dict(article.extra)
    values[SEED_HASH] = article.provenance.sha256
    return records.write_record(values, to_markdown(article.body), comments)


def to_markdown(body: Body) -> str:
    """Write a body as Markdown that reads back to the same text."""
    parts = []
    table = False
    for block in body.blocks:
        text = _block(block, body.text[block.start : block.end])
        if block.kind == "row" and not table:
            text += "\n|" + " --- |" * (text.count(" | ") + 1)
        joined = table and block.kind == "row"
        table = block.kind == "row"
        parts.append(f"\n{text}" if joined else f"\n\n{text}")
    return "".join(parts).strip("\n")


def _block(block: Block, text: str) -> str:
    if block.kind == "code":
        fence = max(["``", *FENCE.findall(text)], key=len) + "`"
        return f"{fence}\n{text}\n{fence}"
    if block.kind == "rule":
        return "---"
    flat = INLINE.sub(r"\\\1", " ".join(text.split()) if block.kind != "row" else text)
    if block.kind == "heading":
        return f"{'#' * max(2, block.level)} {flat}"
    if block.kind == "item":
        return f"{'  ' * (block.level - 1)}{'1.' if block.ordered else '-'} {flat}"
    if block.kind == "quote":
        return f"> {flat}"
    if block.kind == "row":
        return f"| {' | '.join(flat.split(chr(9)))} |"
    return LINE_START.sub(r"\1\\", flat, count=1)
