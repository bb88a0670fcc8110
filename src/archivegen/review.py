"""The worklist: what an editor should settle, each with its file, the reason, and the line that would settle it."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from collections.abc import Iterator, Mapping

from archivegen import yamlfile
from archivegen.authority import Authority, load_authority
from archivegen.config import Config
from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.forwarding import expected_pages, find_moved, unanswered
from archivegen.leaks import find_leaks
from archivegen.manifest import files_of
from archivegen.model import Article, Findings, Known
from archivegen.permalinks import LOST, Lines
from archivegen.sources import SEED_HASH
from archivegen.store import Reader, open_store
from archivegen.timeline.bounds import bounds_of
from archivegen.timeline.proposals import Proposal, propose
from archivegen.timeline.statements import make_statements
from archivegen.views import ProposedDate, ReviewItem

__all__ = ["TOPICS", "check_decisions", "proposed_actors", "worklist"]

# In the order in which settling one helps with the next.
TOPICS = (
    "unreadable",
    "lost address",
    "moved address",
    "changed seed",
    "undated",
    "conflicting",
    "doubtful",
    "inferred",
    "ambiguous actor",
    "suspicious",
    "without notice",
)
# What to say of the diagnostics that reading left, by severity; notes need nobody.
OF_SEVERITY = {"error": "unreadable", "warning": "doubtful"}
# What YAML reads as a text without quotes.
PLAIN = re.compile(r"[^\W\d_][\w .&'’-]*")
NOT_STRINGS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))
SHORT_BODY = 40  # words; a shorter body is more often a failed reading than a short article
MOSTLY_REMOVED = 0.85


def worklist(config: Config, reader: Reader) -> list[ReviewItem]:
    """List all that is doubtful in the archive, the weightiest topic first, then by path."""
    items = [
        ReviewItem(d.path, d.line, OF_SEVERITY[d.severity], _told(d), "", "", "")
        for d in reader.diagnostics()
        if d.severity in OF_SEVERITY
    ]
    items += _ambiguous_actors(config, reader)
    items += _contradictions(reader)
    items += _addresses(config, reader)
    items += _without_notice(reader)
    proposals = reader.articles.proposals()
    for _, article, findings in reader.articles.all():
        items += _changed_seed(config, article)
        items += _dates(article, findings, proposals.get(article.path))
        items += _fields(article)
        items += _suspicious(article, findings)
    return sorted(items, key=lambda item: (TOPICS.index(item.topic), item.path, item.line or 0))


def check_decisions(config: Config) -> list[Diagnostic]:
    """What editors decided, held against the built site: published addresses that lead nowhere, words still there."""
    site = files_of(config.output)
    store = config.work / "archive.db"
    words: tuple[tuple[str, str], ...] = ()
    if store.is_file():
        with open_store(store) as opened:
            words = Reader(opened).editorial.redactions()
    faults = list(unanswered(config.permalinks, site, words))
    if words:
        faults += find_leaks(((path, (config.output / path).read_bytes()) for path in sorted(site)), words)
    return faults


def _addresses(config: Config, reader: Reader) -> Iterator[ReviewItem]:
    """Published addresses that nothing answers any more, or only a list of all."""
    authority = load_authority(config.actors, config.work / "actors.json")
    file = config.permalinks.name
    moved = find_moved(config.permalinks, reader, authority, expected_pages(reader))
    for fault in moved.faults:
        if fault.severity != "note":
            topic = "lost address" if fault.code == LOST else "doubtful"
            yield ReviewItem(fault.path, fault.line, topic, _told(fault), "", "", fault.path)
    lines = Lines(config.permalinks)
    for address, kind, name in moved.fallen:
        reason = f"/{address} was the page of {name}, which there is none of now; it leads to the list of all"
        fix = f"- name: THE NAME NOW\n  aliases: [{_scalar(name)}]" if kind == "actor" else ""
        yield ReviewItem(file, lines.of(address), "moved address", reason, "", fix, file)


def _without_notice(reader: Reader) -> Iterator[ReviewItem]:
    for path, status in reader.editorial.without_notice():
        reason = f"is {status}, and no notice tells readers why"
        yield ReviewItem(path, None, "without notice", reason, "", "notice: WHY", path)


def _told(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message} ({diagnostic.hint})" if diagnostic.hint else diagnostic.message


def _changed_seed(config: Config, article: Article) -> Iterator[ReviewItem]:
    noted = article.extra.get(SEED_HASH)
    if not noted or article.seed == article.path:
        return
    try:
        current = hashlib.sha256((config.root / article.seed).read_bytes()).hexdigest()
    except OSError:
        return
    if current != noted:
        reason = f"{article.seed} has changed since this record was made from it"
        yield ReviewItem(article.path, None, "changed seed", reason, "", f"{SEED_HASH}: {current}", article.path)


def _dates(article: Article, findings: Findings, proposed: ProposedDate | None) -> Iterator[ReviewItem]:
    if article.published is None:
        reason = "no publication date is stated"
        if article.numeric_dates and article.numeric_dates.shown == "unclear":
            reason = "its date in numbers may be day first or month first, and nothing tells which"
        if article.captured:
            reason += f"; “{article.captured.evidence}” is the day the page was saved"
        if proposed:
            reason += f"; {proposed.period}, because {proposed.reason}"
        elif own := str(bounds_of(article, make_statements(article, findings))):
            reason += f"; inferred: {own}"
        lines = {"published": str(proposed.date)} if proposed else {}
        yield _item(article, article.captured, "undated", reason, lines)
    elif article.captured and _is_after(article.published.value, article.captured.value):
        reason = f"published {article.published.value}, yet saved before that, {article.captured.value}"
        yield _item(article, article.published, "conflicting", reason, {"published": article.published.value.text})


def _contradictions(reader: Reader) -> Iterator[ReviewItem]:
    """Both accounts of what two articles of a story tell differently; which is right no program knows."""
    for path, pair in reader.periods.all_contradictions():
        other = pair.other.article
        reason = f"{pair.what}: “{other.title}” says “{pair.other.text}”; correct the wrong one in a record"
        yield ReviewItem(path, None, "conflicting", reason, pair.one.text, "", path)


def _is_after(one: Date, other: Date) -> bool:
    return bool(one.earliest and other.latest and one.earliest > other.latest)


def proposed_actors(authority: Authority, reader: Reader) -> str:
    """Write who may be the same actor as entries to paste into actors.yaml, below `actors:`; empty if nobody may.

    What the file settles already, by an alias or a `not`, is left out.
    """
    out = []
    for proposal in propose(reader.actors.all()):
        owners = [authority.names[name] for name in proposal.owners if name in authority.names]
        if proposal.name in authority.names or any(proposal.name in owner.other for owner in owners):
            continue
        choice = f"one of {', '.join(proposal.owners)}" if len(proposal.owners) > 1 else proposal.owners[0]
        lines = [f"# {proposal.name} may be {choice}: {proposal.reason}."]
        if owners:
            lines.append(f"# {owners[0].name} stands on line {owners[0].line}: put the alias there.")
        out.append("\n".join([*lines, _entry(proposal)]))
    return "\n".join(out)


def _ambiguous_actors(config: Config, reader: Reader) -> Iterator[ReviewItem]:
    """A surname that stands alone and may be either of several people has no page until it is settled."""
    file = config.actors.name
    for proposal in propose(reader.actors.all()):
        if len(proposal.owners) > 1 and " " not in proposal.name:
            reason = f"“{proposal.name}” may be {' or '.join(proposal.owners)}"
            yield ReviewItem(file, None, "ambiguous actor", reason, "", _entry(proposal), file)


def _entry(proposal: Proposal) -> str:
    return f"- name: {_scalar(proposal.owners[0])}\n  aliases: [{_scalar(proposal.name)}]"


def _scalar(text: str) -> str:
    """A name as YAML takes it, in quotes where it would mean something else."""
    return text if PLAIN.fullmatch(text) and text.lower() not in NOT_STRINGS else json.dumps(text, ensure_ascii=False)


def _fields(article: Article) -> Iterator[ReviewItem]:
    for name in ("title", "source", "byline", "published", "updated", "captured", "event_date"):
        known: Known[str] | Known[Date] | None = getattr(article, name)
        if known and known.basis == "inferred" and known.line and article.seed != article.path:
            reason = f"{name}: {known.doubt or 'inferred, not stated'}; when it is right, take it out of `unsettled`"
            yield _item(article, known, "doubtful" if known.doubt else "inferred", reason, {})
        elif known and known.doubt:
            yield _item(article, known, "doubtful", f"{name}: {known.doubt}", {name: str(known.value)})
        elif known and known.basis == "inferred" and name != "event_date":
            reason = f"{name} is inferred, not stated"
            yield _item(article, known, "inferred", reason, {name: str(known.value)})


def _suspicious(article: Article, findings: Findings) -> Iterator[ReviewItem]:
    words = len(article.body.text.split())
    if words < SHORT_BODY and _is_raw(article):
        reason = f"only {words} words were taken for the article's text"
        yield _item(article, None, "suspicious", reason, {})
    removed = sum(len(item.text) for item in article.removed)
    total = removed + len(article.body.text)
    if total and removed / total > MOSTLY_REMOVED:
        reason = f"{100 * removed // total} % of the page was removed as furniture"
        yield _item(article, None, "suspicious", reason, {})
    published = article.published.value if article.published else None
    if published and published.latest:
        later = [d for d in findings.dates if d.type == "DATE" and d.value[:4].isdigit()]
        years = sorted({int(d.value[:4]) for d in later if int(d.value[:4]) > published.latest.year + 50})
        if years:
            reason = f"the text speaks of the year {years[0]}, long after its publication"
            yield _item(article, article.published, "suspicious", reason, {})


def _is_raw(article: Article) -> bool:
    """Tell whether the body was picked from a page; what a person or a dump states as the body may be short."""
    return bool(article.removed) or (_form(article) in ("text", "html") and not article.provenance.container)


def _form(article: Article) -> str:
    return article.provenance.reader.partition(" ")[0]


def _item(
    article: Article, known: Known[str] | Known[Date] | None, topic: str, reason: str, fields: Mapping[str, str]
) -> ReviewItem:
    """An item that stating `fields` settles; a record comes first where a file holds no front matter."""
    steps = [yamlfile.dump(dict(fields)).rstrip()] if fields else []
    is_record = article.seed != article.path
    needs_record = _form(article) == "html" or article.provenance.container or topic == "suspicious"
    if needs_record and not is_record:
        steps.insert(0, f"archivegen curate {shlex.quote(article.path)}")
    line = known.line if known else None
    fix = "\n".join(steps)
    return ReviewItem(article.path, line, topic, reason, known.evidence if known else "", fix, article.path)
