"""What pages are made of: the store answers with these, the renderer turns them into HTML, neither knows the other."""

from __future__ import annotations

import re

import msgspec

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import Article, Basis, Change, Kind, Known, Mood, Status

__all__ = [
    "ActorQuote",
    "ActorRef",
    "ActorRole",
    "ActorView",
    "ActorsIndexView",
    "ArticleRef",
    "ArticleView",
    "Bounds",
    "Contradiction",
    "Correction",
    "CorrectionsView",
    "Corroboration",
    "Count",
    "DatesIndexView",
    "DayView",
    "Entry",
    "ExportedEntry",
    "FeedItem",
    "FeedView",
    "HomeView",
    "Link",
    "Logo",
    "NameLink",
    "OutletView",
    "OutletsIndexView",
    "PageNumbers",
    "ProposedDate",
    "ReviewItem",
    "SiteView",
    "TimelineView",
    "TogetherView",
    "TombstoneView",
    "UndatedView",
]

YEARLESS = re.compile(r"XXXX-[0-9]{2}-[0-9]{2}")


class Logo(msgspec.Struct, frozen=True, gc=False):
    """A picture in static/, with its proportions."""

    file: str
    width: int
    height: int


class SiteView(msgspec.Struct, frozen=True, gc=False):
    """What every page says about the archive: from site.yaml, and its totals.

    `footer` is Markdown; `has_look` tells that static/theme.css sets colours or typefaces, `has_styles` that
    there is a static/custom.css; `data` are the forms of downloads.
    """

    title: str
    description: str
    url: str
    language: str
    articles: int
    actors: int
    days: int
    undated: int
    first: Date | None
    last: Date | None
    feeds: tuple[str, ...]
    search: bool
    corrections: bool = False
    logo: Logo | None = None
    footer: str = ""
    has_look: bool = False
    has_styles: bool = False
    data: tuple[str, ...] = ()


class SearchView(msgspec.Struct, frozen=True, gc=False):
    """What one can search by: kinds of actors, outlets and years; and the parts of the index by the years they hold.

    A part is (key, first year, last year); years are empty where it holds what has none too.
    """

    kinds: tuple[Kind, ...]
    outlets: tuple[tuple[str, str], ...]  # slug, name
    years: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...]


class ActorRef(msgspec.Struct, frozen=True, gc=False):
    """An actor as others link to it."""

    slug: str
    name: str
    kind: Kind


class ArticleRef(msgspec.Struct, frozen=True, gc=False):
    """An article as others link to it."""

    slug: str
    title: str
    source: str
    source_slug: str
    published: Known[Date] | None
    event_date: Known[Date] | None
    language: str = ""


class Corroboration(msgspec.Struct, frozen=True, gc=False):
    """Of an entry that several outlets have: how many, the article that had it first, how many days after, if known."""

    outlets: int
    first: ArticleRef
    lag: int | None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A line of the chronology: the date, the sentence, and by whose account.

    `anchor` is the id of the marked sentence on the article's page; so many other outlets `also` have it, in a copy;
    `contested` tells that another account differs.
    """

    date: Date
    text: str
    evidence: str
    basis: Basis
    mood: Mood
    anchor: str
    article: ArticleRef
    actors: tuple[ActorRef, ...]
    reported: Corroboration | None = None
    also: int = 0
    contested: bool = False


class Contradiction(msgspec.Struct, frozen=True, gc=False):
    """Two entries that tell the same thing, and in words what they give differently: "82 or 90 people"."""

    one: Entry
    other: Entry
    what: str


class ProposedDate(msgspec.Struct, frozen=True, gc=False):
    """When an undated article was probably published, and the dated article of its story by which that was reckoned.

    `shared` are phrases and days that both have; `weekday` is the one that the undated article names, or empty.
    """

    date: Date
    fellow: ArticleRef
    shared: tuple[str, ...]
    weekday: str

    @property
    def period(self) -> str:
        """The date in words that say how sure it is."""
        first, last = self.date.earliest, self.date.latest
        if self.date.precision == "interval" and first and last:
            return f"probably between {edtf.show(edtf.parse(str(first)))} and {edtf.show(edtf.parse(str(last)))}"
        return f"probably {edtf.show(self.date)}"

    @property
    def days(self) -> tuple[str, ...]:
        """The days of a year that both have, as EDTF: XXXX-09-04."""
        return tuple(shared for shared in self.shared if YEARLESS.fullmatch(shared))

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that both have."""
        return tuple(shared for shared in self.shared if not YEARLESS.fullmatch(shared))

    @property
    def reason(self) -> str:
        """Why, in words, with the other article's day."""
        published = self.fellow.published
        day = f", published {edtf.show(published.value)}" if published else ""
        weekday = f"; and this one speaks of {self.weekday}" if self.weekday else ""
        days = [f"the day {edtf.show(edtf.parse(day)).partition(',')[0]}" for day in self.days]
        shared = " and ".join([*days, *[f"“{phrase}”" for phrase in self.phrases]])
        return f"it tells the same story as “{self.fellow.title}”{day}: both have {shared}{weekday}"


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """An interval in which an undated article may have been written (None where nothing bounds it), and why.

    It tells of what was `told` in these words, the `evidence`, as past; the page was `saved` by then.
    """

    interval: Date | None
    reasons: tuple[str, ...]
    told: Date | None = None
    evidence: str = ""
    saved: Date | None = None

    def __str__(self) -> str:
        """The interval in words with the reasons; empty where nothing bounds it."""
        return f"{edtf.show(self.interval)}, for {' and '.join(self.reasons)}" if self.interval else ""


