"""Runs each scorer of ../shared/eval, where that is, and fails if a figure fell below its floor.

A floor stands a little under what was measured last (docs/accuracy.md): raise it whenever a figure rises.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EVAL = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
PROGRAM = f"{sys.executable} -m archivegen"

# scorer with its options; what is put after the program; the figure in its output; the floor
FLOORS: tuple[tuple[str, str, str, float], ...] = (
    ("seeds.py", "", r"^seeds (\d+)/\d+", 154),
    ("dates.py", "inspect --jsonl", r"^all:.* value F1 ([\d.]+)", 81.0),
    ("dates.py", "inspect --jsonl", r"^dated:.* value F1 ([\d.]+)", 87.5),
    ("actors.py", "inspect --jsonl", r"^names F1 ([\d.]+)", 91.5),
    ("actors.py", "inspect --jsonl", r"kind F1 ([\d.]+)", 83.0),
    ("pages.py --form text", "inspect --json", r"^body F1 ([\d.]+)", 0.94),
    ("pages.py --form text", "inspect --json", r"^titles (\d+)/", 79),
    ("pages.py --form html", "inspect --json", r"^body F1 ([\d.]+)", 0.96),
    ("pages.py --form html", "inspect --json", r"^titles (\d+)/", 85),
    ("pages.py --form html", "inspect --json", r"dates right (\d+)", 48),
    ("timelines.py", "", r"^dated F1 ([\d.]+)", 46.0),
)


def main() -> int:
    """Print every figure beside its floor; return 1 if any is below."""
    if not EVAL.is_dir():
        print(f"no {EVAL}: the accuracy floors are not checked")
        return 0
    outputs: dict[str, str] = {}
    fallen = 0
    for scorer, arguments, figure, floor in FLOORS:
        if scorer not in outputs:
            outputs[scorer] = run(scorer, arguments)
        found = re.search(figure, outputs[scorer], re.MULTILINE)
        value = float(found[1]) if found else None
        fallen += value is None or value < floor
        mark = "ok" if value is not None and value >= floor else "BELOW"
        print(f"{mark:5}  {scorer:22} {figure:28} {'none' if value is None else value:>8}  floor {floor}")
        if value is None:
            print(outputs[scorer][-2000:])
    return 1 if fallen else 0


def run(scorer: str, arguments: str) -> str:
    """Run one scorer and return all that it printed."""
    name, *options = scorer.split()
    command = [sys.executable, str(EVAL / name), *options, "--program", f"{PROGRAM} {arguments}".strip()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
