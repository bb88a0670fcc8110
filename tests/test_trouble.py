"""Trouble on the machine: no permission, a full disk, Ctrl-C, a crash, two builds at once. Nothing good is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivegen.cli import main

if TYPE_CHECKING:
    from conftest import Site

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and users of POSIX")
PROGRAM = [sys.executable, "-m", "archivegen"]
ENOUGH = 100  # articles, so that a build takes long enough to be stopped in the middle


def start(site: Site, *arguments: str) -> subprocess.Popen[str]:
    command = [*PROGRAM, "build", "--site", str(site.root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def edit_all(site: Site, word: str) -> None:
    for number in range(ENOUGH):
        text = f"Talks number {number} {word}.\n\n" + f"It was said on 4 September 2018 that Russia {word} it.\n\n" * 4
        site.write(f"seeds/{number}.md", f"---\ntitle: Talks {number} {word}\npublished: 2018-08-21\n---\n\n{text}")


@pytest.fixture
def long_site(empty_site: Site) -> Site:
    edit_all(empty_site, "began")
    return empty_site


def store(site: Site) -> bytes:
    return (site.root / ".archivegen" / "archive.db").read_bytes()


def wait_for(phase: str, process: subprocess.Popen[str], site: Site) -> None:
    """Wait until a build reads, writes its pages aside, or moves them in; or until it is done."""
    journal = site.root / ".archivegen" / "archive.db-journal"
    staging, manifest = site.root / ".site-new", site.root / "site" / ".archivegen-manifest"
    begun = {
        "reading": journal.exists,
        "writing": lambda: sum(name.endswith(".html") for *_, names in os.walk(staging) for name in names) > 20,
        "moving": lambda: re.search(rb"^- ", manifest.read_bytes(), re.MULTILINE),
    }[phase]
    while process.poll() is None and not begun():
        time.sleep(0.001)


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("phase", ["reading", "writing"])
def test_ctrl_c_leaves_the_last_good_site_and_a_whole_store(long_site: Site, jobs: str, phase: str) -> None:
    site, before = long_site.built(), store(long_site)
    edit_all(long_site, "ended")
    process = start(long_site, "--jobs", jobs)
    wait_for(phase, process, long_site)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the workers too
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.strip() == "Stopped. The site is as it was before; the next build goes on from here."
    assert long_site.files() == site
    assert not (long_site.root / ".site-new").exists()
    if phase == "reading":
        assert store(long_site) == before
    ended = long_site.built()
    assert ended != site
    assert ended == long_site.built("--clean")


@POSIX
def test_ctrl_c_while_pages_move_in_waits_until_they_are_in(long_site: Site) -> None:
    long_site.built()
    edit_all(long_site, "ended")
    process = start(long_site)
    wait_for("moving", process, long_site)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    site = long_site.files()
    assert "0 written" in long_site.run("build").out
    assert long_site.built("--clean") == site


@POSIX
@pytest.mark.parametrize("phase", ["reading", "writing", "moving"])
def test_after_a_crash_the_next_build_repairs(long_site: Site, phase: str) -> None:
    long_site.built()
    edit_all(long_site, "ended")
    process = start(long_site)
    wait_for(phase, process, long_site)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    repaired = long_site.built()
    shutil.rmtree(long_site.root / "site")
    shutil.rmtree(long_site.root / ".archivegen")
    assert repaired == long_site.built()
    assert not (long_site.root / ".site-new").exists()


def test_a_crash_after_the_site_moved_in_is_seen_when_the_edit_is_taken_back(site: Site) -> None:
    before, old_store = site.built(), store(site)
    text = (site.root / "seeds" / "talks.txt").read_bytes()
    site.write("seeds/talks.txt", text.replace(b"delayed", b"renewed"))
    assert site.built() != before
    (site.root / ".archivegen" / "archive.db").write_bytes(old_store)  # what a crash before its commit leaves
    site.write("seeds/talks.txt", text)
    assert site.built() == before


def test_a_second_build_at_the_same_time_is_refused(site: Site) -> None:
    before = site.built()
    site.write("seeds/more.md", "---\ntitle: More\n---\n\nMore of the talks.\n")
    other = sqlite3.connect(site.root / ".archivegen" / "lock.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ran = site.run("build")
    other.close()
    assert (ran.code, ran.err) == (1, "error: another build of this archive is running\n  wait for it to end\n")
    assert site.files() == before
    assert "articles/more/index.html" in site.built()


def test_two_builds_at_once_leave_one_good_site(long_site: Site) -> None:
    both = [start(long_site), start(long_site)]
    told = [process.communicate(timeout=60)[1] for process in both]
    assert sorted(process.returncode for process in both) in ([0, 0], [0, 1]), told
    assert all("in archivegen itself" not in text for text in told)
    site = long_site.files()
    assert long_site.built("--clean") == site


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100, None])
def test_a_damaged_store_is_made_again(site: Site, damage: bytes | None) -> None:
    before = site.built()
    file = site.root / ".archivegen" / "archive.db"
    if damage is None:  # half of it overwritten
        data = bytearray(file.read_bytes())
        data[4096 : len(data) // 2] = b"\xaa" * (len(data) // 2 - 4096)
        damage = bytes(data)
    file.write_bytes(damage)
    ran = site.run("build")
    if ran.code:
        assert "is damaged" in ran.err
        assert "delete it: the next build makes it again" in ran.err
        file.unlink()
        ran = site.run("build")
    assert ran.code == 0, ran.err
    assert site.files() == before


def as_nobody(site: Site) -> int:
    """Build as a user who owns nothing, if we may become one; else as ourselves."""
    # A fork, not a new process: that user may not even read the Python that runs this test.
    pid = os.fork()
    if pid == 0:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        os._exit(main(["build", "--site", str(site.root)]))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.fixture
def open_path(site: Site) -> Iterator[None]:
    """Let others pass through the folders above a site."""
    above = [folder for folder in site.root.parents if folder.stat().st_uid == os.getuid() and folder != Path("/")]
    for folder in above:  # and it stays so: tests that run beside this one are in the same folders
        folder.chmod(folder.stat().st_mode & 0o7777 | 0o055)


@POSIX
@pytest.mark.usefixtures("open_path")
@pytest.mark.parametrize("locked", [".archivegen", "site", "site/outlets", "seeds/talks.txt"])
def test_without_permission_it_says_where_and_loses_nothing(
    site: Site, locked: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = site.built()
    modes = {"seeds/talks.txt": 0o000}
    site.write("seeds/more.md", "---\ntitle: More\n---\n\nMore of the talks.\n")
    for path in (site.root, *site.root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    for path in [site.root / locked, *((site.root / locked).rglob("*") if locked == "site" else ())]:
        path.chmod(modes.get(locked, 0o555))
    try:
        capfd.readouterr()
        code, said = as_nobody(site), capfd.readouterr().err
    finally:
        for path in (site.root, *site.root.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
    told = {
        ".archivegen": "archive.db cannot be written: ",
        "site": f"you may not write to {site.root / 'site'}",
        "site/outlets": f"you may not write to {site.root / 'site/outlets'}",
        "seeds/talks.txt": "seeds/talks.txt: error: cannot be read: Permission denied",
    }[locked]
    assert code == 1, said
    assert told in said
    assert "in archivegen itself" not in said
    if locked != "seeds/talks.txt":
        assert site.files() == before
    after = site.built()
    assert after == site.built("--clean")
    assert {path for path in before if "pagefind" not in path} <= after.keys()  # its index is named by what it holds


@POSIX
@pytest.mark.usefixtures("open_path")
def test_only_the_sites_own_folder_must_be_writable(site: Site, tmp_path: Path) -> None:
    page, above = tmp_path / "www" / "html", tmp_path / "www"
    page.mkdir(parents=True)
    site.write("site.yaml", f"title: Talks\nsearch: false\noutput: {page}\n")
    for path in (site.root, *site.root.rglob("*"), page):
        path.chmod(0o777 if path.is_dir() else 0o666)
    above.chmod(0o555)
    try:
        assert as_nobody(site) == 0
        site.write("site.yaml", f"title: Talks again\nsearch: false\noutput: {page}\n")
        assert as_nobody(site) == 0
    finally:
        above.chmod(0o777)
    assert "Talks again" in (page / "index.html").read_text()
    assert not (page / ".archivegen-new").exists()


@pytest.mark.parametrize("what", ["a file for a folder", "a folder for a file", "a link for a folder"])
def test_what_stands_in_the_way_is_told_of_before_anything_moves(site: Site, tmp_path: Path, what: str) -> None:
    site.built()
    place = site.root / "site" / ("feed.xml" if what == "a folder for a file" else "outlets")
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    if what == "a file for a folder":
        place.write_text("mine")
    elif what == "a folder for a file":
        place.mkdir()
        (place / "notes.txt").write_text("mine")
    else:
        (tmp_path / "outside").mkdir()
        place.symlink_to(tmp_path / "outside")
    before = site.files()
    site.write("site.yaml", "title: Changed\n")
    ran = site.run("build")
    assert ran.code == 1
    assert str(place) in ran.err
    assert "in the way" in ran.err or "is a link" in ran.err
    assert site.files() == before, "what was there is still there, and nothing new"
    assert what != "a link for a folder" or not [*(tmp_path / "outside").iterdir()]


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of so many bytes (4m) in a folder that is not there yet."""
    if sys.platform != "linux" or not hasattr(os, "getuid") or os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_may_be_the_sites_folder(site: Site) -> None:
    with small_disk(site.root.parent / "disk", "40m") as disk:
        site.write("site.yaml", f"title: Talks\nsearch: false\noutput: {disk}\n")
        assert site.run("build").code == 0
        site.write("site.yaml", f"title: Talks again\nsearch: false\noutput: {disk}\n")
        assert site.run("build", "--verify").code == 0
        assert "Talks again" in (disk / "index.html").read_text()
        assert not (disk / ".archivegen-new").exists()


