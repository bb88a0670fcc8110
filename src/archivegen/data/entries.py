"""The chronology, and all actors -> their tables as CSV and JSON Lines, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archivegen import urls
from archivegen.config import Config
from archivegen.data import calendar
from archivegen.data.pieces import Key, Place, write_pieces
from archivegen.data.tables import FORMS, TABLE, head
from archivegen.store import Reader

__all__ = ["write"]


def write(config: Config, reader: Reader, place: Place) -> None:
    """Write the files of actors and entries, and `calendar.ics`, as far as they are asked for."""
    base = urls.base_of(config.url)
    forms = [form for form in FORMS if form in config.data]
    if forms:
        rows = list(reader.data.actors(base))
        for form in forms:
            lines = head(TABLE["actors"], form) + FORMS[form](TABLE["actors"], rows)
            (place.folder / f"actors.{form}").write_bytes(lines)
    if forms or "icalendar" in config.data:
        _write_entries(config, reader, place, forms)


def _write_entries(config: Config, reader: Reader, place: Place, forms: Sequence[str]) -> None:
    base = urls.base_of(config.url)
    table = TABLE["entries"]
    with_calendar = "icalendar" in config.data
    signs: dict[Key, int] = dict(reader.data.days())

    def make(days: Sequence[Key]) -> Iterator[tuple[Key, list[bytes]]]:
        for day in [None] if len(days) == len(signs) else map(int, days):
            for here, rows, sources in reader.data.entries(day, base):
                data = [FORMS[form](table, rows) for form in forms]
                if with_calendar:
                    data.append(calendar.events_on(config, here, rows, sources))
                yield here, data

    write_pieces(
        place.made("entries", [*(f"entries.{form}" for form in forms), *(["calendar.ics"] if with_calendar else ())]),
        signs,
        make,
        heads=[*(head(table, form) for form in forms), *([calendar.begin(config)] if with_calendar else ())],
        tails=[*(b"" for _ in forms), *([calendar.END] if with_calendar else ())],
    )
