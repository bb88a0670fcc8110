"""Bytes -> disk: collisions found before the first write, only what changed, atomic, and nothing pruned but its own.

New bytes wait in a folder beside the site and move in at the end, so that a crash leaves the last good site. The ledger
knows which files there are and which job made them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from archivegen.errors import OutputError
from archivegen.ledger import Collision, Ledger, open_ledger
from archivegen.manifest import (
    HASH,
    MANIFEST,
    UNSURE,
    Written,
    is_safe,
    manifest_mark,
    read_manifest,
    size_in,
    write_manifest,
)

__all__ = [
    "Output",
    "Staged",
    "hold_interrupts",
    "open_output",
    "stage",
]


SET_OUTPUT = "set `output:` in site.yaml to a folder that is yours"
# What the system says in few words, for who has to mend it.
REASONS = {errno.ENOSPC: "the disk is full: make room", errno.EROFS: "the disk can only be read"}
ARTICLES = "articles/"
FEW = 3  # articles that may all get other addresses at once
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
Staged = tuple[str, str]  # a file that waits to move in: its path in the site; its hash and size
PLAIN = re.compile(r"(?!.*\.\.)[A-Za-z0-9_-][A-Za-z0-9_./-]*", re.ASCII)  # safe on any system, as most


def stage(staging: Path | str, path: str, data: bytes | Path) -> Staged:
    """Put a file where it waits: bytes, or a large file that is moved there. Any process may do so, and again.

    Raises OutputError if the path leaves the site, or the build has ended.
    """
    if not PLAIN.fullmatch(path) and not is_safe(path):
        raise OutputError(f"{path!r} is not a path inside the site", hint="rename that file")
    if isinstance(data, Path):
        return _stage_file(staging, path, data)
    name = f"{staging}/{path}"
    if path.endswith("/index.html"):  # most are alone in their folder
        with suppress(OSError):  # it is there already, or the folders above it are not
            os.mkdir(name[: -len("/index.html")])  # noqa: PTH102 - for every page
    try:
        file = os.open(name, FLAGS, 0o666)
    except FileNotFoundError:
        _make_folder(Path(staging), Path(name).parent)
        file = os.open(name, FLAGS, 0o666)
    except (IsADirectoryError, NotADirectoryError) as error:
        raise _collide(path, _in_the_way(Path(staging), path)) from error
    try:
        _write(file, data)
    finally:
        os.close(file)
    return path, f"{hashlib.sha256(data).hexdigest()[:HASH]} {len(data)}"


def _in_the_way(staging: Path, path: str) -> str:
    """The file that wants to be a folder of this one, or has this one as a folder."""
    for folder in PurePosixPath(path).parents:
        if (staging / folder).is_file():
            return str(folder)
    inside = next((file for file in (staging / path).rglob("*") if file.is_file()), staging / path)
    return inside.relative_to(staging).as_posix()


def _write(file: int, data: bytes) -> None:
    done = os.write(file, data)
    while done < len(data):
        done += os.write(file, data[done:])


def _stage_file(staging: Path | str, path: str, made: Path) -> Staged:
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:HASH]
    size = made.stat().st_size
    name = Path(staging, path)
    _make_folder(Path(staging), name.parent)
    shutil.move(made, name)  # perhaps from another disk
    return path, f"{digest} {size}"


def _make_folder(staging: Path, folder: Path) -> None:
    """Make a folder in the staging, which must be there: another machine may still draw for a build that has ended."""
    if not staging.is_dir():
        raise OutputError(f"{staging} is gone: the build that it was for has ended")
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def open_output(folder: Path, ledger: Path, *, clean: bool = False) -> Iterator[Output]:
    """Open the site's folder for one build. Nothing in it changes before `commit`.

    Raises OutputError if the folder holds files but no manifest, for it is then not archivegen's to change. With
    `clean` every file is written again.
    """
    waiting = _waiting(folder)
    shutil.rmtree(waiting, ignore_errors=True)
    _refuse_strangers(folder)
    # A name of its own: a machine that still draws for a build that was stopped must not draw into this one.
    staging = waiting / secrets.token_hex(4)
    try:
        staging.mkdir(parents=True)
        with open_ledger(ledger) as book:
            is_known = _take_stock(book, folder, clean=clean)
            yield Output(folder, staging, book, is_known=is_known or clean)
    except OSError as error:
        raise _cannot_write(error, folder, "the last good site is still there; mend this and build again") from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _waiting(folder: Path) -> Path:
    """Where new files wait: on the site's own disk, from which they move in at once; beside the site if that may be."""
    if folder.is_dir() and (folder.is_symlink() or os.path.ismount(folder) or not os.access(folder.parent, os.W_OK)):
        return folder / ".archivegen-new"
    return folder.with_name(f".{folder.name}-new")


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
    """The files of one build: ask which jobs are `due`, `take` what they made, then `settle` and `commit`."""

    def __init__(self, folder: Path, staging: Path, ledger: Ledger, *, is_known: bool) -> None:
        self.staging = staging
        self._folder = folder
        self._ledger = ledger
        self._is_new = not (folder / MANIFEST).exists()
        self._is_known = is_known
        self._files = ledger.files
        self.files, self.name_of = ledger.files.all, ledger.files.name_of
        self.count_due, self.keep = ledger.count_due, ledger.keep

    def due(self, jobs: Iterable[tuple[str, str | int]], *, frame: str) -> Iterator[str]:
        """Take all jobs of the site as (key, sign), as a stream; yield the keys of those to be done, in their order.

        That are all if the `frame` is another than the last time: a sign of what every page shows.
        """
        if self._ledger.note("frame") != frame:
            self._ledger.undo()
            self._ledger.set_note("frame", frame)
        return self._ledger.due(jobs)

    def take(self, made: Iterable[tuple[str, Sequence[Staged]]]) -> None:
        """Take the staged files of jobs."""
        files = [(path, mark, job) for job, staged in made for path, mark in staged]
        self._ledger.add(files)
        moving = []
        for path, mark, _ in files:
            if not self._is_new and self._stands(path, mark):
                with suppress(FileNotFoundError):  # two want this path, which `settle` tells of
                    os.unlink(self.staging / path)  # noqa: PTH108 - for every page
            else:
                moving.append(path)
        self._ledger.move(moving)

    def _stands(self, path: str, mark: str) -> bool:
        """Tell whether the site has this very file. Raises OutputError if somebody else's is in its place."""
        place = self._folder / path
        name, known = self._files.before(path)
        if name == path:
            return known == mark and _size(place) == size_in(mark)
        is_there = place.is_symlink() or (place.exists() and not place.is_dir())  # in a folder: `_refuse_obstacles`
        if is_there and not (name and _is_same(self._folder / name, place)):
            raise _refuse_stranger(place)
        return False

    def settle(self, late: str | None = None) -> None:
        """When all due jobs are taken: tell whose files are gone. Raises OutputError if two files want one path.

        Jobs whose names begin with `late` follow: of each file of theirs `keep` tells whether it stands.
        """
        with _telling():
            self._ledger.settle(late)

    def waiting(self) -> Iterator[tuple[str, Path]]:
        """Yield what will move in: the path in the site, and the file as it waits."""
        return ((path, self.staging / path) for path in self._files.moving())

    def staying(self) -> Iterator[tuple[str, Path]]:
        """Yield what stays as it is: the path in the site, and the file."""
        return ((path, self._folder / path) for path in self._files.staying())

    def commit(self) -> Written:
        """Move the changed files in, remove own files that no page needs any more."""
        with _telling():
            self._ledger.take_in()
        written, total = self._files.counts()
        gone = self._files.gone()
        lost = 0 if self._is_known else sum(path.startswith(ARTICLES) for path in gone)
        if lost > FEW and not self._files.any_kept(ARTICLES):
            raise OutputError(
                f"{self._folder} seems to hold the site of another archive: all of its {lost} articles would go",
                hint="give it another `output:` in site.yaml; or, to replace that site: archivegen build --clean",
            )
        if self._is_new and not self._folder.exists():
            mark = self._write_manifest()
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self.staging.rename(self._folder)
        elif written or gone or self._is_new:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._refuse_obstacles()
            try:
                mark = self._move_in(gone)
            except OSError as error:
                hint = "some pages are new now and some are old: mend this and build again"
                raise _cannot_write(error, self._folder, hint) from error
        else:
            mark = manifest_mark(self._folder)
        self._ledger.set_note("manifest", mark)
        self._ledger.commit()
        return Written(written, total - written, len(gone))

    def _refuse_obstacles(self) -> None:
        """Look whether every file can move to its place, before the first one does. Raises OutputError."""

        @lru_cache(maxsize=1024)
        def check(folder: str) -> None:
            if folder:
                check(folder.rpartition("/")[0])
            place = self._folder / folder
            if folder and place.is_symlink():
                raise OutputError(f"{place} is a link, and what is made would go elsewhere", hint="remove the link")
            if place.is_dir():
                if not os.access(place, os.W_OK | os.X_OK):
                    raise OutputError(f"you may not write to {place}", hint=f"ask for that, or {SET_OUTPUT}")
            elif os.path.lexists(place) and not self._is_own(folder):
                raise _refuse_stranger(place)

        for path in self._files.moving():
            check(path.rpartition("/")[0])
            place = self._folder / path
            for file in place.rglob("*") if place.is_dir() and not place.is_symlink() else ():
                if not (file.is_dir() or self._is_own(file.relative_to(self._folder).as_posix())):
                    raise _refuse_stranger(file)

    def _is_own(self, path: str) -> bool:
        """Tell whether there is, or was in the last build, a file of this very name."""
        return self._files.before(path)[0] == path

    def _move_in(self, gone: list[str]) -> str:
        with (self._folder / MANIFEST).open("a", encoding="utf-8") as manifest:
            unsure = (f"{UNSURE} {path}\n" for path in self._files.moving())
            manifest.writelines(unsure)  # should the machine stop in the midst of it
        for path in self._files.moving():
            file = self._folder / path
            try:
                os.replace(self.staging / path, file)  # noqa: PTH105 - for every page
            except OSError:
                self._make_room(file)
                os.replace(self.staging / path, file)  # noqa: PTH105
        for path in gone:
            now = self._files.name_of(path)
            if now is None or not _is_same(self._folder / now, self._folder / path):
                _remove(self._folder / path, self._folder)
        mark = self._write_manifest()
        (self.staging / MANIFEST).replace(self._folder / MANIFEST)
        return mark

    def _make_room(self, file: Path) -> None:
        """Make the folders of a file. What an earlier build made may stand in the way, or in a folder of its name."""
        for step in [*file.relative_to(self._folder).parents][-2::-1]:
            place, path = self._folder / step, step.as_posix()
            if place.is_file() and self._is_own(path):
                if self._files.has(path):
                    raise _collide(path, file.relative_to(self._folder).as_posix())
                place.unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.rmtree(file)

    def _write_manifest(self) -> str:
        """Write the list of all files among those that wait; return its mark."""
        write_manifest(self.staging, ((path, mark) for path, mark, _ in self._files.all()))
        return manifest_mark(self.staging)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except Collision as error:
        raise _collide(error.path, error.other) from None


