"""Articles that mean harm, or are merely odd: the build goes on, and nothing of them runs, leaks or breaks a page."""

from __future__ import annotations

import html
import os
import re
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from conftest import Site

TEXT = "Russia has put off the talks on Afghanistan that were set for 4 September 2018, the foreign ministry said.\n"
BODY = f"""{TEXT}
The Taliban had agreed to come, but the government in Kabul said it would stay away from the meeting in Moscow.

Sergey Lavrov, the foreign minister, told reporters that a new date would be found in the coming weeks.
"""


# Files to cite an article by, which a browser saves and does not open.
CITATION = re.compile(r"data:application/(?:x-bibtex|x-research-info-systems|vnd\.citationstyles\.csl\+json)[;,]")
SEARCH = ("ask", "ask query", "lists")  # the theme's own forms, which lead to pages of the site
OWN = re.compile(r"(?:\.\./)*static/\w+\.js")


class Harm(HTMLParser):
    """Collects what a page would run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("iframe", "object", "embed", "form", "img") and dict(attrs).get("class") not in SEARCH:
            self.found.append(tag)
        if tag == "script" and attrs != [("type", "application/ld+json")] and not OWN.fullmatch(dict(attrs)["src"]):
            self.found.append(tag)  # the one is data, never run, the other the theme's
        if "download" in dict(attrs) and CITATION.match(dict(attrs)["href"] or ""):
            return
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src") and re.match(r"\s*(javascript|data):", value or "")):
                self.found.append(f"{name}={value}")


def harm_in(site: Site) -> list[str]:
    parser = Harm()
    for path, data in site.files().items():
        if path.endswith(".html"):
            parser.feed(data.decode())
    return parser.found


def test_markup_in_text_is_shown_and_never_run(empty_site: Site) -> None:
    evil = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" & {{ 7 * 7 }} talks'
    empty_site.write(
        "seeds/a.txt", f"{evil}\n\nBy <b onclick=x>Jane</b>\n\n21 August 2018\n\n{BODY}\n{evil} said Jane.\n"
    )
    empty_site.write("seeds/b.md", f"---\ntitle: '{evil}'\nsource: '{evil}'\nbyline: '{evil}'\n---\n\n{TEXT}{evil}\n")
    shown = html.escape(evil)
    page = f"<title>{shown}</title><h1>{shown}</h1><p onclick=x>21 August 2018</p><p>{TEXT * 2}</p><p>{TEXT * 2}"
    empty_site.write("seeds/c.html", f"<html><body>{page}</p><script>alert(3)</script></body></html>")
    empty_site.write("site.yaml", f"title: '{evil}'\ndescription: '{evil}'\nurl: https://example.org/\n")
    empty_site.write("actors.yaml", f"actors: [{{name: '{evil}', aliases: [Russia], note: '{evil}'}}]\n")
    files = empty_site.built()
    assert harm_in(empty_site) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in files["index.html"].decode()
    assert not any(b"49 talks" in data for data in files.values())
    ElementTree.fromstring(files["feed.xml"])


def test_links_that_are_not_to_pages_or_mail_are_no_links(empty_site: Site) -> None:
    links = "[a](javascript:alert(1)) [b](data:text/html,x) ![c](javascript:x) <vbscript:x> [d](JaVaScRiPt:x)"
    front = "title: Links\nurl: javascript:alert(1)\n"
    empty_site.write("seeds/a.md", f"---\n{front}---\n\n{TEXT}{links} [fine](https://example.org/)\n")
    empty_site.built()
    assert harm_in(empty_site) == []
    assert 'href="https://example.org/"' in empty_site.page("articles/links/index.html")


GZIP = b"\x1f\x8b"


@pytest.mark.parametrize(
    "slug", ["../../../etc/passwd", "/etc/passwd", "..", ".", "a/b\\c", "index", "%2e%2e/x", "CON"]
)
def test_no_slug_leads_out_of_the_site(empty_site: Site, slug: str) -> None:
    fields = {"title": "A", "slug": slug, "source": slug, "actors": [slug]}
    front = "".join(f"{key}: '{value}'\n" for key, value in fields.items() if key != "actors")
    empty_site.write("seeds/a.md", f"---\n{front}actors: ['{slug}']\n---\n\n{TEXT}")
    before = {path for path in empty_site.root.parent.rglob("*") if path.is_file()}
    empty_site.built()
    new = {path for path in empty_site.root.parent.rglob("*") if path.is_file()} - before
    site, work = empty_site.root / "site", empty_site.root / ".archivegen"
    assert all(path.is_relative_to(site) or path.is_relative_to(work) for path in new)
    assert len(list((site / "articles").iterdir())) == 1
    assert empty_site.run("check").code == 0


def test_a_headline_of_5000_characters(empty_site: Site) -> None:
    for name, title in {
        "words": "Headline " * 600,
        "one": "H" * 5000,
        "thai": "ข่าว" * 1250,
        "marks": "e\u0301" * 2500,
    }.items():
        empty_site.write(f"seeds/{name}.md", f"---\ntitle: {title}\npublished: 2018-08-21\n---\n\n{TEXT}")
    files = empty_site.built()
    assert max(len(part.encode()) for path in files for part in path.split("/")) <= 90
    assert empty_site.run("check").code == 0


def test_characters_that_cannot_be_seen_reach_no_page(empty_site: Site) -> None:
    empty_site.write(
        "seeds/a.txt", f"Head \x1b[31mred\x1b[0m \u202eline\x07 of talks\n\n21 August 2018\n\n{BODY}\u202e{TEXT}"
    )
    page = f"<h1>Talks &#x202e;in &#8238;Moscow</h1><p>21 August 2018</p><p>{TEXT * 2}</p><p>{TEXT * 2}</p>"
    empty_site.write("seeds/b.html", f"<html><title>Talks &#x202E; in Moscow</title><body>{page}</body></html>")
    files = empty_site.built()
    del files["data/archive.db"]  # tests/test_data.py
    for path, data in files.items():
        if data[:2] == GZIP:  # the search index: tests/test_search.py
            continue
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202d\u202e]", data.decode().replace("\r\n", "\n")), path
    ElementTree.fromstring(files["feed.xml"])


@pytest.mark.parametrize("escape", [r"\x01", r"\e", r"\u202e", r"\0"])
def test_control_characters_in_front_matter_are_refused_with_their_line(empty_site: Site, escape: str) -> None:
    empty_site.write("seeds/a.md", f'---\nsource: The Oxus Daily\ntitle: "a{escape}b"\n---\n\n{TEXT}')
    ran = empty_site.run("build")
    assert ran.code == 1
    assert ran.err.startswith("seeds/a.md:3: error: front matter: a value holds a control character (U+")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n" + "> " * 3000 + "deep\n\n" + "[" * 20000 + TEXT,
        "---\ntitle: x\n---\n" + "*a **b " * 5000 + TEXT,
        "---\ntitle: x\n---\n" + "- " * 500 + "deep\n",
        "---\ntitle: x\n---\n" + "`" * 3000 + TEXT,
        "---\ntitle: ...\nactors: ['', ' ', '-']\nsource: '---'\n---\n" + TEXT,
        "---\ntitle: x\npublished: 0001\nevent_date: 9999/..\n---\n" + TEXT,
        "---\ntitle: x\npublished: ../9999-12-31\nupdated: XXXX-02-29\n---\n" + TEXT,
    ],
    ids=["quotes", "emphasis", "lists", "code", "no letters", "year 1", "end of time"],
)
def test_odd_articles_are_built(empty_site: Site, text: str) -> None:
    empty_site.write("seeds/a.md", text)
    empty_site.built()
    assert empty_site.run("check").code == 0


@pytest.mark.parametrize(
    "value", ["[" * 9000, "{a: " * 9000, "&a [*a]", "!!python/object/apply:os.system ['id']", "*x"]
)
def test_yaml_that_means_harm_is_refused_or_text(empty_site: Site, value: str) -> None:
    empty_site.write("seeds/a.md", f"---\ntitle: x\nextra: {value}\n---\n\n{TEXT}")
    empty_site.write("seeds/b.md", f"---\ntitle: The good one\n---\n\n{TEXT}")
    ran = empty_site.run("build")
    assert ran.code in (0, 1)
    assert "in archivegen itself" not in ran.err
    assert "articles/the-good-one/index.html" in empty_site.files()


def test_html_nested_without_end(site: Site) -> None:
    site.write(
        "seeds/b.html", "<html><body>" + "<div>" * 20000 + f"<h1>Deep headline of talks</h1><p>{TEXT}</p></body>"
    )
    ran = site.run("build")
    assert ran.code == 0 or "seeds/b.html: error: " in ran.err
    assert len([path for path in site.files() if path.startswith("articles/")]) >= 1


def test_a_line_of_50_megabytes_is_refused_by_its_size(site: Site) -> None:
    site.write("seeds/huge.txt", b"x" * 50_000_000)
    ran = site.run("build")
    assert ran.code == 1
    assert "seeds/huge.txt: error: is too large for one article: 50 MB; one article may have 20 MB" in ran.err
    assert "1 article," in ran.out


def test_seeds_with_one_headline_keep_apart_whatever_comes_later(empty_site: Site) -> None:
    empty_site.write("seeds/b.md", f"---\ntitle: Same\n---\n\n{TEXT}first\n")
    empty_site.write("seeds/c.md", f"---\ntitle: SAME!\n---\n\n{TEXT}second\n")
    before = {path for path in empty_site.built() if path.startswith("articles/")}
    assert len(before) == 2
    empty_site.write("seeds/d.md", f"---\ntitle: Same\n---\n\n{TEXT}third\n")
    after = {path for path in empty_site.built() if path.startswith("articles/")}
    assert len(after) == 3
    assert before < after


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such files cannot be made on this system")
def test_files_that_are_no_files(site: Site) -> None:
    seeds = site.root / "seeds"
    (seeds / "dangling.txt").symlink_to("nowhere")
    (seeds / "loop.txt").symlink_to("loop.txt")
    (seeds / "again").symlink_to(seeds)
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "two\nlines.txt").write_text(TEXT)
    with open(os.fsencode(seeds) + b"/\xff.txt", "w") as file:  # noqa: PTH123  # a Path cannot be bytes
        file.write(TEXT)
    ran = site.run("build")
    assert ran.code == 1
    for line in (
        "seeds/again: warning: this is a link to a folder; such links are not followed",
        "seeds/dangling.txt: error: this link leads nowhere (remove it, or bring its file back)",
        "seeds/loop.txt: error: cannot be read: ",
        "seeds/pipe.txt: error: this is no ordinary file",
        r"seeds/two\nlines.txt: error: this file's name holds bytes that are no letters (rename it)",
        r"seeds/\udcff.txt: error: this file's name holds bytes that are no letters (rename it)",
    ):
        assert line in ran.err
    assert ran.out.startswith("1 article,")


def test_names_with_spaces_signs_and_other_letters_work(empty_site: Site) -> None:
    for name in ("a b.txt", "100%.txt", "what#1.txt", "переговоры.txt", "café.txt", "'quoted'.txt", "-rf.txt"):
        empty_site.write(
            f"seeds/{name}", f"The talks of the day in {name.split('.')[0]} begin\n\n21 August 2018\n\n{BODY}"
        )
    files = empty_site.built()
    assert len([path for path in files if path.startswith("articles/")]) == 7
    assert empty_site.run("check").code == 0
