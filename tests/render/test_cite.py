"""How an article is cited: each format as a reader of that format understands it."""

from __future__ import annotations

import json
import warnings
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import bibtexparser
import msgspec.structs
import pytest
import rispy

from archivegen import edtf
from archivegen.model import Known
from archivegen.render.cite import Author, Reference, authors, cite, reference

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its parser's own
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

HOSTILE = "</script>\"'> {\\x} 50% & #1_a~^$ [b] | `c` <b> Пример أمينة\n\x07 end; and"
FLAT = " ".join(HOSTILE.split()).replace("\x07", "").strip()


def files(ref: Reference) -> dict[str, str]:
    """The files by their format, as a browser would save them."""
    found = {}
    for file in cite(ref).files:
        head, _, body = file.href.partition(",")
        assert head.startswith("data:") and head.endswith(";charset=utf-8") is not body.isascii()
        assert not set(body) & set(" \n\t\"'<>#&[]{}|\\^`")
        found[file.label] = unquote(body)
    return found


def entry(ref: Reference) -> dict[str, str]:
    library = bibtexparser.parse_string(files(ref)["BibTeX"])
    assert not library.failed_blocks
    return {field.key: field.value for field in library.entries[0].fields} | {"type": library.entries[0].entry_type}


def ris(ref: Reference) -> dict[str, Any]:
    (found,) = rispy.loads(files(ref)["RIS"])
    return dict(found)


@pytest.fixture
def ref(sample) -> Reference:
    made_up = sample()
    return reference(made_up.article_view, made_up.site)


def test_the_line_says_who_what_where_when(ref: Reference) -> None:
    assert cite(ref).line == (
        "Tomas Eriksen. “Dam talks.” Valley Wire, 21 August 2018. https://example.net/dam. "
        "In: The Valley Archive, https://example.org/archive/articles/dam-talks/."
    )
    assert cite(msgspec.structs.replace(ref, title="Why?", authors=(), link="", page="")).line == (
        "“Why?” Valley Wire, 21 August 2018. In: The Valley Archive."
    )


def test_bibtex(ref: Reference) -> None:
    assert entry(ref) == {
        "type": "article",
        "author": "Eriksen, Tomas",
        "title": "{Dam talks}",
        "journal": "Valley Wire",
        "entrysubtype": "newspaper",
        "date": "2018-08-21",
        "year": "2018",
        "url": "https://example.net/dam",
        "language": "fr",
        "note": "In: The Valley Archive, https://example.org/archive/articles/dam-talks/",
    }
    assert entry(msgspec.structs.replace(ref, outlet=""))["type"] == "misc"


def test_ris(ref: Reference) -> None:
    found = ris(ref)
    assert found["type_of_reference"] == "NEWS"
    assert found["authors"] == ["Eriksen, Tomas"] and found["title"] == "Dam talks"
    assert found["secondary_title"] == "Valley Wire" and found["date"] == "2018/08/21" and found["year"] == "2018"
    assert "https://example.net/dam" in found["urls"]


def test_csl_json_is_set_by_a_citation_processor(ref: Reference) -> None:
    source = CiteProcJSON(json.loads(files(ref)["CSL-JSON"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem("dam-talks")]))
        text = str(bibliography.bibliography()[0])
    for words in ("Eriksen", "2018", "Dam talks", "Valley Wire"):
        assert words in text


@pytest.mark.parametrize("text", ["2018-07", "2018"])
def test_a_month_stays_a_month(sample, text: str) -> None:
    ref = dated(sample, Known(edtf.parse(text), "stated"))
    (item,) = json.loads(files(ref)["CSL-JSON"])
    assert item["issued"] == {"date-parts": [[int(part) for part in text.split("-")]]}
    assert entry(ref)["date"] == text and ris(ref)["date"] == text.replace("-", "/")


@pytest.mark.parametrize(
    "known", [Known(edtf.parse("2018-08-21"), "inferred"), Known(edtf.parse("2018-08?"), "stated")]
)
def test_a_date_that_is_not_certain_is_a_note(sample, known: Known[edtf.Date]) -> None:
    ref = dated(sample, known)
    (item,) = json.loads(files(ref)["CSL-JSON"])
    assert "issued" not in item and "August 2018" in item["note"]
    assert "date" not in entry(ref) and "date" not in ris(ref)
    assert "[" in cite(ref).line


def test_without_a_date_none_is_made_up(sample) -> None:
    ref = dated(sample, None)
    assert "no date stated." in cite(ref).line
    assert "issued" not in files(ref)["CSL-JSON"] and "date" not in entry(ref) and "year" not in ris(ref)


def test_any_text_comes_through(sample, open_theme) -> None:
    made_up = sample(HOSTILE)
    page = made_up.draw(open_theme(made_up))["articles/dam-talks/"]
    saved = Links(page).saved
    assert len(saved) == 3
    (item,) = json.loads(saved["dam-talks.json"])
    assert item["title"] == FLAT and item["author"] == [{"literal": FLAT}]
    library = bibtexparser.parse_string(saved["dam-talks.bib"])
    assert not library.failed_blocks and len(library.entries) == 1
    (found,) = rispy.loads(saved["dam-talks.ris"])
    assert found["title"] == FLAT


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Jane Roe", [Author("Jane Roe", "Jane", "Roe")]),
        ("Jane Roe and Jo van Dam", [Author("Jane Roe", "Jane", "Roe"), Author("Jo van Dam", "Jo", "van Dam")]),
        (
            "Ann Lee, Bo Li & Cy Poe",
            [Author(f"{a} {b}", a, b) for a, b in (("Ann", "Lee"), ("Bo", "Li"), ("Cy", "Poe"))],
        ),
        ("Gabriel García Márquez", [Author("Gabriel García Márquez")]),
        ("Иван Петров", [Author("Иван Петров")]),
        ("Reuters Staff", [Author("Reuters Staff", is_person=False)]),
        ("Jane Roe, Moscow", [Author("Jane Roe, Moscow")]),
        ("Jane Roe and agencies", [Author("Jane Roe and agencies", is_person=False)]),
        ("Research and Archives", [Author("Research and Archives", is_person=False)]),
    ],
)
def test_bylines(byline: str, expected: list[Author]) -> None:
    assert list(authors(byline)) == expected


def dated(sample, known: Known[edtf.Date] | None) -> Reference:
    view = sample().article_view
    article = msgspec.structs.replace(view.article, published=known)
    return reference(msgspec.structs.replace(view, article=article), sample().site)


class Links(HTMLParser):
    """What the `data:` links of a page hold, by the name they are saved under."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.saved: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (values.get("href") or "").startswith("data:"):
            self.saved[values["download"] or ""] = unquote((values["href"] or "").partition(",")[2])
