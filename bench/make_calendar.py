#!/usr/bin/env python3
"""Write src/archivegen/read/calendar.json: names of months and weekdays in the languages that news is written in.

    bench/make_calendar.py      # needs Babel, which has them from Unicode CLDR

Loading them from Babel takes half a second for all languages, from the table two milliseconds.
"""

from __future__ import annotations

import json
from pathlib import Path

import babel
from babel import Locale

from archivegen.read.calendar_words import BY_SCRIPT

OUT = Path(__file__).parents[1] / "src" / "archivegen" / "read" / "calendar.json"
# What English papers write besides.
ALSO = {
    "month": {"en": {"sept": 8}},
    "weekday": {"en": {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}},
}


def names(code: str, what: str) -> dict[str, int]:
    """Full and short names of one language, from 0, case folded."""
    locale = Locale.parse(code)
    table = locale.months if what == "month" else locale.days
    out: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for number, name in table[context][width].items():
                plain = str(name).casefold().rstrip(".")
                if not plain[:1].isdigit():
                    out[plain] = number - 1 if what == "month" else number
    return out | ALSO[what].get(code, {})


def table() -> dict[str, object]:
    """All that the file has."""
    codes = [code for codes in BY_SCRIPT.values() for code in codes]
    older = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    data: dict[str, object] = {"source": f"Babel {babel.__version__} (Unicode CLDR), with spellings of earlier ones"}
    for what in ("month", "weekday"):
        before = older.get(what, {})
        # Pages that were saved long ago have the spellings of their time.
        data[what] = {code: before.get(code, {}) | names(code, what) for code in codes}
    return data


def main() -> None:
    OUT.write_text(json.dumps(table(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
