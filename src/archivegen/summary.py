"""What a build did, kept so that the next one can tell at a glance that there is nothing to do."""

from __future__ import annotations

import hashlib
from itertools import chain

import msgspec
from msgspec.structs import replace

from archivegen.config import Config
from archivegen.errors import Diagnostic
from archivegen.inputs import input_stamps, program_stamps
from archivegen.manifest import Written, count_intact, manifest_mark

__all__ = ["Summary", "recall", "remember", "state_of"]

FILE_NAME = "last-build.json"


class Summary(msgspec.Struct, frozen=True):
    """What a build did, for the person who ran it."""

    articles: int
    actors: int
    days: int
    undated: int
    doubtful: int
    written: Written
    diagnostics: tuple[Diagnostic, ...]


class _Note(msgspec.Struct, frozen=True):
    state: str
    site: str
    summary: Summary


def state_of(config: Config) -> str:
    """Return a hash of all that a site is made from: files, settings and the program. Take it before a build begins."""
    digest = hashlib.sha256(repr(config).encode("utf-8", "surrogatepass"))
    for folder, stamps in chain(input_stamps(config), program_stamps()):
        digest.update(f"\0{folder}\0{len(stamps)}\0{stamps}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def remember(config: Config, state: str, summary: Summary) -> None:
    """Note that a build of this state is done."""
    note = msgspec.json.encode(_Note(state, manifest_mark(config.output), summary))
    (config.work / FILE_NAME).write_bytes(note)


def recall(config: Config, state: str) -> Summary | None:
    """Return the last build's summary, with nothing written, if it was of this state and the site is whole."""
    try:
        note = msgspec.json.decode((config.work / FILE_NAME).read_bytes(), type=_Note)
    except (OSError, msgspec.MsgspecError):
        return None
    if note.state != state or note.site != manifest_mark(config.output) or not (config.work / "archive.db").is_file():
        return None
    count = count_intact(config.output)
    return replace(note.summary, written=Written(0, count, 0)) if count else None
