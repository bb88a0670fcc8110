"""The archive as files for other programs (`data/`): tables, one SQLite file, a timeline, a calendar; streamed.

The same archive gives the same bytes. What each file holds: `downloads`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from archivegen import urls
from archivegen.config import Config
from archivegen.data import calendar, database, package, tables, timelinejs
from archivegen.downloads import TABLES, Table, downloads
from archivegen.store import Reader

__all__ = ["DATABASE", "make_data", "parts"]

DATABASE, REST = "database", "tables"

BATCH = 500  # rows that go through all writers at once
Sink = Callable[[Table, list[tuple[Any, ...]]], None]  # takes some rows of a table
# By their form, what opens a folder's files for the rows of all tables: these are read once for all forms.
SINKS: Mapping[str, Callable[[Path], AbstractContextManager[Sink]]] = {
    "csv": tables.csv_files,
    "jsonl": tables.jsonl_files,
    "sqlite": database.sqlite_file,
}
# By their form, what writes events from the store into a file.
WRITERS: Mapping[str, Callable[[Config, Reader, Path], None]] = {
    "timelinejs": timelinejs.write,
    "icalendar": calendar.write,
}


def parts(formats: tuple[str, ...]) -> tuple[str, ...]:
    """Name what is made apart, each perhaps in a process of its own: the database, and all else."""
    return tuple(part for part in (DATABASE, REST) if formats and (part == REST or "sqlite" in formats))


def make_data(config: Config, reader: Reader, part: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the files of a part into a folder, which must exist, and yield each with its path on the site."""
    formats = tuple(form for form in config.data if (form == "sqlite") is (part == DATABASE))
    base = urls.base_of(config.url)
    with ExitStack() as files:
        sinks = [files.enter_context(SINKS[form](folder)) for form in formats if form in SINKS]
        for table in TABLES if sinks else ():
            rows = reader.data.rows(table.name, base)
            while batch := list(islice(rows, BATCH)):
                for sink in sinks:
                    sink(table, batch)
    for form in formats:
        if form in WRITERS:
            WRITERS[form](config, reader, folder)
    if part == REST:
        package.write(config, reader, folder)
    for file in downloads(config.data):
        if (file.form == "sqlite") is (part == DATABASE):
            yield file.path, folder / file.name
