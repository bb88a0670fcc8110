"""Bytes -> disk: collisions found before the first write, only what changed, atomic, and nothing pruned but its own.

New bytes wait in a folder beside the site and move in at the end, so that a crash leaves the last good site. The list
of its own files (`.archivegen-manifest`: hash, size, path) lives in the site's folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archivegen.errors import OutputError

__all__ = ["MANIFEST", "Output", "Written", "files_of", "hold_interrupts", "is_whole", "manifest_mark", "open_output"]

MANIFEST = ".archivegen-manifest"
ENTRY = re.compile(r"(?P<mark>-|[0-9a-f]{32} \d+) (?P<path>.+)", re.DOTALL)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # ends a line, or is half a letter
UNSURE = "-"  # in place of a hash: this file may be half way; write it again


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build wrote, found unchanged, and removed."""

    written: int
    unchanged: int
    removed: int


@contextmanager
def open_output(folder: Path, *, clean: bool = False) -> Iterator[Output]:
    """Open the site's folder for one build. Nothing in it changes before `commit`.

    Raises OutputError if the folder holds files but no manifest, for it is then not archivegen's to change. With
    `clean` every file is written again.
    """
    known = _read_manifest(folder)
    staging = folder.with_name(f".{folder.name}-new")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(parents=True)
        yield Output(folder, staging, dict.fromkeys(known, UNSURE) if clean else known)
    except OSError as error:
        raise OutputError(f"the site cannot be written: {error}", hint=_hint(error, folder)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def is_whole(folder: Path) -> int | None:
    """Return how many files the site has if each still stands there with its size, else None."""
    try:
        known = _read_manifest(folder)
    except OutputError:
        return None
    base = f"{folder}{os.sep}"
    for path, mark in known.items():
        try:
            size = os.stat(base + path).st_size  # noqa: PTH116 - for every page at every build
        except OSError:
            return None
        if mark == UNSURE or size != int(mark[33:]):
            return None
    return len(known) or None


def files_of(folder: Path) -> frozenset[str]:
    """The paths of the site's own files, as the last build left them."""
    return frozenset(_read_manifest(folder)) if (folder / MANIFEST).is_file() else frozenset()


def manifest_mark(folder: Path) -> str:
    """Return a hash of the list of the site's files: who noted it knows later whether the site is still that one."""
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def hold_interrupts() -> Iterator[Callable[[], None]]:
    """Give a function from whose call on Ctrl-C waits until the block ends: a site half moved in is no good site."""
    waiting: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    # Only the main thread may set a handler, and only a Python handler can be put back.
    is_able = threading.current_thread() is threading.main_thread() and before is not None

    def hold() -> None:
        if is_able:
            signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))

    try:
        yield hold
    finally:
        if is_able:
            signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


