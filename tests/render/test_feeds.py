"""The files that programs read."""

from __future__ import annotations

import dataclasses
import re

import lxml.etree
import pytest

from archivegen import edtf, render
from archivegen.model import Known
from archivegen.views import FeedItem

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.mark.parametrize("text", ["", "<b>&amp;]]> \x0b\x00\ud800 \U0001f30a"])
def test_the_feed_is_atom(sample, open_theme, text: str) -> None:
    made_up = sample(text)
    feed = lxml.etree.fromstring(render.feed(open_theme(made_up), made_up.items()).encode())
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated", "author/a:name", "link[@rel='alternate']"):
            assert len(parent.findall(f"a:{name}", ATOM)) == 1, name
        assert MOMENT.fullmatch(parent.findtext("a:updated", namespaces=ATOM))
    ids = [element.text for element in feed.iterfind(".//a:id", ATOM)]
    assert len(set(ids)) == 3 and all(value.startswith("https://example.org/archive/") for value in ids)


def test_moments_are_the_articles_own(sample, open_theme) -> None:
    dated = sample().ref
    month = dataclasses.replace(dated, slug="m", published=Known(edtf.parse("2018-07"), "stated"))
    feed = _feed(sample, open_theme, [FeedItem(dated, ""), FeedItem(month, ""), *sample().items()[1:]])
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


def test_an_empty_feed_is_still_one(sample, open_theme) -> None:
    assert _feed(sample, open_theme, []).findtext("a:updated", namespaces=ATOM) == "1970-01-01T00:00:00Z"


def test_without_a_public_address_ids_are_uuids(sample, open_theme) -> None:
    feed = lxml.etree.fromstring(render.feed(open_theme(sample(url="")), sample().items()).encode())
    ids = [element.text for element in feed.iterfind(".//a:id", ATOM)]
    assert all(value.startswith("urn:uuid:") for value in ids) and len(set(ids)) == 3
    links = [link.get("href") for link in feed.iterfind("a:entry/a:link", ATOM)]
    assert links == ["articles/dam-talks/index.html", "articles/no-date/index.html"]


def test_the_sitemap_has_public_addresses(sample, open_theme) -> None:
    text = render.sitemap(open_theme(sample()), ["", "actors/сергей/", "articles/a&b/"])
    locations = [element.text for element in lxml.etree.fromstring(text.encode()).iterfind("{*}url/{*}loc")]
    base = "https://example.org/archive/"
    assert locations == [base, f"{base}actors/%D1%81%D0%B5%D1%80%D0%B3%D0%B5%D0%B9/", f"{base}articles/a%26b/"]


def test_robots_names_the_sitemap_only_with_a_public_address(sample, open_theme) -> None:
    assert render.robots(open_theme(sample())).splitlines()[-1] == "Sitemap: https://example.org/archive/sitemap.xml"
    assert "Sitemap" not in render.robots(open_theme(sample(url="")))


def _feed(sample, open_theme, items: list[FeedItem]) -> lxml.etree._Element:
    return lxml.etree.fromstring(render.feed(open_theme(sample()), items).encode())
