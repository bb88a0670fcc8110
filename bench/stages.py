#!/usr/bin/env python3
"""Where the time of a build goes: CPU milliseconds an article by stage, in one process, of a whole real build.

    python bench/stages.py [--size 500] [--form raw] [--work FOLDER]

Made-up articles (bench/corpus.py). Each stage is timed by wrapping the function that does it (STAGES); what it calls
that is a stage of its own is not counted twice. Prints what goes into RESULTS.md.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus import FORMS
from measuring import heading, new_archive, workplace

from archivegen.build import build
from archivegen.config import load_config

# Stage -> the functions that do it, where their callers look for them.
STAGES = {
    "list the seeds": ("archivegen.build:find_sources",),
    "read": ("archivegen.read:read_article",),
    "find: sentences": ("archivegen.detect.sentences:split_sentences",),
    "find: quotations": ("archivegen.detect.quotes:find_quotes",),
    "find: dates": ("archivegen.detect.dates:find_dates",),
    "find: names": ("archivegen.detect.actors:find_actors", "archivegen.detect:find_stated"),
    "statements": ("archivegen.timeline.statements:make_statements", "archivegen.timeline.statements:event_date"),
    "sketch": ("archivegen.timeline.stories:make_sketch",),
    "pack": ("archivegen.build:pack",),
    "put": ("archivegen.build:Writer.put",),
    "settle: copies and repeats": ("archivegen.timeline.copies:find_copies", "archivegen.timeline.copies:find_repeats"),
    "settle: stories": ("archivegen.timeline.stories:find_stories",),
    "settle: reports": ("archivegen.timeline.reports:find_reported", "archivegen.timeline.reports:find_conflicts"),
    "settle: actors": ("archivegen.timeline.actors:resolve_actors",),
    "settle: the rest": ("archivegen.build:_settle",),
    "signs": ("archivegen.pages:jobs", "archivegen.build:Output.due"),
    "stage file": ("archivegen.drawing:stage", "archivegen.build:stage"),
    "take": ("archivegen.build:Output.take",),
    "search for redacted words": ("archivegen.build:_refuse_leaks",),
    "move in": ("archivegen.build:Output.commit",),
}
# These can only be done where the build was started, however many processes or machines there are.
SERIAL = ("list the seeds", "put", "settle", "signs", "take", "search", "move in")
# Drawing is told apart by whether it is an article's page: the view of it, and its HTML.
DRAW, RENDER = "archivegen.pages:draw", "archivegen.render"


class Clock:
    """Gives CPU time to the innermost stage that is running."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.running: list[str] = []
        self._since = time.process_time()

    def turn(self) -> None:
        now = time.process_time()
        stage = self.running[-1] if self.running else "the rest"
        self.spent[stage] = self.spent.get(stage, 0) + now - self._since
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.turn()
        self.running.append(name)
        try:
            yield
        finally:
            self.turn()
            self.running.pop()

    def steps(self, name: str, values: Iterator[Any]) -> Iterator[Any]:
        """Time a generator: only while it makes its next value."""
        while True:
            with self.stage(name):
                try:
                    value = next(values)
                except StopIteration:
                    return
            yield value

    def wrap(self, function: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **keywords: Any) -> Any:
            stage = name(*args, **keywords)
            self.calls[stage] = self.calls.get(stage, 0) + 1
            with self.stage(stage):
                result = function(*args, **keywords)
            return self.steps(stage, result) if inspect.isgenerator(result) else result

        return timed


def replace(place: str, clock: Clock, name: Callable[..., str]) -> None:
    """Put the timed function in the place of the plain one: `module:function` or `module:Class.method`."""
    module, _, path = place.partition(":")
    *owner, last = path.split(".")
    holder = functools.reduce(getattr, owner, importlib.import_module(module))
    setattr(holder, last, clock.wrap(getattr(holder, last), name))


def install(clock: Clock) -> None:
    for stage, places in STAGES.items():
        for place in places:
            replace(place, clock, lambda *_, _stage=stage, **__: _stage)

    def kind(_: object, family: str, *__: object) -> str:
        if family in ("static", "downloads"):
            return f"make {family}"
        return "view: articles" if family == "article" else "view: other pages"

    def html(*_: object, **__: object) -> str:
        return "html: articles" if clock.running[-1:] == ["view: articles"] else "html: other pages and feeds"

    replace(DRAW, clock, kind)
    module = importlib.import_module(RENDER)
    for name in module.__all__:
        if name.islower() and name != "open_theme":
            replace(f"{RENDER}:{name}", clock, html)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--form", choices=FORMS, default="raw")
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with workplace(options.work) as folder:
        site = new_archive(Path(folder) / "archive", options.form, options.size)
        clock = Clock()
        install(clock)
        clock.turn()
        clock.spent.clear()
        build(load_config(site), jobs=1)
        clock.turn()
    total = sum(clock.spent.values())
    print(heading(f"stages of {options.size:,} {options.form} articles (`bench/stages.py`, one process)"))
    print("| stage | CPU ms an article | share | calls |\n|---|---|---|---|")
    for stage, spent in sorted(clock.spent.items(), key=lambda row: -row[1]):
        share, calls = spent / total, clock.calls.get(stage, "")
        print(f"| {stage} | {spent / options.size * 1000:.3f} | {share:.1%} | {calls} |")
    serial = sum(spent for stage, spent in clock.spent.items() if stage.startswith(SERIAL))
    print(f"| all that one process must do | {serial / options.size * 1000:.3f} | {serial / total:.1%} | |")
    print(f"| all | {total / options.size * 1000:.3f} | | |")


if __name__ == "__main__":
    main()
