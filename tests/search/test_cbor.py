"""CBOR: the standard's own examples (RFC 8949, appendix A), both ways."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.search import cbor

EXAMPLES: list[tuple[str, Any]] = [
    ("00", 0),
    ("17", 23),
    ("1818", 24),
    ("1903e8", 1000),
    ("1a000f4240", 1_000_000),
    ("1b000000e8d4a51000", 1_000_000_000_000),
    ("60", ""),
    ("6449455446", "IETF"),
    ("62c3bc", "ü"),
    ("8301820203820405", [1, [2, 3], [4, 5]]),
    ("20", -1),
    ("3863", -100),
    ("3903e7", -1000),
]
VALUES = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=30),
)


@pytest.mark.parametrize(("data", "value"), EXAMPLES, ids=[data for data, _ in EXAMPLES])
def test_the_standards_examples(data: str, value: Any) -> None:
    assert cbor.decode(bytes.fromhex(data)) == value
    assert cbor.encode(value).hex() == data


@given(VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    assert cbor.decode(cbor.encode(value)) == value


@pytest.mark.parametrize("data", ["40", "a0", "c0", "5f", "f6", "fa47c35000", "0000"])
def test_what_pagefind_does_not_write_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=r"expected|more than one"):
        cbor.decode(bytes.fromhex(data))
