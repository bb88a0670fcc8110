"""Rows of tables -> CSV and JSON Lines, a file for each table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from archivegen.downloads import TABLES, Field, Table

__all__ = ["BETWEEN", "csv_files", "jsonl_files"]

Rows = list[tuple[Any, ...]]

BETWEEN = " | "  # the values of a list in one cell
# A spreadsheet takes a cell that begins so for a formula, and a formula can send away what else the sheet holds.
FORMULA = frozenset("=+-@\t\r")
_encode_lines = msgspec.json.Encoder().encode_lines


@contextmanager
def csv_files(folder: Path) -> Iterator[Callable[[Table, Rows], None]]:
    """Open a CSV file for each table. Long columns are left out; an apostrophe keeps texts from being formulas."""
    with ExitStack() as files:
        writers = {}
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            file = files.enter_context(path.open("w", encoding="utf-8", errors="replace", newline=""))
            writers[table.name] = csv.writer(file, lineterminator="\n")
            writers[table.name].writerow([field.name for field in table.fields if not field.is_long])

        def write(table: Table, rows: Rows) -> None:
            width = sum(not field.is_long for field in table.fields)  # long columns come last
            cells = [row[:width] for row in rows] if width < len(table.fields) else rows
            if any(field.type == "list" for field in table.fields):
                cells = [tuple(map(_joined, row)) for row in cells]
            words = [i for i, field in enumerate(table.fields[:width]) if _is_free(field, table)]
            if any(row[i] and row[i][0] in FORMULA for i in words for row in cells):  # hardly ever
                cells = [tuple(map(_harmless, row)) for row in cells]
            writers[table.name].writerows(cells)

        yield write


@contextmanager
def jsonl_files(folder: Path) -> Iterator[Callable[[Table, Rows], None]]:
    """Open a file of JSON lines for each table; every line has all columns, in their order."""
    with ExitStack() as files:
        opened = {table.name: files.enter_context((folder / f"{table.name}.jsonl").open("wb")) for table in TABLES}

        def write(table: Table, rows: Rows) -> None:
            names = [field.name for field in table.fields]
            opened[table.name].write(_encode_lines([dict(zip(names, row, strict=True)) for row in rows]))

        yield write


def _is_free(field: Field, table: Table) -> bool:
    """Tell whether a column may have any text: ids are of letters, digits and hyphens, and begin with no hyphen."""
    return field.type != "number" and not field.of and field.name not in table.key


def _joined(value: object) -> object:
    return BETWEEN.join(value) if isinstance(value, list) else value


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value