class Count(msgspec.Struct, frozen=True, gc=False):
    """A link with a number: a year and how much happened in it, a letter and how many names it has."""

    label: str
    path: str
    count: int


class Link(msgspec.Struct, frozen=True, gc=False):
    """A plain link to a page of this site, by its path from the site's root."""

    label: str
    path: str


class PageNumbers(msgspec.Struct, frozen=True, gc=False):
    """Where a page stands in a list cut into pages; `base` is the first page's path."""

    base: str
    number: int
    last: int


class NameLink(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the body that names an actor with a page."""

    start: int
    end: int
    actor: ActorRef


class ArticleView(msgspec.Struct, frozen=True, gc=False):
    """Everything an article's page shows. `entries` are the article's own, in text order.

    `copies` are near-identical articles, of which this is the first; or `copy_of` is the first, and `changes` tell what
    this one has otherwise. `story` are other articles on the same event; `bounds` tells when an undated one was written
    by its own text.
    """

    ref: ArticleRef
    article: Article
    names: tuple[NameLink, ...]
    actors: tuple[ActorRef, ...]
    entries: tuple[Entry, ...]
    sentences: tuple[tuple[int, int], ...]
    previous: ArticleRef | None
    next: ArticleRef | None
    copy_of: ArticleRef | None = None
    copies: tuple[ArticleRef, ...] = ()
    story: tuple[ArticleRef, ...] = ()
    proposed: ProposedDate | None = None
    changes: tuple[Change, ...] = ()
    bounds: Bounds | None = None


class ActorRole(msgspec.Struct, frozen=True, gc=False):
    """What articles say an actor is, and the dates of the first and the last that says so."""

    label: str
    first: Date | None
    last: Date | None
    articles: int


class ActorQuote(msgspec.Struct, frozen=True, gc=False):
    """Words of an actor, and the article that quotes them."""

    text: str
    article: ArticleRef


class ActorView(msgspec.Struct, frozen=True, gc=False):
    """An actor's page, or a year or decade of it when `year` is not empty (1990, 1990–1999, undated).

    `reasons` say of each alias why it is this actor; `seen` are the dates of the first and the last dated article.
    `presence` has how many articles of each month name it.
    """

    ref: ActorRef
    aliases: tuple[str, ...]
    note: str
    same_as: tuple[str, ...]
    articles_total: int
    entries_total: int
    years: tuple[Count, ...]
    together: tuple[tuple[ActorRef, int], ...]
    year: str
    entries: tuple[Entry, ...]
    articles: tuple[ArticleRef, ...]
    pages: PageNumbers
    reasons: tuple[str, ...] = ()
    roles: tuple[ActorRole, ...] = ()
    quotes: tuple[ActorQuote, ...] = ()
    seen: tuple[Date | None, Date | None] = (None, None)
    presence: tuple[Count, ...] = ()


class OutletView(msgspec.Struct, frozen=True, gc=False):
    """An outlet's page. Only the first says how many articles there are: the others change when theirs do."""

    name: str
    slug: str
    articles_total: int
    articles: tuple[ArticleRef, ...]
    pages: PageNumbers


class DayView(msgspec.Struct, frozen=True, gc=False):
    """A year, month or day: what happened, what was published, what had been announced for it.

    `parts` are the months of a year or the days of a month that have something; `days` are those of a year.
    """

    date: Date
    parts: tuple[Count, ...]
    happened: tuple[Entry, ...]
    announced: tuple[Entry, ...]
    published: tuple[ArticleRef, ...]
    previous: Link | None
    next: Link | None
    pages: PageNumbers
    contradictions: tuple[Contradiction, ...] = ()
    days: tuple[Count, ...] = ()


class TimelineView(msgspec.Struct, frozen=True, gc=False):
    """The chronology, or one year of it when `year` is not empty. `density` has (month, entries) pairs."""

    year: str
    years: tuple[Count, ...]
    density: tuple[Count, ...]
    entries: tuple[Entry, ...]
    pages: PageNumbers


class HomeView(msgspec.Struct, frozen=True, gc=False):
    """The front page. `months` has how many articles were published in each."""

    newest: tuple[ArticleRef, ...]
    latest: tuple[Entry, ...]
    people: tuple[tuple[ActorRef, int], ...]
    organisations: tuple[tuple[ActorRef, int], ...]
    countries: tuple[tuple[ActorRef, int], ...]
    years: tuple[Count, ...]
    months: tuple[Count, ...] = ()


class ActorsIndexView(msgspec.Struct, frozen=True, gc=False):
    """The list of all actors, by kind and name; `top` are the most often named of each kind (first page only).

    `letters` lead to the names of each kind that begin with a letter, wherever in the list they stand.
    """

    top: tuple[tuple[Kind, tuple[tuple[ActorRef, int], ...]], ...]
    actors: tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...]
    pages: PageNumbers
    letters: tuple[tuple[Kind, tuple[Count, ...]], ...] = ()


