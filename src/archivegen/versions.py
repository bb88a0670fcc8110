"""The versions of all that decides on a site's bytes beside the program itself: Python, SQLite, some packages."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress
from functools import cache

__all__ = ["NONE", "versions"]

DECIDING = (
    "charset-normalizer",
    "htmldate",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "msgspec",
    "pagefind-bin",
    "pyyaml",
    "trafilatura",
)
INFO = (".dist-info", ".egg-info")
NONE = "none"
PYTHON = ".".join(map(str, sys.version_info[:3]))


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return (name, version) of each; what is not installed is `none`.

    As the names of the folders say that installing leaves (packaging.python.org, "Recording installed projects"):
    `importlib.metadata` takes longer to be imported than a build with nothing to do takes in all.
    """
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        with suppress(OSError):  # an archive of modules, or a folder that is not there
            found.update(_named(name) for name in os.listdir(folder or ".") if name.endswith(INFO))  # noqa: PTH208
    packages = [(name, found.get(_plain(name), NONE)) for name in DECIDING]
    return (("Python", PYTHON), ("SQLite", sqlite3.sqlite_version), *packages)


def _named(folder: str) -> tuple[str, str]:
    name, _, version = folder.rpartition(".")[0].partition("-")
    return _plain(name), version


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
