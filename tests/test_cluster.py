"""Builds on a real Dask cluster, each part a process of its own: the same site, whatever becomes of its workers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from archivegen import cluster, engine
from archivegen.cluster import Cluster, Ticket
from archivegen.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from conftest import Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
ENOUGH = 130  # articles: several chunks for each worker
# By value, as workers cannot import a test: what they do with a chunk.
EACH: dict[str, Callable[[Any, list[Any]], list[Any]]] = {
    "add": lambda shared, items: [shared + item for item in items],
    "mul": lambda shared, items: [shared * item for item in items],
    "floordiv": lambda shared, items: [shared // item for item in items],
    "getpid": lambda _, items: [__import__("os").getpid() for _ in items],
}


def run(name: str, shared: object, work: Iterable[Any], *, cluster: Cluster) -> Generator[Any, None, None]:
    """The results one by one."""
    for results in engine.run(EACH[name], shared, work, cluster=cluster):
        yield from results


DASK = [sys.executable, "-m", "distributed.cli.dask_{}"]


@dataclass
class Dask:
    """A scheduler, and as many workers as a test asks for."""

    folder: Path
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started: int = 0

    def have(self, count: int) -> None:
        """End workers, or start some and wait until the scheduler knows them."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) > count:
            end(self.workers.pop())
        logs = [self._start() for _ in range(count - len(self.workers))]
        wait(lambda: all(b"Registered to" in log.read_bytes() for log in logs))

    def _start(self) -> Path:
        self.started += 1
        log = self.folder / f"worker-{self.started}.log"
        options = [self.address, "--no-nanny", "--nthreads", "2", "--no-dashboard", "--local-directory", self.folder]
        self.workers.append(start("worker", *options, log=log))
        return log


def start(part: str, *options: object, log: Path) -> subprocess.Popen[bytes]:
    command = [word.format(part) for word in DASK] + list(map(str, options))
    with log.open("wb") as file:
        return subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def wait(until: Callable[[], object]) -> None:
    for _ in range(3000):
        if until():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    scheduler = start("scheduler", *options, log=folder / "scheduler.log")
    try:
        wait(lambda: file.exists() and file.read_bytes().endswith(b"}"))
        running = Dask(folder, json.loads(file.read_bytes())["address"])
        yield running
        for worker in running.workers:
            end(worker)
    finally:
        end(scheduler)


@pytest.fixture
def far_site(empty_site: Site, dask: Dask) -> Site:
    """An archive that is built on the cluster."""
    empty_site.write("site.yaml", f'title: Talks\nfeeds: false\nengine: {{kind: dask, scheduler: "{dask.address}"}}\n')
    edit_all(empty_site, "began")
    return empty_site


def edit_all(site: Site, word: str) -> None:
    for n in range(ENOUGH):
        text = (
            f"Talks number {n} {word} on {1 + n % 28} September 2018, and Ada Falkner-{n % 9} spoke of {n} roads.\n\n"
        )
        site.write(f"seeds/{n}.md", f"---\ntitle: Talks {n} {word}\npublished: 2018-10-{1 + n % 31:02}\n---\n\n{text}")


