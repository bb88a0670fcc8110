"""What holds for every kind of page: safe, well formed, its links lead where they should, its words are honest."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import msgspec.structs
import pytest

from archivegen import edtf, render, urls
from archivegen.model import Known
from archivegen.views import Count, PageNumbers, TimelineView, TombstoneView

VOID = {"meta", "link", "br", "hr", "img", "input"}
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)> \"' javascript:alert(1) {{ 7*7 }} &amp;"
# Every page that the sample's links may lead to.
KNOWN_PAGES = {
    "", "timeline/", "timeline/page/2/", "timeline/page/3/", "timeline/2015/", "timeline/2018/",
    "timeline/2018/page/2/", "timeline/2018/page/3/", "actors/", "actors/page/2/", "actors/page/3/",
    "actors/valley-board/",
    "actors/amina-okafor/", "actors/amina-okafor/page/2/", "actors/amina-okafor/page/3/", "actors/amina-okafor/2018/",
    "actors/amina-okafor/2018/page/2/", "actors/amina-okafor/2018/page/3/", "articles/dam-talks/", "articles/no-date/",
    "outlets/", "outlets/valley-wire/", "outlets/valley-wire/page/3/", "dates/", "dates/2015/", "dates/2018/",
    "dates/2018/page/2/", "dates/2018/page/3/", "dates/2018/08/", "dates/2018/08/page/3/", "dates/2018/08/21/",
    "dates/2018/08/21/page/2/", "dates/2018/08/21/page/3/", "dates/2018/08/22/", "dates/2018/09/", "dates/2018/09/04/",
    "actors/together/",
    "undated/", "undated/page/2/", "undated/page/3/", "about/", "articles/gone/", "articles/old/", "corrections/",
    "corrections/page/2/", "corrections/page/3/", "search/",
}  # fmt: skip
KNOWN_FILES = (
    {urls.file_of(page) for page in KNOWN_PAGES}
    | {f"static/{name}" for name in ("style.css", "lists.css", "search.css", "filter.js", "search.js", "favicon.svg")}
    | {
        f"{folder}feed.{form}"
        for folder in ("", "actors/amina-okafor/", "outlets/valley-wire/")
        for form in ("xml", "json")
    }
)


class Reader(HTMLParser):
    """Reads a page strictly: what opens must close, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        self.text += " " if tag in ("td", "th", "dd") else ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(params=["", HOSTILE], ids=["plain", "hostile"])
def pages(request, sample, open_theme) -> dict[str, str]:
    made_up = sample(request.param)
    return made_up.draw(open_theme(made_up))


def test_pages_are_well_formed(pages) -> None:
    for path, html in pages.items():
        tags = Reader(html).tags
        names = [tag for tag, _ in tags]
        ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
        assert names.count("h1") == 1, path
        assert names.count("main") == 1, path
        assert len(ids) == len(set(ids)), path
        labels = {attrs["aria-labelledby"] for _, attrs in tags if "aria-labelledby" in attrs}
        assert labels <= set(ids), path


def test_no_text_becomes_markup(sample, open_theme) -> None:
    made_up = sample(HOSTILE)
    for path, html in made_up.draw(open_theme(made_up)).items():
        page = Reader(html)
        # An article's page has one script element, which holds data: tests/render/test_meta.py
        scripts = [attrs for tag, attrs in page.tags if tag == "script"]
        data = [attrs for attrs in scripts if "src" not in attrs]
        assert data == [{"type": "application/ld+json"}] * (path == "articles/dam-talks/"), path
        assert all(attrs.keys() == {"defer", "src"} for attrs in scripts if attrs not in data), path
        assert not {"img", "iframe", "style"} & {tag for tag, _ in page.tags}, path
        assert html.count("<script") == len(scripts) and "49" not in page.text, path
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")], path
        links = [value or "" for _, attrs in page.tags for name, value in attrs.items() if name in ("href", "src")]
        assert not [link for link in links if link.lower().lstrip().startswith("javascript")], path
        assert HOSTILE in page.text, path  # and nothing is lost


def test_links_lead_to_pages_from_any_depth(pages) -> None:
    for path, html in pages.items():
        if path == "404.html":
            continue
        for tag, attrs in Reader(html).tags:
            link = attrs.get("href") or ""
            if tag != "a" and attrs.get("rel") not in ("stylesheet", "icon", "alternate"):
                continue
            if link.startswith(("https://example.net/", "#main", "data:")):
                continue
            assert not urlsplit(link).netloc and not link.startswith("/"), f"{path}: {link} is not relative"
            target = posixpath.normpath(posixpath.join(posixpath.dirname(urls.file_of(path)), urlsplit(link).path))
            assert unquote(target) in KNOWN_FILES, f"{path}: {link}"


def test_anchors_of_the_timeline_are_on_the_article(pages) -> None:
    anchors = set(re.findall(r'href="[^"]*articles/dam-talks/index.html#([^"]+)"', pages["timeline/"]))
    assert anchors == {"s0"}
    assert 'id="s0"' in pages["articles/dam-talks/"]
    assert 'id="2018-08"' in pages["timeline/2018/"]


@pytest.mark.parametrize(("url", "root"), [("https://example.org/archive/", "https://example.org/archive/"), ("", "/")])
def test_the_404_page_links_from_the_top(sample, open_theme, url: str, root: str) -> None:
    theme = open_theme(sample(url=url))
    links = [attrs["href"] for _, attrs in Reader(render.not_found(theme)).tags if "href" in attrs]
    assert f"{root}static/style.css" in links
    assert all(link and link.startswith((root, "#")) for link in links)


