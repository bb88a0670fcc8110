"""Saved HTML pages: what they declare wins, and the body keeps its blocks, emphasis and links."""

from __future__ import annotations

from archivegen.model import Article
from archivegen.read import read_article

PAGE = """<!doctype html><html lang="en-GB"><head><title>Bridge opens | The Courier</title>
<link rel="canonical" href="https://courier.example/bridge">
<meta property="og:site_name" content="The Courier">
<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Bridge opens to a brass band",
 "datePublished": "2018-11-02T23:10:00+01:00", "dateModified": "2018-11-03", "articleSection": "Local",
 "author": [{"@type": "Person", "name": "Ann Example"}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge opens to a brass band</h1>
<p>RIVERTON, Nov 2 (AP) - The new bridge over the river was opened on Friday, and <b>thousands</b> of people
 came to see it, as <a href="https://river.example/x">the council</a> had hoped.</p>
<h2>The cost</h2><p>It cost a third more than was planned when the work began, the minister told reporters.</p>
<ul><li>the piers cost the most of all that was built</li><li>the lamps came from the old bridge up the river</li></ul>
<blockquote><p>We shall pay for it for thirty years, and be glad of it every day of them.</p></blockquote>
<p>The old bridge is to be taken down in the spring, stone by stone, and built again in a park.</p>
</article><footer>© 2024 The Courier</footer></body></html>"""


def read(html: str) -> Article:
    article = read_article(html.encode(), "seeds/a.html").article
    assert article
    return article


def test_declared_fields_win() -> None:
    article = read(PAGE)
    assert article.title.value == "Bridge opens to a brass band"
    assert article.byline and article.byline.value == "Ann Example"
    assert article.source and article.source.value == "The Courier"
    assert article.language and (article.language.value, article.language.basis) == ("en-GB", "stated")
    assert article.url and article.url.value == "https://courier.example/bridge"
    assert article.extra["section"] == "Local"
    assert article.place and article.place.value == "RIVERTON"
    assert article.agency and article.agency.value == "Associated Press"


def test_dates_keep_their_words_and_lines() -> None:
    article = read(PAGE)
    assert article.published
    assert (str(article.published.value), article.published.basis) == ("2018-11-02", "stated")
    assert (article.published.evidence, article.published.line) == ("2018-11-02T23:10:00+01:00", 6)
    assert article.updated and str(article.updated.value) == "2018-11-03"


def test_body_has_blocks_and_styles() -> None:
    article = read(PAGE)
    text = article.body.text
    assert [text[b.start : b.end] for b in article.body.blocks] == text.split("\n\n")
    kinds = [b.kind for b in article.body.blocks]
    assert kinds == ["paragraph", "heading", "paragraph", "item", "item", "quote", "paragraph"]
    styled = {(s.name, text[s.start : s.end], s.href) for s in article.body.styles}
    assert ("strong", "thousands", "") in styled
    assert ("link", "the council", "https://river.example/x") in styled
    assert "Sport" not in text and "©" not in text


def test_a_copyright_year_is_no_date() -> None:
    page = PAGE.replace('"datePublished": "2018-11-02T23:10:00+01:00", "dateModified": "2018-11-03",', "")
    assert read(page).published is None


def test_declared_and_shown_dates_that_disagree_are_doubtful() -> None:
    page = PAGE.replace(
        "<h1>Bridge opens to a brass band</h1>",
        "<h1>Bridge opens</h1><time datetime='2012-05-06'>6 May 2012</time>",
    )
    published = read(page).published
    assert published and str(published.value) == "2018-11-02"
    assert "2012-05-06" in published.doubt


def test_links_that_are_not_safe_are_text() -> None:
    article = read(PAGE.replace("https://river.example/x", "javascript:alert(1)"))
    assert all(s.href.startswith("https:") for s in article.body.styles if s.name == "link")


def test_captions_and_section_are_kept_as_fields() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>The <i>new</i> bridge. Photo: Ann</figcaption></figure>"
    article = read(PAGE.replace("<p>RIVERTON", f"{figure}<p>RIVERTON"))
    assert article.extra == {"section": "Local", "captions": ["The new bridge. Photo: Ann"]}


def test_the_title_that_others_link_by_wins_without_the_outlets_name() -> None:
    meta = '<meta property="og:title" content="A bridge is opened, with a band - The Courier">'
    assert read(PAGE.replace("<link rel", f"{meta}<link rel")).title.value == "A bridge is opened, with a band"


def test_an_address_is_no_outlet() -> None:
    page = PAGE.replace('content="The Courier"', 'content="https://courier.example"')
    source = read(page).source
    assert source is None or "://" not in source.value


def test_a_day_shown_in_words_is_held_against_the_declared_one() -> None:
    page = PAGE.replace("<h2>", "<p class='published'>Published 6 May 2012</p><h2>")
    published = read(page).published
    assert published and str(published.value) == "2018-11-02" and "2012-05-06" in published.doubt


def test_what_a_page_shows_beside_the_article_is_listed_with_its_line() -> None:
    prose = "The council of Brenn met on Tuesday evening and put off its vote on the old mill once more, people said. "
    page = (
        "<html><head><title>Mill vote put off</title></head><body>\n<nav>Home World Sport</nav>\n"
        f"<article><h1>Mill vote put off</h1>\n<p>{prose * 3}</p>\n<p>{prose * 2}</p></article>\n"
        "<aside><p>Most read</p></aside>\n<footer>© 2018 The Brenn Courier. All rights reserved.</footer></body></html>"
    )
    article = read_article(page.encode(), "a.html").article
    assert article
    left = {item.text: (item.line, item.why) for item in article.removed}
    assert left["Home World Sport"][0] == 2
    assert left["Most read"] == (6, "related headlines")
    assert left["© 2018 The Brenn Courier. All rights reserved."] == (7, "copyright or legal note")
    assert not any("council" in text for text in left)


def test_a_program_in_the_headline_is_no_part_of_it() -> None:
    head, at, rest = PAGE.partition("<h1>Bridge opens")
    bare = head[: head.index("<script")] + head[head.index("</script>") + len("</script>") :]
    article = read(f"{bare}{at}<script>alert(1)</script><style>a {{}}</style>{rest}")
    assert article.title.value == "Bridge opens to a brass band"
