"""The two things a newcomer does, on any machine with Python 3.11 or later and pip, and nothing else needed.

python make.py sample     install archivegen here (into .venv) and build the sample archive from seeds/
python make.py test       install it with its test tools and run the tests
"""

# ruff: noqa: T201 - it talks to a person at a terminal

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PLACE = ROOT / ".venv"
PYTHON = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Run one of the two; return its exit code."""
    task = arguments[0] if arguments else ""
    if task not in ("sample", "test"):
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        print(f"archivegen needs Python {OLDEST[0]}.{OLDEST[1]} or later; this is {sys.version.split()[0]}.")
        return 2
    try:
        install(".[test]" if task == "test" else ".")
    except subprocess.CalledProcessError as error:
        print("The installation failed; pip's message above says why.")
        return error.returncode
    does = ["pytest", "-n", "auto", "--dist", "worksteal"] if task == "test" else ["archivegen", "build"]
    code = subprocess.run([PYTHON, "-m", *does, *arguments[1:]], cwd=ROOT, check=False).returncode
    if task == "sample" and code == 0:
        page = ROOT / "site" / "index.html"
        print(f"\nThe sample archive is ready. Open it in a browser:\n\n  {page.as_uri()}\n")
        print(f"For your own: {PYTHON.with_name('archivegen')} init my-archive")
    return code


def install(what: str) -> None:
    """Install this project into .venv, which keeps it apart from everything else on the machine."""
    # Some systems ship Python without what puts pip into a new environment; the pip outside can serve it too.
    own_pip = find_spec("ensurepip") is not None
    if not works():
        print(f"Making {PLACE} ...", flush=True)
        venv.create(PLACE, with_pip=own_pip, clear=PLACE.exists(), symlinks=os.name != "nt")
    if subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0:
        pip = [str(PYTHON), "-m", "pip"]
    else:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    print("Installing archivegen and what it needs ...", flush=True)
    options = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *options, what], cwd=ROOT, check=True)


def works() -> bool:
    """Tell whether .venv is there and runs: a folder that was moved, or made by a Python since gone, does not."""
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
