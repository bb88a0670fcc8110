"""actors.yaml, the authority file: which names are one actor, which are nobody. It wins over everything found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec

from archivegen import yamlfile
from archivegen.errors import ConfigError, Diagnostic
from archivegen.model import Kind

__all__ = ["Authority", "KnownActor", "load_authority"]

Fail = Callable[[int, str, str], None]  # line, what is wrong, what to do

LONG = 200_000  # characters from which a file is worth keeping as it was read
KINDS = ("person", "organisation", "country", "place", "other")
KEYS = ("name", "kind", "aliases", "not", "same_as", "note", "slug")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One entry: a name, its other spellings, names that look alike and are somebody else (`other`)."""

    name: str
    kind: Kind | None
    aliases: tuple[str, ...]
    other: tuple[str, ...]
    same_as: tuple[str, ...]
    note: str
    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """A long file as it was read; `digest` is the hash of its text."""

    digest: str
    actors: tuple[KnownActor, ...]
    ignore: list[str]


@dataclass(frozen=True, slots=True)
class Authority:
    """The whole file. `names` leads from every name and alias to its actor; `ignore` are nobody's names."""

    actors: tuple[KnownActor, ...]
    names: Mapping[str, KnownActor]
    ignore: frozenset[str]


def load_authority(path: Path, kept: Path | None = None) -> Authority:
    """Read actors.yaml; an absent file is an empty one. Raises ConfigError with a diagnostic for every fault.

    `kept` is a file in which a long one is kept as it was read: YAML of 100,000 entries takes seconds.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Authority((), {}, frozenset())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    digest = _digest(text) if kept and len(text) > LONG else ""
    if kept and digest and (found := _recall(kept, digest)):
        return found
    authority = _parse(text, path)
    if kept and digest:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(_Kept(digest, authority.actors, sorted(authority.ignore))))
    return authority


def _digest(text: str) -> str:
    form = repr(KnownActor.__slots__)  # what another version of the program kept is read anew
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
    return Authority(actors, _index(actors, fail), frozenset(_strings(top.get("ignore"))))


def _index(actors: tuple[KnownActor, ...], fail: Fail) -> dict[str, KnownActor]:
    names: dict[str, KnownActor] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            if (known := names.get(name)) and known is not actor:
                message = f"{name!r} stands here and under {known.name!r} on line {known.line}"
                fail(actor.line, message, "keep it under one of them")
            names[name] = actor
    return names


def _actor(entry: Any, at: str, file: yamlfile.YamlFile, fail: Fail) -> KnownActor | None:
    line = file.line(at)
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        fail(line, "an actor needs a name", "like: - name: Sergey Lavrov")
        return None
    for key in entry:
        if key not in KEYS:
            fail(file.line(f"{at}.{key}"), f"unknown key `{key}`", f"known keys: {', '.join(KEYS)}")
    kind = entry.get("kind")
    if kind is not None and kind not in KINDS:
        fail(file.line(f"{at}.kind"), f"`kind` is {kind!r}", f"one of: {', '.join(KINDS)}")
        kind = None
    return KnownActor(
        name=entry["name"],
        kind=cast("Kind | None", kind),
        aliases=_strings(entry.get("aliases")),
        other=_strings(entry.get("not")),
        same_as=_strings(entry.get("same_as")),
        note=str(entry.get("note") or ""),
        slug=str(entry.get("slug") or ""),
        line=line,
    )


def _strings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
