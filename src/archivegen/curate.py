"""A seed -> a record for a person to correct: stated fields as front matter, doubtful ones as comments, the body.

Read again as it is, a record gives what its seed gave: nothing that was inferred or in doubt is settled by copying it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from archivegen import read, records, yamlfile
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.errors import Diagnostic, OutputError, UsageError
from archivegen.frontmatter import SAME
from archivegen.markup import parse_markdown
from archivegen.model import Article, Block, Body, Known, Prepared, Style
from archivegen.sources import SEED_HASH, member_record, record_name

__all__ = ["decide", "record_of", "to_markdown", "write_record"]

FIELDS = (
    "title",
    "published",
    "updated",
    "captured",
    "source",
    "byline",
    "agency",
    "place",
    "language",
    "url",
    "event_date",
)
LISTS = ("actors", "aliases", "redact")
KEPT = ("slug", "status", "notice")  # stated by front matter or a container; the slug is the article's address
ASK = {"published": "When was it published?", "source": "Which outlet is it from?", "byline": "Who wrote it?"}
# What Markdown would take for markup at the start of a line or anywhere in it.
LINE_START = re.compile(r"^(\d*)(?=(?:[#>+-]+|(?<=\d)[.)])(?:\s|$)|=+\s*$|~~~)")
INLINE = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w+;))")
FENCE = re.compile(r"`{3,}")
TICKS = re.compile(r"`+")
CLOSING = re.compile(r"(?<!\S)(#+)$")  # what would end a heading
BREAK = re.compile(r" *[\t\n\r\f\v][ \t\n\r\f\v]*")
HREF = re.compile(r"([\\()<>]|&(?=#?\w+;))")
Marks = tuple[tuple[str, str], tuple[str, str]]
# Delimiters of (em, strong) for every other style, in the order in which they are tried: *a*_b_ where *a**b* is no two.
MARKS: tuple[Marks, ...] = (
    (("*", "**"), ("*", "**")),
    (("*", "**"), ("_", "__")),
    (("_", "**"), ("_", "**")),
    (("*", "__"), ("*", "__")),
)
MOST_TRIED = 200  # styles of one line that are tried one by one
LEAD = re.compile(r"`\w+`:? (?:is (?=['\"]))?")
ABOUT = re.compile(r"`(\w+)`")
UNSETTLED = "unsettled"
SITE_LANGUAGE = "the site's language"
HOW_TO_SETTLE = "What nobody has settled yet; archivegen review lists it. Take a line away when it is."


def write_record(config: Config, seed: Path, item: Prepared) -> Path:
    """Write the record of a seed, or of a member of one, and return its path. The seed stays as it is.

    Raises UsageError when there is a record already, or the file is not one of the site's seeds.
    """
    if item.tombstone:
        raise UsageError(f"{seed} says itself that it is withdrawn", hint="to undo that, take `status` out of it")
    if item.article is None:
        raise UsageError(f"{seed} cannot be read as an article", hint="; ".join(str(d) for d in item.diagnostics))
    target = record_of(config, seed, item)
    if target.exists():
        raise UsageError(f"{target} is there already", hint="edit it, or remove it first to begin anew")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(record_text(item.article, item.diagnostics))
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}") from error
    return target


def record_of(config: Config, seed: Path, item: Prepared) -> Path:
    """Return where the record of a seed, or of a member of one, is or would be. Raises UsageError for other files."""
    if not seed.is_relative_to(config.seeds):
        raise UsageError(f"{seed} is not in the seeds folder ({config.seeds})", hint="curate takes files from there")
    if item.container:
        name = item.path.removeprefix(f"{item.container}#")
        return config.records / member_record(seed.relative_to(config.seeds).as_posix(), name)
    return config.records / record_name(seed, config.seeds)


def decide(record: Path, status: str | None, notice: str | None) -> None:
    """Set a record's status and notice, each if given ("none" takes the status away); all else stays as it is."""
    decided = {"status": None if status == "none" else status} if status is not None else {}
    decided |= {"notice": notice or None} if notice is not None or status == "none" else {}
    try:
        text = record.read_text(encoding="utf-8")
        record.write_text(records.restate(text, decided), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{record} cannot be changed: {error.strerror}") from error


def record_text(article: Article, diagnostics: Iterable[Diagnostic] = ()) -> str:
    """Return the record's text: what is stated as fields, what is doubtful or missing as comments.

    `diagnostics` are what reading the seed told; those about a field stand in the record as well.
    """
    values: dict[str, Any] = {}
    comments: dict[str, str] = {UNSETTLED: HOW_TO_SETTLE}
    unsettled: list[str] = []
    told = _by_field(diagnostics)
    for name in FIELDS:
        known: Known[str] | Known[Date] | None = getattr(article, name)
        notes = [one.message for one in told.get(name, ())]
        line = yamlfile.dump({name: str(known.value)}).rstrip() if known else f"{name}:"
        if known is None:
            notes = notes or ([f"{ASK[name]} The page does not say."] if name in ASK else [])
            unsettled += [f"{name}: {_reason(one)}" for one in told.get(name, ()) if one.severity != "note"]
            notes += [line] if notes else []
        elif known.doubt or known.basis == "inferred":
            words = f" (from “{known.evidence}”)" if known.evidence else ""
            why = f"{known.doubt or 'Inferred, not stated'}{words}"
            if name == "language":
                values |= {name: known.value} if known.evidence != SITE_LANGUAGE else {}
                unsettled += [name] if name in values else []
            else:
                notes += [f"{why}. If it is right, remove the #:", line]
                unsettled += [f"{name}: {known.doubt}{words}"] if known.doubt and name != "title" else []
        else:
            values[name] = str(known.value)
        if notes:
            comments[name] = "\n".join(notes)
    values |= {name: list(listed) for name in LISTS if (listed := getattr(article, name))}
    values |= {name: kept for name in KEPT if (kept := getattr(article, name))}
    values |= dict(article.extra)
    values |= {UNSETTLED: unsettled} if unsettled else {}
    values[SEED_HASH] = article.provenance.sha256
    body = to_markdown(article.body)
    if "title" not in values and not _is_same(article, _write(values, body, comments)):
        values["title"] = article.title.value
        values[UNSETTLED] = [f"title: {article.title.doubt}" if article.title.doubt else "title", *unsettled]
        why = comments["title"].splitlines()[0].partition(". If it is right")[0]
        comments["title"] = f"{why}. When it is right, take `title` out of `{UNSETTLED}`."
    return _write(values, body, comments)


def _write(values: dict[str, Any], body: str, comments: dict[str, str]) -> str:
    told = {name: text for name, text in comments.items() if name != UNSETTLED or UNSETTLED in values}
    last = {name: values[name] for name in (UNSETTLED, SEED_HASH) if name in values}
    ordered = {name: value for name, value in values.items() if name not in last} | last
    return records.write_record(ordered, body, told, FIELDS)


def _is_same(article: Article, record: str) -> bool:
    """Tell whether a record without a title is read with the title, and the text, that its seed has."""
    again = read.read_article(record.encode("utf-8", "replace"), "record.md").article
    return again is not None and (again.title.value, again.body.text) == (article.title.value, article.body.text)


def _by_field(diagnostics: Iterable[Diagnostic]) -> Mapping[str, list[Diagnostic]]:
    out: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        about = ABOUT.match(one.message)
        name = "published" if one.code == "date-order" else about[1] if about else ""
        out.setdefault(SAME.get(name, name), []).append(one)
    return out


def _reason(diagnostic: Diagnostic) -> str:
    return LEAD.sub("", diagnostic.message).removesuffix("; left out")


def to_markdown(body: Body) -> str:
    """Write a body as Markdown that reads back to the same text, with the styles that Markdown can express."""
    parts = []
    table = False
    for block in body.blocks:
        text = _block(block, body)
        if block.kind == "row" and not table:
            text += "\n|" + " --- |" * (body.text.count("\t", block.start, block.end) + 1)
        joined = table and block.kind == "row"
        table = block.kind == "row"
        parts.append(f"\n{text}" if joined else f"\n\n{text}")
    return "".join(parts).strip("\n")


def _block(block: Block, body: Body) -> str:
    text = body.text[block.start : block.end]
    if block.kind == "code":
        fence = max(["``", *FENCE.findall(text)], key=len) + "`"
        return f"{fence}\n{text}\n{fence}"
    if block.kind == "rule":
        return "---"
    if block.kind == "row":
        cells, at = [], block.start
        for cell in text.split("\t"):
            cells.append(_inline(*_cut(body, at, at + len(cell)), in_table=True))
            at += len(cell) + 1
        return f"| {' | '.join(cells)} |"
    inline = _inline(*_cut(body, block.start, block.end))
    if block.kind == "heading":
        return f"{'#' * max(2, block.level)} {CLOSING.sub(_escaped, inline)}"
    inline = LINE_START.sub(r"\1\\", inline, count=1)
    if block.kind == "item":
        return f"{'  ' * (block.level - 1)}{'1.' if block.ordered else '-'} {inline}"
    return f"> {inline}" if block.kind == "quote" else inline


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _cut(body: Body, start: int, end: int) -> tuple[str, list[Style]]:
    """A stretch of the body in one line, and its styles, with offsets in that line."""
    out: list[str] = []
    at: list[int] = []  # where in the line each character of the stretch stands
    length = last = 0
    text = body.text[start:end]
    for found in (*BREAK.finditer(text), None):
        stop = found.start() if found else len(text)
        out.append(text[last:stop])
        at += range(length, length + stop - last)
        length += stop - last
        if found:
            out.append(" ")
            at += [length] * len(found[0])
            length, last = length + 1, found.end()
    at.append(length)
    line = "".join(out)
    styles = []
    for style in body.styles:
        if style.start < end and style.end > start:
            first, stop = at[max(style.start, start) - start], at[min(style.end, end) - start]
            styles.append(replace(style, start=first, end=stop))
    lead = len(line) - len(line.lstrip())
    line = line.strip()
    inside = (replace(s, start=max(0, s.start - lead), end=min(len(line), s.end - lead)) for s in styles)
    return line, [style for style in inside if style.start < style.end]


def _tight(style: Style, line: str) -> Style:
    """A style without the spaces at its ends, where Markdown has none."""
    if style.name == "code":
        return style
    inside = line[style.start : style.end]
    lead, tail = len(inside) - len(inside.lstrip()), len(inside) - len(inside.rstrip())
    return replace(style, start=style.start + lead, end=style.end - tail)


def _inline(text: str, styles: list[Style], *, in_table: bool = False) -> str:
    """Set a line with as many of its styles as Markdown can express there: what is written is read back."""
    kept = _nested(styles)
    if (marks := _marks_for(text, kept)) is None:
        kept = _nested([_tight(style, text) for style in styles])
        marks = _marks_for(text, kept)
    if marks is None:
        tried, kept, marks = kept[:MOST_TRIED], [], MARKS[0]
        for style in tried:
            if found := _marks_for(text, [*kept, style]):
                kept, marks = [*kept, style], found
    return _set(text, kept, marks, in_table=in_table)


def _nested(styles: list[Style]) -> list[Style]:
    """The styles in the order in which they open, without what crosses another or stands in code."""
    out: list[Style] = []
    around: list[Style] = []
    for style in sorted(
        (s for s in styles if s.start < s.end), key=lambda s: (s.start, -s.end, s.name == "code", s.name != "link")
    ):
        while around and around[-1].end <= style.start:
            around.pop()
        if not around or (style.end <= around[-1].end and around[-1].name != "code"):
            around.append(style)
            out.append(style)
    return out


def _marks_for(text: str, styles: list[Style]) -> Marks | None:
    """The delimiters with which the line reads back to the same text and styles, if there are any."""
    wanted = sorted((s.name, s.start, s.end) for s in styles)
    for marks in MARKS if styles else MARKS[:1]:
        again = parse_markdown(LINE_START.sub(r"\1\\", _set(text, styles, marks), count=1))
        if not styles or (again.text == text and sorted((s.name, s.start, s.end) for s in again.styles) == wanted):
            return marks
    return None


def _set(text: str, styles: list[Style], marks: Marks, *, in_table: bool = False) -> str:
    out: list[str] = []
    around: list[tuple[int, str]] = []  # of each open style: where it ends, and how
    at = 0

    def write_to(end: int) -> None:
        nonlocal at
        out.append(INLINE.sub(r"\\\1", text[at:end]))
        at = end

    def close_to(position: int) -> None:
        while around and around[-1][0] <= position:
            end, closing = around.pop()
            write_to(end)
            out.append(closing)

    for number, style in enumerate(styles):
        close_to(style.start)
        write_to(style.start)
        if style.name == "code":
            code = _code(text[style.start : style.end])
            out.append(code.replace("|", "\\|") if in_table else code)
            at = style.end
            continue
        mark = marks[number % 2][style.name == "strong"]
        is_link = style.name == "link"
        if is_link and text[style.start - 1 : style.start] == "!" and out[-1].endswith("!"):
            out[-1] = f"{out[-1][:-1]}\\!"  # or it would be a picture
        out.append("[" if is_link else mark)
        around.append((style.end, f"]({_href(style.href)})" if is_link else mark))
    close_to(len(text))
    write_to(len(text))
    return "".join(out)


def _href(href: str) -> str:
    return HREF.sub(r"\\\1", href)


def _code(text: str) -> str:
    ticks = max(["", *TICKS.findall(text)], key=len) + "`"
    gap = " " if text.strip(" ") and (text[:1] in "` " or text[-1:] in "` ") else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"
