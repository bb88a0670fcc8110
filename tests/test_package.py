"""The package as its user gets it: built, put into an empty environment in another folder, and used there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.package
PROJECT = Path(__file__).parents[1]
CLEAN = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, env=CLEAN, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    run(sys.executable, "-m", "build", *isolation, "--outdir", folder, PROJECT, cwd=folder)
    return folder


def test_wheel_and_sdist_hold_the_theme(dist: Path) -> None:
    theme = {f"{name}/{file.relative_to(PROJECT / name).as_posix()}" for name in ("templates", "static")
             for file in (PROJECT / name).rglob("*") if file.is_file()}  # fmt: skip
    (wheel,) = dist.glob("*.whl")
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    assert {f"archivegen/theme/{path}" for path in theme} <= in_wheel
    assert "archivegen/py.typed" in in_wheel
    assert "archivegen/starter/site.yaml" in in_wheel
    assert not [path for path in in_wheel if path.startswith(("tests/", "seeds/"))]
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    assert theme <= in_sdist
    assert {"site.yaml", "README.md", "LICENSE", "tests/conftest.py", "src/archivegen/cli.py"} <= in_sdist


def test_the_wheel_works_in_an_empty_environment(dist: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    own_pip = find_spec("ensurepip") is not None
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python, archivegen = scripts / "python", scripts / "archivegen"
    if find_spec("pip") is None and not own_pip:
        pytest.skip("there is no pip to install with")
    (wheel,) = dist.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", wheel, cwd=tmp_path)
    run(archivegen, "init", "my archive", cwd=tmp_path)
    root = tmp_path / "my archive"
    assert "left out" in run(archivegen, "build", cwd=root)
    run(python, "-m", "archivegen", "check", cwd=root)
    assert (root / "site" / "static" / "style.css").read_bytes() == (PROJECT / "static" / "style.css").read_bytes()
    assert "archivegen 0" in run(archivegen, "--version", cwd=tmp_path)
