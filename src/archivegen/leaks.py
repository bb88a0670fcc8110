"""The files of a site, and the words that must not be in it -> the files that have one all the same.

Looked for as written, as HTML and JSON escape it, percent-encoded, and in the form it has in an address.
"""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import msgspec

from archivegen.errors import Diagnostic, OutputError
from archivegen.redaction import Pattern, fold, pattern_of
from archivegen.slugs import slugify

__all__ = ["find_leaks", "refuse_leaks"]

TOLD = 20  # files that are named one by one
PIECE, OVERLAP = 1_000_000, 4_000  # bytes
AROUND = 30  # characters on either side of what was found
HINT = """Where it comes from tells what to do:
another article: put the words under its `redact` too, or correct it in a record;
an actor's name or address: mend actors.yaml, or redact the other forms of the name as well;
a file's name: rename the file; the site's own words: site.yaml, templates/ or static/.
If it is another word that only looks alike, give a longer text under `redact`."""
# What holds no text to be read without unpacking it; and programs and styles, whose words are not the archive's.
PACKED = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".avif",
        ".ico",
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".zip",
        ".gz",
        ".wasm",
        ".pagefind",
    ]
)
UNPACKED = frozenset((".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta"))  # of the search index, as gzip
PROGRAMS = (frozenset((".css", ".js")), ("static/", "search/"))
MARKUP = (".html", ".xml", ".svg")

TOKEN = re.compile(r"[^\W_]+")
TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|del|em|i|ins|mark|q|s|small|span|strong|time)[\s>]", re.IGNORECASE)
STYLE = re.compile(r"<style\b.*?</style>", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
# Attributes whose words are the theme's and HTML's, not the archive's.
OF_THEME = frozenset(("class", "rel", "role", "type", "style", "lang", "dir", "charset", "d", "points", "viewbox"))
JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
SHORT_ESCAPES = {"b": " ", "f": " ", "n": "\n", "r": "\r", "t": "\t"}


class _Search(msgspec.Struct, frozen=True):
    """A word with the article that redacts it, and what finds it: in a text, and in an address."""

    word: str
    article: str
    tokens: tuple[str, ...]
    pattern: Pattern
    in_address: Pattern | None


def refuse_leaks(
    files: Iterable[tuple[str, Path]], words: Sequence[tuple[str, str]], texts: Iterable[tuple[str, str]] = ()
) -> None:
    """Raise OutputError if any of the files, as (path in the site, where it waits), has one of the words.

    `words` are (article, word). Files of any size are read piece by piece. `texts` are what the archive's articles say,
    by path: those that have such a word are named first, being what is to be mended.
    """
    if not words:
        return
    faults = find_leaks(((path, piece) for path, file in files for piece in _pieces(path, file)), words)
    if faults:
        count = len({fault.path for fault in faults})
        message = f"words that are to be redacted are still in {count} {'file' if count == 1 else 'files'}"
        searches = _searches(words)
        sources = (fault for path, text in texts for fault in _look(path, text.encode("utf-8", "replace"), searches))
        told = (*islice(sources, TOLD), *tuple(dict.fromkeys(faults))[:TOLD])
        raise OutputError(f"{message}; nothing was written", hint=HINT, diagnostics=told)


def find_leaks(files: Iterable[tuple[str, bytes]], words: Sequence[tuple[str, str]]) -> list[Diagnostic]:
    """Name every file, given as (path, bytes), that has one of the words."""
    searches = _searches(words)
    return [fault for path, data in files for fault in _look(path, data, searches)]


def _pieces(path: str, file: Path) -> Iterator[bytes]:
    """A file's bytes, a long one's in pieces that overlap by more than a word has."""
    if _is_passed_by(path):
        yield b""  # its name may have the word all the same
        return
    with gzip.open(file) if file.suffix in UNPACKED else file.open("rb") as opened:
        piece = opened.read(PIECE)
        yield piece
        while more := opened.read(PIECE):
            piece = piece[-OVERLAP:] + more
            yield piece


def _searches(words: Iterable[tuple[str, str]]) -> list[_Search]:
    found: dict[str, _Search] = {}
    for article, word in words:
        slug = slugify(word)
        is_distinct = sum(map(str.isalnum, slug)) > 2 and not slug.startswith("x-")
        in_address = re.compile(rf"(?<![^\W_]){re.escape(fold(slug))}(?![^\W_])") if is_distinct else None
        tokens = tuple(TOKEN.findall(fold(word)))
        found.setdefault(fold(word), _Search(word, article, tokens, pattern_of(word), in_address))
    return list(found.values())


def _look(path: str, data: bytes, searches: Iterable[_Search]) -> Iterator[Diagnostic]:
    text = "" if _is_passed_by(path) else data.decode("utf-8", "replace")
    forms = [fold(form) for form in (*_forms(text), unquote(path))]
    suspects = [one for one in searches if any(all(token in form for token in one.tokens) for form in forms)]
    if not suspects:
        return
    texts, addresses = _views(path, text)
    for one in suspects:
        if shown := _found(one, texts, addresses):
            message = f"still has “{one.word}”, which {one.article} redacts: “{shown}”"
            yield Diagnostic(path, None, "error", "redacted", message)


def _is_passed_by(path: str) -> bool:
    suffix = PurePosixPath(path).suffix.lower()
    suffixes, folders = PROGRAMS
    return suffix in PACKED or (suffix in suffixes and path.startswith(folders))


def _forms(text: str) -> list[str]:
    """The text without the escapes of HTML (twice, as feeds have it), and without those of JSON and addresses too."""
    if "\0" in text:
        return [text]  # a database: nothing in it is escaped
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
    if "\\" not in text and "%" not in text:
        return [text]
    plain = JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else SHORT_ESCAPES.get(m[2], m[2]), text)
    plain = html.unescape(plain) if "&" in plain else plain
    return [text, unquote(plain, errors="replace")]


def _views(path: str, text: str) -> tuple[list[str], list[str]]:
    """The file's words, folded, in every form that they may have; and its addresses."""
    if not path.endswith(MARKUP):
        whole = [fold(form) for form in (unquote(path), text, *_forms(text))]
        return whole, whole
    text = STYLE.sub(" ", text)
    inside = TAG.sub(lambda tag: "" if INLINE.match(tag[0]) else " ", text)
    attributes = "\n".join(
        value.strip("\"'")
        for tag in TAG.findall(text)
        for name, value in ATTRIBUTE.findall(tag)
        if name.lower() not in OF_THEME
    )
    addresses = [fold(unquote(path)), *(fold(form) for form in _forms(attributes))]
    return [*(fold(form) for form in _forms(inside)), *addresses], addresses


def _found(search: _Search, texts: Iterable[str], addresses: Iterable[str]) -> str:
    """The words around what was found, empty if nothing was."""
    for pattern, views in ((search.pattern, texts), (search.in_address, addresses)):
        for view in views if pattern else ():
            if match := pattern and pattern.search(view):
                start, end = max(0, match.start() - AROUND), match.end() + AROUND
                return " ".join(view[start:end].split())
    return ""
