"""A record out: front matter, with comments for the person who will settle it, and the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from archivegen import yamlfile

__all__ = ["write_record"]


def write_record(values: Mapping[str, Any], body: str, comments: Mapping[str, str] | None = None) -> str:
    """Return a record's text, which archivegen.frontmatter reads back to the same values.

    `comments` are lines that follow a key, or stand last where the key is not among the values.
    """
    post = frontmatter.Post(body.strip("\n"))
    post.metadata = dict(values)
    text: str = frontmatter.dumps(post, handler=_Commented(comments or {}))
    return f"{text}\n"


class _Commented(YAMLHandler):
    """Writes strings so that they stay strings, each key with its comment."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        super().__init__()
        self._comments = comments

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """Return the YAML between the two fences."""
        out = []
        for key, value in metadata.items():
            out += [yamlfile.dump({key: value}).rstrip("\n"), *self._lines(key)]
        for key in self._comments:
            if key not in metadata:
                out += self._lines(key)
        return "\n".join(out)

    def _lines(self, key: str) -> list[str]:
        return [f"# {line}" for line in self._comments.get(key, "").splitlines()]
