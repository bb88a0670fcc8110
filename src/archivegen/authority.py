"""actors.yaml, the authority file: which names are one actor, which are nobody. It wins over everything found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from archivegen import yamlfile
from archivegen.errors import ConfigError, Diagnostic
from archivegen.model import Kind
from archivegen.slugs import slugify

__all__ = ["Authority", "KnownActor", "load_authority"]

Fail = Callable[[int, str, str], None]  # line, what is wrong, what to do

LONG = 200_000  # characters from which a file is worth keeping as it was read
KINDS = ("person", "organisation", "country", "place", "other")
KEYS = ("name", "kind", "aliases", "not", "same_as", "note", "slug")


class KnownActor(msgspec.Struct, frozen=True):
    """One entry: a name, its other spellings, names that look alike and are somebody else (`other`)."""

    name: str
    kind: Kind | None
    aliases: tuple[str, ...]
    other: tuple[str, ...]
    same_as: tuple[str, ...]
    note: str
    slug: str
    line: int


class _Kept(msgspec.Struct, frozen=True):
    """A long file as it was read; `digest` is the hash of its text."""

    digest: str
    actors: tuple[KnownActor, ...]
    ignore: list[str]


class Authority(msgspec.Struct, frozen=True):
    """The whole file. `names` leads from every name and alias to its actor; `ignore` are nobody's names."""

    actors: tuple[KnownActor, ...]
    names: Mapping[str, KnownActor]
    ignore: frozenset[str]


def load_authority(path: Path, kept: Path | None = None) -> Authority:
    """Read actors.yaml; an absent file is an empty one. Raises ConfigError with a diagnostic for every fault.

    `kept` is a file in which a long one is kept as it was read: YAML of 100,000 entries takes seconds.
    """
    try:
        text = yamlfile.read_text(path)
    except FileNotFoundError:
        return Authority((), {}, frozenset())
    digest = _digest(text) if kept and len(text) > LONG else ""
    if kept and digest and (found := _recall(kept, digest)):
        return found
    authority = _parse(text, path)
    if kept and digest:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(_Kept(digest, authority.actors, sorted(authority.ignore))))
    return authority


