#!/usr/bin/env python3
"""Keep the interface's languages up to date: texts to translate, catalogues, names and forms of dates.

    bench/make_languages.py           # gather the texts anew, bring each .po up to date and compile it
    bench/make_languages.py --check   # only tell whether that would change anything

Needs Babel (in the `test` extra), which has the dates from Unicode CLDR. docs/languages.md tells translators the rest.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from archivegen.downloads import FORMATS, TABLES, downloads

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "archivegen"
TEMPLATES = ROOT / "templates"
OUT = CODE / "render" / "languages"
# Python files with texts that readers see, and the functions around them.
PYTHON = ("render/**/*.py",)
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "gettext": None,
    "_": None,
    "noted": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # what is made of the same texts is the same on any day
PLACES = {"d": "{day}", "MMMM": "{month}", "LLLL": "{alone}", "M": "{number}", "MM": "{number:02}", "y": "{year}"}
PATTERN = re.compile(r"'([^']*)'|(d|M+|L+|y)|([^'dMLy]+)")


def messages() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    """Every text to translate: file, line, text, comments for the translator, context."""
    places = [(path, "python") for pattern in PYTHON for path in sorted(CODE.glob(pattern))]
    places += [(path, "jinja2.ext.babel_extract") for path in sorted(TEMPLATES.rglob("*.html"))]
    for path, method in places:
        with path.open("rb") as file:
            options = JINJA if method != "python" else {}
            found = extract(method, file, KEYWORDS, ("Translators:",), options, strip_comment_tags=True)
            for line, text, comments, context in found:
                yield path.relative_to(ROOT).as_posix(), line, text, comments, context


def tables() -> Iterator[str]:
    """What the page of downloads says of files, tables and columns, which are plain data."""
    for table in TABLES:
        yield table.about
        yield from (field.about for field in table.fields)
    yield from (sentence for file in downloads(FORMATS) for sentence in file.sentences)


def template() -> Catalog:
    """The texts, untranslated."""
    catalog = Catalog(project="archivegen", charset="utf-8", fuzzy=False)
    for file, _, text, comments, context in messages():
        catalog.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    for text in tables():
        catalog.add(text, locations=[("src/archivegen/downloads.py", 0)])
    return catalog


def as_po(catalog: Catalog) -> str:
    """A catalogue as a file, without what changes with the day on which it is made."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, sort_by_file=True, omit_header=False, ignore_obsolete=True)
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid', '"Last-Translator: FULL')
    return "".join(line for line in lines if not line.startswith(("# ", "#\n", *dated)))


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.stem for path in OUT.glob("*.po"))


def updated(code: str, texts: Catalog) -> Catalog:
    """A language's catalogue with the texts that there are now; new ones are empty, changed ones too."""
    with (OUT / f"{code}.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    catalog.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def calendar(code: str) -> dict[str, object]:
    """How a language writes dates and numbers."""
    locale = Locale.parse(code)
    months, days = locale.months, locale.days
    skeletons = locale.datetime_skeletons
    heading = _form(str(skeletons["yMMMM"].pattern))
    # CLDR's days begin with Monday, 0, and Babel's months with January, 1.
    return {
        "months": [months["format"]["wide"][i] for i in range(1, 13)],
        "months_alone": [months["stand-alone"]["wide"][i] for i in range(1, 13)],
        "month_letters": [months["stand-alone"]["narrow"][i].upper() for i in range(1, 13)],
        "weekdays": [days["stand-alone"]["wide"][i] for i in range(7)],
        "weekday_letters": [days["stand-alone"]["narrow"][i].upper() for i in range(7)],
        "day_month_year": _form(str(locale.date_formats["long"].pattern)),
        "day_month": _form(str(skeletons["MMMMd"].pattern)),
        "month_and_year": heading,
        "in_month": heading.replace("{alone}", "{month}"),
        "year_alone": _form(str(skeletons["y"].pattern)),
        "group": locale.number_symbols["latn"]["group"],
    }


def _form(pattern: str) -> str:
    """A pattern of CLDR as a format of Python: `d MMMM y` -> `{day} {month} {year}`."""
    return "".join(quoted or plain or PLACES[field] for quoted, field, plain in PATTERN.findall(pattern))


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, by its name."""
    texts = template()
    yield "archivegen.pot", as_po(texts).encode()
    for code in languages():
        catalog = updated(code, texts)
        yield f"{code}.po", as_po(catalog).encode()
        out = io.BytesIO()
        catalog.creation_date = UNDATED
        write_mo(out, catalog)
        yield f"{code}.mo", out.getvalue()
    table = {code: calendar(code) for code in languages()}
    yield "calendars.json", (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def main(arguments: list[str]) -> int:
    stale = [name for name, data in files() if not (OUT / name).is_file() or (OUT / name).read_bytes() != data]
    if "--check" in arguments:
        print("\n".join(f"{name} is not up to date: run bench/make_languages.py" for name in stale))
        return 1 if stale else 0
    for name, data in list(files()):
        (OUT / name).write_bytes(data)
    print(f"written: {', '.join(stale) or 'nothing new'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
