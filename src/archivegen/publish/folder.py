"""The site -> a folder. A manifest in the folder lists what was put there; nothing else is ever touched."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from archivegen.config import default_config
from archivegen.errors import PublishError
from archivegen.publish.delivery import Delivery, Plan, site_files

__all__ = ["MANIFEST", "plan", "publish"]

MANIFEST = ".archivegen-published"
TEMPORARY = ".archivegen-publish.tmp"
# What file managers leave behind in a folder that a person would call empty.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", TEMPORARY})


def plan(delivery: Delivery) -> Plan:
    """Compare the site with the folder. Raises PublishError where publishing would be refused."""
    files, target = site_files(delivery.site), _target(delivery)
    return _compare(files, target, _owned(target))


def publish(delivery: Delivery, message: str) -> Plan:
    """Make the folder's own files equal to the site, each in one step; `message` has no place here."""
    del message
    files, target = site_files(delivery.site), _target(delivery)
    owned = _owned(target)
    todo = _compare(files, target, owned)
    try:
        if not todo.is_empty or owned != files.keys():
            _carry_out(todo, files, target, owned)
    except OSError as error:
        raise PublishError(
            f"cannot write {error.filename or target}: {error.strerror or error}",
            hint="see to it and publish again; the files that are already there stay usable",
        ) from None
    return todo


def _target(delivery: Delivery) -> Path:
    """The folder, checked: neither what a person keeps, nor the site, nor around either."""
    target = _path(delivery)
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is not a folder", hint="name the folder that the site should go to")
    settings = default_config(delivery.root)
    kept = (settings.seeds, settings.records, settings.templates, settings.static, settings.work)
    for folder in (delivery.site, *(folder.resolve() for folder in kept)):
        if target == folder or folder in target.parents or target in folder.parents:
            raise PublishError(
                f"cannot publish into {target}: {folder} is the same folder, or one lies in the other",
                hint="choose a folder beside the archive, like: to: ../public",
            )
    return target


def _path(delivery: Delivery) -> Path:
    text = delivery.rest
    if text.startswith("//"):
        parts = urlsplit(f"file:{text}")
        if parts.netloc not in ("", "localhost"):
            raise PublishError(f"file:{text} names another machine", hint="a folder of this one: file:///path")
        text = unquote(parts.path)
        if PureWindowsPath(text[1:]).drive:  # file:///C:/public
            text = text[1:]
    if os.name != "nt" and PureWindowsPath(text).drive:
        raise PublishError(f"{text} is a folder of a Windows machine", hint="name one of this machine: ../public")
    try:
        return (delivery.root / Path(text).expanduser()).resolve()
    except (OSError, RuntimeError) as error:
        raise PublishError(f"cannot find the folder {text!r}: {error}") from None


def _owned(target: Path) -> frozenset[str]:
    """The paths that earlier publishing put there. Raises PublishError for a folder that is somebody else's."""
    manifest = target / MANIFEST
    try:
        listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        foreign = sorted({entry.name for entry in os.scandir(target)} - LITTER) if target.exists() else []
        if foreign:
            raise PublishError(
                f"{target} holds files that archivegen did not put there: {_some(foreign)}",
                hint="name an empty or a new folder, or empty this one yourself",
            ) from None
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishError(
            f"{manifest} cannot be read, so it is not known which files may be replaced: {error}",
            hint="empty the folder yourself and publish again",
        ) from None
    if not isinstance(listed, list) or not all(isinstance(path, str) and _is_inside(path) for path in listed):
        raise PublishError(f"{manifest} names files outside its folder", hint="empty the folder yourself")
    return frozenset(listed)


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and "\\" not in path and ":" not in parts[0] and ".." not in parts


def _compare(files: Mapping[str, Path], target: Path, owned: frozenset[str]) -> Plan:
    """Plan by content. Raises PublishError where a file of somebody else's or a link is in the way."""
    added, changed = [], []
    checked: set[Path] = {target}
    for path, source in files.items():
        there = target / path
        _check_folder(there.parent, target, owned, checked)
        if not os.path.lexists(there):
            added.append(path)
        elif there.is_symlink() or not there.is_file() or not filecmp.cmp(source, there, shallow=False):
            if path not in owned and not _only_owned_below(there, target, owned):
                raise _in_the_way(there)
            changed.append(path)
    removed = sorted(path for path in owned - files.keys() if os.path.lexists(target / path))
    for path in removed:
        _check_folder((target / path).parent, target, owned, checked)
    return Plan(tuple(added), tuple(changed), tuple(removed), f"folder {target}")


def _only_owned_below(there: Path, target: Path, owned: frozenset[str]) -> bool:
    """A folder in a file's place may go if all that is in it was published."""
    if there.is_symlink() or not there.is_dir():
        return False
    return all(path.relative_to(target).as_posix() in owned for path in there.rglob("*") if not path.is_dir())


def _check_folder(folder: Path, target: Path, owned: frozenset[str], checked: set[Path]) -> None:
    """Never write through a link inside the target, which may lead anywhere, nor over somebody else's file."""
    if folder in checked:
        return
    _check_folder(folder.parent, target, owned, checked)
    if folder.is_symlink():
        raise PublishError(f"{folder} is a link that leads out of the published folder", hint="remove the link")
    if folder.is_file() and folder.relative_to(target).as_posix() not in owned:
        raise _in_the_way(folder)
    checked.add(folder)


def _in_the_way(there: Path) -> PublishError:
    return PublishError(
        f"{there} is in the way: archivegen did not put it there",
        hint="move it away, or publish to another folder",
    )


def _carry_out(todo: Plan, files: Mapping[str, Path], target: Path, owned: frozenset[str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    # First own everything, old and new: a run that is broken off here must not lock itself out of the folder.
    _write_manifest(target, owned | files.keys())
    writes = {*todo.added, *todo.changed}
    folders = {str(parent) for path in writes for parent in PurePosixPath(path).parents}
    in_the_way = [
        path for path in todo.removed if path in folders or any(str(p) in writes for p in PurePosixPath(path).parents)
    ]
    _remove(target, in_the_way)
    for path in (*todo.added, *todo.changed):
        there = target / path
        there.parent.mkdir(parents=True, exist_ok=True)
        _put(files[path], there)
    # On a file system that ignores case, a page whose name changed only its case is still the same file.
    same = {path.casefold(): path for path in files}
    rest = [path for path in todo.removed if path not in in_the_way]
    _remove(target, [path for path in rest if not _is_same(target, path, same.get(path.casefold()))])
    _write_manifest(target, files.keys())


def _put(source: Path, there: Path) -> None:
    """Copy the content in one step: a reader sees the old file or the new one."""
    temporary = there.parent / TEMPORARY
    try:
        shutil.copyfile(source, temporary)
        temporary.replace(there)
    finally:
        temporary.unlink(missing_ok=True)


def _is_same(target: Path, path: str, other: str | None) -> bool:
    if other is None or not (target / path).exists() or not (target / other).exists():
        return False
    return (target / path).samefile(target / other)


def _remove(target: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    for path in paths:
        (target / path).unlink(missing_ok=True)
        for parent in PurePosixPath(path).parents[:-1]:
            try:
                (target / parent).rmdir()
            except OSError:
                break


def _write_manifest(target: Path, paths: Iterable[str]) -> None:
    text = json.dumps({"made_by": "archivegen publish", "files": sorted(paths)}, ensure_ascii=False, indent=0)
    temporary = target / TEMPORARY
    temporary.write_text(text + "\n", encoding="utf-8", newline="\n")
    temporary.replace(target / MANIFEST)


def _some(names: list[str], most: int = 3) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
