"""What publishers share: what is to be delivered where, the plan of it, and the files of a finished site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from archivegen.errors import PublishError

__all__ = ["Delivery", "Plan", "Publisher", "compare", "refuse_another_site", "site_files"]

# Notes that archivegen keeps for itself, in the site and in the target.
PRIVATE = ".archivegen"
ARTICLES = "articles/"


class Delivery(msgspec.Struct, frozen=True):
    """A finished site and where it goes: the target cut into scheme and rest, its options, the archive's folder."""

    site: Path
    scheme: str
    rest: str
    options: Mapping[str, str]
    root: Path


class Plan(msgspec.Struct, frozen=True):
    """What publishing changes: paths from the site's root, sorted. `target` says in words where they go."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    target: str

    @property
    def is_empty(self) -> bool:
        """True when the target already is as the site is."""
        return not (self.added or self.changed or self.removed)


class Publisher(msgspec.Struct, frozen=True):
    """One row of the table: how to plan, how to publish (with a message), which options, and an example target."""

    plan: Callable[[Delivery], Plan]
    publish: Callable[[Delivery, str], Plan]
    options: frozenset[str]
    example: str


def site_files(site: Path) -> dict[str, Path]:
    """List the files to publish, by path from the site's root with forward slashes, sorted.

    Raises PublishError if there is no finished site, or for a link in it: what a link leads to may not be public.
    """
    if not (site / "index.html").is_file():
        raise PublishError(f"there is no finished site in {site}", hint="make it first: archivegen build")
    return dict(sorted(_walk(site, "")))


def refuse_another_site(site: Path, coming: Plan) -> None:
    """Raise PublishError where publishing would replace a site of which not one article is in this one."""
    others = [path for path in coming.removed if path.startswith(ARTICLES)]
    if others and {*coming.added}.issuperset(path for path in site_files(site) if path.startswith(ARTICLES)):
        raise PublishError(
            f"{coming.target} seems to have the site of another archive: all its articles would go, like {others[0]}",
            hint="name another place in site.yaml; or, to replace that site: archivegen publish --replace",
        )


def _walk(folder: Path, at: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PRIVATE):
                continue
            if entry.is_symlink():
                raise PublishError(f"{entry.path} is a link, and links are not published", hint="put a copy there")
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{at}{entry.name}/")
            else:
                yield at + entry.name, Path(entry.path)


def compare(new: Mapping[str, object], old: Mapping[str, object], target: str) -> Plan:
    """Plan from two listings (path -> something that differs when the file does)."""
    return Plan(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        removed=tuple(sorted(old.keys() - new.keys())),
        target=target,
    )