def test_a_full_disk_leaves_the_last_good_site(site: Site) -> None:
    with small_disk(site.root.parent / "disk", "4m") as disk:
        shutil.copytree(site.root, disk / "archive")
        small = type(site)(disk / "archive", site.program)
        before, old_store = small.built(), store(small)
        small.write("static/picture.bin", b"")
        (small.root / "static" / "picture.bin").write_bytes(b"x" * (shutil.disk_usage(disk).free - 40_000))
        ran = small.run("build")
        assert ran.code == 1
        assert "No space left on device" in ran.err or "the disk is full" in ran.err
        assert "in archivegen itself" not in ran.err
        assert small.files() == before
        assert store(small) == old_store
        (small.root / "static" / "picture.bin").unlink()
        assert small.built() == before


def test_a_folder_of_seeds_that_has_become_empty_does_not_empty_the_site(sample: Site) -> None:
    site = sample
    before = site.built()
    (site.root / "seeds").rename(site.root / "elsewhere")
    (site.root / "seeds").mkdir()
    ran = site.run("build")
    assert (ran.code, "there are no articles at all any more" in ran.err) == (2, True)
    assert site.files() == before
    assert not any(path.startswith("articles/") for path in site.built("--clean"))


OWN = {
    "artikel.html": ("x", "artikel.html: warning: no page is made with this template (did you mean `article.html`?)"),
    "day.html": ("", "day.html: warning: this template is empty"),
    "article.html": (
        '{% extends "theme/article.html" %}\n{% block headlin %}x{% endblock %}',
        "article.html:2: warning: theme/article.html has no block `headlin`, so this is shown nowhere "
        "(did you mean `headline`?)",
    ),
    "about.html": (
        '{% extends "base.html" %}{% block content %}{% include "parts/mine.html" %}{% block own %}{% endblock %}'
        "{% endblock %}",
        "",
    ),
    "parts/mine.html": ("Mine.", ""),
}


