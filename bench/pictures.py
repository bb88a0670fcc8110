"""Take the pictures that the README shows, of the sample archive: python bench/pictures.py (needs Chromium)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from archivegen.build import build
from archivegen.config import load_config

ROOT = Path(__file__).parents[1]
TO = ROOT / "docs" / "pictures"
MOST = 150_000  # bytes
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# File, page, width, height, scheme, and what to scroll to, if anything.
PICTURES = (
    ("home", "index.html", 1200, 760, "light", ""),
    ("article", "articles/karzai-among-afghan-leaders-preparing-for-moscow-meeting/", 1120, 700, "light", ""),
    ("timeline", "timeline/", 1200, 760, "light", ""),
    ("together", "actors/together/", 1200, 760, "light", ""),
    ("year", "dates/2018/", 1200, 760, "light", ""),
    ("dark", "actors/taliban/", 1200, 760, "dark", ""),
)


def main() -> int:
    """Build the sample in a folder of its own and photograph it; return 1 if a picture is too large."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("site.yaml", "actors.yaml"):
            shutil.copy(ROOT / name, root)
        shutil.copytree(ROOT / "seeds", root / "seeds")
        build(load_config(root))
        take(root / "site")
    large = [file for file in TO.glob("*.png") if file.stat().st_size > MOST]
    for file in large:
        print(f"{file.name} has {file.stat().st_size:,} bytes; at most {MOST:,}")
    return 1 if large else 0


def take(site: Path) -> None:
    """Write a PNG of each page."""
    TO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, path, width, height, scheme, to in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            file = site / path
            page.goto((file / "index.html" if file.is_dir() else file).as_uri())
            if to:
                page.locator(to).scroll_into_view_if_needed()
            page.screenshot(path=str(TO / f"{name}.png"))
            page.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
