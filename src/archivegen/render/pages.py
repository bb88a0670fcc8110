"""One function a kind of page: its view -> its HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from archivegen import urls
from archivegen.downloads import TABLES, downloads
from archivegen.render.address import date_file, root_of
from archivegen.render.body import body_html
from archivegen.render.cite import cite, reference
from archivegen.render.dates import show
from archivegen.render.meta import head_of
from archivegen.render.theme import Theme, draw
from archivegen.render.translate import noted
from archivegen.render.words import count, kind, named, number
from archivegen.views import (
    ActorsIndexView,
    ActorView,
    ArticleView,
    DatesIndexView,
    DayView,
    HomeView,
    OutletsIndexView,
    OutletView,
    PageNumbers,
    SearchView,
    TimelineView,
    TogetherView,
    UndatedView,
)

__all__ = [
    "about",
    "actor",
    "actors_index",
    "article",
    "data",
    "dates_index",
    "day",
    "home",
    "listed",
    "not_found",
    "outlet",
    "outlets_index",
    "search",
    "timeline",
    "together",
    "undated",
]

DESCRIPTION = 200  # characters of a page's description at most


def home(theme: Theme, view: HomeView) -> str:
    """The front page."""
    site = theme.site
    text = theme.tongue.ngettext(
        "%(site)s: %(number)s article in order of what happened.",
        "%(site)s: %(number)s articles in order of what happened.",
        site.articles,
    )
    values = {"site": site.title, "number": number(site.articles, tongue=theme.tongue)}
    description = site.description or text % values
    return draw(theme, "home.html", urls.HOME, view=view, title=site.title, description=_short(description))


def article(theme: Theme, view: ArticleView) -> str:
    """An article: its text, its dates, and what was left out of it."""
    page = urls.article(view.ref.slug)
    root = root_of(page)
    body = view.article.body
    first = next((body.text[b.start : b.end] for b in body.blocks if b.kind == "paragraph"), "")
    ref = reference(view, theme.site, tongue=theme.tongue)
    return draw(
        theme,
        "article.html",
        page,
        view=view,
        machine_data=head_of(view, ref),
        cite=cite(ref, tongue=theme.tongue),
        article=view.article,
        dated_pages=_dated_pages(view),
        body=body_html(body, view.names, view.entries, view.sentences, root=root, tongue=theme.tongue),
        title=view.ref.title,
        description=_short(first) or view.ref.title,
        canonical=ref.page,
        root=root,
    )


def _dated_pages(view: ArticleView) -> frozenset[str]:
    """The addresses of the days, months and years that have a page because of this article."""
    published = view.article.published
    own = date_file(published.value.text) if published else urls.file_of(urls.UNDATED)
    return frozenset([own, *[date_file(text) for text in {entry.date.text for entry in view.entries}]])


def actor(theme: Theme, view: ActorView) -> str:
    """An actor, or a year or decade of it."""
    name = view.ref.name
    title = f"{name}, {named(view.year, tongue=theme.tongue)}" if view.year else name
    # Translators: %(statements)s is like "3 dated statements", %(articles)s like "2 articles"
    description = theme.tongue.gettext("%(name)s, %(kind)s: %(statements)s in %(articles)s.") % {
        "name": name,
        "kind": kind(view.ref.kind, tongue=theme.tongue),
        "statements": count(view.entries_total, "dated statement", tongue=theme.tongue),
        "articles": count(view.articles_total, "article", tongue=theme.tongue),
    }
    return listed(theme, "actor.html", view.pages, view=view, title=title, description=description)


def actors_index(theme: Theme, view: ActorsIndexView) -> str:
    """The list of all actors."""
    description = _of_site(theme, noted("People, organisations and countries named in %(site)s."))
    return listed(
        theme, "actors.html", view.pages, view=view, title=theme.tongue.gettext("Actors"), description=description
    )


def together(theme: Theme, view: TogetherView) -> str:
    """Who appears with whom."""
    description = _of_site(
        theme, noted("Which people, organisations and countries the same articles of %(site)s name.")
    )
    title = theme.tongue.gettext("Who appears with whom")
    return draw(theme, "together.html", urls.TOGETHER, view=view, title=title, description=description)


def outlet(theme: Theme, view: OutletView) -> str:
    """An outlet and its articles."""
    if view.pages.number == 1:
        text = theme.tongue.ngettext(
            "%(number)s article from %(outlet)s.", "%(number)s articles from %(outlet)s.", view.articles_total
        )
    else:
        text = theme.tongue.gettext("Articles from %(outlet)s.")
    description = text % {"number": number(view.articles_total, tongue=theme.tongue), "outlet": view.name}
    return listed(theme, "outlet.html", view.pages, view=view, title=view.name, description=description)


def outlets_index(theme: Theme, view: OutletsIndexView) -> str:
    """The list of all outlets."""
    description = _of_site(theme, noted("The newspapers, agencies and sites whose articles are in %(site)s."))
    return draw(
        theme, "outlets.html", urls.OUTLETS, view=view, title=theme.tongue.gettext("Outlets"), description=description
    )


def day(theme: Theme, view: DayView) -> str:
    """A year, a month or a day."""
    title = show(view.date, theme.tongue)
    if view.date.is_day:
        text = theme.tongue.gettext("What happened on %(date)s, and what was published.")
    else:
        text = theme.tongue.gettext("%(date)s, by day.")
    description = text % {"date": title}
    return listed(theme, "day.html", view.pages, view=view, title=title, description=description)


def dates_index(theme: Theme, view: DatesIndexView) -> str:
    """All years and their months."""
    description = _of_site(theme, noted("Every year and month that %(site)s knows something about."))
    return draw(
        theme, "dates.html", urls.DATES, view=view, title=theme.tongue.gettext("Dates"), description=description
    )


def timeline(theme: Theme, view: TimelineView) -> str:
    """The chronology, or one year of it."""
    gettext = theme.tongue.gettext
    year = named(str(view.year), tongue=theme.tongue) if view.year else ""
    title = gettext("Timeline of %(year)s") % {"year": year} if year else gettext("Timeline")
    description = gettext("What happened, in order, each line with the sentence and the article that say so.")
    return listed(theme, "timeline.html", view.pages, view=view, title=title, description=description)


def undated(theme: Theme, view: UndatedView) -> str:
    """What has no date."""
    description = theme.tongue.gettext("Articles that state no publication date, and statements whose year is unknown.")
    return listed(
        theme, "undated.html", view.pages, view=view, title=theme.tongue.gettext("Undated"), description=description
    )


def about(theme: Theme, lags: Sequence[tuple[int, int]] = ()) -> str:
    """How the archive is made, in plain words; `lags` are (days from event to report, statements)."""
    description = theme.tongue.gettext("How the dates and names in this archive are found, and how to correct them.")
    title = theme.tongue.gettext("About this archive")
    return draw(theme, "about.html", urls.ABOUT, lags=lags, title=title, description=description)


def data(theme: Theme) -> str:
    """What can be downloaded."""
    description = _of_site(theme, noted("The articles, names and dates of %(site)s as files for other programs."))
    files = downloads(theme.site.data)
    title = theme.tongue.gettext("Data")
    return draw(theme, "data.html", urls.DATA, title=title, description=description, files=files, tables=TABLES)


def search(theme: Theme, view: SearchView) -> str:
    """The page that searches."""
    description = _of_site(theme, noted("Find articles, people, organisations and days in %(site)s."))
    title = theme.tongue.gettext("Search")
    return draw(theme, "search.html", urls.SEARCH, view=view, title=title, description=description)


def not_found(theme: Theme) -> str:
    """The page for an address that leads nowhere; hosts show it at any depth, so its links begin at the top."""
    root = escape(urls.absolute(theme.site.url, "") if theme.site.url else "/")
    description = theme.tongue.gettext("There is no page at this address.")
    title = theme.tongue.gettext("Page not found")
    return draw(theme, "404.html", "404.html", root=root, canonical="", title=title, description=description)


def listed(theme: Theme, template: str, pages: PageNumbers, *, title: str, **values: object) -> str:
    """Draw one page of a list; from the second on, the title says which."""
    path = urls.paged(pages.base, pages.number)
    if pages.number > 1:
        title = theme.tongue.gettext("%(title)s, page %(number)s") % {"title": title, "number": pages.number}
    return draw(theme, template, path, title=title, pages=pages, **values)


def _of_site(theme: Theme, text: str) -> str:
    """A text that names the site."""
    return theme.tongue.gettext(text) % {"site": theme.site.title}


def _short(text: str) -> str:
    """Cut a text at a word, for a description."""
    begin = " ".join(text[: 2 * DESCRIPTION].split())  # of a long text the rest is not looked at
    text = begin if len(begin) > DESCRIPTION else " ".join(text.split())
    if len(text) <= DESCRIPTION:
        return text
    return text[:DESCRIPTION].rpartition(" ")[0].rstrip(" ,;:–-") + " …"
