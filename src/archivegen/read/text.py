"""Plain text saved from a page, furniture and all -> the article in it."""

from __future__ import annotations

from collections.abc import Sequence

from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.model import Known, Removed
from archivegen.read.body import Judged, body_of, find_run, judge, keep_within
from archivegen.read.dateline import agency_in, find_byline, parse_dateline
from archivegen.read.draft import Draft
from archivegen.read.headline import Headline, find_headline, repeats
from archivegen.read.lines import key, split_lines
from archivegen.read.pubdate import PageDates, Zones, page_dates
from archivegen.read.wraps import rejoin

__all__ = ["read_text"]


def read_text(front: FrontMatter, path: str, language: str) -> Draft:
    """Read raw page text; what front matter states is put over the result by the caller."""
    language = front.texts.get("language", language)
    judged = judge(rejoin(split_lines(front.body, front.body_line)))
    again = repeats(judged)
    first, last = find_run(judged, again)
    headline = find_headline(judged, first, again)
    start = headline.index + 1 if headline and first <= headline.index < last else first
    keep, gone = keep_within(judged, start, last)
    lines = [one.line for one in judged]
    at = headline.head if headline else 0
    # A cue that stands on the date's own line ("Posted in World on 3 May 2018") does not make the date nobody's.
    skip = frozenset(i for i, one in enumerate(judged) if one.cue and one.cue.undated)
    dates = page_dates(lines, Zones(min(at, start), start, last), language, skip)
    head = lines[at:start] if start > at else lines[:start]
    body = body_of(judged, keep)
    dateline = parse_dateline(body.text[:300])
    first_line = judged[keep[0]].line if keep else None
    agency = agency_in(head)
    place = None
    if dateline and first_line:
        if dateline.place:
            place = Known(dateline.place, "stated", first_line.text[:80], first_line.number)
        if dateline.agency:
            agency = Known(dateline.agency, "stated", first_line.text[:80], first_line.number)
    return Draft(
        body=body,
        title=_title(headline, judged),
        source=_source(headline, judged),
        byline=find_byline(head),
        agency=agency,
        place=place,
        published=dates.published,
        updated=dates.updated,
        captured=dates.captured,
        removed=_removed(judged, set(keep), gone, headline, dates),
        diagnostics=_doubts(dates, path),
    )


def _title(headline: Headline | None, judged: Sequence[Judged]) -> Known[str] | None:
    if not headline:
        return None
    line = judged[headline.index].line
    doubt = (
        "" if headline.certain else "the page names no headline for certain; this line stands nearest above the article"
    )
    return Known(headline.text, "stated", line.text, line.number, doubt)


def _source(headline: Headline | None, judged: Sequence[Judged]) -> Known[str] | None:
    if not headline or not headline.outlet:
        return None
    line = judged[headline.outlet_index].line
    return Known(headline.outlet, "stated", line.text, line.number)


def _removed(
    judged: Sequence[Judged], keep: set[int], gone: dict[int, str], headline: Headline | None, dates: PageDates
) -> tuple[Removed, ...]:
    title = key(headline.text) if headline else ""
    first, last = (min(keep), max(keep)) if keep else (len(judged), len(judged))
    out = []
    for i, one in enumerate(judged):
        if i in keep:
            continue
        if i in gone:
            why = gone[i]
        elif headline and i == headline.index:
            why = "the headline"
        elif i in dates.used:
            why = "a date of the page"
        elif title and len(one.line.text) >= len(title) and key(one.line.text).startswith(title):
            why = "repeats the headline"
        elif one.cue:
            why = one.cue.why
        else:
            why = "before the article" if i < first else "after the article" if i > last else "amid the article"
        out.append(Removed(one.line.number, one.line.text, why))
    return tuple(out)


def _doubts(dates: PageDates, path: str) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            path,
            line,
            "note",
            "date-order",
            f"{words!r} could be day first or month first; left out",
            "state the day in front matter: published: 2018-08-21",
        )
        for line, words in dates.doubts
    )
