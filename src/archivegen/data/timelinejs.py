"""The events that most outlets report -> JSON for TimelineJS (timeline.knightlab.com)."""

from __future__ import annotations

from html import escape
from pathlib import Path

import msgspec

from archivegen import urls
from archivegen.config import Config
from archivegen.store import Reader

__all__ = ["write"]

MOST = 200  # events; TimelineJS grows slow with more
HEADLINE = 90  # characters
PARTS = ("year", "month", "day")


def write(config: Config, reader: Reader, folder: Path) -> None:
    """Write `timeline.json` into a folder. TimelineJS shows texts as HTML, so they are escaped."""
    base = urls.base_of(config.url)
    events = []
    for date, text, page, title, outlet in reader.data.widely_reported(base, MOST):
        link = f'<a href="{escape(page)}">{escape(title)}</a>'
        events.append(
            {
                "start_date": dict(zip(PARTS, map(int, date.split("-")), strict=False)),
                "text": {
                    "headline": escape(_cut(text)),
                    "text": f"<p>{escape(text)}</p><p>{link}{', ' if outlet else ''}{escape(outlet)}</p>",
                },
                "unique_id": page.removeprefix(base),
            }
        )
    title_slide = {"text": {"headline": escape(config.title), "text": escape(config.description)}}
    data = {"title": title_slide, "events": events}
    (folder / "timeline.json").write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n")


def _cut(text: str) -> str:
    return text if len(text) <= HEADLINE else text[:HEADLINE].rpartition(" ")[0].rstrip(" ,;:–-") + " …"
