"""Strict YAML: text in; plain dicts, lists and strings out, with the line of every key and item.

Strings stay strings (`NO` is "NO", 0123 is "0123"); only an empty value, `~` and `null` are None. A key that
stands twice, an alias or anything that is not YAML raises YamlError with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

__all__ = ["YamlError", "YamlFile", "dump", "load"]

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202d\u202e\ud800-\udfff]")
NULLS = frozenset(["", "~", "null"])
MAX_DEPTH = 20
MAX_BRACKETS = 500
BRACKETS = re.compile(r"[\[\]{}]")


class YamlError(ValueError):
    """What is wrong with a YAML text, and on which line (counted from 1)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The value of a YAML text; `lines` finds the line of "publish.pages.to" or "actors.3.name"."""

    value: Any
    lines: dict[str, int]

    def line(self, key: str) -> int:
        """The line of a key, or of the nearest key around it."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)


def load(text: str, *, first_line: int = 1) -> YamlFile:
    """Read a YAML text whose first line has number `first_line` in its file. Raises YamlError."""
    if _nesting(text) > MAX_BRACKETS:  # libyaml goes down one call for each
        raise YamlError("brackets are nested too deeply for a settings file", first_line)
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        is_open = error.context_mark and "expected ',' or" in (error.problem or "")
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        raise YamlError(_explain(error), first_line + (mark.line if mark else 0)) from None
    except yaml.YAMLError as error:
        raise YamlError(f"is not YAML: {error}", first_line) from None
    lines: dict[str, int] = {}
    value = None if node is None else _value(node, "", lines, first_line, set())
    return YamlFile(value, lines)


def _nesting(text: str) -> int:
    """How deep brackets and braces may be nested at most; those in quotes count too."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def dump(value: dict[str, Any]) -> str:
    """Write a mapping so that `load` gives it back; keys in their order, letters of any script as they are."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


class _Dumper(yaml.SafeDumper):
    """Quotes only what `load` would not read back as the same string; a date stays bare."""


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)$"), ["~", "n", ""])


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "is not YAML"
    if "expected ',' or" in problem:
        return "a bracket opens here and does not close"
    if "found character '\\t'" in problem or "cannot start any token" in problem:
        return "a tab or a special character begins a value: use spaces, and put the value in quotes"
    if "mapping values are not allowed" in problem:
        return "a value holds ': ', which YAML takes for a key: put the whole value in quotes"
    return f"is not YAML: {problem}"


def _value(node: yaml.Node, key: str, lines: dict[str, int], first_line: int, seen: set[int]) -> Any:
    line = first_line + node.start_mark.line
    line = lines.setdefault(key, line)  # an alias has the line of what it stands for; its key has its own
    if isinstance(node, yaml.ScalarNode):
        if found := UNSEEN.search(node.value):
            raise YamlError(f"a value holds a control character (U+{ord(found[0]):04X}): take it out", line)
        return None if node.style in (None, "") and node.value in NULLS else str(node.value)
    if id(node) in seen:
        raise YamlError("an alias (*name) is not supported: write the value out", line)
    seen.add(id(node))
    if key.count(".") > MAX_DEPTH:
        raise YamlError(f"is nested more than {MAX_DEPTH} levels deep", line)
    prefix = f"{key}." if key else ""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, f"{prefix}{i}", lines, first_line, seen) for i, item in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = first_line + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError("a key must be a word", key_line)
        name = str(key_node.value)
        if name in out:
            raise YamlError(f"the key {name!r} stands twice", key_line)
        lines[f"{prefix}{name}"] = key_line
        out[name] = _value(value_node, f"{prefix}{name}", lines, first_line, seen)
    return out