def test_canonical_only_with_a_public_address(sample, open_theme) -> None:
    view = sample().article_view
    with_url = render.article(open_theme(sample()), view)
    assert '<link rel="canonical" href="https://example.org/archive/articles/dam-talks/">' in with_url
    assert "canonical" not in render.article(open_theme(sample(url="")), view)


def test_an_article_says_how_each_date_is_known(sample, open_theme) -> None:
    text = _words(render.article(open_theme(sample()), sample().article_view))
    assert "Happened 21 August 2018 (inferred: on Tuesday)" in text
    assert "Published 21 August 2018 (stated: 21 August, 2018, line 3) In doubt: two dates" in text
    assert "Updated 22 August 2018 (curated by an editor: 2018-08-22)" in text
    assert "Saved The day it was saved is not recorded" in text
    assert "What was removed: 1 line" in text and "1 Home News Sport menu" in text


def test_an_event_dated_by_the_publication_says_so(sample, open_theme) -> None:
    view = sample().article_view
    borrowed = msgspec.structs.replace(view.ref.published, basis="inferred")
    ref = msgspec.structs.replace(view.ref, event_date=borrowed)
    text = _words(render.article(open_theme(sample()), msgspec.structs.replace(view, ref=ref)))
    assert "Happened 21 August 2018 (taken from the day of publication)" in text


def test_an_inferred_date_is_marked_beside_its_sentence(sample, open_theme) -> None:
    text = _words(render.article(open_theme(sample()), sample().article_view))
    assert "21 August 2018 inferred" in text and "4 September 2018 planned" in text


def test_an_undated_article_says_so(sample, open_theme) -> None:
    view = sample().article_view
    bare = msgspec.structs.replace(view, article=msgspec.structs.replace(view.article, published=None, updated=None))
    text = _words(render.article(open_theme(sample()), bare))
    assert "Published No publication date is stated" in text
    assert "Updated" not in text


def test_a_month_stays_a_month(sample, open_theme) -> None:
    view = sample().article_view
    month = msgspec.structs.replace(view.article, published=Known(edtf.parse("2018-08~"), "inferred"))
    html = render.article(open_theme(sample()), msgspec.structs.replace(view, article=month))
    assert "about August 2018</a>" in html and 'datetime="2018-08~"' not in html


def test_a_withdrawn_article_leaves_only_its_tombstone(sample, open_theme) -> None:
    html = render.tombstone(open_theme(sample()), TombstoneView("articles/dam-talks/", "At its author's wish."))
    assert "has been withdrawn from the archive. At its author's wish." in _words(html)
    assert '<meta name="robots" content="noindex">' in html


def test_a_redirect_works_in_any_folder_and_without_refresh(sample, open_theme) -> None:
    html = render.redirect(open_theme(sample()), "articles/old/", "actors/amina-okafor/")
    assert 'content="0; url=../../actors/amina-okafor/index.html"' in html
    assert '<a href="../../actors/amina-okafor/index.html">' in html
    assert '<link rel="canonical" href="https://example.org/archive/actors/amina-okafor/">' in html


def test_marks_stand_in_words(pages, sample, open_theme) -> None:
    text = _words(sample().draw(open_theme(sample()))["timeline/"])
    for mark in ("planned Talks began", "denied Talks began", "date inferred Talks", "announced date curated Talks"):
        assert mark in text
    assert "September 2018 2" in text  # the strip's months as a list


def test_language_stands_where_it_differs(sample, open_theme) -> None:
    html = render.article(open_theme(sample()), sample().article_view)
    assert '<html lang="en" dir="ltr">' in html and '<div class="body" dir="auto" lang="fr">' in html
    own = render.article(
        open_theme(sample(language="pl")), msgspec.structs.replace(sample().article_view, ref=sample().undated_ref)
    )
    assert '<html lang="pl" dir="ltr">' in own and '<div class="body" dir="auto">' in own
    # Without a catalogue the page is in English, whatever its articles are in.
    assert '<html lang="en" dir="ltr">' in render.about(open_theme(sample(language="ar")))


def test_a_long_timeline_leads_to_its_years_and_months(sample, open_theme) -> None:
    years = (Count("2017", "timeline/2017/", 1), Count("2018", "timeline/2018/", 900))
    months = (Count("August 2018", "dates/2018/08/", 500), Count("September 2018", "dates/2018/09/", 400))
    view = TimelineView("", years, months, (), PageNumbers("timeline/", 1, 1))
    html = render.timeline(open_theme(sample()), view)
    text = _words(html)
    assert "2017 1 No month is known. 2018 900 August 500 September 400" in text
    assert "No dated statement" not in text and 'href="../timeline/2018/index.html"' in html
    bare = TimelineView("", (), (), (), PageNumbers("timeline/", 1, 1))
    assert "No dated statement has been found yet." in _words(render.timeline(open_theme(sample()), bare))


def test_the_way_here_is_marked(pages) -> None:
    assert '<a href="../timeline/index.html" aria-current="page">' in pages["timeline/"]
    assert '<a href="../../timeline/index.html" aria-current="true">' in pages["timeline/2018/"]
    assert '<a href="../../../actors/index.html" aria-current="true">' in pages["actors/amina-okafor/2018/"]


def test_counts_have_their_plural_and_what_earns_a_page_is_said(sample, open_theme) -> None:
    text = _words(render.about(open_theme(sample())))
    assert "from 1 saved article." in text
    assert "named at least twice, or in two articles" in text
    assert "by a person, or copied there from the page" in text
    assert "1,204 actors" in _words(sample().draw(open_theme(sample()))[""])


def test_the_same_views_give_the_same_bytes(sample, open_theme) -> None:
    assert sample().draw(open_theme(sample())) == sample().draw(open_theme(sample()))


def _words(html: str) -> str:
    text = Reader(html.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]).text
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(text.split()))
