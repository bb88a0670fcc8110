"""Bytes of one file -> its text: by byte order mark, declared character set, UTF-8, else by its letters.

What is no text (empty, binary, too large) is a Diagnostic and no text.
"""

from __future__ import annotations

import codecs
import re
import string

import msgspec

from archivegen.errors import Diagnostic, Severity

__all__ = ["MAX_BYTES", "Decoded", "decode"]

MAX_BYTES = 20_000_000  # of one article; the longest novel is about 13 MB

BOMS = (  # longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BOM_BYTES = frozenset(bom[0] for bom, _ in BOMS)
# How files that are no text begin, where their first bytes alone would pass for text.
MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf", b"\xd0\xcf\x11\xe0")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE = 0.01
CONTROL_BYTES = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\r")
# Left out of every text: control characters, which break feeds and terminals, and the two that turn all text after
# them around (U+202D, U+202E), of which a page's neighbours would suffer too.
UNSEEN = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\u202d\u202e]")
UNSEEN_REFERENCE = re.compile(r"&#(?:x0*202[de]|0*823[78]);?", re.IGNORECASE)

# The HTML standard looks for a declaration in the first 1024 bytes; saved pages often carry a long comment first.
PRESCAN = 4096
DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# The Encoding Standard's labels that mean another set than Python's codec of that name.
LABELS = {
    label: codec
    for codec, labels in {
        "cp1252": "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 "
        "l1 latin1 latin-1 cp819 ibm819 csisolatin1 x-cp1252 x-user-defined",
        "cp1254": "iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 l5 latin5 csisolatin5 x-cp1254",
        "cp874": "iso-8859-11 iso8859-11 iso885911 tis-620 dos-874",
        "iso8859-8": "iso-8859-8-i iso-8859-8-e csiso88598e csiso88598i csisolatinhebrew logical visual",
        "iso8859-16": "iso-8859-16",
        "cp866": "csibm866 866",
        "cp1250": "x-cp1250",
        "cp1251": "x-cp1251",
        "cp1253": "x-cp1253",
        "cp1255": "x-cp1255",
        "cp1256": "x-cp1256",
        "cp1257": "x-cp1257",
        "cp1258": "x-cp1258",
        "koi8-r": "koi koi8 koi8_r cskoi8r",
        "koi8-u": "koi8-ru",
        "gb18030": "gb2312 gb_2312 gb_2312-80 csgb2312 csiso58gb231280 iso-ir-58 chinese gbk x-gbk",
        "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms932 ms_kanji csshiftjis",
        "euc_jp": "x-euc-jp cseucpkdfmtjapanese",
        "cp949": "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
        "ksc5601 ksc_5601 windows-949",
        "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "mac_roman": "macintosh mac csmacintosh x-mac-roman",
        # Who could read the declaration did not read UTF-16.
        "utf-8": "utf-16 utf-16le utf-16be ucs-2 iso-10646-ucs-2 csunicode unicode unicodefeff unicodefffe "
        "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    }.items()
    for label in labels.split()
}


SIGNS = "…‘’“”•–—\xa0«»".encode("cp1252")  # no letters, and many in a short text
HIGH_BYTES, ASCII_LETTERS = bytes({*range(128, 256)} - {*SIGNS}), string.ascii_letters.encode()
LATIN_END = "\u0370"  # where the letters of Europe's west end
# Katakana of half the width: what many other texts look like, and nobody writes whole texts in.
HALF_WIDE = frozenset(map(chr, range(0xFF61, 0xFFA0)))
SEVERAL = 8  # different letters that a text has at least
WIDE = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]  # these have a mark at their beginning
ENOUGH = 20  # bytes to guess from
MOST_HIGH = 0.2  # of the letters: French has 0.04, and a page in Russian with its tags more than this
GUESS_FROM = 200_000  # bytes


class Decoded(msgspec.Struct, frozen=True):
    """The text with `\\n` at its line ends, or None where there is none, and what to tell about it."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(raw: bytes, path: str, *, html: bool = False) -> Decoded:
    """Decode one file. For HTML the page's own declaration counts, after a byte order mark."""
    if len(raw) > MAX_BYTES:
        megabytes = f"{len(raw) / 1e6:.0f} MB; one article may have {MAX_BYTES // 1_000_000} MB"
        return _refused(path, "too-large", f"is too large for one article: {megabytes}", "split it, one article a file")
    if not raw or raw.isspace():
        return _refused(path, "empty", "is empty", "remove it, or save the page again")
    if raw.startswith(MAGIC):
        return _binary(path)
    text, notes = _to_text(raw, path, html=html)
    # UTF-8 and Windows-1252 have the same control characters in their bytes as in their text.
    bare = text.encode("utf-8", "surrogatepass") if html or raw[0] in BOM_BYTES else raw
    if len(bare.translate(None, CONTROL_BYTES)) < len(bare):  # a tenth of the time of searching the text
        if "\0" in text or len(CONTROLS.findall(text)) > len(text) * CONTROL_SHARE:
            return _binary(path)
        text = UNSEEN.sub("", text)
    if "\u202d" in text or "\u202e" in text:  # to look first takes a tenth of the time of replacing
        text = text.replace("\u202d", "").replace("\u202e", "")
    if html:
        text = UNSEEN_REFERENCE.sub("", text)
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff\u200b \n\t"):
        return _refused(path, "empty", "is empty", "remove it, or save the page again")
    return Decoded(text, notes)