def begin(site: Site) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "archivegen", "build", "--quiet", "--site", str(site.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def drawn(site: Site) -> int:
    # Not Path.rglob: it fails where a folder that it is about to list has gone.
    return sum(name.endswith(".html") for _, _, names in os.walk(site.root / ".site-new") for name in names)


def test_a_build_whose_worker_is_killed_makes_the_same_site(far_site: Site, dask: Dask) -> None:
    expected = far_site.built("--jobs", "1")
    dask.have(2)
    for folder in ("site", ".archivegen"):
        (far_site.root / folder).rename(far_site.root / f"{folder}-here")
    build = begin(far_site)
    wait(lambda: build.poll() is not None or drawn(far_site) > 20)
    assert build.poll() is None, "it was over before its worker could be killed"
    dask.workers[0].send_signal(signal.SIGKILL)
    _, told = build.communicate(timeout=60)
    assert (build.returncode, told) == (0, "")
    assert far_site.files() == expected
    assert not (far_site.root / ".archivegen" / "cluster").exists()


def test_workers_that_live_on_see_what_changed_and_hold_nothing_back(far_site: Site, dask: Dask) -> None:
    dask.have(1)
    first = far_site.built()
    edit_all(far_site, "ended")
    second = far_site.built()  # from the same store
    (far_site.root / ".archivegen" / "archive.db").unlink()
    edit_all(far_site, "began")
    assert far_site.built() == first  # from another in its place
    edit_all(far_site, "ended")
    assert far_site.built("--clean", "--jobs", "1") == second


def test_ctrl_c_leaves_the_last_good_site_and_the_next_build_goes_on(far_site: Site, dask: Dask) -> None:
    before = far_site.built("--jobs", "1")
    dask.have(2)
    for word in ("ended", "began", "ended", "began"):  # a busy machine may look too late
        edit_all(far_site, word)
        build = begin(far_site)
        wait(lambda build=build: build.poll() is not None or drawn(far_site) > 20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGINT)
        _, told = build.communicate(timeout=60)
        if build.returncode:
            break
        before = far_site.files()
    assert build.returncode == 130
    assert told.strip() == "Stopped. The site is as it was before; the next build goes on from here."
    assert far_site.files() == before
    ended = far_site.built()
    assert ended == far_site.built("--clean", "--jobs", "1")


def test_results_come_from_the_workers_in_the_order_of_the_work(tmp_path: Path, dask: Dask) -> None:
    dask.have(2)
    there = Cluster(dask.address, tmp_path)
    assert list(run("mul", 3, range(2000), cluster=there)) == [3 * n for n in range(2000)]
    pids = run("getpid", None, range(500), cluster=there)
    assert set(pids) <= {worker.pid for worker in dask.workers}
    with pytest.raises(ZeroDivisionError):
        list(run("floordiv", 1, [*range(1, 200), 0], cluster=there))


def test_only_what_is_about_to_be_done_is_taken(tmp_path: Path, dask: Dask) -> None:
    dask.have(1)
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = run("add", 0, endless(), cluster=Cluster(dask.address, tmp_path))
    assert [next(results) for _ in range(1000)] == list(range(1, 1001))
    results.close()
    assert taken < 1600


def test_a_few_articles_do_not_ask_the_cluster(site: Site) -> None:
    site.write("site.yaml", 'title: Talks\nengine: {kind: dask, scheduler: "tcp://127.0.0.1:1"}\n')
    assert site.built()


def test_a_cluster_without_workers_is_told_of(tmp_path: Path, dask: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    dask.have(0)
    monkeypatch.setattr(cluster, "LOOK", 0.1)
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    with pytest.raises(ArchiveError, match="the Dask cluster has no workers"):
        list(run("mul", 3, range(200), cluster=Cluster(dask.address, tmp_path)))


def test_a_scheduler_that_does_not_answer_is_told_of(far_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 1)
    far_site.write("site.yaml", 'title: Talks\nengine: {kind: dask, scheduler: "tcp://127.0.0.1:1"}\n')
    ran = far_site.run("build")
    assert ran.code == 2
    assert "the Dask scheduler at tcp://127.0.0.1:1 does not answer" in ran.err
    assert "build on this machine alone: archivegen build --jobs 2" in ran.err


def test_without_the_package_a_build_says_how_to_get_it(far_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = far_site.run("build")
    assert ran.code == 2
    assert "pip install 'archivegen[dask]'" in ran.err


def test_a_worker_refuses_a_build_that_it_would_do_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "cluster"
    file.write_text("a token")
    ticket = Ticket(file, "a token", cluster._versions())
    cluster._check(ticket)
    with pytest.raises(UsageError, match=r"does not see .* as this machine does"):
        cluster._check(replace(ticket, token="another"))
    with pytest.raises(UsageError, match="does not see"):
        cluster._check(replace(ticket, file=tmp_path / "elsewhere"))
    with pytest.raises(UsageError, match=r"another version of jinja2: .* there, 1\.0 here"):
        cluster._check(replace(ticket, versions=(("jinja2", "1.0"),)))
