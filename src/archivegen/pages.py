"""Which files the site has: a job for each, with a sign that tells when to do it again, and what each job draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from archivegen import data, edtf, look, render, search, urls
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.errors import OutputError
from archivegen.model import Kind
from archivegen.render import Theme
from archivegen.sources import stamp_of
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
    SearchView,
    SiteView,
    TimelineView,
    UndatedView,
)

__all__ = ["Job", "Tools", "draw", "heavy", "jobs", "site_view", "sitemaps"]

ActorLists = tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]  # kind, letter, with how many articles
Page = tuple[str, str]  # path from the site's root as in urls, HTML
File = tuple[str, bytes | Path]  # path from the site's root; content, or a file to move there

KINDS: tuple[Kind, ...] = ("person", "organisation", "country", "place", "other")
HOME_ARTICLES, HOME_ENTRIES, HOME_ACTORS = 8, 6, 10
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
        has_styles=(config.static / "custom.css").is_file(),
        data=config.data,
    )


@dataclass(frozen=True, slots=True)
class Job:
    """Files to draw together. `key` says which of a `family`; another `sign` means that they are to be drawn again."""

    family: str
    key: str
    sign: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What drawing takes."""

    config: Config
    reader: Reader
    theme: Theme
    static: tuple[Path, ...]  # a file in an earlier folder hides a later one's
    scratch: Path  # a folder for large files


def jobs(config: Config, reader: Reader, static: Sequence[Path]) -> Iterator[Job]:
    """Yield all there is to draw, as a stream; the sitemap, which lists the rest, is drawn after all."""
    signs = reader.signs(config.page_size)
    whole = signs.whole()
    for family in WHOLE:
        yield Job(family, "", whole)
    if config.data:
        yield Job("data", "", whole)
        yield from (Job("downloads", part, whole) for part in data.parts(config.data))
    if config.search:
        yield from (Job(*job) for job in _search_jobs(reader, whole))
    if "site" in config.feeds:
        yield Job("feed", "", whole)
    feeds = (("actors", "actor-feed", signs.actor_feeds), ("outlets", "outlet-feed", signs.outlet_feeds))
    of: tuple[tuple[str, Iterator[tuple[str, str]]], ...] = (
        ("article", signs.articles()),
        ("year", signs.years()),
        ("actor", signs.actors()),
        ("actor-year", signs.actor_years()),
        ("outlet", signs.outlets()),
        ("date", signs.periods()),
        ("tombstone", reader.editorial.notices()),
        *((family, found()) for what, family, found in feeds if what in config.feeds),
    )
    for family, found in of:
        for key, sign in found:
            yield Job(family, key, sign)
    if look.stylesheet(config.theme):
        yield Job("look", "", "")
    yield from (Job("static", path, f"{file} {stamp_of(file)}") for path, file in _static_files(static))


def heavy(config: Config) -> frozenset[str]:
    """The jobs, as FAMILY:KEY, that take long in a large archive: each reads all of it."""
    return frozenset(f"downloads:{part}" for part in data.parts(config.data))


def draw(tools: Tools, family: str, key: str) -> Iterator[File]:
    """Draw the files of a job."""
    if family == "static":
        yield f"static/{key}", _read(next(file for folder in tools.static if (file := folder / key).is_file()))
    elif family == "downloads":
        folder = tools.scratch / key
        folder.mkdir(parents=True, exist_ok=True)
        yield from data.make_data(tools.config, tools.reader, key, folder)
    elif family in _SEARCH:
        yield from _SEARCH[family](tools, key)
    elif family in _FEEDS:
        yield from _feed_files(tools, family, key)
    elif family in SINGLE:
        name, function = SINGLE[family]
        yield name, function(tools).encode("utf-8", "replace")
    else:
        for path, html in PAGES[family](tools, key):
            yield urls.file_of(path), html.encode("utf-8", "replace")


def _search_jobs(reader: Reader, whole: str) -> Iterator[tuple[str, str, str]]:
    """The search page, the program that searches, and the index in parts."""
    yield "search", "", whole
    redacted = str(reader.editorial.redactions())  # the words of others are looked for in every part again
    for key, sign in search.signs(reader):
        yield "search-part", key, f"{sign} {redacted}"
    yield "search-program", "", f"{search.version()} {reader.search.languages()}"


