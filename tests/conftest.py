"""What the tests share: a site in a folder of its own, and the program run on it as its user does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from archivegen.cli import main

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (  # a browser that speaks to nobody but the page under test
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PROJECT = Path(__file__).parents[1]
STORY = """Talks in Moscow delayed again

By Jane Roe
The Oxus Daily, 21 August 2018

Russia has put off the talks on Afghanistan that were set for 4 September 2018, the foreign ministry said on Monday.
The Taliban had agreed to come, but the government in Kabul said it would stay away from the meeting in Moscow.

Sergey Lavrov, the foreign minister, told reporters that a new date would be found in the coming weeks.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden site anew from what is built now")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left: its exit code and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Site:
    """An archive in a folder of its own."""

    root: Path
    program: Callable[..., Ran] = field(repr=False)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write an input file; its folders are made."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def run(self, command: str, *arguments: str) -> Ran:
        """Run a command on this site."""
        return self.program(command, "--site", str(self.root), *arguments)

    def built(self, *arguments: str) -> dict[str, bytes]:
        """Build, which must go well, and return every file of the site."""
        ran = self.run("build", *arguments)
        assert ran.code == 0, ran.err
        return self.files()

    def files(self) -> dict[str, bytes]:
        """Every file of the built site, its manifest too."""
        site = self.root / "site"
        return {f.relative_to(site).as_posix(): f.read_bytes() for f in sorted(site.rglob("*")) if f.is_file()}

    def page(self, path: str) -> str:
        """The text of one built page."""
        return (self.root / "site" / path).read_text(encoding="utf-8")


@pytest.fixture
def program(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run archivegen with these arguments, in this process."""

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        try:
            code = main(arguments)
        except SystemExit as end:  # how argparse says that the words are wrong
            code = int(end.code or 0)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def empty_site(tmp_path: Path, program: Callable[..., Ran]) -> Site:
    """An archive with settings and no article."""
    site = Site(tmp_path / "archive", program)
    site.write("site.yaml", "title: Talks\n")
    (site.root / "seeds").mkdir()
    return site


@pytest.fixture
def site(empty_site: Site) -> Site:
    """An archive of one article."""
    empty_site.write("seeds/talks.txt", STORY)
    return empty_site


@pytest.fixture
def sample(tmp_path: Path, program: Callable[..., Ran]) -> Site:
    """A copy of the project's sample archive."""
    sample = Site(tmp_path / "sample", program)
    for name in ("site.yaml", "actors.yaml"):
        sample.write(name, (PROJECT / name).read_bytes())
    for seed in (PROJECT / "seeds").iterdir():
        sample.write(f"seeds/{seed.name}", seed.read_bytes())
    return sample


@pytest.fixture
def store() -> Iterator[Any]:
    """fsspec's object store in memory, empty."""
    from fsspec.implementations.memory import MemoryFileSystem  # noqa: PLC0415  # few tests need it

    MemoryFileSystem.store.clear()
    yield MemoryFileSystem(skip_instance_cache=True)
    MemoryFileSystem.store.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium. Without one the tests that need it are skipped; in CI they fail."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # a user may test without it
    except ImportError:
        _without("playwright is not installed")
    if not CHROMIUM:
        _without("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def _without(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and in CI no test is skipped for that")
    pytest.skip(reason)
