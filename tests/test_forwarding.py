"""A published address never breaks: it stays, leads on, tells that it was withdrawn, or the build says what to do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

MILL = """---
title: {title}
published: 2018-02-01
source: {source}
{front}---
The council met on 1 February 2018. Ada Falkner met Boris Wexler. Ada Falkner told Boris Wexler that {all} was well.
"""
SETTINGS = "title: Talks\nurl: https://example.org/\npublish: {web: ../public}\n"


def mill(title: str = "A quiet year", front: str = "", source: str = "The Oxus Daily", everything: str = "all") -> str:
    return MILL.format(title=title, front=front, source=source, all=everything)


@pytest.fixture
def published(empty_site: Site) -> Site:
    """A site of two articles that was put on its host."""
    empty_site.write("site.yaml", SETTINGS)
    empty_site.write("seeds/mill.md", mill())
    empty_site.write("seeds/talks.md", mill("Talks put off", everything="nothing"))
    empty_site.built()
    ran = empty_site.run("publish")
    assert (ran.code, "addresses that will last" in ran.out) == (0, True)
    return empty_site


def promises(site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads((site.root / "permalinks.json").read_text(encoding="utf-8"))
    return found


def target(site: Site, page: str) -> str:
    """Where a page leads on to."""
    html = site.page(f"{page}index.html")
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
    assert found and f'<a href="{found[1]}">' in html and 'name="robots" content="noindex"' in html
    return found[1]


def test_a_draft_makes_no_promises(empty_site: Site) -> None:
    site = empty_site
    site.write("seeds/mill.md", mill())
    site.built()
    site.write("seeds/mill.md", mill("Another headline"))
    assert "articles/a-quiet-year/index.html" not in site.built()
    assert not (site.root / "permalinks.json").exists()


def test_publishing_notes_every_page_once_and_in_order(published: Site) -> None:
    found = promises(published)
    assert found["/articles/a-quiet-year/"] == "article seeds/mill.md"
    assert found["/actors/ada-falkner/"] == "actor Ada Falkner"
    assert found["/outlets/oxus-daily/"] == "outlet The Oxus Daily"
    assert found["/dates/2018/02/01/"] == found["/"] == found["/about/"] == "page"
    assert list(found) == sorted(found)
    assert not [address for address in found if "/page/" in address or address.endswith(".html")]
    pages = {path.removesuffix("index.html") for path in published.files() if path.endswith("index.html")}
    assert {f"/{page}" for page in pages} == found.keys()


def test_later_pages_of_a_list_are_not_promised_but_an_article_on_a_page_is(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: Talks\npage_size: 1\n")
    site.write("seeds/mill.md", mill("The front page"))
    site.write("seeds/talks.md", mill("Talks put off", everything="nothing"))
    assert any("/page/2/" in path for path in site.built())
    assert site.run("publish", "--elsewhere").code == 0
    assert "/articles/the-front-page/" in promises(site)
    assert not [address for address in promises(site) if "/page/" in address]


def test_publishing_leaves_nothing_to_build_and_publishing_again_changes_nothing(published: Site) -> None:
    before = (published.root / "permalinks.json").read_bytes()
    assert "pages: 0 written" in published.run("build").out
    assert published.run("publish").code == 0
    assert (published.root / "permalinks.json").read_bytes() == before
    published.run("publish", "--dry-run")
    clean = published.files()
    assert published.built("--clean") == clean


def test_those_who_publish_by_other_means_have_the_addresses_noted(empty_site: Site) -> None:
    empty_site.write("seeds/mill.md", mill())
    assert empty_site.run("publish", "--elsewhere").code == 2
    empty_site.built()
    assert empty_site.run("publish", "--elsewhere").code == 0
    assert "/articles/a-quiet-year/" in promises(empty_site)


def test_a_new_headline_leaves_a_redirect_and_a_chain_leads_to_its_end(published: Site) -> None:
    site = published
    for title in ("B headline", "C headline"):
        site.write("seeds/mill.md", mill(title))
        site.built()
        assert site.run("publish").code == 0
    for old in ("articles/a-quiet-year/", "articles/b-headline/"):
        assert target(site, old) == "../c-headline/index.html"
        assert '<link rel="canonical" href="https://example.org/articles/c-headline/">' in site.page(f"{old}index.html")
    assert "a-quiet-year" not in site.page("sitemap.xml")
    assert promises(site)["/articles/a-quiet-year/"] == "article seeds/mill.md"
    assert site.run("check").code == 0
    assert site.built("--clean") == site.files()


def test_a_record_and_a_renamed_file_keep_the_address(published: Site) -> None:
    site = published
    assert site.run("curate", str(site.root / "seeds/mill.md")).code == 0
    record = site.root / "records/mill.md"
    record.write_text(record.read_text(encoding="utf-8").replace("A quiet year", "Other words"), encoding="utf-8")
    site.built()
    assert target(site, "articles/a-quiet-year/") == "../other-words/index.html"
    (site.root / "seeds/talks.md").rename(site.root / "seeds/renamed.md")
    assert "articles/talks-put-off/index.html" in site.built()
    told = "/articles/talks-put-off/ was published as the page of seeds/talks.md, which is away, and is that of"
    assert f"warning: {told} seeds/renamed.md now (if that is the same article, publish it so;" in site.run("build").err
    assert site.run("publish").code == 0
    site.built()
    assert told not in site.run("build").err


def test_a_lost_article_is_an_error_that_says_how_to_mend_it(published: Site) -> None:
    site = published
    (site.root / "seeds/mill.md").unlink()
    ran = site.run("build")
    line = list(promises(site)).index("/articles/a-quiet-year/") + 1
    told = f"permalinks.json:{line}: error: /articles/a-quiet-year/ was published as the page of seeds/mill.md"
    assert (ran.code, told in ran.err) == (1, True)
    assert "0 left out" in ran.out
    assert "write `aliases: [a-quiet-year]`" in ran.err and "bring seeds/mill.md back" in ran.err
    assert site.run("build").code == 1, "until it is mended"
    refused = site.run("publish")
    assert (refused.code, "published addresses would break: 1" in refused.err) == (1, True)


@pytest.mark.parametrize(
    ("path", "text", "leads"),
    [
        ("seeds/mill.md", mill(), None),
        ("seeds/talks.md", mill("Talks put off", "aliases: [a-quiet-year]\n", everything="nothing"), "talks-put-off"),
        ("seeds/talks.md", mill("Talks put off", "aliases: /articles/a-quiet-year/\n"), "talks-put-off"),
        ("seeds/talks.md", mill("Talks put off", "aliases: [A quiet year!]\n"), "talks-put-off"),
        ("seeds/mill.md", "---\nstatus: withdrawn\nslug: a-quiet-year\n---\n", None),
        ("permalinks.json", "article seeds/mill.md>redirect /articles/talks-put-off/", "talks-put-off"),
        ("permalinks.json", "article seeds/mill.md>redirect articles/talks-put-off", "talks-put-off"),
        ("permalinks.json", "article seeds/mill.md>gone By order of a court.", None),
    ],
)
def test_each_way_of_mending_mends(published: Site, path: str, text: str, leads: str | None) -> None:
    site = published
    (site.root / "seeds/mill.md").unlink()
    assert site.run("build").code == 1
    if path == "permalinks.json":
        text = (site.root / path).read_text(encoding="utf-8").replace(*text.split(">"))
    site.write(path, text)
    files = site.built()
    assert site.run("check").code == 0
    assert site.run("publish").code == 0
    if leads:
        assert target(site, "articles/a-quiet-year/") == f"../{leads}/index.html"
    elif "gone" in text:
        assert b"By order of a court." in files["articles/a-quiet-year/index.html"]
    assert site.built("--clean") == site.files()


def test_what_an_editor_wrote_there_survives_publishing(published: Site) -> None:
    site = published
    (site.root / "seeds/mill.md").unlink()
    file = site.root / "permalinks.json"
    file.write_text(file.read_text(encoding="utf-8").replace("article seeds/mill.md", "gone Sad."), encoding="utf-8")
    site.built()
    assert site.run("publish").code == 0
    assert promises(site)["/articles/a-quiet-year/"] == "gone Sad."


def test_redirects_that_lead_nowhere_or_in_a_circle_are_told(published: Site) -> None:
    site = published
    (site.root / "seeds/mill.md").unlink()
    file = site.root / "permalinks.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("article seeds/mill.md", "redirect /articles/nowhere/"), encoding="utf-8")
    assert "is to lead to /articles/nowhere/, where nothing is" in site.run("build").err
    circle = text.replace("article seeds/mill.md", "redirect /b/").replace(
        "\n}", '\n,"/b/": "redirect /articles/a-quiet-year/"\n}'
    )
    file.write_text(circle, encoding="utf-8")
    ran = site.run("build")
    assert (ran.code, "is to lead to /b/, where nothing is" in ran.err) == (1, True)


def test_an_unreadable_article_that_was_published_is_told_to_be_put_right(published: Site) -> None:
    published.write("seeds/mill.md", "---\ntitle: [\n---\n")
    ran = published.run("build")
    assert "put seeds/mill.md right, which is left out of the site; or leave it with `status: withdrawn`" in ran.err


def test_an_actor_that_was_renamed_or_merged_leaves_a_redirect(published: Site) -> None:
    site = published
    site.write("actors.yaml", "actors:\n- name: Adele Falkner\n  kind: person\n  aliases: [Ada Falkner]\n")
    site.built()
    assert target(site, "actors/ada-falkner/") == "../adele-falkner/index.html"
    site.write("actors.yaml", "actors:\n- name: Ada Falkner\n  kind: person\n  slug: the-falkner\n")
    site.built()
    assert target(site, "actors/ada-falkner/") == "../the-falkner/index.html"
    assert site.run("check").code == 0


def test_what_has_no_successor_leads_to_the_list_of_all_or_to_what_it_was_part_of(published: Site) -> None:
    site = published
    site.write("actors.yaml", "ignore: [Ada Falkner]\n")
    for name, title, words in (("mill", "A quiet year", "all"), ("talks", "Talks put off", "nothing")):
        text = mill(title, source="Another Paper", everything=words).replace("2018-02-01", "2018-03-05")
        site.write(f"seeds/{name}.md", text.replace("1 February 2018", "5 March 2018"))
    ran = site.run("build")
    told = "1 address leads to the list of all, being of actors and outlets that have no page any more"
    assert (ran.code, told in ran.err) == (0, True), "the ignored name was meant to go"
    assert target(site, "actors/ada-falkner/") == "../index.html"
    assert target(site, "outlets/oxus-daily/") == "../index.html"
    assert target(site, "dates/2018/02/01/") == "../../index.html"
    assert site.run("check").code == 0


def test_a_page_of_the_site_that_is_no_more_leads_to_the_front_page(published: Site) -> None:
    site = published
    site.write("seeds/talks.md", mill("Talks put off", "status: corrected\n", everything="nothing"))
    site.built()
    assert site.run("publish").code == 0
    site.write("seeds/talks.md", mill("Talks put off", everything="nothing"))
    site.built()
    assert target(site, "corrections/") == "../index.html"
    assert '<link rel="canonical" href="https://example.org/">' in site.page("corrections/index.html")
    file = site.root / "permalinks.json"
    text = file.read_text(encoding="utf-8").replace("\n}", '\n,"/old/": "redirect /"\n}')
    file.write_text(text, encoding="utf-8")
    site.built()
    assert target(site, "old/") == "../index.html"
    assert site.run("check").code == 0


def test_a_later_article_of_the_same_headline_does_not_take_a_published_address(published: Site) -> None:
    site = published
    site.write("seeds/a-comes-first.md", mill(everything="not a thing"))
    files = site.built()
    assert b"that all was well" in files["articles/a-quiet-year/index.html"]
    assert site.built("--clean") == site.files()
    site.write("seeds/mill.md", mill("New headline"))
    site.built()
    assert target(site, "articles/a-quiet-year/") == "../new-headline/index.html"


def test_a_folder_of_seeds_that_was_moved_keeps_its_addresses_and_is_told_of_in_few_lines(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", SETTINGS)
    for number in range(5):
        site.write(f"seeds/{number}.md", mill(f"Headline {number}", everything=f"number {number}"))
    before = site.built()
    assert site.run("publish").code == 0
    (site.root / "seeds").rename(site.root / "moved")
    (site.root / "seeds").mkdir()
    (site.root / "moved").rename(site.root / "seeds/old")
    ran = site.run("build")
    assert (ran.code, ran.err.count("which is away, and is that of seeds/old/")) == (0, 3)
    assert "the same goes for 2 more addresses" in ran.err
    assert set(site.files()) == set(before)


def test_an_article_with_a_published_address_does_not_get_that_of_one_that_is_away(published: Site) -> None:
    site = published
    site.write("seeds/year.md", mill(everything="not a thing"))
    site.built()
    assert site.run("publish").code == 0
    [longer] = [path for path in site.files() if re.fullmatch(r"articles/a-quiet-year-\w{6}/index.html", path)]
    kept = (site.root / "seeds/mill.md").read_text(encoding="utf-8")
    (site.root / "seeds/mill.md").unlink()
    assert "/articles/a-quiet-year/ was published" in site.run("build").err
    site.write("seeds/mill.md", kept)
    files = site.built()
    assert b"that all was well" in files["articles/a-quiet-year/index.html"]
    assert b"that not a thing was well" in files[longer]
    site.write("seeds/mill.md", "---\ntitle: [\n---\n")
    site.write("seeds/new.md", mill(everything="something"))
    ran = site.run("build")
    assert ran.code == 1
    assert "put seeds/mill.md right" in ran.err
    assert site.run("publish").code == 1, "its address is nobody else's while its file is there"
    site.write("seeds/mill.md", kept)
    assert site.built() == site.built("--clean")


def test_what_one_article_gets_for_its_hash_another_may_wish_for(empty_site: Site) -> None:
    site = empty_site
    for name, words in (("a", "all"), ("b", "nothing"), ("c", "much")):
        site.write(f"seeds/{name}.md", mill(everything=words))
    of_b = next(path for path, page in site.built().items() if path.startswith("articles/") and b"nothing was" in page)
    slug = of_b.split("/")[1]
    site.write("seeds/d.md", mill("Another", f"slug: {slug}\n", everything="little"))
    files = site.built()
    assert b"that little was well" in files[of_b]
    assert len([path for path in files if path.startswith("articles/")]) == 4
    assert site.built("--clean") == files
    site.write("seeds/d.md", mill("Another", everything="little"))
    files = site.built()
    assert b"that nothing was well" in files[of_b]
    assert site.built("--clean") == files


def test_addresses_that_differ_in_capitals_only_are_told_of_and_stop_nothing(published: Site) -> None:
    site = published
    site.write("seeds/mill.md", mill(front="aliases: [/2014/Old/, /2014/old/, /Articles/A-Quiet-Year/]\n"))
    line = '"/articles/TALKS-put-off/": "article seeds/talks.md"\n,"/old/A/": "redirect /"\n,"/old/a/": "redirect /"'
    kept = (site.root / "permalinks.json").read_text(encoding="utf-8")
    site.write("permalinks.json", f"{{{line}\n,{kept.removeprefix('{')}")
    ran = site.run("build")
    assert ran.code == 0, ran.err
    assert "`aliases` has '/2014/old/', which differs from /2014/Old/ in capitals only" in ran.err
    assert "'/Articles/A-Quiet-Year/', which differs from /articles/a-quiet-year/ in capitals only" in ran.err
    assert "permalinks.json:3: warning: /old/a/ differs from /old/A/ in capitals only" in ran.err
    assert target(site, "2014/Old/") == "../../articles/a-quiet-year/index.html"
    assert site.built("--clean") == site.files()


def test_a_withdrawn_article_stands_at_its_address_and_its_old_ones_lead_there(published: Site) -> None:
    site = published
    site.write("seeds/mill.md", mill("New headline", "status: withdrawn\n"))
    site.built()
    assert target(site, "articles/a-quiet-year/") == "../new-headline/index.html"
    assert "has been withdrawn" in site.page("articles/new-headline/index.html")


def test_an_address_with_redacted_words_goes_for_good(published: Site) -> None:
    site = published
    for name, title, words in (("mill", "A quiet year", "all"), ("talks", "Talks put off", "nothing")):
        site.write(f"seeds/{name}.md", mill(title, "redact: [Ada Falkner, Falkner, quiet]\n", everything=words))
    ran = site.run("build")
    assert ran.code == 0, ran.err
    assert "/articles/a-quiet-year/ has words that are to be redacted" in ran.err
    assert not [path for path in site.files() if "falkner" in path or "quiet" in path]


def test_an_alias_of_another_page_is_not_taken(empty_site: Site) -> None:
    long = "x" * 300
    aliases = (
        f"aliases: [talks-put-off, ../../etc, old, /static/style.css/old, /old/{long}/, /{'a' * 200}/{'日' * 100}/]\n"
    )
    empty_site.write("seeds/mill.md", mill(front=aliases))
    empty_site.write("seeds/talks.md", mill("Talks put off", "aliases: [old]\n", everything="nothing"))
    ran = empty_site.run("build")
    assert ran.code == 0
    assert "seeds/mill.md: warning: `aliases` has 'talks-put-off', which is the address of another page" in ran.err
    assert "seeds/mill.md: warning: `aliases` has '../../etc', which is no address" in ran.err
    assert "seeds/talks.md: warning: `aliases` has 'old'" in ran.err
    assert target(empty_site, "articles/old/") == "../a-quiet-year/index.html"
    assert "'/static/style.css/old', and /static/style.css is a file, which no address can be in" in ran.err
    assert ran.err.count("which is too long for a file's name") == 2
    assert (empty_site.root / "site/static/style.css").is_file()
    assert empty_site.run("build", "--clean").code == 0


def test_a_file_that_cannot_be_understood_stops_the_build(published: Site) -> None:
    before = published.files()
    published.write("permalinks.json", '{"/": "page"\n<<<<<<< HEAD\n}\n')
    ran = published.run("build")
    assert (ran.code, "permalinks.json:2: error: git could not merge" in ran.err) == (2, True)
    assert published.files() == before
