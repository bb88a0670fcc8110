"""Everything that a site is made from, as stamps that change when it does: for knowing at once that nothing did."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from archivegen.config import FILE_NAME, Config
from archivegen.stamps import stamp_of
from archivegen.versions import versions

__all__ = ["PACKAGE", "input_stamps", "is_hidden", "program_stamps", "template_stamps", "theme_folders"]

PACKAGE = Path(__file__).parent
WELL_KNOWN = ".well-known"  # a folder of a site that others ask for by this name (RFC 8615)
AT_ONCE = 5000  # files of a folder: of a million, memory should not hold all stamps


def input_stamps(config: Config) -> Iterator[tuple[str, str]]:
    """Yield (file, stamps of it and of those that follow it in its folder) of all that the site is made from.

    That is articles, records, settings and theme; what lies in one folder is told at once, unless it is too much.
    """
    folders = {config.seeds, config.records, config.static}
    templates = {config.templates, *theme_folders(config, "templates")}
    folders |= {*templates, *theme_folders(config, "static")}
    yield "", _stamps("", (str(config.root / FILE_NAME), str(config.actors), str(config.permalinks)))
    for folder in sorted(folders):
        yield from _in_folder(folder, with_links=folder in templates)


def template_stamps(config: Config) -> Iterator[tuple[str, str]]:
    """Yield the same of the templates alone."""
    for folder in theme_folders(config, "templates"):
        yield from _in_folder(folder, with_links=True)


@cache
def program_stamps() -> tuple[tuple[str, str], ...]:
    """Return the same of the program itself, and the versions of what it uses.

    As they are when first asked for: a process that lives on runs what it loaded, whatever is installed meanwhile.
    """
    return ("", repr(versions())), *sorted(_in_folder(PACKAGE, without="__pycache__"))


def theme_folders(config: Config, name: str) -> tuple[Path, ...]:
    """Folders of `templates` or `static`, the site's own first, that exist."""
    own: Path = getattr(config, name)
    shipped = (PACKAGE / "theme" / name, PACKAGE.parents[1] / name)  # in a wheel, and in a checkout
    theme = next((folder for folder in shipped if folder.is_dir()), None)
    return tuple(folder for folder in dict.fromkeys((own, theme)) if folder and folder.is_dir())


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is passed by for its name: a dot begins what is a program's own business."""
    return name.startswith(".") and name != WELL_KNOWN


def _in_folder(folder: Path, *, with_links: bool = False, without: str = "") -> Iterator[tuple[str, str]]:
    """Yield the stamps in a folder, and `with_links` to folders in those too, as Jinja looks for templates."""
    seen: set[str] = set()  # a link may lead to what it is in
    for here, folders, names in os.walk(folder, followlinks=with_links):
        if with_links and (place := os.path.realpath(here)) in seen:
            folders.clear()
            yield here, place
            continue
        if with_links:
            seen.add(place)
        folders[:] = sorted(name for name in folders if not is_hidden(name) and name != without)
        shown = sorted(name for name in names if not is_hidden(name))
        for at in range(0, len(shown), AT_ONCE):
            yield f"{here}/{shown[at]}", _stamps(f"{here}/", shown[at : at + AT_ONCE])


def _stamps(folder: str, names: Iterable[str]) -> str:
    """The files' names and stamps in one text: that of thousands is compared and hashed as fast as that of one."""
    stamps: list[str] = []
    for name in names:
        try:
            stamps += (name, stamp_of(folder + name))
        except OSError:
            stamps += (name, "")  # a link that leads nowhere, or a file that is not there (yet)
    return "\0".join(stamps)
