"""docs/theming.md names every block that a designer may override, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_blocks_are_documented() -> None:
    text = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")
    documented = {
        name: set(re.findall(r"`(\w+)`", blocks))
        for name, blocks in re.findall(r"^\| `(\w+\.html)`[^|]*\|(.*)\|$", text, re.MULTILINE)
    }
    base = documented["base.html"]
    for path in sorted((ROOT / "templates").glob("*.html")):
        found = set(re.findall(r"\{% block (\w+) %\}", path.read_text(encoding="utf-8")))
        assert found - base == documented.get(path.name, set()) - base, path.name
    assert base == set(
        re.findall(r"\{% block (\w+) %\}", (ROOT / "templates" / "base.html").read_text(encoding="utf-8"))
    )
