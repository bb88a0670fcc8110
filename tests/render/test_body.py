"""Setting the text: nothing lost, always nested, links and dates where they belong."""

from __future__ import annotations

import re

import lxml.html
import msgspec.structs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen import edtf
from archivegen.markup import parse_markdown
from archivegen.model import Block, Body, Style
from archivegen.render.body import body_html
from archivegen.views import ActorRef, ArticleRef, Entry, NameLink

REF = ArticleRef("a", "A", "", "", None, None)
LETTERS = "ab <>&\"'é☃ش\t"


def entry(start: int, date: str = "2018-08-21", text: str = "xx", mood: str = "happened") -> Entry:
    return Entry(edtf.parse(date), text, "", "stated", mood, f"s{start}", REF, ())


@st.composite
def bodies(draw):
    """A body with any blocks, and spans of every sort that begin and end anywhere."""
    kinds = st.sampled_from(["paragraph", "heading", "item", "quote", "code", "row", "rule"])
    text, blocks = "", []
    for kind in draw(st.lists(kinds, min_size=1, max_size=6)):
        if text:
            text += "\n\n"
        start = len(text)
        if kind != "rule":
            text += draw(st.text(LETTERS, min_size=1, max_size=12))
        blocks.append(Block(kind, start, len(text), draw(st.integers(1, 4)), draw(st.booleans())))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: tuple(sorted(pair)))
    styles = tuple(
        Style(draw(st.sampled_from(["strong", "em", "code", "link"])), *at, "https://example.net/")
        for at in draw(st.lists(span, max_size=5))
    )
    names = tuple(
        NameLink(*at, ActorRef(f"a{i}", "A", "person")) for i, at in enumerate(draw(st.lists(span, max_size=4)))
    )
    sentences = tuple(draw(st.lists(span, max_size=3)))
    return Body(text, tuple(blocks), styles), names, tuple(entry(start) for start, _ in sentences), sentences


@given(bodies())
def test_every_character_is_kept_and_every_element_closed(drawn) -> None:
    body, names, entries, sentences = drawn
    html = str(body_html(body, names, entries, sentences, root="../../"))
    assert_nested(html)
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    assert not tree.xpath("//a//a")
    for date in tree.xpath("//*[@class='margin-date']"):
        date.drop_tree()
    assert re.sub(r"\s", "", tree.text_content()) == re.sub(r"\s", "", body.text)


def assert_nested(html: str) -> None:
    standing: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", html):
        if name == "hr":
            continue
        if closing:
            assert standing.pop() == name
        else:
            standing.append(name)
    assert not standing


def plain(body: Body) -> str:
    return str(body_html(body, (), (), (), root="../../")).replace("\n", "")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("- a\n  - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n2. b\n\n- c", "<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>"),
        ("# a\n\n### b", "<h2>a</h2><h3>b</h3>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("```\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
    ],
)
def test_blocks(markdown: str, html: str) -> None:
    assert plain(parse_markdown(markdown)) == html


def test_rows_make_one_table() -> None:
    html = plain(parse_markdown("|a|b|\n|-|-|\n|1|2|"))
    assert "<tbody><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></tbody>" in html


def test_a_left_out_depth_opens_no_empty_list() -> None:
    blocks = (Block("item", 0, 1, 1), Block("item", 3, 4, 3), Block("item", 6, 7, 2))
    assert plain(Body("a\n\nb\n\nc", blocks)) == "<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul>"


def test_an_actor_is_linked_once_and_not_inside_a_link() -> None:
    body = parse_markdown("[Ann Lee](https://example.net/) met Ann Lee and Ann Lee.")
    ann = ActorRef("ann-lee", "Ann Lee", "person")
    names = [NameLink(m.start(), m.end(), ann) for m in re.finditer("Ann Lee", body.text)]
    html = str(body_html(body, names, (), (), root="../../"))
    assert html == (
        '<p><a href="https://example.net/" rel="external">Ann Lee</a> met '
        '<a class="actor" href="../../actors/ann-lee/index.html">Ann Lee</a> and Ann Lee.</p>'
    )


def test_a_sentence_with_two_dates_is_marked_once() -> None:
    text = "One. From May to June. Three."
    entries = [entry(5, "2018-06", mood="planned"), entry(5, "2018-05"), entry(5, "2018-05")]
    html = str(body_html(Body(text, (Block("paragraph", 0, len(text)),)), (), entries, ((5, 22),), root="../../"))
    assert html.count('id="s5"') == 1
    assert re.sub(r"<[^>]+>", "", html) == "One. May 2018 June 2018 planned From May to June. Three."
    assert html.endswith("From May to June.</span> Three.</p>")
    assert '<a href="../../dates/2018/05/index.html">May 2018</a>' in html


def test_a_date_inferred_from_the_sentence_before_is_not_said_again() -> None:
    text = "One. Two. Six."
    entries = [msgspec.structs.replace(entry(at), basis="inferred") for at in (0, 5, 10)]
    html = str(
        body_html(Body(text, (Block("paragraph", 0, len(text)),)), (), entries, ((0, 4), (5, 9), (10, 14)), root="")
    )
    assert html.count("21 August 2018") == 1
    assert all(f'id="s{at}"' in html for at in (0, 5, 10)), "links from the timeline still lead to each"


def test_a_sentence_over_two_blocks_keeps_one_anchor() -> None:
    text = "a b\n\nc d"
    blocks = (Block("item", 0, 3, 1), Block("paragraph", 5, 8))
    html = str(body_html(Body(text, blocks), (), (entry(2),), ((2, 6),), root="../"))
    assert html.count("id=") == 1 and html.count('class="dated"') == 2


def test_an_anchor_whose_sentence_is_not_listed_still_exists() -> None:
    html = str(body_html(Body("One. Two.", (Block("paragraph", 0, 9),)), (), (entry(5, text="Two."),), (), root=""))
    assert "Two.</span></p>" in html and 'id="s5"' in html


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a b", 'https://a"onx']
)
def test_unsafe_links_are_plain_text(href: str) -> None:
    body = Body("a", (Block("paragraph", 0, 1),), (Style("link", 0, 1, href),))
    assert plain(body) == "<p>a</p>"
