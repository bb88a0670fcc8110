"""Which files the site has: asks the store, has each page rendered, yields (path, bytes) one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from archivegen import edtf, look, render, urls
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.errors import OutputError
from archivegen.model import Actor, Kind
from archivegen.render import Theme
from archivegen.store import Reader
from archivegen.timeline.bounds import bounds_of
from archivegen.timeline.copies import compare
from archivegen.views import (
    ActorRef,
    ActorsIndexView,
    ActorView,
    ArticleView,
    CorrectionsView,
    Count,
    DatesIndexView,
    DayView,
    FeedView,
    HomeView,
    Link,
    Logo,
    OutletsIndexView,
    OutletView,
    PageNumbers,
    SiteView,
    TimelineView,
    UndatedView,
)

__all__ = ["make_files", "site_view"]

ActorLists = tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]  # kind, letter, with how many articles
Page = tuple[str, str]  # path from the site's root as in urls, HTML

KINDS: tuple[Kind, ...] = ("person", "organisation", "country", "place", "other")
HOME_ARTICLES, HOME_ENTRIES, HOME_ACTORS = 8, 8, 10
TOP_ACTORS, TOGETHER, FEED_ITEMS = 12, 12, 30
TOGETHER_DRAWN = 40  # actors in the picture of who appears with whom
ROLES, QUOTES = 8, 12
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
UNLETTERED = 60  # up to so many actors the list of all needs no letters
TIMELINE_WHOLE = 500  # up to so many entries the timeline stands on one page as well as by year


def site_view(config: Config, reader: Reader) -> SiteView:
    """Gather what every page says about the archive."""
    first, last = reader.span()
    return SiteView(
        title=config.title,
        description=config.description,
        url=config.url,
        language=config.language,
        articles=reader.count("article"),
        actors=reader.count("actor"),
        days=reader.count("day"),
        undated=reader.count("undated"),
        first=first,
        last=last,
        feeds=config.feeds,
        search=config.search,
        corrections=reader.editorial.count() > 0,
        logo=Logo(config.theme.logo, *look.logo_size(config.static / config.theme.logo)) if config.theme.logo else None,
        footer=config.theme.footer,
        has_look=bool(look.stylesheet(config.theme)),
        data=config.data,
    )


def make_files(config: Config, reader: Reader, theme: Theme, static: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site. `static` folders come in order: a file in an earlier one hides a later one's."""
    paths: list[str] = []
    for path, html in _pages(config, reader, theme):
        paths.append(path)
        yield urls.file_of(path), html.encode("utf-8", "replace")
    for stone in reader.editorial.tombstones():  # in no list, nor in the sitemap
        yield urls.file_of(stone.path), render.tombstone(theme, stone).encode("utf-8", "replace")
    yield "404.html", render.not_found(theme).encode("utf-8", "replace")
    for view in _feeds(config, reader):
        yield f"{view.folder}feed.xml", render.feed(theme, view).encode("utf-8", "replace")
        yield f"{view.folder}feed.json", render.json_feed(theme, view)
    if config.url:  # a sitemap names whole addresses
        yield from render.sitemaps(config.url, sorted(paths))
    yield "robots.txt", render.robots(theme).encode("utf-8")
    if css := look.stylesheet(config.theme):
        yield "static/theme.css", css.encode()
    yield from _static_files(static)


def _pages(config: Config, reader: Reader, theme: Theme) -> Iterator[Page]:
    size = config.page_size
    yield urls.HOME, render.home(theme, _home(reader))
    for article in reader.articles.views():
        yield urls.article(article.ref.slug), render.article(theme, _with_inferred(reader, article))
    for timeline in _timelines(reader, size):
        yield _at(timeline.pages), render.timeline(theme, timeline)
    for index in _actor_indexes(reader, size * 5):
        yield _at(index.pages), render.actors_index(theme, index)
    for actor in _actors(reader, size):
        yield _at(actor.pages), render.actor(theme, actor)
    if (together := reader.pictures.together(TOGETHER_DRAWN)).actors:
        yield urls.TOGETHER, render.together(theme, together)
    yield urls.OUTLETS, render.outlets_index(theme, _outlets_index(reader))
    for outlet in _outlets(reader, size):
        yield _at(outlet.pages), render.outlet(theme, outlet)
    days = list(reader.chronology.days())
    yield urls.DATES, render.dates_index(theme, _dates_index(days))
    for day in _days(reader, days, size):
        yield _at(day.pages), render.day(theme, day)
    for undated in _undated(reader, size):
        yield _at(undated.pages), render.undated(theme, undated)
    if config.data:
        yield urls.DATA, render.data(theme)
    yield urls.ABOUT, render.about(theme, reader.pictures.lags())
    for corrections in _corrections(reader, size):
        yield _at(corrections.pages), render.corrections(theme, corrections)


