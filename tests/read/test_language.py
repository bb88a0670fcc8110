"""The language of a text is told where it is certain, with the words that tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.read import read_article
from archivegen.read.language import language_of

LINES = (Path(__file__).parent / "languages.tsv").read_text("utf-8").splitlines()
TEXTS = dict(line.split("\t") for line in LINES)
UNSPACED = ("zh", "ja", "ko", "el")
OPEN = ("", "Fire at the mill", "Riverton 3, Meadow 1. Ann 25 points. Bob 17 points. " * 5, "lorem ipsum dolor " * 30)


@pytest.mark.parametrize("code", TEXTS)
def test_languages(code: str) -> None:
    found = language_of(TEXTS[code], "sw")
    assert found and (found.value, found.basis) == (code, "inferred")
    assert all(
        word.lower() in TEXTS[code].lower()
        for word in found.evidence.split(", ")
        if code not in ("zh", "ja", "ko", "el")
    )


@pytest.mark.parametrize(
    "text",
    ["", "Fire at the mill", "Riverton 3, Meadow 1. Ann 25 points. Bob 17 points. " * 5, "lorem ipsum dolor " * 30],
)
def test_what_is_not_certain_stays_open(text: str) -> None:
    assert language_of(text, "en") is None


def test_the_sites_variety_is_kept_and_an_undecided_text_is_the_sites() -> None:
    known = language_of(TEXTS["en"], "en-GB")
    assert known and known.value == "en-GB"
    article = read_article(b"Brann i mollen\n\nMollen brant.\n", "a.txt", language="nb").article
    assert (
        article
        and article.language
        and (article.language.value, article.language.evidence) == ("nb", "the site's language")
    )


def test_a_dates_month_is_read_in_the_texts_own_language() -> None:
    page = f"Neue Brücke beschlossen\n\n3. Mai 2018\n\n{TEXTS['de']}\n"
    article = read_article(page.encode(), "a.txt", language="en").article
    assert article and article.published and str(article.published.value) == "2018-05-03"
    assert article.language and article.language.value == "de"
