"""The benches can be run again: their articles are always the same, and what they time is still there."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import a script of bench/ as it imports its neighbours."""
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(BENCH) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.mark.parametrize("form", ["plain", "raw"])
def test_the_same_number_of_articles_gives_the_same_bytes(bench: Any, tmp_path: Path, form: str) -> None:
    corpus = bench("corpus")
    for name in ("one", "other"):
        corpus.write(120, tmp_path / name, form)
    one, other = ({f.name: f.read_bytes() for f in (tmp_path / name).rglob("*.*")} for name in ("one", "other"))
    assert len(one) == 120
    assert one == other
    assert len(set(one.values())) == 120


def test_every_stage_that_is_timed_is_still_in_the_program(bench: Any) -> None:
    stages = bench("stages")
    for place in (stages.DRAW, *(place for places in stages.STAGES.values() for place in places)):
        module, _, path = place.partition(":")
        assert callable(functools.reduce(getattr, path.split("."), importlib.import_module(module))), place


def test_the_curves_are_drawn_from_what_was_measured(bench: Any) -> None:
    row = {"wall": 5.0, "cpu": 6.0, "memory": 60.0, "pages": 3000}
    svg = bench("scale").plot({"plain 1000": row, "plain 10000": {**row, "cpu": 70.0}, "raw 1000": row})
    texts = [element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"1,000", "10,000", "plain records", "raw text, everything on"} <= set(texts)
    lines = list(ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}polyline"))
    assert [len(line.attrib["points"].split()) for line in lines] == [2, 1, 2, 1]
