"""Which files the site has: a job for each, with a sign that tells when to do it again, and what each job draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from archivegen import contents, data, edtf, look, render, search, urls
from archivegen.config import Config
from archivegen.errors import OutputError
from archivegen.inputs import is_hidden
from archivegen.render import Theme
from archivegen.stamps import stamp_of
from archivegen.store import Reader, Sign
from archivegen.views import FeedView, PageNumbers

__all__ = ["FORMER", "SITEMAP", "Tools", "draw", "is_heavy", "jobs", "sitemaps"]

Page = tuple[str, str]  # path from the site's root as in urls, HTML
Job = tuple[str, str | int]  # FAMILY:KEY, its sign: with another one its files are to be drawn again
File = tuple[str, bytes | Path]  # path from the site's root; content, or a file to move there


class Tools(msgspec.Struct, frozen=True):
    """What drawing takes. `made_by` is a hash of the program with which a site is made."""

    config: Config
    reader: Reader
    theme: Theme
    static: tuple[Path, ...]  # a file in an earlier folder hides a later one's
    scratch: Path  # a folder for large files
    made_by: str


def jobs(config: Config, reader: Reader, static: Sequence[Path]) -> Iterator[Job]:
    """Yield all there is to draw, as a stream; the sitemap, which lists the rest, is to be drawn after all."""
    signs = reader.signs(config.page_size)
    outline = signs.outline()
    whole = f"{outline} {signs.texts()}"
    yield from ((f"{family}:", outline) for family in OUTLINES)
    if config.data:
        yield "data:", "files"
        yield from _named("downloads", data.signs(config.data, reader))
    if config.search:
        yield from _search_jobs(reader, outline)
    if "site" in config.feeds:
        yield "feed:", whole
    yield from _named("article", signs.articles())
    with_feeds = "actors" in config.feeds
    for actor, sign, feed in signs.actors():
        yield f"actor:{actor}", sign
        if with_feeds:
            yield f"actor-feed:{actor}", feed
    if "outlets" in config.feeds:
        yield from _named("outlet-feed", signs.outlet_feeds())
    of: tuple[tuple[str, Iterator[Sign]], ...] = (
        ("year", signs.years()),
        ("actor-span", signs.actor_spans()),
        ("outlet", signs.outlets()),
        ("date", signs.periods()),
        ("tombstone", ((slug, f"says {notice}") for slug, notice in reader.editorial.notices())),
    )
    for family, found in of:
        yield from _named(family, found)
    if look.stylesheet(config.theme):
        yield "look:", "theme"
    files = [(path, f"{file} {stamp_of(file)}") for path, file in _static_files(static)]
    yield from _named("static", iter(files))
    if config.url:  # a sitemap names whole addresses
        yield SITEMAP, f"{outline} {[path for path, _ in files]}"


def _named(family: str, found: Iterator[Sign]) -> Iterator[Job]:
    return ((f"{family}:{key}", sign) for key, sign in found)


def is_heavy(job: str) -> bool:
    """Tell whether a job takes long in a large archive: it reads all of it, or thousands of articles."""
    return job.partition(":")[0] in HEAVY


def draw(tools: Tools, family: str, keys: Sequence[str]) -> Iterator[tuple[str, File]]:
    """Draw the files of some jobs of a family; yield each with its job's key."""
    if family == "article":
        for number, view in contents.articles(tools.reader, [int(key) for key in keys]):
            page = render.article(tools.theme, view)
            yield str(number), (urls.file_of(urls.article(view.ref.slug)), page.encode("utf-8", "replace"))
        return
    for key in keys:
        for file in _draw_one(tools, family, key):
            yield key, file


def _draw_one(tools: Tools, family: str, key: str) -> Iterator[File]:
    if family == "static":
        yield f"static/{key}", _read(next(file for folder in tools.static if (file := folder / key).is_file()))
    elif family == "downloads":
        folder = tools.scratch / key
        folder.mkdir(parents=True, exist_ok=True)
        yield from data.make_data(tools.config, tools.reader, key, folder, tools.made_by)
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


def _search_jobs(reader: Reader, outline: str) -> Iterator[Job]:
    """The search page, the program that searches, and the index in parts."""
    yield "search:", outline
    redacted = str(reader.editorial.redactions())  # the words of others are looked for in every part again
    for key, sign in search.signs(reader):
        yield f"search-part:{key}", f"{sign} {redacted}"
    yield "search-program:", f"{search.version()} {reader.search.languages()}"


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
    yield urls.HOME, render.home(tools.theme, contents.home(tools.reader))


