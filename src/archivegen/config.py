"""site.yaml -> one typed tree. Every fault is reported at once, each with its line and the nearest key."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archivegen import yamlfile
from archivegen.downloads import FORMATS
from archivegen.errors import ConfigError, Diagnostic
from archivegen.look import Look, check_colours, logo_size, to_colour, to_fonts

__all__ = ["Config", "Detect", "Engine", "Target", "default_config", "load_config"]

FILE_NAME = "site.yaml"
URL = re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
ENGINES = ("local", "dask")
STORE = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
SCHEDULER = re.compile(r"[a-z][a-z0-9+]*://(?:\[[0-9a-f:.]+\]|[^\s/:\[\]]+):\d+/?", re.IGNORECASE)
FEEDS = ("site", "actors", "outlets")
TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _key(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True)
class Detect:
    """`detect:` what to look for in the articles' text."""

    actors: bool = _key(True, "find names of people, organisations and countries in the text")
    dates: bool = _key(True, "find dates in the text and make the timeline of them")


@dataclass(frozen=True, slots=True)
class ActorPages:
    """`actor_pages:` how often a person or an organisation must be named for a page; either is enough."""

    mentions: int = _key(2, "times, in one article or in several")
    articles: int = _key(2, "articles that name it")


@dataclass(frozen=True, slots=True)
class Engine:
    """`engine:` where the work runs."""

    kind: str = _key("local", "`local`: this machine; `dask`: a Dask cluster, see docs/scale.md")
    jobs: int = _key(0, "with `local`, processes at once; 0 means one for every core")
    scheduler: str = _key("", "with `dask`, the address of its scheduler: `tcp://host:8786`")


