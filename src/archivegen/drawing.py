"""Jobs -> files that wait to move into the site, in whichever process: each reads the store for itself."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from pathlib import Path

import msgspec

from archivegen import __version__, pages, render
from archivegen.config import Config
from archivegen.inputs import theme_folders
from archivegen.output import Staged, stage
from archivegen.pages import Tools
from archivegen.render import Theme
from archivegen.store import Reader, read_store
from archivegen.views import SiteView

__all__ = ["Desk", "draw_job", "leave"]


class Desk(msgspec.Struct, frozen=True, eq=False):
    """What drawing needs, as it can be sent to another process, perhaps of another machine."""

    config: Config
    site: SiteView
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
    """Close the store that drawing in this process opened; the theme may serve again for the same desk."""
    while _open:
        _open.pop()[1].close()


_themes: list[tuple[Desk, Theme]] = []  # what this process draws with, once it does
_open: list[tuple[Tools, sqlite3.Connection]] = []


def _tools(desk: Desk) -> Tools:
    if not _themes or _themes[0][0] is not desk:  # another build, or the first
        leave()
        templates = theme_folders(desk.config, "templates")  # the program may be installed elsewhere on this machine
        _themes[:] = [(desk, render.open_theme(desk.site, templates, version=__version__))]
    if not _open:
        store = read_store(desk.config.work / "archive.db")
        # Beside the staging, with which it is cleared away; its own, for who does this job may be ended and followed.
        scratch = desk.staging.with_name(f"scratch-{secrets.token_hex(4)}")
        static = theme_folders(desk.config, "static")
        _open.append((Tools(desk.config, Reader(store), _themes[0][1], static, scratch), store))
    return _open[0][0]
