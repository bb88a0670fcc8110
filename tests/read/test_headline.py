"""Headline, outlet and menu are told apart, wherever on the page they stand."""

from __future__ import annotations

import pytest

from archivegen.model import Article
from archivegen.read import read_article
from archivegen.read.headline import split_title
from archivegen.read.outlet import is_outlet, is_section, menu_labels

FAIR, COURIER = "Council moves the fair", "Riverton Courier"
TEXT = """The council of Riverton voted on Tuesday to move the spring fair to the meadow behind the church.

Nine members were for it and two against, and the fair will be held there from next year on.
"""


def read(page: str) -> Article:
    article = read_article(page.encode(), "seeds/page.txt").article
    assert article
    return article


@pytest.mark.parametrize(
    ("head", "title", "source"),
    [
        ("Council moves the fair | Riverton Courier\n\nCouncil moves the fair\n", FAIR, COURIER),
        ("Riverton Courier | Home | World | Sport\n\nCouncil moves the fair\n", FAIR, COURIER),
        ("Home > Local\n\nRiverton Courier\n\nCouncil moves the fair\n\n3 May 2018\n", FAIR, COURIER),
        ("News\nOpinion\nArts and Life\nSign in\n\nCouncil moves the fair\n\n3 May 2018\n", FAIR, None),
        ("Sport\nBusiness\nRadio Riverton\n\nCouncil moves the fair\n\n03.05.2018\n", FAIR, "Radio Riverton"),
        ("Riverton Courier\n3 May 2018\nCouncil moves the fair\n", FAIR, COURIER),
        ("Council moves the fair\n\nRiverton Courier, 3 May 2018\nBy Ann Example\n", FAIR, COURIER),
        ("Council moves the fair | Local News\n\nHome\nLocal News\n", FAIR, None),
        ("Council moves the fair | Riverton Courier | World\n", FAIR, COURIER),
        (f"{FAIR} | Meadows\n\nHome | World | Meadows\n\n{FAIR}\n", FAIR, None),
        ("Riverton Courier | Council moves the fair\n\nCouncil moves the fair\n", FAIR, COURIER),
        ("Saturday, June 8, 2024\nHomeLocalCouncil moves the fair\n\nCouncil moves the fair\n", FAIR, None),
        ("Council moves the fair\n\nWorld 18:40 03.11.2018\n", FAIR, None),
        ("Support The Riverton Ledger!\n\nSport\nArts\n\nCouncil moves the fair\n", FAIR, "The Riverton Ledger"),
    ],
)  # fmt: skip
def test_head(head: str, title: str, source: str | None) -> None:
    article = read(f"{head}\n{TEXT}")
    assert (article.title.value, article.source.value if article.source else None) == (title, source)
    assert article.body.text == TEXT.strip()


@pytest.mark.parametrize(
    ("footer", "source"),
    [
        ("© 2018 Riverton Courier. All rights reserved.", "Riverton Courier"),
        ("Copyright (c) 2010-2018 by The Riverton Courier", "The Riverton Courier"),
        ("© Getty Images", None),
        ("© 2018 Big Holdings Inc.", None),
        ("© All rights reserved", None),
    ],
)
def test_the_copyright_line_names_the_outlet(footer: str, source: str | None) -> None:
    article = read(f"Council moves the fair\n\n{TEXT}\nRelated articles\nDogs run free\n{footer}\n")
    assert (article.source.value if article.source else None) == source
    assert not article.source or article.source.basis == "inferred"


def test_the_comments_name_the_headline() -> None:
    page = "Five ways to a better fair in the spring\n\nMenu\n\nWhy Riverton moves its fair at last\n\n"
    page += f"{TEXT}\n3 thoughts on “Why Riverton moves its fair at last”\n"
    assert read(page).title.value == "Why Riverton moves its fair at last"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Riverton Courier | Home | World | Sport", 4),
        ("Home • Local • Arts and Life", 3),
        ("Home / News / Local", 3),
        ("Council moves the fair | Local | Riverton Courier", 0),
        ("3 May 2018 | Local | Ann Example", 0),
        ("Ann Example / Reuters", 0),
        ("Goals | Wins | Draws", 0),
    ],
)
def test_menu_lines(text: str, labels: int) -> None:
    assert len(menu_labels(text)) == labels


def test_names_of_outlets_and_sections() -> None:
    assert all(map(is_outlet, ("Riverton Courier", "The Daily Meadow", "Harwell Bay Gazette")))
    assert not any(map(is_outlet, ("Local News", "World", "Wednesday's Daily Headlines", "Times are hard for all")))
    assert is_outlet("Radio Meadow", expected=True) and not is_outlet("Radio Meadow")
    assert all(map(is_section, ("World", "Arts and Life", "Latest News"))) and not is_section("Meadow News")


def test_split_title() -> None:
    assert split_title("Council moves the fair | Local | Riverton Courier") == (
        "Council moves the fair",
        "Riverton Courier",
    )
    assert split_title("Talks: what comes next") == ("Talks: what comes next", "")
