"""JSON as pages and exports have it, in which half a letter may stand: texts are cut off in the midst of an emoji."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["loads"]

HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a pair that together is one letter


def loads(text: str, *, strict: bool = True) -> Any:
    """Read JSON as Python's own `json.loads` does; half a letter, which no file can hold, becomes a question mark."""
    found = json.loads(text, strict=strict)
    if HALF.search(text):
        found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    return found
