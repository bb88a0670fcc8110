"""permalinks.json: every address that was ever published, and what it was the address of; one a line, in order.

A line begins with its comma, so that two people who add lines touch no line of each other's. It is read as a stream.
"""

from __future__ import annotations

import contextlib
import difflib
import filecmp
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from archivegen.errors import ConfigError, Diagnostic, OutputError

__all__ = ["KINDS", "LOST", "PASSED_ON", "Lines", "Promise", "merged", "read", "write"]

# What an address was of: a page of the site's own, an article by its seed, an actor or outlet by its name; or what a
# person decided: it leads to another address, or there is nothing any more, with a notice.
KINDS = ("page", "article", "actor", "outlet", "redirect", "gone")
# The codes of what is said of an address that leads nowhere any more, and of one that is of another file now.
LOST = "lost-address"
PASSED_ON = "passed-on"
KNOWN = frozenset(KINDS)
BATCH = 4096
HALF = re.compile(r"[\ud800-\udfff]")  # of a letter, which no file's name and no page can hold
CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>")

_decode = msgspec.json.Decoder(dict[str, str]).decode


class Promise(NamedTuple):
    """An address from the site's root ("articles/x/"), and what it is the address of ("article", "seeds/x.txt")."""

    address: str
    kind: str
    name: str = ""


def read(file: Path, unless: Callable[[str], bool] | None = None) -> Iterator[Promise]:
    """Yield what the file promises, in its order, but for addresses of which `unless` holds; nothing without a file.

    Raises ConfigError with the line of what cannot be understood.
    """
    try:
        with file.open("rb") as lines:
            yield from _read(file, lines, unless or (lambda _: False))
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from None


def _read(file: Path, lines: Iterator[bytes], unless: Callable[[str], bool]) -> Iterator[Promise]:
    number = 0
    while batch := list(islice(lines, BATCH)):
        joined = b"".join(batch).strip()
        body = joined[1:] if joined[:1] in (b"{", b",") else joined
        body = body.removesuffix(b"}").rstrip().removesuffix(b",") if len(batch) < BATCH else body
        try:
            found = _decode(b"{" + body + b"}")
        except msgspec.MsgspecError:
            found = _whole(file, number, batch)  # written by another program, or by hand
            lines = iter(())
        for address, value in found.items():
            if unless(address[1:]):
                continue
            kind, _, name = value.partition(" ")
            if kind not in KNOWN or address[:1] != "/":
                raise _refuse(file, address, value)
            yield Promise(address[1:], kind, name)
        number += len(batch)


def _whole(file: Path, number: int, batch: Iterable[bytes]) -> dict[str, str]:
    """The file as any JSON object. Raises ConfigError with the line that is none."""
    for at, line in enumerate(batch, number + 1):
        if line.startswith(CONFLICT):
            message = "git could not merge this file, and left its marks in it"
            hint = "take out the lines that begin with <<<<<<<, ======= and >>>>>>>, and keep all others"
            raise _fault(file, at, message, hint)
    try:
        text = file.read_text(encoding="utf-8-sig")
        found = json.loads(text)
    except ValueError as error:
        at = getattr(error, "lineno", 1)
        raise _fault(file, at, f"is not JSON: {error}", 'a line is like: ,"/about/": "page"') from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise _fault(file, 1, "is not a list of addresses", 'a line is like: ,"/about/": "page"')
    if half := HALF.search("".join(chain.from_iterable(found.items()))):
        code = f"\\u{ord(half[0]):04x}"
        at = next((number for number, line in enumerate(text.splitlines(), 1) if code in line.lower()), 1)
        raise _fault(file, at, f"has half a letter, {code}", "write the whole letter, or take it out")
    return found


def _refuse(file: Path, address: str, value: str) -> ConfigError:
    line = Lines(file).of(address)
    if not address.startswith("/"):
        return _fault(file, line, f"the address {address!r} does not begin with /", f'write "/{address}"')
    near = difflib.get_close_matches(value.partition(" ")[0], KINDS, 1, 0.5)
    known = f"one of: {', '.join(KINDS)}"
    return _fault(file, line, f"{address} is of {value!r}", f"did you mean `{near[0]}`? {known}" if near else known)


def _fault(file: Path, line: int | None, message: str, hint: str) -> ConfigError:
    fault = Diagnostic(file.name, line, "error", "permalinks", message, hint)
    return ConfigError(f"{file.name} cannot be used", diagnostics=(fault,))


class Lines:
    """On which lines of the file addresses stand; whoever asks in their order has it read once for all of them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._rest: Iterator[tuple[int, bytes]] = iter(())

    def of(self, address: str) -> int | None:
        """The line of an address, for messages."""
        wanted = _quoted(f"/{address.removeprefix('/')}").encode()
        bare = _quoted(address).encode()
        for _ in range(2):  # to the end, and once more from the start
            for number, line in self._rest:
                if wanted in line or bare in line:
                    return number
            self._rest = self._numbered()
        return None

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        with contextlib.suppress(OSError), self.file.open("rb") as lines:
            yield from enumerate(lines, 1)


def merged(old: Iterable[Promise], pages: Iterable[Promise]) -> list[Promise]:
    """All that was promised and all that there is now, in order; what there is now wins."""
    known = {promise.address: promise for promise in chain(old, pages)}
    return [known[address] for address in sorted(known)]


def write(file: Path, promises: Iterable[Promise]) -> bool:
    """Write the file in one step, if that changes it; tell whether it did. Raises OutputError."""
    waiting = file.with_name(f".{file.name}.part")
    try:
        with waiting.open("w", encoding="utf-8", newline="\n") as lines:
            before = "{"
            for address, kind, name in promises:
                lines.write(f"{before}{_quoted(f'/{address}')}: {_quoted(f'{kind} {name}'.rstrip())}\n")
                before = ","
            lines.write("}\n" if before == "," else "{}\n")
        if file.is_file() and filecmp.cmp(waiting, file, shallow=False):
            waiting.unlink()
            return False
        waiting.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise OutputError(f"{file} cannot be written: {error.strerror}") from error
    return True


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
