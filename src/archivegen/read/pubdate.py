"""When a page was published, updated and saved, told from the dates around its headline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from archivegen import edtf
from archivegen.edtf import Date
from archivegen.model import DayOrder, Known, NumericDates, Order
from archivegen.read.calendar_words import WrittenDate, find_days, finder
from archivegen.read.lines import Line

__all__ = ["PageDates", "Zones", "page_dates"]

PUBLISHED = re.compile(
    r"\b(?:first published|originally published|published|posted|publication date|date|issued|created|"
    r"veröffentlicht|erstellt|"
    r"publié|publicado|publicada|pubblicato|опубликован\w*|опубліковано|"
    r"yayınlan\w*|opublikowano|gepubliceerd|publicerad|"
    r"publiceret|publisert|julkaistu|diterbitkan|dipublikasikan)\b|发布|发表|公開|投稿|등록|입력|نشر",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"\b(?:updated?|last (?:updated|modified|edited|revised)|modified|edited|"
    r"aktualisiert|mis à jour|modifié|actualizad[oa]|"
    r"atualizad[oa]|aggiornat[oa]|обновлен\w*|оновлено|güncelle\w*|zaktualizowano|bijgewerkt|uppdaterad|opdateret|oppdatert|"
    r"päivitetty|diperbarui)\b|更新|수정",
    re.IGNORECASE,
)
NOT_PUBLISHED = re.compile(
    r"©|\(c\)|copyright|all rights reserved|\bestablished\b|\bsince \d{4}|\bexpires?\b|\bborn\b", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
# Clocks of places that write the month first.
MONTH_FIRST_ZONE = re.compile(r"\b(?:[ECMP][SD]?T|[Ee]astern|[Pp]acific)\b")
HEAD_WORDS = 16  # a head's line may hold section, writer and date
MONTH_FIRST_COUNTRIES = frozenset(("US", "PH"))
BODY_LINES, BODY_CHARS = 40, 1000  # of an article that are searched for days
CLOSE, FAR = 10, 30  # days between a date and a day that the article names
LINE_WORDS = 24  # a longer line is a sentence that has a date in it
BELOW = 6  # lines after the article that may still date it


class Zones(msgspec.Struct, frozen=True):
    """Positions among the page's lines: the headline, and the article's first and last line (exclusive)."""

    headline: int
    first: int
    last: int


class PageDates(msgspec.Struct, frozen=True):
    """What the page says about when; `doubts` are dates that nothing decided, as (line, what they could be)."""

    published: Known[Date] | None = None
    updated: Known[Date] | None = None
    captured: Known[Date] | None = None
    doubts: tuple[tuple[int, str], ...] = ()
    used: tuple[int, ...] = ()
    numeric: NumericDates | None = None


class _Candidate(msgspec.Struct, frozen=True):
    index: int
    line: Line
    written: WrittenDate
    role: str  # published, updated, plain
    alone: bool
    clock: bool


def page_dates(
    lines: Sequence[Line],
    zones: Zones,
    language: str,
    *,
    skip: frozenset[int] = frozenset(),
    told: DayOrder | None = None,
) -> PageDates:
    """Tell published, updated and captured apart, and settle day first or month first.

    `skip` are lines whose dates are nobody's: captions, legal notes, related headlines. `told` is the order that other
    pages show; it counts where this page shows none.
    """
    found = _candidates(lines, zones, language, skip)
    published = _best([c for c in found if c.role != "updated" and _near(c, zones)], zones)
    updated = _best([c for c in found if c.role == "updated" and _near(c, zones)], zones)
    captured = next((c for c in found if c is not published and _is_chrome(c, zones)), None)
    numeric = _numeric([c for c in (published, updated, captured) if c], found, lines, zones, language)
    if numeric and numeric.shown == "unclear" and told:
        numeric = replace(numeric, given=str(told))
    doubts: list[tuple[int, str]] = []
    out: dict[str, Known[Date] | None] = {}
    for name, candidate in (("published", published), ("updated", updated), ("captured", captured)):
        out[name] = _settle(candidate, numeric, told, doubts) if candidate else None
    if out["published"] is None and not doubts and (known := out["updated"]) is not None:
        out["published"] = replace(known, basis="inferred", doubt="the page states only when it was updated")
    used = tuple(c.index for c in (published, updated, captured) if c)
    return PageDates(out["published"], out["updated"], out["captured"], tuple(doubts), used, numeric)


def _candidates(lines: Sequence[Line], zones: Zones, language: str, skip: frozenset[int]) -> list[_Candidate]:
    out = []
    find = finder(language)
    stop = min(len(lines), zones.last + BELOW)
    for index in (*range(min(stop, zones.first)), *range(zones.last, stop)):
        line = lines[index]
        if line.words > LINE_WORDS or index in skip:
            continue
        dates = find(line.text)
        if not dates or NOT_PUBLISHED.search(line.text):
            continue
        for written in dates:
            candidate = _candidate(lines, index, written)
            if candidate.alone or candidate.role != "plain" or (written.day and line.words <= HEAD_WORDS):
                out.append(candidate)
    return out


def _candidate(lines: Sequence[Line], index: int, written: WrittenDate) -> _Candidate:
    line = lines[index]
    before = line.text[: written.start]
    role = _role(before)
    if role == "plain" and index and len(before.strip(" :|-–—,")) < 4 and lines[index - 1].words <= 4:
        role = _role(lines[index - 1].text)
    alone = len(line.text) - (written.end - written.start) <= 30
    return _Candidate(index, line, written, role, alone, bool(CLOCK.search(line.text)))


def _role(before: str) -> str:
    """The last cue word before the date counts: "Published Monday, updated Tuesday"."""
    published = max((m.end() for m in PUBLISHED.finditer(before)), default=-1)
    updated = max((m.end() for m in UPDATED.finditer(before)), default=-1)
    if updated > published or (updated >= 0 and re.search(r"last (?:updated|modified)", before, re.IGNORECASE)):
        return "updated"
    return "published" if published >= 0 else "plain"


def _near(candidate: _Candidate, zones: Zones) -> bool:
    """Tell whether a date stands where an article's own date stands."""
    i = candidate.index
    if zones.headline <= i < zones.first:
        return True
    if i < zones.headline:
        return zones.headline - i <= 3 and not _is_chrome(candidate, zones)
    return candidate.role != "plain"


