"""A record out: front matter, with comments for the person who will settle it, and the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from archivegen import yamlfile

__all__ = ["restate", "write_record"]

FENCE = "---"


def write_record(
    values: Mapping[str, Any], body: str, comments: Mapping[str, str] | None = None, order: Sequence[str] = ()
) -> str:
    """Return a record's text, which archivegen.frontmatter reads back to the same values.

    `comments` are lines that follow a key, or stand in its place where it is not among the values. Keys in `order` come
    first, in that order.
    """
    post = frontmatter.Post(body.strip("\n"))
    post.metadata = dict(values)
    text: str = frontmatter.dumps(post, handler=_Commented(comments or {}, order))
    return f"{text}\n"


def restate(text: str, values: Mapping[str, str | None]) -> str:
    """Return a record's text with some single values set, or taken away (None); nothing else of it changes."""
    lines = text.splitlines(keepends=True)
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in (FENCE, "...")), None)
    if end is None or lines[0].strip("\ufeff \t\r\n") != FENCE:
        lines, end = [f"{FENCE}\n", f"{FENCE}\n", *lines], 1
    front = []
    inside = False  # a value that goes, and the lines that it goes on over
    for line in lines[1:end]:
        inside = line.partition(":")[0] in values or (inside and (line[:1] in " \t" or not line.strip()))
        front += [] if inside else [line]
    stated = [yamlfile.dump({name: value}) for name, value in values.items() if value is not None]
    return "".join([lines[0], *front, *stated, *lines[end:]])


class _Commented(YAMLHandler):
    """Writes strings so that they stay strings, each key with its comment."""

    def __init__(self, comments: Mapping[str, str], order: Sequence[str]) -> None:
        super().__init__()
        self._order = order
        self._comments = comments

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """Return the YAML between the two fences."""
        out = []
        for key in dict.fromkeys((*self._order, *metadata, *self._comments)):
            if key in metadata:
                out.append(yamlfile.dump({key: metadata[key]}).rstrip("\n"))
            out += self._lines(key)
        return "\n".join(out)

    def _lines(self, key: str) -> list[str]:
        return [f"# {line}" for line in self._comments.get(key, "").splitlines()]