def _feed_files(tools: Tools, family: str, key: str) -> Iterator[File]:
    view = _FEEDS[family](tools.config, tools.reader, key)
    yield f"{view.folder}feed.xml", render.feed(tools.theme, view).encode("utf-8", "replace")
    yield f"{view.folder}feed.json", render.json_feed(tools.theme, view)


def sitemaps(config: Config, files: Iterable[tuple[str, str]]) -> Iterator[File]:
    """List the pages among the site's files, which are given with their jobs' names."""
    found = (
        file.removesuffix("index.html")
        for file, job in files
        if f"/{file}".endswith("/index.html") and job.partition(":")[0] not in UNLISTED
    )
    return render.sitemaps(config.url, found)


def _home_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.HOME, render.home(tools.theme, _home(tools.reader))


def _article_page(tools: Tools, path: str) -> Iterator[Page]:
    article = tools.reader.articles.view(path)
    yield urls.article(article.ref.slug), render.article(tools.theme, _with_inferred(tools.reader, article))


def _timeline_page(tools: Tools, _: str) -> Iterator[Page]:
    view = _timeline(tools.reader)
    yield _at(view.pages), render.timeline(tools.theme, view)


def _year_page(tools: Tools, key: str) -> Iterator[Page]:
    view = _timeline_year(tools.reader, key, tools.config.page_size)
    yield _at(view.pages), render.timeline(tools.theme, view)


def _actor_indexes_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in _actor_indexes(tools.reader, tools.config.page_size * 5):
        yield _at(view.pages), render.actors_index(tools.theme, view)


def _actor_page(tools: Tools, actor: str) -> Iterator[Page]:
    view = _actor(tools.reader, actor, tools.config.page_size)
    yield _at(view.pages), render.actor(tools.theme, view)


def _actor_year_pages(tools: Tools, key: str) -> Iterator[Page]:
    actor, _, year = key.rpartition("/")
    for view in _actor_year(tools.reader, actor, year, tools.config.page_size):
        yield _at(view.pages), render.actor(tools.theme, view)


def _together_page(tools: Tools, _: str) -> Iterator[Page]:
    if (together := tools.reader.pictures.together(TOGETHER_DRAWN)).actors:
        yield urls.TOGETHER, render.together(tools.theme, together)


def _corrections_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in _corrections(tools.reader, tools.config.page_size):
        yield _at(view.pages), render.corrections(tools.theme, view)


def _tombstone_page(tools: Tools, slug: str) -> Iterator[Page]:
    yield urls.article(slug), render.tombstone(tools.theme, tools.reader.editorial.tombstone(slug))


def _outlets_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.OUTLETS, render.outlets_index(tools.theme, _outlets_index(tools.reader))


def _outlet_page(tools: Tools, key: str) -> Iterator[Page]:
    slug, _, number = key.rpartition("/")
    view = _outlet(tools.reader, slug, int(number), tools.config.page_size)
    yield _at(view.pages), render.outlet(tools.theme, view)


def _dates_page(tools: Tools, _: str) -> Iterator[Page]:
    days = list(tools.reader.chronology.days())
    yield urls.DATES, render.dates_index(tools.theme, _dates_index(days))


def _date_pages(tools: Tools, date: str) -> Iterator[Page]:
    for view in _day(tools.reader, edtf.parse(date), tools.config.page_size):
        yield _at(view.pages), render.day(tools.theme, view)


def _undated_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in _undated(tools.reader, tools.config.page_size):
        yield _at(view.pages), render.undated(tools.theme, view)


def _data_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.DATA, render.data(tools.theme)


def _search_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.SEARCH, render.search(tools.theme, _search(tools.reader))


def _about_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.ABOUT, render.about(tools.theme, tools.reader.pictures.lags())


def _site_feed(config: Config, reader: Reader, _: str) -> FeedView:
    return FeedView("", config.title, config.description, reader.lists.feed_items(FEED_ITEMS))


def _actor_feed(config: Config, reader: Reader, actor: str) -> FeedView:
    title = f"{reader.actors.one(actor).name} – {config.title}"
    return FeedView(urls.actor(actor), title, "", reader.lists.actor_items(actor, FEED_ITEMS))


