"""Articles, and whom they name -> their tables as CSV and JSON Lines, in the order of files; the database of all.

Their rows are read once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from archivegen import urls
from archivegen.config import Config
from archivegen.data.pieces import NONE, Key, Place, kept, write_pieces
from archivegen.data.renewal import update
from archivegen.data.survey import Run, survey
from archivegen.data.tables import FORMS, TABLE, Rows, files_of
from archivegen.store import Reader

__all__ = ["write"]


def write(config: Config, reader: Reader, place: Place) -> None:
    """Write the files of articles and mentions, and `archive.db`, as far as they are asked for."""
    base = urls.base_of(config.url)
    forms = [form for form in FORMS if form in config.data]
    found = survey(reader)
    runs: dict[Key, Run] = {run.first: run for run in found.runs}
    with ExitStack() as opened:
        new = None
        if "sqlite" in config.data:
            new = opened.enter_context(update(reader, found, config.work / "archive.db", base, place))

        def articles(key: Key) -> Rows:
            rows = list(reader.data.articles((runs[key].first, runs[key].last), base))
            if new:
                new.add_articles(rows)
            return rows

        def mentions(key: Key) -> Rows:
            rows = reader.data.mentions((runs[key].first, runs[key].last))
            if new:
                new.add_mentions(rows)
            return rows

        signs = {key: run.articles for key, run in runs.items()}
        _write_table("articles", forms, place, signs, articles, anew=new is not None)
        signs = {key: run.mentions for key, run in runs.items()}
        _write_table("mentions", forms, place, signs, mentions, anew=new is not None)


def _write_table(
    name: str,
    forms: Sequence[str],
    place: Place,
    signs: Mapping[Key, int],
    rows_of: Callable[[Key], Rows],
    *,
    anew: bool,
) -> None:
    table = TABLE[name]

    def make(keys: Sequence[Key]) -> Iterator[tuple[Key, list[bytes]]]:
        for key in keys:
            rows = rows_of(key)
            yield key, [FORMS[form](table, rows) for form in forms]

    made = place.made(name, files_of(table, forms))
    write_pieces(made, NONE if anew else kept(made), signs, make)
