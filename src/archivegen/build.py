"""The pipeline, in order: sources -> articles -> statements and actors -> pages -> disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from archivegen import contents, data, engine, forwarding, pages, read, render, urls
from archivegen.authority import Authority, load_authority
from archivegen.config import Config, Engine
from archivegen.day_order import to_read_again
from archivegen.drawing import Desk, draw_answers, draw_jobs, leave, open_theme
from archivegen.errors import Diagnostic, UsageError
from archivegen.inputs import program_stamps, template_stamps, theme_folders
from archivegen.leaks import refuse_leaks
from archivegen.model import Actor, Kind, NameCount
from archivegen.output import Output, hold_interrupts, open_output, stage
from archivegen.prepare import Settings, Work, parts, prepare_several, settings_for, summary_of
from archivegen.sources import Source, find_sources
from archivegen.stamps import fingerprint
from archivegen.store import (
    Copies,
    DayOrders,
    Listing,
    Members,
    Packed,
    Reader,
    Slugs,
    Stories,
    Writer,
    add_indexes,
    any_links,
    number_places,
    open_store,
    pack,
    settle,
)
from archivegen.store.listing import Listed
from archivegen.summary import Summary, remember, state_of

if TYPE_CHECKING:
    from archivegen.cluster import Cluster

__all__ = ["Archive", "Progress", "build", "updated_archive"]

FEW = 1  # articles that may all be gone without a question
MANY = 1000  # articles from which to make their database takes longer than to start a process

Progress = Callable[[str, int, int], None]  # what is going on, how many are done, of how many


def build(
    config: Config, *, state: str = "", clean: bool = False, jobs: int = 0, progress: Progress | None = None
) -> Summary:
    """Make the site. Articles that cannot be read are named in the summary and left out.

    `state` is that of what it is made from (`state_of`), for who knows it already. Raises ArchiveError when the site
    cannot be made at all; the last good site and store are then as they were.
    """
    state = state or state_of(config)
    engine.collect_seldom()
    with (
        hold_interrupts() as point_of_no_return,
        updated_archive(config, clean=clean, jobs=jobs, progress=progress) as archive,
    ):
        reader = Reader(archive.store)
        with open_output(config.output, config.work / "site.db", clean=clean) as output:
            moved = _draw_site(config, archive, output, jobs=jobs, progress=progress)
            writer = Writer(archive.store)
            redacted = _refuse_leaks(writer, reader, output)
            point_of_no_return()
            written = output.commit()
            writer.set_meta("redacted", redacted)
        summary = Summary(
            articles=reader.count("article"),
            actors=reader.count("actor"),
            days=reader.count("day"),
            undated=reader.count("undated"),
            doubtful=reader.count("doubtful"),
            written=written,
            diagnostics=(*archive.faults, *moved.faults, *_of_templates(config)),
        )
    remember(config, state, summary)
    return summary


def _of_templates(config: Config) -> Iterator[Diagnostic]:
    """What is to be said of the site's own templates, if it has some."""
    *own, theme = theme_folders(config, "templates")
    return chain.from_iterable(render.find_unasked(folder, theme) for folder in own)


class Archive(msgspec.Struct, frozen=True):
    """An open store that is up to date with its sources and can be read by other processes; all there is to say of
    them; a hash of the program that made it."""

    store: sqlite3.Connection
    authority: Authority
    faults: tuple[Diagnostic, ...]
    made_by: str


@contextmanager
def updated_archive(
    config: Config, *, clean: bool = False, jobs: int = 0, progress: Progress | None = None
) -> Iterator[Archive]:
    """Read what changed (`clean`: everything), and settle over all articles who is who and what came when.

    Raises UsageError where the folder of seeds is missing or has become empty: a disk that is not there must not empty
    the site.
    """
    if not config.seeds.is_dir():
        hint = "make it and put your articles there, or set `seeds:` in site.yaml"
        raise UsageError(f"there is no folder of seeds at {config.seeds}", hint=hint)
    authority = load_authority(config.actors, config.work / "actors.json")
    settings = settings_for(config, authority)
    faults: list[Diagnostic] = []
    sources = find_sources(config.root, config.seeds, config.records, read.READERS, read.CONTAINERS, faults=faults)
    with open_store(config.work / "archive.db") as store:
        writer = Writer(store)
        if clean:
            writer.forget()
            data.forget(config)
        cluster = engine.cluster_of(config, jobs)
        _read_changed(store, sources, settings, jobs or config.engine.jobs, cluster, progress)
        # With the program's own files: what another version of it linked or drew is linked and drawn anew.
        made_by = fingerprint([settings.version, repr(config.actor_pages), *map(repr, program_stamps())])
        if writer.meta("settled") != made_by:
            settle.mark_all_changed(store)
        faults += _settle_slugs(store, writer, config.permalinks)
        _settle(store, writer, config, authority, made_by)
        add_indexes(store, of="to draw")
        store.execute("COMMIT")
        yield Archive(store, authority, (*faults, *Reader(store).diagnostics()), made_by)


