"""The command line: one small function a command. Exit codes: 0 done, 1 something failed, 2 wrong usage or settings."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archivegen import __version__, arguments
from archivegen.errors import ArchiveError, Diagnostic, OutputError, UsageError
from archivegen.terminal import many, out, print_diagnostics, print_error, print_json, progress_bar, say

if TYPE_CHECKING:
    from archivegen.config import Config
    from archivegen.prepare import Settings

__all__ = ["COMMANDS", "main"]

NO_PROPOSALS = "# No two names look like one actor's."
TOLD = 5  # files that differ and are named

# Each command imports what it needs, so that `--help` answers at once.


class Command(msgspec.Struct, frozen=True):
    """A command: its one-line help, what declares its arguments, and what runs it and returns the exit code."""

    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not know every letter
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # else passed over
    options, unknown = _parser().parse_known_args(words)
    if unknown:
        options.parser.error(f"unrecognized arguments: {unknown[0]}")
    if options.command is None:
        _parser().print_help()
        return 0
    try:
        return COMMANDS[options.command].run(options)
    except ArchiveError as error:
        print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        say("\nStopped. The site is as it was before; the next build goes on from here.")
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        with contextlib.suppress(OSError):
            sys.stdout = None
        return 1
    except Exception as error:  # the command line's edge
        if options.debug:
            raise
        say(f"error in archivegen itself: {type(error).__name__}: {error}")
        say("This should not happen. Run the command again with --debug before it and report what it prints.")
        return 1


# -- commands


def _init(options: argparse.Namespace) -> int:
    from archivegen.starter import copy_starter

    folder = Path(options.folder)
    made = copy_starter(folder)
    say(f"Made {folder} with {made} files. Next:\n")
    say(f"  cd {folder}\n  archivegen build\n  archivegen serve --open\n")
    say(f"Then put your own articles into {folder / 'seeds'} and build again.")
    return 0


def _build(options: argparse.Namespace) -> int:
    from archivegen.summary import recall, state_of

    start = time.perf_counter()
    config = _config(options)
    if config.seeds_from:
        _fetch(config, quiet=options.quiet)
    state = state_of(config)
    summary = None if options.clean else recall(config, state)
    if summary is None:
        from archivegen.build import build

        with progress_bar(quiet=options.quiet) as progress:
            summary = build(config, state=state, clean=options.clean, jobs=options.jobs, progress=progress)
    if options.verify:
        _verify(config, options)
    bad = {"error", "warning"} if options.strict else {"error"}
    failed = [d for d in summary.diagnostics if d.severity in bad]
    print_diagnostics(summary.diagnostics, quiet=options.quiet)
    if not options.quiet:
        count = summary.written
        took = time.perf_counter() - start
        out(
            f"{many(summary.articles, 'article')}, {many(summary.actors, 'actor')}, {many(summary.days, 'day')}; "
            f"{summary.undated} undated, {summary.doubtful} doubtful; "
            f"{len(_left_out(summary.diagnostics))} left out\n"
            f"pages: {count.written} written, {count.unchanged} unchanged, {count.removed} removed; {took:.1f} s\n"
            f"Open {config.output / 'index.html'}"
        )
        if summary.undated or summary.doubtful:
            out("What to settle: archivegen review")
        if not summary.articles and not failed:
            out(f"There is no article yet: put .txt, .html or .md files into {config.seeds}")
    return 1 if failed else 0


def _fetch(config: Config, *, quiet: bool) -> None:
    from archivegen.fetch import fetch_seeds

    done = fetch_seeds(config)
    if not quiet and (done.copied or done.removed):
        out(f"seeds: {done.copied} copied from {config.seeds_from}, {done.removed} removed")


def _left_out(diagnostics: Sequence[Diagnostic]) -> set[str]:
    """The articles that are not in the site for what is wrong with them."""
    errors = [d for d in diagnostics if d.severity == "error"]
    if not errors:
        return set()
    from archivegen.permalinks import LOST

    return {d.path for d in errors if d.code != LOST}


def _verify(config: Config, options: argparse.Namespace) -> None:
    from archivegen.verify import differences

    with progress_bar(quiet=options.quiet) as progress:
        found = list(differences(config, jobs=options.jobs, progress=progress))
    if found:
        raise OutputError(
            f"the site differs from one built from nothing in {many(len(found), 'file')}: {', '.join(found[:TOLD])}",
            hint="please report this; until it is mended, `archivegen build --clean` makes the site anew",
        )
    if not options.quiet:
        out("Verified: every file is as a build from nothing makes it")


def _serve(options: argparse.Namespace) -> int:
    from archivegen.config import FILE_NAME
    from archivegen.serve import serve

    if not (Path(options.site) / FILE_NAME).is_file():
        _config(options)  # says that there is no archive here; a fault in its settings shows in the preview
    serve(Path(options.site), port=options.port, open_browser=options.open, jobs=options.jobs, report=say)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from archivegen.publish import plan, publish, refuse_another_site
    from archivegen.published import refuse_unfit

    config = _config(options)
    if options.elsewhere:
        refuse_unfit(config)
        _note_published(config)
        return 0
    names = {target.name: target for target in config.publish}
    if not names:
        hint = "add to site.yaml:\npublish:\n  web: {to: ../public}"
        raise UsageError("site.yaml names no place to publish to", hint=hint)
    if options.name is None and len(names) > 1:
        raise UsageError(f"which one? site.yaml has: {', '.join(names)}", hint="archivegen publish NAME")
    name = options.name or next(iter(names))
    if name not in names:
        raise UsageError(f"site.yaml has no target {name!r}", hint=f"it has: {', '.join(names)}")
    target = names[name]
    refuse_unfit(config)
    coming = plan(config.output, target.to, target.options, config.root)
    for label, paths in (("add", coming.added), ("change", coming.changed), ("remove", coming.removed)):
        for path in paths if options.dry_run else ():
            out(f"  {label:6} {path}")
    counts = f"{len(coming.added)} added, {len(coming.changed)} changed, {len(coming.removed)} removed"
    if options.dry_run:
        out(f"{coming.target}: {counts}. Nothing was done (--dry-run).")
        return 0
    if not options.replace:
        refuse_another_site(config.output, coming)
    out(f"{coming.target}: {counts}")
    message = f"Publish {config.title}"
    publish(config.output, target.to, target.options, config.root, message=message)
    _note_published(config)
    return 0


def _note_published(config: Config) -> None:
    from archivegen.published import note

    count, new = note(config)
    if new:
        out(f"{config.permalinks.name}: {count:,} addresses that will last, {new:,} of them new; keep that file")


def _inspect(options: argparse.Namespace) -> int:
    from archivegen.account import tell
    from archivegen.export import inspect_json, inspect_lines
    from archivegen.prepare import prepare_all

    settings = _settings(options)
    if options.jsonl:
        for line in inspect_lines(_standard_input(), settings):
            print_json(line)
        return 0
    if not options.files:
        raise UsageError("which file?", hint="archivegen inspect seeds/article.txt")
    failed = False
    for item in (item for name in options.files for item in prepare_all(settings, name)):
        if isinstance(item, Diagnostic):
            print_diagnostics([item])
            failed = failed or item.severity == "error"
            continue
        if options.json and (answer := inspect_json(item)):
            print_json(answer)
        elif item.article or (item.tombstone and not options.json):
            out(tell(item))
        print_diagnostics(item.diagnostics)
        failed = failed or (item.article is None and item.tombstone is None)
    return 1 if failed else 0


def _export(options: argparse.Namespace) -> int:
    from archivegen.build import updated_archive
    from archivegen.config import FILE_NAME
    from archivegen.export import export_json, export_to

    config = _config(options)
    target = Path(options.output).resolve()
    folders = (config.seeds, config.records, config.actors, config.templates, config.static, config.output, config.work)
    for kept in (*folders, config.root / FILE_NAME, config.permalinks):
        if target.is_relative_to(kept.resolve()):
            what = "is in" if kept.is_dir() else "is"
            message = f"{options.output} {what} {kept.name}, which an export must not overwrite"
            raise UsageError(message, hint=f"choose another file, like the default: {arguments.EXPORT}")
    with (
        progress_bar(quiet=False) as progress,
        updated_archive(config, jobs=options.jobs, progress=progress) as archive,
    ):
        if options.output == "-":
            export_to(archive.store, sys.stdout.buffer)
        else:
            export_json(archive.store, Path(options.output))
    print_diagnostics(archive.faults)
    if options.output != "-":
        say(f"Wrote {options.output}")
    return 1 if any(d.severity == "error" for d in archive.faults) else 0


def _curate(options: argparse.Namespace) -> int:
    from archivegen.curate import decide, record_of, write_record
    from archivegen.prepare import prepare_all

    config = _config(options)
    settings = _settings(options)
    for name in options.seeds:
        item = next((item for item in prepare_all(settings, name) if not isinstance(item, Diagnostic)), None)
        if item is None or (item.container and item.path != name):
            raise UsageError(
                f"{name}: which of its articles?",
                hint="archivegen curate CONTAINER#NAME; see: archivegen inspect CONTAINER",
            )
        seed = Path(item.container or name).resolve()
        decided = options.status is not None or options.notice is not None
        record = record_of(config, seed, item)
        if not (decided and record.exists()):
            write_record(config, seed, item)
        if decided:
            decide(record, options.status, options.notice)
            out(f"{record}: its readers will be told; build again")
            continue
        out(f"{record}: settle the lines that begin with #, correct the text, and build again")
    return 0


def _review(options: argparse.Namespace) -> int:
    import textwrap

    from archivegen.authority import load_authority
    from archivegen.build import updated_archive
    from archivegen.review import TOPICS, proposed_actors, worklist
    from archivegen.store import Reader

    config = _config(options)
    with updated_archive(config, jobs=options.jobs) as archive:
        if options.actors:
            out(proposed_actors(load_authority(config.actors), Reader(archive.store)) or NO_PROPOSALS)
            return 0
        items = worklist(config, Reader(archive.store))
    for item in items:
        place = item.path if item.line is None else f"{item.path}:{item.line}"
        words = f" (“{item.evidence}”)" if item.evidence else ""
        out(f"{place}: {item.topic}: {item.reason}{words}")
        if item.fix:
            out(textwrap.indent(item.fix, "    "))
    if items:
        of_topic = {topic: len({item.path for item in items if item.topic == topic}) for topic in TOPICS}
        told = ", ".join(f"{count} {topic}" for topic, count in of_topic.items() if count)
        out(f"\n{len(items)} to settle, by article: {told}. What stands indented settles it: a line of the article's")
        out("front matter, a command to run first, or lines of actors.yaml.")
    else:
        out("Nothing is doubtful.")
    return 0


def _check(options: argparse.Namespace) -> int:
    from archivegen.check import check_site
    from archivegen.review import check_decisions

    config = _config(options)
    if not (config.output / "index.html").is_file():
        raise UsageError(f"there is no site in {config.output} yet", hint="archivegen build")
    faults = (*check_site(config.output, url=config.url), *check_decisions(config))
    print_diagnostics(faults)
    if not faults:
        out(f"{config.output}: every link and anchor resolves, ids are unique, no page is orphaned")
    return 1 if faults else 0


COMMANDS: dict[str, Command] = {
    "init": Command("make a new archive that works at once", arguments.init, _init),
    "build": Command("make the site from the seeds", arguments.build, _build),
    "serve": Command("preview the site; what you change shows at once", arguments.serve, _serve),
    "publish": Command("put the site on its host", arguments.publish, _publish),
    "inspect": Command("tell what is read from an article, and why", arguments.inspect, _inspect),
    "export": Command("write all that was found into one JSON file", arguments.export, _export),
    "curate": Command("make records of seeds, for you to correct", arguments.curate, _curate),
    "review": Command("list what is doubtful, and what would settle it", arguments.review, _review),
    "check": Command("check every link of the built site", arguments.nothing, _check),
}


def _parser() -> argparse.ArgumentParser:
    parser = arguments.Parser(
        prog="archivegen", description="Raw news articles in; a browsable, checkable chronology out."
    )
    parser.set_defaults(parser=parser)
    parser.add_argument("--version", action="version", version=f"archivegen {__version__}")
    parser.add_argument("--debug", action="store_true", help="show where an error in archivegen itself comes from")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="archivegen")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help, allow_abbrev=False)
        command.declare(sub)
        sub.set_defaults(parser=sub)
        if name != "init":
            sub.add_argument("--site", default=".", metavar="DIR", help="folder with site.yaml (this one)")
    return parser


# -- what commands share


def _config(options: argparse.Namespace) -> Config:
    from archivegen.config import load_config

    return load_config(Path(options.site))


def _settings(options: argparse.Namespace) -> Settings:
    """Settings of the site around, or the defaults where there is none."""
    from archivegen.authority import load_authority
    from archivegen.config import FILE_NAME, default_config, load_config
    from archivegen.prepare import settings_for

    root = Path(options.site)
    config = load_config(root) if (root / FILE_NAME).is_file() else default_config(root)
    return settings_for(config, load_authority(config.actors))


def _standard_input() -> Iterator[str]:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # not so where it was replaced
    yield from sys.stdin
