"""Entries on exact days -> an iCalendar (RFC 5545) of all-day events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from archivegen import urls
from archivegen.config import Config
from archivegen.store import Reader

__all__ = ["write"]

WIDTH = 75  # bytes of a line at most; a longer one goes on in the next, after a space
SUMMARY = 120  # characters


def write(config: Config, reader: Reader, folder: Path) -> None:
    """Write `calendar.ics` into a folder. What was only planned or announced is tentative."""
    base = urls.base_of(config.url)
    host = urlsplit(config.url).hostname or "archivegen"
    with (folder / "calendar.ics").open("w", encoding="utf-8", errors="replace", newline="\r\n") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//archivegen//archive//EN\n")
        file.write(_folded(f"X-WR-CALNAME:{_text(config.title)}"))
        for row in reader.data.days(base):
            file.writelines(_event(row, base, host))
        file.write("END:VCALENDAR\n")


def _event(row: tuple[str, ...], base: str, host: str) -> Iterator[str]:
    date, text, mood, page, title, outlet = row
    day = dt.date.fromisoformat(date)
    following = day + dt.timedelta(days=1) if day < dt.date.max else day
    yield "BEGIN:VEVENT\n"
    # The page's address with the sentence's place in it: it stays when others are added.
    first, end = date.replace("-", ""), following.isoformat().replace("-", "")
    yield _folded(f"UID:{page.removeprefix(base).replace('/', '-').replace('#', '')}-{first}@{host}")
    yield f"DTSTAMP:{first}T000000Z\n"  # needed, and no clock is asked
    yield f"DTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}\n"
    yield _folded(f"SUMMARY:{_text(text if len(text) <= SUMMARY else text[:SUMMARY].rpartition(' ')[0] + ' …')}")
    yield _folded(f"DESCRIPTION:{_text(text)}\\n\\n{_text(title)}{', ' if outlet else ''}{_text(outlet)}")
    if base:
        yield _folded(f"URL:{page}")
    yield f"STATUS:{'CONFIRMED' if mood == 'happened' else 'TENTATIVE'}\nTRANSP:TRANSPARENT\nEND:VEVENT\n"


def _text(value: str) -> str:
    value = " ".join(value.split())
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Break a long line between letters, never within one."""
    if line.isascii():
        return "\n ".join([line[:WIDTH], *(line[i : i + WIDTH - 1] for i in range(WIDTH, len(line), WIDTH - 1))]) + "\n"
    out, room = [], WIDTH
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            out.append("\n ")
            room = WIDTH - 1
        out.append(char)
        room -= size
    return f"{''.join(out)}\n"
