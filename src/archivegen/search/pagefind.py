"""Records -> the files of a Pagefind index, by the indexer's own protocol: JSON in base64 over a pipe.

Its Python package waits a tenth of a second for every answer; a record takes a millisecond. Pagefind writes the values
of filters in whatever order a hash table has them: they are put in order here, so that the same records give the same
bytes. What stands where: https://github.com/Pagefind/pagefind, in `pagefind/src/fossick` and `pagefind_web`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from archivegen.errors import ArchiveError, UsageError
from archivegen.search import cbor

__all__ = ["ENTRY", "META", "Index", "make_index", "version"]

SIGNATURE = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
META = "pagefind.{}.pf_meta"
UNUSED = re.compile("pagefind-(?!entry)")  # ready-made interfaces, the worker
OFF = "or set `search: false` in site.yaml"
Record = dict[str, Any]  # url, content, language, meta, filters, sort: as Pagefind's AddRecord takes them


class Index(msgspec.Struct, frozen=True):
    """The files of an index by their path, but for the first that readers load: `entry`, which names the others."""

    files: dict[str, bytes]
    entry: dict[str, Any]


def version() -> str:
    """Return which indexer is installed. Raises UsageError where there is none."""
    size = _executable().stat().st_size
    return f"pagefind {size}"


def make_index(records: Iterable[Record]) -> Index:
    """Index records, which may be a stream. The same records in the same order give the same files."""
    with _service() as send:
        number = send(type="NewIndex", config={})["index_id"]
        for record in records:
            send(type="AddRecord", index_id=number, **record)
        # Not WriteFiles: it answers before all is on the disk.
        found = send(type="GetFiles", index_id=number)["files"]
    files = {file["path"]: base64.b64decode(file.pop("content")) for file in found}
    return _settled({path: data for path, data in files.items() if not UNUSED.match(path)})


@contextmanager
def _service() -> Iterator[Any]:
    """Give a function that sends the indexer a request and returns its answer."""
    pipe = subprocess.PIPE
    with subprocess.Popen([_executable(), "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        assert process.stdin and process.stdout
        stdin, stdout = process.stdin, process.stdout

        def send(**payload: Any) -> dict[str, Any]:
            message = json.dumps({"message_id": 1, "payload": payload}).encode()
            try:
                stdin.write(base64.b64encode(message) + b",")
                stdin.flush()
            except OSError as error:
                raise _failed("it ended before its time") from error
            answer = bytearray()
            while not answer.endswith(b","):
                piece = stdout.read1(1 << 20)  # type: ignore[attr-defined]
                if not piece:
                    raise _failed("it ended before its time")
                answer += piece
            found: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
            if found["type"] == "Error":
                raise _failed(str(found["message"]))
            return found

        try:
            yield send
        finally:
            process.kill()  # it holds nothing that is not written


def _failed(why: str) -> ArchiveError:
    return ArchiveError(f"the search index could not be made: Pagefind says: {why}", hint=f"build again, {OFF}")


def _executable() -> Path:
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - only a site with search needs it
    except ImportError:
        hint = f"install it with: pip install pagefind_bin, {OFF}"
        raise UsageError("search needs Pagefind's indexer, which is not installed", hint=hint) from None
    return Path(get_executable())


def _settled(files: dict[str, bytes]) -> Index:
    """Put in order what Pagefind writes in any order, and name it again by its contents."""
    entry = json.loads(files.pop(ENTRY))
    renamed = {}
    for path in [path for path in files if path.startswith("filter/")]:
        name, values = cbor.decode(_unpack(files.pop(path)))
        data = cbor.encode([name, sorted(values)])
        old = PurePosixPath(path)
        new = old.with_stem(f"{old.stem.partition('_')[0]}_{_hash(data)[:7]}")
        renamed[old.stem] = new.stem
        files[str(new)] = _pack(data)
    languages = {}
    for language, about in sorted(entry["languages"].items()):
        version, pages, chunks, filters, sorts, *more = cbor.decode(_unpack(files.pop(META.format(about["hash"]))))
        filters = sorted([name, renamed[hashed]] for name, hashed in filters)
        data = cbor.encode([version, pages, chunks, filters, sorted(sorts), *more])
        languages[language] = {**about, "hash": f"{language}_{_hash(data)[:10]}"}
        files[META.format(languages[language]["hash"])] = _pack(data)
    return Index(dict(sorted(files.items())), {**entry, "languages": languages})


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unpack(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(SIGNATURE)


def _pack(data: bytes) -> bytes:
    return gzip.compress(SIGNATURE + data, 9, mtime=0)
