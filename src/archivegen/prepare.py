"""One source, or one member of a container -> all that can be known of it alone: article, mentions, statements."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archivegen import __version__, detect, read, redaction
from archivegen.authority import Authority
from archivegen.config import Config
from archivegen.detect import NameIndex
from archivegen.errors import Diagnostic
from archivegen.model import Article, Findings, Prepared, Sketch, Tombstone
from archivegen.read import Member
from archivegen.slugs import slugify
from archivegen.sources import Source, member_path
from archivegen.timeline import statements as timeline_statements
from archivegen.timeline import stories

__all__ = [
    "Part",
    "Settings",
    "Work",
    "find",
    "fingerprint",
    "parts",
    "prepare",
    "prepare_all",
    "settings_for",
    "summary_of",
]

NOTHING = Findings((), (), ())
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
MOST = 1 << 16  # bytes that are read at once


class Settings(msgspec.Struct, frozen=True):
    """What reading one article depends on beside its bytes. `version` changes whenever any of it does."""

    language: str
    names: NameIndex
    want_dates: bool
    want_actors: bool
    version: str
    columns: Mapping[str, str] = msgspec.field(default_factory=dict)


class Part(msgspec.Struct, frozen=True):
    """A member of a container, to be read. `path` is its own, `key` names its content and the settings."""

    path: str
    container: str
    key: str
    member: Member
    number: int = 0


Work = Source | Part | Prepared  # what is prepared already passes through, in its turn


def settings_for(config: Config, authority: Authority) -> Settings:
    """Gather what reading depends on."""
    version = fingerprint(
        [
            __version__,
            read.VERSION,
            detect.VERSION,
            timeline_statements.VERSION,
            stories.VERSION,
            redaction.VERSION,
            config.language,
            repr(config.columns),
            repr(config.detect),
            repr(authority.actors),
            repr(sorted(authority.ignore)),
        ]
    )
    names = detect.index_names(authority)
    detected = config.detect
    return Settings(config.language, names, detected.dates, detected.actors, version, dict(config.columns))


def prepare(settings: Settings, work: Work) -> Prepared:
    """Read one source or member and find all it says. Never raises: what goes wrong is in the diagnostics."""
    if isinstance(work, Prepared):
        return work
    if isinstance(work, Part):
        reading = read.read_member(work.member, work.path, work.container, language=settings.language)
        bare = Prepared(work.path, "", "", work.key, (), None, NOTHING, (), None, work.container, number=work.number)
        return _complete(settings, bare, reading)
    return _prepare_file(settings, work)


def parts(settings: Settings, container: Source) -> Iterator[Part | Diagnostic]:
    """Yield what a container holds, as a stream, without the members that records stand in for."""
    for item in read.members(Path(container.file), container.path, settings.columns):
        if isinstance(item, Diagnostic):
            yield item
        elif item.name not in container.curated:
            key = f"{settings.version} {item.fingerprint()}"
            yield Part(member_path(container.path, item.name), container.path, key, item)


def summary_of(container: Source, settings: Settings, keys: str, faults: tuple[Diagnostic, ...]) -> Prepared:
    """What is kept of a container itself; `keys` is a hash of its members' keys."""
    key = f"{settings.version} {fingerprint([keys, *map(str, faults)])}"
    return _unread(container, key, faults)


def prepare_all(settings: Settings, name: str) -> Iterator[Prepared | Diagnostic]:
    """Prepare a file as it is named: each member of a container, or of CONTAINER#NAME that one."""
    path, _, wanted = (name, "", "") if Path(name).exists() else name.partition("#")
    if not read.container_suffix(path):
        yield prepare(settings, Source(name, "", name, ""))
        return
    found = False
    for part in parts(settings, Source(path, "", path, "", is_container=True)):
        if isinstance(part, Diagnostic):
            if not wanted:
                yield part
        elif not wanted or part.member.name == wanted:
            found = True
            yield prepare(settings, part)
            if wanted:
                return
    if wanted and not found:
        yield Diagnostic(name, None, "error", "no-member", f"{path} has no article that is named {wanted!r}")


def _prepare_file(settings: Settings, source: Source) -> Prepared:
    try:
        raw = _bytes_of(source.file)
    except OSError as error:
        fault = Diagnostic(source.path, None, "error", "unreadable", f"cannot be read: {error.strerror}")
        return _unread(source, "", (fault,))
    sha256 = hashlib.sha256(raw).hexdigest()
    key = f"{settings.version} {sha256} {source.seed} {source.order or ''}"
    reading = read.read_article(
        raw, source.path, seed=source.seed, language=settings.language, order=source.order, sha256=sha256
    )
    return _complete(settings, _unread(source, key, ()), reading)


def _bytes_of(file: str) -> bytes:
    """A file's bytes, in half the time of `open`, which asks much about a file that is not needed here."""
    descriptor = os.open(file, READ)
    try:
        raw = os.read(descriptor, MOST)
        if more := os.read(descriptor, 1):
            raw = b"".join((raw, more, *iter(lambda: os.read(descriptor, MOST), b"")))
        return raw
    finally:
        os.close(descriptor)


def _complete(settings: Settings, bare: Prepared, reading: read.Reading) -> Prepared:
    faults = reading.diagnostics
    article, redacted = reading.article, reading.article.redact if reading.article else ()
    if redacted and article:
        article, told = _without_redacted(article)
        faults = (*faults, *told)
    if article is None or article.status == "withdrawn":
        tombstone = _tombstone(article) if article else None
        return replace(bare, diagnostics=faults, redacted=redacted, tombstone=tombstone)
    findings = find(settings, article)
    statements = timeline_statements.make_statements(article, findings) if findings.sentences else ()
    event = timeline_statements.event_date(article, statements, findings)
    compared = settings.want_dates or settings.want_actors
    return replace(
        bare,
        diagnostics=faults,
        article=article,
        findings=findings,
        statements=statements,
        event_date=event,
        sketch=stories.make_sketch(article, findings) if compared else Sketch(),
        redacted=redacted,
    )


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


def _without_redacted(article: Article) -> tuple[Article | None, tuple[Diagnostic, ...]]:
    """The article as it may be shown, before anything is looked for in it; None where it asks for what is unclear."""
    for word in article.redact:
        if not redaction.is_findable(word):
            message = f"`redact` has {word!r}, which cannot be looked for, so the article is left out of the site"
            hint = "write texts of two letters or digits at least"
            return None, (Diagnostic(article.path, None, "error", "bad-redact", message, hint),)
    marked, absent = redaction.redact(article)
    if redaction.MARK in article.body.text:
        absent = ()  # redacted by hand, or before it became a record
    message = "`redact` has {!r}, which stands nowhere in the article"
    hint = "other forms of a name are words of their own"
    notes = (Diagnostic(article.path, None, "note", "redact", message.format(word), hint) for word in absent)
    return marked, tuple(notes)


def _tombstone(article: Article) -> Tombstone:
    """What stays of a withdrawn article. Its headline is kept only as the last part of its address."""
    published = article.published.value if article.published else None
    return Tombstone(slugify(article.slug or article.title.value), article.notice, published, article.aliases)


def _unread(source: Source, key: str, faults: tuple[Diagnostic, ...]) -> Prepared:
    return Prepared(source.path, source.seed, source.stamp, key, faults, None, NOTHING, (), None, number=source.number)


def fingerprint(parts: Iterable[str]) -> str:
    """Return a hash of texts, which tells whether anything that they stand for changed."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
