"""The pipeline, in order: sources -> articles -> statements and actors -> pages -> disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from archivegen import __version__, data, engine, forwarding, pages, read, render, urls
from archivegen.authority import Authority, load_authority
from archivegen.config import Config
from archivegen.day_order import to_read_again
from archivegen.downloads import downloads
from archivegen.errors import Diagnostic, UsageError
from archivegen.inputs import code_stamps, theme_folders
from archivegen.leaks import refuse_leaks
from archivegen.output import Output, Written, files_of, hold_interrupts, is_whole, manifest_mark, open_output
from archivegen.prepare import Settings, Work, fingerprint, parts, prepare, settings_for, summary_of
from archivegen.slugs import assign_slugs
from archivegen.sources import Source, find_sources, stamp_of
from archivegen.store import DayOrders, Links, Members, Reader, Writer, open_store
from archivegen.summary import Summary, remember, state_of
from archivegen.timeline.actors import resolve_actors
from archivegen.timeline.copies import find_copies, find_repeats
from archivegen.timeline.reports import find_conflicts, find_reported
from archivegen.timeline.stories import common_phrases, find_stories

__all__ = ["Archive", "Progress", "build", "updated_archive"]

Progress = Callable[[str, int, int], None]  # what is going on, how many are done, of how many


def build(config: Config, *, clean: bool = False, jobs: int = 0, progress: Progress | None = None) -> Summary:
    """Make the site. Articles that cannot be read are named in the summary and left out.

    Raises ArchiveError when the site cannot be made at all; the last good site and store are then as they were.
    """
    state = state_of(config)
    with (
        hold_interrupts() as point_of_no_return,
        updated_archive(config, clean=clean, jobs=jobs, progress=progress) as archive,
    ):
        reader = Reader(archive.store)
        writer = Writer(archive.store)
        made = fingerprint([archive.fingerprint, _promises_mark(config, writer)])
        if not clean and (count := _as_it_should_be(config, writer, made)):
            written = Written(0, count, 0)
        else:
            written = _write_site(config, archive, clean=clean, progress=progress, finish=point_of_no_return)
            made = fingerprint([archive.fingerprint, _promises_mark(config, writer)])
            writer.set_meta("site", f"{made} {manifest_mark(config.output)}")
        moved = msgspec.json.decode(writer.meta("moved"), type=forwarding.Moved)
        summary = Summary(
            articles=reader.count("article"),
            actors=reader.count("actor"),
            days=reader.count("day"),
            undated=reader.count("undated"),
            doubtful=reader.count("doubtful"),
            written=written,
            diagnostics=(*archive.faults, *moved.faults),
        )
    remember(config, state, summary)
    return summary


@dataclass(frozen=True, slots=True)
class Archive:
    """An open store that is up to date with its sources; all there is to say of them; a hash of all that pages show."""

    store: sqlite3.Connection
    authority: Authority
    faults: tuple[Diagnostic, ...]
    fingerprint: str


@contextmanager
def updated_archive(
    config: Config, *, clean: bool = False, jobs: int = 0, progress: Progress | None = None
) -> Iterator[Archive]:
    """Read what changed (`clean`: everything), and settle over all articles who is who and what came when.

    Raises UsageError where the folder of seeds is missing: a disk that is not there must not empty the site.
    """
    if not config.seeds.is_dir():
        hint = "make it and put your articles there, or set `seeds:` in site.yaml"
        raise UsageError(f"there is no folder of seeds at {config.seeds}", hint=hint)
    authority = load_authority(config.actors, config.work / "actors.json")
    settings = settings_for(config, authority)
    sources, faults = find_sources(config.root, config.seeds, config.records, read.READERS, read.CONTAINERS)
    with open_store(config.work / "archive.db") as store:
        writer = Writer(store)
        if clean:
            writer.forget()
        members = Members(store)
        _read_changed(writer, members, sources, settings, jobs or config.engine.jobs, progress)
        again = to_read_again(DayOrders(store).all(), sources)
        for item in engine.run(prepare, settings, again, jobs=jobs or config.engine.jobs):
            writer.put(item)
        earns = config.actor_pages
        owners = forwarding.slug_owners(config.permalinks, Reader(store))
        if writer.meta("linked") != _linked(store, owners, repr(earns)):
            writer.set_slugs(assign_slugs(writer.wishes(), owners))
            links = Links(store)
            links.set_copies(find_copies(links.shingles, links.count()))
            links.set_repeats(*find_repeats(links.lines()))
            names = writer.name_counts()
            writer.set_actors(*resolve_actors(names, authority, mentions=earns.mentions, articles=earns.articles))
            _link(links)
            writer.set_meta("linked", _linked(store, owners, repr(earns)))
        yield Archive(
            store,
            authority,
            (*faults, *Reader(store).diagnostics()),
            fingerprint([writer.meta("linked"), repr(config), *_theme_stamps(config)]),
        )


def _linked(store: sqlite3.Connection, owners: Mapping[str, str], earns: str) -> str:
    """A hash of all that articles are linked by. With the program's own files: another version may link otherwise."""
    made_by = repr(sorted(code_stamps().items()))
    promised = forwarding.owners_mark(owners, Reader(store))
    return fingerprint([made_by, promised, earns, *(f"{path} {key}" for path, key in Members(store).all_keys())])


