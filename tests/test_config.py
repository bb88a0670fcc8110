"""site.yaml: what each kind of value becomes. Its faults are in tests/invalid/."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.authority import load_authority
from archivegen.config import FEEDS, Config, Detect, Engine, load_config
from archivegen.errors import ConfigError


def load(root: Path, text: str) -> Config:
    (root / "site.yaml").write_text(text, encoding="utf-8")
    return load_config(root)


def fault(root: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(root, text)
    return "\n".join(map(str, caught.value.diagnostics))


def test_a_title_is_enough(tmp_path: Path) -> None:
    config = load(tmp_path, "title: Talks")
    assert (config.title, config.language, config.page_size, config.feeds) == ("Talks", "en", 100, FEEDS)
    assert (config.detect, config.engine, config.publish) == (Detect(), Engine(), ())
    assert config.seeds == tmp_path / "seeds"
    assert config.work == tmp_path / ".archivegen"


def test_paths_are_seen_from_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, f"title: T\nseeds: ../clips\noutput: {tmp_path / 'elsewhere'}\n")
    assert config.seeds.resolve() == (tmp_path.parent / "clips").resolve()
    assert config.output == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("word", "truth"), [("true", True), ("Yes", True), ("on", True), ("NO", False), ("false", False)]
)
def test_yes_and_no_in_every_spelling(tmp_path: Path, word: str, truth: bool) -> None:
    assert load(tmp_path, f"title: T\ndetect: {{dates: {word}}}\n").detect.dates is truth


@pytest.mark.parametrize("title", ["NO", "1984", "null island", "~", "2018-08-21"])
def test_a_title_stays_the_words_it_is(tmp_path: Path, title: str) -> None:
    assert load(tmp_path, f"title: '{title}'").title == title


def test_targets_short_and_long(tmp_path: Path) -> None:
    web, pages = load(
        tmp_path, "title: T\npublish:\n  web: ../public\n  pages: {to: 'git:gh-pages', push: true}\n"
    ).publish
    assert (web.name, web.to, dict(web.options), web.line) == ("web", "../public", {}, 3)
    assert (pages.to, dict(pages.options)) == ("git:gh-pages", {"push": "true"})


@pytest.mark.parametrize("url", ["https://example.org/a/", "http://localhost:8000", "HTTPS://EXAMPLE.ORG", ""])
def test_addresses(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, f"title: T\nurl: '{url}'").url == url


@pytest.mark.parametrize("url", ["example.org", "ftp://x", "https://", "/a", "https://a b", "javascript:alert(1)"])
def test_what_is_no_address(tmp_path: Path, url: str) -> None:
    assert fault(tmp_path, f"title: T\nurl: '{url}'").startswith("site.yaml:2: error: `url` is ")


def test_a_file_with_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("\ufefftitle: Gespräche\r\nlanguage: de\r\n".encode())
    assert load_config(tmp_path).title == "Gespräche"


@pytest.mark.parametrize("name", ["site.yaml", "actors.yaml"])
def test_a_file_that_is_not_utf8_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xef\xbb\xbftitle: A\n# Gespr\xe4che\n")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path) if name == "site.yaml" else load_authority(tmp_path / name)
    assert str(caught.value.diagnostics[0]).startswith(f"{name}:2: error: is not saved as UTF-8 (save it again")


def test_the_file_itself_may_be_named_in_place_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: A\n")
    assert load_config(tmp_path / "site.yaml") == load_config(tmp_path)


def test_home_is_where_it_is_everywhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "site.yaml").write_text("title: A\noutput: ~/public\n")
    assert load_config(tmp_path).output == tmp_path / "home" / "public"


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
def test_a_link_does_not_hide_that_output_is_seeds(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "seeds")
    assert "are the same folder" in fault(tmp_path, "title: T\n")
