"""Which files are the archive's articles: seeds, and the records that stand in for them. Nothing is opened here.

A container is a seed that holds many articles; each of those is known as CONTAINER#NAME.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
from msgspec.structs import replace

from archivegen.errors import Diagnostic
from archivegen.model import DayOrder

__all__ = ["SEED_HASH", "Source", "find_sources", "member_path", "member_record", "record_name", "stamp_of"]

RECORD_SUFFIX = ".md"
BAD_NAME = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # control characters, and bytes that are not UTF-8
SEED_HASH = "seed_sha256"  # a record's front matter key by which a later change of its seed is seen


class Source(msgspec.Struct, frozen=True):
    """A file to read. `path` and `seed` are relative to the site's root; `seed` is empty for a seed itself.

    `stamp` changes whenever the file does: its size and its times of change, as the file system tells them. Of a
    container, `curated` are the members that records stand in for. `order` is for numeric dates, where other pages of
    its outlet tell it. `number` is the store's for it.
    """

    path: str
    seed: str
    file: Path
    stamp: str
    is_container: bool = False
    curated: frozenset[str] = frozenset()
    order: DayOrder | None = None
    number: int = 0


def find_sources(
    root: Path,
    seeds: Path,
    records: Path,
    suffixes: Collection[str],
    containers: Collection[str] = (),
    *,
    faults: list[Diagnostic],
) -> Iterator[Source]:
    """Yield the seeds and records under a site's root, as a stream; a record replaces its seed.

    What cannot be an article (a folder named x.txt, a dangling link, an unknown suffix) is added to `faults`.
    """
    written = [
        _of_member(record, root, seeds, records, containers) for record in _walk(root, records, {RECORD_SUFFIX}, faults)
    ]
    by_name = {_bare(record.path, root, records): record for record in written}
    used: set[str] = set()
    for seed in _walk(root, seeds, (*suffixes, *containers), faults):
        if seed.path.lower().endswith(tuple(containers)):
            yield _without_curated(replace(seed, is_container=True), written)
            continue
        record = _record_of(seed, by_name, root, seeds) if by_name else None
        if record is None:
            yield seed
        elif record.path in used:
            message = f"{record.path} could stand for this seed and for another of the same name"
            hint = f"name the record {record_name(seed.file, seeds, always_full=True)}"
            faults.append(Diagnostic(seed.path, None, "warning", "ambiguous-record", message, hint))
            yield seed
        else:
            used.add(record.path)
            yield Source(record.path, seed.path, record.file, record.stamp)
    yield from (replace(r, seed=r.seed or r.path) for r in written if r.path not in used)


def _record_of(seed: Source, by_name: Mapping[str, Source], root: Path, seeds: Path) -> Source | None:
    bare = _bare(seed.path, root, seeds)
    return by_name.get(f"{bare}{seed.file.suffix}") or by_name.get(bare)


def record_name(seed: Path, seeds: Path, *, always_full: bool = False) -> str:
    """Return the record's path under `records/` for a seed: its own, ending in .md.

    Where two seeds differ only in their ending (a.txt, a.html) it keeps both endings (a.txt.md).
    """
    inside = seed.relative_to(seeds)
    twins = [other for other in seed.parent.glob(f"{_glob_safe(seed.stem)}.*") if other.is_file() and other != seed]
    full = always_full or bool(twins)
    return f"{inside.as_posix()}.md" if full else inside.with_suffix(RECORD_SUFFIX).as_posix()


def member_path(container: str, name: str) -> str:
    """The path by which an article in a container is known."""
    return f"{container}#{name}"


def member_record(container: str, name: str) -> str:
    """Return the record's path under `records/` for an article in a container, which is named from `seeds/` on."""
    return f"{container}/{quote(name, safe=' ')}{RECORD_SUFFIX}"


def _of_member(record: Source, root: Path, seeds: Path, records: Path, containers: Collection[str]) -> Source:
    """Give a record that lies in a folder named like a container the member that it stands in for."""
    container = seeds / record.file.parent.relative_to(records)
    if not container.name.lower().endswith(tuple(containers)) or not container.is_file():
        return record
    return replace(record, seed=member_path(_relative(container, root), unquote(record.file.stem)))


def _without_curated(container: Source, records: Iterable[Source]) -> Source:
    names = frozenset(
        r.seed.removeprefix(f"{container.path}#") for r in records if r.seed.startswith(f"{container.path}#")
    )
    mark = hashlib.sha256(repr(sorted(names)).encode("utf-8", "replace")).hexdigest()[:12] if names else ""
    return replace(container, curated=names, stamp=f"{container.stamp}{mark}")


def stamp_of(file: Path | str) -> str:
    """A text that changes whenever the file does. Raises OSError."""
    return _stamp(os.stat(file))  # noqa: PTH116 - half the time of Path.stat, for every file at every build


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"


def _walk(root: Path, folder: Path, suffixes: Collection[str], faults: list[Diagnostic]) -> Iterator[Source]:
    def fail(error: OSError) -> None:
        path = _relative(Path(error.filename or folder), root)
        faults.append(Diagnostic(path, None, "error", "unreadable", f"this folder cannot be read: {error.strerror}"))

    if not folder.is_dir():
        return
    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            path = _relative(Path(here, name), root)
            if Path(here, name).is_symlink():
                message = "this is a link to a folder; such links are not followed"
                faults.append(Diagnostic(path, None, "warning", "folder-link", message, "put the folder itself here"))
            elif name.lower().endswith(tuple(suffixes)):
                message = "this is a folder, though it is named like an article"
                faults.append(Diagnostic(path, None, "warning", "folder", message, "articles in it are read"))
        inside = _relative(Path(here), root)
        within = "" if inside == "." else f"{inside}/"
        for name in sorted(names):
            if not name.startswith("."):
                yield from _source(f"{here}{os.sep}{name}", f"{within}{name}", suffixes, faults)


def _source(file: str, path: str, suffixes: Collection[str], faults: list[Diagnostic]) -> Iterator[Source]:
    if BAD_NAME.search(path):  # no list of files could hold it, no message show it
        message = "this file's name holds bytes that are no letters"
        faults.append(Diagnostic(ascii(path)[1:-1], None, "error", "bad-name", message, "rename it"))
        return
    if not path.lower().endswith(tuple(suffixes)):
        message = f"a {Path(path).suffix or 'file without a suffix'} is not read as an article"
        hint = f"known: {', '.join(sorted(suffixes))}"
        faults.append(Diagnostic(path, None, "note", "unknown-suffix", message, hint))
        return
    try:
        found = os.stat(file)  # noqa: PTH116 - for every file at every build
    except FileNotFoundError:
        message = "this link leads nowhere" if os.path.islink(file) else "vanished while it was looked at"  # noqa: PTH114
        faults.append(Diagnostic(path, None, "error", "dangling-link", message, "remove it, or bring its file back"))
    except OSError as error:
        faults.append(Diagnostic(path, None, "error", "unreadable", f"cannot be read: {error.strerror}"))
    else:
        if stat.S_ISREG(found.st_mode):
            yield Source(path, "", Path(file), _stamp(found))
        else:  # reading from a pipe or a device might never end
            message = "this is no ordinary file"
            faults.append(Diagnostic(path, None, "error", "unreadable", message, "remove it"))


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _bare(path: str, root: Path, folder: Path) -> str:
    inside = path.removeprefix(f"{_relative(folder, root)}/")
    return inside[: -len(Path(inside).suffix)] if Path(inside).suffix else inside


def _glob_safe(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
