"""What each page shows: views asked of the store, one page at a time. How they look is the renderer's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from msgspec.structs import replace

from archivegen import look, urls
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.model import Kind
from archivegen.store import Reader, Totals, spans
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
    TogetherView,
    UndatedView,
)

__all__ = [
    "actor",
    "actor_feed",
    "actor_span",
    "actors_index",
    "articles",
    "corrections",
    "dates_index",
    "day",
    "frame",
    "home",
    "outlet",
    "outlet_feed",
    "outlets_index",
    "search",
    "site_feed",
    "site_view",
    "timeline",
    "timeline_year",
    "together",
    "undated",
]

ActorLists = tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]  # kind, letter, with how many articles

KINDS: tuple[Kind, ...] = ("person", "organisation", "country", "place", "other")
# How many of each a page shows at most.
HOME_ARTICLES, HOME_ENTRIES, HOME_ACTORS = 8, 6, 10
TOP_ACTORS, TOGETHER, FEED_ITEMS = 12, 12, 30
TOGETHER_DRAWN = 40  # actors in the picture of who appears with whom
ROLES, QUOTES = 8, 12
NAMES = 5  # as many times as entries stand on one page of a list: a name is short
UNLETTERED = 60  # up to so many actors the list of all needs no letters
FEW_YEARS = 40  # up to so many each year has a link on the page of each; beyond, those far from it are joined
NEAR = 5  # years on both sides of a page's own are near
TIMELINE_WHOLE = 500  # up to so many entries the timeline stands on one page as well as by year


def site_view(config: Config, reader: Reader) -> SiteView:
    """What every page says about the archive."""
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


def frame(site: SiteView) -> SiteView:
    """What every page says of the site, without the totals, which only those pages show that any change draws again."""
    return replace(site, articles=0, actors=0, days=0, undated=min(site.undated, 1), first=None, last=None)


def articles(reader: Reader, numbers: Sequence[int]) -> Iterator[tuple[int, ArticleView]]:
    """Yield (number, view) of articles; a copy with what it has otherwise than its first, an undated one with what
    bounds its day."""
    for number, shown in reader.articles.views(numbers):
        view = shown
        if view.article.published is None and view.proposed is None:
            bounds = bounds_of(view.article, view.entries)
            view = replace(view, bounds=bounds if bounds.interval else None)
        if view.copy_of is not None:
            view = replace(view, changes=compare(*reader.articles.versions(number)))
        yield number, view


def home(reader: Reader) -> HomeView:
    """The front page."""
    return HomeView(
        newest=reader.lists.newest(HOME_ARTICLES),
        latest=reader.chronology.latest_entries(HOME_ENTRIES),
        people=reader.actors.top("person", HOME_ACTORS),
        organisations=reader.actors.top("organisation", HOME_ACTORS),
        countries=reader.actors.top("country", HOME_ACTORS),
        years=_year_counts(reader),
        months=_date_counts(reader.pictures.published()),
    )


def together(reader: Reader) -> TogetherView:
    """Who appears with whom, of those whom most articles name."""
    return reader.pictures.together(TOGETHER_DRAWN)


def timeline(reader: Reader) -> TimelineView:
    """The whole chronology: by year, and every entry where these are few."""
    total = reader.count("entry")
    whole = reader.chronology.timeline(TIMELINE_WHOLE) if total <= TIMELINE_WHOLE else ()
    months = _date_counts(reader.chronology.months())
    return TimelineView("", _year_counts(reader), months, whole, PageNumbers(urls.timeline(), 1, 1))


def timeline_year(reader: Reader, key: str, size: int) -> TimelineView:
    """A page of a year of the chronology; `key` is `year/page`, `size` so many entries."""
    year, _, number = key.partition("/")
    years = _year_counts(reader)
    count = next(found.count for found in years if found.label == str(int(year)))
    pages = PageNumbers(urls.timeline(year), int(number), max(1, -(-count // size)))
    entries = reader.chronology.of_year(int(year), size, (pages.number - 1) * size)
    density = _date_counts(reader.chronology.months(int(year))) if pages.number == 1 else ()
    return TimelineView(year, _seen_from(str(int(year)), _uncounted(years)), density, entries, pages)


def actors_index(reader: Reader, size: int) -> Iterator[ActorsIndexView]:
    """Yield the pages of the list of all actors, with NAMES times `size` names on each."""
    ranked = ((kind, reader.actors.top(kind, TOP_ACTORS)) for kind in KINDS)
    top = tuple((kind, actors) for kind, actors in ranked if actors)
    total = reader.count("actor")
    size *= NAMES
    letters = _letters(reader, size) if total > UNLETTERED else ()
    for pages, limit, offset in _cut(urls.ACTORS, size, total):
        listed = reader.actors.by_name(limit, offset)
        actors = listed if letters else _by_kind(listed)
        yield ActorsIndexView(top if pages.number == 1 else (), actors, pages, letters)


def actor(reader: Reader, actor: str, size: int) -> ActorView:
    """All of an actor where it fits on one page; else an overview, beside pages by year."""
    found = reader.of_actor.years(actor)
    entries = sum(count for count, _ in found.values())
    bare = _bare_actor(reader, actor, entries, PageNumbers(urls.actor(actor), 1, 1))
    view = replace(
        bare,
        together=reader.of_actor.together(actor, TOGETHER),
        roles=reader.of_actor.roles(actor, ROLES),
        quotes=reader.of_actor.quotes(actor, QUOTES),
        seen=reader.of_actor.seen(actor),
        presence=_date_counts(reader.of_actor.presence(actor)),
    )
    if max(entries, view.articles_total) > size:
        return replace(view, years=_spans(actor, found, size))
    return replace(
        view,
        entries=reader.of_actor.entries(actor, "", size, 0),
        articles=reader.of_actor.articles(actor, "", size, 0),
    )


def actor_span(reader: Reader, actor: str, span: str, size: int) -> Iterator[ActorView]:
    """Yield the pages of a year or a decade of an actor that has too much for one page."""
    found = reader.of_actor.years(actor)
    entries, articles = map(sum, zip(*(found[year] for year in spans(found, size)[span]), strict=True))
    links = _uncounted(_spans(actor, found, size))
    for pages, limit, offset in _cut(urls.actor(actor, span), size, entries, articles):
        yield replace(
            _bare_actor(reader, actor, entries, pages),
            articles_total=articles,
            year=_label(span),
            years=_seen_from(_label(span), links),
            entries=reader.of_actor.entries(actor, span, limit, offset),
            articles=reader.of_actor.articles(actor, span, limit, offset),
        )


def outlets_index(reader: Reader) -> OutletsIndexView:
    """The list of all outlets."""
    return OutletsIndexView(tuple(Count(name, urls.outlet(slug), n) for slug, name, n in reader.lists.outlets()))


def outlet(reader: Reader, slug: str, number: int, size: int) -> OutletView:
    """A page of an outlet, given by its slug, with `size` of its articles."""
    name, count = reader.lists.outlet(slug)
    pages = PageNumbers(urls.outlet(slug), number, max(1, -(-count // size)))
    return OutletView(
        name, slug, count if number == 1 else 0, reader.lists.outlet_articles(slug, size, (number - 1) * size), pages
    )


def dates_index(reader: Reader) -> DatesIndexView:
    """All years and months that have something."""
    found: dict[str, tuple[Count, list[Count]]] = {}
    for period, n in reader.periods.months_of_years():
        count = Count(period, urls.period(period), n)
        if len(period) == 4:
            found[period] = (count, [])
        else:
            found[period[:4]][1].append(count)
    return DatesIndexView(tuple((year, tuple(months)) for year, months in found.values()))


def day(reader: Reader, date: Date, size: int) -> Iterator[DayView]:
    """Yield the pages of a year, month or day, with `size` entries or articles of each sort."""
    periods = reader.periods
    parts = _date_counts(periods.parts(date, "next"))
    days = _date_counts(periods.parts(date, "day")) if date.precision == "year" else ()
    before, after = periods.beside(date)
    entries, articles = periods.shown_on(date)
    has_accounts = date.is_day and entries > 0
    happened = periods.happened_in(date, ahead=False) if entries else iter(())
    announced = periods.happened_in(date, ahead=True) if entries else iter(())
    published = reader.lists.published_in(date) if articles else iter(())
    for pages, _, _ in _cut(urls.date(date), size, entries, articles):
        yield DayView(
            date=date,
            parts=parts,
            days=days if pages.number == 1 else (),
            happened=tuple(islice(happened, size)),
            announced=tuple(islice(announced, size)),
            published=tuple(islice(published, size)),
            previous=_date_link(before) if before else None,
            next=_date_link(after) if after else None,
            pages=pages,
            contradictions=periods.contradictions(date, size) if has_accounts and pages.number == 1 else (),
        )


def search(reader: Reader) -> SearchView:
    """What a search can be narrowed by, and the parts of the index."""
    return SearchView(
        kinds=tuple(kind for kind in KINDS if reader.actors.top(kind, 1)),
        outlets=tuple((slug, name) for slug, name, _ in reader.lists.outlets()),
        years=tuple(reversed(reader.search.years())),
        parts=tuple((part.key, *part.years) for part in reader.search.parts()),
    )


def undated(reader: Reader, size: int) -> Iterator[UndatedView]:
    """Yield the pages of undated articles and of statements whose year is unknown."""
    for pages, limit, offset in _cut(urls.UNDATED, size, reader.count("undated"), reader.count("yearless")):
        yield UndatedView(reader.lists.undated(limit, offset), reader.chronology.yearless(limit, offset), pages)


def corrections(reader: Reader, size: int) -> Iterator[CorrectionsView]:
    """Yield the pages of the list of corrections; none where nothing was corrected."""
    count = reader.editorial.count()
    for pages, limit, offset in _cut(urls.CORRECTIONS, size, count) if count else ():
        yield CorrectionsView(reader.editorial.corrections(limit, offset), pages)


def site_feed(config: Config, reader: Reader, _: str) -> FeedView:
    """The newest articles."""
    return FeedView("", config.title, config.description, reader.lists.feed_items(FEED_ITEMS))


def actor_feed(config: Config, reader: Reader, actor: str) -> FeedView:
    """The newest articles that name an actor."""
    title = f"{reader.actors.one(actor).name} – {config.title}"
    return FeedView(urls.actor(actor), title, "", reader.lists.actor_items(actor, FEED_ITEMS))


def outlet_feed(config: Config, reader: Reader, slug: str) -> FeedView:
    """The newest articles of an outlet, given by its slug."""
    title = f"{reader.lists.outlet(slug)[0]} – {config.title}"
    return FeedView(urls.outlet(slug), title, "", reader.lists.outlet_items(slug, FEED_ITEMS))


def _spans(actor: str, years: Mapping[str, Totals], size: int) -> tuple[Count, ...]:
    """The links to the years and decades by which an actor is paged, each with how much it has."""
    return tuple(
        Count(_label(span), urls.actor(actor, span), sum(sum(years[year]) for year in inside))
        for span, inside in spans(years, size).items()
    )


def _label(span: str) -> str:
    """How a span is written where it is read."""
    return span.replace("-", "–")


def _seen_from(year: str, years: tuple[Count, ...]) -> tuple[Count, ...]:
    """The links to years and decades on the page of one of them. Of many, those far from it are joined: years to their
    decade, decades to their century; each leads to the first of it.

    If the pages of so many years each named all, they would grow with the square of the years.
    """
    if len(years) <= FEW_YEARS:
        return years
    at = next(number for number, link in enumerate(years) if link.label == year)
    near = {link.label for link in years[max(0, at - NEAR) : at + NEAR + 1]}
    found: list[Count] = []
    for _, group in groupby(years, key=lambda link: link.label[: 3 if len(link.label) == len("1990") else 2]):
        links = list(group)
        if len(links) == 1 or any(link.label in near for link in links):
            found += links
        else:
            found.append(Count(f"{links[0].label[:4]}–{links[-1].label[-4:]}", links[0].path, 0))
    return tuple(found)


def _uncounted(links: Iterable[Count]) -> tuple[Count, ...]:
    """The same links without numbers: what is counted elsewhere must not change every page that leads there."""
    return tuple(replace(link, count=0) for link in links)


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


def _cut(base: str, size: int, *counts: int) -> Iterator[tuple[PageNumbers, int, int]]:
    """Cut lists of so many items into pages that they share; yields (page numbers, limit, offset)."""
    last = max(1, *(-(-count // size) for count in counts))
    for number in range(1, last + 1):
        yield PageNumbers(base, number, last), size, (number - 1) * size


def _year_counts(reader: Reader) -> tuple[Count, ...]:
    return tuple(Count(str(year), urls.timeline(f"{year:04}"), count) for year, count in reader.chronology.years())


def _date_counts(counts: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(key, urls.period(key), n) for key, n in counts)


def _date_link(date: Date) -> Link:
    return Link(date.text, urls.date(date))
