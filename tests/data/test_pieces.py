"""Files of pieces: only what is due is made, and the bytes are those of files that are made anew."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archivegen.data.pieces import NONE, Key, Place, changed, kept, write_pieces

NAMES = ("a.txt", "b.txt")
HEADS, TAILS = (b"A\n", b""), (b"", b"Z")


class Maker:
    """Makes pieces that say what they are and which sign they have, and notes which."""

    def __init__(self, root: Path) -> None:
        self.place = Place(root / "site", root / "new", root / "notes", "one")
        self.signs: dict[Key, int] = {}
        self.heads = HEADS
        self.made: list[Key] = []
        for folder in (self.place.site, self.place.folder):
            folder.mkdir(parents=True)

    def make(self, keys: Sequence[Key]) -> Iterator[tuple[Key, list[bytes]]]:
        for key in keys:
            self.made.append(key)
            for _ in range(self.signs[key] % 3):  # in several goes, or none
                yield key, [f"{key} {self.signs[key]}\n".encode(), b"." * self.signs[key]]

    def write(self, *, anew: bool = False) -> tuple[bytes, ...]:
        self.made.clear()
        files = self.place.made("table", dict(zip(NAMES, zip(self.heads, TAILS, strict=True), strict=True)))
        before = NONE if anew else kept(files)
        due = changed(before, self.signs)
        write_pieces(files, before, self.signs, due, self.make, {"article": (7, b"days")})
        return tuple(file.read_bytes() for file in files.now)

    def move_in(self) -> None:
        for name in NAMES:
            (self.place.folder / name).replace(self.place.site / name)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    maker = Maker(tmp_path)
    maker.signs = {"one": 1, "two": 5, "three": 2, 4: 3}
    maker.write()
    maker.move_in()
    return maker


def test_only_what_says_something_else_is_made(maker: Maker) -> None:
    maker.signs |= {"two": 8}
    files = maker.write()
    assert maker.made == ["two"]
    assert files == (b"A\none 1\ntwo 8\ntwo 8\nthree 2\nthree 2\n", b"." * 1 + b"." * 16 + b"." * 4 + b"Z")
    assert files == maker.write(anew=True) and maker.made == ["one", "two", "three", 4]


def test_nothing_is_made_where_nothing_is_due(maker: Maker) -> None:
    before = [(maker.place.site / name).stat().st_mtime_ns for name in NAMES]
    maker.write()
    assert maker.made == [] and [(maker.place.folder / name).stat().st_mtime_ns for name in NAMES] == before
    maker.move_in()
    maker.write()
    assert maker.made == []


def test_after_any_change_the_bytes_are_those_of_new_files(maker: Maker) -> None:
    pick = random.Random(3)
    for _ in range(60):
        keys = list(maker.signs)
        for key in pick.sample(keys, k=min(len(keys), pick.randrange(3))):
            maker.signs[key] = pick.randrange(30)
        for key in pick.sample(keys, k=min(len(keys), pick.randrange(2))):
            del maker.signs[key]
        for _ in range(pick.randrange(3)):
            maker.signs[pick.randrange(1000)] = pick.randrange(30)
        keys = list(maker.signs)
        if pick.random() < 0.3:
            pick.shuffle(keys)
        maker.signs = {key: maker.signs[key] for key in keys}
        files = maker.write()
        maker.move_in()
        assert files == maker.write(anew=True)
        maker.move_in()


def test_other_files_in_their_place_are_not_taken(maker: Maker) -> None:
    file = maker.place.site / NAMES[0]
    file.write_bytes(file.read_bytes().replace(b"one", b"ONE"))
    os.utime(file, ns=(0, 0))
    assert b"ONE" not in maker.write()[0] and len(maker.made) == 4


@pytest.mark.parametrize("spoil", ["notes", "no notes", "no file", "program", "beginning"])
def test_where_it_is_not_known_what_the_files_have_all_is_made(maker: Maker, spoil: str) -> None:
    notes = maker.place.notes / "table.notes"
    if spoil == "notes":
        notes.write_bytes(notes.read_bytes()[:-20])
    elif spoil == "no notes":
        shutil.rmtree(maker.place.notes)
    elif spoil == "no file":
        (maker.place.site / NAMES[1]).unlink()
    elif spoil == "beginning":
        maker.heads = (b"Another\n", b"")
    else:
        maker.place = Place(maker.place.site, maker.place.folder, maker.place.notes, "another")
    maker.write()
    assert len(maker.made) == 4


def test_what_is_noted_of_articles_is_kept(maker: Maker) -> None:
    assert kept(maker.place.made("table", dict.fromkeys(NAMES, (b"", b"")))) is NONE
    maker.signs["two"] = 8
    maker.write()
    maker.move_in()
    made = maker.place.made("table", dict(zip(NAMES, zip(HEADS, TAILS, strict=True), strict=True)))
    assert kept(made).articles == {"article": (7, b"days")}


def test_the_same_bytes_keep_their_time_for_whichever_stays(maker: Maker) -> None:
    before = maker.write(anew=True)
    for name in NAMES:  # as a build does that finds the same file in its place
        (maker.place.folder / name).unlink()
    assert maker.write() == before and maker.made == []
