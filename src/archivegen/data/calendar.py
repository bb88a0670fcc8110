"""Entries on exact days -> an iCalendar (RFC 5545) of all-day events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from archivegen import urls
from archivegen.config import Config

__all__ = ["END", "begin", "events_on"]

WIDTH = 75  # bytes of a line at most; a longer one goes on in the next, after a space
SUMMARY = 120  # characters
BEGIN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//archivegen//archive//EN\r\n"
END = b"END:VCALENDAR\r\n"


def begin(config: Config) -> bytes:
    """What comes before the events."""
    return BEGIN + _folded(f"X-WR-CALNAME:{_text(config.title)}")


def events_on(
    config: Config, day: int, rows: Iterable[tuple[Any, ...]], sources: Iterable[tuple[str, str] | None]
) -> bytes:
    """The events among the entries of a day, given as an ordinal; `sources` are the articles of those that are one.

    What was only planned or announced is tentative.
    """
    if not any(sources):
        return b""
    base = urls.base_of(config.url)
    following = min(day + 1, dt.date.max.toordinal())
    first, end = (dt.date.fromordinal(date).isoformat().replace("-", "") for date in (day, following))
    # A stamp is needed, and no clock is asked.
    days = f"DTSTAMP:{first}T000000Z\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{end}\r\n".encode()
    whose = f"-{first}@{urlsplit(config.url).hostname or 'archivegen'}"
    found: list[bytes] = []
    for (_, _, text, _, _, mood, *_, page), source in zip(rows, sources, strict=True):
        if source is None:
            continue
        short = text if len(text) <= SUMMARY else text[:SUMMARY].rpartition(" ")[0] + " …"
        found += (
            b"BEGIN:VEVENT\r\n",
            # The page's address with the sentence's place in it: it stays when others are added.
            _folded(f"UID:{page.removeprefix(base).replace('/', '-').replace('#', '')}{whose}"),
            days,
            _folded(f"SUMMARY:{_escaped(short)}"),
            _folded(f"DESCRIPTION:{_escaped(text)}\\n\\n{_source(*source)}"),
            _folded(f"URL:{page}") if base else b"",
            b"STATUS:CONFIRMED\r\n" if mood == "happened" else b"STATUS:TENTATIVE\r\n",
            b"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
    return b"".join(found)


@lru_cache(maxsize=4096)
def _source(title: str, outlet: str) -> str:
    return f"{_text(title)}{', ' if outlet else ''}{_text(outlet)}"


def _text(value: str) -> str:
    return _escaped(" ".join(value.split()))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """Break a long line between letters, never within one."""
    data = line.encode("utf-8", "replace")
    if len(data) <= WIDTH:
        return data + b"\r\n"
    step = WIDTH - 1
    if len(data) == len(line):  # a byte for each letter
        pieces = [data[:WIDTH], *[data[start : start + step] for start in range(WIDTH, len(data), step)]]
    else:
        pieces = []
        start, end = 0, WIDTH
        while end < len(data):
            while data[end] & 0b11000000 == 0b10000000:  # no letter begins with it
                end -= 1
            pieces.append(data[start:end])
            start, end = end, end + step
        pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