def _outlet_feed(config: Config, reader: Reader, slug: str) -> FeedView:
    title = f"{reader.lists.outlet(slug)[0]} – {config.title}"
    return FeedView(urls.outlet(slug), title, "", reader.lists.outlet_items(slug, FEED_ITEMS))


# A little of everything is on these: any change draws them again.
WHOLE = (
    "home", "timeline", "actors", "together", "outlets", "dates", "undated", "about", "corrections", "404", "robots",
)  # fmt: skip
LARGE = frozenset(("downloads",))  # families that write into `scratch`
UNLISTED = frozenset(("tombstone", "redirects"))  # pages that no list of pages leads to
# What each family of jobs draws: pages, or a single file under its own name.
PAGES: dict[str, Callable[[Tools, str], Iterator[Page]]] = {
    "home": _home_page,
    "article": _article_page,
    "timeline": _timeline_page,
    "year": _year_page,
    "actors": _actor_indexes_pages,
    "actor": _actor_page,
    "actor-year": _actor_year_pages,
    "outlets": _outlets_page,
    "outlet": _outlet_page,
    "dates": _dates_page,
    "date": _date_pages,
    "undated": _undated_pages,
    "about": _about_page,
    "together": _together_page,
    "data": _data_page,
    "search": _search_page,
    "corrections": _corrections_pages,
    "tombstone": _tombstone_page,
}
_SEARCH: dict[str, Callable[[Tools, str], Iterator[File]]] = {
    "search-part": lambda tools, key: search.make_part(tools.reader, key, tools.config.language),
    "search-program": lambda tools, _: search.make_program(tools.reader, tools.config.language),
}
_FEEDS: dict[str, Callable[[Config, Reader, str], FeedView]] = {
    "feed": _site_feed,
    "actor-feed": _actor_feed,
    "outlet-feed": _outlet_feed,
}
SINGLE: dict[str, tuple[str, Callable[[Tools], str]]] = {
    "404": ("404.html", lambda tools: render.not_found(tools.theme)),
    "look": ("static/theme.css", lambda tools: look.stylesheet(tools.config.theme)),
    "robots": ("robots.txt", lambda tools: render.robots(tools.theme)),
}


def frame(site: SiteView) -> SiteView:
    """What every page says of the site, without the totals, which only those pages show that any change draws again."""
    return replace(site, articles=0, actors=0, days=0, undated=min(site.undated, 1), first=None, last=None)


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


def _timeline(reader: Reader) -> TimelineView:
    total = reader.count("entry")
    whole = reader.chronology.timeline(None, TIMELINE_WHOLE, 0) if total <= TIMELINE_WHOLE else ()
    months = _date_counts(reader.chronology.months())
    return TimelineView("", _year_counts(reader), months, whole, PageNumbers(urls.timeline(), 1, 1))


