"""Hashes of what pages show of a row, of which sums tell whether a page must be drawn again."""

from __future__ import annotations

import hashlib

__all__ = ["mark_of"]


def mark_of(*values: object) -> int:
    """Return a hash of 40 bits, so that sums of eight million of them fit an integer of the database."""
    digest = hashlib.blake2b(digest_size=5)
    for value in values:
        digest.update(value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return int.from_bytes(digest.digest(), "big")
