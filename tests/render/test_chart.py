"""The density strip: time on a true axis, long empty stretches cut out and said to be."""

from __future__ import annotations

from archivegen.render.chart import CUT, HEIGHT, STEP, density_strip, strip_svg
from archivegen.views import Count


def month(year: int, number: int, count: int) -> Count:
    return Count("any label", f"dates/{year}/{number:02}/", count)


def test_bars_stand_where_their_month_is() -> None:
    strip = density_strip([month(2016, 3, 5), month(2018, 12, 10)])
    assert strip and strip.width == 36 * STEP and not strip.cut
    assert [bar.x for bar in strip.bars] == [2 * STEP, 35 * STEP]
    assert [bar.height for bar in strip.bars] == [HEIGHT / 2, HEIGHT]
    assert strip.ticks == (("0", "2016"), ("33.33", "2017"), ("66.67", "2018"))


def test_long_empty_stretches_are_cut_out() -> None:
    strip = density_strip([month(1979, 12, 1), month(2018, 1, 9)])
    assert strip and strip.cut and strip.width == (12 + CUT + 12) * STEP
    assert [name for _, name in strip.ticks] == ["1979", "2018"]


def test_one_year_shows_its_months() -> None:
    strip = density_strip(
        [Count("2018-01", "timeline/2018/#2018-01", 1), Count("2018-02", "timeline/2018/#2018-02", 1)]
    )
    assert strip and "".join(name for _, name in strip.ticks) == "JFMAMJJASOND"


def test_a_small_count_is_still_seen() -> None:
    strip = density_strip([month(2018, 1, 1), month(2018, 2, 100_000)])
    assert strip and strip.bars[0].height == 2


def test_one_month_makes_no_picture() -> None:
    assert density_strip([month(2018, 1, 3)]) is None
    assert density_strip([Count("2018", "dates/2018/", 3), Count("2019", "dates/2019/", 3)]) is None


def test_a_long_time_is_drawn_by_year() -> None:
    strip = density_strip([month(year, number, year - 1999) for year in range(2000, 2020) for number in range(1, 13)])
    assert strip and strip.by_year and len(strip.bars) == 20
    assert (strip.most.label, strip.most.count, strip.most.path) == ("2019", 240, "dates/2019/")
    assert [bar.x for bar in strip.bars[:2]] == [0, 12 * STEP] and strip.bars[-1].height == HEIGHT
    assert '<a href="../dates/2019/index.html" tabindex="-1">' in strip_svg(strip, "../", "entry")
    assert "<title>2019: 240 entries</title>" in strip_svg(strip, "../", "entry")


def test_a_century_has_few_names() -> None:
    strip = density_strip([month(year, 1, 1) for year in range(1900, 2021)])
    assert strip and len(strip.ticks) <= 8
