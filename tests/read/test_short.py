"""However little a page has, its words become an article, with a note where hardly sure; only no words are an error."""

from __future__ import annotations

import tracemalloc

import pytest

from archivegen.read import read_article


def as_html(text: str) -> str:
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n") if line) + "</body></html>"


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize(
    ("page", "title", "body"),
    [
        (
            "Fire at the mill\n\nThe mill burned.\n\nNobody was hurt.",
            "Fire at the mill",
            ["The mill burned.", "Nobody was hurt."],
        ),
        ("Fire at the mill\n\nThe mill burned on Monday.", "Fire at the mill", ["The mill burned on Monday."]),
        (
            "Home\nWorld\nSport\nMill Gazette\n\nFire at the old mill\n\nThe mill burned.\n\nMost read\nDogs run free",
            "Fire at the old mill",
            ["The mill burned."],
        ),
        ("橋が開通\n\n新しい橋が金曜日に開通した。", "橋が開通", ["新しい橋が金曜日に開通した。"]),
    ],
)  # fmt: skip
def test_short_articles_survive(form: str, page: str, title: str, body: list[str]) -> None:
    raw = page if form == "txt" else as_html(page)
    reading = read_article(raw.encode(), f"a.{form}")
    assert reading.article
    assert (reading.article.title.value, reading.article.body.text.split("\n\n")) == (title, body)
    assert not [one for one in reading.diagnostics if one.severity != "note"]


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize(
    "page", ["The mill burned on Monday.", "Fire", "Home\nWorld\nSport", "3 May 2018", "Advertisement"]
)
def test_what_is_hardly_an_article_is_one_with_a_note(form: str, page: str) -> None:
    reading = read_article((page if form == "txt" else as_html(page)).encode(), f"a.{form}")
    assert reading.article and reading.article.body.text and reading.article.title.doubt
    assert [one.code for one in reading.diagnostics] == ["hardly-an-article"]


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.md"])
def test_no_words_are_an_error(path: str) -> None:
    reading = read_article(b"...\n\n***\n", path)
    assert reading.article is None or path == "a.md"


def test_a_text_without_headline_keeps_its_first_paragraph() -> None:
    page = "The minister opened the new bridge over the river on Friday, and a band played. Many came.\n\nIt rained.\n"
    article = read_article(page.encode(), "a.txt").article
    assert article
    assert (
        article.body.text.startswith("The minister")
        and article.title.value == "The minister opened the new bridge over the river on …"
    )
    assert article.title.basis == "inferred"


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
@pytest.mark.parametrize("line", ["x\n", "Short line\n", "Some more words here\n", "3 May 2018\n"])
def test_many_short_lines_take_little_memory_and_lose_no_word(path: str, line: str) -> None:
    raw = (line * (1_500_000 // len(line))).encode()
    tracemalloc.start()
    article = read_article(raw, path).article
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(raw)
    assert article
    kept = len(article.body.text.split()) + sum(len(one.text.split()) for one in article.removed)
    assert kept >= len(raw.split())