def _is_chrome(candidate: _Candidate, zones: Zones) -> bool:
    """The day at the top of a site: before the headline, alone, named with its weekday or far from the headline."""
    if candidate.index >= zones.headline or candidate.role != "plain" or candidate.written.day == 0:
        return False
    return candidate.alone and (
        candidate.written.weekday >= 0 or zones.headline - candidate.index > 3 or candidate.index == 0
    )


def _best(candidates: list[_Candidate], zones: Zones) -> _Candidate | None:
    def rank(c: _Candidate) -> tuple[int, ...]:
        in_head = zones.headline <= c.index < zones.first
        return (c.role == "published", in_head, c.written.day > 0, c.clock or c.alone, -abs(c.index - zones.headline))

    return max(candidates, key=rank, default=None)


def _numeric(
    used: Sequence[_Candidate], found: Sequence[_Candidate], lines: Sequence[Line], zones: Zones, language: str
) -> NumericDates | None:
    """Tell how the page writes numeric dates; None where it has none, or only such as 12.11.2018."""
    if any(_is_unclear(c) for c in used):
        order = _order([c for c in found if _is_unclear(c)], found, lines, zones, language)
        return NumericDates(order or "unclear", _by_language(language))
    shown = {order for c in used if (order := _shown_by(c.written, c.line))}
    return NumericDates(shown.pop()) if len(shown) == 1 else None


def _is_unclear(candidate: _Candidate) -> bool:
    return candidate.written.other is not None and candidate.written.numeric != "."


def _shown_by(written: WrittenDate, line: Line) -> Order | None:
    """The order that a numeric date shows which can be read one way only."""
    if written.numeric in ("", ".") or written.other or written.day == written.month:
        return None
    return "day" if int(DIGITS.findall(line.text, written.start)[0]) > 12 else "month"


