"""Records -> the files of an index that Pagefind's indexer makes of them, by its own protocol: base64 over a pipe.

Its Python package waits a tenth of a second for every answer.
"""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archivegen.errors import ArchiveError, UsageError

__all__ = ["ENTRY", "SIGNATURE", "files_of", "unpack", "version"]

SIGNATURE = b"pagefind_dcd"  # before what is packed
ENTRY = "pagefind-entry.json"
OFF = "or set `search: false` in site.yaml"


def version() -> str:
    """Return which indexer is installed. Raises UsageError where there is none."""
    size = _executable().stat().st_size
    return f"pagefind {size}"


def files_of(records: Iterable[dict[str, Any]]) -> dict[str, bytes]:
    """Let Pagefind index records, of the fields that its AddRecord takes; return its files by their path."""
    with _service() as send:
        number = send(type="NewIndex", config={})["index_id"]
        for record in records:
            send(type="AddRecord", index_id=number, **record)
        # Not WriteFiles: it answers before all is on the disk.
        found = send(type="GetFiles", index_id=number)["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in found}


def unpack(data: bytes) -> bytes:
    """Return what a file of an index holds."""
    return gzip.decompress(data).removeprefix(SIGNATURE)


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