def test_a_template_that_changes_nothing_is_told_of(site: Site) -> None:
    for name, (text, _) in OWN.items():
        site.write(f"templates/{name}", text)
    ran = site.run("build")
    told = [line.removeprefix("templates/") for line in ran.err.splitlines() if line.startswith("templates/")]
    expected = [said for _, said in OWN.values() if said]
    assert len(told) == len(expected)
    assert all(any(line.startswith(said) for line in told) for said in expected), told
    assert "Mine." in site.page("about/index.html")
    assert site.run("build", "--strict").code == 1


def test_a_template_that_is_named_by_what_a_page_says_is_taken_for_used(site: Site) -> None:
    site.write("templates/kinds/article.html", "Mine.")
    include = '{% include "kinds/" ~ "article" ~ interface[:0] ~ ".html" %}'
    site.write(
        "templates/about.html", f'{{% extends "theme/about.html" %}}{{% block method %}}{include}{{% endblock %}}'
    )
    assert site.run("build", "--strict").code == 0
    assert "Mine." in site.page("about/index.html")


def test_a_template_that_extends_itself_says_what_to_write(site: Site) -> None:
    site.write("templates/article.html", '{% extends "article.html" %}')
    ran = site.run("build")
    assert ran.code != 0
    assert "templates/article.html:1: this template takes in itself; to build on the theme's, write \"theme/" in ran.err
    assert "in archivegen itself" not in ran.err
