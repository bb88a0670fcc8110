"""Jobs -> files that wait to move into the site, in whichever process: each reads the store for itself."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archivegen import __version__, pages, render
from archivegen.config import Config
from archivegen.output import Staged, stage
from archivegen.pages import Tools
from archivegen.store import Reader, read_store
from archivegen.views import SiteView

__all__ = ["Desk", "draw_job", "leave"]


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What drawing needs, as it can be sent to another process. Of `templates` and `static` folders the first wins."""

    config: Config
    site: SiteView
    templates: tuple[Path, ...]
    static: tuple[Path, ...]
    staging: Path


def draw_job(desk: Desk, job: str) -> tuple[str, list[Staged]]:
    """Do a job, named FAMILY:KEY; return its name and what it made."""
    family, _, key = job.partition(":")
    tools = _tools(desk)
    try:
        return job, [stage(desk.staging, path, data) for path, data in pages.draw(tools, family, key)]
    finally:
        if family in pages.LARGE:
            shutil.rmtree(tools.scratch / key, ignore_errors=True)


def leave() -> None:
    """Close what drawing in this process opened."""
    while _open:
        _open.pop()[2].close()


_open: list[tuple[Desk, Tools, sqlite3.Connection]] = []  # what this process draws with, once it does


def _tools(desk: Desk) -> Tools:
    if not _open or _open[0][0] is not desk:
        leave()
        store = read_store(desk.config.work / "archive.db")
        compiled = desk.config.work / "templates"
        theme = render.open_theme(desk.site, desk.templates, version=__version__, bytecode=compiled)
        _open.append((desk, Tools(desk.config, Reader(store), theme, desk.static, desk.config.work / "scratch"), store))
    return _open[0][1]
