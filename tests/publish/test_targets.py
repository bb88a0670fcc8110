"""The table of targets: which scheme means what, and what is said about one that means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen import publish
from archivegen.errors import PublishError


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("ftp://bucket", "git:, git+file:"),
        ("gti:gh-pages", "did you mean `git:`?"),
        ("https://host.example/me/repo.git", "git+https:"),
        ("git@host.example:me/repo.git", "git+ssh://git@host.example/me/repo.git#gh-pages"),
        ("", "to: ../public"),
        ("git+https:host.example/repo", "git+https://host.example"),
        ("file://elsewhere/public", "file:///path"),
    ],
)
def test_a_target_that_means_nothing_names_what_does(archive: Path, to: str, says: str) -> None:
    with pytest.raises(PublishError) as caught:
        publish.plan(archive / "site", to, {}, archive)
    assert says in caught.value.hint


@pytest.mark.parametrize("to", ["../public", "file:../public", "FILE:../public"])
def test_a_folder_may_be_written_with_and_without_its_scheme(archive: Path, to: str) -> None:
    assert publish.plan(archive / "site", to, {}, archive).target == f"folder {archive.parent / 'public'}"


def test_a_folder_may_be_a_file_url(archive: Path) -> None:
    target = archive.parent / "my public"
    assert publish.plan(archive / "site", target.as_uri(), {}, archive).target == f"folder {target}"


def test_a_misspelt_option_is_refused_with_the_nearest(archive: Path) -> None:
    with pytest.raises(PublishError) as caught:
        publish.plan(archive / "site", "git:gh-pages", {"pusch": "true"}, archive)
    assert caught.value.hint == "did you mean `push`?"


def test_without_a_finished_site_there_is_nothing_to_publish(archive: Path) -> None:
    (archive / "site" / "index.html").unlink()
    with pytest.raises(PublishError, match="no finished site") as caught:
        publish.plan(archive / "site", "../public", {}, archive)
    assert caught.value.hint == "make it first: archivegen build"