@dataclass(frozen=True, slots=True)
class Target:
    """One entry under `publish:`. What `to` means depends on its form; see docs/publishing.md."""

    name: str
    to: str
    options: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one site. Paths are absolute; they are given relative to site.yaml."""

    root: Path
    title: str = _key("", "the archive's name (needed)")
    url: str = _key("", "the public address, for the feed and the sitemap: https://example.org/archive/")
    description: str = _key("", "one or two sentences about the archive, for its front page")
    language: str = _key(
        "en", "the site's own language (`en`, `pl`, `zh`; else English), and that of articles that do not say theirs"
    )
    seeds: Path = _key(Path("seeds"), "folder of the raw articles; never written to, but for copies from `seeds_from`")
    seeds_from: str = _key(
        "", "an object store, whose files are copied into `seeds` before each build: `s3://my-bucket/articles`"
    )
    records: Path = _key(Path("records"), "folder of corrected articles, which win over their seeds")
    actors: Path = _key(Path("actors.yaml"), "the authority file: names, other spellings, what to ignore")
    output: Path = _key(Path("site"), "folder that the site is written to")
    templates: Path = _key(Path("templates"), "your own templates, file by file over the theme's")
    static: Path = _key(Path("static"), "your own styles and pictures, file by file over the theme's")
    theme: Look = _key(Look(), 'colours, typefaces, logo and footer: `{accent: "#8c1c13", logo: crest.svg}`')
    columns: tuple[tuple[str, str], ...] = _key(
        (), "in files that hold many articles, which column is which field: `{headline: title, text: body}`"
    )
    page_size: int = _key(100, "entries and articles on one page of a long list")
    detect: Detect = _key(Detect(), "what to look for in the text: `{actors: true, dates: true}`")
    actor_pages: ActorPages = _key(
        ActorPages(), "how often a person or organisation must be named for a page: `{mentions: 2, articles: 2}`"
    )
    search: bool = _key(True, "a page that searches articles, actors and days: `true` or `false`")
    feeds: tuple[str, ...] = _key(
        FEEDS, "feeds of the newest articles, Atom and JSON: `true`, `false`, or some of `[site, actors, outlets]`"
    )
    data: tuple[str, ...] = _key(
        FORMATS,
        "files to download, in `data/`: `true`, `false`, or some of `[csv, jsonl, sqlite, timelinejs, icalendar]`",
    )
    publish: tuple[Target, ...] = _key((), "where `archivegen publish NAME` puts the site: `NAME: {to: ...}`")
    engine: Engine = _key(
        Engine(), 'where the work runs: `{kind: local, jobs: 0}` or `{kind: dask, scheduler: "tcp://host:8786"}`'
    )
    derived: Path | None = None  # in place of `.archivegen`, where a second site is built beside the first

    @property
    def work(self) -> Path:
        """Folder of everything derived; deleting it costs only time."""
        return self.derived or self.root / ".archivegen"

    @property
    def permalinks(self) -> Path:
        """The list of all addresses that were ever published."""
        return self.root / "permalinks.json"


def default_config(root: Path) -> Config:
    """The settings of a folder without site.yaml, for looking at single files."""
    return _absolute(Config(root=root.resolve(), title=root.resolve().name))


def load_config(root: Path) -> Config:
    """Read ROOT/site.yaml. Raises ConfigError with a diagnostic for every fault in it."""
    if root.name == FILE_NAME and root.is_file():
        root = root.parent
    path = root / FILE_NAME
    try:
        text = yamlfile.read_text(path)
    except FileNotFoundError:
        raise ConfigError(
            f"there is no {FILE_NAME} in {root.resolve()}",
            hint="go to your archive's folder, or make a new one with: archivegen init my-archive",
        ) from None
    try:
        file = yamlfile.load(text)
    except yamlfile.YamlError as error:
        raise _refuse([_fault(error.line, error.message)]) from None
    if not isinstance(file.value, dict):
        what = "is empty" if file.value is None else "is not a list of `key: value` lines"
        raise _refuse([_fault(1, what, hint="it needs at least a line like: title: My archive")])
    faults: list[Diagnostic] = []
    config = _fill(Config, file.value, "", file, faults, root=root.resolve())
    if not config.title.strip() and not any("title" in f"{fault.message} {fault.hint}" for fault in faults):
        faults.append(_fault(1, "`title` is missing", hint="add a line like: title: My archive"))
    config = _absolute(config)
    faults += _check_folders(config, file)
    faults += _check_look(config, file)
    if config.engine.kind == "dask" and "engine.scheduler" not in file.lines:
        hint = 'like: engine: {kind: dask, scheduler: "tcp://host:8786"}'
        faults.append(_fault(file.line("engine"), "`engine.kind` dask needs `engine.scheduler`", hint))
    if faults:
        raise _refuse(sorted(faults, key=lambda fault: fault.line or 0))
    return config


def _absolute(config: Config) -> Config:
    paths = {
        f.name: config.root / os.path.expanduser(getattr(config, f.name))  # noqa: PTH111 - Path fails at ~nobody
        for f in _keys(Config)
        if isinstance(f.default, Path)
    }
    return dataclasses.replace(config, **paths)


def _check_folders(config: Config, file: yamlfile.YamlFile) -> list[Diagnostic]:
    """The output may neither hold nor lie in what a person keeps; a theme that is named must be there."""
    out = config.output.resolve()
    if out == config.root or out in config.root.parents:
        message = "`output` is the archive's own folder or one above it"
        return [_fault(file.line("output"), message, hint="give the site a folder of its own: output: site")]
    faults = []
    if config.work.resolve() in (out, *out.parents) or ".git" in out.parts:
        message = "`output` lies in a folder of a program's own, which may be deleted at any time"
        faults.append(_fault(file.line("output"), message, hint="give the site a folder of its own: output: site"))
    if config.seeds.resolve() == config.records.resolve():
        line = file.line("records" if "records" in file.lines else "seeds")
        message = "`seeds` and `records` are the same folder"
        faults.append(_fault(line, message, hint="give records a folder of their own: records: records"))
    for name in ("seeds", "records", "templates", "static"):
        folder = getattr(config, name).resolve()
        if out == folder or out in folder.parents or folder in out.parents:
            message = f"`output` ({out.name}) and `{name}` are the same folder, or one lies in the other"
            line = file.line("output" if "output" in file.lines else name)
            faults.append(_fault(line, message, hint="give the site a folder of its own: output: site"))
        elif name in ("templates", "static") and isinstance(file.value.get(name), str) and not folder.is_dir():
            faults.append(_fault(file.line(name), f"`{name}`: there is no folder {getattr(config, name)}"))
    if isinstance(file.value.get("actors"), str) and not config.actors.is_file():
        faults.append(_fault(file.line("actors"), f"`actors`: there is no file {config.actors}"))
    return faults


def _check_look(config: Config, file: yamlfile.YamlFile) -> list[Diagnostic]:
    """Colours must be readable on each other; the logo must be there, and have a size."""
    faults = [
        _fault(file.line(f"theme.{key}"), f"`theme.{key}`: {message}", hint)
        for key, message, hint in check_colours(config.theme)
    ]
    if config.theme.logo:
        line = file.line("theme.logo")
        logo = config.static / config.theme.logo
        try:
            logo_size(logo)
        except ValueError as error:
            faults.append(_fault(line, f"`theme.logo`: {config.theme.logo} {error}"))
        except OSError:
            names = sorted(other.name for other in config.static.glob("*")) if config.static.is_dir() else []
            hint = _meant(config.theme.logo, names) or "put the picture there"
            faults.append(_fault(line, f"`theme.logo`: there is no {config.theme.logo} in {config.static}", hint))
    return faults


def _fill(kind: type[Any], values: Mapping[str, Any], at: str, file: yamlfile.YamlFile,
          faults: list[Diagnostic], **given: Any) -> Any:  # fmt: skip
    known = {f.name: f for f in _keys(kind)}
    filled = dict(given)
    for name, value in values.items():
        line = file.line(at + name)
        if name not in known:
            hint = _meant(name, known, at) or f"known keys: {', '.join(known)}"
            faults.append(_fault(line, f"unknown key `{at}{name}`", hint=hint))
            continue
        try:
            filled[name] = _convert(known[name], value, at + name, file, faults)
        except ValueError as error:
            faults.append(_fault(line, f"`{at}{name}` {error}"))
    return kind(**filled)


def _convert(
    key: dataclasses.Field[Any], value: Any, at: str, file: yamlfile.YamlFile, faults: list[Diagnostic]
) -> Any:
    if key.name in _TABLES:
        return _TABLES[key.name](value, file, faults)
    if dataclasses.is_dataclass(key.default):
        if not isinstance(value, dict):
            raise ValueError(
                "takes keys of its own, like: {" + ", ".join(f.name for f in _keys(type(key.default))) + "}"
            )
        return _fill(type(key.default), value, f"{at}.", file, faults)
    if not isinstance(value, str):
        raise ValueError(key.metadata.get("empty", "is empty") if value is None else "takes a single value")
    convert = _BY_NAME.get(at) or next(convert for kind, convert in _CONVERTERS if isinstance(key.default, kind))
    return convert(value)


def _to_bool(value: str) -> bool:
    if value.lower() not in TRUTHS:
        raise ValueError(f"takes true or false, not {value!r}")
    return TRUTHS[value.lower()]


def _to_int(value: str) -> int:
    if not value.isdecimal() or len(value) > 6:
        raise ValueError(f"takes a whole number, not {value!r}")
    return int(value)


def _to_page_size(value: str) -> int:
    if _to_int(value) == 0:
        raise ValueError("takes a whole number from 1")
    return int(value)


def _to_url(value: str) -> str:
    if value and not URL.fullmatch(value):
        what = "has no ? and no #" if "?" in value or "#" in value else "begins with https:// or http://"
        raise ValueError(f"is {value!r}; it {what}, like https://example.org/archive/")
    return value


def _to_language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise ValueError(f"takes a language's code, like en or pt-BR, not {value!r}")
    return value


def _to_store(value: str) -> str:
    if value and not STORE.fullmatch(value):
        raise ValueError(f"is {value!r}; it is an address, like s3://my-bucket/articles")
    return value


def _to_engine(value: str) -> str:
    if value not in ENGINES:
        raise ValueError(f"is {value!r}; " + (_meant(value.lower(), ENGINES) or f"known: {', '.join(ENGINES)}"))
    return value


def _to_scheduler(value: str) -> str:
    if not SCHEDULER.fullmatch(value):
        raise ValueError(f"is {value!r}; it is an address with its port, like tcp://host:8786")
    return value


# Keys that take less than their type allows.
_BY_NAME: Mapping[str, Callable[[str], Any]] = {
    "page_size": _to_page_size,
    "actor_pages.mentions": _to_page_size,
    "actor_pages.articles": _to_page_size,
    "url": _to_url,
    "language": _to_language,
    "seeds_from": _to_store,
    "engine.kind": _to_engine,
    "engine.scheduler": _to_scheduler,
    **dict.fromkeys(("theme.accent", "theme.accent_dark", "theme.background", "theme.background_dark"), to_colour),
    "theme.text_font": to_fonts,
    "theme.headline_font": to_fonts,
}
# The others, by the type of their default; a bool is an int too, so it comes first.
_CONVERTERS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (bool, _to_bool),
    (int, _to_int),
    (str, str),
    (Path, Path),
)


def _columns(value: Any, file: yamlfile.YamlFile, faults: list[Diagnostic]) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise ValueError("takes names of columns with a field each, like: {headline: title, text: body}")
    from archivegen.frontmatter import FIELDS, SAME  # noqa: PLC0415 - few sites have tables, and it takes 10 ms

    # What a column of a table can be: a field of front matter, the body, or what its article is known by.
    fields = frozenset((*FIELDS, *SAME, "body", "id"))
    out = []
    for name, field_name in value.items():
        if isinstance(field_name, str) and field_name in fields:
            out.append((name, field_name))
            continue
        hint = _meant(str(field_name), fields) or f"known fields: {', '.join(sorted(fields))}"
        faults.append(_fault(file.line(f"columns.{name}"), f"`columns.{name}`: there is no field {field_name!r}", hint))
    return tuple(out)


def _some_of(names: tuple[str, ...]) -> Callable[[Any, yamlfile.YamlFile, list[Diagnostic]], tuple[str, ...]]:
    """All of these names, none, or those that are listed, in their own order."""

    def convert(value: Any, _file: yamlfile.YamlFile, _faults: list[Diagnostic]) -> tuple[str, ...]:
        if isinstance(value, str) and value.lower() in TRUTHS:
            return names if TRUTHS[value.lower()] else ()
        listed = value if isinstance(value, list) else [value]
        unknown = [name for name in listed if name not in names]
        if unknown:
            raise ValueError(f"takes true, false or some of [{', '.join(names)}], not {unknown[0]!r}")
        return tuple(name for name in names if name in listed)

    return convert


def _targets(value: Any, file: yamlfile.YamlFile, faults: list[Diagnostic]) -> tuple[Target, ...]:
    if not isinstance(value, dict):
        raise ValueError("takes names with a target each, like: {web: {to: ../public}}")
    targets = []
    for name, given in value.items():
        line = file.line(f"publish.{name}")
        options = {"to": given} if isinstance(given, str) else given
        if not isinstance(options, dict) or not isinstance(options.get("to"), str):
            faults.append(_fault(line, f"`publish.{name}` needs `to`", hint="like: {to: ../public}"))
            continue
        rest = {key: str(option) for key, option in options.items() if key != "to"}
        targets.append(Target(name, options["to"], rest, line))
    return tuple(targets)


# Keys whose own keys are a person's.
_TABLES: Mapping[str, Callable[[Any, yamlfile.YamlFile, list[Diagnostic]], Any]] = {
    "publish": _targets,
    "columns": _columns,
    "feeds": _some_of(FEEDS),
    "data": _some_of(FORMATS),
}


def _meant(word: str, words: Iterable[str], at: str = "") -> str:
    """A hint at the word that is nearest, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - few settings have a fault

    near = get_close_matches(word, list(words), 1, 0.6)
    return f"did you mean `{at}{near[0]}`?" if near else ""


def _keys(kind: type[Any]) -> list[dataclasses.Field[Any]]:
    return [f for f in dataclasses.fields(kind) if f.metadata]


def _fault(line: int, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(FILE_NAME, line, "error", "config", message, hint)


def _refuse(faults: list[Diagnostic]) -> ConfigError:
    return ConfigError(f"{FILE_NAME} cannot be used", diagnostics=tuple(faults))
