"""Jobs -> files that wait to move into the site, in whichever process: each reads the store for itself."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import sys
from itertools import groupby
from pathlib import Path

import msgspec

from archivegen import __version__, forwarding, pages, render, urls
from archivegen.config import Config
from archivegen.inputs import PACKAGE, program_stamps, theme_folders
from archivegen.output import Staged, stage
from archivegen.pages import Tools
from archivegen.render import Theme
from archivegen.render.bytecode import only_folder
from archivegen.stamps import fingerprint
from archivegen.store import Reader, read_store
from archivegen.views import SiteView

__all__ = ["Desk", "draw_answers", "draw_jobs", "leave", "open_theme"]


class Desk(msgspec.Struct, frozen=True, eq=False):
    """What drawing needs, as it can be sent to another process, perhaps of another machine.

    `made_by` is a hash of the program with which the site is made.
    """

    config: Config
    site: SiteView
    staging: Path
    made_by: str


def draw_jobs(desk: Desk, jobs: list[str]) -> list[tuple[str, list[Staged]]]:
    """Do some jobs, named FAMILY:KEY; return the name of each with what it made."""
    tools = _tools(desk)
    made: dict[str, list[Staged]] = {job: [] for job in jobs}
    for family, group in groupby(jobs, key=_family_of):
        keys = [job.partition(":")[2] for job in group]
        try:
            for key, (path, data) in pages.draw(tools, family, keys):
                made[f"{family}:{key}"].append(stage(desk.staging, path, data))
        finally:
            if family in pages.LARGE:
                shutil.rmtree(tools.scratch, ignore_errors=True)
    return list(made.items())


def draw_answers(desk: Desk, answers: list[tuple[str, str]]) -> list[tuple[str, list[Staged]]]:
    """Make what stands at former addresses, given as (address, answer); return each one's job with its file."""
    theme = open_theme(desk)
    found = []
    for address, answer in answers:
        page = forwarding.draw(theme, address, answer)
        found.append((pages.FORMER + answer, [stage(desk.staging, urls.file_of(address), page)]))
    return found


def _family_of(job: str) -> str:
    return job.partition(":")[0]


def leave() -> None:
    """Close the store that drawing in this process opened; the theme may serve again for the same desk."""
    while _open:
        _open.pop()[1].close()


_themes: list[tuple[Desk, Theme]] = []  # what this process draws with, once it does
_open: list[tuple[Tools, sqlite3.Connection]] = []


def open_theme(desk: Desk) -> Theme:
    """Return what this process draws with; a process that is made of this one then has it too."""
    if not _themes or _themes[0][0] is not desk:  # another build, or the first
        leave()
        templates = theme_folders(desk.config, "templates")  # the program may be installed elsewhere on this machine
        bytecode = _bytecode_folders(desk)
        _themes[:] = [(desk, render.open_theme(desk.site, templates, version=__version__, bytecode=bytecode))]
    return _themes[0][1]


def _bytecode_folders(desk: Desk) -> tuple[Path, Path]:
    """Folders for compiled templates: the theme's, beside the program if that may be written to, and the site's."""
    own = only_folder(desk.config.work / "templates", desk.made_by[:16])
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return own, own
    program = fingerprint(map(repr, program_stamps()))[:16]
    try:
        shipped = only_folder(PACKAGE / "__pycache__" / f"templates.{sys.implementation.cache_tag}", program)
    except OSError:
        return own, own
    return shipped if os.access(shipped, os.W_OK) else own, own


def _tools(desk: Desk) -> Tools:
    theme = open_theme(desk)
    if not _open:
        store = read_store(desk.config.work / "archive.db")
        # Beside the staging, with which it is cleared away; its own, for who does this job may be ended and followed.
        scratch = desk.staging.with_name(f"scratch-{secrets.token_hex(4)}")
        static = theme_folders(desk.config, "static")
        _open.append((Tools(desk.config, Reader(store), theme, static, scratch, desk.made_by), store))
    return _open[0][0]
