"""The search index (`search/`): the archive's records -> files that the page's script asks, a Pagefind index a part.

The same archive gives the same bytes. What a reader sees of it: templates/search.html and static/search.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from archivegen import urls
from archivegen.render import in_words
from archivegen.search.index import META, Record, make_index
from archivegen.search.pagefind import ENTRY, files_of, version
from archivegen.store import Reader, SearchRecord

__all__ = ["make_part", "make_program", "signs", "version"]

INDEX = f"{urls.SEARCH}pagefind/"
LANGUAGE = re.compile(r"[a-z]{2,3}(?=-|$)")
PROGRAM = re.compile(r"pagefind\.js|wasm\..*\.pagefind")
UNKNOWN = "unknown"  # Pagefind's word for what it cannot stem
UNASKED = str.maketrans({'"': "”", "\\": "/"})  # Pagefind 1.5 finds no filter's value that has one of them
FOLDERS = {"article": "articles", "day": "dates"}  # where the page of a record is; actors are the rest
# Every index has the same program beside it, but readers load it once for each language: this leads from the folder of
# a part's language to the file beside all parts, by way of the name that Pagefind puts together: `wasm.NAME.pagefind`.
SHARED = "x/../../../wasm."


def signs(reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield (key, sign) of every part."""
    made_by = version()
    for part in reader.search.parts():
        yield part.key, f"{made_by} {reader.search.sign(part)}"


def make_part(reader: Reader, key: str, language: str) -> Iterator[tuple[str, bytes]]:
    """Index a part and yield each file with its path on the site.

    Readers search each language by its own rules: its files have a folder of their own.
    """
    part = next(part for part in reader.search.parts() if part.key == key)
    index = make_index(_record(record, language) for record in reader.search.records(part))
    languages = {}
    for code, about in index.entry["languages"].items():
        base = f"{INDEX}{key}/{code}/"
        languages[code] = about["wasm"] or UNKNOWN
        own = {**index.entry, "languages": {code: {**about, "wasm": SHARED + languages[code]}}}
        yield base + ENTRY, _json(own)
        meta = META.format(about["hash"])
        yield base + meta, index.files[meta]
        for path, data in index.files.items():
            if path.partition("/")[2].startswith(f"{code}_"):
                yield base + path, data
    yield f"{INDEX}{key}/languages.json", _json(languages)


def make_program(reader: Reader, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the script that searches, and the program that it runs for each of the archive's languages."""
    codes = {_language(code) or UNKNOWN for code in (language, *reader.search.languages())}
    files = files_of({"url": code, "content": code, "language": code} for code in sorted(codes))
    for path, data in files.items():
        if PROGRAM.fullmatch(path):
            yield INDEX + path, data


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _record(record: SearchRecord, language: str) -> Record:
    """A record as Pagefind takes it. What has no date comes last in either order."""
    date = record.date
    unit = (date.unit if date else None) or ""
    shown = in_words(date, language) if date else ""
    address = quote(urls.file_of(f"{FOLDERS.get(record.kind, 'actors')}/{record.slug}/"))
    outlet, name = record.outlet
    actors = list(map(_askable, record.actors))
    filters = {"kind": [record.kind], "year": [unit[:4]], "outlet": [outlet], "actor": actors}
    meta = {"title": record.title or shown, "kind": record.kind, "outlet": name, "date": shown, "day": unit}
    return Record(
        address,
        record.text or record.title,
        _language(record.language) or _language(language) or UNKNOWN,
        {name: value for name, value in meta.items() if value},
        {name: found for name, values in filters.items() if (found := [value for value in values if value])},
        {"newest": unit or "0", "oldest": unit or "~"},
    )


@lru_cache(maxsize=4096)
def _askable(value: str) -> str:
    return value.translate(UNASKED)


@lru_cache
def _language(code: str) -> str:
    found = LANGUAGE.match(code.lower())
    return found[0] if found else ""
