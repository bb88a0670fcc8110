"""Plain text saved from a page, furniture and all -> the article in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from archivegen.errors import Diagnostic
from archivegen.frontmatter import FrontMatter
from archivegen.model import DayOrder, Known, Removed
from archivegen.read.body import META, Judged, body_of, find_run, judge, keep_within
from archivegen.read.dateline import agency_in, find_byline, parse_dateline
from archivegen.read.draft import Draft, first_words
from archivegen.read.headline import Headline, find_headline, repeats, title_index
from archivegen.read.language import language_of
from archivegen.read.lines import Line, count_stops, key, split_lines
from archivegen.read.outlet import in_menu, is_section, masthead
from archivegen.read.pubdate import PageDates, Zones, page_dates
from archivegen.read.wraps import rejoin

__all__ = ["read_text"]

PARAGRAPH = 20  # words of one sentence that are more than a headline


def read_text(front: FrontMatter, path: str, language: str, order: DayOrder | None = None) -> Draft:
    """Read raw page text; what front matter states is put over the result by the caller."""
    language = front.texts.get("language", language)
    judged = judge(rejoin(split_lines(front.body, front.body_line)))
    title_at = title_index(judged)
    again = repeats(judged, title_at)
    first, last = find_run(judged, again)
    headline = find_headline(judged, first, title_at, again)
    if headline and headline.index not in again and _is_paragraph(judged, headline.index, first):
        first = min(first, headline.index)
        headline = None
    start = headline.index + 1 if headline and first <= headline.index < last else first
    keep, gone = keep_within(judged, start, last)
    notes: tuple[Diagnostic, ...] = ()
    if not keep:
        keep, headline = _whatever(judged, headline)
        gone = {i: why for i, why in gone.items() if i not in keep}
        start, last = (keep[0], keep[-1] + 1) if keep else (start, last)
        notes = _hardly(judged, keep, path)
    lines = [one.line for one in judged]
    at = headline.head if headline else 0
    # A cue that stands on the date's own line ("Posted in World on 3 May 2018") does not make the date nobody's.
    skip = frozenset(i for i, one in enumerate(judged) if one.cue and one.cue.undated)
    zones = Zones(min(at, start), start, last)
    body = body_of(judged, keep)
    spoken = language_of(body.text, language)
    dates = page_dates(lines, zones, spoken.value if spoken else language, skip=skip, told=order)
    head = lines[at:start] if start > at else lines[:start]
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
        title=_title(headline, judged) or first_words(body),
        source=_source(headline, lines, zones, language),
        byline=find_byline(head),
        agency=agency,
        place=place,
        language=spoken,
        published=dates.published,
        updated=dates.updated,
        captured=dates.captured,
        removed=_removed(judged, set(keep), gone, headline, dates),
        numeric_dates=dates.numeric,
        diagnostics=(*notes, *_doubts(dates, path)),
    )


def _is_paragraph(judged: Sequence[Judged], at: int, first: int) -> bool:
    """Tell whether what stands for the headline is the article's own first paragraph, as in a text without headline."""
    line = judged[at].line
    whole = line.ended and line.text[-1] not in "?!？！"
    return whole and first - at <= 1 and (line.words >= PARAGRAPH or count_stops(line) >= 2)


def _whatever(judged: Sequence[Judged], headline: Headline | None) -> tuple[list[int], Headline | None]:
    """Where nothing reads as prose: the lines that no cue takes, or else all of them. Words are never lost."""
    at = headline.index if headline else -1
    worded = [i for i, one in enumerate(judged) if i != at and any(map(str.isalnum, one.line.text))]
    plain = [i for i in worded if not judged[i].cue and judged[i].score != META]
    below = [i for i in plain if i > at]
    keep = below or plain or worded
    if headline is None and len(keep) > 1:
        first = keep[0]
        return keep[1:], Headline(judged[first].line.text, first, "", first, first, certain=False)
    return (keep, headline) if keep or not headline else ([at] if judged[at].line.words else [], None)


def _hardly(judged: Sequence[Judged], keep: Sequence[int], path: str) -> tuple[Diagnostic, ...]:
    if not keep:
        return ()
    words = sum(judged[i].line.words for i in keep)
    message = f"hardly reads as an article; {words} {'word was' if words == 1 else 'words were'} kept as its text"
    hint = "compare with the seed, or write the text into a record"
    return (Diagnostic(path, judged[keep[0]].line.number, "note", "hardly-an-article", message, hint),)


def _title(headline: Headline | None, judged: Sequence[Judged]) -> Known[str] | None:
    if not headline:
        return None
    line = judged[headline.index].line
    doubt = (
        "" if headline.certain else "the page names no headline for certain; this line stands nearest above the article"
    )
    return Known(headline.text, "stated", line.text, line.number, doubt)


def _source(headline: Headline | None, lines: Sequence[Line], zones: Zones, language: str) -> Known[str] | None:
    """The name at the end of the page's title, unless it is one of the site's own sections; else the masthead's."""
    found = masthead(lines, headline.index if headline else 0, zones.first, zones.last, language)
    if (
        not headline
        or not headline.outlet
        or is_section(headline.outlet)
        or in_menu(headline.outlet, lines, zones.first)
    ):
        return found
    line = lines[headline.outlet_index]
    return Known(headline.outlet, "stated", line.text, line.number)


_gone: Callable[[tuple[int, str, str]], Removed] = partial(tuple.__new__, Removed)  # see lines.py


def _removed(
    judged: Sequence[Judged], keep: set[int], gone: dict[int, str], headline: Headline | None, dates: PageDates
) -> tuple[Removed, ...]:
    title = key(headline.text) if headline else ""
    first, last = (min(keep), max(keep)) if keep else (len(judged), len(judged))
    known = gone | dict.fromkeys(dates.used, "a date of the page")
    if headline:
        known[headline.index] = "the headline"

    def why(i: int, text: str) -> str:
        if len(text) >= len(title) > 0 and _begins(text, title):
            return "repeats the headline"
        return "before the article" if i < first else "after the article" if i > last else "amid the article"

    rest = [(i, one.line, one.cue) for i, one in enumerate(judged) if i not in keep]
    whys = [known.get(i) or (cue.why if cue else why(i, line.text)) for i, line, cue in rest]
    return tuple([_gone((line.number, line.text, why)) for (_, line, _), why in zip(rest, whys, strict=True)])


def _begins(text: str, title: str) -> bool:
    """Tell whether a text says first what a title's key says. Its first letter alone mostly shows that it does not."""
    if text[0].isalnum() and text[0].casefold()[0] != title[0]:
        return False
    return key(text).startswith(title)


def _doubts(dates: PageDates, path: str) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            path,
            line,
            "note",
            "date-order",
            f"{readings}; left out",
            "state the day in front matter: published: 2018-08-21",
        )
        for line, readings in dates.doubts
    )
