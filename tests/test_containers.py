"""A site of files that hold many articles: built, changed, corrected, and always as a build from nothing makes it."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivegen import engine
from archivegen.store import Packed

if TYPE_CHECKING:
    from conftest import Site

TEXT = "The council of Brenn met on 3 May 2019, and Ada Falkner, its chair, opened session {0} at noon. It was long."
PAGE = "<html><head><title>Session {0}</title></head><body><article><h1>Session {0}</h1>{1}</article></body></html>"
WXR = (
    '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Brenn Paper</title>{0}</channel></rss>'
)
POST = (
    "<item><title>Session {0}</title><content:encoded><![CDATA[{1}]]></content:encoded><wp:post_id>{0}</wp:post_id>"
    "<wp:post_date>2019-05-04 09:00:00</wp:post_date><wp:status>publish</wp:status></item>\n"
)


def jsonl(*numbers: int) -> bytes:
    rows = ({"id": n, "title": f"Session {n}", "date": "2019-05-04", "text": TEXT.format(n)} for n in numbers)
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def table(*numbers: int) -> bytes:
    return "".join(
        ["id,title,date,text\n", *(f'{n},Session {n},2019-05-04,"{TEXT.format(n)}"\n' for n in numbers)]
    ).encode()


def export(*numbers: int) -> bytes:
    return WXR.format("".join(POST.format(n, TEXT.format(n)) for n in numbers)).encode()


def feed(*numbers: int) -> bytes:
    items = (
        f"<item><guid>{n}</guid><title>Session {n}</title><pubDate>Sat, 4 May 2019 09:00:00 +0200</pubDate>"
        f"<description>{TEXT.format(n)}</description></item>"
        for n in numbers
    )
    return f"<rss><channel>{''.join(items)}</channel></rss>".encode()


def crawl(*numbers: int) -> bytes:
    out = b""
    for n in numbers:
        page = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            + PAGE.format(n, f"<p>{TEXT.format(n)}</p>" * 4).encode()
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\n"
            f"WARC-Date: 2019-05-04T10:00:00Z\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(page)}\r\n\r\n"
        )
        out += gzip.compress(head.encode() + page + b"\r\n\r\n", mtime=0)
    return out


FORMS: dict[str, Callable[..., bytes]] = {
    "d.jsonl": jsonl, "d.csv": table, "d.xml": export, "d.rss": feed, "d.warc.gz": crawl,
}  # fmt: skip


def assert_as_from_nothing(site: Site) -> dict[str, bytes]:
    increment = site.files()
    shutil.rmtree(site.root / "site")
    shutil.rmtree(site.root / ".archivegen")
    site.run("build")
    assert site.files() == increment
    return increment


def sessions(files: dict[str, bytes]) -> set[str]:
    return {path.split("/")[1] for path in files if path.startswith("articles/session-")}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_becomes_articles_and_follows_its_file(site: Site, name: str) -> None:
    make = FORMS[name]
    site.write(f"seeds/{name}", make(1, 2, 3))
    built = site.built()
    assert sessions(built) == {"session-1", "session-2", "session-3"}
    assert "opened session 2 at noon" in " ".join(site.page("timeline/2019/index.html").split())
    site.write(f"seeds/{name}", make(3, 4, 2))  # one is gone, one is new, two have moved
    site.built()
    assert sessions(assert_as_from_nothing(site)) == {"session-2", "session-3", "session-4"}
    (site.root / "seeds" / name).unlink()
    site.built()
    assert sessions(assert_as_from_nothing(site)) == set()


def test_an_unchanged_file_is_not_read_again_and_a_longer_one_only_at_its_end(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def listen(function: Callable[..., object], shared: object, work: object, **_: object) -> object:
        for items in run(function, shared, work, jobs=1):  # type: ignore[arg-type]
            read.extend(item.path for item in items if isinstance(item, Packed))
            yield items

    run = engine.run
    monkeypatch.setattr(engine, "run", listen)
    dump = site.write("seeds/d.jsonl", jsonl(1, 2))
    site.built()
    assert read == ["seeds/d.jsonl#1", "seeds/d.jsonl#2", "seeds/d.jsonl", "seeds/talks.txt"]
    read.clear()
    site.built()
    assert read == []
    dump.write_bytes(jsonl(1, 2, 3))
    site.built()
    assert read == ["seeds/d.jsonl#3", "seeds/d.jsonl"]


def test_the_number_of_processes_changes_nothing(empty_site: Site) -> None:
    empty_site.write("seeds/d.jsonl", jsonl(*range(150)) + b"{bad\n")
    empty_site.run("build", "--jobs", "2")
    one = assert_as_from_nothing(empty_site)
    assert len(sessions(one)) == 150


def test_a_record_stands_for_one_article_of_a_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "https://example.org/a?b", "title": "Session", "text": TEXT.format("A")}
    site.write("seeds/d.jsonl", jsonl(1) + f"{json.dumps(row)}\n".encode())
    site.built()
    seed = f"{site.root / 'seeds' / 'd.jsonl'}#https://example.org/a?b"
    ran = site.run("curate", seed)
    assert ran.code == 0, ran.err
    record = site.root / "records" / "d.jsonl" / "https%3A%2F%2Fexample.org%2Fa%3Fb.md"
    record.write_text(record.read_text("utf-8").replace("title: Session", "title: Put right"), "utf-8")
    files = site.built()
    assert "articles/put-right/index.html" in files
    assert "articles/session/index.html" not in files
    assert_as_from_nothing(site)
    record.unlink()
    assert "articles/session/index.html" in site.built()
    assert "articles/put-right/index.html" not in assert_as_from_nothing(site)


def test_curate_asks_which_article_and_knows_when_there_is_none(site: Site) -> None:
    dump = site.write("seeds/d.jsonl", jsonl(1, 2))
    for seed in (str(dump), f"{dump}#9"):
        ran = site.run("curate", seed)
        assert ran.code == 2
        assert "which of its articles?" in ran.err


def test_inspect_answers_a_line_for_every_article(site: Site) -> None:
    dump = site.write("seeds/d.csv", table(1, 2) + b"x,too,many,values,here\n")
    ran = site.run("inspect", "--json", str(dump))
    assert [json.loads(line)["path"] for line in ran.out.splitlines()] == [f"{dump}#1", f"{dump}#2"]
    assert ran.code == 1 and ":4: error:" in ran.err
    ran = site.run("inspect", f"{dump}#2")
    assert ran.code == 0 and "Session 2" in ran.out and "Session 1" not in ran.out


def test_columns_of_the_settings_are_used_and_a_change_of_them_is_seen(site: Site) -> None:
    site.write("seeds/d.csv", f"Kopf,Absatz,Tag\nSession 1,{TEXT.format(1).replace(',', '')},4.5.2019\n")
    assert site.run("build").code == 1
    site.write("site.yaml", "title: Talks\ncolumns: {Kopf: title, Absatz: body, Tag: published}\n")
    assert sessions(site.built()) == {"session-1"}
    assert "4 May 2019" in site.page("articles/session-1/index.html")
    assert_as_from_nothing(site)


def test_work_is_taken_as_it_is_needed() -> None:
    taken: list[int] = []

    def endless() -> object:
        for number in range(10**9):
            taken.append(number)
            yield number

    results = engine.run(lambda _, items: items, 0, endless(), jobs=1)  # type: ignore[arg-type]
    assert next(results)[:3] == [0, 1, 2]
    assert len(taken) == engine.CHUNK


def test_the_readme_names_the_extra_that_reads_web_archives() -> None:
    text = (Path(__file__).parents[1] / "docs" / "containers.md").read_text("utf-8")
    assert "archivegen[warc]" in text


def test_half_a_letter_costs_that_letter_alone(empty_site: Site) -> None:
    row = {
        "title": "Half \ud83d letter \U0001f600",
        "source": "Post \ude00",
        "tags": ["\ud83d"],
        "text": TEXT.format(1),
    }
    empty_site.write("seeds/a.jsonl", json.dumps(row | {"date": "2019-05-04"}) + "\n")
    declared = '{"@type": "NewsArticle", "headline": "Page \\ud83d", "author": {"name": "Ada \\udc00 Falkner"}}'
    head = f"<head><script type='application/ld+json'>{declared}</script></head>"
    empty_site.write("seeds/b.html", f"<html>{head}<body><article><p>{TEXT.format(2)}</p></article></body></html>")
    empty_site.built()
    assert '<h1 dir="auto">Half ? letter \U0001f600</h1>' in empty_site.page("articles/half-letter/index.html")
    assert sum(path.startswith("articles/") for path in empty_site.files()) == 2


def test_a_container_may_have_the_sign_in_its_name_that_stands_before_its_members(empty_site: Site) -> None:
    empty_site.write("seeds/a#b.jsonl", jsonl(1, 2))
    empty_site.write("records/a#b.jsonl/1.md", "---\ntitle: Corrected\npublished: 2019-05-04\n---\nIt was short.\n")
    empty_site.built("--verify")
    assert sorted(path for path in empty_site.files() if path.startswith("articles/")) == [
        "articles/corrected/index.html",
        "articles/session-2/index.html",
    ]


def test_a_table_whose_columns_have_other_names_says_what_is_missing(empty_site: Site) -> None:
    empty_site.write("seeds/a.csv", f"id;titel;text;datum\n1;Sitzung;{TEXT.format(1)};2019-05-04\n")
    ran = empty_site.run("build")
    assert ran.code == 0
    assert "seeds/a.csv:1: note: no column is taken for the headline (it has: id, titel, text, datum" in ran.err
    assert "no column is taken for the day of publication" in ran.err
    empty_site.write("site.yaml", "title: A\ncolumns: {titel: title, datum: published}\n")
    assert "no column" not in empty_site.run("build").err
    assert (empty_site.root / "site/articles/sitzung/index.html").is_file()
