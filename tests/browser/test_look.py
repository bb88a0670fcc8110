"""How the pages behave under the hand: keyboard, filter, steadiness, weight, right to left, a reader's own colours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest

pytestmark = pytest.mark.browser
VNU = Path(__file__).parents[2] / ".ci" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# What has the focus: its words, whether it can be seen, and whether the eye is led to it.
FOCUSED = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
    return here === document.body ? null : {
        tag: here.tagName, text: here.textContent.trim(), href: here.getAttribute('href'),
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    } }"""
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 120) })"""

OWN_TEXT = "//h1 | //*[@class='body'] | //*[@class='removed']//td"


def walk(page: Any, most: int = 400) -> list[dict[str, Any]]:
    """Press Tab from the top until the page's end; return what had the focus."""
    out = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if (found := page.evaluate(FOCUSED)) is None:
            return out
        out.append(found)
    return out


@pytest.mark.parametrize("kind", ["home", "timeline of a year", "actor", "together", "year", "article"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Any, kinds: dict[str, Path], kind: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(kinds[kind].as_uri())
    found = walk(page)
    assert [one for one in found if not one["seen"]] == []
    assert [one for one in found if not one["marked"]] == []
    assert found[0]["text"] == "Skip to the content"
    told = {one["href"] for one in found}
    links = "[...document.querySelectorAll('a[href]')].filter(a => !a.closest('svg') && a.checkVisibility())"
    assert set(page.evaluate(f"{links}.map(a => a.getAttribute('href'))")) <= told
    page.close()


def test_the_way_to_an_article_without_a_mouse(browser: Any, kinds: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(kinds["home"].as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.locator("header nav a", has_text="Timeline").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/index.html")
    page.locator(".chronology .from").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    assert page.evaluate("document.querySelector(':target') !== null"), "it leads to the sentence"
    page.close()


def test_the_timeline_is_narrowed_at_once(browser: Any, kinds: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(kinds["timeline"].as_uri())
    entries = page.locator(".chronology dd")
    whole = entries.count()
    button = page.locator(".filter button", has_text="Russia")
    number = int(button.locator("xpath=../*[@class='n']").inner_text())
    assert 0 < number < whole
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(".chronology dd:visible").count() == number
    assert page.locator(".chronology dt:visible").count() <= number, "no date stands alone"
    assert page.get_by_role("status").inner_text() == f"Shown: {number} of {whole}"
    page.locator(".filter button", has_text="planned").click()
    shown = page.locator(".chronology dd:visible")
    assert 0 < shown.count() < number, "both must be so"
    assert all("planned" in one and "Russia" in one for one in shown.all_inner_texts())
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".chronology dd:visible").count() == whole
    page.close()


def test_without_script_the_filter_is_links_to_pages(browser: Any, kinds: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    file = kinds["timeline of a year"]
    page.goto(file.as_uri())
    links = page.locator(".filter a")
    assert links.count() > 3 and page.locator(".filter button:visible").count() == 0
    for link in links.all():
        target = (file.parent / (link.get_attribute("href") or "").partition("#")[0]).resolve()
        assert target.is_file()
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_while_a_page_loads(browser: Any, kinds: dict[str, Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    moved = {}
    for kind, file in kinds.items():
        if kind != "not found":
            page.goto(file.as_uri())
            moved[kind] = page.evaluate(SHIFTS)
    page.close()
    assert {kind: sum_ for kind, sum_ in moved.items() if sum_ > 0.01} == {}


# As a catalogue in such a language does: none is shipped yet, so the frame of a Persian archive is English.
MIRROR = "document.documentElement.dir = 'rtl'"


@pytest.mark.parametrize("width", [320, 768, 1280, 2560])
def test_a_site_from_right_to_left_is_whole(browser: Any, mirrored_kinds: dict[str, Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for kind, file in mirrored_kinds.items():
        if kind != "not found":
            page.goto(file.as_uri())
            page.evaluate(MIRROR)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} runs over the edge"
            assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
            # To the left there is no way to scroll: what stands there is lost.
            lost = "e => e.getBoundingClientRect().left < 0"
            assert not page.evaluate(f"[...document.querySelectorAll('h1, .statement, .headline')].some({lost})"), kind
    page.close()


def test_dates_stand_in_the_margin_of_their_side(
    browser: Any, kinds: dict[str, Path], mirrored_kinds: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    where = """() => { const box = e => document.querySelector(e).getBoundingClientRect();
        return [box('.margin-date').left, box('.body > p').left] }"""
    page.goto(kinds["article"].as_uri())
    date, text = page.evaluate(where)
    assert date < text
    page.goto(mirrored_kinds["article"].as_uri())
    page.evaluate(MIRROR)
    date, text = page.evaluate(where)
    assert date > text
    page.close()


def test_the_readers_own_colours_keep_pictures_visible(browser: Any, kinds: dict[str, Path]) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    drawn = "e => getComputedStyle(document.querySelector(e)).fill"
    page.goto(kinds["timeline of a year"].as_uri())
    assert page.evaluate(drawn, ".bars rect:not(.room)") == page.evaluate("getComputedStyle(document.body).color")
    page.goto(kinds["together"].as_uri())
    assert page.evaluate(drawn, ".matrix rect") == page.evaluate("getComputedStyle(document.body).color")
    context.close()


def test_nothing_moves_by_itself(built: Path) -> None:
    for style in (built / "static").glob("*.css"):
        assert not re.search(r"\b(animation|transition|scroll-behavior)\s*:", style.read_text(encoding="utf-8"))


def test_print_leaves_out_what_only_a_screen_needs(browser: Any, kinds: dict[str, Path]) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(kinds["timeline of a year"].as_uri())
    assert page.locator(".ways, .filter, .pages, .skip").locator("visible=true").count() == 0
    assert page.locator(".chronology dd:visible").count() > 5
    page.close()


def test_an_article_is_light(built: Path) -> None:
    """At most 25 KB of HTML and CSS before compression, plus its text."""
    heavy = {}
    for file in (built / "articles").glob("*/index.html"):
        html = file.read_bytes()
        styles = [file.parent / href for href in re.findall(r'rel="stylesheet" href="([^"]+)"', html.decode())]
        tree = lxml.html.fromstring(html)
        own = "".join("".join(part.itertext()) for part in tree.xpath(OWN_TEXT))
        size = len(html) + sum(style.stat().st_size for style in styles) - len(own.encode())
        if size > 25 * 1024:
            heavy[file.parent.name] = size
    assert heavy == {}


@pytest.mark.skipif(
    not ((VNU.is_file() and shutil.which("java")) or os.environ.get("CI")),
    reason="the Nu HTML checker is not installed: npm install --prefix .ci vnu-jar, and Java",
)
def test_the_nu_html_checker_finds_no_fault(built: Path, mirrored: Path) -> None:
    command = ["java", "-jar", str(VNU), "--errors-only", "--skip-non-html", str(built), str(mirrored)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert told.stderr.strip() == "" and told.returncode == 0