def _timeline_year(reader: Reader, key: str, size: int) -> TimelineView:
    year, _, number = key.partition("/")
    years = _year_counts(reader)
    count = next(found.count for found in years if found.label == str(int(year)))
    pages = PageNumbers(urls.timeline(year), int(number), max(1, -(-count // size)))
    entries = reader.chronology.timeline(int(year), size, (pages.number - 1) * size)
    density = _date_counts(reader.chronology.months(int(year))) if pages.number == 1 else ()
    return TimelineView(year, _uncounted(years), density, entries, pages)


def _uncounted(links: Iterable[Count]) -> tuple[Count, ...]:
    """The same links without numbers: what is counted elsewhere must not change every page that leads there."""
    return tuple(replace(link, count=0) for link in links)


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


def _actor(reader: Reader, actor: str, size: int) -> ActorView:
    """All of an actor where it fits on one page; else an overview, beside pages by year."""
    found = reader.actors.years(actor)
    entries = sum(count for count, _ in found.values())
    bare = _bare_actor(reader, actor, entries, PageNumbers(urls.actor(actor), 1, 1))
    view = replace(
        bare,
        together=reader.actors.together(actor, TOGETHER),
        roles=reader.actors.roles(actor, ROLES),
        quotes=reader.actors.quotes(actor, QUOTES),
        seen=reader.actors.seen(actor),
        presence=_date_counts(reader.pictures.presence(actor)),
    )
    if max(entries, view.articles_total) > size:
        years = (Count(y, urls.actor(actor, y), sum(counts)) for y, counts in found.items())
        return replace(view, years=tuple(years))
    return replace(
        view,
        entries=reader.actors.entries(actor, "", size, 0),
        articles=reader.actors.articles(actor, "", size, 0),
    )


def _actor_year(reader: Reader, actor: str, year: str, size: int) -> Iterator[ActorView]:
    found = reader.actors.years(actor)
    years = tuple(Count(y, urls.actor(actor, y), 0) for y in found)
    for pages, limit, offset in _cut(urls.actor(actor, year), size, *found[year]):
        yield replace(
            _bare_actor(reader, actor, found[year][0], pages),
            articles_total=found[year][1],
            year=year,
            years=years,
            entries=reader.actors.entries(actor, year, limit, offset),
            articles=reader.actors.articles(actor, year, limit, offset),
        )


def _bare_actor(reader: Reader, key: str, entries: int, pages: PageNumbers) -> ActorView:
    actor = reader.actors.one(key)
    return ActorView(
        ref=ActorRef(actor.id, actor.name, actor.kind),
        aliases=actor.aliases,
        note=actor.note,
        same_as=actor.same_as,
        articles_total=actor.articles,
        entries_total=entries,
        years=(),
        together=(),
        year="",
        entries=(),
        articles=(),
        pages=pages,
        reasons=actor.reasons,
    )


def _outlets_index(reader: Reader) -> OutletsIndexView:
    return OutletsIndexView(tuple(Count(name, urls.outlet(slug), n) for slug, name, n in reader.lists.outlets()))


def _outlet(reader: Reader, slug: str, number: int, size: int) -> OutletView:
    name, count = reader.lists.outlet(slug)
    pages = PageNumbers(urls.outlet(slug), number, max(1, -(-count // size)))
    return OutletView(
        name, slug, count if number == 1 else 0, reader.lists.outlet_articles(slug, size, (number - 1) * size), pages
    )


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


def _day(reader: Reader, date: Date, size: int) -> Iterator[DayView]:
    chronology = reader.chronology
    parts, days = (
        tuple(Count(edtf.show(part), urls.date(part), n) for part, n in chronology.parts(date, width))
        for width in ("next", "day")
    )
    before, after = chronology.beside(date)
    for pages, limit, offset in _cut(urls.date(date), size, *chronology.shown_on(date)):
        yield DayView(
            date=date,
            parts=parts,
            days=days if date.precision == "year" and pages.number == 1 else (),
            happened=chronology.happened_in(date, ahead=False, limit=limit, offset=offset),
            announced=chronology.happened_in(date, ahead=True, limit=limit, offset=offset),
            published=reader.lists.published_in(date, limit, offset),
            previous=_date_link(before) if before else None,
            next=_date_link(after) if after else None,
            pages=pages,
            contradictions=chronology.contradictions(date, size) if date.is_day and pages.number == 1 else (),
        )


def _search(reader: Reader) -> SearchView:
    return SearchView(
        kinds=tuple(kind for kind in KINDS if reader.actors.top(kind, 1)),
        outlets=tuple((slug, name) for slug, name, _ in reader.lists.outlets()),
        years=tuple(reversed(reader.search.years())),
        parts=tuple((part.key, *part.years) for part in reader.search.parts()),
    )


def _undated(reader: Reader, size: int) -> Iterator[UndatedView]:
    for pages, limit, offset in _cut(urls.UNDATED, size, reader.count("undated"), reader.count("yearless")):
        yield UndatedView(reader.lists.undated(limit, offset), reader.chronology.yearless(limit, offset), pages)


def _corrections(reader: Reader, size: int) -> Iterator[CorrectionsView]:
    count = reader.editorial.count()
    for pages, limit, offset in _cut(urls.CORRECTIONS, size, count) if count else ():
        yield CorrectionsView(reader.editorial.corrections(limit, offset), pages)


def _static_files(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield every static file by its path in its folder; one in an earlier folder hides a later one's."""
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder).as_posix()
            if file.is_file() and path not in seen and not file.name.startswith("."):
                seen.add(path)
                yield path, file


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
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
