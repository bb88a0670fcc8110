"""Corrected, withdrawn and redacted articles in a site that is really built."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Site

ZORBLATT = """---
title: Quibblesnark opens the Frobnitz bridge
published: 2019-03-04
source: Vexler Gazette
byline: Ida Wumpus
{front}
---
Ada Quibblesnark opened the Frobnitz bridge on 4 March 2019 in Glimmerton. "We have waited long," Quibblesnark said.

Quibblesnark said on 17 May 2020 that the Frobnitz bridge would close. Ada Quibblesnark left Glimmerton that day.

Ida Wumpus met Ada Quibblesnark there. Ida Wumpus wrote this.
"""
OTHER = """---
title: A quiet year in Brenn
published: 2018-02-01
source: The Oxus Daily
---
The council met on 1 February 2018. Ada Falkner met Boris Wexler. Ada Falkner told Boris Wexler that all was well.
"""
WORDS = ("quibblesnark", "frobnitz", "glimmerton", "wumpus", "vexler", "waited long", "2020/05", "17 may 2020")


def everything(site: Site) -> str:
    """Every byte of the site and every path, as one text."""
    return "\n".join(f"{path}\n{data.decode('utf-8', 'replace')}" for path, data in site.files().items()).lower()


def test_of_a_withdrawn_article_nothing_is_left_but_its_tombstone(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: Talks\nurl: https://example.org/\n")
    site.write("seeds/other.md", OTHER)
    without = site.built()
    site.write("seeds/bridge.md", ZORBLATT.format(front="slug: the-bridge"))
    site.built()
    assert all(word in everything(site) for word in WORDS)
    withdrawn = "slug: the-bridge\nstatus: withdrawn\nnotice: At the wish of its author."
    site.write("seeds/bridge.md", ZORBLATT.format(front=withdrawn))
    files = site.built()
    assert [word for word in WORDS if word in everything(site)] == []
    assert files.keys() - without.keys() == {"articles/the-bridge/index.html", "corrections/index.html"}
    stone = site.page("articles/the-bridge/index.html")
    assert "At the wish of its author." in stone and '<meta name="robots" content="noindex">' in stone
    foot = ' · <a href="{}corrections/index.html">Corrections</a>'
    for path in without.keys() - {".archivegen-manifest", "sitemap.xml"}:
        root = "https://example.org/" if path == "404.html" else "../" * path.count("/")
        assert files[path].replace(foot.format(root).encode(), b"") == without[path], path
    assert b"the-bridge" not in files["sitemap.xml"]
    assert site.run("check").code == 0
    assert site.run("build", "--clean").code == 0
    assert site.files() == files


def test_an_export_and_a_review_know_nothing_of_a_withdrawn_article(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.md", ZORBLATT.format(front="status: withdrawn"))
    site.write("seeds/other.md", OTHER)
    exported = site.root.parent / "out.json"
    assert site.run("export", "--output", str(exported)).code == 0
    assert "quibblesnark" not in exported.read_text(encoding="utf-8").lower()
    ran = site.run("inspect", str(site.root / "seeds/bridge.md"))
    assert (ran.code, "withdrawn; its readers are told: nothing" in ran.out) == (0, True)
    assert site.run("inspect", "--json", str(site.root / "seeds/bridge.md")).out == ""


def test_a_withdrawn_article_may_be_emptied_and_needs_only_its_address(empty_site: Site) -> None:
    empty_site.write("seeds/bridge.md", "---\nstatus: withdrawn\nslug: the-bridge\n---\n")
    assert "articles/the-bridge/index.html" in empty_site.built()
    assert "no text" not in empty_site.run("build", "--clean").err


def test_the_address_of_a_withdrawn_article_is_settled_again_by_another_version_of_the_program(
    empty_site: Site,
) -> None:
    empty_site.write("seeds/bridge.md", "---\nstatus: withdrawn\nslug: the-bridge\n---\n")
    empty_site.built()
    with closing(sqlite3.connect(empty_site.root / ".archivegen/archive.db", isolation_level=None)) as store:
        store.execute("UPDATE editorial SET slug = 'as-it-was-once'")
        store.execute("UPDATE meta SET value = 'another' WHERE key = 'settled'")
    (empty_site.root / ".archivegen/last-build.json").unlink()
    assert [path for path in empty_site.built() if path.startswith("articles/")] == ["articles/the-bridge/index.html"]


def test_withdrawing_one_article_moves_no_other_of_the_same_headline(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/a.md", OTHER)
    site.write("seeds/b.md", OTHER.replace("all was well", "nothing was well"))
    before = site.built().keys()
    site.write("seeds/a.md", OTHER.replace("---\ntitle", "---\nstatus: withdrawn\ntitle"))
    assert {path for path in before if path.startswith("articles/")} <= site.built().keys()


def test_corrections_stand_on_the_article_and_in_a_list_newest_first(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.md", ZORBLATT.format(front="status: corrected\nnotice: It is 40 m <long>."))
    site.write("seeds/other.md", OTHER.replace("---\ntitle", "---\nredact: [Falkner]\nnotice: By law.\ntitle"))
    site.write(
        "seeds/gone.md", ZORBLATT.format(front="status: withdrawn\nslug: gone").replace("2019-03-04", "2018-09-09")
    )
    site.built()
    page = site.page("corrections/index.html")
    assert re.findall(r"<b>(\w+)\.</b>", page) == ["Corrected", "Withdrawn", "Redacted"]
    assert "It is 40 m &lt;long&gt;." in page and "By law." in page
    article = site.page("articles/quibblesnark-opens-the-frobnitz-bridge/index.html")
    assert "<b>Corrected.</b> It is 40 m &lt;long&gt;." in article
    assert "corrections/index.html" in site.page("index.html")
    assert site.run("check").code == 0
    for name in ("bridge", "gone", "other"):
        (site.root / f"seeds/{name}.md").unlink()
    site.write("seeds/other.md", OTHER)
    assert "corrections/index.html" not in site.built()
    assert "corrections" not in site.page("index.html")


def test_a_member_of_a_container_can_be_withdrawn(empty_site: Site) -> None:
    empty_site.write("site.yaml", "title: Talks\ncolumns: {status: status}\n")
    row = '{{"id": "{}", "title": "{}", "text": "Ada Quibblesnark came on 4 March 2019.", "status": "{}"}}\n'
    empty_site.write("seeds/all.jsonl", row.format("a", "One day", "") + row.format("b", "Other day", "withdrawn"))
    files = empty_site.built()
    assert b"Quibblesnark" in files["articles/one-day/index.html"]
    assert b"Quibblesnark" not in files["articles/other-day/index.html"]


def test_what_is_redacted_is_nowhere_in_the_site(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: Talks\nurl: https://example.org/\n")
    redact = (
        'redact: [Ada Quibblesnark, quibblesnark, Ida Wumpus, "waited long"]\nactors: [Ada Quibblesnark]\nlinks: wumpus'
    )
    site.write("seeds/bridge.md", ZORBLATT.format(front=redact) + "\nIn Glimmerton Quibble\u00adsnark\nwas at home.\n")
    site.write("seeds/copy.md", OTHER)
    files = site.built()
    for word in ("quibblesnark", "ida", "waited long"):
        assert not re.search(rf"\b{word}\b", everything(site))
    page = site.page("articles/redacted-opens-the-frobnitz-bridge/index.html")
    assert "<h1" in page and "[redacted] opens the Frobnitz bridge" in page
    assert "We have [redacted]" in page and "<b>Redacted.</b>" in page
    assert "[redacted] left Glimmerton that day." in site.page("dates/2020/05/17/index.html")
    assert b"[redacted] opens the Frobnitz bridge" in files["feed.xml"]
    exported = site.root.parent / "out.json"
    assert site.run("export", "--output", str(exported)).code == 0
    assert "uibblesnark" not in exported.read_text(encoding="utf-8")
    assert site.built("--clean") == files
    site.write("seeds/bridge.md", ZORBLATT.format(front="status: corrected"))
    again = site.built()
    assert "Quibblesnark" in site.page("articles/quibblesnark-opens-the-frobnitz-bridge/index.html")
    assert site.built("--clean") == again


def test_the_build_fails_and_names_the_file_if_a_redacted_word_is_still_there(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/other.md", OTHER)
    before = site.built()
    site.write("seeds/bridge.md", ZORBLATT.format(front="redact: [Ada Quibblesnark, Falkner]"))
    ran = site.run("build")
    assert ran.code == 1
    assert "actors/ada-falkner/index.html: error: still has “Falkner”, which seeds/bridge.md redacts" in ran.err
    assert "articles/a-quiet-year-in-brenn/index.html: error" in ran.err
    assert "put the words under its `redact` too" in ran.err
    assert "seeds/other.md: error: still has “Falkner”" in ran.err.partition("actors/ada-falkner")[0], "first"
    assert site.files() == before
    exported = site.root / "all.json"
    ran = site.run("export", "--output", str(exported))
    assert (ran.code, exported.exists()) == (1, False)
    assert "seeds/other.md: error: still has “Falkner”" in ran.err
    assert site.run("build").code == 1, "until it is mended"
    assert site.files() == before
    site.write("seeds/other.md", OTHER.replace("---\ntitle", "---\nredact: [Ada Falkner]\ntitle"))
    assert "falkner" not in everything(site) or site.built()
    assert "falkner" not in everything(site)


def test_a_page_at_a_former_address_that_stands_is_searched_for_redacted_words(empty_site: Site) -> None:
    site = empty_site
    site.write("permalinks.json", '{"/articles/gone/": "gone Taken out at the wish of Jane Roe."}')
    site.write("seeds/other.md", OTHER.replace("---\ntitle", "---\nredact: [Zebulon]\ntitle"))
    site.built()
    site.write("seeds/other.md", OTHER.replace("---\ntitle", "---\nredact: [Jane Roe]\ntitle"))
    ran = site.run("build")
    assert ran.code == 1
    assert "articles/gone/index.html: error: still has “Jane Roe”" in ran.err


def test_a_name_of_the_authority_file_does_not_bring_a_redacted_word_back(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.md", ZORBLATT.format(front="redact: [Wumpus, Quibblesnark]"))
    site.write("actors.yaml", "actors:\n- name: Ada Quibblesnark\n  aliases: [Glimmerton]\n  kind: person\n")
    ran = site.run("build")
    assert ran.code == 1
    assert "actors/ada-quibblesnark/index.html: error" in ran.err and "mend actors.yaml" in ran.err
    site.write("actors.yaml", "")
    site.built()


def test_a_file_name_does_not_bring_a_redacted_word_back(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/quibblesnark at home.md", ZORBLATT.format(front="redact: [Quibblesnark]"))
    site.built()
    assert "quibblesnark" not in everything(site)
    exported = site.root.parent / "out.json"
    assert site.run("export", "--output", str(exported)).code == 0
    assert '"seeds/[redacted] at home.md"' in exported.read_text(encoding="utf-8")
    assert "uibblesnark" not in exported.read_text(encoding="utf-8")


def test_check_holds_the_built_site_against_what_was_decided(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.md", ZORBLATT.format(front="redact: [Glimmerton]"))
    site.write("seeds/other.md", OTHER)
    site.built()
    assert site.run("check").code == 0
    page = site.root / "site/about/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", "Glimmerton</main>"), encoding="utf-8")
    ran = site.run("check")
    assert (ran.code, "about/index.html: error: still has “Glimmerton”" in ran.err) == (1, True)
    site.write("permalinks.json", '{"/": "page"\n,"/nowhere/": "page"\n}\n')
    assert "permalinks.json:2: error: /nowhere/ was published, and the site has nothing there" in site.run("check").err


def test_review_asks_for_a_notice_and_names_lost_and_moved_addresses(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.md", ZORBLATT.format(front="status: withdrawn"))
    site.write("seeds/other.md", OTHER)
    listed = site.run("review").out
    assert "seeds/bridge.md: without notice: is withdrawn, and no notice tells readers why" in listed
    assert "Quibblesnark" not in listed
    promised = '{"/": "page"\n,"/actors/old-name/": "actor Old Name"\n,"/articles/gone/": "article seeds/gone.md"\n}\n'
    site.write("permalinks.json", promised)
    listed = site.run("review").out
    assert "permalinks.json:3: lost address: /articles/gone/ was published as the page of seeds/gone.md" in listed
    assert "permalinks.json:2: moved address: /actors/old-name/ was the page of Old Name" in listed
    assert "- name: THE NAME NOW\n      aliases: [Old Name]" in listed


def test_curate_sets_status_and_notice_and_takes_them_away(site: Site) -> None:
    seed = str(site.root / "seeds/talks.txt")
    ran = site.run("curate", seed, "--status", "corrected", "--notice", "It was: the Tuesday.")
    assert (ran.code, "build again" in ran.out) == (0, True)
    site.built()
    article = "articles/talks-in-moscow-delayed-again/index.html"
    assert "<b>Corrected.</b> It was: the Tuesday." in site.page(article)
    record = site.root / "records/talks.md"
    body = record.read_text(encoding="utf-8").partition("\n---\n")[2]
    assert site.run("curate", seed, "--status", "withdrawn").code == 0
    site.built()
    assert "It was: the Tuesday." in site.page(article) and "has been withdrawn" in site.page(article)
    assert site.run("curate", seed, "--notice", "Two\nlines: # of it").code == 0
    assert site.run("curate", seed, "--status", "none").code == 0
    text = record.read_text(encoding="utf-8")
    assert "status" not in text and "notice" not in text and text.partition("\n---\n")[2] == body
    site.built()
    assert "Sergey Lavrov" in site.page(article)


def test_curate_names_the_nearest_status(site: Site) -> None:
    ran = site.run("curate", str(site.root / "seeds/talks.txt"), "--status", "withdrwn")
    assert (ran.code, "did you mean withdrawn? one of: corrected, withdrawn, redacted, none" in ran.err) == (2, True)
    assert not (site.root / "records").exists()


def test_a_record_of_a_redacted_seed_keeps_what_is_redacted(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/bridge.txt", ZORBLATT.format(front="redact: [Quibblesnark]\naliases: [the-bridge]"))
    before = site.built()
    assert site.run("curate", str(site.root / "seeds/bridge.txt")).code == 0
    record = (site.root / "records/bridge.md").read_text(encoding="utf-8")
    assert "redact:\n- Quibblesnark" in record and "aliases:\n- the-bridge" in record
    assert site.built().keys() == before.keys()
    assert "quibblesnark" not in everything(site)


HOSTILE = """---
title: "Jörg O'Neil & Søn build “Über-Mill” in Brenn"
published: 2019-03-04
source: The O’Neil & Sön Post
byline: "By JÖRG O’NEIL & SØN"
agency: Jo\u0308rg O'Neil &amp; So\u0308n
url: https://example.org/J%C3%B6rg-O'Neil-&-S%C3%B8n
keywords: {owner: "Jörg O'Neil & Søn", more: [x, "jorg oneil & son"]}
actors: ["Jörg O'Neil & Søn", Ada Falkner]
redact: ["Jörg O'Neil & Søn", "O'Neil & Sön", "Über-Mill"]
notice: "Jörg O'Neil & Søn asked for it."
---
Ada Falkner met Jörg
O’Neil & Søn on 4 March 2019. “Jo\u0308rg O'Neil &amp; Søn,” said Ada Falkner, “own the
U\u0308ber\u2011Mill.” The u\u0308ber mill fell.

- **Jörg** O'Neil & *Søn* paid on 17 May 2020.

| Owner | Paid |
|---|---|
| JÖRG O\u2019NEIL & SØN | 17 May 2020 |
"""


def test_names_with_accents_quotes_and_ampersands_go_from_every_kind_of_file(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: Talks\nurl: https://example.org/\n")
    site.write("seeds/jörg o'neil & søn.md", HOSTILE)
    site.write("seeds/other.md", OTHER)
    files = site.built()
    assert any(path.startswith("data/") for path in files) and "feed.xml" in files
    shown = everything(site)
    for word in ("neil", "jörg", "jo\u0308rg", "jorg", "søn", "s%c3%b8n", "über", "u\u0308ber", "uber", "so\u0308n"):
        assert word not in shown, word
    page = site.page("articles/redacted-build-redacted-in-brenn/index.html")
    assert "The [redacted] fell." in page
    assert "Ada Falkner" in page and "<b>Redacted.</b> [redacted] asked for it." in page
