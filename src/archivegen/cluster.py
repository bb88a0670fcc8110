"""Chunks of work -> an existing Dask cluster, through a plain executor; what they share goes to each worker once.

Nothing here imports `distributed`, an extra that takes a second to import, before a build asks for a cluster.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import os
import pickle
import platform
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from archivegen import __version__
from archivegen.errors import ArchiveError, UsageError
from archivegen.versions import NONE, versions

__all__ = ["Cluster", "Pool", "open_pool"]

ANSWER = 10  # seconds that a scheduler has to answer
LOOK = 5  # seconds after which it is asked whether anybody works at all
PATIENCE = 12  # so many looks may find no worker, where a cluster starts them when there is work
AT_LEAST = 4  # chunks that wait even for a single worker
PACKAGE = Path(__file__).parent
INSTALL = "install it here and on every worker: pip install 'archivegen[dask]'"


class Cluster(msgspec.Struct, frozen=True):
    """A Dask cluster: its scheduler's address, and a folder that every worker must see as this machine does."""

    scheduler: str
    folder: Path


class Ticket(msgspec.Struct, frozen=True):
    """What a worker must find before it works for a build: a file with this token in it, and the same versions."""

    file: Path
    token: str
    versions: tuple[tuple[str, str], ...]


class Pool(msgspec.Struct, frozen=True):
    """Takes chunks of work; `most` of them should be under way, so that nobody waits and memory stays small."""

    submit: Callable[[list[Any]], Future[Any]]
    result: Callable[[Future[Any]], list[Any]]
    most: Callable[[], int]


@contextmanager
def open_pool(
    cluster: Cluster, function: Callable[[Any, Any], Any], shared: Any, after: Callable[[], None]
) -> Iterator[Pool]:
    """Connect to a cluster whose workers do function(shared, items), and `after` behind each chunk.

    Raises UsageError where it cannot be used: not installed, no answer, other versions, another file system.
    """
    client = _connect(cluster)
    ticket = Ticket(cluster.folder.resolve() / "cluster", secrets.token_hex(16), _versions())
    try:
        ticket.file.write_text(ticket.token, encoding="ascii")
        _check_scheduler(client)
        # A task, not data put there: should all workers that hold it end, the scheduler has it made again.
        held = client.submit(pickle.loads, pickle.dumps(shared), pure=False)
        executor: Executor = client.get_executor(pure=False)

        def submit(chunk: list[Any]) -> Future[bytes]:
            return executor.submit(_run_chunk, ticket, function, after, held, pickle.dumps(chunk))

        yield Pool(submit, lambda future: _result(client, future), lambda: _most(client))
    finally:
        ticket.file.unlink(missing_ok=True)
        client.close()  # whatever is still waiting there is dropped


def _connect(cluster: Cluster) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - only where it is asked for

        make: Callable[..., Any] = Client
    except ImportError:
        raise UsageError(
            "`engine.kind` is dask, and the package `distributed` is not installed", hint=INSTALL
        ) from None
    # That work of a lost worker is done again is as it should be; what fails in the end is raised, and told by us. A
    # wait that Dask gives up while it closes ("Future exception was never retrieved: Timeout") is an error to nobody.
    logging.getLogger("distributed.client").setLevel(logging.ERROR)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    try:
        return make(cluster.scheduler, timeout=ANSWER, set_as_default=False, name="archivegen")
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(
            f"the Dask scheduler at {cluster.scheduler} does not answer: {reason}",
            hint="start it with `dask scheduler`, or build on this machine alone: archivegen build --jobs 2",
        ) from None


def _check_scheduler(client: Any) -> None:
    there = client.get_versions()["scheduler"]["packages"].get("distributed")
    here = importlib.metadata.version("distributed")
    if there != here:
        raise UsageError(
            f"the scheduler has another version of `distributed`: {there} there, {here} here",
            hint="install the same version on all machines",
        )


def _most(client: Any) -> int:
    """One chunk in work and one waiting for each thread that there now is."""
    threads: dict[str, int] = client.nthreads()
    return max(AT_LEAST, 2 * sum(threads.values()))


def _result(client: Any, future: Future[bytes]) -> list[Any]:
    """Wait for a chunk. Raises ArchiveError where nobody is left to do it."""
    from distributed import KilledWorker  # noqa: PLC0415 - only where it is asked for

    idle = 0
    while True:
        try:
            found: list[Any] = pickle.loads(future.result(LOOK))
        except StillWorking:
            if future.done():
                raise  # the work's own
            idle = 0 if client.status == "running" and client.nthreads() else idle + 1
            if idle > PATIENCE:
                hint = "start some with `dask worker` and build again; the site is as it was before"
                raise ArchiveError("the Dask cluster has no workers", hint=hint) from None
        except CancelledError:
            hint = "start it and build again; the site is as it was before"
            raise ArchiveError("the Dask scheduler went away", hint=hint) from None
        except KilledWorker:
            hint = "have they too little memory? try more of it for each, or build here: archivegen build --jobs 1"
            raise ArchiveError("one piece of work ended several workers of the cluster", hint=hint) from None
        except ImportError as error:
            raise UsageError(f"a worker of the cluster lacks what the work needs: {error}", hint=INSTALL) from None
        else:
            return found


# -- on a worker

_own = ThreadPoolExecutor(1)  # a worker may have many threads; the store and the theme are for one


def _run_chunk(
    ticket: Ticket, function: Callable[[Any, Any], Any], after: Callable[[], None], shared: Any, chunk: bytes
) -> bytes:
    return _own.submit(_work, ticket, function, after, shared, chunk).result()


def _work(
    ticket: Ticket, function: Callable[[Any, Any], Any], after: Callable[[], None], shared: Any, chunk: bytes
) -> bytes:
    _check(ticket)
    try:
        return pickle.dumps(function(shared, pickle.loads(chunk)))
    finally:
        after()  # this process outlives the build: it must hold nothing


_checked: list[Ticket] = []  # the last that was in order here


def _check(ticket: Ticket) -> None:
    """Refuse work that would come out differently here: a missing disk would read as an empty archive."""
    if ticket in _checked:
        return
    here = dict(_versions())
    for name, version in ticket.versions:
        if here.get(name) != version:
            raise UsageError(
                f"the worker on {platform.node()} has another version of {name}: "
                f"{here.get(name, NONE)} there, {version} here",
                hint="install the same on all machines, and start workers again after each update",
            )
    try:
        token = ticket.file.read_text(encoding="ascii")
    except OSError:
        token = ""
    if token != ticket.token:
        raise UsageError(
            f"the worker on {platform.node()} does not see {ticket.file.parent} as this machine does",
            hint="the archive must lie on a file system that all see, at the same path; see docs/scale.md",
        )
    _checked[:] = [ticket]


def _files_of_the_program() -> str:
    digest = hashlib.sha256()
    for here, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            digest.update(name.encode() + b"\0" + Path(here, name).read_bytes())
    return digest.hexdigest()[:12]


_as_started = _files_of_the_program()  # not as the files are later, when a worker still runs the old ones


def _versions() -> tuple[tuple[str, str], ...]:
    own = (("archivegen", f"{__version__} ({_as_started})"), ("distributed", importlib.metadata.version("distributed")))
    return (*own, *versions())
