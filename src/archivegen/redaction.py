"""An article and the words that it must not show -> the same article with a visible mark in their place.

Done before anything is looked for in the text, so that all offsets are those of the text that readers see.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote

from msgspec.structs import replace

from archivegen.edtf import Date
from archivegen.model import Article, Block, Body, Known, Removed, Style
from archivegen.slugs import PLAIN_LETTERS

__all__ = ["MARK", "VERSION", "Pattern", "fold", "hide", "is_findable", "pattern_of", "redact"]

VERSION = "1"  # raise it whenever the same words may leave another text: it is part of cache keys
MARK = "[redacted]"

Pattern = re.Pattern[str]
Span = tuple[int, int]
T = TypeVar("T", str, Date)
P = TypeVar("P", Block, Style)

OTHER = re.compile("[^\x00-\x7f]+")
LETTER = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});|(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}|.", re.IGNORECASE | re.DOTALL
)
# What the eye does not see: soft hyphens, joiners, marks of direction.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ALIKE = str.maketrans(
    dict.fromkeys("’‘ʼ`´′＇", "'") | dict.fromkeys("“”„«»″‟", '"') | dict.fromkeys("‐‑‒–—―−", "-")
) | dict(PLAIN_LETTERS)  # fmt: skip
VOICING = "\u3099\u309a"  # marks that make another letter, か and が, where most only colour one
# Between the words of a name, as in text, in an address (john-doe, john.doe@...) and in a link (john%20doe).
GAP = r"(?:\s+|\s*-\s*|[_.+]|%20)"
HYPHEN = r"[\s-]{0,3}"
BREAK = r"(?:-\s*)?"  # inside a word, where a line ended
# Scripts that put no spaces between words, or hang particles on a name.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
NOT_LETTER_BEFORE, NOT_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
# A long word is taken with an ending: Falkner, Falkners, Лаврова. Of a short one that would be another: Ann, Anna.
LONG, ENDING = 5, r"[^\W\d_]{0,2}"


def fold(text: str) -> str:
    """Return a text as it is compared: without case, accents and what is unseen, with one kind of quote and dash."""
    plain = text.lower().replace("`", "'")
    return plain if plain.isascii() else OTHER.sub(_folded, plain)


def is_findable(word: str) -> bool:
    """Tell whether a word to redact has anything to find it by: a letter and another, or a digit."""
    return sum(map(str.isalnum, fold(word))) > 1 and word.strip("[] ").lower() not in MARK


def pattern_of(word: str, *, with_endings: bool = False) -> Pattern:
    """Return what finds a word in a folded text: whole words, across line breaks and in addresses."""
    folded = " ".join(fold(word).split())
    out = []
    before = ""
    for char in folded:
        if char == " ":
            out.append(GAP)
        elif char == "-":
            out.append(HYPHEN)
        elif char == "'":
            out.append("'?")
        else:
            out.append((BREAK if before.isalpha() and char.isalpha() else "") + re.escape(char))
        before = char
    last_word = re.split(r"[\s-]", folded)[-1]
    ending = ENDING if with_endings and last_word.isalpha() and len(last_word) >= LONG else ""
    return re.compile(_edge(folded[0], before=True) + "".join(out) + ending + _edge(folded[-1], before=False))


def hide(text: str, words: Iterable[str]) -> str:
    """Return a text with the mark in place of the words."""
    return _Finder([(word, pattern_of(word, with_endings=True)) for word in words]).text(text)


def redact(article: Article) -> tuple[Article, tuple[str, ...]]:
    """Return the article without the words of its `redact`, and those of them that it nowhere has."""
    finder = _Finder([(word, pattern_of(word, with_endings=True)) for word in article.redact])
    url = article.url
    marked = replace(
        article,
        title=finder.known(article.title),
        body=finder.body(article.body),
        source=article.source and finder.known(article.source),
        byline=article.byline and finder.known(article.byline),
        agency=article.agency and finder.known(article.agency),
        place=article.place and finder.known(article.place),
        language=article.language and finder.known(article.language),
        url=None if url and finder.spans(f"{url.value}\n{url.evidence}") else url,  # half an address is a wrong one
        published=article.published and finder.known(article.published),
        updated=article.updated and finder.known(article.updated),
        captured=article.captured and finder.known(article.captured),
        event_date=article.event_date and finder.known(article.event_date),
        actors=tuple(name for name in article.actors if not finder.spans(name)),
        slug=finder.text(article.slug),
        aliases=tuple(address for address in article.aliases if not finder.spans(address)),
        status=article.status or "redacted",
        notice=finder.text(article.notice),
        removed=finder.removed(article.removed),
        extra=finder.extra(article.extra),
    )
    return marked, tuple(word for word in article.redact if word not in finder.found)


class _Finder:
    """Finds the words of one article and puts the mark in their place; `found` are those that it met."""

    def __init__(self, patterns: Sequence[tuple[str, Pattern]]) -> None:
        self._patterns = patterns
        self.found: set[str] = set()

    def spans(self, text: str) -> list[Span]:
        """Where any of the words stands, in order; what overlaps is one."""
        folded, begins, ends = _fold_with_offsets(text)
        found: list[Span] = []
        for word, pattern in self._patterns:
            for match in pattern.finditer(folded):
                self.found.add(word)
                start, end = match.span()
                found.append((begins[start], max(begins[end], ends[end - 1])))
        merged: list[Span] = []
        for start, end in sorted(found):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def text(self, text: str) -> str:
        """A text with the mark in place of every word."""
        return _marked(text, self.spans(text))

    def known(self, known: Known[T]) -> Known[T]:
        """A value with its evidence and doubt."""
        value = self.text(known.value) if isinstance(known.value, str) else known.value
        return replace(known, value=value, evidence=self.text(known.evidence), doubt=self.text(known.doubt))

    def body(self, body: Body) -> Body:
        """The text, and where its blocks and styles stand then."""
        inside = [(block.start, block.end) for block in body.blocks]
        spans = _within(self.spans(body.text), inside, body.text)
        if not spans and not any(self.spans(style.href) for style in body.styles):
            return body
        blocks = tuple(_moved(block, spans) for block in body.blocks)
        kept = (style for style in body.styles if not self._tells(style, spans))
        styles = tuple(style for style in (_moved(style, spans) for style in kept) if style.start < style.end)
        return Body(_marked(body.text, spans), blocks, styles)

    def _tells(self, style: Style, spans: Iterable[Span]) -> bool:
        """Whether a link says by its address, or by what it is set on, whom it means."""
        is_on_mark = any(style.start < end and start < style.end for start, end in spans)
        return style.name == "link" and (is_on_mark or bool(self.spans(style.href)))

    def removed(self, lines: tuple[Removed, ...]) -> tuple[Removed, ...]:
        """Lines that were left out; a name may be broken over two of them."""
        joined = "\n".join(line.text for line in lines)
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line.text) + 1)
        inside = [(start, start + len(line.text)) for start, line in zip(starts, lines, strict=False)]
        spans = _within(self.spans(joined), inside, joined)
        out = []
        for (start, end), line in zip(inside, lines, strict=True):
            own = [(a - start, b - start) for a, b in spans if start <= a < end]
            out.append(line._replace(text=_marked(line.text, own), why=self.text(line.why)) if own else line)
        return tuple(out)

    def extra(self, extra: Mapping[str, object]) -> dict[str, object]:
        """What front matter or a page has beside the known fields."""
        return {self.text(str(key)): self._value(value) for key, value in extra.items()}

    def _value(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return self.extra(value)
        if isinstance(value, list | tuple):
            return [self._value(item) for item in value]
        return value


def _folded(found: re.Match[str]) -> str:
    return _folded_letters(found[0])


@lru_cache(maxsize=65536)
def _folded_letters(letters: str) -> str:
    """A run of other letters than ASCII's: most texts have few, and the same again and again."""
    plain = unicodedata.normalize("NFKD", UNSEEN.sub("", letters.translate(ALIKE)))
    plain = unicodedata.normalize("NFKD", plain.casefold())
    return _combining().sub("", plain).translate(ALIKE)


