"""One source, or one member of a container -> all that can be known of it alone: article, mentions, statements."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archivegen import __version__, detect, read, redaction, timeline
from archivegen.authority import Authority
from archivegen.config import Config
from archivegen.detect import Asked, NameIndex
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.model import Article, Findings, Known, Prepared, Sketch, Statement, Tombstone
from archivegen.read import Member
from archivegen.slugs import slugify
from archivegen.sources import Source, member_path
from archivegen.stamps import fingerprint
from archivegen.versions import versions

__all__ = [
    "Part",
    "Settings",
    "Work",
    "parts",
    "prepare",
    "prepare_all",
    "prepare_several",
    "settings_for",
    "summary_of",
]

NOTHING = Findings((), (), ())
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
MOST = 1 << 16  # bytes that are read at once

Told = tuple[tuple[Statement, ...], Known[Date] | None, Sketch]


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
            repr(versions()),
            read.VERSION,
            detect.VERSION,
            timeline.VERSION,
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
    return prepare_several(settings, [work])[0]


def prepare_several(settings: Settings, works: Iterable[Work]) -> list[Prepared]:
    """Prepare several, each step for all of them before the next.

    The code and tables of one step fit into a processor's cache, those of all do not: this saves a sixth of the time.
    """
    begun = [_begin(settings, work) for work in works]
    articles = [item.article for item in begun if item.article]
    findings = detect.detect_all(
        [Asked(one.body.text, one.published.value if one.published else None, one.actors) for one in articles],
        known=settings.names,
        want_dates=settings.want_dates,
        want_actors=settings.want_actors,
    )
    is_searched = settings.want_dates or settings.want_actors
    told = _told(articles, findings) if is_searched else [((), timeline.known_day(one), Sketch()) for one in articles]
    rest = zip(findings, told, strict=True)
    return [_complete(item, *next(rest)) if item.article else item for item in begun]


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


def _begin(settings: Settings, work: Work) -> Prepared:
    """What reading alone tells."""
    if isinstance(work, Prepared):
        return work
    if isinstance(work, Part):
        reading = read.read_member(work.member, work.path, work.container, language=settings.language)
        bare = Prepared(work.path, "", "", work.key, (), None, NOTHING, (), None, work.container, number=work.number)
        return _with_article(bare, reading)
    return _read_file(settings, work)


def _read_file(settings: Settings, source: Source) -> Prepared:
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
    return _with_article(_unread(source, key, ()), reading)


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


def _with_article(bare: Prepared, reading: read.Reading) -> Prepared:
    faults = reading.diagnostics
    article, redacted = reading.article, reading.article.redact if reading.article else ()
    if redacted and article:
        article, told = _without_redacted(article)
        faults = (*faults, *told)
    if article is None or article.status == "withdrawn":
        tombstone = _tombstone(article) if article else None
        return replace(bare, diagnostics=faults, redacted=redacted, tombstone=tombstone)
    return replace(bare, diagnostics=faults, redacted=redacted, article=article)


def _complete(begun: Prepared, findings: Findings, told: Told) -> Prepared:
    statements, event, sketch = told
    return replace(begun, findings=findings, statements=statements, event_date=event, sketch=sketch)


def _told(articles: Sequence[Article], findings: Sequence[Findings]) -> list[Told]:
    """What articles state of which day, the day of each one's main event, and what it is compared with others by."""
    from archivegen.timeline.statements import event_date, make_statements
    from archivegen.timeline.stories import make_sketch

    statements = [*map(make_statements, articles, findings)]
    days = [*map(event_date, articles, statements, findings)]
    return [*zip(statements, days, map(make_sketch, articles, findings), strict=True)]


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
