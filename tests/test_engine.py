"""Work on one process or many: the same results in the same order, and a lost process is told of."""

from __future__ import annotations

import math
import operator
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivegen import engine
from archivegen.errors import ArchiveError


def run(
    function: Callable[[Any, Any], Any], shared: object, work: Iterable[Any], **options: Any
) -> Generator[Any, None, None]:
    """The engine's results one by one, of a function that is given one item."""
    for results in engine.run(partial(each, function), shared, work, **options):
        yield from results


def each(function: Callable[[Any, Any], Any], shared: object, items: list[Any]) -> list[Any]:
    return [function(shared, item) for item in items]


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 500])
def test_results_come_in_the_order_of_the_work(jobs: int, count: int) -> None:
    assert list(run(operator.mul, 3, range(count), jobs=jobs)) == [3 * n for n in range(count)]


@pytest.mark.parametrize("count", [2, 100])
def test_work_need_not_be_hashable(count: int) -> None:
    assert list(run(operator.add, [1], [[n] for n in range(count)], jobs=2)) == [[1, n] for n in range(count)]


def test_an_error_in_a_process_reaches_who_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        list(run(operator.floordiv, 1, [*range(1, 100), 0], jobs=2))


def test_who_needs_only_the_first_may_stop() -> None:
    work = run(math.pow, 2, range(1000), jobs=2)
    assert next(work) == 1
    work.close()


def test_a_process_that_is_ended_from_outside_is_told_of() -> None:
    with pytest.raises(ArchiveError, match="was ended from outside"):
        list(run(exec, "import os; os._exit(9)", [{} for _ in range(100)], jobs=2))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [1, 5, 100])
def test_what_is_heavy_is_done_too(jobs: int, count: int) -> None:
    done = list(run(operator.mul, 3, range(count), jobs=jobs, heavy={2, 500}.__contains__))
    assert sorted(done) == [3 * n for n in range(count)]
    if jobs == 2 and count == 5:
        assert done == [0, 3, 9, 12, 6]


def test_a_heavy_item_whose_process_is_ended_is_told_of() -> None:
    with pytest.raises(ArchiveError, match="was ended from outside"):
        list(run(_end, 0, [1, 2, 9], jobs=2, heavy={9}.__contains__))


def _end(_: int, item: int) -> None:
    if item == 9:
        os._exit(9)


SLOW = """
import os, time
from archivegen import engine

def work(shared, items):
    os.write(1, f"{os.getpid()} ".encode())  # at once, as print may not
    time.sleep(60)
    return items

for _ in engine.run(work, None, range(1000), jobs=2):
    pass
"""


def test_processes_end_when_the_one_that_started_them_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        told = ""
        while told.count(" ") < 2:
            told += build.stdout.read(1)
        workers = [int(number) for number in told.split()]
        build.kill()
    deadline = time.monotonic() + 30
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline, "they live on"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")  # where nobody waits for it, an ended process stays in the list
    return not state.is_file() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only some systems give a process less than all cores")
def test_a_process_that_may_use_one_core_starts_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert set(run(lambda _, __: os.getpid(), None, range(500))) == {os.getpid()}
