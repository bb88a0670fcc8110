"""Pagefind's indexer as a program: its answers, and what it refuses."""

from __future__ import annotations

import sys

import pytest

from archivegen.errors import ArchiveError, UsageError
from archivegen.search.pagefind import ENTRY, files_of, unpack


def test_it_answers_with_the_files_of_an_index() -> None:
    files = files_of([{"url": "a/", "content": "The ceasefire held.", "language": "en"}])
    assert {ENTRY, "pagefind.js", "wasm.en.pagefind", "wasm.unknown.pagefind"} <= set(files)
    (fragment,) = [data for path, data in files.items() if path.startswith("fragment/")]
    assert b"The ceasefire held." in unpack(fragment)


def test_what_it_refuses_is_told() -> None:
    with pytest.raises(ArchiveError, match="search index could not be made") as told:
        files_of([{"url": 1}])
    assert "search: false" in told.value.hint


def test_without_the_indexer_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(UsageError, match="not installed") as told:
        files_of([])
    assert "pip install pagefind_bin" in told.value.hint and "search: false" in told.value.hint
