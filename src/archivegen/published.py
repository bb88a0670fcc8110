"""Whether a site may be published, and what is noted of it then: by this program, or by other means."""

from __future__ import annotations

from msgspec.structs import replace

from archivegen.config import Config
from archivegen.errors import PublishError, UsageError
from archivegen.forwarding import note_published
from archivegen.manifest import files_of
from archivegen.permalinks import LOST, PASSED_ON
from archivegen.store import Reader, open_store
from archivegen.summary import recall, remember, state_of

__all__ = ["note", "refuse_unfit"]


def refuse_unfit(config: Config) -> None:
    """Refuse to publish what is not there, not up to date, or breaks an address that was published."""
    if not (config.output / "index.html").is_file():
        raise UsageError(f"there is no site in {config.output} yet", hint="archivegen build")
    summary = recall(config, state_of(config))
    if summary is None:
        raise UsageError("the site is older than its articles or settings", hint="build first: archivegen build")
    if lost := tuple(fault for fault in summary.diagnostics if fault.code == LOST):
        raise PublishError(f"published addresses would break: {len(lost)}", diagnostics=lost)


def note(config: Config) -> tuple[int, int]:
    """Note what was published; return how many addresses were so by now, and how many are new.

    It changes nothing of the site, so the last build stays the last word on it; but for addresses that are of another
    file than before: they are so for good now.
    """
    summary = recall(config, state_of(config))
    with open_store(config.work / "archive.db") as store:
        count, new = note_published(config.permalinks, Reader(store), files_of(config.output))
    if summary:
        still = tuple(fault for fault in summary.diagnostics if fault.code != PASSED_ON)
        remember(config, state_of(config), replace(summary, diagnostics=still))
    return count, new
