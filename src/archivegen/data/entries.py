"""The chronology, and all actors -> their tables as CSV and JSON Lines, and the calendar."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence

from archivegen import urls
from archivegen.config import Config
from archivegen.data import calendar
from archivegen.data.pieces import Key, Place, kept, write_pieces
from archivegen.data.tables import FORMS, TABLE, files_of
from archivegen.store import Reader

__all__ = ["write"]

Days = Mapping[str, tuple[int, bytes]]  # by an article's slug a sign of its entries, and the days that they are on


def write(config: Config, reader: Reader, place: Place) -> None:
    """Write the files of actors and entries, and `calendar.ics`, as far as they are asked for."""
    base = urls.base_of(config.url)
    forms = [form for form in FORMS if form in config.data]
    if forms:
        rows = list(reader.data.actors(base))
        for form, (name, (head, _)) in zip(forms, files_of(TABLE["actors"], forms).items(), strict=True):
            (place.folder / name).write_bytes(head + FORMS[form](TABLE["actors"], rows))
    if forms or "icalendar" in config.data:
        _write_entries(config, reader, place, forms)


def _write_entries(config: Config, reader: Reader, place: Place, forms: Sequence[str]) -> None:
    """Write the chronology, day by day."""
    base = urls.base_of(config.url)
    table = TABLE["entries"]
    files = files_of(table, forms)
    if "icalendar" in config.data:
        files["calendar.ics"] = (calendar.begin(config), calendar.END)
    made = place.made("entries", files)
    before = kept(made)
    articles, due = _changes(reader, before.articles)
    days = sorted({day for _, packed in articles.values() for day in _unpacked(packed)})
    came_or_went = {piece.key for piece in before.pieces} ^ set(days)

    def make(keys: Sequence[Key]) -> Iterator[tuple[Key, list[bytes]]]:
        for day in [None] if len(keys) == len(days) else map(int, keys):
            for here, rows, sources in reader.data.entries(day, base):
                data = [FORMS[form](table, rows) for form in forms]
                if "icalendar" in config.data:
                    data.append(calendar.events_on(config, here, rows, sources))
                yield here, data

    write_pieces(made, before, dict.fromkeys(days, 0), due | came_or_went, make, articles)


def _changes(reader: Reader, before: Days) -> tuple[Days, set[int]]:
    """Find the days that articles have entries on, and those that changed since they were so."""
    now: dict[str, tuple[int, bytes]] = {}
    others: dict[int, tuple[str, int]] = {}  # by number
    for number, slug, sign in reader.data.entry_signs():
        known = before.get(slug)
        if known and known[0] == sign:
            now[slug] = known
        else:
            others[number] = slug, sign
    days = reader.data.days(list(others) if len(others) < len(now) else None)
    due = {day for slug in before.keys() - now.keys() for day in _unpacked(before[slug][1])}
    for number, (slug, sign) in others.items():
        found = days.get(number, set())
        due |= found
        now[slug] = sign, array("I", sorted(found)).tobytes()
    return now, due


def _unpacked(days: bytes) -> array[int]:
    return array("I", days)
