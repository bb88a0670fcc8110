"""Articles on one event become a story, others do not; undated ones get a date in words, only on evidence."""

from __future__ import annotations

import datetime as dt

import pytest

from archivegen.model import Gist, Sketch
from archivegen.timeline.stories import _telling_words, common_phrases, find_stories

CRANE = """A crane fell on the main quay of Port Elin on Tuesday and shut the harbour, its master Goran Haldane said.
Forty ships wait in the bay. Haldane told reporters that the Elin Dock Company had planned to take the crane down in
spring."""
CRANE_TOO = """Port Elin's harbour stays shut after a falling crane blocked its quay, the Elin Dock Company said. Goran
Haldane, the harbour master, expects ships to wait in the bay until the quay is cleared. Nobody was hurt."""
CHESS = """Vesna Yarrow won the Corvia chess open on Tuesday, beating Pavel Zeller with the black pieces in ninety
moves. The Corvia club called it the longest final since the tournament moved to its casino."""
STRIKE = """Tram drivers of Brenn walked out on Tuesday over a roster that Samir Lomax, who leads the Brenn Transit
Union, called an insult. Lomax said that no tram would leave the Brenn depot before the roster is gone."""
DAY = dt.date(2018, 8, 21).toordinal()  # a Tuesday


def gist(number: int, text: str, day: int | None, **known: tuple[object, ...]) -> Gist:
    return Gist(number, day, Sketch((), _telling_words("", text), **known))  # type: ignore[arg-type]


def stories(*gists: Gist, texts: dict[int, str] | None = None) -> dict[int, int]:
    return find_stories(lambda: gists, lambda a, b: common_phrases((texts or {})[a], (texts or {})[b]))[0]


def test_two_accounts_of_one_event_are_a_story_and_other_events_are_not() -> None:
    assert stories(gist(1, CRANE, DAY), gist(2, CHESS, DAY), gist(3, STRIKE, DAY), gist(4, CRANE_TOO, DAY + 1)) == {
        1: 1,
        4: 1,
    }


@pytest.mark.parametrize("later", [10, 100, 365])
def test_like_words_long_after_are_no_story(later: int) -> None:
    assert stories(gist(1, CRANE, DAY), gist(2, CRANE_TOO, DAY + later)) == {}


def test_a_story_does_not_go_on_for_ever() -> None:
    daily = [gist(number, CRANE, DAY + number) for number in range(30)]
    found = stories(*daily)
    spans = [max(n for n, s in found.items() if s == story) - story for story in set(found.values())]
    assert max(spans) <= 7


def undated(text: str, like: str, **known: tuple[object, ...]) -> tuple[str, str] | None:
    gists = (gist(1, like, DAY, days=("09-04",)), gist(2, text, None, **known))
    texts = {1: like, 2: text}
    _, proposals = find_stories(lambda: gists, lambda a, b: common_phrases(texts[a], texts[b]))
    return (proposals[2].date.text, proposals[2].weekday) if proposals else None


def test_the_weekday_of_the_lead_and_a_shared_day_date_an_article() -> None:
    assert undated(CRANE_TOO, CRANE, days=("09-04",), weekdays=((2, True),)) == ("2018-08-22~", "Wednesday")


def test_a_weekday_in_passing_dates_it_to_a_week() -> None:
    assert undated(CRANE_TOO, CRANE, days=("09-04",), weekdays=((1, False),)) == ("2018-08-21/2018-08-27", "Tuesday")


def test_without_a_weekday_it_is_somewhere_near() -> None:
    assert undated(CRANE_TOO, CRANE, days=("09-04",)) == ("2018-08-18/2018-08-28", "")


def test_two_phrases_word_by_word_are_evidence_too() -> None:
    quoting = CRANE_TOO + " It had planned to take the crane down. A crane fell on the main quay of the town, it said."
    assert undated(quoting, CRANE, weekdays=((2, True),)) == ("2018-08-22~", "Wednesday")


def test_like_words_alone_date_nothing() -> None:
    assert undated(CRANE_TOO, CRANE, weekdays=((2, True),)) is None
    assert undated(CHESS, CRANE, days=("09-04",), weekdays=((2, True),)) is None


def test_what_is_like_articles_of_two_years_stays_open() -> None:
    gists = (
        gist(1, CRANE, DAY, days=("09-04",)),
        gist(2, CRANE, DAY + 365, days=("09-04",)),
        gist(3, CRANE_TOO, None, days=("09-04",)),
    )
    assert find_stories(lambda: gists, lambda *_: ()) == ({}, {})


def test_phrases_come_as_the_first_text_has_them_and_names_alone_are_none() -> None:
    one = "They met “in the long shadow of the Old Granary”, he said."
    other = "It stood, in the long shadow of the\nold granary, for years."
    assert common_phrases(one, other) == ("in the long shadow of the Old Granary",)
    assert common_phrases("It was the Port Authority of Elin's.", "Ask the Port Authority of Elin's chief.") == ()
    assert common_phrases("the and of that for it", "the and of that for it") == ()
    assert common_phrases("", other) == ()
