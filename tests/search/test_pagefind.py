"""Pagefind's indexer itself: the same records give the same files, whatever its hash tables do."""

from __future__ import annotations

import gzip
import json
import sys
from typing import Any

import pytest

from archivegen.errors import ArchiveError, UsageError
from archivegen.search import cbor
from archivegen.search.pagefind import Index, make_index


def record(number: int, language: str = "en") -> dict[str, Any]:
    return {
        "url": f"articles/{number}/",
        "content": f"The ceasefire number{number} held in town{number % 7}.",
        "language": language,
        "meta": {"title": f"Title {number}"},
        "filters": {"year": [str(2000 + number % 20)], "actor": [f"Actor {number % 13}", f"Actor {number % 5}"]},
        "sort": {"newest": f"{number % 31:02}", "oldest": f"{number % 31:02}"},
    }


def unpacked(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(b"pagefind_dcd")


def index() -> Index:
    return make_index(record(number, ("en", "de", "fa")[number % 10 // 8 + number % 10 // 9]) for number in range(120))


def test_the_same_records_give_the_same_files() -> None:
    first = index()
    for _ in range(3):  # by chance its order is the same once in a while
        assert index() == first


def test_every_file_that_is_named_is_there() -> None:
    made = index()
    assert set(made.entry["languages"]) == {"en", "de", "fa"}
    for about in made.entry["languages"].values():
        _, pages, chunks, filters, sorts, *_ = cbor.decode(unpacked(made.files[f"pagefind.{about['hash']}.pf_meta"]))
        assert len(pages) == about["page_count"]
        assert {f"fragment/{hashed}.pf_fragment" for hashed, _ in pages} <= set(made.files)
        assert {f"index/{chunk[-1]}.pf_index" for chunk in chunks} <= set(made.files)
        assert [name for name, _ in filters] == ["actor", "year"] and [name for name, _ in sorts] == [
            "newest",
            "oldest",
        ]
        for name, hashed in filters:
            held, values = cbor.decode(unpacked(made.files[f"filter/{hashed}.pf_filter"]))
            assert held == name and values == sorted(values)
            assert all(pages == sorted(set(pages)) for _, pages in values) or name == "actor"


def test_hostile_records_are_kept_as_they_are() -> None:
    text = '<script>alert(1)</script> "quotes" \\ , \u2028 \U0001f600 half'
    made = make_index([{**record(1), "content": text}])
    (fragment,) = [data for path, data in made.files.items() if path.startswith("fragment/")]
    assert json.loads(unpacked(fragment))["content"] == " ".join(text.split())


def test_what_it_refuses_is_told() -> None:
    with pytest.raises(ArchiveError, match="search index could not be made") as told:
        make_index([{"url": 1}])
    assert "search: false" in told.value.hint


def test_without_the_indexer_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(UsageError, match="not installed") as told:
        make_index([])
    assert "pip install pagefind_bin" in told.value.hint and "search: false" in told.value.hint