def _order(
    unclear: Sequence[_Candidate],
    found: Sequence[_Candidate],
    lines: Sequence[Line],
    zones: Zones,
    language: str,
) -> Order | None:
    """Tell by what stands on the page how it writes numeric dates; None when nothing decides."""
    if order := _by_other_dates(lines, language):
        return order
    if any(MONTH_FIRST_ZONE.search(c.line.text) for c in unclear):
        return "month"
    return _by_saved_day(unclear, found, zones) or _by_body(unclear, lines[zones.first : zones.last], language)


def _by_language(language: str) -> Order | Literal[""]:
    tongue, _, country = language.partition("-")
    if country:
        return "month" if country.upper() in MONTH_FIRST_COUNTRIES else "day"
    return "" if tongue == "en" else "day"


def _by_other_dates(lines: Sequence[Line], language: str) -> Order | None:
    """Numeric dates of the page that can be read one way only, or that have their weekday beside them."""
    votes: dict[Order, int] = {"day": 0, "month": 0}
    find = finder(language)
    for line in lines:
        if line.words > LINE_WORDS:
            continue
        for w in find(line.text):
            if (order := _shown_by(w, line)) is not None:
                votes[order] += 1
            elif w.other and w.weekday >= 0 and (first := w.as_date()):
                votes["day" if first.weekday() == w.weekday else "month"] += 1
    if votes["day"] == votes["month"]:
        return None
    return "day" if votes["day"] > votes["month"] else "month"


def _by_saved_day(unclear: Sequence[_Candidate], found: Sequence[_Candidate], zones: Zones) -> Order | None:
    """No article is younger than the day on which its page was saved."""
    saved = [day for c in found if not c.written.other and _is_chrome(c, zones) and (day := c.written.as_date())]
    for c in unclear if saved else ():
        as_day, as_month = _readings(c.written)
        if (as_day <= saved[0]) != (as_month <= saved[0]):
            return "day" if as_day <= saved[0] else "month"
    return None


def _by_body(unclear: Sequence[_Candidate], article: Sequence[Line], language: str) -> Order | None:
    """The reading that is near a day which the article names, where the other is far from all of them."""
    named = {day for line in article[:BODY_LINES] for day in find_days(line.text[:BODY_CHARS], language)}
    for c in unclear if named else ():
        as_day, as_month = (min(_apart(reading, day) for day in named) for reading in _readings(c.written))
        if min(as_day, as_month) <= CLOSE and max(as_day, as_month) >= FAR:
            return "day" if as_day < as_month else "month"
    return None


def _readings(written: WrittenDate) -> tuple[dt.date, dt.date]:
    """An unclear date as day first, and as month first."""
    month, day = written.other or (written.month, written.day)
    return dt.date(written.year, written.month, written.day), dt.date(written.year, month, day)


def _apart(date: dt.date, day: tuple[int, int]) -> int:
    """Days from a date to the nearest day of that month and number, in whatever year."""
    apart = abs(date.month * 30.4 + date.day - day[0] * 30.4 - day[1])
    return round(min(apart, 365 - apart))


def _settle(
    candidate: _Candidate, numeric: NumericDates | None, told: DayOrder | None, doubts: list[tuple[int, str]]
) -> Known[Date] | None:
    written, line = candidate.written, candidate.line
    evidence = line.text[written.start : written.end]
    month, day = written.month, written.day
    if written.other and numeric and _is_unclear(candidate):
        order: str = numeric.fallback if numeric.shown == "unclear" else numeric.shown
        if numeric.given and told:
            order, evidence = told.order, f"{evidence} ({told})"
        if not order:
            first, second = (edtf.show(edtf.parse(day.isoformat())) for day in _readings(written))
            doubts.append((line.number, f"{evidence!r} could be {first} or {second}"))
            return None
        if order == "month":
            month, day = written.other
    text = f"{written.year:04}-{month:02}" + (f"-{day:02}" if day else "")
    date = edtf.try_parse(text)
    if not date:
        return None
    doubt = ""
    if date.is_day and date.earliest and written.weekday >= 0 and date.earliest.weekday() != written.weekday:
        doubt = "the weekday written beside it is another day's"
    return Known(date, "stated", evidence, line.number, doubt)
