"""What the commands take: one small function a command declares its arguments; a parser that says what was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

__all__ = [
    "EXPORT",
    "Parser",
    "build",
    "curate",
    "export",
    "init",
    "inspect",
    "nothing",
    "publish",
    "review",
    "serve",
]

EXPORT = "export.json"


class Parser(argparse.ArgumentParser):
    """Says what was meant when a word is misspelt."""

    def error(self, message: str) -> NoReturn:
        """Print the fault and the nearest right word, and exit with 2."""
        if choice := re.match(r"argument COMMAND: invalid choice: '([^']*)'", message):
            commands = next(list(action.choices or ()) for action in self._actions if action.dest == "command")
            near = _nearest(choice[1], commands, 0.5)
            message = f"there is no command {choice[1]!r}"
            message += f"; did you mean: archivegen {near[0]}" if near else ""
            message += f"\n  commands: {', '.join(commands)}"
        elif unknown := re.match(r"unrecognized arguments: (\S+)", message):
            own = [option for action in self._actions for option in action.option_strings]
            near = _nearest(unknown[1], own, 0.6)
            message = f"{unknown[1]!r} is not known here" if not near else f"there is no option {unknown[1]}"
            message += f"; did you mean {near[0]}?" if near else f"\n  what it takes: {self.prog} --help"
        self.exit(2, f"error: {message}\n")


def _nearest(word: str, words: Sequence[str], least: float) -> list[str]:
    from difflib import get_close_matches  # only where one is misspelt

    return get_close_matches(word, words, 1, least)


def nothing(_: argparse.ArgumentParser) -> None:
    """Declare nothing."""


def init(parser: argparse.ArgumentParser) -> None:
    """Declare what `init` takes."""
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet")


def build(parser: argparse.ArgumentParser) -> None:
    """Declare what `build` takes."""
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument("--clean", action="store_true", help="write every page again")
    parser.add_argument("--verify", action="store_true", help="build from nothing beside it and compare every byte")
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    _jobs(parser)


def serve(parser: argparse.ArgumentParser) -> None:
    """Declare what `serve` takes."""
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (8000)")
    parser.add_argument("--open", action="store_true", help="open the browser")
    _jobs(parser)


def publish(parser: argparse.ArgumentParser) -> None:
    """Declare what `publish` takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a target of site.yaml's `publish:`")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--replace", action="store_true", help="though the site of another archive is there")
    parser.add_argument("--elsewhere", action="store_true", help="only note the addresses: another program publishes")


def inspect(parser: argparse.ArgumentParser) -> None:
    """Declare what `inspect` takes."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="articles to look at")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for other programs")
    parser.add_argument(
        "--jsonl", action="store_true", help='answer {"id", "published", "text"} lines of standard input'
    )


def export(parser: argparse.ArgumentParser) -> None:
    """Declare what `export` takes."""
    parser.add_argument("--format", choices=["json"], default="json", help="json")
    parser.add_argument(
        "--output",
        default=EXPORT,
        metavar="FILE",
        help=f"the file to write ({EXPORT}, in this folder); - for standard output",
    )
    _jobs(parser)


def curate(parser: argparse.ArgumentParser) -> None:
    """Declare what `curate` takes."""
    parser.add_argument("seeds", nargs="+", metavar="SEED", help="files of the seeds folder")
    words = "corrected, withdrawn or redacted; none takes it away"
    parser.add_argument("--status", type=_status, metavar="STATUS", help=words)
    parser.add_argument("--notice", metavar="TEXT", help="what readers are told about that")


def review(parser: argparse.ArgumentParser) -> None:
    """Declare what `review` takes."""
    parser.add_argument("--actors", action="store_true", help="who may be the same, as entries for actors.yaml")
    _jobs(parser)


def _jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=_count, default=0, metavar="N", help="processes at once (one for every core)")


def _status(text: str) -> str:
    from archivegen.frontmatter import STATUSES

    if text not in (*STATUSES, "none"):
        near = _nearest(text.lower(), STATUSES, 0.5)
        known = f"one of: {', '.join((*STATUSES, 'none'))}"
        raise argparse.ArgumentTypeError(f"{text!r} is none: {f'did you mean {near[0]}? ' if near else ''}{known}")
    return text


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"takes a whole number, not {text!r}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"takes a number from 1 to 65535, not {text!r}")
    return int(text)
