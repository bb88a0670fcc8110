"""From the names that articles use to the archive's actors: one actor from many spellings. The authority file wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from archivegen.authority import Authority
from archivegen.model import Actor, Kind, NameCount
from archivegen.slugs import assign_slugs

__all__ = ["resolve_actors"]

Key = tuple[str, Kind]


def resolve_actors(
    names: Iterable[NameCount], authority: Authority
) -> tuple[tuple[Actor, ...], Mapping[tuple[str, Kind], str]]:
    """Make the archive's actors, sorted by id, and lead from every (name, kind) to its actor's id."""
    groups: dict[str, list[NameCount]] = defaultdict(list)
    for count in names:
        if count.name in authority.ignore:
            continue
        known = authority.names.get(count.name)
        groups[known.name if known else count.name].append(count)
    slugs = assign_slugs((name, name) for name in groups)
    actors: list[Actor] = []
    ids: dict[Key, str] = {}
    for name, counts in groups.items():
        known = authority.names.get(name)
        best = max(counts, key=lambda c: (c.mentions, c.kind))
        kind = known.kind if known and known.kind else best.kind
        articles, mentions = max(c.articles for c in counts), sum(c.mentions for c in counts)
        forms = {form for c in counts for form in (c.name, *c.forms)} - {name}
        page = known is not None or kind == "country" or (
            kind in ("person", "organisation") and (mentions > 1 or articles > 1)
        )  # fmt: skip
        note, same_as = (known.note, known.same_as) if known else ("", ())
        slug = known.slug if known and known.slug else slugs[name]
        actors.append(Actor(slug, name, kind, tuple(sorted(forms)), articles, mentions, page, note, same_as))
        ids |= {(c.name, c.kind): slug for c in counts}
    return tuple(sorted(actors, key=lambda a: a.id)), ids
