"""Large files that are made of pieces: of those that say the same as before the bytes are copied from the last build.

A note in the archive's folder of derived files tells which pieces the files of the site have, and how long each is. It
counts for these very files only, which their sizes and times tell; where it does not, all is made anew.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import msgspec

__all__ = ["Key", "Made", "Piece", "Place", "changed", "keep", "kept", "write_pieces"]

BLOCK = 1 << 20  # bytes that are copied at once
BITS = (1 << 63) - 1  # of a sign that are noted

Key = int | str
Make = Callable[[Sequence[Key]], Iterator[tuple[Key, Sequence[bytes]]]]  # some bytes for each file, piece after piece


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of the files: what it is of, a sign of what it says, and its bytes in each of them."""

    key: Key
    sign: int
    sizes: tuple[int, ...] = ()


class Notes(msgspec.Struct, frozen=True):
    """What there is of some files: by which program they were made, their stamps, and their pieces in order."""

    made_by: str
    stamps: tuple[tuple[int, int], ...]
    pieces: list[Piece]


class Made(msgspec.Struct, frozen=True):
    """Files of the same pieces: as the last build left them, as they are made now, and where their notes are."""

    before: tuple[Path, ...]
    now: tuple[Path, ...]
    notes: Path
    made_by: str


class Place(msgspec.Struct, frozen=True):
    """Where the last build's files are, where those of this one are made, where notes are kept, and by what program."""

    site: Path
    folder: Path
    notes: Path
    made_by: str

    def made(self, table: str, names: Iterable[str]) -> Made:
        """The files that are made of a table's pieces."""
        names = tuple(names)
        before, now = (tuple(folder / name for name in names) for folder in (self.site, self.folder))
        return Made(before, now, self.notes / f"{table}.json", f"{self.made_by} {' '.join(names)}")


_decode = msgspec.json.Decoder(Notes).decode


def kept(made: Made) -> dict[Key, Piece]:
    """Return the pieces that the files of the last build are known to have, in order; none if that is not known."""
    try:
        notes = _decode(made.notes.read_bytes())
        stamps = tuple(map(_stamp, made.before))
    except (OSError, msgspec.MsgspecError):
        return {}
    return (
        {piece.key: piece for piece in notes.pieces} if (notes.made_by, notes.stamps) == (made.made_by, stamps) else {}
    )


def keep(made: Made, pieces: Iterable[Piece]) -> None:
    """Note of which pieces the new files are."""
    for before, now in zip(made.before, made.now, strict=True):
        if before.is_file() and filecmp.cmp(before, now, shallow=False):
            times = before.stat()  # which of the two will be in the site is not known here
            os.utime(now, ns=(times.st_atime_ns, times.st_mtime_ns))
    notes = Notes(made.made_by, tuple(map(_stamp, made.now)), list(pieces))
    made.notes.parent.mkdir(parents=True, exist_ok=True)
    fresh = made.notes.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(notes))
    fresh.replace(made.notes)


def changed(before: Mapping[Key, Piece], signs: Mapping[Key, int]) -> set[Key]:
    """The pieces that are new, or say something else."""
    return {key for key, sign in signs.items() if key not in before or before[key].sign != sign & BITS}


def write_pieces(
    made: Made,
    signs: Mapping[Key, int],
    make: Make,
    *,
    heads: Sequence[bytes],
    tails: Sequence[bytes] = (),
    anew: bool = False,
) -> None:
    """Write files of pieces, which have these signs, in their order: `make` makes those that are not as before."""
    before = {} if anew else kept(made)
    starts = dict(zip(before, _starts(heads, before.values()), strict=True))
    due = changed(before, signs)
    if before and not due and list(before) == list(signs):
        for last, now in zip(made.before, made.now, strict=True):
            shutil.copy2(last, now)
        return
    pieces: dict[Key, Piece] = {}
    with ExitStack() as opened:
        sources = [opened.enter_context(file.open("rb")) for file in made.before] if before else []
        files = [opened.enter_context(file.open("wb")) for file in made.now]
        _append(files, heads)
        for is_due, group in groupby(signs, key=due.__contains__):
            keys = list(group)
            if is_due:
                sizes = {key: [0] * len(files) for key in keys}
                for key, data in make(keys):
                    _append(files, data)
                    sizes[key] = [size + len(more) for size, more in zip(sizes[key], data, strict=True)]
                pieces.update((key, Piece(key, signs[key] & BITS, tuple(sizes[key]))) for key in keys)
            else:
                for start, stretch in _stretches((starts[key], before[key].sizes) for key in keys):
                    for source, file, at, size in zip(sources, files, start, stretch, strict=True):
                        _copy(source, file, at, size)
                pieces.update((key, before[key]) for key in keys)
        _append(files, tails or [b""] * len(files))
    keep(made, pieces.values())


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
