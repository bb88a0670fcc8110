"""`archivegen review`: what an editor has to settle, and the line that settles it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Site


STORY = """Talks put off

By Jane Roe
The Oxus Daily, 21 August 2018

Russia has put off the talks that were set for 4 September 2018, the foreign ministry said on Monday in a statement.
The government in Kabul had said that it would stay away from the meeting in Moscow, and nobody was surprised by that.
"""
UNDATED = """Council puts off the vote on the mill

The town council of Brenn has put off its vote on the old mill, said Ada Falkner, who leads it, on Tuesday evening.

The mill has stood empty since 2011. A company from Varna wants to make flats of it, and thirty people came to listen.

Falkner said that the company had asked for more time, and that the council would meet again in the coming month.
"""
KHANS = (
    "Imran Khan spoke in Lahore on Monday. Sadiq Khan answered him in London. Both men were cheered by their own side. "
)
KHAN = "Khan spoke in Lahore on Monday. He said that nobody had asked him. “We were not told,” Khan said to reporters. "


def test_an_undated_article_is_listed_and_one_line_settles_it(site: Site) -> None:
    site.write("seeds/mill.txt", UNDATED)
    listed = site.run("review").out
    assert "seeds/mill.txt: undated: no publication date is stated; inferred: from 1 January 2011, for it" in listed
    assert "tells of 2011 (“2011”)\n" in listed
    assert "1 to settle, by article: 1 undated" in listed
    site.built()
    page = site.page("articles/council-puts-off-the-vote-on-the-mill/index.html")
    assert "<b>By its own text:</b> from 1 January 2011, for it tells of 2011" in page
    site.write("seeds/mill.txt", f"---\npublished: 2018-05-04\n---\n{UNDATED}")
    assert "seeds/mill.txt" not in site.run("review").out


def test_actors_that_may_be_the_same_are_written_to_be_pasted(site: Site) -> None:
    site.write("seeds/a.md", f"---\ntitle: A\npublished: 2018-03-01\n---\n{KHANS * 3}")
    site.write("seeds/b.md", f"---\ntitle: B\npublished: 2018-03-01\n---\n{KHAN * 3}")
    proposed = site.run("review", "--actors").out
    assert "# Khan may be one of Imran Khan, Sadiq Khan: the surname of several people" in proposed
    site.write("actors.yaml", f"actors:\n# mine\n{proposed}\n")
    assert site.run("review", "--actors").out == "# No two names look like one actor's.\n"
    assert "# mine" in (site.root / "actors.yaml").read_text(encoding="utf-8")


def test_an_undated_article_is_dated_by_another_on_the_same_thing(site: Site) -> None:
    words = "“The mill belongs to everybody in Brenn,” Ada Falkner said. The council meets again on 4 June. "
    site.write("seeds/a.md", f"---\ntitle: A\npublished: 2018-05-04\n---\nThe vote is off. {words}")
    site.write("seeds/mill.txt", f"{UNDATED}\n{words * 2}\n")
    listed = site.run("review").out
    assert "it tells the same story as “A”, published 4 May 2018: both have the day 4 June" in listed
    assert "and this one speaks of Tuesday\n    published: 2018-05-01~" in listed
    site.write("seeds/mill.txt", f"---\npublished: 2018-05-01/2018-05-07\n---\n{UNDATED}\n{words * 2}\n")
    assert "seeds/mill.txt: undated" not in site.run("review").out


def test_a_page_saved_before_it_was_published_conflicts(site: Site) -> None:
    site.write("seeds/a.md", f"---\ntitle: A\npublished: 2018-03-01\ncaptured: 2017-01-01\n---\n{KHANS * 3}")
    assert "seeds/a.md:3: conflicting: published 2018-03-01, yet saved before that" in site.run("review").out


def test_a_surname_of_two_people_stays_open_until_it_is_settled(site: Site) -> None:
    site.write("seeds/a.md", f"---\ntitle: A\npublished: 2018-03-01\n---\n{KHANS * 3}")
    site.write("seeds/b.md", f"---\ntitle: B\npublished: 2018-03-01\n---\n{KHAN * 3}")
    assert "“Khan” may be Imran Khan or Sadiq Khan" in site.run("review").out
    site.write("actors.yaml", "actors:\n- name: Sadiq Khan\n  aliases: [Khan]\n")
    assert "may be" not in site.run("review").out


def test_what_cannot_be_read_comes_first(site: Site) -> None:
    site.write("seeds/mill.txt", UNDATED)
    site.write("seeds/broken.md", "---\ntitle: [\n---\nText.\n")
    first = site.run("review").out.splitlines()[0]
    assert first.startswith("seeds/broken.md:3: unreadable: front matter")


def test_a_short_body_of_a_raw_page_is_suspicious_and_one_that_a_person_wrote_is_not(site: Site) -> None:
    page = "<title>A</title><h1>A mill burns</h1><p>The old mill of Brenn has burnt down, said Ada Falkner.</p>"
    site.write("seeds/a page.html", f"<html><body>{page}</body></html>")
    site.write("seeds/b.md", "---\ntitle: B\npublished: 2018-03-01\n---\nA few words.\n")
    site.write("seeds/c.jsonl", json.dumps({"id": 1, "title": "C", "date": "2018-03-01", "text": "A few words."}))
    listed = site.run("review").out
    assert "seeds/a page.html: suspicious: only " in listed and "    archivegen curate 'seeds/a page.html'" in listed
    assert "b.md" not in listed and "c.jsonl" not in listed


def test_build_and_review_agree_on_what_is_doubtful(site: Site) -> None:
    site.write("seeds/a.md", "---\ntitle: A\npublished: 2018-02-30\n---\nText.\n")
    site.write("seeds/b.md", "---\npublished: 2018-02-03\n---\nNobody wrote a headline.\n")
    assert "1 undated, 2 doubtful" in site.run("build").out
    listed = site.run("review").out
    assert "by article: 1 undated, 2 doubtful" in listed
    assert "seeds/a.md:3: doubtful: `published`: '2018-02-30' is not a day" in listed


def test_what_settles_a_row_of_a_table_is_a_command_and_the_line_for_its_record(site: Site) -> None:
    row = {"id": "2", "title": "C", "date": "1534809600", "text": f"{KHANS * 3}"}
    site.write("seeds/x.jsonl", json.dumps(row))
    assert "    archivegen curate 'seeds/x.jsonl#2'\n    published: 2018-08-21\n" in site.run("review").out


def test_nothing_to_settle_is_said(site: Site) -> None:
    site.write("seeds/a.md", f"---\ntitle: A\npublished: 2018-03-01\n---\n{KHANS * 3}")
    for seed in (site.root / "seeds").glob("*.txt"):
        seed.unlink()
    assert site.run("review").out == "Nothing is doubtful.\n"


def test_a_seed_that_changed_after_it_was_curated_is_listed(site: Site) -> None:
    seed = site.write("seeds/mill.txt", UNDATED)
    assert site.run("curate", str(seed)).code == 0
    assert "changed seed" not in site.run("review").out
    site.write("seeds/mill.txt", UNDATED.replace("thirty", "forty"))
    assert "records/mill.md: changed seed: seeds/mill.txt has changed" in site.run("review").out


def test_a_record_wins_over_its_seed_which_stays_as_it_is(site: Site) -> None:
    seed = site.write("seeds/mill.txt", UNDATED)
    site.run("curate", str(seed))
    record = site.root / "records" / "mill.md"
    text = record.read_text(encoding="utf-8")
    assert "# When was it published? The page does not say.\n# published:" in text
    text = text.replace("# published:", "published: 2018-05-04").replace("thirty", "31")
    record.write_text(text, encoding="utf-8")
    site.built()
    page = site.page("articles/council-puts-off-the-vote-on-the-mill/index.html")
    assert "31 people" in page and "thirty" not in page
    assert "4 May 2018" in page and "curated" in page
    assert seed.read_text(encoding="utf-8") == UNDATED


def test_curating_without_an_edit_settles_nothing(site: Site) -> None:
    rows = [
        {"id": "a", "headline": "Mill: a fire", "date": "03/04/2018", "text": KHANS * 3},
        {"id": "b", "date": "2018-04-03", "text": KHANS * 3},
    ]
    site.write("seeds/x.jsonl", "\n".join(map(json.dumps, rows)))
    before = {article["slug"]: article for article in exported(site)["articles"]}
    assert site.run("curate", str(site.root / "seeds/x.jsonl#a"), str(site.root / "seeds/x.jsonl#b")).code == 0
    record = site.root / "records" / "x.jsonl" / "a.md"
    text = record.read_text(encoding="utf-8")
    both = "'03/04/2018', which may be 3 April 2018 or 4 March 2018"
    assert f"title: 'Mill: a fire'\n# `published` is {both}; left out\n# published:\n" in text
    listed = site.run("review").out
    assert f"records/x.jsonl/a.md:9: doubtful: `published` is not settled: {both} (state" in listed
    assert "records/x.jsonl/b.md: doubtful: title: the file names no headline" in listed
    after = {article["slug"]: article for article in exported(site)["articles"]}
    assert [a["title"] for a in after.values()] == [b["title"] for b in before.values()]
    record.write_text(text.replace("# published:", "published: 2018-04-03"), encoding="utf-8")
    assert "x.jsonl/a.md" not in site.run("review").out


def test_an_inferred_headline_that_a_record_must_state_stays_inferred(site: Site) -> None:
    body = "## A heading first\n\n" + KHANS * 3
    site.write("seeds/x.jsonl", json.dumps({"id": "a", "date": "2018-04-03", "markdown": body}))
    site.write("records/y.md", f"---\ntitle: A guess\nunsettled: ['title: from the menu']\n---\n{KHANS * 3}")
    site.write("seeds/y.txt", STORY)
    listed = site.run("review").out
    assert "records/y.md:2: doubtful: title: from the menu; when it is right, take it out of `unsettled`" in listed
    site.write("records/y.md", f"---\ntitle: A guess\nunsettled: [title]\n---\n{KHANS * 3}")
    assert "y.md:2: inferred: title: inferred, not stated; when it is right, take it out" in site.run("review").out
    seed = site.write("seeds/z.txt", KHANS * 3)
    assert site.run("curate", str(seed)).code == 0
    inspected = json.loads(site.run("inspect", "--json", str(site.root / "records/z.md")).out)
    assert inspected["title"].startswith("Imran Khan spoke in Lahore")
    assert "records/z.md" in site.run("review").out


def test_curating_twice_does_not_overwrite_the_editors_work(site: Site) -> None:
    seed = site.write("seeds/mill.txt", UNDATED)
    site.run("curate", str(seed))
    record = site.root / "records" / "mill.md"
    record.write_text("---\ntitle: Mine\n---\nMy text.\n", encoding="utf-8")
    ran = site.run("curate", str(seed))
    assert ran.code == 2 and "mill.md is there already" in ran.err
    assert record.read_text(encoding="utf-8") == "---\ntitle: Mine\n---\nMy text.\n"


def test_two_seeds_of_one_name_get_a_record_each(site: Site) -> None:
    text = site.write("seeds/mill.txt", UNDATED)
    page = site.write("seeds/mill.md", f"---\ntitle: The other\n---\n{KHANS}")
    assert site.run("curate", str(text), str(page)).code == 0
    assert sorted(file.name for file in (site.root / "records").iterdir()) == ["mill.md.md", "mill.txt.md"]
    titles = {article["title"] for article in exported(site)["articles"]}
    assert {"The other", "Council puts off the vote on the mill"} <= titles


def exported(site: Site) -> dict:
    assert site.run("export", "--output", str(site.root / "export.json")).code == 0
    return json.loads((site.root / "export.json").read_text(encoding="utf-8"))


def test_the_export_has_the_promised_shape_in_order_of_event_date(site: Site) -> None:
    site.write("seeds/mill.txt", f"---\npublished: 2018-05-04\nactors: [Ada Falkner, Mill Trust]\n---\n{UNDATED}")
    data = exported(site)
    assert list(data) == ["articles", "actors", "entries"]
    dates = [entry["date"] for entry in data["entries"]]
    assert dates.index("2011") < dates.index("2018-05-01")
    entry = next(entry for entry in data["entries"] if entry["date"] == "2018-05-01")
    assert entry["article"] == "seeds/mill.txt" and "Ada Falkner" in entry["text"]
    names = {actor["id"]: actor for actor in data["actors"]}
    assert {"id", "name", "kind", "aliases", "articles"} <= set(names["ada-falkner"])
    assert "ada-falkner" in entry["actors"]
    assert names["mill-trust"]["articles"] == 1, "stated in front matter, though the text does not name it"


def test_an_actor_that_front_matter_lists_has_a_page_without_detection(site: Site) -> None:
    site.write("site.yaml", "title: Talks\ndetect: {actors: false, dates: false}\n")
    site.write("seeds/mill.txt", f"---\npublished: 2018-05-04\nactors: [Ada Falkner, Mill Trust]\n---\n{UNDATED}")
    site.built()
    for slug in ("ada-falkner", "mill-trust"):
        assert "Council puts off the vote" in site.page(f"actors/{slug}/index.html")
