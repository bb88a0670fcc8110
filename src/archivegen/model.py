"""The frozen types that flow between the stages: what was read, what was found, what it says about when.

They cannot form cycles, so the search for cyclic garbage need not look at them (`gc=False`). Those that the store keeps
by the dozen for each article are kept as plain lists of their values (`array_like`), others without their defaults.

All offsets are character positions in `Article.body.text`, end exclusive; all lines count from 1 in the seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

from archivegen.edtf import Date
from archivegen.errors import Diagnostic

__all__ = [
    "Actor",
    "ActorMention",
    "Article",
    "Basis",
    "Block",
    "BlockKind",
    "Body",
    "Change",
    "Conflict",
    "DateMention",
    "DayOrder",
    "Findings",
    "Gist",
    "Kind",
    "Known",
    "Line",
    "Mood",
    "NameCount",
    "Prepared",
    "Proposal",
    "Provenance",
    "Quote",
    "Removed",
    "Report",
    "Reported",
    "Sketch",
    "Statement",
    "Status",
    "Style",
    "TimexType",
    "Tombstone",
]

T_co = TypeVar("T_co", covariant=True)

Basis = Literal["stated", "inferred", "curated"]
Kind = Literal["person", "organisation", "country", "place", "other"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "row", "rule"]
StyleName = Literal["strong", "em", "code", "link"]
Mood = Literal["happened", "announced", "planned", "denied"]
# A run of sentences that a later version of a text kept, added or removed.
Change = tuple[Literal["kept", "added", "removed"], tuple[str, ...]]
Order = Literal["day", "month"]  # which comes first in 04/09/2018
Status = Literal["", "corrected", "withdrawn", "redacted"]


class Known(msgspec.Struct, Generic[T_co], frozen=True, gc=False, omit_defaults=True):
    """A value, how it is known, and the words and line it was read from.

    `doubt` says in plain words what an editor should settle; empty where nothing is doubtful.
    """

    value: T_co
    basis: Basis
    evidence: str = ""
    line: int | None = None
    doubt: str = ""


class Removed(NamedTuple):  # over a hundred are made of each page: a frozen dataclass takes twice as long
    """A line of the seed that is not the article's text, and why."""

    line: int
    text: str
    why: str


