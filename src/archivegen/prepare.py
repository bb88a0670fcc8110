"""One source -> all that can be known of it alone: the article, what its text mentions, its statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from archivegen import __version__, detect, read
from archivegen.authority import Authority
from archivegen.config import Config
from archivegen.detect import NameIndex
from archivegen.errors import Diagnostic
from archivegen.model import Article, Findings, Prepared
from archivegen.sources import Source
from archivegen.timeline import statements as timeline_statements

__all__ = ["Settings", "find", "fingerprint", "prepare", "settings_for"]

NOTHING = Findings((), (), ())


@dataclass(frozen=True, slots=True)
class Settings:
    """What reading one article depends on beside its bytes. `version` changes whenever any of it does."""

    language: str
    names: NameIndex
    want_dates: bool
    want_actors: bool
    version: str


def settings_for(config: Config, authority: Authority) -> Settings:
    """Gather what reading depends on."""
    version = fingerprint(
        [
            __version__,
            read.VERSION,
            detect.VERSION,
            timeline_statements.VERSION,
            config.language,
            repr(config.detect),
            repr(authority.actors),
            repr(sorted(authority.ignore)),
        ]
    )
    return Settings(config.language, detect.index_names(authority), config.detect.dates, config.detect.actors, version)


def prepare(settings: Settings, source: Source) -> Prepared:
    """Read one source and find all it says. Never raises: what goes wrong is in the diagnostics."""
    try:
        raw = source.file.read_bytes()
    except OSError as error:
        fault = Diagnostic(source.path, None, "error", "unreadable", f"cannot be read: {error.strerror}")
        return _unread(source, "", (fault,))
    key = f"{settings.version} {hashlib.sha256(raw).hexdigest()} {source.seed}"
    reading = read.read_article(raw, source.path, seed=source.seed, language=settings.language)
    article = reading.article
    faults = reading.diagnostics
    if article and (left_out := _left_out(article)):
        article, faults = None, (*faults, left_out)
    if article is None:
        return _unread(source, key, faults)
    findings = find(settings, article)
    statements = timeline_statements.make_statements(article, findings)
    event = timeline_statements.event_date(article, statements, findings)
    return Prepared(source.path, source.seed, source.stamp, key, faults, article, findings, statements, event)


def find(settings: Settings, article: Article) -> Findings:
    """Find sentences, dates and names in an article's text."""
    return detect.detect(
        article.body.text,
        article.published.value if article.published else None,
        known=settings.names,
        stated=article.actors,
        want_dates=settings.want_dates,
        want_actors=settings.want_actors,
    )


def _left_out(article: Article) -> Diagnostic | None:
    """Until tombstones and redaction are here, what asks for them is kept off the site rather than shown whole."""
    if article.status == "withdrawn":
        return Diagnostic(article.path, None, "note", "withdrawn", "is withdrawn, so it is left out of the site")
    if article.redact:
        message = "asks for `redact`, which this version cannot do, so it is left out of the site"
        return Diagnostic(article.path, None, "error", "redact", message, "take the words out of a record instead")
    return None


def _unread(source: Source, key: str, faults: tuple[Diagnostic, ...]) -> Prepared:
    return Prepared(source.path, source.seed, source.stamp, key, faults, None, NOTHING, (), None)


def fingerprint(parts: Iterable[str]) -> str:
    """Return a hash of texts, which tells whether anything that they stand for changed."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
