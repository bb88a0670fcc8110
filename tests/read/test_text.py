"""Each shape of a saved page, as a case file: the page, a line of `=====`, and what must be read from it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from archivegen.model import Article
from archivegen.read import read_article

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def read(text: str, path: str = "seeds/page.txt", language: str = "en") -> Article:
    reading = read_article(text.encode(), path, language=language)
    assert reading.article, [str(one) for one in reading.diagnostics]
    return reading.article


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    page, _, wanted = case.read_text(encoding="utf-8").partition("\n=====\n")
    want = yaml.safe_load(wanted)
    article = read(page, language=want.pop("site_language", "en"))
    body, kinds = want.pop("body"), want.pop("kinds", None)
    for name, value in want.items():
        known = getattr(article, name)
        assert (str(known.value) if known else None) == value, name
    assert article.body.text.split("\n\n") == body
    if kinds:
        assert [block.kind for block in article.body.blocks] == kinds


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_line_is_either_kept_or_listed_as_removed(case: Path) -> None:
    page = case.read_text(encoding="utf-8").partition("\n=====\n")[0]
    article = read(page)
    body = "".join(article.body.text.split())
    gone = {one.line for one in article.removed}
    for number, line in enumerate(page.split("\n"), 1):
        words = "".join(line.split()).lstrip("•-*0123456789.>")
        assert not words or number in gone or words.rstrip("-") in body, (number, line)
    assert all(one.why for one in article.removed)


def test_blocks_cut_the_text_exactly() -> None:
    article = read(
        "A headline of some words\n\nFirst paragraph of the text, with an end.\n\nSecond one, also with an end to it."
    )
    text = article.body.text
    assert [text[b.start : b.end] for b in article.body.blocks] == text.split("\n\n")


def test_front_matter_wins_and_line_numbers_stay_those_of_the_file() -> None:
    page = "---\ntitle: Stated\npublished: 2018-08\nsection: World\n---\n"
    page += "Other headline of the page\n\nA paragraph that is long enough to be one.\n"
    article = read(page)
    assert (article.title.value, article.title.basis, article.title.line) == ("Stated", "curated", 2)
    assert article.published and (str(article.published.value), article.published.basis) == ("2018-08", "curated")
    assert article.extra == {"section": "World"}
    assert [one.line for one in article.removed] == [6]


def test_broken_front_matter_is_never_body_text() -> None:
    reading = read_article(b"---\ntitle: [\n---\nA paragraph that is long enough to be one.\n", "a.txt")
    assert reading.article is None
    assert [one.code for one in reading.diagnostics] == ["front-matter"]


LEAD = "The minister opened the new bridge over the river, to the sound of a band."


@pytest.mark.parametrize(
    ("line", "others", "date"),
    [
        ("02.11.2018", "", "2018-11-02"),
        ("11/02/2018", "", None),
        ("11/02/2018", "11/22/2018", "2018-11-02"),
        ("11/02/2018", "22/11/2018", "2018-02-11"),
        ("11/02/2018 4:10 pm EDT", "", "2018-11-02"),
        ("Friday 11/02/2018", "", "2018-11-02"),
        ("2018年11月2日", "", "2018-11-02"),
        ("2 ноября 2018", "", "2018-11-02"),
        ("August 2018", "", "2018-08"),
        ("Copyright 2018", "", None),
    ],
)
def test_day_and_month_are_told_by_evidence(line: str, others: str, date: str | None) -> None:
    page = f"Minister opens the new bridge\n\n{line}\n\n{LEAD}\n\n"
    page += (
        "Thousands of people came to see it, and some of them stayed until night.\n\n"
        + f"More news\n\n{others}\n" * bool(others)
    )
    article = read(page)
    assert (str(article.published.value) if article.published else None) == date


def test_undecided_order_is_told_to_the_editor() -> None:
    page = f"Minister opens the new bridge\n\n11/02/2018\n\n{LEAD}\n"
    reading = read_article(page.encode(), "a.txt")
    assert [(one.code, one.line) for one in reading.diagnostics] == [("date-order", 3)]
    assert "11 February 2018" in reading.diagnostics[0].message and "2 November 2018" in reading.diagnostics[0].message


@pytest.mark.parametrize(
    ("lead", "language", "date"),
    [
        ("The bridge was opened on Nov. 1, to the sound of a band and of the rain.", "en", "2018-11-02"),
        ("The bridge was opened on 10 February, to the sound of a band and of the rain.", "en", "2018-02-11"),
        ("The bridge was opened on 1 June, to the sound of a band and of the rain.", "en", None),
        (LEAD, "en-US", "2018-11-02"),
        (LEAD, "en-GB", "2018-02-11"),
        (LEAD, "de", "2018-02-11"),
    ],
)
def test_the_body_and_the_country_decide_day_or_month_first(lead: str, language: str, date: str | None) -> None:
    article = read(f"Minister opens the new bridge\n\n11/02/2018\n\n{lead}\n", language=language)
    assert (str(article.published.value) if article.published else None) == date


def test_no_article_is_younger_than_its_saved_page() -> None:
    page = "Saturday, June 9, 2018\nHome\n\nMinister opens the new bridge\n\n11/02/2018\n\n"
    article = read(f"{page}{LEAD}\n")
    assert article.published and str(article.published.value) == "2018-02-11"
    assert article.captured and str(article.captured.value) == "2018-06-09"


def test_a_plea_for_money_is_not_the_article() -> None:
    plea = "… before you go, we have one request. The Courier is owned by nobody but those who read it, and it asks you"
    page = f"Minister opens the new bridge\n\n{LEAD}\n\nIt rained all day long, and few people came to see it.\n\n"
    article = read(
        f"{page}{plea} to pay what you can, every month or once, for what it prints in the year that comes.\n"
    )
    assert "before you go" not in article.body.text
    assert "call for support" in {one.why for one in article.removed}


MORE = "Thousands of people came to see it, and some of them stayed until night fell over the river and the town."


def test_comments_are_not_the_article_even_where_no_line_repeats_the_title() -> None:
    said = "I was there with my children, and I must say that I never saw so many people in one place before.\n\n"
    head = "What a bridge is good for in our days\n\nMenu\n\nThe minister cuts a ribbon\n\n"
    page = f"{head}{LEAD}\n\n{MORE}\n\n{LEAD[:-1]} again.\n\n"
    article = read(f"{page}12 comments\n\n{said}{said.replace('children', 'dogs')}")
    assert "my children" not in article.body.text and article.body.text.startswith(LEAD)


def test_numbers_of_pictures_go_and_links_of_a_list_stay() -> None:
    page = f"Minister opens the new bridge\n\n{LEAD}\n\n6\n\n6\n\n{MORE}\n\n"
    links = "".join(f"{n}) A picture of the bridge by night\n\nhttps://example.org/{n}\n\n" for n in range(1, 6))
    article = read(f"{page}{links}{MORE[:-1]} at last.\n")
    assert "\n6\n" not in article.body.text
    assert "https://example.org/1" in article.body.text and "at last" in article.body.text


def test_an_offer_of_a_newsletter_amid_the_text_goes() -> None:
    offer = "Bridges of the Week Newsletter\n\nI agree that the Courier can send me the newsletter\n\n"
    article = read(f"Minister opens the new bridge\n\n{LEAD}\n\n{offer}{MORE}\n")
    assert article.body.text == f"{LEAD}\n\n{MORE}"
