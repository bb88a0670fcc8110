"""Articles, and whom they name -> their tables as CSV and JSON Lines, in the order of files; the database of all.

The articles' rows are read once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any

from archivegen import urls
from archivegen.config import Config
from archivegen.data.pieces import NONE, Key, Place, changed, kept, write_pieces
from archivegen.data.renewal import update
from archivegen.data.survey import Run, Survey, survey
from archivegen.data.tables import FORMS, TABLE, Rows, files_of
from archivegen.store import Reader

__all__ = ["write", "write_mentions"]

BATCH = 256  # rows in memory: a run may have thousands


def write(config: Config, reader: Reader, place: Place) -> None:
    """Write the files of articles, and `archive.db`, as far as they are asked for."""
    base = urls.base_of(config.url)
    found = survey(reader)
    with ExitStack() as opened:
        new = None
        if "sqlite" in config.data:
            new = opened.enter_context(update(reader, found, config.work / "archive.db", base, place))

        def articles(run: Run) -> Iterator[Rows]:
            for rows in _in_batches(reader.data.articles(run.first, run.last, base)):
                if new:
                    new.take(rows)
                yield rows
            if new:
                new.end_run()

        _write_table("articles", config, place, found, articles, anew=new is not None)


def write_mentions(config: Config, reader: Reader, place: Place) -> None:
    """Write the files of whom articles name."""

    def mentions(run: Run) -> Iterator[Rows]:
        return _in_batches(iter(reader.data.mentions(run.first, run.last)))

    _write_table("mentions", config, place, survey(reader), mentions, anew=False)


def _in_batches(rows: Iterator[Any]) -> Iterator[Rows]:
    return iter(lambda: list(islice(rows, BATCH)), [])


def _write_table(
    name: str, config: Config, place: Place, found: Survey, rows_of: Callable[[Run], Iterator[Rows]], *, anew: bool
) -> None:
    """Write a table, of which each run has some rows, in all forms that are asked for."""
    table = TABLE[name]
    forms = [form for form in FORMS if form in config.data]
    runs: dict[Key, Run] = {run.first: run for run in found.runs}

    def make(keys: Sequence[Key]) -> Iterator[tuple[Key, list[bytes]]]:
        for key in keys:
            for rows in rows_of(runs[key]):
                yield key, [FORMS[form](table, rows) for form in forms]

    made = place.made(name, files_of(table, forms))
    signs = {key: run.articles if name == "articles" else run.mentions for key, run in runs.items()}
    before = NONE if anew else kept(made)
    write_pieces(made, before, signs, changed(before, signs), make)
