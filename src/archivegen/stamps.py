"""A file's stamp: a text that changes whenever the file does, made of its size and its times of change."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["stamp_in", "stamp_of"]


def stamp_of(file: Path | str) -> str:
    """The stamp of a file as it is now. Raises OSError."""
    return stamp_in(os.stat(file))  # noqa: PTH116 - half the time of Path.stat, for every file at every build


def stamp_in(found: os.stat_result) -> str:
    """The stamp of a file of which the file system told this."""
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"
