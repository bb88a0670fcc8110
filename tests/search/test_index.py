"""The files of an index: they say the same as those that Pagefind's own indexer makes of the same records."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivegen.errors import UsageError
from archivegen.search import cbor, index, words
from archivegen.search.index import TOGETHER, Index, Record, make_index
from archivegen.search.pagefind import ENTRY, files_of, unpack

SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = re.compile(r"\w+|\W+")
HOSTILE = (
    '<script>alert(1)</script> "quotes" \\ , \u2028 \U0001f600 half',
    "___PAGEFIND_ANCHOR___h2:x:one ___PAGEFIND_WEIGHT___2 ___ __init__ _ ___END_PAGEFIND_WEIGHT___",
    "two-part “Quoted” O’Neill’s l'alphabet WKWebView 5th, 5th 2018, 3.14 café Café cafe\u0301 ﬁne İstanbul ß",
    "zero\u200bwidth \u200b cloud🌦️cannon 👋👨\u200d👩\u200d👧 #1 中文文本 日本語 ภาษาไทย אבג مرحبا",
)


def record(number: int, language: str = "en") -> Record:
    return Record(
        f"articles/{number}/",
        f"The ceasefire number{number} held in town{number % 7}. Town{number % 3}’s half-way “talks” Über café.",
        language,
        {"title": f"Title {number}", **({"day": f"2018-08-{number % 28 + 1:02}"} if number % 3 else {})},
        {"year": [str(2000 + number % 20)], "actor": [f"Actor {number % 13}", f"Actor {number % 5}"]},
        {"newest": f"{number % 31:02}", "oldest": f"{number % 31:02}"},
    )


def piece(files: Mapping[str, bytes], name: str) -> bytes:
    """What is shown of a record: a file of its own, or a piece of one."""
    file, *bounds = name.split("-")
    data = files[f"fragment/{file}.pf_fragment"]
    return data[int(bounds[0]) :][: int(bounds[1])] if bounds else data


def told(files: Mapping[str, bytes], entry: Mapping[str, Any]) -> dict[str, Any]:
    """All that an index says, by language, whatever its files are called and wherever it is cut."""
    found = {}
    for language, about in entry["languages"].items():
        meta = cbor.decode(unpack(files[f"pagefind.{about['hash']}.pf_meta"]))
        version, pages, chunks, filters, sorts, fields = meta
        index = [cbor.decode(unpack(files[f"index/{chunk[-1]}.pf_index"]))[0] for chunk in chunks]
        assert all(one[-1][0] < other[0][0] for one, other in pairwise(index))
        for (first, last, _), listed in zip(chunks, index, strict=True):
            assert first <= listed[0][0] and (listed[-1][0] <= last or listed[-1][0].startswith(last))
        found[language] = {
            "version": version,
            "program": about["wasm"],
            "pages": [(json.loads(unpack(piece(files, name))), count) for name, count in pages],
            "words": [word for listed in index for word in listed],
            "filters": {
                name: sorted(cbor.decode(unpack(files[f"filter/{held}.pf_filter"]))[1]) for name, held in filters
            },
            "sorts": sorted(sorts),
            "fields": fields,
        }
    return found


def check(records: Sequence[Record]) -> Index:
    """Compare with Pagefind's own index."""
    own = make_index(records)
    theirs = files_of(map(msgspec.structs.asdict, records))
    assert told(own.files, own.entry) == told(theirs, json.loads(theirs[ENTRY]))
    return own


def test_it_says_the_same_as_pagefinds_own() -> None:
    made = check([record(number, ("en", "de", "fa")[number % 10 // 7 + number % 10 // 8]) for number in range(60)])
    assert set(made.entry["languages"]) == {"en", "de", "fa"}


def test_so_it_does_of_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivegen.search.postings.CHUNK", 5_000)  # into many files
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(SEEDS.glob("*.txt"))]
    records = [
        Record(f"{language}/{number}/", text, language, {"title": text[:80], "kind": "article"}, {"kind": ["article"]})
        for number, text in enumerate(texts)
        for language in ("en", "fr", "ar", "xx")
    ]
    check(records)


def test_so_it_does_of_words_in_any_letters() -> None:
    known = " ".join([HOSTILE[0], *HOSTILE[2:]]).replace("\u200b", "")
    pieces = PIECES.findall(known)
    choose = random.Random(7)
    texts = ["".join(choose.choices(pieces, k=40)) for _ in range(200)]
    check([Record(f"a/{n}/", text, ("en", "tr", "el")[n % 3], {"title": text[:30]}) for n, text in enumerate(texts)])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u200b"))), st.text("ab-’É"))
def test_so_it_does_of_any_text(texts: list[str], title: str) -> None:
    texts = [f"word {text}".replace("___", "_") for text in texts]
    check([Record(f"a/{number}/", text, "en", {"title": title}) for number, text in enumerate(texts)])


def test_hostile_records_are_kept_as_they_are() -> None:
    made = make_index([Record(f"a/{number}/", text, "en", {"title": text}) for number, text in enumerate(HOSTILE)])
    pages = told(made.files, made.entry)["en"]["pages"]
    assert [page["content"] for page, _ in pages] == [" ".join(t.replace("\u200b", "").split()) for t in HOSTILE]
    assert [count for _, count in pages] == [len(page["content"].split()) for page, _ in pages]


def test_what_has_no_words_is_left_out() -> None:
    made = check([Record("a/", " \n", "en"), Record("b/", "one", "en"), Record("c/", "", "de")])
    assert [page["url"] for page, _ in told(made.files, made.entry)["en"]["pages"]] == ["b/"]
    assert make_index([]).files == {}


def test_languages_that_pagefind_might_take_apart_are_each_an_index() -> None:
    made = make_index(Record(f"{language}/", "日本語 text", language) for language in ("ja", "zh", "th", "unknown"))
    assert set(made.entry["languages"]) == {"ja", "zh", "th", "unknown"}
    found = told(made.files, made.entry)
    assert all([word for word, *_ in found[language]["words"]] == ["text", "日本語"] for language in found)


def test_the_same_records_give_the_same_files() -> None:
    assert make_index(map(record, range(50))) == make_index(map(record, range(50)))


def test_what_is_shown_lies_in_files_of_several() -> None:
    made = make_index(map(record, range(50)))
    assert sum(path.startswith("fragment/") for path in made.files) == -(-50 // TOGETHER)


def test_a_taken_name_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "NAME", 1)
    check(list(map(record, range(50))))


def test_another_pagefind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "FORM", "9.")
    with pytest.raises(UsageError, match="cannot be made with Pagefind 1") as told:
        make_index([record(1)])
    assert "search: false" in told.value.hint
