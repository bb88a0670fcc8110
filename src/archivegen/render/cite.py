"""An article as others cite it: a line to copy, and CSL-JSON, BibTeX and RIS as `data:` links, made of what it states.

A link carries its file in itself: it works without script and from a USB stick, and adds no file to the site.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from archivegen.edtf import Date
from archivegen.render.address import outside, quoted_path
from archivegen.render.dates import show
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.views import ArticleView, SiteView

__all__ = ["Author", "Citation", "Reference", "authors", "cite", "reference"]

# Between the names of a byline; commas part names only before an "and".
AND = re.compile(r"\s*;\s*|\s+(?:and|&|y|und|et)\s+")
# Words of bylines that name a desk and no person.
DESK = re.compile(
    r"\b(?:staff|desk|bureau|agency|agencies|news|editors?|editorial|correspondents?|reporters?|team|service|press|wire|"
    r"newsroom|redaktion|rédaction|redacción|times|post|daily|reuters|bbc|afp|tass|agence|agencia|presse)\b",
    re.IGNORECASE,
)
# The family name of "Anna van der Berg" begins with the first small word.
PERSON = re.compile(
    r"([^\W\d_a-z][\w.'’-]*) "
    r"((?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|ter|zu) )*[^\W\d_a-z][\w'’-]+)"
)
LATIN_NAME = re.compile(r"[\sA-Za-zÀ-ɏ.'’-]+")
# BibTeX's own characters, and what stands for them.
BIBTEX = str.maketrans(
    {c: f"\\{c}" for c in "{}%&$#_"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)
NOT_IN_KEY = re.compile(r"[^a-z0-9-]+")
NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
# What an address may not hold as it stands, the percent sign first; letters of every script may.
UNSAFE = tuple((char, f"%{ord(char):02X}") for char in "%\n \"#&'<>[\\]^`{|}")
# What an address or one of the formats writes otherwise. Most texts have nothing of it but spaces.
SPECIAL = re.compile(r"""[%\n"#&'<>[\\\]^`{|}_~$\x00-\x1f\x7f]""")
encode_json = msgspec.json.Encoder().encode


class Author(msgspec.Struct, frozen=True, gc=False):
    """One name of a byline, as written; a name of two words also as given and family name, as Zotero takes it."""

    name: str
    given: str = ""
    family: str = ""
    is_person: bool = True


class Reference(msgspec.Struct, frozen=True, gc=False):
    """What a bibliography says of an article.

    `date` is given as precisely as it is known; where it is not stated it is empty, and `note` says what may be.
    `link` is the original's address, `page` that of the archive's copy; empty where not known.
    """

    slug: str
    title: str
    authors: tuple[Author, ...]
    outlet: str
    date: str
    shown: str
    note: str
    language: str
    link: str
    page: str
    archive: str


class CiteFile(msgspec.Struct, frozen=True, gc=False):
    """A citation as a file to download: its format, its name, the address that holds it, and what ends it in a list."""

    label: str
    name: str
    href: str
    stop: str


class Citation(msgspec.Struct, frozen=True, gc=False):
    """The line to copy, and the files."""

    line: str
    files: tuple[CiteFile, ...]


class _Encoded(msgspec.Struct, frozen=True, gc=False):
    """A text as an address holds it, as it is, as BibTeX's and as JSON's; mostly the same."""

    plain: str
    tex: str
    json: str


def cite(ref: Reference, *, tongue: Tongue = ENGLISH) -> Citation:
    """Return how to cite an article."""
    return Citation(
        _line(ref, tongue),
        (
            CiteFile("BibTeX", f"{ref.slug}.bib", _data("application/x-bibtex", _bibtex(ref, tongue)), ","),
            CiteFile("RIS", f"{ref.slug}.ris", _data("application/x-research-info-systems", _ris(ref)), ","),
            CiteFile("CSL-JSON", f"{ref.slug}.json", _data("application/vnd.citationstyles.csl+json", _csl(ref)), "."),
        ),
    )