class Output:
    """The files of one build: `add` them all, then `commit` once."""

    def __init__(self, folder: Path, staging: Path, known: dict[str, str]) -> None:
        self._folder = folder
        self._staging = staging
        self._known = known
        self._seen: dict[str, str] = {}  # path folded as a case-blind file system does -> path
        self._marks: dict[str, str] = {}
        self._changed: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        """Take a file's bytes. Raises OutputError if the path leaves the site or another file has it already."""
        mark = f"{hashlib.blake2b(data, digest_size=16).hexdigest()} {len(data)}"
        self._take(path, mark, len(data), lambda target: target.write_bytes(data))

    def _take(self, path: str, mark: str, size: int, put: Callable[[Path], object]) -> None:
        if not _is_safe(path):
            raise OutputError(f"{path!r} is not a path inside the site", hint="rename that file")
        folded = _fold(path)
        if folded in self._seen:
            raise OutputError(
                f"two pages want the same file: {path} and {self._seen[folded]}",
                hint="give one of them another `slug:`, or rename the file in static/",
            )
        self._seen[folded] = path
        self._marks[path] = mark
        file = self._folder / path
        if self._known.get(path) == mark and _size(file) == size:
            return
        if path not in self._known and file.exists() and not self._is_known_as(path):
            raise OutputError(f"{file} is in the way: archivegen did not make it", hint="move it somewhere else")
        put(self._staged(len(self._changed)))
        self._changed.append(path)

    def has(self, path: str) -> bool:
        """Tell whether a file was added."""
        return path in self._marks

    def waiting(self) -> Iterator[tuple[str, Path]]:
        """Yield what will move in: the path in the site, and the file as it waits."""
        yield from ((path, self._staged(number)) for number, path in enumerate(self._changed))

    def staying(self) -> Iterator[tuple[str, Path]]:
        """Yield what stays as it is: the path in the site, and the file."""
        changed = frozenset(self._changed)
        yield from ((path, self._folder / path) for path in self._marks if path not in changed)

    @property
    def scratch(self) -> Path:
        """A folder for large files, on the site's own disk; it goes when the build ends."""
        folder = self._staging / "large"
        folder.mkdir(exist_ok=True)
        return folder

    def add_file(self, path: str, made: Path) -> None:
        """Take a large file from `scratch`; otherwise as `add`."""
        with made.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
        size = made.stat().st_size
        self._take(path, f"{digest} {size}", size, made.replace)

    def keep(self, paths: Sequence[str]) -> bool:
        """Leave some files as the last build made them. False, and nothing done, if one is not as it left them."""
        marks = [self._known.get(path, UNSURE) for path in paths]
        if any(m == UNSURE or _size(self._folder / p) != int(m[33:]) for p, m in zip(paths, marks, strict=True)):
            return False
        for path, mark in zip(paths, marks, strict=True):
            self._take(path, mark, int(mark[33:]), lambda target: target)
        return True

    def commit(self) -> Written:
        """Move the changed files in, remove own files that no page needs any more."""
        gone = sorted(self._known.keys() - self._marks.keys())
        if self._changed or gone or not (self._folder / MANIFEST).exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            between = self._known | self._marks | dict.fromkeys(self._changed, UNSURE)
            self._write_manifest(between)
            for number, path in enumerate(self._changed):
                file = self._folder / path
                _make_room(file.parent, self._folder, self._known)
                self._staged(number).replace(file)
            for path in gone:
                now = self._seen.get(_fold(path))
                if now is None or not _is_same(self._folder / now, self._folder / path):
                    _remove(self._folder / path, self._folder)
            self._write_manifest(self._marks)
        return Written(len(self._changed), len(self._marks) - len(self._changed), len(gone))

    def _is_known_as(self, path: str) -> bool:
        """Tell whether a case-blind disk found a file of ours under another case of its name."""
        names = (name for name in self._known if _fold(name) == _fold(path))
        return any(_is_same(self._folder / name, self._folder / path) for name in names)

    def _staged(self, number: int) -> Path:
        # By number, in one folder: folders cost more than the files in them on some file systems.
        return self._staging / str(number)

    def _write_manifest(self, marks: dict[str, str]) -> None:
        staged = self._staging / MANIFEST
        staged.write_text("".join(f"{marks[path]} {path}\n" for path in sorted(marks)), encoding="utf-8")
        staged.replace(self._folder / MANIFEST)


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        if folder.exists() and not folder.is_dir():
            raise OutputError(
                f"{folder} is a file, so the site cannot go there", hint="set `output:` in site.yaml"
            ) from None
        strangers = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
        if strangers:
            raise OutputError(
                f"{folder} holds files that archivegen did not make: {', '.join(strangers[:3])}"
                + (f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""),
                hint="set `output:` in site.yaml to a new folder, or empty this one yourself",
            ) from None
        return {}
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror}") from error
    known: dict[str, str] = {}
    for line in filter(None, lines):
        entry = ENTRY.fullmatch(line)
        if not entry or not _is_safe(entry["path"]):
            message = f"{folder / MANIFEST} is damaged: it lists {line!r}"
            raise OutputError(message, hint=f"delete the folder {folder}: all in it is made again")
        known[entry["path"]] = entry["mark"]
    return known


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_safe(path: str) -> bool:
    """Tell whether a path stays in the site, on any system, and fits on one line of the manifest."""
    leaves = path.startswith("/") or ".." in PurePosixPath(path).parts or "\\" in path
    return not leaves and not UNPRINTABLE.search(path) and path != MANIFEST


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


def _make_room(parent: Path, folder: Path, known: dict[str, str]) -> None:
    """Make the folders of a file, where an own file of an earlier build may stand in the way."""
    for step in (*reversed(parent.relative_to(folder).parents), parent.relative_to(folder)):
        if step.as_posix() in known and (folder / step).is_file():
            (folder / step).unlink()
    parent.mkdir(parents=True, exist_ok=True)


def _remove(file: Path, folder: Path) -> None:
    if not file.is_dir():
        file.unlink(missing_ok=True)
    parent = file.parent
    while parent != folder and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent


def _hint(error: OSError, folder: Path) -> str:
    if isinstance(error, PermissionError):
        return f"you may not write to {folder}; set `output:` to a folder that is yours"
    return "the last good site is still there; mend this and build again"
