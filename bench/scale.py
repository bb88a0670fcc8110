#!/usr/bin/env python3
"""How time and memory grow with the archive: `archivegen build` from nothing, of made-up articles (bench/corpus.py).

    python bench/scale.py [--sizes 1000 10000 100000] [--forms plain raw] [--work FOLDER]

`plain` articles are built with nothing looked for in the text, as other generators do; `raw` ones with everything on.
Prints what goes into RESULTS.md. Keeps all figures ever measured in bench/scale.json, of which those of the same
size and form are replaced, and draws them as docs/pictures/scale.svg. `--floor` also measures how long it takes
merely to read the seeds and write the site's bytes, file by file.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import shutil
import time
from pathlib import Path

from corpus import FORMS
from measuring import Figures, heading, new_archive, pages, run_build, workplace

HERE = Path(__file__).parent
KEPT = HERE / "scale.json"
PLOT = HERE.parent / "docs" / "pictures" / "scale.svg"
COLOURS = {"plain": "#1f5c99", "raw": "#a3321c"}
LABELS = {"plain": "plain records", "raw": "raw text, everything on"}
WIDE, HIGH, LEFT, TOP, GAP = 300, 180, 62, 44, 92  # a panel, its place, and the room between two

Rows = dict[str, dict[str, float]]  # "form size" -> figures


def measure(work: Path, form: str, size: int, *, floor: bool) -> dict[str, float]:
    site = new_archive(work / f"{form}-{size}", form, size)
    figures = run_build(site)
    built = [file.stat().st_size for file in (site / "site").rglob("*") if file.is_file()]
    row = {**dataclasses.asdict(figures), "pages": pages(site), "files": len(built), "site": sum(built) / 1e6}
    row["store"] = sum((site / ".archivegen" / name).stat().st_size for name in ("archive.db", "site.db")) / 1e6
    if floor:
        row["floor"] = copy_time(site / "seeds", site / "site", work / "copy")
    shutil.rmtree(site)
    return row


def copy_time(seeds: Path, site: Path, to: Path) -> float:
    """Seconds to read every seed and to write every file of the site anew; reading the latter is not counted."""
    start = time.perf_counter()
    for file in seeds.rglob("*.*"):
        file.read_bytes()
    spent = time.perf_counter() - start
    for file in site.rglob("*"):
        if file.is_file():
            data, there = file.read_bytes(), to / file.relative_to(site)
            start = time.perf_counter()
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
            spent += time.perf_counter() - start
    shutil.rmtree(to)
    return spent


def table(rows: Rows) -> str:
    head = ("articles", "pages", "wall s", "CPU s", "largest process, MB", "wall ms each", "CPU ms each", "files",
            "site, MB", "store, MB", "floor, s")  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, row in rows.items():
        form, size = name.split()
        count, took = int(size), Figures(row["wall"], row["cpu"], row["memory"])
        cells = (
            f"{count:,} {form}",
            f"{row['pages']:,.0f}",
            f"{took.wall:.1f}",
            f"{took.cpu:.1f}",
            f"{took.memory:.0f}",
            f"{took.wall / count * 1000:.2f}",
            f"{took.cpu / count * 1000:.2f}",
            f"{row['files']:,.0f}",
            f"{row['site']:.1f}",
            f"{row['store']:.1f}",
            f"{row['floor']:.1f}" if "floor" in row else "",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot(rows: Rows) -> str:
    """Draw two panels over the number of articles: CPU time of each, and memory."""
    panels = (
        ("CPU milliseconds an article", lambda row, size: row["cpu"] / size * 1000),
        ("largest process, MB", lambda row, _: row["memory"]),
    )
    sizes = sorted({int(name.split()[1]) for name in rows})
    width = LEFT + 2 * WIDE + GAP + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HIGH + 66}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#222">',
        "<title>Time and memory by the number of articles</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for at, (title, value) in enumerate(panels):
        lines = {form: [(s, value(rows[f"{form} {s}"], s)) for s in sizes if f"{form} {s}" in rows] for form in FORMS}
        parts += panel(LEFT + at * (WIDE + GAP), title, sizes, {form: line for form, line in lines.items() if line})
    for at, form in enumerate(FORMS):
        x, y = LEFT + at * 180, TOP + HIGH + 50
        parts.append(f'<circle cx="{x}" cy="{y - 4}" r="4" fill="{COLOURS[form]}"/>')
        parts.append(f'<text x="{x + 10}" y="{y}">{LABELS[form]}</text>')
    return "\n".join((*parts, "</svg>\n"))


def panel(left: float, title: str, sizes: list[int], lines: dict[str, list[tuple[int, float]]]) -> list[str]:
    """One panel: sizes by their logarithm, values from nought."""
    step = rounded(max(v for line in lines.values() for _, v in line) / 4)
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: int) -> float:
        return left + (WIDE / 2 if high == low else (math.log10(size) - low) / (high - low) * WIDE)

    def y(value: float) -> float:
        return TOP + HIGH - value / (step * 5) * HIGH

    parts = [f'<text x="{left}" y="{TOP - 20}" font-weight="600">{title}</text>']
    for n in range(6):
        at = y(n * step)
        parts.append(f'<path d="M{left} {at:.1f}h{WIDE}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{n * step:g}</text>')
    parts += [f'<text x="{x(s):.1f}" y="{TOP + HIGH + 20}" text-anchor="middle">{s:,}</text>' for s in sizes]
    for form, line in lines.items():
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in line)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[form]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="3.5" fill="{COLOURS[form]}"/>' for s, v in line]
    return parts


def rounded(value: float) -> float:
    """The next number up that begins with 1, 2 or 5."""
    base = 10 ** math.floor(math.log10(value))
    return next(base * n for n in (1, 2, 5, 10) if base * n >= value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--work", type=Path, help="a folder with room for the largest archive and its site")
    parser.add_argument("--floor", action="store_true")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the figures are kept")
    parser.add_argument("--plot", type=Path, default=PLOT)
    options = parser.parse_args()
    kept: Rows = json.loads(options.keep.read_text(encoding="utf-8")) if options.keep.exists() else {}
    rows: Rows = {}
    with workplace(options.work) as folder:
        for form in options.forms:
            for size in options.sizes:
                rows[f"{form} {size}"] = measure(Path(folder), form, size, floor=options.floor)
                kept.update(rows)
                options.keep.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    options.plot.write_text(plot(kept), encoding="utf-8")
    print(f"{heading('how it grows (`bench/scale.py`)')}\n{table(rows)}")


if __name__ == "__main__":
    main()
