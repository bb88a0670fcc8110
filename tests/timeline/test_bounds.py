"""When an undated article may have been written by its own text, and why."""

from __future__ import annotations

import re

import msgspec.structs

from archivegen import edtf
from archivegen.authority import Authority
from archivegen.detect import detect, index_names
from archivegen.model import ActorMention, Article, Body, Findings, Known, Provenance
from archivegen.timeline.bounds import bounds_of
from archivegen.timeline.statements import make_statements
from archivegen.views import Bounds

NAMES = {"Anna Berg": "person", "Norvik Air": "organisation", "Skarholm": "place"}
NOBODY = index_names(Authority((), {}, frozenset()))


def read(path: str, text: str) -> tuple[Article, Findings]:
    article = Article(
        path=path,
        seed=path,
        provenance=Provenance("", 0, "text"),
        title=Known("A title", "stated"),
        body=Body(text, ()),
    )
    found = detect(text, None, known=NOBODY, want_actors=False)
    mentions = [
        ActorMention(m.start(), m.end(), name, kind)  # type: ignore[arg-type]
        for name, kind in NAMES.items()
        for m in re.finditer(re.escape(name), text)
    ]
    return article, Findings(found.sentences, found.dates, tuple(mentions))


def bounds(text: str, *, saved: str = "") -> Bounds:
    article, findings = read("undated.txt", text)
    if saved:
        article = msgspec.structs.replace(article, captured=Known(edtf.parse(saved), "stated", saved))
    return bounds_of(article, make_statements(article, findings))


def interval_of(found: Bounds) -> str:
    assert found.interval
    return found.interval.text


def test_its_own_text_and_the_day_it_was_saved_bound_it() -> None:
    text = "Norvik Air bought nine ships in May 2016 and sold them."
    found = bounds(text, saved="2017-02-03")
    assert interval_of(found) == "2016-05-01/2017-02-03"
    assert found.reasons == ("it tells of May 2016 (“May 2016”)", "the page was saved by 3 February 2017")
    assert interval_of(bounds(text)) == "2016-05-01/.."


def test_bounds_that_do_not_agree_propose_nothing() -> None:
    found = bounds("Norvik Air bought nine ships in May 2016.", saved="2012")
    assert found.interval is None
    assert found.reasons[-1] == "these do not agree"
