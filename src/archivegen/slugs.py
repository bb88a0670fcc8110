"""Names in, URL segments out: readable, stable, safe on every file system, in any script's letters."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["assign_slugs", "initial", "slugify"]

MAX_BYTES = 80  # of one segment in UTF-8: a whole path stays under Windows' 260 characters
# Names that Windows reserves in every folder, and those this site uses beside the slugs.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "page", "together", "undated"]
    + [f"{device}{digit}" for device in ("com", "lpt") for digit in range(1, 10)]
)
# Letters that Unicode does not decompose to a base letter.
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
ACRONYM_DOTS = re.compile(r"\b(\w)\.(?=\w\b)")
# For ASCII: everything but letters and digits becomes a space.
WORDS = "".join(chr(c) if chr(c).isalnum() else " " for c in range(128))


def slugify(text: str) -> str:
    """Make a URL segment: lower case, Latin accents off, other scripts kept, words joined by hyphens.

    Never empty: a text without letters or digits becomes `x-` and a short hash of itself.
    """
    if text.isascii() and text.replace(" ", "").isalpha():  # as most names
        return _as_segment(text.lower(), text)
    joined = APOSTROPHES.sub("", ACRONYM_DOTS.sub(r"\1", text) if "." in text else text)
    if joined.isascii():
        return _as_segment(joined.lower().translate(WORDS), text)
    plain = unicodedata.normalize("NFKC", joined)
    folded = plain.casefold().translate(PLAIN_LETTERS)
    if folded.isascii():
        return _as_segment(folded, text)
    # Marks go only where they sit on Latin letters; in Devanagari or Thai they are the vowels.
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", folded):
        if unicodedata.combining(char) and out and out[-1].isascii():
            continue
        out.append(char)
    return _as_segment(unicodedata.normalize("NFC", "".join(out)), text)


def _as_segment(joined: str, text: str) -> str:
    plain = joined if joined.isascii() and joined.replace(" ", "").isalnum() else _keep_marks(joined)
    slug = _shorten("-".join(plain.split()))
    if not slug:
        return f"x-{short_hash(text)}"
    return f"{slug}-x" if slug in RESERVED else slug


def assign_slugs(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each (key, text) its own slug, whatever the order they come in.

    Of several keys with one slug the first in the keys' order keeps it plain; the others get a hash of
    their key, which depends on nothing else, so a later arrival does not move them.
    """
    taken: set[str] = set()
    out: dict[str, str] = {}
    for key, text in sorted(names):
        slug = slugify(text)
        if slug in taken:
            slug = f"{slug}-{short_hash(key)}"
        taken.add(slug)
        out[key] = slug
    return out


def initial(name: str) -> str:
    """Return the letter under which a name stands in a list: without marks, in capitals; "0-9" for the rest."""
    first = slugify(name)[:1].upper()
    return first if first.isalpha() else "0-9"


def short_hash(text: str, digits: int = 6) -> str:
    """Return so many hex digits that depend on the text alone."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def _keep_marks(text: str) -> str:
    """Put a space for every character that is neither letter, digit nor a mark on one."""
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)


def _shorten(slug: str) -> str:
    if (len(slug) <= MAX_BYTES and slug.isascii()) or len(slug.encode("utf-8")) <= MAX_BYTES:
        return slug
    cut = slug.encode("utf-8")[:MAX_BYTES].decode("utf-8", "ignore")
    head, _, _ = cut.rpartition("-")
    return head if len(head) > len(cut) // 2 else cut.rstrip("-")
