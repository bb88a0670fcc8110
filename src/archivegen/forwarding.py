"""What became of every address that was published and has no page any more: a redirect, a tombstone, or an error.

What is promised stands in permalinks.json; `note_published` adds what a site has when it is put on its host.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from archivegen import permalinks, render, urls
from archivegen.authority import Authority
from archivegen.errors import Diagnostic, Severity
from archivegen.leaks import find_leaks
from archivegen.ledger import fold
from archivegen.permalinks import LOST, PASSED_ON, Lines, Promise
from archivegen.render import Theme
from archivegen.slugs import slugify
from archivegen.store import Reader
from archivegen.views import TombstoneView

__all__ = [
    "Moved",
    "answers",
    "draw",
    "expected_pages",
    "find_moved",
    "note_published",
    "slug_owners",
    "tell_passed_on",
    "unanswered",
]

# The folders whose pages a list of all leads to, where one of them has gone without a successor.
LISTS = {"actor": urls.ACTORS, "outlet": urls.OUTLETS}
LONGEST = 255  # bytes of a name, on any disk of today
FEW = 3  # that are told one by one
PAGES = "/page/"  # the later pages of a list: not promised
HasPage = Callable[[str], bool]  # tells whether a page has an address, or one that differs in capitals at most


class Moved(msgspec.Struct, frozen=True):
    """Addresses without a page of their own: where each leads, what is told where it was withdrawn, what is to say.

    `fallen` are those of actors and outlets that have no successor, and are not ignored: they lead to the list of all.
    """

    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    fallen: tuple[Promise, ...]
    faults: tuple[Diagnostic, ...]


def find_moved(file: Path, reader: Reader, authority: Authority, has_page: HasPage) -> Moved:
    """Find out for every lost address of `file` (permalinks.json), and every `aliases`, what it is now."""
    claims, faults = _claims(reader, has_page)
    lines = Lines(file)
    lost = {p.address: p for p in permalinks.read(file, unless=lambda a: has_page(a) or a in claims)}
    hidden = _hidden(lost, reader.editorial.redactions())
    finder = _Finder(lines, reader, has_page, claims, lost, _names(lost.values(), reader, authority))
    redirects = dict(claims)
    gone: dict[str, str] = {}
    fallen: list[Promise] = []
    written = {fold(address): address for address in claims} if lost else {}
    for address, promise in lost.items():
        if (other := written.setdefault(fold(address), address)) != address:
            message = f"/{address} differs from /{other} in capitals only, and many disks take both for one"
            faults.append(_fault(lines, address, "warning", "capitals", message, "delete one of the two lines"))
        elif address in hidden:
            message = f"/{address} has words that are to be redacted, so there is nothing any more"
            faults.append(_fault(lines, address, "note", "redacted-address", message, ""))
        elif promise.kind == "gone":
            gone[address] = promise.name
        elif (target := finder.target(promise, frozenset())) is not None:  # the front page is ""
            redirects[address] = target
            is_meant = promise.name in authority.ignore  # an editor took it for nobody
            fallen += [promise] if target == LISTS.get(promise.kind) and not is_meant else []
        else:
            faults.append(finder.lost(promise))
    if fallen:
        told = "1 address leads" if len(fallen) == 1 else f"{len(fallen):,} addresses lead"
        message = f"{told} to the list of all, being of actors and outlets that have no page any more"
        faults.append(Diagnostic(file.name, None, "note", "fallen", message, "archivegen review names them"))
    return Moved(redirects, gone, tuple(fallen), tuple(faults))


def answers(moved: Moved) -> Iterator[tuple[str, str]]:
    """Yield (address, answer) of the pages at old addresses; an answer is `redirect ADDRESS` or `gone NOTICE`."""
    for answer, found in (("redirect", moved.redirects), ("gone", moved.gone)):
        for address in sorted(found):
            yield address, f"{answer} {found[address]}"


def draw(theme: Theme, address: str, answer: str) -> bytes:
    """Make the page at an old address."""
    kind, _, rest = answer.partition(" ")
    is_gone = kind == "gone"
    page = render.tombstone(theme, TombstoneView(address, rest)) if is_gone else render.redirect(theme, address, rest)
    return page.encode("utf-8", "replace")


def slug_owners(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (slug, seed) of what was published: another article of the same headline must not take the slug."""
    for address, kind, seed in permalinks.read(file):
        if kind == "article" and address.startswith("articles/"):
            yield address.removeprefix("articles/").rstrip("/"), seed


