"""Lines of CSV and JSON Lines: as Python's own writers have them, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivegen.data.tables import FORMULA, TABLE, csv_lines, files_of, json_lines

ENTRIES, ARTICLES = TABLE["entries"], TABLE["articles"]
WORDS = st.text(st.sampled_from("ab,\"'\n|=+-@\t é中🌊"), max_size=8)
ROWS = st.lists(
    st.tuples(
        st.integers(), WORDS, WORDS, st.none() | WORDS, WORDS, WORDS, st.sampled_from(("a", "b-1")),
        st.none() | st.integers(), st.lists(WORDS, max_size=3), WORDS,
    ),
    max_size=6,
)  # fmt: skip


def cells(row: tuple[Any, ...]) -> list[str]:
    """A row's cells: numbers and ids are never changed."""
    texts = [" | ".join(v) if isinstance(v, list) else "" if v is None else str(v) for v in row]
    return [f"'{text}" if text[:1] in FORMULA and i not in (0, 6, 7) else text for i, text in enumerate(texts)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS)
def test_csv_is_as_pythons_own_writer_has_it(rows: list[tuple[Any, ...]]) -> None:
    own = io.StringIO(newline="")
    csv.writer(own, lineterminator="\n").writerows(map(cells, rows))
    written = csv_lines(ENTRIES, rows).decode()
    assert written == own.getvalue()
    assert list(csv.reader(io.StringIO(written, newline=""))) == [cells(row) for row in rows]


def test_a_line_that_ends_in_a_cell_is_quoted() -> None:
    row = (1, "2018", "one\r two", None, "stated", "planned", "a", None, [], "articles/a/")
    assert csv_lines(ENTRIES, [row]) == b'1,2018,"one\r two",,stated,planned,a,,,articles/a/\n'


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS)
def test_every_line_of_json_has_all_columns(rows: list[tuple[Any, ...]]) -> None:
    names = [field.name for field in ENTRIES.fields]
    lines = [json.loads(line) for line in json_lines(ENTRIES, rows).decode().split("\n")[:-1]]
    assert lines == [dict(zip(names, row, strict=True)) for row in rows]
    assert all(list(line) == names for line in lines)


def test_csv_begins_with_its_columns_but_for_long_ones() -> None:
    files = files_of(ARTICLES, ("csv", "jsonl"))
    head, tail = files["articles.csv"]
    assert head.startswith(b"id,title,outlet,") and b"text" not in head and tail == b""
    assert files["articles.jsonl"] == (b"", b"")
