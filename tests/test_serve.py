"""The preview without a browser: what it answers, what it watches, and that no fault in an input ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivegen.build import build
from archivegen.serve import Preview, _InputWatcher

if TYPE_CHECKING:
    from archivegen.config import Config
    from archivegen.summary import Summary
    from conftest import Site

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def preview(site: Site, told: list[str]) -> Preview:
    preview = Preview(site.root, 1, told.append)
    preview.rebuild()
    return preview


@pytest.fixture
def ask(preview: Preview) -> Ask:
    """Request a path; return the status and the text."""

    def request(path: str, query: str = "") -> tuple[int, str]:
        statuses: list[str] = []
        environ = {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query}
        data = b"".join(preview.application(environ, lambda status, headers: statuses.append(status)))
        return int(statuses[0][:3]), data.decode("utf-8", "replace")

    return request


def test_pages_folders_and_styles_are_served(ask: Ask) -> None:
    for path in ("/", "/index.html", "/actors/", "/actors", "/static/style.css", "/feed.xml"):
        assert ask(path)[0] == 200, path
    status, page = ask("/nowhere/")
    assert (status, "Talks" in page) == (404, True)


@pytest.mark.parametrize(
    "path", ["/../site.yaml", "/..%2fsite.yaml", "//etc/passwd", "/static/../../site.yaml", "/a\0b"]
)
def test_nothing_outside_the_site_is_served(ask: Ask, path: str) -> None:
    status, page = ask(path)
    assert status == 404
    assert "title: Talks" not in page


def test_wrong_settings_show_in_both_places_and_mended_ones_bring_the_pages_back(
    site: Site, preview: Preview, ask: Ask, told: list[str]
) -> None:
    site.write("site.yaml", "titel: <b>Talks</b>\n")
    preview.rebuild()
    status, page = ask("/")
    assert status == 500
    assert "site.yaml:1: error: unknown key `titel` (did you mean `title`?)" in page
    assert "did you mean `title`?" in told[-1]
    assert ask("/static/style.css")[0] == 200
    site.write("site.yaml", "title: Talks again\n")
    preview.rebuild()
    assert "Talks again" in ask("/")[1]


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("templates/home.html", "{% if %}", "templates/home.html:1: "),
        ("actors.yaml", "actors: [x", "actors.yaml:1: error: "),
        ("seeds/b.md", "---\ntitle: <script>x</script>\n", "seeds/b.md:1: error: front matter begins here"),
    ],
)
def test_a_fault_in_any_input_shows_and_the_preview_lives_on(
    site: Site, preview: Preview, ask: Ask, path: str, text: str, words: str
) -> None:
    file = site.write(path, text)
    preview.rebuild()
    status, page = ask("/")
    assert (status, words in page) == (500, True)
    assert "<script>x" not in page
    file.unlink()
    preview.rebuild()
    assert ask("/")[0] == 200


def test_a_fault_of_the_program_itself_does_not_end_it(
    preview: Preview, ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("archivegen.serve.build", lambda *_, **__: 1 / 0)
        preview.rebuild()
    assert "ZeroDivisionError" in ask("/")[1]
    assert "ZeroDivisionError" in caplog.text
    preview.rebuild()
    assert ask("/")[0] == 200


def test_the_worklist_is_a_page_of_the_preview_only(site: Site, preview: Preview, ask: Ask) -> None:
    site.write("seeds/b.md", "---\ntitle: No date\nsource: <i>x</i>\n---\n\nText.\n")
    preview.rebuild()
    status, page = ask("/review/")
    assert status == 200
    assert "seeds/b.md" in page
    assert "no publication date is stated" in page
    assert not [path for path in site.files() if "review" in path]


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "seeds" / "b.txt").write_text("new"),
        lambda root: (root / "seeds" / "talks.txt").unlink(),
        lambda root: (root / "seeds" / "talks.txt").rename(root / "seeds" / "z.txt"),
        lambda root: (root / "actors.yaml").write_text(""),
        lambda root: (root / "site.yaml").write_text("title: T"),
        lambda root: ((root / "records").mkdir(), (root / "records" / "a.md").write_text("x")),
        lambda root: ((root / "templates").mkdir(), (root / "templates" / "home.html").write_text("x")),
        lambda root: ((root / "static").mkdir(), (root / "static" / "x.css").write_text("x")),
    ],
    ids=["add", "remove", "rename", "names", "settings", "record", "template", "style"],
)
def test_every_input_is_watched(site: Site, preview: Preview, change: Callable[[Path], object]) -> None:
    before = preview.inputs()
    change(site.root)
    assert preview.inputs() != before


def test_what_is_edited_while_a_build_runs_is_built(
    site: Site, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = Preview(site.root, 1, told.append)

    def build_and_edit(config: Config, *, jobs: int) -> Summary:
        summary = build(config, jobs=jobs)
        site.write("seeds/meanwhile.md", "---\ntitle: Meanwhile\npublished: 2018-09-05\n---\nIt went on.\n")
        return summary

    monkeypatch.setattr("archivegen.serve.build", build_and_edit)
    preview.rebuild()
    monkeypatch.undo()
    watcher = _InputWatcher(preview)
    assert watcher.examine() != (None, None)
    assert (site.root / "site/articles/meanwhile/index.html").is_file()
    assert watcher.examine() == (None, None)


def test_a_worklist_that_cannot_be_made_says_why(site: Site, preview: Preview, ask: Ask) -> None:
    (site.root / "seeds").rename(site.root / "elsewhere")
    status, page = ask("/review/")
    assert (status, "there is no folder of seeds" in page) == (500, True)


def test_what_the_build_writes_is_not_watched(site: Site, preview: Preview) -> None:
    before = preview.inputs()
    site.built("--clean")
    assert preview.inputs() == before


def test_a_port_in_use_is_told_of(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = site.run("serve", "--port", str(port))
    assert ran.code == 2
    assert f"port {port} cannot be used: " in ran.err
    assert f"try: --port {port + 1}" in ran.err


def test_settings_that_are_broken_from_the_start_are_mended_in_the_preview(site: Site, told: list[str]) -> None:
    site.write("site.yaml", "tite: Talks\n")
    preview = Preview(site.root, 1, told.append)
    preview.rebuild()
    assert "did you mean `title`?" in told[-1]
    assert list(preview.inputs()) == [str(site.root / "site.yaml")]
    site.write("site.yaml", "title: Talks\n")
    preview.rebuild()
    assert told[-1].startswith("Built: ")
