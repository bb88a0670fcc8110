"""What was read and found, for other programs: the JSON of `inspect` and `export` (docs/contracts.md)."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from archivegen import detect, edtf
from archivegen.errors import OutputError, UsageError
from archivegen.leaks import refuse_leaks
from archivegen.model import Article, Findings, Known, Prepared
from archivegen.prepare import Settings
from archivegen.redaction import hide
from archivegen.slugs import slugify
from archivegen.store import Reader

__all__ = ["export_json", "inspect_json", "inspect_lines"]


def inspect_json(item: Prepared) -> dict[str, Any] | None:
    """Return the contract's object for one article, or None when it could not be read."""
    if item.article is None:
        return None
    article = item.article
    return {
        "path": item.path,
        "title": article.title.value,
        "source": _value(article.source),
        "byline": _value(article.byline),
        "language": _value(article.language),
        "published": article.published and article.published.value.text,
        "published_basis": article.published and article.published.basis,
        "published_evidence": article.published and article.published.evidence,
        "captured": article.captured and article.captured.value.text,
        "text": article.body.text,
        **_mentions(item.findings),
        "removed": [{"line": r.line, "text": r.text, "why": r.why} for r in article.removed],
    }


def inspect_lines(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, Any]]:
    """Answer {"id", "published", "text"} lines, one at a time; the text is taken character for character.

    Raises UsageError, with the line's number, for a line that is not such an object.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            text, published = given["text"], given.get("published")
            date = edtf.parse(published) if published else None
            if not isinstance(text, str):
                raise TypeError("`text` is not a string")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"standard input, line {number}: {error}",
                hint='each line is an object like {"id": "a", "published": "2018-08-21", "text": "..."}',
            ) from None
        findings = detect.detect(
            text, date, known=settings.names, want_dates=settings.want_dates, want_actors=settings.want_actors
        )
        yield {
            "id": given.get("id"),
            "path": None,
            "title": None,
            "source": None,
            "byline": None,
            "language": None,
            "published": date and date.text,
            "published_basis": "stated" if date else None,
            "published_evidence": published or None,
            "captured": None,
            "text": text,
            **_mentions(findings),
            "removed": [],
        }


def export_json(store: sqlite3.Connection, output: Path) -> None:
    """Write the whole archive as one JSON object, streamed: {"articles", "actors", "entries"}."""
    reader = Reader(store)
    temporary = output.with_name(f".{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write("{")
            _write_list(file, "articles", _articles(reader))
            file.write(",\n")
            _write_list(file, "actors", _actors(reader))
            file.write(",\n")
            _write_list(file, "entries", _entries(reader))
            file.write("}\n")
        refuse_leaks([(output.name, temporary)], reader.editorial.redactions(), reader.articles.texts())
        temporary.replace(output)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def export_to(store: sqlite3.Connection, stream: BinaryIO) -> None:
    """Write the same to a stream, once all of it is made and may be shown."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "export.json")
        export_json(store, whole)
        with whole.open("rb") as file:
            shutil.copyfileobj(file, stream)


def _mentions(findings: Findings) -> dict[str, Any]:
    return {
        "dates": [{"start": d.start, "end": d.end, "type": d.type, "value": d.value} for d in findings.dates],
        "actors": [
            {"start": a.start, "end": a.end, "id": slugify(a.name), "name": a.name, "kind": a.kind}
            for a in findings.actors
        ],
    }


def _articles(reader: Reader) -> Iterator[dict[str, Any]]:
    shown = _shown(reader)
    copies, stories, proposals = (
        reader.articles.firsts("copy"),
        reader.articles.firsts("story"),
        reader.articles.proposals(),
    )
    for slug, article, _ in reader.articles.all():
        proposed = proposals.get(article.path)
        seed = hide(article.seed, article.redact) if article.redact else article.seed
        yield (
            {"path": shown(article.path), "seed": seed}
            | _article_json(slug, article)
            | {
                "copy_of": shown(copies.get(article.path)),
                "story": shown(stories.get(article.path)),
                "proposed": proposed and proposed.date.text,
            }
        )


def _shown(reader: Reader) -> Callable[[str | None], str | None]:
    """What gives an article's path without the words that are to be redacted in it."""
    words: dict[str, list[str]] = {}
    for path, word in reader.editorial.redactions():
        words.setdefault(path, []).append(word)
    return lambda path: hide(path, words[path]) if path in words else path


def _article_json(slug: str, article: Article) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": article.title.value,
        "source": _value(article.source),
        "byline": _value(article.byline),
        "agency": _value(article.agency),
        "language": _value(article.language),
        "url": _value(article.url),
        "published": article.published and article.published.value.text,
        "published_basis": article.published and article.published.basis,
        "published_evidence": article.published and article.published.evidence,
        "updated": article.updated and article.updated.value.text,
        "captured": article.captured and article.captured.value.text,
        "sha256": article.provenance.sha256,
    }


def _actors(reader: Reader) -> Iterator[dict[str, Any]]:
    for actor in reader.actors.all():
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "aliases": list(actor.aliases),
            "articles": actor.articles,
            "mentions": actor.mentions,
            "page": actor.page,
        }


def _entries(reader: Reader) -> Iterator[dict[str, Any]]:
    shown = _shown(reader)
    for entry in reader.chronology.all():
        yield {
            "date": entry.date.text,
            "article": shown(entry.article),
            "text": entry.text,
            "start": entry.start,
            "end": entry.end,
            "basis": entry.basis,
            "mood": entry.mood,
            "actors": list(entry.actors),
            "outlets": entry.outlets,
            "repeats": entry.repeats,
        }


def _write_list(file: TextIO, name: str, items: Iterable[dict[str, Any]]) -> None:
    file.write(f'"{name}": [')
    for i, item in enumerate(items):
        file.write(",\n" if i else "\n")
        file.write(json.dumps(item, ensure_ascii=False))
    file.write("\n]")


def _value(known: Known[str] | None) -> str | None:
    return known.value if known else None
