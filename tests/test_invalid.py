"""Sites that must fail, or be told of, with exact words: one folder each in tests/invalid/.

`expected.txt` is the exit code of a build, then all that it prints beside its result; SITE stands for the folder.
`--update-golden` writes it anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "invalid"
EXPECTED = "expected.txt"


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir()))
def test_bad_input_is_told_of_in_exact_words(
    name: str, tmp_path: Path, program: Callable[..., Any], request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(CASES / name, root, ignore=shutil.ignore_patterns(EXPECTED))
    before = contents(root)
    ran = program("build", "--site", str(root))
    told = f"exit code {ran.code}\n{ran.err}".replace(str(root.resolve()), "SITE").replace(str(root), "SITE")
    told = told.replace("\\", "/") if "\\" in str(root) else told
    if request.config.getoption("--update-golden"):
        (CASES / name / EXPECTED).write_text(told, encoding="utf-8", newline="\n")
    assert told == (CASES / name / EXPECTED).read_text(encoding="utf-8")
    after = contents(root)
    assert {path: after.get(path) for path in before} == before, "an input was changed"
    if ran.code == 2:
        assert after == before, "wrong settings must leave no trace"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
