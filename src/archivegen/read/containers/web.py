"""Web archives: WARC, and WACZ, which is a ZIP of them -> the HTML pages in them. Needs the package warcio."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from archivegen.errors import Diagnostic
from archivegen.read.containers.member import Member, complaint, stable_name
from archivegen.read.decode import MAX_BYTES

__all__ = ["read_wacz", "read_warc"]

HTML_TYPES = ("text/html", "application/xhtml+xml")
RECORDS = ("response", "resource")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
# Limits on what a WACZ may unfold to; its parts are compressed already, so honest ones hardly shrink again.
MOST_PARTS = 10_000
SWELLS = 100
ALLOWED = 100_000_000  # bytes that may swell however they like
SLIPS = (AttributeError, IndexError, KeyError, TypeError)  # warcio's own, where a record breaks off in its headers
MISSING = complaint(
    None, "error", "needs-extra", "is a web archive; to read it, archivegen needs the package warcio",
    "pip install 'archivegen[warc]'",
)  # fmt: skip


def read_warc(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Read the pages of one WARC file, compressed record by record or not at all."""
    with file.open("rb") as stream:
        yield from _Pages().read(stream, with_offsets=True)


def read_wacz(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Read the pages of every WARC file in a WACZ."""
    pages = _Pages(summing_up=False)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = sorted((i for i in archive.infolist() if ARCHIVE.fullmatch(i.filename)), key=lambda i: i.filename)
            if not parts or len(parts) > MOST_PARTS:
                message = "has no WARC file in its folder archive/" if not parts else "has too many parts"
                yield complaint(None, "error", "bad-wacz", message)
                return
            for part in parts:
                if part.file_size > max(ALLOWED, SWELLS * part.compress_size):
                    message = f"{part.filename} would swell to {part.file_size // 1_000_000:,} MB, so it is not read"
                    yield complaint(None, "error", "zip-bomb", message)
                    continue
                with archive.open(part) as stream:
                    yield from pages.read(stream, with_offsets=False)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        yield complaint(None, "error", "bad-wacz", f"cannot be read further: {error}")
    yield from pages.notes()


class _Pages:
    """The pages of one container, numbered through all its parts, and what was passed over."""

    def __init__(self, *, summing_up: bool = True) -> None:
        self.number = 0
        self.passed: Counter[str] = Counter()
        self.summing_up = summing_up

    def read(self, stream: IO[bytes], *, with_offsets: bool) -> Iterator[Member | Diagnostic]:
        try:
            from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # an extra
            from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
        except ModuleNotFoundError:
            yield MISSING
            return
        try:
            records = ArchiveIterator(stream)
            for record in records:
                if why := _passed_over(record):
                    self.passed[why] += 1
                    continue
                self.number += 1
                offset = records.offset if with_offsets else None
                raw = record.content_stream().read(MAX_BYTES + 1)
                yield self.page(record, raw, offset)
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError, *SLIPS) as error:
            hint = "what stands before is read"
            yield complaint(None, "error", "bad-warc", f"cannot be read further: {_first_line(error)}", hint)
        if self.summing_up:
            yield from self.notes()

    def page(self, record: Any, raw: bytes, offset: int | None) -> Member | Diagnostic:
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if len(raw) > MAX_BYTES:
            message = f"{url[:200]} is longer than one article may be ({MAX_BYTES // 1_000_000} MB)"
            return complaint(None, "error", "too-large", message)
        if not raw.strip():
            return complaint(None, "error", "no-body", f"{url[:200]} is empty, so it is left out")
        fields = {"url": url, "captured": record.rec_headers.get_header("WARC-Date") or ""}
        charset = CHARSET.search(_kind(record))
        return Member(
            number=self.number,
            offset=offset,
            line=None,
            name=stable_name(url),
            suffix=".html",
            raw=raw,
            fields={name: value for name, value in fields.items() if value},
            charset=charset[1] if charset else "",
        )

    def notes(self) -> Iterator[Diagnostic]:
        """Tell how many records were no pages."""
        if self.passed:
            listed = ", ".join(f"{count} {why}" for why, count in sorted(self.passed.items()))
            yield complaint(None, "note", "left-out", f"left out, since they are no pages: {listed}")


def _passed_over(record: Any) -> str:
    """Say why a record is no page; empty if it is one."""
    if record.rec_type not in RECORDS:
        return f"{record.rec_type} records"
    if record.http_headers and (status := record.http_headers.get_statuscode()) != "200":
        return f"with HTTP status {status}"
    kind = _kind(record).partition(";")[0].strip().lower()
    return "" if kind in HTML_TYPES else f"of type {kind[:60] or 'unknown'}"


def _kind(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
