"""Where work runs: in this process, or on all cores. Results come in the order of the work, whatever ran it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

from archivegen.errors import ArchiveError

__all__ = ["run"]

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16  # articles sent to a process at once: enough to hide the cost of sending
WORTH_A_POOL = 64  # below this, starting processes takes longer than the work


def run(
    function: Callable[[S, T], R],
    shared: S,
    work: Iterable[T],
    *,
    jobs: int = 0,
    heavy: frozenset[T] = frozenset(),
) -> Iterator[R]:
    """Yield function(shared, item) for each item, in order, with bounded memory.

    `shared` goes to each process once. `jobs` 0 means one process for every core, 1 means this process only. Of `work`
    only what is about to be done is taken, so it may be a stream without end. A `heavy` item takes as long as hundreds
    of others: among few it gets a process of its own, and its result comes last.
    """
    items = iter(work)
    workers = jobs or os.cpu_count() or 1
    first = list(islice(items, max(WORTH_A_POOL, workers * CHUNK))) if workers > 1 else []
    if heavy and 1 < len(first) < WORTH_A_POOL and not heavy.isdisjoint(first):
        yield from _beside(function, shared, first, heavy)
        return
    workers = min(workers, len(first) // CHUNK + 1)
    items = chain(first, items)
    if workers <= 1 or len(first) < WORTH_A_POOL:
        for item in items:
            yield function(shared, item)
        return
    with ProcessPoolExecutor(workers, initializer=_share, initargs=(function, shared)) as pool:
        waiting: deque[Future[list[R]]] = deque()
        try:
            while True:
                while len(waiting) < workers * 3 and (chunk := list(islice(items, CHUNK))):
                    waiting.append(pool.submit(_run_chunk, chunk))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise _ended() from None
        finally:
            for future in waiting:  # nobody waits for them any more
                future.cancel()


def _beside(function: Callable[[S, T], R], shared: S, work: list[T], heavy: frozenset[T]) -> Iterator[R]:
    with ProcessPoolExecutor(1, initializer=_share, initargs=(function, shared)) as pool:
        apart = [pool.submit(_run_chunk, [item]) for item in work if item in heavy]
        try:
            for item in work:
                if item not in heavy:
                    yield function(shared, item)
            for future in apart:
                yield future.result()[0]
        except BrokenProcessPool:
            raise _ended() from None


def _ended() -> ArchiveError:
    hint = "was there too little memory? try again with: --jobs 1"
    return ArchiveError("a process that read articles was ended from outside", hint=hint)


_shared: tuple[Callable[[Any, Any], Any], Any] | None = None


def _share(function: Callable[[Any, Any], Any], shared: Any) -> None:
    """Keep in a worker process what all its work needs."""
    global _shared  # noqa: PLW0603  # the one way to hand a process something once
    _shared = (function, shared)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches workers too; who started them ends them


def _run_chunk(chunk: list[Any]) -> list[Any]:
    assert _shared
    function, shared = _shared
    return [function(shared, item) for item in chunk]