def _settle_slugs(store: sqlite3.Connection, writer: Writer, published: Path) -> Iterator[Diagnostic]:
    """Give each article its slug; return what is to be said of those that were published as another's."""
    slugs = Slugs(store, forwarding.slug_owners(published))
    is_other = writer.meta("owners") != slugs.owners
    slugs.settle(all_anew=is_other)
    if is_other:
        writer.set_meta("owners", slugs.owners)
    return forwarding.tell_passed_on(published, slugs.passed_on())


def _settle(
    store: sqlite3.Connection,
    writer: Writer,
    config: Config,
    authority: Authority,
    made_by: str,
) -> None:
    """Find out what can only be known of all articles together, as far as anything of it may have changed."""
    is_new = writer.meta("settled") != made_by
    if not settle.count_changed(store):
        return
    has_links = any_links(store)
    is_to_compare = is_new or settle.any_uncompared(store)
    if has_links:
        from archivegen.timeline.copies import find_copies, find_repeats

        number_places(store)
        copies = Copies(store)
        if is_to_compare:
            copies.set_copies(find_copies(copies.shingles, copies.count()))
        copies.set_repeats(*find_repeats(copies.lines()))
    if settle.settle_names(store) or is_new:
        from archivegen.timeline.actors import resolve_actors

        earns = config.actor_pages

        def resolve(counts: Iterator[NameCount]) -> tuple[Iterable[Actor], Mapping[tuple[str, Kind], str]]:
            return resolve_actors(counts, authority, mentions=earns.mentions, articles=earns.articles)

        settle.settle_actors(store, resolve)
    settle.settle_cast(store)
    if has_links:
        _link(Stories(store), is_to_compare=is_to_compare)
    settle.settle_marks(store)
    writer.set_meta("settled", made_by)


def _read_changed(
    store: sqlite3.Connection,
    sources: Iterable[Source],
    settings: Settings,
    jobs: int,
    cluster: Cluster | None,
    progress: Progress | None,
) -> None:
    """Read what is new or changed, and forget what is gone."""
    writer, members, listing = Writer(store), Members(store), Listing(store)
    listing.fill(map(_listed, sources))
    if listing.is_empty() and (before := Reader(store).count("article")) > FEW:
        raise UsageError(
            f"there are no articles at all any more, and there were {before:,} at the last build",
            hint="is the disk with your seeds there? To empty the site all the same: archivegen build --clean",
        )
    for path in listing.gone():
        for gone in (*members.of(path), path):
            writer.drop(gone)
    expected = listing.count_changed(settings.version)
    changed = (_source(writer, row) for row in listing.changed(settings.version))
    work: Iterator[Work] = _work(writer, members, changed, settings)
    done = 0
    with closing(engine.run(_read, settings, work, jobs=jobs, cluster=cluster)) as packed:
        for items in packed:
            writer.put([item for item in items if not _is_known(writer, item)])
            done += len(items)
            if progress:
                progress("reading", done, max(done, expected))
    add_indexes(store, of="to settle")
    orders = to_read_again(DayOrders(store).all())
    rows = (row for row in listing.all() if row[0] in orders) if orders else iter(())
    again: Iterator[Work] = (structs.replace(_source(writer, row), order=orders[row[0]]) for row in rows)
    with closing(engine.run(_read, settings, again, jobs=jobs, cluster=cluster)) as packed:
        for items in packed:
            writer.put(items)


def _is_known(writer: Writer, item: Packed) -> bool:
    """Tell whether the store has the same bytes: a file was only touched, and has another stamp now."""
    is_same = bool(item.key) and writer.known(item.path)[1] == item.key
    if is_same:
        writer.restamp(item.path, item.stamp)
    return is_same


def _listed(source: Source) -> Listed:
    curated = msgspec.json.encode(sorted(source.curated)).decode() if source.is_container else None
    return source.path, source.seed, source.stamp, source.file, curated


def _source(writer: Writer, row: Listed) -> Source:
    path, seed, stamp, file, curated = row
    source = Source(path, seed, file, stamp, number=writer.number_of(path))
    if curated is None:
        return source
    return structs.replace(source, is_container=True, curated=frozenset(msgspec.json.decode(curated)))


