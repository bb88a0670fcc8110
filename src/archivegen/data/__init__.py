"""The archive as files for other programs (`data/`): tables, one SQLite file, a timeline, a calendar; streamed.

The same archive gives the same bytes. What each file holds: `downloads`. What still says the same is taken from the
files of the last build: `pieces`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from archivegen import urls
from archivegen.config import Config
from archivegen.data import articles, entries, package, timelinejs
from archivegen.data.pieces import Place
from archivegen.downloads import Download, downloads
from archivegen.store import Reader

__all__ = ["forget", "make_data", "parts", "signs"]

ARTICLES, MENTIONS, REST = "articles", "mentions", "rest"


def parts(formats: tuple[str, ...]) -> tuple[str, ...]:
    """Name what is made apart, each perhaps in a process of its own: the database with its rows, and the rest."""
    return tuple(part for part in (ARTICLES, MENTIONS, REST) if _files(formats, part))


def signs(formats: tuple[str, ...], reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield (part, sign) of each."""
    sums = reader.data.sums()
    of = {
        ARTICLES: f"{sums}",  # the database has all
        MENTIONS: f"{sums.articles} {sums.refs} {sums.casts}",
        REST: f"{sums.articles} {sums.refs} {sums.entries} {sums.actors} {reader.data.has_rows('mentions')}",
    }
    yield from ((part, of[part]) for part in parts(formats))


def make_data(config: Config, reader: Reader, part: str, folder: Path, made_by: str) -> Iterator[tuple[str, Path]]:
    """Write the files of a part into a folder, which must exist, and yield each with its path on the site.

    `made_by` changes whenever a program is another than the one that made the files of the last build.
    """
    base = urls.base_of(config.url)
    place = Place(config.output / urls.DATA, folder, _notes(config), f"{made_by} {base}")
    if part == ARTICLES:
        articles.write(config, reader, place)
    elif part == MENTIONS:
        articles.write_mentions(config, reader, place)
    else:
        entries.write(config, reader, place)
        if "timelinejs" in config.data:
            timelinejs.write(config, reader, folder)
        package.write(config, reader, folder)
    for file in _files(config.data, part):
        yield file.path, folder / file.name


def forget(config: Config) -> None:
    """Make everything anew next time."""
    shutil.rmtree(_notes(config), ignore_errors=True)


def _notes(config: Config) -> Path:
    return config.work / "data"


def _files(formats: tuple[str, ...], part: str) -> list[Download]:
    """The files of a part."""
    return [file for file in downloads(formats) if _part_of(file) == part]


def _part_of(file: Download) -> str:
    table = file.name.partition(".")[0]
    if file.form == "sqlite":
        return ARTICLES
    return table if table in (ARTICLES, MENTIONS) else REST