def _digest(text: str) -> str:
    form = repr(KnownActor.__struct_fields__)  # what another version of the program kept is read anew
    return hashlib.sha256(f"{form}{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _recall(kept: Path, digest: str) -> Authority | None:
    try:
        found = msgspec.json.decode(kept.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    if found.digest != digest:
        return None
    return Authority(found.actors, _index(found.actors, lambda *_: None), frozenset(found.ignore))


def _parse(text: str, path: Path) -> Authority:
    try:
        file = yamlfile.load(text)
    except yamlfile.YamlError as error:
        fault = Diagnostic(path.name, error.line, "error", "authority", error.message)
        raise ConfigError(f"{path.name} cannot be used", diagnostics=(fault,)) from None
    faults: list[Diagnostic] = []

    def fail(line: int, message: str, hint: str) -> None:
        faults.append(Diagnostic(path.name, line, "error", "authority", message, hint))

    authority = _convert(file, fail)
    if faults:
        ordered = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        raise ConfigError(f"{path.name} cannot be used", diagnostics=ordered)
    return authority


def _convert(file: yamlfile.YamlFile, fail: Fail) -> Authority:
    top = {} if file.value is None else file.value
    if not isinstance(top, dict):
        fail(1, "is not a mapping", "write `actors:` and below it `- name: ...` lines")
        top = {}
    for key in top:
        if key not in ("actors", "ignore"):
            fail(file.line(key), f"unknown key `{key}`", "known keys: actors, ignore")
    entries = top.get("actors") or []
    if not isinstance(entries, list):
        fail(file.line("actors"), "`actors` is not a list", "write each as `- name: ...`")
        entries = []
    found = [_actor(entry, f"actors.{i}", file, fail) for i, entry in enumerate(entries)]
    actors = tuple(actor for actor in found if actor)
    names = _index(actors, fail)
    ignore = _names(top.get("ignore"), "ignore", file, fail)
    for i, name in enumerate(ignore):
        if known := names.get(name):
            message = f"{name!r} is ignored here and an actor's name on line {known.line}"
            fail(file.line(f"ignore.{i}"), message, "keep one of the two")
    _check_slugs(actors, fail)
    return Authority(actors, names, frozenset(ignore))


def _index(actors: tuple[KnownActor, ...], fail: Fail) -> dict[str, KnownActor]:
    """Lead from every name to its actor; of a name that stands under two, the fault is the later one's."""
    names = {actor.name: actor for actor in reversed(actors)}
    for actor in actors:
        if (known := names[actor.name]) is not actor:
            fail(actor.line, f"{actor.name!r} is an actor on line {known.line} already", "make one of the two")
        for alias in actor.aliases:
            known = names.setdefault(alias, actor)
            if known is not actor and alias == known.name:
                message = f"{alias!r} is an alias of {actor.name!r} here and an actor of its own on line {known.line}"
                fail(actor.line, message, "keep one of the two")
            elif known is not actor:
                message = f"{alias!r} stands here and under {known.name!r} on line {known.line}"
                fail(actor.line, message, "keep it under one of them")
        if own := {actor.name, *actor.aliases}.intersection(actor.other):
            fail(actor.line, f"{min(own)!r} is {actor.name!r} and under its `not` too", "keep one of the two")
    return names


def _check_slugs(actors: tuple[KnownActor, ...], fail: Fail) -> None:
    owners: dict[str, KnownActor] = {}
    for actor in actors:
        if not actor.slug:
            continue
        if slugify(actor.slug) != actor.slug:
            fail(
                actor.line, f"`slug` is {actor.slug!r}, which is no part of an address", f"write {slugify(actor.slug)}"
            )
        elif (owner := owners.setdefault(actor.slug, actor)) is not actor:
            message = f"`slug` is {actor.slug!r} here and under {owner.name!r} on line {owner.line}"
            fail(actor.line, message, "give one of them another")


def _actor(entry: Any, at: str, file: yamlfile.YamlFile, fail: Fail) -> KnownActor | None:
    line = file.line(at)
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"].strip():
        fail(line, "an actor needs a name", "like: - name: Sergey Lavrov")
        return None
    for key in entry:
        if key not in KEYS:
            fail(file.line(f"{at}.{key}"), f"unknown key `{key}`", f"known keys: {', '.join(KEYS)}")
    kind = entry.get("kind")
    if kind is not None and kind not in KINDS:
        fail(file.line(f"{at}.kind"), f"`kind` is {kind!r}", f"one of: {', '.join(KINDS)}")
        kind = None
    for key in ("note", "slug"):
        if not isinstance(entry.get(key) or "", str):
            fail(file.line(f"{at}.{key}"), f"`{key}` is not a text", f"write {key}: and the words after it")
    return KnownActor(
        name=entry["name"],
        kind=cast("Kind | None", kind),
        aliases=_names(entry.get("aliases"), f"{at}.aliases", file, fail),
        other=_names(entry.get("not"), f"{at}.not", file, fail),
        same_as=_names(entry.get("same_as"), f"{at}.same_as", file, fail),
        note=str(entry.get("note") or ""),
        slug=str(entry.get("slug") or ""),
        line=line,
    )


def _names(value: Any, at: str, file: yamlfile.YamlFile, fail: Fail) -> tuple[str, ...]:
    """A list of texts, or one alone."""
    items = [] if value is None else value if isinstance(value, list) else [value]
    names = tuple(item for item in items if isinstance(item, str) and item.strip())
    if len(names) < len(items):
        key = at.rpartition(".")[2]
        fail(file.line(at), f"`{key}` is not a list of texts", f"like: {key}: [S. Lavrov, Lavrow]")
    return names
