"""An XML dump -> its items, one at a time, each with its byte offset and line. Expat: nothing is fetched or expanded.

Entities that a file declares are refused; control characters and bytes that are not UTF-8 do not end the reading.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

import msgspec

from archivegen.read.containers.window import Window
from archivegen.read.decode import MAX_BYTES

__all__ = ["Broken", "Channel", "Element", "Item", "scan"]

CHUNK = 1 << 16
DEPTH = 100  # no feed is deeper; a page within one may be
ROOTS = ("rss", "rdf", "feed")
ITEMS = ("item", "entry")
WORDPRESS = "http://wordpress.org/export/"
CONTROLS = bytes(b if b >= 32 or b in (9, 10, 13) else 32 for b in range(256))
ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
# "AT&T", "a < b": what stands bare in a feed that a program wrote without care; in CDATA it may.
BARE = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|\w{1,31};)|<(?![A-Za-z/!?])", re.DOTALL)
BLANK_FIRST = re.compile(rb"^(\s+)(<\?xml[^>]{0,200}\?>)")
MOST_BREAKS = 1000  # of one file
SURROGATE = re.compile("[\udc80-\udcff]")
VOID = ("br", "hr", "img")


class Broken(Exception):
    """The file cannot be read further."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Element(msgspec.Struct, frozen=True):
    """A child of an item: namespace and local name, attributes, text; markup within it is written out again."""

    space: str
    name: str
    attributes: dict[str, str]
    text: str


class Item(msgspec.Struct, frozen=True):
    """An item or entry: its children in order, where it begins, whether it was cut for its size."""

    elements: tuple[Element, ...]
    offset: int
    line: int
    is_cut: bool


class Channel(msgspec.Struct):
    """What stands before the items: the kind of file (its root), its own fields, the writers WordPress names.

    `spaces` are the root's namespaces by prefix; `encoding` is the one declared, empty for UTF-8.
    """

    root: str = ""
    is_wordpress: bool = False
    texts: dict[str, str] = msgspec.field(default_factory=dict)
    writers: dict[str, str] = msgspec.field(default_factory=dict)
    bad_bytes: int | None = None
    spaces: dict[str, str] = msgspec.field(default_factory=dict)
    encoding: str = ""


def scan(file: Path, channel: Channel) -> Iterator[Item | Broken]:
    """Yield the items of a feed or an export; fill `channel` meanwhile.

    Where the XML is broken it yields why, and goes on with the next item. Raises Broken where there is none.
    A file whose root is no feed's yields nothing.
    """
    with file.open("rb") as stream:
        window = Window(_clean(stream, channel))
        parser = _Parser(channel)
        data = window.more()
        for _ in range(MOST_BREAKS):
            broken = None
            try:
                while True:
                    parser.feed(data, last=not data)
                    yield from parser.taken()
                    if not data or (channel.root and channel.root not in ROOTS):
                        return
                    data = window.more()
            except expat.ExpatError as error:
                broken = Broken(expat.errors.messages.get(error.code, str(error)), parser.line)
            except ValueError as error:  # an encoding that Python does not know, or one of several bytes
                broken = Broken(str(error), None)
            except Broken as error:
                broken = error
            yield from parser.taken()
            if channel.root not in ROOTS or channel.encoding == "utf-16":
                raise broken
            resume_at = parser.resume_at
            if mended := _mended(window, parser, channel):
                item, resume_at = mended
                yield item
            found = window.item_from(resume_at)
            if found is None:
                raise broken
            offset, line, data = found
            if not mended:
                yield Broken(f"{broken.message}; read on from line {line}", broken.line)
            parser = _Parser(channel, offset, line)
        raise Broken("is broken in too many places", parser.line)


def _mended(window: Window, broken: _Parser, channel: Channel) -> tuple[Item, int] | None:
    """Read an item again with its bare & and < as what was meant; return it and the byte at which it ends."""
    if not broken.item_depth or broken.is_nested:
        return None
    offset, line = broken.at
    raw = window.whole_item(offset, f"</{broken.path[broken.item_depth - 1]}>".encode())
    if raw is None:
        return None
    parser = _Parser(channel, offset, line)
    try:
        parser.feed(BARE.sub(lambda match: match[1] or (b"&amp;" if match[0] == b"&" else b"&lt;"), raw))
    except (expat.ExpatError, ValueError, Broken):
        return None
    items = parser.taken()
    return (items[0], offset + len(raw)) if len(items) == 1 else None


def _clean(stream: IO[bytes], channel: Channel) -> Iterator[bytes]:
    """Replace what is no XML by as many bytes that are, so that offsets stay; exports of old blogs hold such bytes."""
    first = stream.read(CHUNK)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        channel.encoding = "utf-16"
        yield first
        while chunk := stream.read(CHUNK):
            yield chunk
        return
    # WordPress with a careless plugin writes blank lines first, which XML forbids: they may stand below the first line.
    first = BLANK_FIRST.sub(rb"\2\1", first, count=1)
    declared = ENCODING.match(first.removeprefix(codecs.BOM_UTF8))
    is_utf8 = not declared or declared[1].lower() in (b"utf-8", b"utf8")
    channel.encoding = "" if is_utf8 or not declared else declared[1].decode("ascii")
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    chunk, lines = first, 1
    while chunk:
        chunk = chunk.translate(CONTROLS)
        if is_utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
            text = decoder.decode(chunk)
            if bad := SURROGATE.search(text):
                channel.bad_bytes = channel.bad_bytes or lines + text.count("\n", 0, bad.start())
                text = SURROGATE.sub("?", text)
            chunk = text.encode("utf-8")
        lines += chunk.count(b"\n")
        if chunk:
            yield chunk
        chunk = stream.read(CHUNK)


