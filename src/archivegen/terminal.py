"""What a person sees in the terminal: results on standard output; messages and the progress bar beside it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from archivegen.errors import ArchiveError, Diagnostic

__all__ = ["SHOWN", "many", "out", "print_diagnostics", "print_error", "print_json", "progress_bar", "say"]

SHOWN = 20  # diagnostics of one severity that are printed before "and N more"


def out(text: str) -> None:
    """Print a result."""
    print(text)


def print_json(value: dict[str, object]) -> None:
    """Print a value as one line of JSON."""
    import json  # noqa: PLC0415 - most commands print none

    # ASCII only: no terminal or pipe can then spoil a letter.
    sys.stdout.write(json.dumps(value) + "\n")


def say(text: str) -> None:
    """Print a message, apart from results."""
    print(text, file=sys.stderr)


def many(count: int, noun: str) -> str:
    """Count a noun: "1 page", "2 pages"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def print_error(error: ArchiveError) -> None:
    """Print what stopped a command: its diagnostics, the reason, what to do."""
    for diagnostic in error.diagnostics:
        say(str(diagnostic))
    say(f"error: {error.message}")
    if error.hint:
        from textwrap import indent  # noqa: PLC0415 - most commands end well

        say(indent(error.hint, "  "))


def print_diagnostics(diagnostics: Iterable[Diagnostic], *, quiet: bool = False) -> None:
    """Print diagnostics, the gravest last; of many with one severity only the first."""
    for severity in ("note", "warning", "error"):
        of_it = [d for d in diagnostics if d.severity == severity]
        if quiet and severity != "error":
            continue
        for diagnostic in of_it[:SHOWN]:
            say(str(diagnostic))
        if len(of_it) > SHOWN:
            say(f"… and {many(len(of_it) - SHOWN, f'more {severity}')}")


@contextlib.contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a progress bar on a terminal, for what takes over a second; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    start = shown = time.monotonic()

    def show(what: str, done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - start < 1 or now - shown < 0.1:
            return
        shown = now
        filled = 30 * done // max(1, total)
        sys.stderr.write(f"\r{what:8} {'█' * filled}{'░' * (30 - filled)} {done:,} of {total:,} ")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if shown != start:
            sys.stderr.write("\r" + " " * 78 + "\r")
