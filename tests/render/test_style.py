"""The stylesheet: small, and readable in both schemes (WCAG 2.2, contrast of text 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archivegen import look

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "static" / "style.css").read_text(encoding="utf-8")
LISTS = (ROOT / "static" / "lists.css").read_text(encoding="utf-8")
SCHEMES = dict(zip(("light", "dark"), re.findall(r":root \{[^}]*--paper: #[^}]*\}", STYLE), strict=False))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_text_stands_out(scheme: str, text: str) -> None:
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", SCHEMES[scheme]))
    assert colours == look.COLOURS[scheme], "archivegen.look checks a site's own colours against these"
    assert "--tint: color-mix(in srgb, var(--ink) 6%, var(--paper))" in STYLE
    assert look.contrast(colours[text], colours["paper"]) >= 4.5
    assert look.contrast(colours[text], look.mix(colours["ink"], colours["paper"], 0.06)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_days_of_the_calendar_stand_out(scheme: str) -> None:
    colours = look.COLOURS[scheme]
    levels = re.findall(r"\.l\d \{ fill: color-mix\(in srgb, var\(--accent\) (\d+)%, var\(--paper\)\) \}", LISTS)
    assert len(levels) == 4
    for share in levels:
        assert look.contrast(colours["ink"], look.mix(colours["accent"], colours["paper"], int(share) / 100)) >= 4.5


def test_pages_stay_light(sample, open_theme) -> None:
    assert len(STYLE.encode()) <= 12 * 1024
    assert len(LISTS.encode()) <= 8 * 1024
    made_up = sample()
    page = made_up.draw(open_theme(made_up))["articles/dam-talks/"]
    own_text = made_up.article.body.text + made_up.article.title.value
    assert len(page.encode()) + len(STYLE.encode()) - len(own_text.encode()) <= 25 * 1024


def test_nothing_is_fetched_from_elsewhere() -> None:
    for style in (STYLE, LISTS):
        assert "@import" not in style and "url(" not in style
