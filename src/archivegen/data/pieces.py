"""Large files that are made of pieces: of those that say the same as before the bytes are copied from the last build.

A note in the archive's folder of derived files tells which pieces the files of the site have, and how long each is. It
counts for these very files only, which their sizes and times tell; where it does not, all is made anew.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import msgspec

__all__ = ["NONE", "SIGN_BITS", "Key", "Made", "Notes", "Piece", "Place", "changed", "keep", "kept", "write_pieces"]

BLOCK = 1 << 20  # bytes that are copied at once
SIGN_BITS = (1 << 63) - 1  # of a sign that are noted
NO_ARTICLES: Mapping[str, tuple[int, bytes]] = MappingProxyType({})

Key = int | str
Make = Callable[[Sequence[Key]], Iterator[tuple[Key, Sequence[bytes]]]]  # some bytes for each file, piece after piece


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of the files: what it is of, a sign of what it says, and its bytes in each of them."""

    key: Key
    sign: int
    sizes: tuple[int, ...] = ()


class Notes(msgspec.Struct, frozen=True):
    """What there is of some files: of what kind they are, their stamps, and their pieces in order.

    `articles` have signs of what they share in the pieces, and in which they do, packed.
    """

    kind: str
    stamps: tuple[tuple[int, int], ...]
    pieces: list[Piece]
    articles: dict[str, tuple[int, bytes]] = {}


NONE = Notes("", (), [])


class Made(msgspec.Struct, frozen=True):
    """Files of the same pieces: as the last build left them, as they are made now, and where their notes are.

    `heads` and `tails` are what each begins and ends with.
    """

    before: tuple[Path, ...]
    now: tuple[Path, ...]
    notes: Path
    made_by: str
    heads: tuple[bytes, ...] = ()
    tails: tuple[bytes, ...] = ()

    @property
    def kind(self) -> str:
        """A hash of all that a file has beside its pieces, and of the program that makes these."""
        names = [file.name for file in self.now]
        return hashlib.sha256(repr((self.made_by, names, self.heads, self.tails)).encode()).hexdigest()


class Place(msgspec.Struct, frozen=True):
    """Where the last build's files are, where those of this one are made, where notes are kept, and by what program."""

    site: Path
    folder: Path
    notes: Path
    made_by: str

    def made(self, table: str, files: Mapping[str, tuple[bytes, bytes]]) -> Made:
        """The files that are made of a table's pieces: by name what each begins and ends with."""
        before, now = (tuple(folder / name for name in files) for folder in (self.site, self.folder))
        heads, tails = (tuple(ends[at] for ends in files.values()) for at in (0, 1))
        return Made(before, now, self.notes / f"{table}.notes", self.made_by, heads, tails)


_decode = msgspec.msgpack.Decoder(Notes).decode


def kept(made: Made) -> Notes:
    """Return what is noted of the files that the last build made, if it is these that are there; else nothing."""
    try:
        notes = _decode(made.notes.read_bytes())
        stamps = tuple(map(_stamp, made.before))
    except (OSError, msgspec.MsgspecError):
        return NONE
    return notes if (notes.kind, notes.stamps) == (made.kind, stamps) else NONE


def keep(made: Made, pieces: Iterable[Piece], articles: Mapping[str, tuple[int, bytes]] = NO_ARTICLES) -> None:
    """Note of which pieces the new files are."""
    for before, now in zip(made.before, made.now, strict=True):
        if before != now and before.is_file() and filecmp.cmp(before, now, shallow=False):
            times = before.stat()  # which of the two will be in the site is not known here
            os.utime(now, ns=(times.st_atime_ns, times.st_mtime_ns))
    notes = Notes(made.kind, tuple(map(_stamp, made.now)), list(pieces), dict(articles))
    made.notes.parent.mkdir(parents=True, exist_ok=True)
    fresh = made.notes.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode(notes))
    fresh.replace(made.notes)


def changed(before: Notes, signs: Mapping[Key, int]) -> set[Key]:
    """The pieces that are new, gone, or say something else."""
    known = {piece.key: piece.sign for piece in before.pieces}
    return {key for key, sign in signs.items() if known.get(key) != sign & SIGN_BITS} | (known.keys() - signs.keys())


def write_pieces(
    made: Made,
    before: Notes,
    signs: Mapping[Key, int],
    due: Set[Key],
    make: Make,
    articles: Mapping[str, tuple[int, bytes]] = NO_ARTICLES,
) -> None:
    """Write files of pieces, which have these signs, in their order: `make` makes those that are due."""
    if before is not NONE and not due and [piece.key for piece in before.pieces] == list(signs):
        for last, now in zip(made.before, made.now, strict=True):
            shutil.copy2(last, now)
        return
    known = {piece.key: piece for piece in before.pieces}
    starts = dict(zip(known, _starts(made.heads, before.pieces), strict=True))
    pieces: dict[Key, Piece] = {}
    with ExitStack() as opened:
        sources = [opened.enter_context(file.open("rb")) for file in made.before] if known else []
        files = [opened.enter_context(file.open("wb")) for file in made.now]
        _append(files, made.heads)
        for is_due, group in groupby(signs, key=due.__contains__):
            keys = list(group)
            if is_due:
                sizes = {key: [0] * len(files) for key in keys}
                for key, data in make(keys):
                    _append(files, data)
                    sizes[key] = [size + len(more) for size, more in zip(sizes[key], data, strict=True)]
                pieces.update((key, Piece(key, signs[key] & SIGN_BITS, tuple(sizes[key]))) for key in keys)
            else:
                for start, stretch in _stretches((starts[key], known[key].sizes) for key in keys):
                    for source, file, at, size in zip(sources, files, start, stretch, strict=True):
                        _copy(source, file, at, size)
                pieces.update((key, known[key]) for key in keys)
        _append(files, made.tails)
    keep(made, pieces.values(), articles)


def _append(files: Sequence[BinaryIO], data: Sequence[bytes]) -> None:
    for file, more in zip(files, data, strict=True):
        file.write(more)


def _starts(heads: Sequence[bytes], pieces: Iterable[Piece]) -> Iterator[tuple[int, ...]]:
    """Yield where in each file each piece begins."""
    at = tuple(map(len, heads))
    for piece in pieces:
        yield at
        at = tuple(map(sum, zip(at, piece.sizes, strict=True)))


def _stretches(
    pieces: Iterable[tuple[tuple[int, ...], tuple[int, ...]]],
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Join pieces, given as (where they begin, sizes), as far as each begins where the one before ends."""
    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    for at, sizes in pieces:
        if at != end:
            if start:
                yield start, _minus(end, start)
            start = at
        end = tuple(map(sum, zip(at, sizes, strict=True)))
    if start:
        yield start, _minus(end, start)


def _minus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _copy(source: BinaryIO, file: BinaryIO, start: int, size: int) -> None:
    source.seek(start)
    while size and (block := source.read(min(size, BLOCK))):
        file.write(block)
        size -= len(block)


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns
