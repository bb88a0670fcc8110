"""Is the site what a build from nothing makes? Builds once more beside it and compares every byte."""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archivegen.build import Progress, build
from archivegen.config import Config
from archivegen.manifest import files_of

__all__ = ["differences"]


def differences(config: Config, *, jobs: int = 0, progress: Progress | None = None) -> Iterator[str]:
    """Yield the path of every file in which the site differs from one that is built from nothing, or that only one has.

    Takes the room of a second site for as long as it runs.
    """
    with tempfile.TemporaryDirectory(prefix=".verify-", dir=config.output.parent) as folder:
        fresh = replace(config, output=Path(folder, "site"), derived=Path(folder, "work"))
        build(fresh, jobs=jobs, progress=progress)
        own, other = (files_of(site) for site in (config.output, fresh.output))
        for path in sorted(own | other):
            same = path in own and path in other
            if not same or not filecmp.cmp(config.output / path, fresh.output / path, shallow=False):
                yield path