def _read(settings: Settings, works: list[Work]) -> list[Packed]:
    """Read some sources, in whichever process."""
    return [*map(pack, prepare_several(settings, works))]


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
            number, key = writer.known(part.path)
            if key != part.key:
                yield structs.replace(part, number=number or writer.new_number())
        for path in members.unseen(source.path):
            writer.drop(path)
        yield summary_of(source, settings, keys, tuple(faults))


def _link(stories: Stories, *, is_to_compare: bool) -> None:
    """Find what ties articles together beside copies: stories with proposed dates, and who reports the same event."""
    from archivegen.timeline.reports import find_conflicts, find_reported
    from archivegen.timeline.stories import common_phrases, find_stories

    stories_due = is_to_compare or stories.any_undated()
    if stories_due:
        found = find_stories(stories.gists, lambda a, b: common_phrases(stories.text(a), stories.text(b)))
        stories.set_stories(*found)
    # Both are of stories alone; whose entries, actors, outlet or repeats changed is among the changed articles by now.
    if stories_due or stories.any_changed():
        stories.set_reported(find_reported(stories.reports()))
        stories.set_conflicts(find_conflicts(stories.contestable()))


def _refuse_leaks(writer: Writer, reader: Reader, output: Output) -> str:
    """Let no file move in that has words to be redacted; where those changed, let none stay either.

    Returns a hash of the words, to be kept once the files have moved in.
    """
    words = reader.editorial.redactions()
    state = fingerprint(map(repr, words))
    refuse_leaks(output.waiting(), words, reader.articles.texts())
    if writer.meta("redacted") != state:
        refuse_leaks(output.staying(), words, reader.articles.texts())
    return state


def _draw_site(
    config: Config, archive: Archive, output: Output, *, jobs: int, progress: Progress | None
) -> forwarding.Moved:
    """Draw the files whose jobs are new or have another sign than when they were last done.

    Returns what became of published addresses that have no page any more.
    """
    reader = Reader(archive.store)
    site = contents.site_view(config, reader)
    static = theme_folders(config, "static")
    seen = replace(config, engine=Engine(), publish=(), seeds_from="")  # without what changes no page
    templates = map(repr, template_stamps(config))
    own = theme_folders(config, "templates")[:-1]
    said = site if any(map(render.shows_totals, own)) else contents.frame(site)
    frame = fingerprint([archive.made_by, repr(said), repr(seen), *templates])
    desk = Desk(config, site, output.staging, archive.made_by)
    last: list[str] = []
    due = _without_last(output.due(pages.jobs(config, reader, static), frame=frame), last)
    drawn = engine.run(
        draw_jobs,
        desk,
        due,
        jobs=jobs or config.engine.jobs,
        heavy=pages.is_heavy if site.articles >= MANY else None,
        cluster=engine.cluster_of(config, jobs),
        after=leave,
    )
    done = 0
    open_theme(desk)  # before the processes are made that will draw with it
    try:
        with closing(drawn):
            for made in drawn:
                output.take(made)
                done += len(made)
                if progress:
                    progress("writing", done, max(done, output.count_due()))
    finally:
        leave()
    output.settle(late=pages.FORMER)
    moved = _draw_former(archive, output, desk, jobs)
    if pages.SITEMAP in last:
        listed = ((path, job) for path, _, job in output.files())
        output.take([(pages.SITEMAP, [stage(output.staging, *file) for file in pages.sitemaps(config, listed)])])
    return moved


def _draw_former(archive: Archive, output: Output, desk: Desk, jobs: int) -> forwarding.Moved:
    """Draw what stands at former addresses, which can only be told when all pages are there."""
    config = desk.config
    moved = forwarding.find_moved(
        config.permalinks,
        Reader(archive.store),
        archive.authority,
        lambda address: output.name_of(urls.file_of(address)) is not None,
    )
    due = (
        (address, answer)
        for address, answer in forwarding.answers(moved)
        if not output.keep(urls.file_of(address), pages.FORMER + answer)
    )
    cores, cluster = jobs or config.engine.jobs, engine.cluster_of(config, jobs)
    with closing(engine.run(draw_answers, desk, due, jobs=cores, cluster=cluster, after=leave)) as drawn:
        for made in drawn:
            output.take(made)
    return moved


def _without_last(due: Iterable[str], last: list[str]) -> Iterator[str]:
    """Put the job that can only be done after all others into `last`, if it is due, and yield the others."""
    for job in due:
        if job == pages.SITEMAP:
            last.append(job)
        else:
            yield job
