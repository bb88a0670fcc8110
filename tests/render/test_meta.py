"""What an article's page tells machines: as JSON-LD and as names in its head."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import msgspec.structs
import pytest
from pyld import jsonld

from archivegen import edtf, render
from archivegen.model import Known
from archivegen.views import Entry

SCHEMA = "https://schema.org/"
HOSTILE = "</script><script>alert(1)</script> <!-- \"' & \u2028 {{ 7*7 }}"


class Head(HTMLParser):
    """The meta elements and the JSON-LD of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.linked: list[str] = []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in (values.get("name"), values.get("property")):
            if tag == "meta" and name:
                self.meta.append((name, values["content"] or ""))
        self._in_script = tag == "script"
        if self._in_script:
            assert values == {"type": "application/ld+json"}
            self.linked.append("")

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.linked[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def expanded(html: str) -> dict[str, Any]:
    """The article as a reader of JSON-LD has it. schema.org's own context says the same of these names: all are its."""

    def context(url: str, options: object) -> dict[str, object]:
        assert url.rstrip("/") + "/" == SCHEMA, "no other context is asked for"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": SCHEMA}}}

    (linked,) = Head(html).linked
    (found,) = jsonld.expand(json.loads(linked), {"documentLoader": context})
    return {key.removeprefix(SCHEMA): [value.get("@value", value) for value in values] for key, values in found.items()
            if key != "@type"} | {"type": found["@type"]}  # fmt: skip


def drawn(sample, open_theme, **changed: object) -> str:
    made_up = sample()
    view = made_up.article_view
    entries = changed.pop("entries", view.entries)
    article = msgspec.structs.replace(view.article, **changed)
    return render.article(open_theme(made_up), msgspec.structs.replace(view, article=article, entries=entries))


def test_an_article_is_a_news_article(sample, open_theme) -> None:
    found = expanded(drawn(sample, open_theme))
    assert found["type"] == [f"{SCHEMA}NewsArticle"]
    assert found["headline"] == ["Dam talks"] and found["inLanguage"] == ["fr"]
    assert found["datePublished"] == ["2018-08-21"] and found["dateModified"] == ["2018-08-22"]
    assert found["url"] == ["https://example.org/archive/articles/dam-talks/"]
    assert found["isBasedOn"] == ["https://example.net/dam"]
    assert found["correction"] == ["The height was wrong."] and found["dateline"] == ["Upper Valley"]
    assert found["temporalCoverage"] == ["2018-09-04"]  # the other date is inferred
    for name, kind, said in (
        ("author", "Person", "Tomas Eriksen"),
        ("publisher", "Organization", "Valley Wire"),
        ("about", "Person", "Amina Okafor"),
    ):
        assert found[name] == [{"@type": [SCHEMA + kind], f"{SCHEMA}name": [{"@value": said}]}]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(edtf.parse("2018-08"), "stated"), "2018-08"),
        (Known(edtf.parse("2018"), "curated"), "2018"),
        (Known(edtf.parse("2018-08-21?"), "stated"), None),
        (Known(edtf.parse("2018-08-21"), "inferred"), None),
        (None, None),
    ],
)
def test_a_date_is_given_only_when_it_is_known(
    sample, open_theme, known: Known[edtf.Date], expected: str | None
) -> None:
    page = drawn(sample, open_theme, published=known)
    assert expanded(page).get("datePublished") == (expected and [expected])
    meta = dict(Head(page).meta)
    assert meta.get("DC.date") == meta.get("article:published_time") == expected
    assert meta.get("citation_publication_date") == (expected and expected.replace("-", "/"))


def test_what_is_not_stated_is_left_out(sample, open_theme) -> None:
    nothing = dict.fromkeys(("source", "byline", "agency", "place", "language", "url", "updated"))
    found = expanded(drawn(sample, open_theme, **nothing, notice="", status="", entries=()))
    assert not {"author", "isBasedOn", "correction", "dateline", "dateModified", "temporalCoverage"} & found.keys()


def test_many_dates_are_given_as_one_stretch(sample, open_theme) -> None:
    first = sample().entries[1]
    entries = tuple(msgspec.structs.replace(first, date=edtf.parse(f"20{n}")) for n in range(11, 20))
    assert expanded(drawn(sample, open_theme, entries=entries))["temporalCoverage"] == ["2011-01-01/2019-12-31"]
    two: tuple[Entry, ...] = (*entries[:1], first, first)
    assert expanded(drawn(sample, open_theme, entries=two))["temporalCoverage"] == ["2011", "2018-09-04"]


def test_zotero_and_others_find_their_names(sample, open_theme) -> None:
    meta = Head(drawn(sample, open_theme)).meta
    for pair in (
        ("z:itemType", "newspaperArticle"),
        ("citation_title", "Dam talks"),
        ("citation_author", "Eriksen, Tomas"),
        ("citation_journal_title", "Valley Wire"),
        ("citation_publication_date", "2018/08/21"),
        ("DC.creator", "Tomas Eriksen"),
        ("DC.source", "https://example.net/dam"),
        ("og:type", "article"),
        ("og:url", "https://example.org/archive/articles/dam-talks/"),
    ):
        assert pair in meta


def test_hostile_text_stays_text(sample, open_theme) -> None:
    made_up = sample(HOSTILE)
    page = made_up.draw(open_theme(made_up))["articles/dam-talks/"]
    assert page.count("<script") == page.count("</script") == 1
    said = " ".join(HOSTILE.split())
    assert expanded(page)["headline"] == [said]
    assert dict(Head(page).meta)["citation_title"] == said
