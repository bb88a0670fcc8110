"""In a real browser: nothing runs over the edge of a telephone, and what is pressed is big enough (WCAG 2.2, 2.5.8)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archivegen import urls

STATIC = Path(__file__).parents[2] / "static"
LONG = "Rechtsschutzversicherungsgesellschaftsangestellter" * 3 + " <b> أمينة أوكافور & more words"
# Links in running text are exempt; what stands alone is not.
SMALL = """() => [...document.querySelectorAll('a, summary')]
    .filter(a => !a.closest('p, dd, svg, .body, .skip') && a.getClientRects().length)
    .filter(a => a.getBoundingClientRect().height < 24 || a.getBoundingClientRect().width < 24)
    .map(a => a.outerHTML)"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("text", ["", LONG], ids=["plain", "long"])
def test_pages_fit_and_can_be_pressed(browser, sample, open_theme, tmp_path: Path, width: int, text: str) -> None:
    made_up = sample(text)
    shutil.copytree(STATIC, tmp_path / "static")
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path, html in made_up.draw(open_theme(made_up)).items():
        if path == "404.html" or "http-equiv" in html:  # its links need a host; that one leads on at once
            continue
        file = tmp_path / urls.file_of(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(SMALL) == [], path
    page.close()
    assert all(address.startswith(tmp_path.as_uri()) for address in asked)