@lru_cache(maxsize=1)
def _combining() -> Pattern:
    """What finds the marks on letters."""
    marks = (chr(code) for code in range(0x300, 0x1F000))
    return re.compile(f"[{''.join(mark for mark in marks if unicodedata.combining(mark) and mark not in VOICING)}]+")


def _fold_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and of each of its characters where it begins and ends in the text; one more for the end."""
    out: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for found in LETTER.finditer(text):
        folded = fold(_unescaped(found[0]) if len(found[0]) > 1 else found[0])
        out.append(folded)
        begins += [found.start()] * len(folded)
        ends += [found.end()] * len(folded)
    return "".join(out), [*begins, len(text)], [*ends, len(text)]


def _unescaped(letter: str) -> str:
    """What an escape stands for: a text may hold what a page, an address or a program wrote."""
    if letter.startswith("&"):
        return html.unescape(letter)
    return unquote(letter, errors="replace") if letter.startswith("%") else chr(int(letter[2:], 16))


def _edge(char: str, *, before: bool) -> str:
    """What must not stand beside a word: another letter, another digit."""
    if char.isdigit():
        return r"(?<!\d)" if before else r"(?!\d)"
    if not char.isalpha() or unicodedata.name(char, "").startswith(UNSPACED):
        return ""
    return NOT_LETTER_BEFORE if before else NOT_LETTER_AFTER


def _within(spans: Iterable[Span], inside: Sequence[Span], text: str) -> list[Span]:
    """Cut spans at the ends of blocks and at tabs, so that a word over two of them leaves both where they are."""
    out = []
    for start, end in spans:
        for first, last in inside:
            if start >= last or first >= end:
                continue
            lower, upper = max(start, first), min(end, last)
            out += [(lower + m.start(), lower + m.end()) for m in re.finditer(r"[^\t]*[^\t\s]", text[lower:upper])]
    return out


def _marked(text: str, spans: Iterable[Span]) -> str:
    out = []
    at = 0
    for start, end in spans:
        out += [text[at:start], MARK]
        at = end
    return "".join([*out, text[at:]])


def _moved(place: P, spans: Sequence[Span]) -> P:
    """A stretch of the text where it stands once the marks are in; it holds a mark that it touches."""
    start, end = place.start, place.end
    shift_start = shift_end = 0
    for first, last in spans:
        grown = len(MARK) - (last - first)
        if last <= place.start:
            shift_start += grown
        elif first < place.start:
            start = first
        if last <= place.end:
            shift_end += grown
        elif first < place.end:
            end, shift_end = last, shift_end + grown
    return replace(place, start=start + shift_start, end=end + shift_end)
