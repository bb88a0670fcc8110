"""The part of a file that was read last, in which the next item is found where its XML is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["Window"]

ITEM = re.compile(rb"<(?:item|entry)(?=[\s>])")
REACH = 1 << 20  # bytes of an item that is mended
TAG = 16  # bytes of a tag that may be cut between two chunks


class Window:
    """The last two chunks of a stream, and where they stand in it: at which byte, after how many lines."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.before = b""
        self.last = b""
        self.offset = 0
        self.lines = 0

    def more(self) -> bytes:
        """Return the next chunk; nothing at the end of the stream."""
        self._forget(self.before)
        self.before, self.last = self.last, next(self.chunks, b"")
        return self.last

    def item_from(self, offset: int) -> tuple[int, int, bytes] | None:
        """Find the next item that begins at this byte or later: its byte, its line, and what is known from there on."""
        while True:
            data = self.before + self.last
            if found := ITEM.search(data, max(0, offset - self.offset)):
                at = found.start()
                self._forget(data[:at])
                self.before, self.last = b"", data[at:]
                return self.offset, self.lines + 1, self.last
            if not self.last:
                return None
            self._forget(data[:-TAG])
            self.before, self.last = data[-TAG:], next(self.chunks, b"")

    def whole_item(self, offset: int, end: bytes) -> bytes | None:
        """Return what stands from this byte to the mark that ends it, if it is near."""
        while offset >= self.offset:
            data = self.before + self.last
            at = offset - self.offset
            found = data.find(end, at)
            if found >= 0:
                return data[at : found + len(end)]
            if len(data) > REACH or not (chunk := next(self.chunks, b"")):
                break
            self.before, self.last = data, chunk
        return None

    def _forget(self, data: bytes) -> None:
        self.offset += len(data)
        self.lines += data.count(b"\n")
