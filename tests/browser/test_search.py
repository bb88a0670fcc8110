"""The search page in a real browser: by word, by choice, by keyboard, at a sub-path, from a disk, without script."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from archivegen.build import build
from archivegen.config import load_config
from archivegen.store import search as store_search

pytestmark = pytest.mark.browser
PROJECT = Path(__file__).parents[2]
AXE = PROJECT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """async () => (await axe.run(document, {runOnly:
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(
    v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')}`)"""
STRICT = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
MORE = {
    "hostile.md": '---\ntitle: \'<img src=x onerror="document.title=1"> </script> "x" & <b>bold</b>\'\n'
    "published: 2018-09-03\nsource: '<i>Outlet</i> \"one\"'\n---\n\nA quagga said <script>document.title = 2</script> "
    "and <mark>quaggas</mark> &lt;b&gt; on 2018-09-01.\n",
    "german.md": "---\ntitle: Verhandlungen im Zirkuszelt\npublished: 2018-09-04\nlanguage: de\n---\n\n"
    "Die Verhandlungen dauerten lange. Der Zirkus blieb in der Stadt.\n",
    "undated.md": "---\ntitle: Quaggas without a date\n---\n\nNobody knows when the quagga was seen.\n",
    "early.md": "---\ntitle: An early quagga\npublished: 1999-03\n---\n\nThe quagga came first.\n",
    **{
        f"kiwi-{n}.md": f"---\ntitle: Kiwi {n:02}\npublished: 2017-{n:02}-01\n---\n\nThe kiwi ran.\n"
        for n in range(1, 13)
    },
    "gone.md": "---\ntitle: Gone\npublished: 2018-08-22\nstatus: withdrawn\nnotice: Not so.\n---\n\nAn okapi spoke.\n",
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a strict policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_site(root: Path) -> Path:
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    shutil.copy(PROJECT / "actors.yaml", root)
    shutil.copy(PROJECT / "site.yaml", root)
    for name, text in MORE.items():
        (root / "seeds" / name).write_text(text, encoding="utf-8")
    build(load_config(root))
    return root / "site"


@pytest.fixture(scope="module", params=["whole", "in parts"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample's search page, below a host's root; its index is one, or many."""
    root = tmp_path_factory.mktemp("host")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "in parts":
            patch.setattr(store_search, "SIZES", (6,))
        site = make_site(root)
    folder = root / "host" / "sub" / "path"
    folder.parent.mkdir(parents=True)
    shutil.copytree(site, folder)
    assert len(list((folder / "search" / "pagefind").glob("*/languages.json"))) > (request.param == "in parts") * 3
    with serve(root / "host") as host:
        yield f"{host}/sub/path/search/index.html"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that must not complain, and ask for nothing but what is of the site."""
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert told == []
    assert [url for url in asked if not url.startswith(address.removesuffix("search/index.html"))] == []


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".hits .headline").all_inner_texts()]


def settled(page: Any) -> list[str]:
    """What is found, once the page is done with it."""
    page.locator(".hits:not([aria-busy])").wait_for(state="attached")
    return titles(page)


def ask(page: Any, words: str, **choices: str) -> list[str]:
    page.get_by_label("Words to look for").fill(words)
    for name, value in choices.items():
        page.locator(f"select[name={name}]").select_option(value)
    return settled(page)


def test_a_word_finds_articles_and_leads_to_them(page: Any, address: str) -> None:
    page.goto(address)
    found = ask(page, "quagga")
    assert {"An early quagga", "Quaggas without a date"} <= set(found), "stems: quagga, quaggas"
    assert page.get_by_role("status").inner_text() == f"{len(found)} results"
    assert "quagga" in page.locator(".hits mark").first.inner_text().lower()
    page.get_by_role("link", name="An early quagga").click()
    page.wait_for_url("**/articles/an-early-quagga/index.html")
    assert page.locator("h1").inner_text() == "An early quagga"


def test_each_language_is_searched_by_its_own_rules(page: Any, address: str) -> None:
    page.goto(address)
    assert "Verhandlungen im Zirkuszelt" in ask(page, "Verhandlung")


def test_an_actor_narrows_what_is_found(page: Any, address: str) -> None:
    page.goto(address)
    before = ask(page, "talks", kind="article")
    button = page.locator(".naming button", has_text="Taliban").first
    button.focus()
    page.keyboard.press("Space")
    after = settled(page)
    assert page.locator(".naming [aria-pressed=true]").inner_text() == "Taliban"
    assert page.evaluate("document.activeElement.dataset.name") == "Taliban", "the focus stays"
    assert after and set(after) <= set(before) and "actor=Taliban" in page.url
    page.reload()
    assert settled(page) == after, "the address says what was asked"


def test_kinds_years_and_order(page: Any, address: str) -> None:
    page.goto(address)
    assert ask(page, "quagga", kind="article", sort="oldest")[0] == "An early quagga"
    assert ask(page, "quagga", sort="oldest")[-1] == "Quaggas without a date"
    newest = ask(page, "quagga", sort="newest")
    assert newest[-1] == "Quaggas without a date" and newest[-2] == "An early quagga"
    assert ask(page, "quagga", year="1999") == ["An early quagga"]
    assert ask(page, "", year="", kind="day", sort="oldest")[0] != ""
    assert all(re.search(r"\d{4}$", title) for title in titles(page)), "only days"


def test_nothing_found_is_said_and_leads_on(page: Any, address: str) -> None:
    page.goto(address)
    assert ask(page, "okapi") == [], "what was withdrawn is not found"
    assert page.get_by_role("status").inner_text() == "Nothing was found."
    assert page.get_by_role("button", name="Actors").is_visible()


def test_with_the_keyboard_alone(page: Any, address: str) -> None:
    page.goto(address.replace("search/index.html", "index.html"))
    page.get_by_label("Search the archive").focus()
    page.keyboard.type("Moscow")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=Moscow")
    page.locator(".hits li").nth(2).wait_for()
    page.get_by_label("Words to look for").focus()
    focused = "document.activeElement.textContent"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles(page)[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles(page)[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert page.get_by_label("Words to look for").input_value() == "" and settled(page) == []
    page.keyboard.type("Moscow")
    assert settled(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(articles|actors|dates)/"))


def test_hostile_words_stay_words(page: Any, address: str) -> None:
    page.goto(address)
    ask(page, "quaggas bold")
    ask(page, "quagga", sort="newest")
    found = titles(page)
    assert any("<img src=x onerror" in title and "<b>bold</b>" in title for title in found)
    assert page.locator(".hits img, .hits b, .hits script, .hits i").count() == 0
    assert page.title().startswith("Search")
    assert page.locator(".hits .excerpt", has_text="<script>").count() >= 1, "the article and the day"
    page.locator("select[name=outlet]").select_option(label='<i>Outlet</i> "one"')
    assert len(settled(page)) == 1


def test_more_results_on_demand(page: Any, address: str) -> None:
    page.goto(address)
    first = ask(page, "kiwi", kind="article", sort="oldest")
    assert first == [f"Kiwi {number:02}" for number in range(1, 11)]
    page.get_by_role("button", name="More results").click()
    page.locator(".hits li").nth(10).wait_for()
    assert titles(page) == [*first, "Kiwi 11", "Kiwi 12"]
    assert page.evaluate("document.activeElement.textContent") == "Kiwi 11"
    assert not page.get_by_role("button", name="More results").is_visible()


@pytest.mark.skipif(
    not (AXE.is_file() or os.environ.get("CI")), reason="axe-core is not installed: npm install --prefix .ci axe-core"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Any, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{address}?q=talks")
    page.locator(".hits li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.add_script_tag(path=AXE)
    faults = page.evaluate(FAULTS)
    page.goto(f"{address}?q=okapi")
    page.get_by_text("Nothing was found").wait_for()
    page.add_script_tag(path=AXE)
    faults += page.evaluate(FAULTS)
    context.close()
    assert faults == []


def test_from_a_disk_it_says_why_not(browser: Any, built: Path) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{(built / 'search' / 'index.html').as_uri()}?q=Moscow")
    assert page.get_by_text("Opened from a disk").is_visible()
    assert not page.get_by_label("Words to look for").is_visible()
    page.get_by_role("button", name="Actors").click()
    assert unquote(page.url).startswith((built / "actors" / "index.html").as_uri())
    page.close()
    assert told == []


def test_without_script_a_form_leads_to_the_lists(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, part in (("Actors", "actors"), ("Timeline", "timeline"), ("Dates", "dates"), ("Outlets", "outlets")):
        page.goto(f"{address}?q=Moscow")
        assert page.locator("noscript p").is_visible() and not page.locator("#q").is_visible()
        page.get_by_role("button", name=name).click()
        assert f"/sub/path/{part}/index.html" in page.url and page.locator("h1").is_visible()
    context.close()
