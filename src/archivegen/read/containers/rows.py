"""Tables: an object a line (.jsonl, .ndjson), a row a line (.csv, .tsv). Read row by row, whatever their size."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from archivegen.errors import Diagnostic
from archivegen.read import jsontext
from archivegen.read.containers.columns import BODY, known_column, member_of
from archivegen.read.containers.member import Member, complaint
from archivegen.read.decode import MAX_BYTES

__all__ = ["read_csv", "read_jsonl"]

DELIMITERS = ",;\t|"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "save it again as CSV in UTF-8"


def read_jsonl(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Read one JSON object a line; a line that is none is named and the others survive."""
    number = 0
    with file.open("rb") as stream:
        for line, offset, raw in _lines(stream):
            if raw is None:
                yield _too_large(line)
                continue
            if not raw.strip():
                continue
            number += 1
            try:
                row = jsontext.loads(raw.removeprefix(codecs.BOM_UTF8).decode())
            except RecursionError:
                yield complaint(line, "error", "bad-json", "is nested too deeply to be an article")
                continue
            except UnicodeDecodeError:
                yield complaint(line, "error", "bad-json", "is not UTF-8, as JSON must be")
                continue
            except ValueError as error:
                what = f"{error.msg}, at character {error.colno}" if isinstance(error, json.JSONDecodeError) else error
                yield complaint(line, "error", "bad-json", f"is not JSON: {what}")
                continue
            if isinstance(row, dict):
                yield from member_of(row, columns, number=number, offset=offset, line=line)
            else:
                yield complaint(line, "error", "bad-json", "is not an object", 'like: {"title": "...", "text": "..."}')


def read_csv(file: Path, columns: Mapping[str, str]) -> Iterator[Member | Diagnostic]:
    """Read a table whose first row names its columns; its delimiter is the one that stands most in that row."""
    with file.open("rb") as stream:
        if stream.read(2) in UTF16:
            yield complaint(None, "error", "utf-16", "is UTF-16, which cannot be read row by row", SAVE_AS)
            return
        stream.seek(0)
        yield from _Table(stream, columns).rows()


class _Table:
    """A table being read: where its reader stands, in lines and bytes."""

    def __init__(self, stream: IO[bytes], columns: Mapping[str, str]) -> None:
        self.stream = stream
        self.columns = columns
        self.line = 0
        self.offset = 0
        self.faults: list[Diagnostic] = []
        self.is_mixed = False
        self.quotes = 0

    def text(self) -> Iterator[str]:
        """Yield the decoded lines, keeping account of where the next one begins."""
        for line, offset, raw in _lines(self.stream):
            self.line = line
            if raw is None:
                raise csv.Error("a line is too long for one article")
            self.offset = offset + len(raw)
            self.quotes += raw.count(b'"')
            yield self.decoded(raw.removeprefix(codecs.BOM_UTF8) if line == 1 else raw)

    def decoded(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            if not self.is_mixed:
                self.is_mixed = True
                message = "is not UTF-8 from here on; such lines are read as Windows-1252"
                self.faults.append(complaint(self.line, "warning", "windows-1252", message, SAVE_AS))
            return raw.decode("cp1252", "replace")

    def rows(self) -> Iterator[Member | Diagnostic]:
        """Yield the rows after the first."""
        csv.field_size_limit(MAX_BYTES)  # the limit is the process's; nothing else here reads CSV
        lines = self.text()
        head = next(lines, "")
        sign = max(DELIMITERS, key=head.count)
        try:
            names = [name.strip() for name in next(csv.reader([head], delimiter=sign), [])]
            known = {known_column(name, self.columns) for name in names}
            listed = f"it has: {', '.join(names[:12])}" if any(names) else "it is empty"
            if BODY not in known:
                hint = f"{listed}; say in site.yaml which it is, like columns: {{COLUMN: body}}"
                yield complaint(1, "error", "no-body", "none of its columns is the articles' text", hint)
                return
            for field, means in (("title", "headline"), ("published", "day of publication")):
                if field not in known:
                    hint = f"{listed}; if one is, say so in site.yaml, like columns: {{COLUMN: {field}}}"
                    yield complaint(1, "note", "no-column", f"no column is taken for the {means}", hint)
            yield from self.body(csv.reader(lines, delimiter=sign), names)
        except csv.Error as error:
            message = f"cannot be read further: {error}"
            yield complaint(self.line, "error", "bad-csv", message, "is a quotation mark never closed?")
        yield from self.faults

    def body(self, reader: Iterator[list[str]], names: list[str]) -> Iterator[Member | Diagnostic]:
        number = 0
        while True:
            line, offset, self.quotes = self.line + 1, self.offset, 0
            row = next(reader, None)
            if row is None:
                return
            if not any(row):
                continue
            number += 1
            if len(row) > len(names):
                message = f"this row has {len(row)} values for {len(names)} columns; left out"
                yield complaint(line, "error", "bad-csv", message, "put values that hold the delimiter into quotes")
            elif self.line > line and (len(row) < len(names) or self.quotes % 2):
                message = f"this row reaches to line {self.line} and does not end well; left out"
                yield complaint(line, "error", "bad-csv", message, "is a quotation mark never closed?")
            else:
                values = dict(zip(names, row, strict=False))
                yield from member_of(values, self.columns, number=number, offset=offset, line=line)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield (line, offset, bytes); None stands for a line longer than an article may be."""
    line = offset = 0
    while raw := stream.readline(MAX_BYTES + 1):
        line += 1
        size = len(raw)
        is_long = size > MAX_BYTES
        while is_long and not raw.endswith(b"\n") and (raw := stream.readline(MAX_BYTES)):
            size += len(raw)
        yield line, offset, None if is_long else raw
        offset += size


def _too_large(line: int) -> Diagnostic:
    return complaint(line, "error", "too-large", f"is longer than one article may be ({MAX_BYTES // 1_000_000} MB)")
