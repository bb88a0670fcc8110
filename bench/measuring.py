"""What the benches share: an archive of made-up articles, a command's figures, and what machine this is.

Not for Windows: it reads what the operating system notes of finished processes.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus

SETTINGS = {
    "plain": "title: Bench\nurl: https://example.org/\ndetect: {actors: false, dates: false}\n"
    "search: false\npage_size: 50\n",
    "raw": "title: Bench\nurl: https://example.org/\n",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a command took: wall seconds, CPU seconds of all its processes, peak MB of the largest."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, {self.cpu:.2f} s CPU, {self.memory:.0f} MB"


def workplace(folder: Path | None) -> tempfile.TemporaryDirectory[str]:
    """A folder to be cleared away, inside the one asked for, which is made where it is not there."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=folder)


def new_archive(folder: Path, form: str, count: int, settings: str = "") -> Path:
    """Make an archive of so many articles in an empty folder; `settings` go to the end of its site.yaml."""
    shutil.rmtree(folder, ignore_errors=True)
    corpus.write(count, folder / "seeds", form)
    (folder / "site.yaml").write_text(SETTINGS[form] + settings, encoding="utf-8")
    return folder


def run_build(site: Path, options: Sequence[str] = ()) -> Figures:
    """Run `archivegen build` as a user does."""
    command = [sys.executable, "-m", "archivegen", "build", "--quiet", "--site", str(site), *options]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build failed with exit code {process.returncode}")
    return Figures(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pages(site: Path) -> int:
    """Count the pages of a built site."""
    return sum(1 for _ in (site / "site").rglob("*.html"))


def heading(what: str) -> str:
    """The head of a section of RESULTS.md: today, what was measured, on what machine."""
    return f"## {dt.date.today()}, {what}\n\n{_machine()}\n"


def _machine() -> str:
    model = memory = ""
    if Path("/proc/cpuinfo").exists():
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
        model = found[1] if found else ""
    if hasattr(os, "sysconf"):
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB, "
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores{f' ({model})' if model else ''}, {memory}{platform.system()}, {python}{load}."
