"""A site's own templates, looked through: what no page asks for changes nothing, and whoever wrote it should know."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from glob import glob
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from archivegen.errors import Diagnostic

__all__ = ["find_unasked"]

SHIPPED = "theme/"
DEPTH = 9  # templates that extend each other; more must be a circle


def find_unasked(own: Path, theme: Path) -> Iterator[Diagnostic]:
    """Tell of templates that are empty or that nothing uses, and of blocks that the template extended does not have.

    `own` and `theme` are folders of templates. What cannot be parsed is passed by: drawing tells of it.
    """
    known, names = _names(theme), _names(own)
    trees = {name: tree for name in names if (tree := _parsed(own / name))}
    asked = {other for tree in trees.values() for other in meta.find_referenced_templates(tree)}
    for name, tree in trees.items():
        place = f"{own.name}/{name}"
        if not tree.body:
            message, hint = "this template is empty, and so is all that it makes", "remove it, or write something"
            yield Diagnostic(place, None, "warning", "empty-template", message, hint)
        if name not in known and name not in asked and None not in asked:  # None: one is named by what a page says
            message = "no page is made with this template"
            yield Diagnostic(place, None, "warning", "unasked-template", message, _near(name, known))
        for parent in _extended(tree):
            there = _blocks(own, theme, _file_of(own, theme, parent, name))
            for block in _outer_blocks(tree) if there else ():
                if block.name not in there:
                    message = f"{parent} has no block `{block.name}`, so this is shown nowhere"
                    yield Diagnostic(place, block.lineno, "warning", "unasked-block", message, _near(block.name, there))


def _names(folder: Path) -> list[str]:
    found = glob("**/*.html", root_dir=folder, recursive=True)  # noqa: PTH207 - through links, as Jinja does
    return sorted(name.replace(os.sep, "/") for name in found)


def _parsed(file: Path) -> nodes.Template | None:
    try:
        return _tree(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, jinja2.TemplateError):
        return None


@lru_cache(maxsize=64)
def _tree(text: str) -> nodes.Template:
    return jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(text)


def _extended(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Extends):
        if isinstance(node.template, nodes.Const):
            yield str(node.template.value)


def _file_of(own: Path, theme: Path, name: str, asking: str) -> Path:
    is_own = not name.startswith(SHIPPED) and name != asking and (own / name).is_file()
    return own / name if is_own else theme / name.removeprefix(SHIPPED)


def _blocks(own: Path, theme: Path, file: Path, depth: int = 0) -> set[str]:
    """The blocks of a template and of all that it extends; none where they cannot be told."""
    tree = _parsed(file)
    if tree is None or depth > DEPTH:
        return set()
    found = {block.name for block in tree.find_all(nodes.Block)}
    name = file.relative_to(own if file.is_relative_to(own) else theme).as_posix()
    return found.union(*(_blocks(own, theme, _file_of(own, theme, up, name), depth + 1) for up in _extended(tree)))


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    """The blocks that stand in no other."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(sorted(known))}"
