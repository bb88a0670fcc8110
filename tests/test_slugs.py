"""Slugs: readable, safe on every system, the same for the same text, and kept when others come."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivegen.slugs import RESERVED, assign_slugs, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Karzai among Afghan leaders", "karzai-among-afghan-leaders"),
        ('Taliban\'s "peace" – at last?', "talibans-peace-at-last"),
        ("U.S. and U.K. agree", "us-and-uk-agree"),
        ("São Tomé", "sao-tome"),
        ("Sa\u0303o Tome\u0301", "sao-tome"),
        ("Łódź, Øresund & Straße", "lodz-oresund-strasse"),
        ("Переговоры в Москве", "переговоры-в-москве"),
        ("नई दिल्ली", "नई-दिल्ली"),
        ("CON", "con-x"),
        ("index", "index-x"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_what_slugs_look_like(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=200))
def test_any_text_gives_a_safe_segment(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug.encode()) <= 90
    assert all(char == "-" or char.isalnum() or unicodedata.category(char)[0] == "M" for char in slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert slug not in RESERVED
    assert slug == unicodedata.normalize("NFC", slug)


@given(st.text(max_size=200))
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


NAMES = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.sampled_from(["Same", "SAME!", "Other", "", "?"]))


@given(NAMES)
def test_each_has_its_own_in_whatever_order(names: dict[str, str]) -> None:
    slugs = assign_slugs(names.items())
    assert len(set(slugs.values())) == len(names)
    assert assign_slugs(reversed(list(names.items()))) == slugs


@given(NAMES, st.sampled_from(["Same", "Other"]))
def test_a_later_arrival_moves_nobody(names: dict[str, str], text: str) -> None:
    before = assign_slugs(names.items())
    after = assign_slugs([*names.items(), ("zzz", text)])
    assert {key: after[key] for key in before} == before