def _timeline_page(tools: Tools, _: str) -> Iterator[Page]:
    view = contents.timeline(tools.reader)
    yield _at(view.pages), render.timeline(tools.theme, view)


def _year_page(tools: Tools, key: str) -> Iterator[Page]:
    view = contents.timeline_year(tools.reader, key, tools.config.page_size)
    yield _at(view.pages), render.timeline(tools.theme, view)


def _actors_index_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in contents.actors_index(tools.reader, tools.config.page_size):
        yield _at(view.pages), render.actors_index(tools.theme, view)


def _actor_page(tools: Tools, actor: str) -> Iterator[Page]:
    view = contents.actor(tools.reader, actor, tools.config.page_size)
    yield _at(view.pages), render.actor(tools.theme, view)


def _actor_span_pages(tools: Tools, key: str) -> Iterator[Page]:
    actor, _, span = key.rpartition("/")
    for view in contents.actor_span(tools.reader, actor, span, tools.config.page_size):
        yield _at(view.pages), render.actor(tools.theme, view)


def _together_page(tools: Tools, _: str) -> Iterator[Page]:
    if (together := contents.together(tools.reader)).actors:
        yield urls.TOGETHER, render.together(tools.theme, together)


def _corrections_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in contents.corrections(tools.reader, tools.config.page_size):
        yield _at(view.pages), render.corrections(tools.theme, view)


def _tombstone_page(tools: Tools, slug: str) -> Iterator[Page]:
    yield urls.article(slug), render.tombstone(tools.theme, tools.reader.editorial.tombstone(slug))


def _outlets_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.OUTLETS, render.outlets_index(tools.theme, contents.outlets_index(tools.reader))


def _outlet_page(tools: Tools, key: str) -> Iterator[Page]:
    slug, _, number = key.rpartition("/")
    view = contents.outlet(tools.reader, slug, int(number), tools.config.page_size)
    yield _at(view.pages), render.outlet(tools.theme, view)


def _dates_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.DATES, render.dates_index(tools.theme, contents.dates_index(tools.reader))


def _date_pages(tools: Tools, date: str) -> Iterator[Page]:
    for view in contents.day(tools.reader, edtf.parse(date), tools.config.page_size):
        yield _at(view.pages), render.day(tools.theme, view)


def _undated_pages(tools: Tools, _: str) -> Iterator[Page]:
    for view in contents.undated(tools.reader, tools.config.page_size):
        yield _at(view.pages), render.undated(tools.theme, view)


def _data_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.DATA, render.data(tools.theme)


def _search_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.SEARCH, render.search(tools.theme, contents.search(tools.reader))


def _about_page(tools: Tools, _: str) -> Iterator[Page]:
    yield urls.ABOUT, render.about(tools.theme, tools.reader.pictures.lags())


# A little of everything is on these: any change but that of a text draws them again.
OUTLINES = (
    "home", "timeline", "actors", "together", "outlets", "dates", "undated", "about", "corrections", "404", "robots",
)  # fmt: skip
SITEMAP = "sitemap:"
FORMER = "former:"  # with its answer, the job of the page at an address of old
HEAVY = frozenset(("downloads", "search-part"))
LARGE = frozenset(("downloads",))  # families that write into `scratch`
UNLISTED = frozenset(("tombstone", FORMER.rstrip(":")))  # pages that no list of pages leads to
# What each family of jobs draws: pages, or a single file under its own name.
PAGES: dict[str, Callable[[Tools, str], Iterator[Page]]] = {
    "home": _home_page,
    "timeline": _timeline_page,
    "year": _year_page,
    "actors": _actors_index_pages,
    "actor": _actor_page,
    "actor-span": _actor_span_pages,
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
    "feed": contents.site_feed,
    "actor-feed": contents.actor_feed,
    "outlet-feed": contents.outlet_feed,
}
SINGLE: dict[str, tuple[str, Callable[[Tools], str]]] = {
    "404": ("404.html", lambda tools: render.not_found(tools.theme)),
    "look": ("static/theme.css", lambda tools: look.stylesheet(tools.config.theme)),
    "robots": ("robots.txt", lambda tools: render.robots(tools.theme)),
}


def _static_files(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield every static file by its path in its folder; one in an earlier folder hides a later one's."""
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            path = inside.as_posix()
            if file.is_file() and path not in seen and not any(map(is_hidden, inside.parts)):
                seen.add(path)
                yield path, file


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise OutputError(f"{file} cannot be read: {error.strerror}") from error


def _at(pages: PageNumbers) -> str:
    return urls.paged(pages.base, pages.number)
