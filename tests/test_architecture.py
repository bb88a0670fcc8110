"""A module imports from lower layers only, and stages never import each other (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "archivegen"

LAYERS: list[set[str]] = [
    {"errors", "slugs", "edtf", "letters", "stamps", "versions", "kept", "sqlitefile", "remote", "__init__"},
    {"model", "yamlfile", "yamlplain", "yamltree", "urls", "downloads", "terminal", "starter"},
    {
        "views",
        "config",
        "look",
        "authority",
        "frontmatter",
        "records",
        "markup",
        "redaction",
        "leaks",
        "permalinks",
        "manifest",
    },
    {"ledger"},
    {"sources", "read", "detect", "timeline", "store", "render", "output", "publish", "cluster"},
    {"engine", "prepare", "data", "search", "check", "inputs", "day_order", "forwarding", "contents", "fetch"},
    {"summary", "pages"},
    {"drawing"},
    {"build"},
    {"review", "curate", "export", "account", "verify", "published"},
    {"serve", "arguments"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def component(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Names of the archivegen components that a file imports: lazily and for type checking too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "archivegen" and len(parts) > 1:
                found.add(parts[1] if parts[1] != "__version__" else "__init__")
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_down_the_layers(path: Path) -> None:
    here = component(path)
    assert here in RANK, f"{here} has no layer: add it to LAYERS and to docs/architecture.md"
    for other in imported(path) - {here}:
        assert RANK[other] <= RANK[here], f"{here} imports {other}, which is above it"
        if RANK[other] == RANK[here]:
            assert RANK[here] < RANK["read"], f"{here} imports {other}: stages never import each other"
