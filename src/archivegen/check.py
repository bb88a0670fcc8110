"""The built site, checked as a reader would find it: links, anchors, ids, and pages that nobody can reach.

One pass over the files; a fault that many pages share is told once, with the first page that has it.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from sys import intern
from urllib.parse import unquote, urljoin, urlsplit

import msgspec
from msgspec.structs import replace

from archivegen.errors import Diagnostic, OutputError, Severity

__all__ = ["check_site"]

Attributes = list[tuple[str, str | None]]
Place = tuple[str, int]  # page, line
Key = tuple[str, str]

PAGES = (".html", ".htm")
PARSED = (*PAGES, ".svg")
NOT_FOUND = "404.html"  # served at any address, so its links may begin at the root
STATIC = "static/"
PRIVATE = ".archivegen"
ONE_LINK = frozenset({"href", "src", "xlink:href", "poster", "action", "data"})
MANY_LINKS = frozenset({"srcset", "imagesrcset"})
HINT_RELATIVE = "write it relative to the page"
LEADS_A_READER = frozenset({"a", "area", "iframe"})

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
SRCSET_PART = re.compile(r"[^\s,]\S*[^\s,]|[^\s,]")
SRCSET_SIZE = re.compile(r"[\d.]+[wxh]")
REFRESH = re.compile(r"\s*\d+\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE)
SITEMAP_PAGE = re.compile(r"<loc>\s*([^<]+?)\s*</loc>")
ROBOTS_PATH = re.compile(r"^\s*(?:dis)?allow\s*:\s*(/\S*)", re.IGNORECASE | re.MULTILINE)


class _Link(msgspec.Struct, frozen=True):
    tag: str
    target: str
    line: int


class _Site(msgspec.Struct, frozen=True):
    """What every page is held against. `base` is the path of the site's address, with slashes around it."""

    files: frozenset[str]
    url: str
    base: str


class _Ledger(msgspec.Struct):
    """What the pass gathers; the only thing here that changes."""

    ids: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)
    leads_to: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)
    off_the_map: set[str] = msgspec.field(default_factory=set)
    wanted: dict[Key, Place] = msgspec.field(default_factory=dict)  # (file, anchor): who asks for it first
    faults: dict[Key, Diagnostic] = msgspec.field(default_factory=dict)  # (code, what the fault is about)
    again: Counter[Key] = msgspec.field(default_factory=Counter)


