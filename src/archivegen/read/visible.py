"""What a reader sees of an HTML page: its lines, the captions of its pictures, the dates it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["captions", "plain_lines", "shown_dates"]

HIDDEN = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "button", "select", "option", "iframe", "object",
))  # fmt: skip
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
MAX_CAPTIONS = 50
# Elements that pages show their date in; only their `datetime`, `content` and text are looked at.
DATED = (
    "//article//time | //main//time | //header//time | //*[@itemprop='datePublished'] | "
    "//*[self::span or self::p or self::div][contains(@class, 'publish') or contains(@class, 'pubdate') or "
    "contains(@class, 'post-date') or contains(@class, 'entry-date') or "
    "contains(@class, 'article-date') or @class='date']"
)
MAX_DATED, DATED_CHARS = 4, 80


def plain_lines(tree: Any) -> str:
    """The page as a reader could copy it: its title, then its visible text, a line for each block."""
    parts: list[str] = []
    for node in tree.iter("title"):
        parts += [" ".join((node.text or "").split()), "\n\n"]
        break
    for body in tree.iter("body"):
        parts += _texts(body)
        break
    else:
        parts += _texts(tree)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(lines)


def _texts(root: Any) -> Iterator[str]:
    """Text of an element in order, with line breaks around blocks; without recursion, for pages nested deeply."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        tag = node.tag
        is_shown = isinstance(tag, str) and tag not in HIDDEN
        breaks = "" if tag in INLINE else "\n"
        if done:
            yield breaks
            if node is not root:
                yield _spaced(node.tail)
            continue
        if is_shown:
            yield breaks
            yield _spaced(node.text)
        stack.append((node, True))
        if is_shown:
            stack.extend((child, False) for child in reversed(node))


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


def captions(tree: Any) -> tuple[str, ...]:
    """The captions of the article's pictures, or of the page's where no article is marked."""
    for where in ("//article", "//main", "//body"):
        found = [_words(node) for node in tree.xpath(f"{where}//figcaption[not(ancestor::aside)]")[:MAX_CAPTIONS]]
        if found:
            return tuple(dict.fromkeys(filter(None, found)))
    return ()


def shown_dates(tree: Any) -> list[str]:
    """What the page shows its readers as its date, as the machine's form or as words."""
    out = []
    for node in tree.xpath(f"({DATED})[position() <= {MAX_DATED}]"):
        text = (node.get("datetime") or node.get("content") or "").strip() or _words(node)
        if text and len(text) <= DATED_CHARS:
            out.append(text)
    return out


def _words(node: Any) -> str:
    return " ".join("".join(_texts(node)).split())
