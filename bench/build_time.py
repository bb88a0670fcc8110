#!/usr/bin/env python3
"""Time `archivegen build` on a folder of articles: from nothing, again unchanged, and after one edit.

    python bench/build_time.py SEEDS [--runs 3]

Prints the median of the runs: wall seconds, CPU seconds of all processes, peak memory of the largest one. Not for
Windows: it reads what the operating system notes of finished processes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Figures = tuple[float, float, float]  # wall seconds, CPU seconds, peak MB


def run_build(site: Path) -> Figures:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "archivegen", "build", "--quiet"], cwd=site)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build failed with exit code {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(seeds: Path, runs: int) -> dict[str, list[Figures]]:
    figures: dict[str, list[Figures]] = {"cold": [], "unchanged": [], "one edited": []}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(seeds, site / "seeds")
        (site / "site.yaml").write_text("title: Bench\nurl: https://example.org/\n", encoding="utf-8")
        edited = sorted((site / "seeds").rglob("*.*"))[0]
        for number in range(runs):
            shutil.rmtree(site / "site", ignore_errors=True)
            shutil.rmtree(site / ".archivegen", ignore_errors=True)
            figures["cold"].append(run_build(site))
            figures["unchanged"].append(run_build(site))
            with edited.open("a", encoding="utf-8") as file:
                file.write(f"\nThe council met once more on {number + 1} May 2019, and the mayor spoke at length.\n")
            figures["one edited"].append(run_build(site))
        pages = sum(1 for _ in (site / "site").rglob("*.html"))
    print(f"{sum(1 for _ in seeds.rglob('*.*'))} articles, {pages} pages; median of {runs}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    for what, rows in measure(options.seeds, options.runs).items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{what:11} {wall:7.2f} s wall {cpu:7.2f} s CPU {memory:6.0f} MB")


if __name__ == "__main__":
    main()
