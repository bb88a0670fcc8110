"""The files of a new archive, as `archivegen init` copies them."""

from __future__ import annotations

import shutil
from pathlib import Path

from archivegen.errors import OutputError, UsageError

__all__ = ["copy_starter"]

FILES = Path(__file__).parent
# Written rather than copied: packaging tools would obey a .gitignore among the package's files.
GITIGNORE = "/site/\n/.archivegen/\n"
IGNORED = shutil.ignore_patterns("__init__.py", "__pycache__", "*.pyc")


def copy_starter(folder: Path) -> int:
    """Copy the starter into a folder that is not there yet, or is empty; return how many files it has.

    Raises UsageError where the folder holds anything, OutputError where it cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is there already and not empty", hint="choose another name: archivegen init DIR")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="choose another name: archivegen init DIR")
    try:
        shutil.copytree(FILES, folder, ignore=IGNORED, dirs_exist_ok=True)
        (folder / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error}", hint="choose a folder that you may write to") from error
    return sum(1 for file in folder.rglob("*") if file.is_file())