class Block(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A stretch of the body's text that stands as one paragraph, heading, list item, quotation or table row.

    `level` is a heading's rank (2 to 6) or a list item's depth (1 is outermost); `ordered` marks a numbered item.
    A table row's cells are apart by tabs. A rule is an empty stretch.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    ordered: bool = False


class Style(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Emphasis, code or a link on a stretch of the body's text; `href` is http, https or mailto."""

    name: StyleName
    start: int
    end: int
    href: str = ""


class Body(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The article's own words: plain text, blocks apart by a blank line, and how its stretches are set."""

    text: str
    blocks: tuple[Block, ...]
    styles: tuple[Style, ...] = ()


class Provenance(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where an article's bytes came from: the file, its sha256 and size, the reader and its version."""

    sha256: str
    size: int
    reader: str
    container: str = ""
    offset: int | None = None


class DayOrder(msgspec.Struct, frozen=True, gc=False):
    """Whether a page's numeric dates are day or month first, and why: "as in 3 other pages of The Courier"."""

    order: Order
    why: str

    def __str__(self) -> str:
        return f"{self.order} first, {self.why}"


class NumericDates(msgspec.Struct, frozen=True, gc=False):
    """What a page's dates in numbers tell of their order: `shown` by the page itself, or that it does not tell.

    `fallback` is the order that its language would give, if any; `given` is the DayOrder that it was read by instead.
    """

    shown: Order | Literal["unclear"]
    fallback: Order | Literal[""] = ""
    given: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What is read from one seed or record. Paths are relative to site.yaml's folder, with forward slashes."""

    path: str
    seed: str
    provenance: Provenance
    title: Known[str]
    body: Body
    source: Known[str] | None = None
    byline: Known[str] | None = None
    agency: Known[str] | None = None
    place: Known[str] | None = None
    language: Known[str] | None = None
    url: Known[str] | None = None
    published: Known[Date] | None = None
    updated: Known[Date] | None = None
    captured: Known[Date] | None = None
    event_date: Known[Date] | None = None
    actors: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    status: Status = ""
    notice: str = ""
    redact: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    numeric_dates: NumericDates | None = None
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)


class DateMention(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A temporal expression: TIMEX3 type and value, resolved as far as the text and its date allow."""

    start: int
    end: int
    type: TimexType
    value: str


class ActorMention(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A name in the text; `name` is its fullest form in this article ("Sergey Lavrov" where the text has "Lavrov").

    `evidence` is 2 where the article shows by what it says that the name is of this kind, 1 where it hints so, and 0
    where only the name's looks tell.
    """

    start: int
    end: int
    name: str
    kind: Kind
    role: str = ""
    evidence: int = 0


class Quote(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Words that the text quotes, without their marks, and who says them: a name and kind as in ActorMention."""

    start: int
    end: int
    name: str
    kind: Kind


class Findings(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What was found in one article's text: sentences as (start, end), dates, and names, each in text order.

    `stated` are the names that its front matter lists, whether the text has them or not, with their kind.
    """

    sentences: tuple[tuple[int, int], ...]
    dates: tuple[DateMention, ...]
    actors: tuple[ActorMention, ...]
    stated: tuple[tuple[str, Kind], ...] = ()
    quotes: tuple[Quote, ...] = ()


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A person, organisation or country of the archive. `id` is its slug; `aliases` are other spellings found,
    and `reasons` say of each why it is this actor.

    `articles` and `mentions` are counts over the archive; `page` tells whether it earns a page of its own.
    """

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    articles: int
    mentions: int
    page: bool
    note: str = ""
    same_as: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class NameCount(msgspec.Struct, frozen=True, gc=False):
    """A full name as articles use it (ActorMention.name) with one kind, counted over the archive.

    `forms` are the other spellings it stood for in the texts, most frequent first; `stated` tells that the front
    matter of an article lists it; `evidence` is the sum over the articles (ActorMention.evidence).
    """

    name: str
    kind: Kind
    articles: int
    mentions: int
    forms: tuple[str, ...]
    stated: bool = False
    evidence: int = 0


class Statement(msgspec.Struct, frozen=True, gc=False):
    """One sentence about one date. `actors` are names as in ActorMention.name, subject before bystander.

    `basis` is "stated" when the sentence itself has the date; `evidence` are the date's words.
    """

    date: Date
    start: int
    end: int
    basis: Basis
    evidence: str
    mood: Mood
    actors: tuple[str, ...]


class Sketch(msgspec.Struct, frozen=True, gc=False):
    """By what an article is compared with all others; empty where neither dates nor names are wanted.

    `shingles` are hashes of its text; `words` its telling words, cut short, with weights, the weightiest first;
    `days` the days it speaks of, without the year (09-04), and `weekdays` those of an undated article, Monday 0, with
    whether its lead has them.
    """

    shingles: tuple[int, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    days: tuple[str, ...] = ()
    weekdays: tuple[tuple[int, bool], ...] = ()


class Gist(msgspec.Struct, frozen=True, gc=False):
    """An article as stories are made of it: its number in the order of publication, its day if known, its sketch."""

    number: int
    day: int | None
    sketch: Sketch


class Proposal(msgspec.Struct, frozen=True, gc=False):
    """When an undated article was probably published, and why: the number of the dated article that tells the same.

    `shared` are phrases and days that both have; `weekday` is what the article says of its own day, or empty.
    """

    date: Date
    like: int
    shared: tuple[str, ...]
    weekday: str


class Line(msgspec.Struct, frozen=True, gc=False):
    """An entry of an article that has copies or is one, `first` being the number of the one that is copied."""

    entry: int
    first: int
    article: int
    outlet: str
    date: str
    text: str
    is_inferred: bool


class Report(msgspec.Struct, frozen=True, gc=False):
    """An entry on an exact day as others are compared with it. Days are ordinals, articles and stories numbers.

    `actors` are ids; `published` is None where the article states no day.
    """

    entry: int
    day: int
    article: int
    story: int | None
    published: int | None
    outlet: str
    actors: tuple[str, ...]
    text: str


class Reported(msgspec.Struct, frozen=True, gc=False):
    """By how many outlets an event is reported, by which article first, and how many days after it, if known."""

    outlets: int
    first: int
    lag: int | None


class Conflict(msgspec.Struct, frozen=True, gc=False):
    """Two entries that tell the same thing, and in words what they give differently."""

    one: int
    other: int
    what: str


class Tombstone(msgspec.Struct, frozen=True, gc=False):
    """What stays of a withdrawn article: its address, what readers are told, and its day for the order of a list."""

    slug: str
    notice: str
    published: Date | None
    aliases: tuple[str, ...] = ()


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """All that one source gave. `article` is None when it could not be read; `diagnostics` then say why.

    `number` is the store's for the source; `stamp` is the file's, `key` names the content, settings and code versions
    that all this was made from; `container` is the file that it is a member of, if it is one. Of a withdrawn article
    there is only a `tombstone`; `redacted` are the words that no output may have.
    """

    path: str
    seed: str
    stamp: str
    key: str
    diagnostics: tuple[Diagnostic, ...]
    article: Article | None
    findings: Findings
    statements: tuple[Statement, ...]
    event_date: Known[Date] | None
    container: str = ""
    sketch: Sketch = Sketch()
    tombstone: Tombstone | None = None
    redacted: tuple[str, ...] = ()
    number: int = 0