def _with_inferred(reader: Reader, view: ArticleView) -> ArticleView:
    """Add to a copy what it has otherwise than its first, and to an article that nothing dates what bounds its day."""
    if view.article.published is None and view.proposed is None:
        view = replace(view, bounds=str(bounds_of(view.article, view.entries)))
    if view.copy_of is None:
        return view
    changes = compare(*reader.articles.versions(view.article.path))
    return replace(view, changes=changes)


def _home(reader: Reader) -> HomeView:
    return HomeView(
        newest=reader.lists.newest(HOME_ARTICLES),
        latest=reader.chronology.latest_entries(HOME_ENTRIES),
        people=reader.actors.top("person", HOME_ACTORS),
        organisations=reader.actors.top("organisation", HOME_ACTORS),
        countries=reader.actors.top("country", HOME_ACTORS),
        years=_year_counts(reader),
        months=_date_counts(reader.pictures.published()),
    )


def _timelines(reader: Reader, size: int) -> Iterator[TimelineView]:
    years = _year_counts(reader)
    total = reader.count("entry")
    whole = reader.chronology.timeline(None, TIMELINE_WHOLE, 0) if total <= TIMELINE_WHOLE else ()
    yield TimelineView("", years, _date_counts(reader.chronology.months()), whole, PageNumbers(urls.timeline(), 1, 1))
    for year, count in reader.chronology.years():
        density = _date_counts(reader.chronology.months(year))
        for pages, limit, offset in _cut(urls.timeline(f"{year:04}"), size, count):
            yield TimelineView(f"{year:04}", years, density, reader.chronology.timeline(year, limit, offset), pages)


def _actor_indexes(reader: Reader, size: int) -> Iterator[ActorsIndexView]:
    ranked = ((kind, reader.actors.top(kind, TOP_ACTORS)) for kind in KINDS)
    top = tuple((kind, actors) for kind, actors in ranked if actors)
    total = reader.count("actor")
    letters = _letters(reader, size) if total > UNLETTERED else ()
    for pages, limit, offset in _cut(urls.ACTORS, size, total):
        listed = reader.actors.by_name(limit, offset)
        actors = listed if letters else _by_kind(listed)
        yield ActorsIndexView(top if pages.number == 1 else (), actors, pages, letters)


def _by_kind(listed: ActorLists) -> ActorLists:
    """The same list without its letters."""
    kinds = groupby(listed, key=lambda group: group[0])
    return tuple((kind, "", tuple(pair for _, _, pairs in groups for pair in pairs)) for kind, groups in kinds)


