"""One article inside a container, as its container gives it, before it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

import msgspec

from archivegen.errors import Diagnostic, Severity

__all__ = ["NAME_BYTES", "Member", "Suffix", "complaint", "stable_name"]

Suffix = Literal[".html", ".txt", ".md"]
Fields = Mapping[str, str | tuple[str, ...]]

NAME_BYTES = 180  # of a name once percent-encoded: a record's file name may have 255


class Member(msgspec.Struct, frozen=True):
    """An article of a container. `number` counts from 1; `offset` is in bytes from the container's start.

    `name` is its id, guid or address, else a hash of its headline and date; `suffix` says how the body's bytes, `raw`,
    are to be read; `fields` are front matter fields as written, and whatever else the container says of it. `charset`
    is what came with the bytes, not in them; `autop` says that blank lines are paragraphs though it is HTML, as in
    WordPress.
    """

    number: int
    offset: int | None
    line: int | None
    name: str
    suffix: Suffix
    raw: bytes
    fields: Fields
    charset: str = ""
    autop: bool = False

    def fingerprint(self) -> str:
        """A hash of all that the article is made of, its place in the container too."""
        digest = hashlib.sha256(self.raw)
        rest = (self.offset, self.line, self.name, self.suffix, self.charset, self.autop, sorted(self.fields.items()))
        digest.update(repr(rest).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def stable_name(text: str, *content: str) -> str:
    """Make a member's name of its id: one line, no control characters, short enough for a file name.

    Without an id it is a hash of the content, which stays when others are put in before it.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    encoded = quote(name, safe="", errors="replace")
    if len(encoded) <= NAME_BYTES:
        return name or _short("\0".join(content))
    short = _short(name)
    while len(quote(name, safe="", errors="replace")) > NAME_BYTES - len(short) - 1:
        name = name[: max(0, min(len(name) - 1, NAME_BYTES))]
    return f"{name}~{short}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def complaint(line: int | None, severity: Severity, code: str, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic about a container; whoever opened it puts in its path."""
    return Diagnostic("", line, severity, code, message, hint)
