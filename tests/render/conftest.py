"""One made-up site with every kind of page, drawn with any text in place of its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivegen import edtf, render, urls
from archivegen.config import FEEDS
from archivegen.downloads import FORMATS
from archivegen.model import Article, Block, Body, Kind, Known, Provenance, Removed, Style
from archivegen.views import (
    ActorQuote,
    ActorRef,
    ActorRole,
    ActorsIndexView,
    ActorView,
    ArticleRef,
    ArticleView,
    Correction,
    CorrectionsView,
    Count,
    DatesIndexView,
    DayView,
    Entry,
    FeedItem,
    HomeView,
    Link,
    NameLink,
    OutletsIndexView,
    OutletView,
    PageNumbers,
    SearchView,
    SiteView,
    TimelineView,
    TogetherView,
    TombstoneView,
    UndatedView,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
D = edtf.parse


@dataclass(frozen=True)
class Sample:
    """The views of one small site whose every text is `text`, or plain words where that is empty."""

    text: str = ""
    url: str = "https://example.org/archive/"
    language: str = "en"

    def say(self, words: str) -> str:
        return self.text or words

    @property
    def site(self) -> SiteView:
        title, about = self.say("The Valley Archive"), self.say("News of one valley.")
        return SiteView(
            title, about, self.url, self.language, 1, 1204, 2, 1, D("2015"), D("2018-09-04"), FEEDS, True, FORMATS
        )

    @property
    def actor_ref(self) -> ActorRef:
        return ActorRef("amina-okafor", self.say("Amina Okafor"), "person")

    @property
    def ref(self) -> ArticleRef:
        published = Known(D("2018-08-21"), "stated", self.say("21 August, 2018"), 3)
        event = Known(D("2018-08-21"), "inferred", self.say("on Tuesday"))
        return ArticleRef(
            "dam-talks", self.say("Dam talks"), self.say("Valley Wire"), "valley-wire", published, event, "fr"
        )

    @property
    def search_view(self) -> SearchView:
        outlets = (("valley-wire", self.say("Valley Wire")), ("dam-post", self.say("Dam Post")))
        return SearchView(("person",), outlets, ("2018", "2017"), (("2018", "2018", "2018"), ("rest", "", "")))

    @property
    def undated_ref(self) -> ArticleRef:
        return ArticleRef("no-date", self.say("No date at all"), "", "", None, None)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """In each date of the calendar's kinds; the first two are the article's own."""
        text, words, who = self.say("Talks began on Tuesday."), self.say("Tuesday"), (self.actor_ref,)
        return (
            Entry(D("2018-08-21"), text, words, "inferred", "happened", "s0", self.ref, who),
            Entry(D("2018-09-04"), text, words, "stated", "planned", "s0", self.ref, who),
            Entry(D("2018-09"), text, "", "stated", "denied", "s0", self.ref, ()),
            Entry(D("2015?"), text, words, "curated", "announced", "s0", self.ref, who),
            Entry(D("2015-06/2015-08"), text, words, "stated", "happened", "s0", self.ref, ()),
            Entry(D("XXXX-09-04"), text, words, "stated", "happened", "s0", self.undated_ref, who),
        )

    @property
    def article(self) -> Article:
        first, second = self.say("Talks began on Tuesday."), self.say("Amina Okafor said so. See the list.")
        text = f"{first}\n\n{second}"
        at = len(first) + 2
        styles = (Style("link", at + 1, at + 4, "https://example.net/?a=1&b=2"), Style("em", at, at + 6))
        blocks = (Block("paragraph", 0, len(first)), Block("paragraph", at, len(text)))
        return Article(
            path="seeds/dam.txt",
            seed="seeds/dam.txt",
            provenance=Provenance("0" * 64, 10, "text"),
            title=Known(self.ref.title, "stated"),
            body=Body(text, blocks, styles),
            source=Known(self.ref.source, "stated"),
            byline=Known(self.say("Tomas Eriksen"), "stated"),
            agency=Known(self.say("VW"), "stated"),
            place=Known(self.say("Upper Valley"), "stated"),
            language=Known("fr", "curated"),
            url=Known(self.say("https://example.net/dam"), "curated"),
            published=Known(D("2018-08-21"), "stated", self.say("21 August, 2018"), 3, self.say("two dates")),
            updated=Known(D("2018-08-22"), "curated", self.say("2018-08-22")),
            status="corrected",
            notice=self.say("The height was wrong."),
            removed=(Removed(1, self.say("Home News Sport"), self.say("menu")),),
        )

    @property
    def article_view(self) -> ArticleView:
        article = self.article
        name = NameLink(article.body.blocks[1].start + 5, len(article.body.text), self.actor_ref)
        sentences = ((0, article.body.blocks[0].end),)
        return ArticleView(
            self.ref, article, (name,), (self.actor_ref,), self.entries[:2], sentences, self.undated_ref, self.ref
        )

    def draw(self, theme: render.Theme) -> dict[str, str]:
        """Every kind of page, by its path."""
        text, actor, ref, entries = self.say, self.actor_ref, self.ref, self.entries
        known = ((actor, 1),)
        years = (Count("2015", "timeline/2015/", 2), Count("2018", "timeline/2018/", 3))
        months = (Count("2018-08", "timeline/2018/#2018-08", 1), Count("2018-09", "timeline/2018/#2018-09", 2))
        actor_years = (Count("2018", urls.actor(actor.slug, "2018"), 3),)
        refs = (ref, self.undated_ref)

        day = Count("2018-08-21", "dates/2018/08/21/", 2)
        month = Count("2018-08", "dates/2018/08/", 2)
        by_month = (month, Count("2018-09", "dates/2018/09/", 1))
        both = TogetherView(
            ((actor, 2), (ActorRef("valley-board", text("Valley Board"), "organisation"), 1)), ((0, 1, 1),)
        )

        def one(base: str, number: int = 1) -> PageNumbers:
            return PageNumbers(base, number, 3)

        def about_actor(year: str) -> ActorView:
            base = urls.actor(actor.slug, year)
            return ActorView(
                actor, (text("A. Okafor"),), text("Chair"), (text("https://example.net/a"),), 1, 6, actor_years,
                known, year, entries, refs, one(base), (text("short for the name"),),
                (ActorRole(text("chair of the board"), D("2018-08"), D("2018-09"), 2),),
                (ActorQuote(text("We shall see about that"), ref),), (D("2018-08"), D("2018-09-01")),
                () if year else by_month,
            )  # fmt: skip

        def days(date: str, parts: tuple[Count, ...], number: int = 1) -> DayView:
            path = f"dates/{date.replace('-', '/')}/"
            before = Link(text("2015"), "dates/2015/")
            return DayView(
                D(date),
                parts,
                entries[:2],
                entries[2:4],
                refs,
                before,
                None,
                one(path, number),
                (),
                (day,) if len(date) == 4 else (),
            )

        by_letter: tuple[tuple[Kind, str, tuple[tuple[ActorRef, int], ...]], ...] = (("person", "A", known),)
        letters: tuple[tuple[Kind, tuple[Count, ...]], ...] = (("person", (Count("A", "actors/#person-A", 1),)),)
        timeline = TimelineView("", years, months, entries, one("timeline/"))
        return {
            "": render.home(theme, HomeView(refs, entries, known, (), (), years, by_month)),
            urls.article(ref.slug): render.article(theme, self.article_view),
            urls.actor(actor.slug): render.actor(theme, about_actor("")),
            urls.actor(actor.slug, "2018"): render.actor(theme, about_actor("2018")),
            "actors/": render.actors_index(
                theme, ActorsIndexView((("person", known),), by_letter, one("actors/"), letters)
            ),
            "outlets/valley-wire/page/2/": render.outlet(
                theme, OutletView(text("Valley Wire"), "valley-wire", 2, refs, one("outlets/valley-wire/", 2))
            ),
            "outlets/": render.outlets_index(
                theme, OutletsIndexView((Count(text("Valley Wire"), "outlets/valley-wire/", 1),))
            ),
            "dates/2018/": render.day(theme, days("2018", (month,))),
            "dates/2018/08/page/2/": render.day(theme, days("2018-08", (day,), 2)),
            "dates/2018/08/21/": render.day(theme, days("2018-08-21", ())),
            "dates/": render.dates_index(theme, DatesIndexView(((Count("2018", "dates/2018/", 2), (month,)),))),
            "timeline/": render.timeline(theme, timeline),
            "timeline/2018/": render.timeline(
                theme, TimelineView("2018", years, months, entries, one("timeline/2018/"))
            ),
            "undated/": render.undated(theme, UndatedView((self.undated_ref,), entries[-1:], one("undated/"))),
            "actors/together/": render.together(theme, both),
            "about/": render.about(theme, ((0, 3), (9, 4))),
            "corrections/": render.corrections(theme, self.corrections_view),
            "articles/gone/": render.tombstone(theme, TombstoneView("articles/gone/", text("At its author's wish."))),
            "articles/old/": render.redirect(theme, "articles/old/", "articles/dam-talks/"),
            "data/": render.data(theme),
            urls.SEARCH: render.search(theme, self.search_view),
            "404.html": render.not_found(theme),
        }

    @property
    def corrections_view(self) -> CorrectionsView:
        told = Correction("corrected", self.say("The dam is 40 m high, not 40 ft."), self.ref.slug, self.ref)
        gone = Correction("withdrawn", self.say("At its author's wish."), "gone", None)
        return CorrectionsView((told, gone), PageNumbers("corrections/", 1, 3))

    def items(self) -> list[FeedItem]:
        return [
            FeedItem(self.ref, self.say("Talks began.")),
            FeedItem(self.undated_ref, self.say("Nobody knows when.")),
        ]


@pytest.fixture
def sample() -> Callable[..., Sample]:
    return Sample


@pytest.fixture
def open_theme() -> Callable[..., render.Theme]:
    """Open the shipped theme for a sample, a user's templates before it if there are any."""

    def open_it(sample: Sample, *folders: Path) -> render.Theme:
        return render.open_theme(sample.site, [*folders, TEMPLATES], version="9.9")

    return open_it
