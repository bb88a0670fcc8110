"""The list of a site's own files, `.archivegen-manifest` in its folder: of each the hash, size and path."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Generator, Iterable
from pathlib import Path

import msgspec

from archivegen.errors import OutputError

__all__ = [
    "MANIFEST",
    "UNSURE",
    "Written",
    "count_intact",
    "files_of",
    "is_safe",
    "manifest_mark",
    "read_manifest",
    "size_in",
    "write_manifest",
]

MANIFEST = ".archivegen-manifest"
HASH = 32  # hex digits
ENTRY = re.compile(rf"(?P<mark>-|[0-9a-f]{{{HASH}}} \d+) (?P<path>.+)", re.DOTALL)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # ends a line, or is half a letter
UNSURE = "-"  # in place of a hash: this file may be half way; write it again


class Written(msgspec.Struct, frozen=True):
    """How many files a build wrote, found unchanged, and removed."""

    written: int
    unchanged: int
    removed: int


def count_intact(folder: Path) -> int | None:
    """Return how many files the site has if each still stands there with its size, else None."""
    base = f"{folder}{os.sep}"
    count = 0
    try:
        with (folder / MANIFEST).open(encoding="utf-8", newline="\n") as manifest:
            for line in manifest:
                count += 1
                size, _, path = line[HASH + 1 : -1].partition(" ")
                if line[0] == UNSURE or os.stat(base + path).st_size != int(size):  # noqa: PTH116 - for every page
                    return None
    except (OSError, ValueError):  # a file is gone, or the list is not as a build leaves it when all went well
        return None
    return count or None


def size_in(mark: str) -> int:
    """The size in bytes that a mark of `read_manifest` tells, which must not be UNSURE."""
    return int(mark[HASH + 1 :])


def files_of(folder: Path) -> frozenset[str]:
    """The paths of the site's own files, as the last build left them."""
    return frozenset(path for path, _ in read_manifest(folder))


def manifest_mark(folder: Path) -> str:
    """Return a hash of the list of the site's files: who noted it knows later whether the site is still that one."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_manifest(folder: Path) -> Generator[tuple[str, str], None, None]:
    """Yield (path, mark) of the site's own files; of two lines on one file the later counts. Nothing: no site yet."""
    try:
        with (folder / MANIFEST).open(encoding="utf-8", errors="replace", newline="\n") as file:
            for line in file:
                entry = ENTRY.fullmatch(line, 0, len(line) - line.endswith("\n"))
                if not entry or not is_safe(entry["path"]):
                    message = f"{folder / MANIFEST} is damaged: it lists {line.rstrip()!r}"
                    raise OutputError(message, hint=f"delete the folder {folder}: all in it is made again")
                yield entry["path"], entry["mark"]
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror}") from error


def write_manifest(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write the list of a site's own files, given as (path, mark)."""
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{mark} {path}\n" for path, mark in files)


def is_safe(path: str) -> bool:
    """Tell whether a path stays in the site, on any system, and fits on one line of the manifest."""
    leaves = path.startswith("/") or (".." in path and ".." in path.split("/")) or "\\" in path
    return not leaves and (path.isprintable() or not UNPRINTABLE.search(path)) and path != MANIFEST