class _Parser:
    """Expat's callbacks, and what is open while they come."""

    def __init__(self, channel: Channel, offset: int = 0, line: int = 1) -> None:
        """Begin at an item that stands at this byte and line, as if nothing but the file's head came before it."""
        self.channel = channel
        self.items: list[Item] = []
        self.depth = 0
        self.item_depth = 0
        self.at = (0, 0)
        self.size = 0
        self.elements: list[Element] = []
        self.open: tuple[str, str, dict[str, str]] | None = None
        self.parts: list[str] = []
        self.path: list[str] = []
        self.login = ""
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.buffer_size = 1 << 16
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text
        self.expat.EntityDeclHandler = self._refuse_entity
        self.expat.StartNamespaceDeclHandler = self._namespace
        # HTML's entities (&nbsp;) stand undeclared in many feeds; so they are skipped, not an error, and looked up.
        self.expat.UseForeignDTD(True)
        self.expat.SkippedEntityHandler = self._html_entity
        head = _head(channel) if offset else b""
        self.first_byte, self.first_line = offset - len(head), line
        self.is_nested = False
        self.broke_at: int | None = None
        self.feed(head)

    @property
    def line(self) -> int:
        return self.expat.CurrentLineNumber + self.first_line - 1

    @property
    def offset(self) -> int:
        return self.expat.CurrentByteIndex + self.first_byte

    @property
    def resume_at(self) -> int:
        """The byte from which the next item is to be looked for, once it broke."""
        # Expat reads on when a callback raises, so the place was kept.
        return (self.offset if self.broke_at is None else self.broke_at) + (not self.is_nested)

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self.expat.Parse(chunk, last)

    def taken(self) -> list[Item]:
        """Hand over the items that are whole."""
        items, self.items = self.items, []
        return items

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if self.depth == 0:
            self.channel.spaces.setdefault(prefix or "", uri or "")
        if uri and uri.startswith(WORDPRESS) and not uri.endswith("/excerpt/") and self.depth <= 1:
            self.channel.is_wordpress = True

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise Broken(
            f"declares an entity ({name[:40]!r}), which is not read: entities can swell without end", self.line
        )

    def _html_entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._text(html.unescape(f"&{name};"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        space, _, local = name.rpartition(" ")
        self.path.append(local)
        if self.depth > DEPTH:
            self.broke_at = self.offset
            raise Broken("is nested too deeply", self.line)
        if self.depth == 1:
            self.channel.root = local.lower()
        if not self.item_depth:
            self.size = 0
            if local in ITEMS:
                self.item_depth, self.elements = self.depth, []
                self.at = (self.offset, self.line)
            self.parts = []
        elif local in ITEMS and local == self.path[self.item_depth - 1]:
            self.is_nested, self.broke_at = True, self.offset
            raise Broken(f"the <{local}> of line {self.at[1]} does not end", self.line)
        elif self.depth == self.item_depth + 1:
            self.open, self.parts = (space, local, attributes), []
        elif local == "name" and self.path[-2] in ("author", "contributor"):
            self.parts = []  # Atom: an author's name, without the address that may stand before it
        elif self.open and self.open[1] in ("content", "summary", "title"):
            shown = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items() if " " not in key)
            self._put(f"<{local}{shown}>")

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if not self.item_depth:
            self._channel_field(local)
        elif self.depth == self.item_depth:
            self.items.append(Item(tuple(self.elements), *self.at, self.size > MAX_BYTES))
            self.item_depth, self.elements = 0, []
        elif self.depth == self.item_depth + 1 and self.open:
            self.elements.append(Element(*self.open, "".join(self.parts)))
            self.open, self.parts = None, []
        elif self.open and self.open[1] == "author" and local != "name":
            self.parts = self.parts[:1]
        elif self.open and self.open[1] in ("content", "summary", "title") and local not in VOID:
            self._put(f"</{local}>")
        self.depth -= 1
        self.path.pop()

    def _channel_field(self, local: str) -> None:
        text = "".join(self.parts).strip()
        self.parts = []
        if local == "author_login":
            self.login = text
        elif local == "author_display_name" and self.login:
            self.channel.writers[self.login] = text
        elif text and (self.depth == 3 or (self.depth == 2 and self.channel.root == "feed")):
            self.channel.texts.setdefault(local, text)

    def _text(self, text: str) -> None:
        is_markup = self.open and self.depth > self.item_depth + 1 and self.open[1] in ("content", "summary", "title")
        self._put(html.escape(text, quote=False) if is_markup else text)

    def _put(self, text: str) -> None:
        self.size += len(text)
        if self.size <= MAX_BYTES:
            self.parts.append(text)


def _head(channel: Channel) -> bytes:
    """The opening tags of a file whose items are read from some item on."""
    declared = f'<?xml version="1.0" encoding="{channel.encoding}"?>' if channel.encoding else ""
    spaces = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{html.escape(uri)}"' for prefix, uri in channel.spaces.items()
    )
    return f"{declared}<{channel.root}{spaces}>{'<channel>' if channel.root == 'rss' else ''}".encode()
