"""The files that programs read."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable
from typing import Any

import lxml.etree
import msgspec.structs
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser

from archivegen import edtf, render
from archivegen.model import Known
from archivegen.views import FeedItem, FeedView

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = "<b>&amp;]]> \x0b\x00\ud800 \U0001f30a </feed> \"'"


def view(items: Iterable[FeedItem], folder: str = "", title: str = "Valley", description: str = "") -> FeedView:
    return FeedView(folder, title, description, tuple(items))


def parsed(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(text.encode())


@pytest.mark.parametrize("folder", ["", "actors/сергей/"])
@pytest.mark.parametrize("text", ["", HOSTILE], ids=["plain", "hostile"])
def test_the_feed_is_atom(sample, open_theme, text: str, folder: str) -> None:
    made_up = sample(text)
    told = render.feed(open_theme(made_up), view(made_up.items(), folder, made_up.say("Valley"), text))
    feed = lxml.etree.fromstring(told.encode())
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated", "author/a:name", "link[@rel='alternate']"):
            assert len(parent.findall(f"a:{name}", ATOM)) == 1, name
        assert MOMENT.fullmatch(parent.findtext("a:updated", namespaces=ATOM))
    ids = [element.text for element in feed.iterfind(".//a:id", ATOM)]
    assert len(set(ids)) == 3 and all(value.startswith("https://example.org/archive/") for value in ids)


def test_a_feed_reader_reads_it(sample, open_theme) -> None:
    told = parsed(render.feed(open_theme(sample()), view(sample().items(), "actors/a/", "Amina", "Of her")))
    assert not told.bozo and told.version == "atom10"
    assert (told.feed.title, told.feed.subtitle) == ("Amina", "Of her")
    assert told.feed.link == "https://example.org/archive/actors/a/"
    assert [entry.link for entry in told.entries] == [
        "https://example.org/archive/articles/dam-talks/",
        "https://example.org/archive/articles/no-date/",
    ]
    assert [(entry.title, entry.author) for entry in told.entries] == [
        ("Dam talks", "Valley Wire"),
        ("No date at all", "The Valley Archive"),
    ]


def test_moments_are_the_articles_own(sample, open_theme) -> None:
    dated = sample().ref
    month = msgspec.structs.replace(dated, slug="m", published=Known(edtf.parse("2018-07"), "stated"))
    items = [FeedItem(dated, ""), FeedItem(month, ""), *sample().items()[1:]]
    feed = lxml.etree.fromstring(render.feed(open_theme(sample()), view(items)).encode())
    assert feed.findtext("a:updated", namespaces=ATOM) == "2018-08-21T00:00:00Z"
    moments = [
        (entry.findtext("a:published", namespaces=ATOM), entry.findtext("a:updated", namespaces=ATOM))
        for entry in feed.iterfind("a:entry", ATOM)
    ]
    assert moments == [
        ("2018-08-21T00:00:00Z", "2018-08-21T00:00:00Z"),
        (None, "2018-07-01T00:00:00Z"),  # a month has no day to publish
        (None, "2018-08-21T00:00:00Z"),
    ]
    told = json.loads(render.json_feed(open_theme(sample()), view(items)))["items"]
    assert [item.get("date_published") for item in told] == ["2018-08-21T00:00:00Z", None, None]


def test_an_empty_feed_is_still_one(sample, open_theme) -> None:
    told = parsed(render.feed(open_theme(sample()), view([])))
    assert not told.bozo and told.feed.updated == "1970-01-01T00:00:00Z"
    assert json.loads(render.json_feed(open_theme(sample()), view([])))["items"] == []


@pytest.mark.parametrize("text", ["", HOSTILE], ids=["plain", "hostile"])
def test_json_feed_says_the_same(sample, open_theme, text: str) -> None:
    made_up = sample(text)
    feed = view(made_up.items(), "outlets/wire/", made_up.say("Wire"))
    told = json.loads(render.json_feed(open_theme(made_up), feed))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"] and told["language"] == "en"
    assert told["home_page_url"] == "https://example.org/archive/outlets/wire/"
    assert told["feed_url"] == "https://example.org/archive/outlets/wire/feed.json"
    atom = lxml.etree.fromstring(render.feed(open_theme(made_up), feed).encode())
    assert [item["id"] for item in told["items"]] == [e.text for e in atom.iterfind("a:entry/a:id", ATOM)]
    for item in told["items"]:
        assert item["url"] == item["id"] and item["title"] and item["content_text"]
        assert set(item) <= {"id", "url", "title", "content_text", "date_published", "authors"}
    assert told["items"][0]["authors"] == [{"name": told["items"][0]["title"] if text else "Valley Wire"}]


@pytest.mark.parametrize(("folder", "way"), [("", ""), ("actors/amina-okafor/", "../../")])
def test_without_a_public_address_ids_are_uuids(sample, open_theme, folder: str, way: str) -> None:
    theme, feed = open_theme(sample(url="")), view(sample().items(), folder)
    atom = lxml.etree.fromstring(render.feed(theme, feed).encode())
    ids = [element.text for element in atom.iterfind(".//a:id", ATOM)]
    assert all(value.startswith("urn:uuid:") for value in ids) and len(set(ids)) == 3
    links = [link.get("href") for link in atom.iterfind("a:entry/a:link", ATOM)]
    assert links == [f"{way}articles/dam-talks/index.html", f"{way}articles/no-date/index.html"]
    assert [link.get("href") for link in atom.iterfind("a:link", ATOM)] == ["index.html", "feed.xml"]
    told = json.loads(render.json_feed(theme, feed))
    assert [item["url"] for item in told["items"]] == links and [item["id"] for item in told["items"]] == ids[1:]


def test_pages_name_their_feeds(sample, open_theme) -> None:
    made_up = sample()
    pages = made_up.draw(open_theme(made_up))
    found = {path: re.findall(r'<link rel="alternate"[^>]* href="([^"]+)"', html) for path, html in pages.items()}
    assert found[""] == ["feed.xml", "feed.json"]
    assert found["articles/dam-talks/"] == ["../../feed.xml"]
    own = ["../../actors/amina-okafor/feed.xml", "../../actors/amina-okafor/feed.json"]
    assert found["actors/amina-okafor/"] == ["../../feed.xml", *own]
    assert found["outlets/valley-wire/page/2/"][1] == "../../../../outlets/valley-wire/feed.xml"


def locations(data: bytes) -> list[str]:
    return [element.text for element in lxml.etree.fromstring(data).iterfind("{*}*/{*}loc")]


def test_the_sitemap_has_public_addresses() -> None:
    base = "https://example.org/archive/"
    found = dict(render.sitemaps(base, ["", "actors/сергей/", "articles/a&b/"]))
    assert locations(found.pop("sitemap.xml")) == [
        base, f"{base}actors/%D1%81%D0%B5%D1%80%D0%B3%D0%B5%D0%B9/", f"{base}articles/a%26b/",
    ]  # fmt: skip
    assert not found


@pytest.mark.parametrize("pages", [50_000, 50_001, 120_000])
def test_a_large_sitemap_becomes_an_index(pages: int) -> None:
    found = dict(render.sitemaps("https://example.org", (f"articles/{n}/" for n in range(pages))))
    main = lxml.etree.fromstring(found["sitemap.xml"])
    if pages == 50_000:
        assert list(found) == ["sitemap.xml"] and len(main) == pages
        return
    assert main.tag.endswith("}sitemapindex")
    parts = [address.removeprefix("https://example.org/") for address in locations(found["sitemap.xml"])]
    assert {*parts, "sitemap.xml"} == set(found) and len(parts) == -(-pages // 50_000)
    listed = [address for part in parts for address in locations(found[part])]
    assert listed == [f"https://example.org/articles/{n}/" for n in range(pages)]


def test_robots_names_the_sitemap_only_with_a_public_address(sample, open_theme) -> None:
    assert render.robots(open_theme(sample())).splitlines()[-1] == "Sitemap: https://example.org/archive/sitemap.xml"
    assert "Sitemap" not in render.robots(open_theme(sample(url="")))