def reference(view: ArticleView, site: SiteView, *, tongue: Tongue = ENGLISH) -> Reference:
    """Return what a bibliography says of an article of this site."""
    article = view.article
    writers = article.byline or article.agency
    date, shown, note = _dated(view, tongue)
    return Reference(
        slug=view.ref.slug,
        title=clean(view.ref.title),
        authors=authors(clean(writers.value)) if writers else (),
        outlet=clean(view.ref.source),
        date=date,
        shown=shown,
        note=note,
        language=article.language.value if article.language else site.language,
        link=outside(article.url.value) if article.url else "",
        page=f"{site.url.rstrip('/')}/articles/{quoted_path(view.ref.slug)}/" if site.url else "",
        archive=clean(site.title),
    )


def plain(date: Date) -> str:
    """A date as ISO 8601 has it, as precise as it is; empty for what that standard cannot say."""
    return date.datetime_attribute or ""


@lru_cache(maxsize=4096)
def authors(byline: str) -> tuple[Author, ...]:
    """The names of a byline: "Ann Lee, Bo Li and Jo van Dam" are three. What may be no list of them stays whole."""
    parts = [name for name in AND.split(byline) if name]
    if len(parts) < 2:
        return (_author(byline),)
    found = tuple(_author(name) for part in parts for name in part.split(", ") if name)
    is_list = all(author.is_person and " " in author.name for author in found)
    return found if is_list else (Author(byline, is_person=False),)


