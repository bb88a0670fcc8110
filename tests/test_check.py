"""The check of a built site: every way a link, an anchor, an id or a page can be wrong, and the ways it is right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from archivegen.check import check_site
from archivegen.errors import OutputError

URL = "https://example.org/talks/"
HOME = '<a href="actors/index.html">Actors</a>'


def check(tmp_path: Path, files: Mapping[str, str], url: str = URL) -> list[tuple[str, int | None, str]]:
    """The faults of a site with these files beside a front page and one page of actors."""
    for path, text in {"index.html": HOME, "actors/index.html": "<p id=a>A</p>", **files}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [(fault.path, fault.line, fault.code) for fault in check_site(tmp_path, url)]


def on_home(tmp_path: Path, html: str, files: Mapping[str, str] | None = None) -> list[str]:
    """The codes of the faults when the front page has this in its third line."""
    faults = check(tmp_path, {"index.html": f"{HOME}\n\n{html}", **(files or {})})
    assert all(path == "index.html" and line == 3 for path, line, _ in faults)
    return [code for _, _, code in faults]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="actors/index.html#a">to an anchor</a>',
        '<a href="#x" id="x">to itself</a> <a href="#top">up</a> <a href="#">up</a> <a href="">here</a>',
        '<a href="?page=2">a query</a> <a href="actors/index.html?x=1#a">another</a>',
        '<a href="https://elsewhere.example/nowhere">not ours</a> <a href="mailto:a@b.example">nor this</a>',
        '<a href="//elsewhere.example/x">nor this</a> <img src="data:image/png;base64,AAAA" alt="">',
        '<link rel="canonical" href="https://example.org/talks/"><link href="https://example.org/talks/actors/">',
        '<a href="https://example.org/talks/actors/#a">our own address</a> <a href="https://example.org/talks">x</a>',
        '<a href="https://example.org/talks-of-others/x">an address like ours</a>',
        '<!-- <a href="gone.html"> --><script>"<a href=gone.html>"</script>',
        '<a href="actors/../actors/./index.html#a">roundabout</a>',
        '<a href="actors/index.html#:~:text=Lavrov">a text fragment</a>',
        '<a name="old"></a><a href="#old">an old-fashioned anchor</a>',
        '<a href="actors/index.html&#35;a">an entity</a>',
    ],
)
def test_links_that_lead_somewhere_are_fine(tmp_path: Path, html: str) -> None:
    assert on_home(tmp_path, html) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<a href="gone.html">x</a>', "broken-link"),
        ('<img src="gone.png" alt="">', "broken-link"),
        ('<link rel="stylesheet" href="static/gone.css">', "broken-link"),
        ('<img srcset="actors/index.html 1x, gone.png 2x" alt="">', "broken-link"),
        ('<svg><use xlink:href="gone.svg#x"/></svg>', "broken-link"),
        ('<a href="Actors/index.html">the wrong case</a>', "broken-link"),
        ('<a href="../talks/index.html">out and in again</a>', "broken-link"),
        ('<a href="%2e%2e/secret.html">hidden dots</a>', "broken-link"),
        ('<a href="https://example.org/talks/gone/">our own address</a>', "broken-link"),
        ('<meta http-equiv="refresh" content="0; url=gone.html">', "broken-link"),
        ('<a href="actors/index.html#b">x</a>', "broken-anchor"),
        ('<a href="#b">x</a>', "broken-anchor"),
        ('<a href="actors/index.html#A">the wrong case</a>', "broken-anchor"),
        ('<p id="b"></p><p id="b"></p>', "duplicate-id"),
        ('<a href="/actors/index.html">x</a>', "absolute-link"),
        ('<a href="file:///home/me/site/index.html">x</a>', "absolute-link"),
        ('<a href="actors/">x</a>', "folder-link"),
        ('<a href="actors">x</a>', "folder-link"),
    ],
)
def test_each_fault_has_its_code_and_line(tmp_path: Path, html: str, code: str) -> None:
    assert on_home(tmp_path, html) == [code]


def test_names_in_other_scripts_and_with_spaces_resolve(tmp_path: Path) -> None:
    html = (
        '<a href="articles/%D0%BC%D0%B8%D1%80/index.html#%D0%B4%D0%B0">мир</a> <a href="a%20b.txt">x</a> '
        '<a href="articles/мир/index.html#да">мир</a> <a href="100%25.txt">x</a> <a href="what%3F.txt">x</a>'
    )
    files = {"articles/мир/index.html": "<p id=да>", "a b.txt": "", "100%.txt": "", "what?.txt": ""}
    assert on_home(tmp_path, html, files) == []


def test_a_near_miss_in_case_is_named(tmp_path: Path) -> None:
    check(tmp_path, {"index.html": HOME + '<a href="Actors/Index.html">x</a>'})
    (fault,) = check_site(tmp_path)
    assert "there is actors/index.html" in fault.hint


def test_anchors_on_pages_read_earlier_and_later_and_in_svg(tmp_path: Path) -> None:
    both = '<a href="../a/index.html#x">a</a> <a href="../z/index.html#x">z</a> <a href="../a/index.html#y">no</a>'
    files = {
        "index.html": HOME + '<a href="m/index.html">m</a><svg><use href="i.svg#i"/><use href="i.svg#j"/></svg>',
        "a/index.html": "<p id=x>",
        "m/index.html": both,
        "z/index.html": "<p id=x>",
        "i.svg": '<svg><g id="i"/></svg>',
    }
    assert check(tmp_path, files) == [("index.html", 1, "broken-anchor"), ("m/index.html", 1, "broken-anchor")]


def test_a_fault_on_many_pages_is_told_once_with_its_number(tmp_path: Path) -> None:
    pages = {f"p{i}/index.html": '<a href="../gone.html">x</a>' for i in range(9)}
    home = HOME + "".join(f'<a href="{page}">x</a>' for page in pages)
    assert check(tmp_path, {"index.html": home, **pages}) == [("p0/index.html", 1, "broken-link")]
    assert "8 more like it" in check_site(tmp_path)[0].message


def test_a_page_that_no_link_reaches_is_an_orphan(tmp_path: Path) -> None:
    files = {"a/index.html": '<a href="../b/index.html">b</a>', "b/index.html": '<a href="../a/index.html">a</a>'}
    assert check(tmp_path, files) == [("a/index.html", None, "orphan"), ("b/index.html", None, "orphan")]


def test_a_link_element_does_not_lead_a_reader_but_hides_no_link_that_does(tmp_path: Path) -> None:
    head = '<link rel="next" href="./a/index.html"><link rel="next" href="b/index.html">'
    files = {"index.html": f'{HOME}<a href="a/index.html">a</a>{head}', "a/index.html": "", "b/index.html": ""}
    assert check(tmp_path, files) == [("b/index.html", None, "orphan")]


def test_pages_meant_to_stand_alone_are_fine(tmp_path: Path) -> None:
    files = {
        "404.html": '<link href="/talks/static/s.css"><a href="/talks/">Home</a>',
        "static/s.css": "",
        "static/embed.html": "",
        "draft.html": "",
        "robots.txt": "User-agent: *\nDisallow: /talks/draft.html\n",
        "articles/old/index.html": '<meta http-equiv="refresh" content="0; url=../../actors/index.html">',
        "articles/withdrawn/index.html": '<meta name="robots" content="noindex">',
    }
    assert check(tmp_path, files) == []


def test_a_broken_link_of_the_404_page_is_found(tmp_path: Path) -> None:
    assert check(tmp_path, {"404.html": '<a href="/talks/gone.html">x</a>'}) == [("404.html", 1, "broken-link")]


def test_a_page_that_only_the_sitemap_names_is_a_warning(tmp_path: Path) -> None:
    sitemap = "<urlset><url><loc>https://example.org/talks/a%20b/</loc></url></urlset>"
    check(tmp_path, {"a b/index.html": "", "sitemap.xml": sitemap})
    assert [(fault.path, fault.severity) for fault in check_site(tmp_path, URL)] == [("a b/index.html", "warning")]


def test_a_page_that_only_a_part_of_the_sitemap_names_is_one_too(tmp_path: Path) -> None:
    index = "<sitemapindex><sitemap><loc>https://example.org/talks/sitemap-1.xml</loc></sitemap></sitemapindex>"
    part = "<urlset><url><loc>https://example.org/talks/b/</loc></url></urlset>"
    check(tmp_path, {"b/index.html": "", "sitemap.xml": index, "sitemap-1.xml": part})
    assert [(fault.path, fault.severity) for fault in check_site(tmp_path, URL)] == [("b/index.html", "warning")]


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        check_site(tmp_path / "site")
    assert caught.value.hint == "make it first: archivegen build"