class TogetherView(msgspec.Struct, frozen=True, gc=False):
    """Who appears with whom: actors with the number of their articles, and how many any two of them share.

    `shared` has (place of the one, place of the other, articles), the first before the second.
    """

    actors: tuple[tuple[ActorRef, int], ...]
    shared: tuple[tuple[int, int, int], ...]


class OutletsIndexView(msgspec.Struct, frozen=True, gc=False):
    """The list of all outlets with the number of their articles."""

    outlets: tuple[Count, ...]


class DatesIndexView(msgspec.Struct, frozen=True, gc=False):
    """All years, each with its months, that have something; the counts are entries and articles together."""

    years: tuple[tuple[Count, tuple[Count, ...]], ...]


class UndatedView(msgspec.Struct, frozen=True, gc=False):
    """Articles that state no publication date, and statements whose year is unknown."""

    articles: tuple[ArticleRef, ...]
    entries: tuple[Entry, ...]
    pages: PageNumbers


class TombstoneView(msgspec.Struct, frozen=True, gc=False):
    """The page of a withdrawn article: its path and what readers are told, nothing that it said."""

    path: str
    notice: str


class Correction(msgspec.Struct, frozen=True, gc=False):
    """An article that was corrected, redacted or withdrawn; of a withdrawn one `article` is None."""

    status: Status
    notice: str
    slug: str
    article: ArticleRef | None


class CorrectionsView(msgspec.Struct, frozen=True, gc=False):
    """The list of what was corrected, redacted and withdrawn, newest first."""

    corrections: tuple[Correction, ...]
    pages: PageNumbers


class FeedItem(msgspec.Struct, frozen=True, gc=False):
    """An article in the feed, newest first; `summary` is its first paragraph."""

    ref: ArticleRef
    summary: str


class FeedView(msgspec.Struct, frozen=True, gc=False):
    """The newest articles of the site, an actor or an outlet; the feed lies in the `folder` of its page."""

    folder: str
    title: str
    description: str
    items: tuple[FeedItem, ...]


class ExportedEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry as other programs get it: with its article's path, its place in the text, and actors' ids.

    One that `repeats` stands in a copy and is the same as that of the article copied.
    """

    date: Date
    article: str
    text: str
    start: int
    end: int
    basis: Basis
    mood: Mood
    actors: tuple[str, ...]
    outlets: int = 0
    repeats: bool = False


class ReviewItem(msgspec.Struct, frozen=True, gc=False):
    """Something for an editor to settle: where, why, from which words, and the line that would settle it.

    `path` is the file to look at; `line` counts in it; `fix` goes into the front matter of `record`.
    """

    path: str
    line: int | None
    topic: str
    reason: str
    evidence: str
    fix: str
    record: str
