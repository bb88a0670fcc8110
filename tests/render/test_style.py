"""The stylesheet: small, and readable in both schemes (WCAG 2.2, contrast of text 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "static" / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = re.findall(r":root \{[^}]*--paper: #[^}]*\}", STYLE)[:2]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_text_stands_out(scheme: str, ground: str, text: str) -> None:
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", scheme))
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_pages_stay_light(sample, open_theme) -> None:
    assert len(STYLE.encode()) <= 14 * 1024
    made_up = sample()
    page = made_up.draw(open_theme(made_up))["articles/dam-talks/"]
    assert len(page.encode()) + len(STYLE.encode()) <= 25_000


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "@import" not in STYLE and "url(" not in STYLE