def _to_text(raw: bytes, path: str, *, html: bool) -> tuple[str, tuple[Diagnostic, ...]]:
    for bom, name in BOMS if raw[0] in BOM_BYTES else ():
        if raw.startswith(bom):
            return _replacing(raw[len(bom) :], name, path)
    declared = _declared(raw) if html else ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared and declared != "utf-8":
            return _replacing(raw, declared, path)
        return _not_utf8(raw, path, raw.count(b"\n", 0, error.start) + 1)
    if not declared or declared == "utf-8" or (not raw.isascii() and b"\x1b" not in raw):
        # Text that reads as UTF-8 is UTF-8: a saved page is often converted while its declaration stays.
        return text, ()
    return _replacing(raw, declared, path)


def _declared(raw: bytes) -> str:
    """The character set that an HTML page declares, as Python calls it; empty if none that is known."""
    found = DECLARED.search(raw[:PRESCAN])
    if not found:
        return ""
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    label = LABELS.get(label, label)
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # `_is_text_encoding` keeps out codecs like rot13 and zlib, which a page could name too.
    return info.name if getattr(info, "_is_text_encoding", True) and info.name not in UNSAFE else ""


UNSAFE = frozenset(["idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"])


def _replacing(raw: bytes, encoding: str, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    text = raw.decode(encoding, "replace")
    at = text.find("\ufffd")
    if at < 0:
        return text, ()
    line = text.count("\n", 0, at) + 1
    message = f"has bytes that are not {encoding.upper()}; each is shown as \ufffd"
    return text, (_note(path, line, "warning", "bad-bytes", message, "save the file again as UTF-8"),)


def _not_utf8(raw: bytes, path: str, line: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """Mostly good UTF-8 with some bad bytes stays UTF-8; text of another script is what its letters look most like;
    anything else is Windows-1252."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(map(text.count, map(chr, range(128)))) if len(text) < 5_000_000 else 0
    if good > bad:
        message = "has bytes that are not UTF-8; each is shown as \ufffd"
        return text, (_note(path, line, "warning", "bad-bytes", message, "save the file again as UTF-8"),)
    if guessed := _guess(raw):
        message = f"is not UTF-8; read as {guessed}, which is a guess"
        hint = "if letters are wrong, save the file again as UTF-8"
        return raw.decode(guessed, "replace"), (_note(path, line, "warning", "guessed-encoding", message, hint),)
    message = "is not UTF-8; read as Windows-1252"
    return raw.decode("cp1252", "replace"), (
        _note(path, line, "note", "windows-1252", message, "if letters are wrong, save the file again as UTF-8"),
    )


def _guess(raw: bytes) -> str:
    """The character set of a text in another script; empty where its letters may be Latin ones."""
    high = len(raw) - len(raw.translate(None, HIGH_BYTES))
    if high < ENOUGH or high <= MOST_HIGH * (high + len(raw) - len(raw.translate(None, ASCII_LETTERS))):
        return ""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few archives need it, and it takes 30 ms

    start = raw[: raw.rfind(b"\n", 0, GUESS_FROM) + 1 or GUESS_FROM] if len(raw) > GUESS_FROM else raw
    found = from_bytes(start, cp_exclusion=WIDE).best()
    letters = [letter for letter in str(found or "") if not letter.isascii() and letter.isalpha()]
    others = [letter for letter in letters if letter >= LATIN_END and letter not in HALF_WIDE]
    is_script = len(others) * 2 > len(letters) and len(set(others)) >= SEVERAL
    return found.encoding if found and is_script else ""


def _note(path: str, line: int, severity: Severity, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path, line, severity, code, message, hint)


def _binary(path: str) -> Decoded:
    return _refused(path, "binary", "is a binary file, not text", "save the page's text, HTML or Markdown instead")


def _refused(path: str, code: str, message: str, hint: str) -> Decoded:
    return Decoded(None, (Diagnostic(path, None, "error", code, message, hint),))
