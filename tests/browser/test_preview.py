"""`archivegen serve` with a browser open on it: what is edited shows by itself, and so does what is wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Site

pytestmark = pytest.mark.browser
SOON = 15_000  # milliseconds: a busy machine is slow


@pytest.fixture
def address(sample: Site) -> Iterator[str]:
    """The address of a preview of the sample that is running."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "archivegen", "serve", "--site", str(sample.root), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert "Traceback" not in told, told


def test_an_edit_shows_by_itself_and_a_fault_does_too(browser: Any, sample: Site, address: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(SOON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    settings = (sample.root / "site.yaml").read_text(encoding="utf-8")

    page.wait_for_timeout(500)  # the browser's line to the server must be open before the first edit
    sample.write("seeds/news.md", "---\ntitle: Lavrov flies to Doha\npublished: 2018-12-01\n---\n\nHe flew to Doha.\n")
    page.get_by_text("Lavrov flies to Doha").first.wait_for()

    sample.write("site.yaml", settings.replace("description:", "descripton:"))
    page.get_by_text("unknown key `descripton` (did you mean `description`?)").wait_for()
    sample.write("site.yaml", settings)
    page.get_by_text("Lavrov flies to Doha").first.wait_for()

    page.goto(f"{address}review/")
    assert re.match(r"To settle: \d+", page.locator("h1").inner_text())
    page.close()
    assert all(url.startswith((address, address.replace("http", "ws"))) for url in asked)
    assert not (sample.root / "site" / "review").exists()