class _Reader(HTMLParser):
    """Collects the links and ids of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.links: list[_Link] = []
        self.ids: dict[str, int] = {}
        self.repeated: list[tuple[str, int]] = []
        self.names: set[str] = set()
        self.base = ""
        self.off_the_map = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if not attrs:
            return
        line = self.getpos()[0]
        if tag in ("base", "meta"):
            self._head(tag, dict(attrs), line)
            return
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self._id(value, line)
            elif name in ONE_LINK:
                if name != "data" or tag == "object":
                    self.links.append(_Link(tag, value, line))
            elif name in MANY_LINKS:
                parts = SRCSET_PART.findall(value)
                self.links += [_Link(tag, part, line) for part in parts if not SRCSET_SIZE.fullmatch(part)]
            elif name == "name" and tag == "a":
                self.names.add(value)

    def _id(self, value: str, line: int) -> None:
        if value in self.ids:
            self.repeated.append((value, line))
        else:
            self.ids[intern(value)] = line

    def _head(self, tag: str, attrs: dict[str, str | None], line: int) -> None:
        if tag == "base":
            self.base = self.base or attrs.get("href") or ""
            return
        content = attrs.get("content") or ""
        if (attrs.get("http-equiv") or "").lower() == "refresh" and (match := REFRESH.match(content)):
            self.links.append(_Link("meta", match[1].strip(), line))
            self.off_the_map = True
        if (attrs.get("name") or "").lower() == "robots" and "noindex" in content.lower():
            self.off_the_map = True


def check_site(site: Path, url: str = "") -> tuple[Diagnostic, ...]:
    """Check every page of a built site; paths are relative to it.

    Links that begin with `url`, the site's own address, count as internal; other addresses are not looked at. Pages
    that forward elsewhere or ask search engines to pass them by (a withdrawn article's) need no link to them.
    Raises OutputError where there is no site.
    """
    if not (site / "index.html").is_file():
        raise OutputError(f"there is no built site in {site}", hint="make it first: archivegen build")
    files = frozenset(_walk(site, ""))
    url = url.rstrip("/")
    base = urlsplit(url).path.rstrip("/") + "/"
    held = _Site(files, url, base)
    ledger = _Ledger()
    for page in sorted(file for file in files if file.endswith(PARSED)):
        _check_page(page, (site / page).read_text(encoding="utf-8", errors="replace"), held, ledger)
    faults = [*_told_once(ledger), *_missing_anchors(ledger), *_orphans(site, held, ledger)]
    return tuple(sorted(faults, key=lambda fault: (fault.path, fault.line or 0, fault.code, fault.message)))


def _walk(folder: Path, at: str) -> Iterator[str]:
    """The files by their names as the disk has them: comparing with these is exact in case everywhere."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PRIVATE):
                continue
            if entry.is_dir():
                yield from _walk(Path(entry.path), f"{at}{entry.name}/")
            else:
                yield intern(at + entry.name)


def _check_page(page: str, text: str, site: _Site, ledger: _Ledger) -> None:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    ledger.ids[page] = frozenset(reader.ids.keys() | reader.names)
    if reader.off_the_map:
        ledger.off_the_map.add(page)
    for name, line in reader.repeated:
        message = f'id="{name}" is on this page already, on line {reader.ids[name]}'
        fault = Diagnostic(page, line, "error", "duplicate-id", message, "an id names one thing only")
        _note(fault, f"{page}#{name}", ledger)
    # A target that stands on the page many times is followed once, from its first place, as an <a> if there is one.
    links = {link.target: link for link in reversed(reader.links)}
    links |= {link.target: link for link in reversed(reader.links) if link.tag in LEADS_A_READER}
    files = [(_follow(link, page, reader.base, site, ledger), link.tag) for link in links.values()]
    ledger.leads_to[page] = frozenset(file for file, tag in files if file and tag in LEADS_A_READER)


def _follow(link: _Link, page: str, base: str, site: _Site, ledger: _Ledger) -> str:
    """Return the file that a link leads to, empty for another site's or a broken one, which is noted."""
    target = urljoin(base, link.target.strip()) if base else link.target.strip()
    own = _from_root(target, page, site)
    if own is None and SCHEME.match(target):
        if target.lower().startswith("file:"):
            _note_absolute(link, page, "works on one machine only", ledger)
        return ""
    if own is None and target.startswith("/"):
        _note_absolute(link, page, "begins at the root of the host, so it breaks on a USB stick", ledger)
        return ""
    path, _, anchor = (target if own is None else own).partition("#")
    path = unquote(path.partition("?")[0])
    if own is None and not path:
        file = page
    else:
        file = _file_of(path, posixpath.dirname(page) if own is None else "", site.files)
    if file not in site.files:
        _note_broken(link, page, file, site, ledger)
        return ""
    if own is None and link.tag in LEADS_A_READER and path and posixpath.basename(path) != posixpath.basename(file):
        _note_folder(link, page, f"{path.rstrip('/')}/index.html", ledger)
    anchor = unquote(anchor).partition(":~:")[0]
    if anchor and anchor.lower() != "top" and file.endswith(PARSED):
        _want(page, link.line, file, anchor, ledger)
    return file


def _from_root(target: str, page: str, site: _Site) -> str | None:
    """The path from the site's root, if the link is an address of this very site."""
    if site.url and target.startswith(site.url) and target[len(site.url) :][:1] in ("", "/", "#", "?"):
        return target[len(site.url) :].lstrip("/")
    if page == NOT_FOUND and target.startswith(site.base) and not target.startswith("//"):
        return target.removeprefix(site.base)
    return None


def _file_of(path: str, folder: str, files: frozenset[str]) -> str:
    """The file for a path: a folder's is its index.html."""
    file = posixpath.normpath(posixpath.join(folder, path))
    if file == "." or path.endswith("/") or (file not in files and f"{file}/index.html" in files):
        file = posixpath.normpath(f"{file}/index.html")
    return intern(file)


def _want(page: str, line: int, file: str, anchor: str, ledger: _Ledger) -> None:
    """Note that an anchor must exist, unless the file has been read and has it."""
    if file in ledger.ids and anchor in ledger.ids[file]:
        return
    key = (file, intern(anchor))
    if key in ledger.wanted:
        ledger.again[key] += 1
    else:
        ledger.wanted[key] = (page, line)


def _note_absolute(link: _Link, page: str, why: str, ledger: _Ledger) -> None:
    message = f"{link.target} {why}"
    _note(Diagnostic(page, link.line, "error", "absolute-link", message, HINT_RELATIVE), link.target, ledger)


def _note_folder(link: _Link, page: str, better: str, ledger: _Ledger) -> None:
    message = f"{link.target} names a folder: without a web server it shows a list of files"
    _note(Diagnostic(page, link.line, "warning", "folder-link", message, f"write {better}"), link.target, ledger)


def _note_broken(link: _Link, page: str, file: str, site: _Site, ledger: _Ledger) -> None:
    if file == ".." or file.startswith("../"):
        message, hint = f"{link.target} leads out of the site", "put the file into your static folder"
    else:
        message, hint = f"{link.target} leads to {file}, which does not exist", _similar(file, site.files)
    _note(Diagnostic(page, link.line, "error", "broken-link", message, hint), file, ledger)


def _similar(file: str, files: Iterable[str]) -> str:
    folded = _fold(file)
    near = min((other for other in files if _fold(other) == folded), default="")
    return f"there is {near}: names must agree in every letter, capital or small" if near else ""


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _note(fault: Diagnostic, about: str, ledger: _Ledger) -> None:
    key = (fault.code, about)
    if key in ledger.faults:
        ledger.again[key] += 1
    else:
        ledger.faults[key] = fault


def _told_once(ledger: _Ledger) -> Iterator[Diagnostic]:
    for key, fault in ledger.faults.items():
        yield replace(fault, message=fault.message + _and_more(ledger.again[key]))


def _missing_anchors(ledger: _Ledger) -> Iterator[Diagnostic]:
    for key, (page, line) in ledger.wanted.items():
        file, anchor = key
        if anchor not in ledger.ids[file]:
            message = f"there is no #{anchor} in {file}{_and_more(ledger.again[key])}"
            yield Diagnostic(page, line, "error", "broken-anchor", message, f'it needs an element with id="{anchor}"')


def _and_more(again: int) -> str:
    return f"; {again:,} more like it" if again else ""


def _orphans(site: Path, held: _Site, ledger: _Ledger) -> Iterator[Diagnostic]:
    """Pages that no chain of links reaches from the front page."""
    reached = {"index.html"}
    waiting = ["index.html"]
    while waiting:
        fresh = ledger.leads_to.get(waiting.pop(), frozenset()) - reached
        reached |= fresh
        waiting += fresh
    fine = reached | ledger.off_the_map | _named(site, held, "robots.txt", ROBOTS_PATH) | {NOT_FOUND}
    listed = _named(site, held, "sitemap.xml", SITEMAP_PAGE)
    for part in sorted(name for name in listed if name.endswith(".xml")):  # an index names further ones
        listed |= _named(site, held, part, SITEMAP_PAGE)
    for page in held.files - fine:
        if page.endswith(PAGES) and not page.startswith(STATIC):
            severity: Severity = "warning" if page in listed else "error"
            how = "only sitemap.xml names it" if page in listed else "no link leads to it from the front page"
            message = f"readers cannot find this page: {how}"
            yield Diagnostic(page, None, severity, "orphan", message, "link to it, or delete it")


def _named(site: Path, held: _Site, name: str, pattern: re.Pattern[str]) -> set[str]:
    """The files that sitemap.xml or robots.txt speaks of."""
    if name not in held.files:
        return set()
    text = (site / name).read_text(encoding="utf-8", errors="replace")
    paths = (unquote(urlsplit(unescape(address)).path) for address in pattern.findall(text))
    return {_file_of(path.removeprefix(held.base).lstrip("/"), "", held.files) for path in paths}
