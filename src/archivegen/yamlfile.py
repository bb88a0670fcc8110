"""Strict YAML: text in; plain dicts, lists and strings out, with the line of every key and item.

Strings stay strings (`NO` is "NO", 0123 is "0123"); only an empty value, `~` and `null` are None. A key that
stands twice, an alias or anything that is not YAML raises YamlError with its line.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from archivegen.errors import ConfigError, Diagnostic
from archivegen.yamlplain import YamlError, YamlFile, read_plain

__all__ = ["YamlError", "YamlFile", "dump", "load", "read_text"]

MAX_BRACKETS = 500
BRACKETS = re.compile(r"[\[\]{}]")


def read_text(path: Path) -> str:
    """Read a file of settings. Raises FileNotFoundError, and ConfigError with the line of what is not UTF-8."""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "save it again as UTF-8 (in Notepad: Save as, and there Encoding)"
        fault = Diagnostic(path.name, line, "error", "config", "is not saved as UTF-8", hint)
        raise ConfigError(f"{path.name} cannot be used", diagnostics=(fault,)) from None


def load(text: str, *, first_line: int = 1) -> YamlFile:
    """Read a YAML text whose first line has number `first_line` in its file. Raises YamlError."""
    if text.count("[") + text.count("{") > MAX_BRACKETS and _nesting(text) > MAX_BRACKETS:
        # libyaml goes down one call for each
        raise YamlError("brackets are nested too deeply for a settings file", first_line)
    if plain := read_plain(text, first_line):
        return plain
    from archivegen.yamltree import read_tree  # noqa: PLC0415 - see there

    return read_tree(text, first_line)


def dump(value: dict[str, Any]) -> str:
    """Write a mapping so that `load` gives it back; keys in their order, letters of any script as they are."""
    from archivegen import yamltree  # noqa: PLC0415 - see there

    return yamltree.dump(value)


def _nesting(text: str) -> int:
    """How deep brackets and braces may be nested at most; those in quotes count too."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
