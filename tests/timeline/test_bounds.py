"""When an undated article may have been written, and why: from its own text, and from another on the same thing."""

from __future__ import annotations

import dataclasses
import re

from archivegen import edtf
from archivegen.authority import Authority
from archivegen.detect import detect, index_names
from archivegen.model import ActorMention, Article, Body, Findings, Known, Provenance
from archivegen.timeline.bounds import Match, Proposal, corroborated, propose, traits_of
from archivegen.timeline.statements import make_statements

NAMES = {"Anna Berg": "person", "Norvik Air": "organisation", "Skarholm": "place"}
NOBODY = index_names(Authority((), {}, frozenset()))
TOLD = (
    "Norvik Air will fly to Skarholm from 4 September, Anna Berg said on Tuesday. "
    "“We remain committed to separate accounts,” she added."
)
SAME_DAY = "Anna Berg told Skarholm on Wednesday that Norvik Air would come on Sept. 4."
SAME_WORDS = "Norvik Air stays: “We remain committed to separate accounts everywhere,” Anna Berg said in Skarholm."
SAME_PEOPLE = "Anna Berg of Norvik Air visited Skarholm on Wednesday. “It was nice to be here,” she said."


def read(path: str, text: str, published: str) -> tuple[Article, Findings]:
    date = None if published == "none" else edtf.parse(published)
    article = Article(
        path=path,
        seed=path,
        provenance=Provenance("", 0, "text"),
        title=Known("A title", "stated"),
        body=Body(text, ()),
        published=Known(date, "stated", published) if date else None,
    )
    found = detect(text, date, known=NOBODY, want_actors=False)
    mentions = [
        ActorMention(m.start(), m.end(), name, kind)  # type: ignore[arg-type]
        for name, kind in NAMES.items()
        for m in re.finditer(re.escape(name), text)
    ]
    return article, Findings(found.sentences, found.dates, tuple(mentions))


def match_for(text: str, *dated: tuple[str, str, str]) -> Match | None:
    undated = traits_of(*read("undated.txt", text, "none"))
    return corroborated([undated], [traits_of(*read(*each)) for each in dated]).get("undated.txt")


def proposal_for(text: str, *dated: tuple[str, str, str], saved: str = "") -> Proposal:
    article, findings = read("undated.txt", text, "none")
    if saved:
        article = dataclasses.replace(article, captured=Known(edtf.parse(saved), "stated", saved))
    return propose(article, findings, make_statements(article, findings), match_for(text, *dated))


def interval_of(proposal: Proposal) -> str:
    assert proposal.interval
    return proposal.interval.text


def test_a_day_of_the_year_in_both_and_the_weekday_named_give_a_week() -> None:
    proposal = proposal_for(SAME_DAY, ("told.txt", TOLD, "2018-08-21"))
    assert interval_of(proposal) == "2018-08-22/2018-08-28"
    assert proposal.reasons == (
        "told.txt of 21 August 2018 tells the same: both have 4 September",
        "the nearest Wednesday, which it names, is 22 August 2018",
    )


def test_a_quotation_in_both_gives_the_days_around() -> None:
    proposal = proposal_for(SAME_WORDS, ("told.txt", TOLD, "2018-08-21"))
    assert interval_of(proposal) == "2018-08-14/2018-08-28"
    assert "“committed to separate accounts”" in proposal.reasons[0]


def test_the_same_people_alone_prove_nothing() -> None:
    assert match_for(SAME_PEOPLE, ("told.txt", TOLD, "2018-08-21")) is None
    assert proposal_for(SAME_PEOPLE, ("told.txt", TOLD, "2018-08-21")) == Proposal(None, ())


def test_two_times_that_fit_alike_leave_it_open() -> None:
    assert match_for(SAME_DAY, ("a.txt", TOLD, "2018-08-21"), ("b.txt", TOLD, "2016-08-23")) is None


def test_an_undated_article_corroborates_nothing() -> None:
    assert match_for(SAME_DAY, ("a.txt", TOLD, "none"), ("b.txt", TOLD, "2018-08")) is None


def test_its_own_text_and_the_day_it_was_saved_bound_it() -> None:
    text = "Norvik Air bought nine ships in May 2016 and sold them."
    proposal = proposal_for(text, saved="2017-02-03")
    assert interval_of(proposal) == "2016-05-01/2017-02-03"
    assert proposal.reasons == ("it tells of May 2016 (“May 2016”)", "the page was saved by 3 February 2017")
    assert interval_of(proposal_for(text)) == "2016-05-01/.."


def test_bounds_that_do_not_agree_propose_nothing() -> None:
    proposal = proposal_for("Norvik Air bought nine ships in May 2016.", saved="2012")
    assert proposal.interval is None
    assert proposal.reasons[-1] == "these do not agree"