def clean(text: str) -> str:
    """A text on one line, without control characters and half letters."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:  # as nearly all are
        return text
    text = " ".join(text.split())
    return text if text.isprintable() else NOT_TEXT.sub("", text)


def _author(name: str) -> Author:
    if DESK.search(name):
        return Author(name, is_person=False)
    # Three words or more, and other scripts, are not taken apart: which is the family's name nobody has said.
    match = PERSON.fullmatch(name) if LATIN_NAME.fullmatch(name) else None
    return Author(name, match[1], match[2]) if match else Author(name)


def _dated(view: ArticleView, tongue: Tongue) -> tuple[str, str, str]:
    """The date as ISO 8601, the date for readers, and a note where it is not stated or not certain."""
    known = view.article.published
    if known is None:
        return "", tongue.gettext("no date stated"), ""
    shown = show(known.value, tongue)
    date = plain(known.value)
    if date and known.basis != "inferred":
        return date, shown, ""
    if known.basis == "inferred":
        note = tongue.gettext("Date of publication inferred: %(date)s")
    else:
        note = tongue.gettext("Date of publication not exact: %(date)s")
    return "", f"[{shown}]", note % {"date": shown}


def _line(ref: Reference, tongue: Tongue) -> str:
    who = ", ".join(author.name for author in ref.authors)
    stop = "" if ref.title.endswith((".", "?", "!", "…")) else "."
    where = f"{ref.outlet}, {ref.shown}" if ref.outlet else ref.shown
    parts = [
        f"{who}." if who and not who.endswith(".") else who,
        tongue.gettext("“%(title)s”") % {"title": f"{ref.title}{stop}"},
        f"{where[:1].upper()}{where[1:]}.",
        ref.link and f"{ref.link}.",
        f"{_place(ref, tongue)}.",
    ]
    return " ".join(part for part in parts if part)


def _place(ref: Reference, tongue: Tongue) -> str:
    return f"{_archive(ref, tongue)}, {ref.page}" if ref.page else _archive(ref, tongue)


def _archive(ref: Reference, tongue: Tongue) -> str:
    # Translators: before the name of this archive, in a citation
    return tongue.gettext("In: %(archive)s") % {"archive": ref.archive}


# The files are put together as the address will hold them: each text is encoded once, with the signs around it written
# here as they are there, which takes a third of the time of encoding the whole of each.


def _csl(ref: Reference) -> str:
    text = f"{_member('id', ref.slug)},%22type%22:%22article-newspaper%22,{_member('title', ref.title)}"
    if ref.authors:
        text += f",%22author%22:%5B{','.join([_json_name(author) for author in ref.authors])}%5D"
    if ref.date:
        parts = ",".join([str(int(part)) for part in ref.date.split("-")])
        text += f",%22issued%22:%7B%22date-parts%22:%5B%5B{parts}%5D%5D%7D"
    named = (
        ("container-title", ref.outlet),
        ("language", ref.language),
        ("URL", ref.link or ref.page),
        ("archive", ref.archive),
        ("archive_location", ref.page if ref.link else ""),
        ("note", ref.note),
    )
    rest = "".join([f",{_member(name, value)}" for name, value in named if value])
    return f"%5B%7B{text}{rest}%7D%5D"


def _json_name(author: Author) -> str:
    if author.family:
        return f"%7B{_member('family', author.family)},{_member('given', author.given)}%7D"
    return f"%7B{_member('literal', author.name)}%7D"


def _member(name: str, value: str) -> str:
    return f"%22{name}%22:%22{_encoded(value).json}%22"


def _bibtex(ref: Reference, tongue: Tongue) -> str:
    names = "%20and%20".join([_tex_name(author) for author in ref.authors])
    where = _encoded(_archive(ref, tongue)).tex + (f",%20{_encoded(ref.page).tex}" if ref.page else "")
    fields = (
        ("author", names),
        ("title", f"%7B{_encoded(ref.title).tex}%7D"),
        ("journal", _encoded(ref.outlet).tex),
        ("entrysubtype", "newspaper"),
        ("date", ref.date),
        ("year", ref.date[:4]),
        ("url", _encoded(ref.link or ref.page).plain),
        ("language", _encoded(ref.language).plain),
        ("note", f"{_encoded(ref.note).tex}.%20{where}" if ref.note else where),
    )
    # A key of the letters that every BibTeX takes.
    key = NOT_IN_KEY.sub("", ref.slug).strip("-") or "article"
    lines = "".join([f",%0A{name}=%7B{value}%7D" for name, value in fields if value])
    return f"@{'article' if ref.outlet else 'misc'}%7B{key}{lines}%7D%0A"


def _tex_name(author: Author) -> str:
    if author.family:
        return f"{_encoded(author.family).tex},%20{_encoded(author.given).tex}"
    return f"%7B{_encoded(author.name).tex}%7D"


def _ris(ref: Reference) -> str:
    lines = [("AU", f"{a.family}, {a.given}" if a.family else a.name) for a in ref.authors]
    lines += (
        ("TI", ref.title),
        ("T2", ref.outlet),
        ("PY", ref.date[:4]),
        ("DA", ref.date.replace("-", "/")),
        ("LA", ref.language),
        ("UR", ref.link or ref.page),
        ("LK", ref.page if ref.link else ""),
        ("DB", ref.archive),
        ("N1", ref.note),
    )
    told = "".join([f"{tag}%20%20-%20{_encoded(value).plain}%0A" for tag, value in lines if value])
    return f"TY%20%20-%20NEWS%0A{told}ER%20%20-%20%0A"


@lru_cache(maxsize=1024)
def _encoded(text: str) -> _Encoded:
    if not SPECIAL.search(text):
        plain = text.replace(" ", "%20")
        return _Encoded(plain, plain, plain)
    tex, json = text.translate(BIBTEX), encode_json(text).decode()[1:-1]
    return _Encoded(_percent(text), _percent(tex), _percent(json))


def _percent(text: str) -> str:
    for char, code in UNSAFE:
        if char in text:
            text = text.replace(char, code)
    return text


def _data(kind: str, text: str) -> str:
    return f"data:{kind}{'' if text.isascii() else ';charset=utf-8'},{text}"