def tell_passed_on(file: Path, passed_on: Iterable[tuple[str, str, str]]) -> Iterator[Diagnostic]:
    """Say which published addresses are of another file now, given as (slug, seed, path)."""
    found, lines = list(passed_on), Lines(file)
    for slug, seed, path in found[:FEW]:
        address = urls.article(slug)
        message = f"/{address} was published as the page of {seed}, which is away, and is that of {path} now"
        hint = f"if that is the same article, publish it so; if not, bring {seed} back or give {path} another `slug:`"
        yield _fault(lines, address, "warning", PASSED_ON, message, hint)
    if (more := len(found) - FEW) > 0:
        told = f"the same goes for {more:,} more address{'es' if more > 1 else ''}"
        yield Diagnostic(file.name, None, "warning", PASSED_ON, told, "archivegen publish takes it for what you meant")


def expected_pages(reader: Reader) -> HasPage:
    """Tell of an address whether the next build will have a page there, as far as articles, actors and outlets go."""
    pages = {urls.article(slug) for _, _, slug in reader.editorial.slugs()}
    pages |= {urls.actor(actor.id) for actor in reader.actors.all() if actor.page}
    pages |= {urls.outlet(slug) for slug, _, _ in reader.lists.outlets()}
    tops = ("articles", "actors", "outlets")
    return lambda a: fold(a) in pages or a.partition("/")[0] not in tops or a.count("/") != 2


