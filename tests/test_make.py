"""make.py, the newcomer's two commands: what it says without one, and that it needs nothing but Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAKE = ROOT / "make.py"


def test_without_a_task_it_says_what_there_is() -> None:
    done = subprocess.run([sys.executable, MAKE], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "make.py sample" in done.stdout
    assert "make.py test" in done.stdout


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(MAKE.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_readme_shows_both_tasks() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 make.py sample" in text
    assert "python3 make.py test" in text
