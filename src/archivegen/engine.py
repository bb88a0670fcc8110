"""Where work runs: in this process, on all cores, or on a Dask cluster. Results come in the order of the work."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from archivegen.config import Config
from archivegen.errors import ArchiveError

# What takes long to import, and is not needed where one process does all: most builds.
if TYPE_CHECKING:
    from concurrent.futures import Future
    from concurrent.futures.process import ProcessPoolExecutor

    from archivegen.cluster import Cluster, Pool

__all__ = ["cluster_of", "collect_seldom", "run"]

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

CHUNK = 32  # articles or pages that a process does at once: enough to hide the cost of sending them
FAR_CHUNK = 64  # the same for another machine
WORTH_A_POOL = 64  # below this, starting processes takes longer than the work
WORTH_A_CLUSTER = 128  # below this, so does connecting to one; a site of one article has half as many files

SELDOM = (100_000, 50, 50)  # objects in between, and searches of the young for one of the older and of all

Function = Callable[[S, list[T]], list[R]]


def cluster_of(config: Config, jobs: int) -> Cluster | None:
    """The cluster that the settings name, if they do; none where a number of processes is asked for, which are here."""
    if config.engine.kind != "dask" or jobs:
        return None
    from archivegen.cluster import Cluster

    return Cluster(config.engine.scheduler, config.work)


def collect_seldom() -> None:
    """Let the search for cyclic garbage rest: what a build makes has next to none, and looking takes a tenth of it."""
    if gc.get_threshold() != SELDOM:  # once: `serve` builds many times, and what is frozen is never freed
        gc.freeze()
        gc.set_threshold(*SELDOM)


def nothing() -> None:
    """There is nothing to do after a chunk."""


def run(
    function: Function[S, T, R],
    shared: S,
    work: Iterable[T],
    *,
    jobs: int = 0,
    heavy: Callable[[T], bool] | None = None,
    cluster: Cluster | None = None,
    after: Callable[[], None] = nothing,
) -> Generator[list[R], None, None]:
    """Yield function(shared, items), which has a result for each item, for all of the work: in order, bounded memory.

    `shared` goes to each process once. `jobs` 0 means one process for every core, 1 means this process only. Of `work`
    only what is about to be done is taken, so it may be a stream without end. An item that `heavy` tells of takes as
    long as hundreds of others, so others do not wait for it: it begins as soon as it is met, its result comes last. A
    cluster's processes outlive the build: they call `after` behind each chunk, to let go of what they opened. A little
    work is done here anyhow.
    """
    items = iter(work)
    workers = jobs or _cores()
    if workers == 1 and not cluster:
        yield from _here(function, shared, items)
        return
    with _Processes(function, shared, workers) as processes:
        apart: list[Future[list[R]]] = []
        light = _without(heavy, items, lambda item: apart.append(processes.submit([item]))) if heavy else items
        first = list(islice(light, max(WORTH_A_CLUSTER if cluster else WORTH_A_POOL, workers * CHUNK)))
        items = chain(first, light)
        if cluster and len(first) >= WORTH_A_CLUSTER:
            from archivegen.cluster import open_pool

            with open_pool(cluster, function, shared, after) as pool:
                yield from _in_order(pool, items, FAR_CHUNK)
        elif workers > 1 and len(first) >= WORTH_A_POOL:
            processes.need(len(first) // CHUNK + 1)
            yield from _in_order(processes, items, CHUNK)
        else:
            yield from _here(function, shared, items)
        yield from map(processes.result, apart)


def _here(function: Function[S, T, R], shared: S, items: Iterator[T]) -> Iterator[list[R]]:
    return (function(shared, chunk) for chunk in _chunks(items, CHUNK))


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(items: Iterator[T], size: int) -> Iterator[list[T]]:
    return iter(lambda: list(islice(items, size)), [])


def _without(heavy: Callable[[T], bool], items: Iterable[T], begin: Callable[[T], None]) -> Iterator[T]:
    """Yield the items that are not heavy; let the others begin."""
    for item in items:
        if heavy(item):
            begin(item)
        else:
            yield item


class _Processes:
    """Processes of this machine, which are made when there is first something for them to do."""

    def __init__(self, function: Function[S, T, R], shared: S, workers: int) -> None:
        self._work = (function, shared)
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Processes:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def need(self, workers: int) -> None:
        """Make no more of them than this, where none were made yet."""
        if not self._executor:
            self._workers = min(self._workers, workers)

    def submit(self, chunk: list[Any]) -> Future[list[Any]]:
        """Let one of them do a chunk."""
        from concurrent.futures.process import ProcessPoolExecutor

        if not self._executor:
            self._executor = ProcessPoolExecutor(self._workers, initializer=_share, initargs=self._work)
        with _telling():
            return self._executor.submit(_run_chunk, chunk)

    def most(self) -> int:
        """How many chunks should be under way."""
        return 3 * self._workers

    def result(self, future: Future[list[Any]]) -> list[Any]:
        """Wait for a chunk."""
        with _telling():
            return future.result()


@contextmanager
def _telling() -> Iterator[None]:
    """Say in plain words that a process is gone."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool:
        hint = "was there too little memory? try again with: --jobs 1"
        raise ArchiveError("a process of this build was ended from outside", hint=hint) from None


def _in_order(pool: Pool | _Processes, items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Keep a pool busy with chunks of this size; yield the results in order."""
    waiting: deque[Future[Any]] = deque()
    chunks = _chunks(items, size)
    most = given = 0
    try:
        while True:
            if given >= most:  # the pool may have grown or shrunk
                most, given = pool.most(), 0
            while len(waiting) < most and (chunk := next(chunks, None)):
                waiting.append(pool.submit(chunk))
                given += 1
            if not waiting:
                break
            yield pool.result(waiting[0])
            waiting.popleft()
    finally:
        for future in waiting:  # nobody waits for them any more
            future.cancel()


_shared: tuple[Callable[[Any, Any], Any], Any] | None = None


def _share(function: Callable[[Any, Any], Any], shared: Any) -> None:
    """Keep in a worker process what all its work needs."""
    global _shared  # noqa: PLW0603  # the one way to hand a process something once
    _shared = (function, shared)
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches workers too; who started them ends them


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody else would."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _run_chunk(chunk: list[Any]) -> list[Any]:
    assert _shared
    function, shared = _shared
    found: list[Any] = function(shared, chunk)
    return found
