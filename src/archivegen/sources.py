"""Which files are the archive's articles: seeds, and the records that stand in for them. Nothing is opened here.

A container is a seed that holds many articles; each of those is known as CONTAINER#NAME.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote, unquote

import msgspec
from msgspec.structs import replace

from archivegen.errors import Diagnostic
from archivegen.model import DayOrder
from archivegen.stamps import stamp_in

__all__ = ["SEED_HASH", "Source", "find_sources", "member_path", "member_record", "record_name"]

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
    file: str
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
    endings = tuple(containers)
    written = [
        _of_member(record, root, seeds, records, endings) for record in _walk(root, records, (RECORD_SUFFIX,), faults)
    ]
    at = f"{_relative(records, root)}/"
    by_name = {_bare(record.path, at): record for record in written}
    at = f"{_relative(seeds, root)}/"
    used: set[str] = set()
    curated = _by_container(written)
    for seed in _walk(root, seeds, (*suffixes, *endings), faults):
        if seed.path.lower().endswith(endings):
            yield _without_curated(replace(seed, is_container=True), curated.get(seed.path, frozenset()))
            continue
        container, mark, _ = seed.path.partition("#")
        if mark and container.lower().endswith(endings):
            message = f"this file is named as an article in {container} would be"
            faults.append(Diagnostic(seed.path, None, "error", "bad-name", message, "rename it"))
            continue
        record = _record_of(seed, by_name, at) if by_name else None
        if record is None:
            yield seed
        elif record.path in used:
            message = f"{record.path} could stand for this seed and for another of the same name"
            hint = f"name the record {record_name(Path(seed.file), seeds, always_full=True)}"
            faults.append(Diagnostic(seed.path, None, "warning", "ambiguous-record", message, hint))
            yield seed
        else:
            used.add(record.path)
            yield Source(record.path, seed.path, record.file, record.stamp)
    yield from (replace(r, seed=r.seed or r.path) for r in written if r.path not in used)


def _record_of(seed: Source, by_name: Mapping[str, Source], seeds: str) -> Source | None:
    return by_name.get(seed.path.removeprefix(seeds)) or by_name.get(_bare(seed.path, seeds))


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


def _of_member(record: Source, root: Path, seeds: Path, records: Path, containers: tuple[str, ...]) -> Source:
    """Give a record that lies in a folder named like a container the member that it stands in for."""
    if not record.path.rpartition("/")[0].lower().endswith(containers):
        return record
    file = Path(record.file)
    container = seeds / file.parent.relative_to(records)
    if not container.is_file():
        return record
    return replace(record, seed=member_path(_relative(container, root), unquote(file.stem)))


def _by_container(records: Iterable[Source]) -> dict[str, frozenset[str]]:
    """The members that records stand in for, by their container."""
    found: dict[str, set[str]] = {}
    for record in records:
        for mark in re.finditer("#", record.seed):  # a file's own name may have one too
            found.setdefault(record.seed[: mark.start()], set()).add(record.seed[mark.end() :])
    return {container: frozenset(names) for container, names in found.items()}


def _without_curated(container: Source, names: frozenset[str]) -> Source:
    mark = hashlib.sha256(repr(sorted(names)).encode("utf-8", "replace")).hexdigest()[:12] if names else ""
    return replace(container, curated=names, stamp=f"{container.stamp}{mark}")


def _walk(root: Path, folder: Path, suffixes: tuple[str, ...], faults: list[Diagnostic]) -> Iterator[Source]:
    def fail(error: OSError) -> None:
        path = _relative(Path(error.filename or folder), root)
        faults.append(Diagnostic(path, None, "error", "unreadable", f"this folder cannot be read: {error.strerror}"))

    if not folder.is_dir():
        return
    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = _relative(Path(here), root)
        within = "" if inside == "." else f"{inside}/"
        faults += [
            _folder_fault(f"{within}{name}", is_link=is_link)
            for name in folders
            if (is_link := Path(here, name).is_symlink()) or name.lower().endswith(suffixes)
        ]
        yield from _in_folder(f"{here}{os.sep}", within, sorted(names), suffixes, faults)


def _folder_fault(path: str, *, is_link: bool) -> Diagnostic:
    if is_link:
        message = "this is a link to a folder; such links are not followed"
        return Diagnostic(path, None, "warning", "folder-link", message, "put the folder itself here")
    message = "this is a folder, though it is named like an article"
    return Diagnostic(path, None, "warning", "folder", message, "articles in it are read")


def _in_folder(
    here: str, within: str, names: Sequence[str], suffixes: tuple[str, ...], faults: list[Diagnostic]
) -> Iterator[Source]:
    """Yield the sources among a folder's files; of thousands, so with nothing done twice."""
    is_fair = f"{within}{''.join(names)}".isprintable()
    for name in names:
        if name.startswith("."):
            continue
        path, file = f"{within}{name}", f"{here}{name}"
        if not name.lower().endswith(suffixes) or not (is_fair or not BAD_NAME.search(path)):
            faults.append(_name_fault(path, suffixes))
            continue
        try:
            found = os.stat(file)  # noqa: PTH116 - for every file at every build
        except OSError as error:
            faults.append(_file_fault(path, file, error))
            continue
        if S_ISREG(found.st_mode):
            yield Source(path, "", file, stamp_in(found))
        else:  # reading from a pipe or a device might never end
            message = "this is no ordinary file"
            faults.append(Diagnostic(path, None, "error", "unreadable", message, "remove it"))


def _name_fault(path: str, suffixes: Iterable[str]) -> Diagnostic:
    if BAD_NAME.search(path):  # no list of files could hold it, no message show it
        message = "this file's name holds bytes that are no letters"
        return Diagnostic(ascii(path)[1:-1], None, "error", "bad-name", message, "rename it")
    message = f"a {_suffix(path) or 'file without a suffix'} is not read as an article"
    return Diagnostic(path, None, "note", "unknown-suffix", message, f"known: {', '.join(sorted(suffixes))}")


def _file_fault(path: str, file: str, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        message = "this link leads nowhere" if os.path.islink(file) else "vanished while it was looked at"  # noqa: PTH114
        return Diagnostic(path, None, "error", "dangling-link", message, "remove it, or bring its file back")
    return Diagnostic(path, None, "error", "unreadable", f"cannot be read: {error.strerror}")


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _bare(path: str, folder: str) -> str:
    """A path in a folder, without that and without its suffix."""
    suffix = _suffix(path)
    return path.removeprefix(folder).removesuffix(suffix)


def _suffix(path: str) -> str:
    """What `Path(path).suffix` says, in a tenth of the time."""
    name = path.rpartition("/")[2]
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 else ""


def _glob_safe(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
