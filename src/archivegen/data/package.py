"""What the files of `data/` hold, as a Frictionless Data Package (specs.frictionlessdata.io)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from archivegen.config import Config
from archivegen.downloads import PACKAGE, TABLES, Download, Field, Table, downloads
from archivegen.slugs import slugify
from archivegen.store import Reader

__all__ = ["write"]

TYPES = {"text": "string", "number": "integer", "list": "array"}
OF = {table.name: table for table in TABLES}


def write(config: Config, reader: Reader, folder: Path) -> None:
    """Write `datapackage.json` into a folder."""
    forms = [form for form in config.data if form in ("csv", "jsonl")]
    # Readers of the package stumble over JSON lines without a line, so a table without a row is left out there.
    empty = {f"{table.name}.jsonl" for table in TABLES if not reader.data.has_rows(table.name)}
    files = [file for file in downloads(config.data) if file != PACKAGE and file.name not in empty]
    described = {
        "profile": "data-package",
        "name": slugify(config.title).encode("ascii", "ignore").decode().strip("-") or "archive",
        "title": config.title,
        "description": config.description,
        "homepage": config.url,
        "resources": [_resource(file, forms) for file in files],
    }
    filled = {name: value for name, value in described.items() if value}
    (folder / PACKAGE.name).write_bytes(msgspec.json.format(msgspec.json.encode(filled), indent=1) + b"\n")


def _resource(file: Download, forms: list[str]) -> dict[str, object]:
    stem, _, suffix = file.name.rpartition(".")
    table = OF.get(stem)
    resource: dict[str, object] = {
        "name": stem if table is None or file.form == forms[0] else f"{stem}-{suffix}",
        "path": file.name,
        "description": file.about,
        "format": suffix,
        "mediatype": file.media,
    }
    if table is None:
        return resource
    return resource | {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(table, file, forms)}


def _schema(table: Table, file: Download, forms: list[str]) -> dict[str, object]:
    in_csv = file.form == "csv"
    fields = [field for field in table.fields if not (in_csv and field.is_long)]
    schema: dict[str, object] = {
        "fields": [_field(field, in_csv=in_csv) for field in fields],
        "primaryKey": list(table.key),
    }
    leads = [
        {"fields": field.name, "reference": {"resource": _name(field.of, file, forms), "fields": "id"}}
        for field in fields
        if field.of
    ]
    return schema | {"foreignKeys": leads} if leads else schema


def _name(table: str, file: Download, forms: list[str]) -> str:
    return table if file.form == forms[0] else f"{table}-{file.form}"


def _field(field: Field, *, in_csv: bool) -> dict[str, object]:
    about = f'{field.about}; several are apart by " | "' if in_csv and field.type == "list" else field.about
    return {
        "name": field.name,
        "type": "string" if in_csv and field.type == "list" else TYPES[field.type],
        "description": about,
    }
