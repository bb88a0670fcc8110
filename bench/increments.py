#!/usr/bin/env python3
"""Time one small change in a large archive: nothing changed, one article touched, one more, one less.

    python bench/increments.py [--size 10000] [--form raw] [--runs 3] [--seeds FOLDER] [--work FOLDER]

Made-up articles (bench/corpus.py), or a copy of the folder that `--seeds` names. Each step is a whole command, start
to end; the median of the runs. Prints what goes into RESULTS.md, with the size of the site's share that changed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Callable
from pathlib import Path

from corpus import FORMS
from measuring import SETTINGS, Figures, heading, new_archive, pages, run_build, workplace

SENTENCE = "\nThe council met once more on {} May 2019, and Ada Falkner spoke at length.\n"
STEPS = ("nothing changed", "one article touched", "one article added", "one article removed")


def changes(seeds: Path, run: int) -> dict[str, Callable[[], object]]:
    """What is done before each step."""
    files = sorted(file for file in seeds.rglob("*.*") if file.is_file())
    touched, more = files[len(files) // 2], files[0].with_name(f"added-{run}{files[0].suffix}")

    def touch() -> None:
        with touched.open("a", encoding="utf-8") as file:
            file.write(SENTENCE.format(run + 1))

    return {
        STEPS[0]: lambda: None,
        STEPS[1]: touch,
        STEPS[2]: lambda: shutil.copyfile(files[-1], more) and append(more, SENTENCE.format(run + 11)),
        STEPS[3]: more.unlink,
    }


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def mtimes(site: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in (site / "site").rglob("*") if file.is_file()}


def median(rows: list[Figures]) -> Figures:
    return Figures(*(statistics.median(getattr(row, name) for row in rows) for name in ("wall", "cpu", "memory")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--form", choices=FORMS, default="raw")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with workplace(options.work) as folder:
        site = Path(folder) / "archive"
        if options.seeds:
            shutil.copytree(options.seeds, site / "seeds")
            (site / "site.yaml").write_text(SETTINGS[options.form], encoding="utf-8")
        else:
            new_archive(site, options.form, options.size)
        count = sum(1 for file in (site / "seeds").rglob("*.*") if file.is_file())
        cold, total = run_build(site), pages(site)
        rows: dict[str, list[Figures]] = {step: [] for step in STEPS}
        written: dict[str, int] = {}
        for run in range(options.runs):
            for step, change in changes(site / "seeds", run).items():
                change()
                before = mtimes(site)
                rows[step].append(run_build(site))
                after = mtimes(site)
                written[step] = len({file for file, _ in before.items() ^ after.items()})
    print(
        heading(f"{count:,} {options.form} articles, {total:,} pages (`bench/increments.py`, median of {options.runs})")
    )
    print("| what | wall s | CPU s | largest process, MB | files that changed |\n|---|---|---|---|---|")
    print(f"| from nothing, once | {cold.wall:.2f} | {cold.cpu:.2f} | {cold.memory:.0f} | all |")
    for step in STEPS:
        took = median(rows[step])
        print(f"| {step} | {took.wall:.2f} | {took.cpu:.2f} | {took.memory:.0f} | {written[step]:,} |")


if __name__ == "__main__":
    main()
