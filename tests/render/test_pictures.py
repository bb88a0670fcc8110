"""The pictures: what they show is so, and what they leave out is said."""

from __future__ import annotations

import re

import msgspec.structs

from archivegen import edtf
from archivegen.model import Known
from archivegen.render.facets import facets
from archivegen.render.lag_bars import lag_bars
from archivegen.render.matrix import matrix
from archivegen.render.story_map import story_map
from archivegen.render.year_grid import year_grid
from archivegen.views import ActorRef, ArticleRef, Count, TogetherView


def actor(name: str) -> ActorRef:
    return ActorRef(name.lower(), name, "person")


def account(slug: str, outlet: str, day: str) -> ArticleRef:
    published = Known(edtf.parse(day), "stated") if day else None
    return ArticleRef(slug, slug.title(), outlet, outlet.lower(), published, None)


def test_the_larger_square_shares_more_articles() -> None:
    view = TogetherView(((actor("Ada"), 9), (actor("Ben"), 9), (actor("Cyd"), 9)), ((0, 1, 8), (1, 2, 2)))
    found = matrix(view, "../../")
    sizes = {
        told: int(width) for width, told in re.findall(r'<rect[^>]*width="(\d+)"[^>]*><title>(.*?)</title>', found.svg)
    }
    assert sizes == {"Ada, Ben: 8": 18, "Ben, Cyd: 2": 9}  # a quarter of the articles, a quarter of the area
    assert [(pair.one.name, pair.other.name, pair.count) for pair in found.pairs] == [
        ("Ada", "Ben", 8),
        ("Ben", "Cyd", 2),
    ]
    assert 'href="../../actors/ada/index.html"' in found.svg


def test_who_stand_together_are_neighbours() -> None:
    # Two circles of three that share nothing with each other, given in turn.
    names = ("Ada", "Xan", "Ben", "Yul", "Cyd", "Zoe")
    pairs = ((0, 2, 5), (2, 4, 5), (0, 4, 5), (1, 3, 5), (3, 5, 5), (1, 5, 5))
    svg = matrix(TogetherView(tuple((actor(name), 5) for name in names), pairs), "").svg
    order = re.findall(r"<text[^>]*>(\w+)</text>", svg)
    assert [{*order[:3]}, {*order[3:]}] == [{"Ada", "Ben", "Cyd"}, {"Xan", "Yul", "Zoe"}]


def test_a_year_has_its_days_in_their_weekdays() -> None:
    days = [Count("21 August 2018", "dates/2018/08/21/", 9), Count("4 September 2018", "dates/2018/09/04/", 1)]
    months = [Count("August 2018", "dates/2018/08/", 9), Count("September 2018", "dates/2018/09/", 1)]
    august, september = year_grid(days, months, "2018", "../../")
    assert (august.name, august.link) == ("August", months[0])
    # 21 August 2018 was a Tuesday: second of seven columns, in the fourth week.
    assert re.search(r'<rect class="l4" x="25" y="\d+"[^>]*/><text x="36" y="\d+">21</text>', august.svg)
    assert 'href="../../dates/2018/09/04/index.html"' in september.svg and 'class="l2"' in september.svg
    assert august.svg.count("<text") == 32 and september.svg.count("<text") == 31  # the days, and the weekdays' letters


def test_a_full_year_shows_its_empty_months_too() -> None:
    months = [Count("", f"dates/2018/{month:02}/", 1) for month in (1, 4, 8, 12)]
    grid = year_grid([], months, "2018", "")
    assert [month.name for month in grid][:2] == ["January", "February"] and len(grid) == 12
    assert [bool(month.link) for month in grid][:4] == [True, False, False, True]


def test_accounts_stand_on_their_outlets_line_and_day(sample) -> None:
    view = msgspec.structs.replace(
        sample().article_view,  # Valley Wire, 21 August
        story=(account("second", "Oxus", "2018-08-23"), account("third", "", "2018-08-31"), account("x", "Oxus", "")),
    )
    found = story_map(view, "../../", "Outlet not stated")
    assert found and not found.is_whole
    assert re.findall(r"<text y[^>]*>(.*?)</text>", found.svg) == [
        "Valley Wire",
        "Oxus",
        "Outlet not stated",
        "21 August 2018",
    ]
    dots = re.findall(r"<title>(.*?)</title><circle( class=\"own\")? cx=\"([\d.]+)%\"", found.svg)
    assert dots == [
        ("Dam talks, 21 August 2018", ' class="own"', "1.5"),
        ("Second, 23 August 2018", "", "20.9"),
        ("Third, 31 August 2018", "", "98.5"),
    ]


def test_accounts_of_one_day_make_no_map(sample) -> None:
    view = sample().article_view
    assert story_map(view, "", "") is None
    assert story_map(msgspec.structs.replace(view, story=(account("a", "Oxus", "2018-08-21"),)), "", "") is None
    assert story_map(msgspec.structs.replace(view, story=(account("a", "Oxus", "2018-09"),)), "", "") is None


def test_lags_fall_into_their_rows() -> None:
    found = {lag.label: (lag.count, lag.width) for lag in lag_bars([(0, 4), (1, 8), (5, 1), (7, 1), (4000, 2)])}
    assert found["the same day"] == (4, 50) and found["the next day"] == (8, 100)
    assert found["4 to 7 days later"] == (2, 25) and found["more than a year later"] == (2, 25)
    assert lag_bars([(0, 4)]) == ()


def test_what_a_list_can_be_narrowed_by(sample) -> None:
    found = facets(sample().entries)
    assert found and found.actors == ((sample().actor_ref, 4),)
    assert dict(found.marks) == {"planned": 1, "denied": 1, "announced": 1, "date inferred": 1, "date curated": 1}
    assert found.outlets == ()  # one alone is no choice
    assert facets(sample().entries[:5]) is None
