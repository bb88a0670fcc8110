"""Which statements an article makes: of which day, how that is known, what is said of it, and of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivegen import edtf
from archivegen.authority import Authority
from archivegen.detect import detect, index_names
from archivegen.edtf import show
from archivegen.model import ActorMention, Article, Body, Findings, Known, Provenance, Statement
from archivegen.timeline.statements import event_date, make_statements

CASES = Path(__file__).with_name("statements_cases.txt")
NAME = re.compile(r"(?P<name>[^,()]+) \((?P<kind>\w+)\)")
NOBODY = index_names(Authority((), {}, frozenset()))


@dataclass(frozen=True)
class Case:
    """One article and the statements it is to give."""

    name: str
    names: dict[str, str]
    published: str
    text: str
    expected: tuple[str, ...]


def read_cases() -> list[Case]:
    out = []
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, names, published, *lines = part.strip().splitlines()
        found = {m["name"].strip(): m["kind"] for m in NAME.finditer(names.removeprefix("names:"))}
        text = " ".join(line for line in lines if not line.startswith("=> "))
        expected = tuple(line[3:] for line in lines if line.startswith("=> "))
        out.append(Case(name, found, published.removeprefix("published:").strip(), text, expected))
    return out


def article_of(text: str, published: str) -> Article:
    date = None if published == "none" else edtf.parse(published)
    known = Known(date, "stated", show(date)) if date else None
    return Article(
        path="a.txt",
        seed="a.txt",
        provenance=Provenance("", 0, "text"),
        title=Known("A title", "stated"),
        body=Body(text, ()),
        published=known,
    )


def findings_of(text: str, published: str, names: dict[str, str]) -> Findings:
    date = None if published == "none" else edtf.parse(published)
    found = detect(text, date, known=NOBODY, want_actors=False)
    mentions = [
        ActorMention(m.start(), m.end(), name, kind)  # type: ignore[arg-type]
        for name, kind in names.items()
        for m in re.finditer(re.escape(name), text)
    ]
    return Findings(found.sentences, found.dates, tuple(sorted(mentions, key=lambda m: m.start)))


def told(statement: Statement, findings: Findings) -> str:
    number = 1 + [start for start, _ in findings.sentences].index(statement.start)
    who = " & ".join(statement.actors)
    return f"{number}, {statement.date}, {statement.basis}, {statement.mood}, {who}; {statement.evidence}"


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_the_article_makes_these_statements(case: Case) -> None:
    findings = findings_of(case.text, case.published, case.names)
    statements = make_statements(article_of(case.text, case.published), findings)
    assert tuple(told(s, findings) for s in statements) == case.expected


@pytest.mark.parametrize(
    ("text", "published", "day", "evidence"),
    [
        ("The bridge fell on Monday. Nobody was hurt.", "2018-08-21", "2018-08-20", "Monday"),
        ("The bridge fell. It happened on Sunday.", "2018-08-21", "2018-08-19", "Sunday"),
        ("The bridge has fallen. Nobody was hurt.", "2018-08-21", "2018-08-21", "21 August 2018"),
        ("The bridge will be opened on Friday.", "2018-08-21", "2018-08-21", "21 August 2018"),
        ("The bridge, built on 3 May 1990, fell.", "2018-08-21", "2018-08-21", "21 August 2018"),
        ("The bridge fell on 3 May 1990.", "none", "1990-05-03", "3 May 1990"),
        ("The bridge fell.", "2018-08", "2018-08", "August 2018"),
        (
            "Crews agreed to a truce on Monday. They walked out on 9 August, when it began.",
            "2018-08-21",
            "2018-08-20",
            "Monday",
        ),
        (
            "It closed on 9 August, when a strike began. They agreed on Monday to end it.",
            "2018-08-21",
            "2018-08-20",
            "Monday",
        ),
        ("A fair will be held in May, the town council decided on Monday.", "2018-08-21", "2018-08-20", "Monday"),
        ("A fair is needed, said many. A fair will come on Monday.", "2018-08-21", "2018-08-21", "21 August 2018"),
        ("The bridge fell on Monday, when a ship hit it.", "2018-08-21", "2018-08-20", "Monday"),
    ],
)
def test_the_event_is_dated_by_the_lead_or_else_by_the_publication(
    text: str, published: str, day: str, evidence: str
) -> None:
    findings = findings_of(text, published, {})
    article = article_of(text, published)
    known = event_date(article, make_statements(article, findings), findings)
    assert known is not None
    assert (known.value.text, known.basis, known.evidence) == (day, "inferred", evidence)


def test_nothing_is_known_of_an_undated_articles_event() -> None:
    findings = findings_of("The bridge fell on Monday.", "none", {})
    article = article_of("The bridge fell on Monday.", "none")
    assert event_date(article, make_statements(article, findings), findings) is None


NAMES = {"Anna Berg": "person", "Norvik Air": "organisation", "A380": "other"}
PIECES = st.sampled_from(
    [
        *NAMES, "He", "She", "It", "The company", "said", "that", "has won", "was", "will", "on Monday", "in 1990",
        "on 4 May 2016", "next month", "which", ",", ".", ". ", "“", "”", '"', "(", ")", "\n\n", "ed", "moved", "by",
        "The deal", "previously", "every day", "today", "’", "when",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["none", "2018", "2018-08", "2018-08-21"]))
def test_statements_are_sound_whatever_the_text(text: str, published: str) -> None:
    findings = findings_of(text, published, NAMES)
    article = article_of(text, published)
    statements = make_statements(article, findings)
    assert statements == make_statements(article, findings)
    for s in statements:
        assert (s.start, s.end) in findings.sentences
        assert len(set(s.actors)) == len(s.actors)
        assert set(s.actors) <= set(NAMES)
        if s.basis == "stated":
            assert s.evidence in text[s.start : s.end]
        else:
            assert s.date.is_day, "an inferred day is never made of a month"
            assert s.actors
            stated_days = {(o.date, o.evidence) for o in statements if o.basis == "stated"}
            by_publication = article.published and (article.published.value, article.published.evidence)
            assert (s.date, s.evidence) in stated_days | {by_publication}
    assert [s.start for s in statements] == sorted(s.start for s in statements)
    assert len({(s.start, s.date.text) for s in statements}) == len(statements), "one statement a sentence and date"