def _take_stock(ledger: Ledger, folder: Path, *, clean: bool) -> bool:
    """See what of the site still stands as the ledger has it, if it is the site that the ledger knows; tell whether.

    What does not stand is made again.
    """
    if clean or not ledger.note("manifest") or ledger.note("manifest") != manifest_mark(folder):
        ledger.begin_anew((path, UNSURE if clean else mark) for path, mark in read_manifest(folder))
        return False
    base = f"{folder}{os.sep}"
    ledger.undo([job for path, size, job in ledger.files.known() if _size(base + path) != size])
    return True


def _refuse_strangers(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file, so the site cannot go there", hint="set `output:` in site.yaml")
    if not folder.exists() or (folder / MANIFEST).exists():
        return
    strangers = sorted(path.name for path in folder.iterdir())
    if strangers:
        raise OutputError(
            f"{folder} holds files that archivegen did not make: {', '.join(strangers[:3])}"
            + (f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""),
            hint="set `output:` in site.yaml to a new folder, or empty this one yourself",
        )


def _collide(path: str, other: str) -> OutputError:
    return OutputError(
        f"two pages want the same file: {path} and {other}",
        hint="give one of them another `slug:`, or rename the file in static/",
    )


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _size(file: Path | str) -> int:
    try:
        return os.stat(file).st_size  # noqa: PTH116 - for every page
    except OSError:
        return -1


def _remove(file: Path, folder: Path) -> None:
    if not file.is_dir():
        with suppress(FileNotFoundError, NotADirectoryError):
            file.unlink()
    parent = file.parent
    while parent != folder and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent


def _refuse_stranger(file: Path) -> OutputError:
    return OutputError(f"{file} is in the way: archivegen did not make it", hint="move it somewhere else")


def _cannot_write(error: OSError, folder: Path, state: str) -> OutputError:
    """What to say where the system refuses; `state` is that of the site."""
    if isinstance(error, PermissionError):
        hint = f"you may not write to {error.filename or folder}; {SET_OUTPUT}"
        return OutputError(f"the site cannot be written: {error.strerror}", hint=hint)
    reason = REASONS.get(error.errno or 0) or str(error)
    return OutputError(f"the site cannot be written: {reason}", hint=state if (folder / MANIFEST).exists() else "")