def unanswered(file: Path, site: Collection[str], words: Sequence[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Name the published addresses at which a built site has nothing, but for those with words to be redacted."""
    lost = [promise.address for promise in permalinks.read(file, unless=lambda a: urls.file_of(a) in site)]
    hidden, lines = _hidden(lost, words), Lines(file)
    for address in lost:
        if address not in hidden:
            message, hint = f"/{address} was published, and the site has nothing there", "archivegen build says why"
            yield _fault(lines, address, "error", LOST, message, hint)


def note_published(file: Path, reader: Reader, site: Iterable[str]) -> tuple[int, int]:
    """Add the addresses of a site's files to permalinks.json; return how many it has, and how many are new."""
    known = {promise.address: promise for promise in permalinks.read(file)}
    is_of = {urls.article(slug): Promise(urls.article(slug), "article", s) for s, _, slug in reader.editorial.slugs()}
    for address, slug, _ in reader.editorial.former_addresses():
        path = _address(address)
        is_of.setdefault(path, Promise(path, "article", is_of[urls.article(slug)].name))
    is_of |= {urls.actor(a.id): Promise(urls.actor(a.id), "actor", a.name) for a in reader.actors.all() if a.page}
    is_of |= {urls.outlet(s): Promise(urls.outlet(s), "outlet", name) for s, name, _ in reader.lists.outlets()}
    here = []
    for path in site:
        address = path.removesuffix("index.html")
        if address == path or path.startswith("static/") or PAGES in address:
            continue
        here.append(is_of.get(address) or known.get(address) or Promise(address, "page"))
    promises = permalinks.merged(known.values(), here)
    permalinks.write(file, promises)
    return len(promises), len(promises) - len(known)


def _claims(reader: Reader, has_page: HasPage) -> tuple[dict[str, str], list[Diagnostic]]:
    """Where the addresses lead that articles claim as theirs of old, and what is wrong with such claims."""
    claims: dict[str, str] = {}
    capitals: dict[str, str] = {}  # how an address is written that is not all in small letters
    faults = []
    for given, slug, path in reader.editorial.former_addresses():
        address, target = _address(given), urls.article(slug)
        if address == target:
            continue
        same = fold(address)
        if ".." in address.split("/") or "\\" in address:
            message, hint = f"`aliases` has {given!r}, which is no address", "write the last part of an old address"
        elif max(len(part.encode()) for part in address.split("/")) > LONGEST:
            message, hint = f"`aliases` has {given[:40] + '…'!r}, which is too long for a file's name", "shorten it"
        elif found := next((p for p in _parents(address) if p != urls.HOME and has_page(p.rstrip("/"))), ""):
            message = f"`aliases` has {given!r}, and /{found.rstrip('/')} is a file, which no address can be in"
            hint = "take it out"
        elif (
            other := target if same == fold(target) else capitals.get(same, same if same in claims else address)
        ) != address:
            message = f"`aliases` has {given!r}, which differs from /{other} in capitals only"
            hint = "take it out: many disks take both for one"
        elif has_page(address) or claims.get(address, target) != target:
            message, hint = f"`aliases` has {given!r}, which is the address of another page", "take it out"
        else:
            claims[address] = target
            if same != address:
                capitals[same] = address
            continue
        faults.append(Diagnostic(path, None, "warning", "alias", message, hint))
    return claims, faults


def _address(given: str) -> str:
    """An address as people write it: its last part, or all of it with or without slashes and index.html."""
    path = given.strip().removesuffix("index.html").strip("/")
    return f"{path}/" if "/" in path else urls.article(slugify(path))


def _hidden(lost: Iterable[str], words: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The addresses that have words to be redacted: not even a redirect may stand there."""
    return frozenset(a for a in lost if find_leaks([(urls.file_of(a), b"")], words)) if words else frozenset()


def _names(lost: Iterable[Promise], reader: Reader, authority: Authority) -> dict[tuple[str, str], str]:
    """The address of the actor or outlet that now goes by a name that was published, by (kind, name)."""
    wanted = {(p.kind, p.name) for p in lost if p.kind in LISTS}
    if not wanted:
        return {}
    now: dict[tuple[str, str], str] = {}
    for slug, name, _ in reader.lists.outlets():
        now.setdefault(("outlet", name.casefold()), urls.outlet(slug))
    actors = [actor for actor in reader.actors.all() if actor.page]
    for names in ([(a.name, a.id) for a in actors], [(alias, a.id) for a in actors for alias in a.aliases]):
        for name, number in names:
            now.setdefault(("actor", name.casefold()), urls.actor(number))
    found: dict[tuple[str, str], str] = {}
    for kind, name in wanted:
        known = authority.names.get(name) if kind == "actor" else None
        for one in (known.name if known else name, name):
            if target := now.get((kind, one.casefold())):
                found.setdefault((kind, name), target)
    return found


class _Finder(msgspec.Struct, frozen=True):
    """Finds where lost addresses lead, through any number of steps."""

    lines: Lines
    reader: Reader
    has_page: HasPage
    claims: Mapping[str, str]
    lost_ones: Mapping[str, Promise]
    names: Mapping[tuple[str, str], str]

    def target(self, promise: Promise, seen: frozenset[str]) -> str | None:
        """The page to which an address leads, or None where it is lost."""
        if promise.address in seen:
            return None  # in a circle
        seen |= {promise.address}
        if promise.kind == "redirect":
            return self._page(promise.name.strip().removesuffix("index.html").lstrip("/"), seen)
        if promise.kind == "article":
            slug = self.reader.editorial.slug_of(promise.name)
            return self._page(urls.article(slug), seen) if slug else None
        if found := self.names.get((promise.kind, promise.name)):
            return found
        if promise.kind in LISTS:
            return LISTS[promise.kind]
        around = (self._page(parent, seen) for parent in _parents(promise.address))
        return next((page for page in around if page is not None), urls.HOME)

    def _page(self, address: str, seen: frozenset[str]) -> str | None:
        """The page at an address, or where that leads."""
        address = f"{address}/" if address and not address.endswith("/") else address
        if address == urls.HOME or self.has_page(address):
            return address
        if address in self.claims:
            return self.claims[address]
        promise = self.lost_ones.get(address)
        if promise and promise.kind == "gone":
            return address
        return self.target(promise, seen) if promise else None

    def lost(self, promise: Promise) -> Diagnostic:
        """What to say of an address that leads nowhere, and how to mend it."""
        address, kind, name = promise
        if kind == "redirect":
            message = f"/{address} is to lead to {name}, where nothing is"
            return _fault(
                self.lines, address, "error", LOST, message, "write there the address of a page that there is"
            )
        slug = address.removeprefix("articles/").rstrip("/")
        message = f"/{address} was published as the page of {name}, and nothing is there now"
        stone = f"`status: withdrawn` and `slug: {slug}`"
        if source := self.reader.editorial.source_of(name):
            hint = f"put {source} right, which is left out of the site; or leave it with {stone}"
        else:
            hint = (
                f"one of these mends it: bring {name} back; write `aliases: [{slug}]` into the front matter of the "
                f"article that has its place; put a file {name} there with {stone}; or in this line of "
                f'{self.lines.file.name} write "redirect /articles/OTHER/" or "gone WHY" in place of "article {name}"'
            )
        return _fault(self.lines, address, "error", LOST, message, hint)


def _parents(address: str) -> Iterator[str]:
    """The pages above a page, the nearest first: dates/2018/08/ before dates/2018/."""
    parts = address.rstrip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        yield "/".join(parts[:length]) + "/"
    yield urls.HOME


def _fault(lines: Lines, address: str, severity: Severity, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(lines.file.name, lines.of(address), severity, code, message, hint)
