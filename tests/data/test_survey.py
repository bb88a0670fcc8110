"""Runs of articles: all in order, each within its bounds, and one article more or less changes one of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from archivegen.data.survey import MANY, RUN, Run, bounds, survey
from archivegen.store import Reader

COUNT = 3_000
PATHS = [f"seeds/{number:06}.md" for number in range(COUNT)]


def runs_of(paths: list[str]) -> list[Run]:
    rows = [(path, path[6:12], number + 1, 1, 0) for number, path in enumerate(paths)]
    data = SimpleNamespace(signs=lambda: iter(rows))
    return survey(cast("Reader", SimpleNamespace(data=data, count=lambda _: len(paths)))).runs


def test_each_article_is_in_one_run() -> None:
    runs = runs_of(PATHS)
    assert runs[0].first == PATHS[0]
    assert runs[-1].last == PATHS[-1]
    assert [PATHS.index(run.first) for run in runs[1:]] == [PATHS.index(run.last) + 1 for run in runs[:-1]]
    assert sum(run.mentions for run in runs) == COUNT
    assert COUNT / RUN / 2 < len(runs) < COUNT / RUN * 2


def test_one_more_or_less_changes_one_run() -> None:
    before = {(run.first, run.last) for run in runs_of(PATHS)}
    for paths in ([*PATHS[:700], "seeds/0006999.md", *PATHS[700:]], [*PATHS[:1500], *PATHS[1501:]]):
        assert len(before ^ {(run.first, run.last) for run in runs_of(paths)}) <= 3


def test_there_are_never_many() -> None:
    many = [f"seeds/{number:06}.md" for number in range(100_000)]
    assert MANY / 4 < len(runs_of(many)) < MANY * 2


def test_bounds_are_apart() -> None:
    assert bounds(0)[1] + 1 == bounds(1)[0]
    assert bounds(0)[1] > 1 << 25