def _letters(reader: Reader, size: int) -> tuple[tuple[Kind, tuple[Count, ...]], ...]:
    """Links to every letter of every kind, on the page of the list where its names begin."""
    found: dict[Kind, list[Count]] = {}
    before = 0
    for kind, letter, count in reader.actors.letters():
        page = urls.paged(urls.ACTORS, before // size + 1)
        found.setdefault(kind, []).append(Count(letter, f"{page}#{kind}-{letter}", count))
        before += count
    return tuple((kind, tuple(links)) for kind, links in found.items())


def _actors(reader: Reader, size: int) -> Iterator[ActorView]:
    for actor in reader.actors.all():
        if actor.page:
            yield from _actor(reader, actor, size)


def _actor(reader: Reader, actor: Actor, size: int) -> Iterator[ActorView]:
    """One page where everything fits on it; else an overview with the newest articles, and pages by year."""
    ref = ActorRef(actor.id, actor.name, actor.kind)
    found = reader.actors.years(actor.id)
    entries = sum(count for count, _ in found.values())
    years = tuple(Count(y, urls.actor(actor.id, y), sum(counts)) for y, counts in found.items())
    together = reader.actors.together(actor.id, TOGETHER)

    def view(year: str, limit: int, offset: int, pages: PageNumbers) -> ActorView:
        is_overview = not year and is_large
        return ActorView(
            ref=ref,
            aliases=actor.aliases,
            note=actor.note,
            same_as=actor.same_as,
            articles_total=actor.articles,
            entries_total=entries,
            years=years if is_large else (),
            together=() if year else together,
            year=year,
            entries=() if is_overview else reader.actors.entries(actor.id, year, limit, offset),
            articles=() if is_overview else reader.actors.articles(actor.id, year, limit, offset),
            pages=pages,
            reasons=actor.reasons,
            roles=() if year else reader.actors.roles(actor.id, ROLES),
            quotes=() if year else reader.actors.quotes(actor.id, QUOTES),
            seen=seen,
            presence=() if year else presence,
        )

    seen = reader.actors.seen(actor.id)
    presence = _date_counts(reader.pictures.presence(actor.id))
    is_large = max(entries, actor.articles) > size
    base = urls.actor(actor.id)
    yield view("", size, 0, PageNumbers(base, 1, 1))
    if is_large:
        for year, counts in found.items():
            for pages, limit, offset in _cut(urls.actor(actor.id, year), size, *counts):
                yield view(year, limit, offset, pages)


def _outlets_index(reader: Reader) -> OutletsIndexView:
    return OutletsIndexView(tuple(Count(name, urls.outlet(slug), n) for slug, name, n in reader.lists.outlets()))


def _outlets(reader: Reader, size: int) -> Iterator[OutletView]:
    for slug, name, count in reader.lists.outlets():
        for pages, limit, offset in _cut(urls.outlet(slug), size, count):
            yield OutletView(name, slug, count, reader.lists.outlet_articles(slug, limit, offset), pages)


def _dates_index(days: Sequence[tuple[Date, tuple[int, int]]]) -> DatesIndexView:
    years: list[tuple[Count, tuple[Count, ...]]] = []
    for date, counts in days:
        count = Count(edtf.show(date), urls.date(date), sum(counts))
        if date.precision == "year":
            years.append((count, ()))
        elif date.precision == "month":
            year, months = years[-1]
            years[-1] = (year, (*months, count))
    return DatesIndexView(tuple(years))


def _days(reader: Reader, days: Sequence[tuple[Date, tuple[int, int]]], size: int) -> Iterator[DayView]:
    parts: dict[str, list[Count]] = {}
    beside: dict[str, list[Date]] = {}
    for date, counts in days:
        beside.setdefault(date.precision, []).append(date)
        if date.precision != "year":
            within = date.text.rpartition("-")[0]
            parts.setdefault(within, []).append(Count(edtf.show(date), urls.date(date), sum(counts)))
    position = dict.fromkeys(beside, -1)
    for date, _ in days:
        row = beside[date.precision]
        position[date.precision] = at = position[date.precision] + 1
        for pages, limit, offset in _cut(urls.date(date), size, *reader.chronology.shown_on(date)):
            yield DayView(
                date=date,
                parts=tuple(parts.get(date.text, ())),
                days=tuple(day for month in MONTHS for day in parts.get(f"{date.text}-{month}", ()))
                if date.precision == "year" and pages.number == 1
                else (),
                happened=reader.chronology.happened_in(date, ahead=False, limit=limit, offset=offset),
                announced=reader.chronology.happened_in(date, ahead=True, limit=limit, offset=offset),
                published=reader.lists.published_in(date, limit, offset),
                previous=_date_link(row[at - 1]) if at else None,
                next=_date_link(row[at + 1]) if at + 1 < len(row) else None,
                pages=pages,
                contradictions=reader.chronology.contradictions(date, size)
                if date.is_day and pages.number == 1
                else (),
            )


def _undated(reader: Reader, size: int) -> Iterator[UndatedView]:
    for pages, limit, offset in _cut(urls.UNDATED, size, reader.count("undated"), reader.count("yearless")):
        yield UndatedView(reader.lists.undated(limit, offset), reader.chronology.yearless(limit, offset), pages)


def _corrections(reader: Reader, size: int) -> Iterator[CorrectionsView]:
    count = reader.editorial.count()
    for pages, limit, offset in _cut(urls.CORRECTIONS, size, count) if count else ():
        yield CorrectionsView(reader.editorial.corrections(limit, offset), pages)


def _feeds(config: Config, reader: Reader) -> Iterator[FeedView]:
    title = config.title
    if "site" in config.feeds:
        yield FeedView("", title, config.description, reader.lists.feed_items(FEED_ITEMS))
    for actor in reader.actors.all() if "actors" in config.feeds else ():
        if actor.page:
            items = reader.lists.actor_items(actor.id, FEED_ITEMS)
            yield FeedView(urls.actor(actor.id), f"{actor.name} – {title}", "", items)
    for slug, name, _ in reader.lists.outlets() if "outlets" in config.feeds else ():
        items = reader.lists.outlet_items(slug, FEED_ITEMS)
        yield FeedView(urls.outlet(slug), f"{name} – {title}", "", items)


def _static_files(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            path = f"static/{file.relative_to(folder).as_posix()}"
            if not file.is_file() or path in seen or file.name.startswith("."):
                continue
            seen.add(path)
            try:
                yield path, file.read_bytes()
            except OSError as error:
                raise OutputError(f"{file} cannot be read: {error.strerror}") from error


def _cut(base: str, size: int, *counts: int) -> Iterator[tuple[PageNumbers, int, int]]:
    """Cut lists of so many items into pages that they share; yields (page numbers, limit, offset)."""
    last = max(1, *(-(-count // size) for count in counts))
    for number in range(1, last + 1):
        yield PageNumbers(base, number, last), size, (number - 1) * size


def _at(pages: PageNumbers) -> str:
    return urls.paged(pages.base, pages.number)


def _year_counts(reader: Reader) -> tuple[Count, ...]:
    return tuple(Count(str(year), urls.timeline(f"{year:04}"), count) for year, count in reader.chronology.years())


def _date_counts(counts: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(edtf.show(date), urls.date(date), n) for date, n in ((edtf.parse(key), n) for key, n in counts))


def _date_link(date: Date) -> Link:
    return Link(edtf.show(date), urls.date(date))
