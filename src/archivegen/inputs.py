"""Everything that a site is made from, as stamps that change when it does: for knowing at once that nothing did."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from archivegen.config import FILE_NAME, Config
from archivegen.sources import stamp_of

__all__ = ["code_stamps", "input_stamps", "theme_folders"]

PACKAGE = Path(__file__).parent


def input_stamps(config: Config) -> Iterator[tuple[str, str]]:
    """Yield (file, stamp) of every file that the site is made from: articles, records, settings, theme."""
    folders = {config.seeds, config.records, config.templates, config.static}
    folders |= {*theme_folders(config, "templates"), *theme_folders(config, "static")}
    single = (str(config.root / FILE_NAME), str(config.actors), str(config.permalinks))
    yield from _stamps(chain(single, (file for folder in sorted(folders) for file in _files(folder))))


def code_stamps() -> dict[str, str]:
    """Return the stamp of every file of the program itself."""
    return dict(_stamps(_files(PACKAGE)))


def theme_folders(config: Config, name: str) -> tuple[Path, ...]:
    """Folders of `templates` or `static`, the site's own first, that exist."""
    own: Path = getattr(config, name)
    shipped = (PACKAGE / "theme" / name, PACKAGE.parents[1] / name)  # in a wheel, and in a checkout
    theme = next((folder for folder in shipped if folder.is_dir()), None)
    return tuple(folder for folder in dict.fromkeys((own, theme)) if folder and folder.is_dir())


def _stamps(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        try:
            yield file, stamp_of(file)
        except OSError:
            yield file, ""  # a link that leads nowhere, or a file that is not there (yet)


def _files(folder: Path) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        yield from (f"{here}/{name}" for name in sorted(names) if not name.startswith("."))
