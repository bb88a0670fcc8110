"""The site -> an object store such as S3. A list there tells what was put there; only that is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

from archivegen.errors import PublishError
from archivegen.publish.delivery import Delivery, Plan, site_files
from archivegen.remote import reach

__all__ = ["MANIFEST", "plan", "publish"]

MANIFEST = ".archivegen-published"
BATCH = 500  # files that are sent together
UNSURE = ""  # in place of a hash: sending it may have been broken off

Marks = dict[str, str]  # path -> hash


def plan(delivery: Delivery) -> Plan:
    """Compare the site with what was put there before. Raises PublishError where publishing would be refused."""
    files = site_files(delivery.site)
    with _store(delivery) as (store, root):
        return _compare(_marks(files), _owned(store, root), _there(store, root), _name(delivery))


def publish(delivery: Delivery, message: str) -> Plan:
    """Send what is new or differs, then remove what is gone; `message` has no place here."""
    del message
    files = site_files(delivery.site)
    marks = _marks(files)
    with _store(delivery) as (store, root):
        owned = _owned(store, root)
        todo = _compare(marks, owned, _there(store, root), _name(delivery))
        if todo.is_empty and owned == marks:
            return todo
        sent = (*todo.added, *todo.changed)
        # First own everything, old and new: a run that is broken off here must not lock itself out.
        _note(store, root, owned | dict.fromkeys(sent, UNSURE))
        for batch in _batches(sent):
            store.put([str(files[path]) for path in batch], [f"{root}/{path}" for path in batch])
        for batch in _batches(todo.removed):
            store.rm([f"{root}/{path}" for path in batch])
        _note(store, root, marks)
    return todo


def _store(delivery: Delivery) -> AbstractContextManager[tuple[Any, str]]:
    return reach(_name(delivery), PublishError, "see to it and publish again; what is already there stays usable")


def _name(delivery: Delivery) -> str:
    return f"{delivery.scheme}:{delivery.rest}"


def _marks(files: Mapping[str, Path]) -> Marks:
    return {path: hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest() for path, file in files.items()}


def _there(store: Any, root: str) -> frozenset[str]:
    """All that lies there, by path from the root."""
    found = store.find(root)
    at = len(store._strip_protocol(root)) + 1
    return frozenset(path[at:] for path in found if not path.endswith("/")) - {MANIFEST}


def _owned(store: Any, root: str) -> Marks:
    """What earlier publishing put there."""
    place = f"{root}/{MANIFEST}"
    try:
        files = json.loads(store.cat_file(place))["files"]
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError) as error:
        hint = "empty that folder yourself and publish again"
        raise PublishError(f"{place} cannot be read: {error}", hint=hint) from None
    if not isinstance(files, dict) or any(".." in path.split("/") for path in files):
        raise PublishError(f"{place} is not a list of files", hint="empty that folder yourself and publish again")
    return {str(path): str(mark) for path, mark in files.items()}


def _compare(marks: Marks, owned: Marks, there: frozenset[str], target: str) -> Plan:
    """Plan by content as noted, and by what still lies there. Raises PublishError for somebody else's files."""
    foreign = sorted(there - owned.keys()) if not owned else sorted((there - owned.keys()) & marks.keys())
    if foreign:
        message = f"{target} holds files that archivegen did not put there: {', '.join(foreign[:3])}"
        raise PublishError(message, hint="name an empty or a new folder, or empty this one yourself")
    return Plan(
        added=tuple(sorted(marks.keys() - there)),
        changed=tuple(sorted(path for path in marks.keys() & there if marks[path] != owned[path])),
        removed=tuple(sorted((owned.keys() & there) - marks.keys())),
        target=target,
    )


def _note(store: Any, root: str, marks: Marks) -> None:
    store.pipe_file(f"{root}/{MANIFEST}", json.dumps({"files": dict(sorted(marks.items()))}).encode())


def _batches(paths: tuple[str, ...]) -> Iterator[list[str]]:
    rest = iter(paths)
    while batch := list(islice(rest, BATCH)):
        yield batch
