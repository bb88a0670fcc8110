"""Files that hold many articles -> their members, one at a time: tables, exports, feeds, web archives."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from archivegen.errors import Diagnostic
from archivegen.read.containers.member import Member, complaint

__all__ = ["CONTAINERS", "Member", "container_suffix", "members"]

ReadContainer = Callable[[Path, Mapping[str, str]], Iterator[Member | Diagnostic]]


# Each kind's own module is imported with its first file: most archives have none.
def _read_jsonl(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    from archivegen.read.containers.rows import read_jsonl

    return read_jsonl(file, columns)


def _read_csv(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    from archivegen.read.containers.rows import read_csv

    return read_csv(file, columns)


def _read_xml(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    from archivegen.read.containers.feeds import read_xml

    return read_xml(file, columns)


def _read_warc(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    from archivegen.read.containers.web import read_warc

    return read_warc(file, columns)


def _read_wacz(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    from archivegen.read.containers.web import read_wacz

    return read_wacz(file, columns)


CONTAINERS: Mapping[str, ReadContainer] = {
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".xml": _read_xml,
    ".rss": _read_xml,
    ".atom": _read_xml,
    ".warc": _read_warc,
    ".warc.gz": _read_warc,
    ".wacz": _read_wacz,
}
SHOWN = 100  # diagnostics of one kind in one container; the rest are counted


def container_suffix(name: str) -> str:
    """The ending by which a file is known to be a container; empty if it is none."""
    lower = name.lower()
    return next((suffix for suffix in CONTAINERS if lower.endswith(suffix)), "")


def members(file: Path, path: str, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Yield a container's members, each with a name of its own, and what is to tell about it under its `path`.

    Never raises: a file that cannot be opened is a diagnostic. Memory grows by a few bytes a member, for its name.
    """
    told: Counter[tuple[str, str]] = Counter()
    names = _Names()
    read = CONTAINERS[container_suffix(file.name)]
    try:
        for item in read(file, columns):
            found = names.unique(item) if isinstance(item, Member) else item
            if isinstance(found, Member):
                yield found
                continue
            kind = (found.severity, found.code)
            told[kind] += 1
            if told[kind] <= SHOWN:
                yield replace(found, path=path)
    except OSError as error:
        yield Diagnostic(path, None, "error", "unreadable", f"cannot be read: {error.strerror or error}")
    for (severity, code), count in sorted(told.items()):
        if count > SHOWN:
            message = f"{count - SHOWN} more like this: {code}"
            yield replace(complaint(None, "note", "more", message), path=path, severity=severity)


class _Names:
    """Which names a container's members have taken, as short hashes: a dump may have a million."""

    def __init__(self) -> None:
        self.counts: dict[bytes, int] = {}
        self.seen: set[bytes] = set()

    def unique(self, member: Member) -> Member | Diagnostic:
        """Give a member whose name is taken another; one that is the same in name and text is left out."""
        base = _short(member.name.encode("utf-8", "replace"))
        content = _short(base + member.raw)
        if content in self.seen:
            message = "this article is in it already, with the same text; the first counts"
            return complaint(member.line, "note", "duplicate", message)
        self.seen.add(content)
        count = self.counts.get(base, 0) + 1
        name, key = member.name, base
        while key in self.counts:
            name = f"{member.name}~{count}"
            key = _short(name.encode("utf-8", "replace"))
            count += 1
        self.counts[key] = 1
        self.counts[base] = max(1, count - 1)
        return member if name == member.name else replace(member, name=name)


def _short(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()
