"""Which letters and signs beyond ASCII a text has: without any, the faster patterns for ASCII do."""

from __future__ import annotations

__all__ = ["beyond_ascii", "has_plain_words"]

ASCII = bytes(range(128))


def beyond_ascii(text: str) -> set[str]:
    """Return the characters of a text that are not ASCII."""
    if text.isascii():
        return set()
    return set(text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass"))


def has_plain_words(text: str) -> bool:
    """Tell whether all letters and digits of a text are ASCII, whatever dashes and quotation marks it has."""
    return text.isascii() or not any(map(str.isalnum, beyond_ascii(text)))