def _read_changed(
    writer: Writer,
    members: Members,
    sources: Sequence[Source],
    settings: Settings,
    jobs: int,
    progress: Progress | None,
) -> None:
    known = writer.known_sources()
    for path in known.keys() - {source.path for source in sources}:
        for gone in (*members.of(path), path):
            writer.drop(gone)
    changed = [source for source in sources if not _is_known(source, known, settings)]
    work = _work(writer, members, changed, settings)
    for done, item in enumerate(engine.run(prepare, settings, work, jobs=jobs), 1):
        if item.key and known.get(item.path, ("", "", ""))[2] == item.key:
            writer.restamp(item.path, item.stamp)  # touched, but the same bytes
        else:
            writer.put(item)
        if progress:
            progress("reading", done, max(done, len(changed)))


def _work(writer: Writer, members: Members, changed: Iterable[Source], settings: Settings) -> Iterator[Work]:
    """Yield what is to be read: files as they are, containers as those of their members that changed.

    A container is read as a stream while its members are being prepared; what it says of itself comes last.
    """
    for source in changed:
        if not source.is_container:
            yield source
            continue
        members.begin()
        faults: list[Diagnostic] = []
        keys = ""
        for part in parts(settings, source):
            if isinstance(part, Diagnostic):
                faults.append(part)
                continue
            members.see(part.path)
            keys = fingerprint([keys, part.key])
            if members.key_of(part.path) != part.key:
                yield part
        for path in members.unseen(source.path):
            writer.drop(path)
        yield summary_of(source, settings, keys, tuple(faults))


def _link(links: Links) -> None:
    """Find what ties articles together beside copies: stories with proposed dates, and who reports the same event."""
    links.set_stories(*find_stories(links.gists, lambda a, b: common_phrases(links.text(a), links.text(b))))
    links.set_reported(find_reported(links.reports()))
    links.set_conflicts(find_conflicts(links.contestable()))


def _is_known(source: Source, known: dict[str, tuple[str, str, str]], settings: Settings) -> bool:
    seed, stamp, key = known.get(source.path, ("", "", ""))
    return stamp == source.stamp and seed == source.seed and key.startswith(settings.version)


def _as_it_should_be(config: Config, writer: Writer, state: str) -> int:
    """How many files the site has, if it is whole and made of exactly this; else 0."""
    is_same = writer.meta("site") == f"{state} {manifest_mark(config.output)}"
    return (is_whole(config.output) or 0) if is_same else 0


def _write_site(
    config: Config, archive: Archive, *, clean: bool, progress: Progress | None, finish: Callable[[], None]
) -> Written:
    reader, writer = Reader(archive.store), Writer(archive.store)
    site = pages.site_view(config, reader)
    theme = render.open_theme(site, theme_folders(config, "templates"), version=__version__)
    with open_output(config.output, clean=clean) as output:
        expected = site.articles + site.actors + site.days + len(reader.chronology.years())
        files = pages.make_files(config, reader, theme, theme_folders(config, "static"))
        for done, (path, made) in enumerate(files, 1):
            output.add(path, made)
            if progress:
                progress("writing", done, max(done, expected))
        _add_data(config, reader, writer, output)
        moved = forwarding.find_moved(
            config.permalinks, reader, archive.authority, lambda address: output.has(urls.file_of(address))
        )
        for path, made in forwarding.files(theme, moved):
            output.add(path, made)
        writer.set_meta("moved", msgspec.json.encode(moved).decode())
        _refuse_leaks(writer, reader, output)
        finish()
        return output.commit()


def _promises_mark(config: Config, writer: Writer) -> str:
    """A hash of the published addresses for which this build has to find what they are now."""
    if not config.permalinks.is_file():
        return ""
    last = writer.meta("moved")
    moved = msgspec.json.decode(last, type=forwarding.Moved) if last else None
    made = {*moved.redirects, *moved.gone} if moved else set()
    return forwarding.mark(config.permalinks, files_of(config.output), made)


def _refuse_leaks(writer: Writer, reader: Reader, output: Output) -> None:
    """Let no file move in that has words to be redacted; where those changed, let none stay either."""
    words = reader.editorial.redactions()
    state = fingerprint(map(repr, words))
    refuse_leaks(output.waiting(), words)
    if writer.meta("redacted") != state:
        refuse_leaks(output.staying(), words)
        writer.set_meta("redacted", state)


def _add_data(config: Config, reader: Reader, writer: Writer, output: Output) -> None:
    """Make the files to download, unless all are there and made of exactly this."""
    state = fingerprint([writer.meta("linked"), repr(config)])
    if writer.meta("data") == state and output.keep([file.path for file in downloads(config.data)]):
        return
    for path, file in data.make_data(config, reader, output.scratch):
        output.add_file(path, file)
    writer.set_meta("data", state)


def _theme_stamps(config: Config) -> Iterator[str]:
    for name in ("templates", "static"):
        for folder in theme_folders(config, name):
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    yield f"{file} {stamp_of(file)}"
