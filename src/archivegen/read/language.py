"""The language of a text, told by its letters and its commonest words; only where they leave no doubt."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from archivegen.letters import has_plain_words
from archivegen.model import Known

__all__ = ["language_of"]

LOOK = 1200  # characters of a text that are looked at
LEAST_WORDS, LEAST_HITS = 20, 6  # words of a text that is judged at all, and of them those that are one language's own
SHARE, LEAD = 0.12, 1.6  # the share of the words that must be a language's own, and how often the next one's
EVIDENCE = 4  # words that are named as evidence
LETTERS = 0.5  # of a text, which a script must have to be its script

# Scripts that news writes one major language in.
SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
)
KANA = 0.05  # Japanese writes most of its nouns in Chinese characters
WORD = re.compile(r"[^\W\d_]+")
LETTERS_ALONE = bytes(byte if chr(byte).isascii() and chr(byte).isalpha() else ord(" ") for byte in range(256))


@cache
def _owners() -> Mapping[str, tuple[str, ...]]:
    """The languages that each of the words belongs to."""
    out: dict[str, tuple[str, ...]] = {}
    for code, words in tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8")).items():
        for word in words.split():
            out[word] = (*out.get(word, ()), code)
    return out


def language_of(text: str, site: str) -> Known[str] | None:
    """Tell a text's language, or None where it is not certain. `site` is kept if it is a variety of it ("en-GB")."""
    text = text[:LOOK]
    found = _by_words(text) or _by_script(text)
    if not found:
        return None
    code, evidence = found
    return Known(site if site.partition("-")[0] == code else code, "inferred", evidence)


def _by_words(text: str) -> tuple[str, str] | None:
    words = _words(text.lower())
    if len(words) < LEAST_WORDS:
        return None
    owners = _owners()
    known = Counter(filter(owners.__contains__, words))
    worth: dict[str, float] = {}
    for word, count in known.items():
        # "de" is a word of nine languages, and says little.
        codes = owners[word]
        for code in codes:
            worth[code] = worth.get(code, 0.0) + count / len(codes)
    if not worth:
        return None
    (most, code), (second, _) = sorted([*zip(worth.values(), worth, strict=True), (0.0, "")], reverse=True)[:2]
    own = {word: count for word, count in known.items() if code in owners[word]}
    hits = sum(own.values())
    if hits < LEAST_HITS or hits < len(words) * SHARE or most < second * LEAD:
        return None
    return code, ", ".join(sorted(own, key=lambda word: (-own[word], word))[:EVIDENCE])


def _words(text: str) -> list[str]:
    """The runs of letters in a text; where they are ASCII's alone, in a third of the time."""
    if not has_plain_words(text):
        return WORD.findall(text)
    return text.encode("utf-8", "surrogatepass").translate(LETTERS_ALONE).decode("ascii").split()


def _by_script(text: str) -> tuple[str, str] | None:
    letters = sum(map(len, WORD.findall(text)))
    if letters < LEAST_WORDS or text.isascii():
        return None
    for code, script in SCRIPTS:
        found = script.findall(text)
        if len(found) >= letters * (KANA if code == "ja" else LETTERS):
            return code, "".join(dict.fromkeys(found))[:12]
    return None
