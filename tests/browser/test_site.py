"""The sample site opened from the disk, as from a USB stick: whole, silent, narrow, accessible, easy to follow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 to level AA, and what axe holds to be good practice.
FAULTS = """async () => (await axe.run(document, {runOnly:
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(
    v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')}`)"""


def is_from_disk(kind: str) -> bool:
    return kind != "not found"  # its links begin at the root of the host, for it answers at any address


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_every_kind_of_page_is_whole_and_asks_for_nothing_elsewhere(
    browser: Any, built: Path, kinds: dict[str, Path], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    # What the step to the next page breaks off was not missing.
    page.on("requestfailed", lambda r: None if "ABORTED" in (r.failure or "") else told.append(r.url))
    page.on("request", lambda request: asked.append(unquote(request.url)))
    for kind in filter(is_from_disk, kinds):
        page.goto(kinds[kind].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} runs over the edge"
        assert page.locator("h1").count() == 1, kind
        assert told == [], kind
    page.close()
    assert asked
    assert [address for address in asked if not address.startswith(unquote(built.as_uri()))] == []


def test_a_reader_clicks_from_the_front_page_to_a_day(browser: Any, built: Path) -> None:
    page = browser.new_page()
    page.goto((built / "index.html").as_uri())

    def follow(links: str, part: str) -> None:
        link = page.locator(f"{links} a[href*='{part}']").first
        assert link.count(), f"no link to {part} on {page.url}"
        link.click()
        assert Path(unquote(page.url.removeprefix("file://").partition("#")[0])).is_file(), page.url

    follow("header nav", "timeline/")
    assert page.locator("h1").inner_text().strip().lower().startswith("timeline")
    follow("main", "articles/")
    assert "/articles/" in page.url
    follow("main", "actors/")
    assert "/actors/" in page.url
    follow("main", "dates/")
    assert "/dates/" in page.url
    page.close()


def test_every_picture_is_on_its_page(browser: Any, kinds: dict[str, Path]) -> None:
    page = browser.new_page()
    pictures = {
        "home": ".bars", "timeline": ".bars", "actor": ".bars", "together": ".matrix", "year": ".year-grid svg",
        "article of a story": ".map", "about": ".lag svg",
    }  # fmt: skip
    for kind, picture in pictures.items():
        page.goto(kinds[kind].as_uri())
        box = page.locator(picture).first.bounding_box()
        assert box and box["width"] > 40 and box["height"] > 10, kind
    page.close()


def test_the_site_reads_without_script(browser: Any, kinds: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(kinds["article"].as_uri())
    assert page.locator("main p").first.is_visible()
    context.close()


@pytest.mark.skipif(
    not (AXE.is_file() or os.environ.get("CI")), reason="axe-core is not installed: npm install --prefix .ci axe-core"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("site", ["kinds", "mirrored_kinds"])
def test_no_page_has_a_barrier_that_axe_finds(
    browser: Any, request: pytest.FixtureRequest, site: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    faults = {}
    for kind, file in request.getfixturevalue(site).items():
        if kind == "not found":  # its links begin at the root of the host, as do its styles
            page.set_content(
                file.read_text(encoding="utf-8").replace('href="https://example.org/moscow-talks/', 'href="')
            )
            page.add_style_tag(path=file.parent / "static" / "style.css")
        else:
            page.goto(file.as_uri())
        # What is folded away must be without barriers too.
        page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
        page.add_script_tag(path=AXE)
        if found := page.evaluate(FAULTS):
            faults[kind] = found
    context.close()
    assert faults == {}
