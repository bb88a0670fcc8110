"""Any YAML, through libyaml: text in; plain dicts, lists and strings out, with the line of every key and item.

It takes 30 ms to import, so that `yamlfile` does so only for what is not plain, and for writing.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from archivegen.yamlplain import NULLS, YamlError, YamlFile

__all__ = ["dump", "read_tree"]

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202d\u202e\ud800-\udfff]")
MAX_DEPTH = 20


def read_tree(text: str, first_line: int) -> YamlFile:
    """Read a YAML text whose first line has number `first_line` in its file. Raises YamlError."""
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        is_open = error.context_mark and "expected ',' or" in (error.problem or "")
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        raise YamlError(_explain(error, text.splitlines()[line:]), first_line + line) from None
    except yaml.YAMLError as error:
        raise YamlError(f"is not YAML: {error}", first_line) from None
    lines: dict[str, int] = {}
    value = None if node is None else _value(node, "", lines, first_line, set())
    return YamlFile(value, lines)


def dump(value: dict[str, Any]) -> str:
    """Write a mapping so that `load` gives it back; keys in their order, letters of any script as they are."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


class _Dumper(yaml.SafeDumper):
    """Quotes only what `load` would not read back as the same string; a date stays bare."""


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)$"), ["~", "n", ""])


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    """Say what is wrong where these lines begin."""
    problem = error.problem or "is not YAML"
    if "expected ',' or" in problem:
        found = "a bracket opens here and does not close"
        return f"{found}: # begins a comment, so put a colour in quotes" if " #" in "".join(lines[:1]) else found
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
