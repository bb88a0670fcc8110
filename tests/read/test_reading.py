"""What holds for every reader: provenance, records, unknown kinds, Markdown, and bytes of any kind."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivegen.read import READERS, VERSION, read_article

RECORD = b"""---
slug: my-bridge
actors: [Ann Example]
event_date: 2018-11
status: corrected
---
# Bridge opens

It opened.
"""
PIECES = st.sampled_from(
    ["---\n", "title: x\n", "# ", "\n\n", "• ", "12/05/2018 ", "By Ann ",
     "Comments\n", "<p>", "</p>", "<table><tr><td>", "<meta charset=",
     "words of a sentence. ", "(Reuters) - ", "…", "。",
     "\u2028", "\ud7ff", "\r", "&#0;", "<!--", "http://[", "5 мая 2018 ", "©", "{", "\\"]
)  # fmt: skip


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.md"])
@given(raw=st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_bytes_make_a_reader_raise(path: str, raw: bytes) -> None:
    reading = read_article(raw, path)
    assert reading.article or any(one.severity == "error" for one in reading.diagnostics)
    if reading.article:
        body = reading.article.body
        assert all(0 <= b.start <= b.end <= len(body.text) for b in body.blocks)
        assert reading == read_article(raw, path)


def test_provenance_and_record() -> None:
    raw = RECORD
    article = read_article(raw, "records/bridge.md", seed="seeds/bridge.txt").article
    assert article
    assert (article.path, article.seed) == ("records/bridge.md", "seeds/bridge.txt")
    assert article.provenance.sha256 == hashlib.sha256(raw).hexdigest()
    assert (article.provenance.size, article.provenance.reader) == (len(raw), f"markdown {VERSION}")
    assert (article.slug, article.actors, article.status) == ("my-bridge", ("Ann Example",), "corrected")
    assert article.event_date and str(article.event_date.value) == "2018-11"
    assert (article.title.value, article.title.line, article.body.text) == ("Bridge opens", 7, "It opened.")


def test_markdown_without_a_headline_takes_its_first_words_and_says_so() -> None:
    article = read_article(b"It opened on Friday to the sound of a band, and rain.\n", "a.md").article
    assert article
    assert article.title.basis == "inferred" and article.title.doubt
    assert article.body.text.startswith("It opened on Friday")


def test_unknown_kinds_are_named() -> None:
    reading = read_article(b"words", "a.docx")
    assert reading.article is None
    assert all(suffix in reading.diagnostics[0].hint for suffix in READERS)


@pytest.mark.parametrize("unit", [b"word ", b"a", b"(((photo ", b"12/05/2018 ", b"One line. \n", "«“".encode()])
def test_large_files_are_read_in_time(unit: bytes) -> None:
    read_article(unit * (1_000_000 // len(unit)), "a.txt")
