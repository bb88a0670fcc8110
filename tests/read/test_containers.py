"""Files that hold many articles: what each form gives, what is left out and told, and what must not break the rest."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivegen.errors import Diagnostic
from archivegen.model import Article
from archivegen.read import CONTAINERS, Member, members, read_member
from archivegen.read.containers.member import NAME_BYTES, stable_name
from archivegen.read.stated_day import stated_day

BODY = "Ada Falkner, the chair of the council of Brenn, opened the session.\n\nThe mayor stayed away."
WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Brenn Paper</title><language>en-GB</language>
<wp:author><wp:author_login><![CDATA[jane]]></wp:author_login>
<wp:author_display_name><![CDATA[Jane Roe]]></wp:author_display_name></wp:author>
{items}
</channel></rss>
"""
POST = """<item><title>{title}</title><link>https://example.org/{id}/</link><dc:creator><![CDATA[jane]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{id}</wp:post_id>
<wp:post_date>2018-08-21 22:30:00</wp:post_date><wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="world"><![CDATA[World]]></category></item>"""
PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>"
    + f"<p>{BODY}</p>" * 4
    + "</article></body></html>"
)


def post(number: int = 5, **given: str) -> str:
    usual = {"title": "Session", "body": BODY, "slug": "session", "status": "publish", "kind": "post", "password": ""}
    return POST.format(id=number, **{**usual, **given})


def read(file: Path, columns: dict[str, str] | None = None) -> tuple[list[Member], list[Diagnostic]]:
    found = list(members(file, file.name, columns or {}))
    return [m for m in found if isinstance(m, Member)], [d for d in found if isinstance(d, Diagnostic)]


def articles(file: Path, columns: dict[str, str] | None = None, language: str = "en") -> dict[str, Article]:
    out = {}
    for member in read(file, columns)[0]:
        reading = read_member(member, f"{file.name}#{member.name}", file.name, language=language)
        assert reading.article, reading.diagnostics
        out[member.name] = reading.article
    return out


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def warc(*records: tuple[str, str, bytes, str], gz: bool = True) -> bytes:
    """A WARC of (address, HTTP status, body, type)."""
    out = b""
    for url, status, body, kind in records:
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-05-04T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        record = head.encode() + payload + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if gz else record
    return out


# -- tables


def test_a_json_line_states_its_fields_and_where_it_stands(tmp_path: Path) -> None:
    first = {"id": "one", "title": "First", "text": BODY}
    second = {
        "id": "two", "headline": "Second", "publishedAt": "2018-08-21T23:30:00+04:00", "body": BODY, "section": "World",
        "author": [{"name": "Jane Roe"}, "Al Poe"], "source": {"id": None, "name": "The Oxus"}, "status": "publish",
        "link": "https://example.org/2",
    }  # fmt: skip
    text = lines(first, second)
    article = articles(written(tmp_path / "dump.jsonl", text))["two"]
    assert article.path == "dump.jsonl#two"
    assert article.provenance.container == "dump.jsonl"
    assert article.provenance.offset == text.index('{"id": "two"')
    assert article.provenance.size == len(BODY)
    assert (article.title.value, article.title.basis, article.title.line) == ("Second", "stated", 2)
    assert article.published
    assert (article.published.value.text, article.published.evidence) == ("2018-08-21", "2018-08-21T23:30:00+04:00")
    assert article.byline and article.byline.value == "Jane Roe, Al Poe"
    assert article.source and article.source.value == "The Oxus"
    assert article.url and article.url.value == "https://example.org/2"
    assert article.status == ""
    assert article.extra == {"section": "World", "status_column": "publish"}
    assert article.body.text == BODY


def test_a_bad_line_is_named_and_the_others_survive(tmp_path: Path) -> None:
    deep = b"[" * 200_000
    raw = (
        lines({"id": 1, "text": BODY}).encode()
        + b"{bad\n[]\n\n"
        + deep
        + b"\n"
        + b'{"text": "\xff"}\n{"id": 2, "title": "x"}\n'
    )
    raw += lines({"id": 3, "text": BODY}).encode()
    found, told = read(written(tmp_path / "dump.ndjson", raw))
    assert [m.name for m in found] == ["1", "3"]
    assert [(d.path, d.line, d.severity) for d in told] == [("dump.ndjson", n, "error") for n in (2, 3, 5, 6, 7)]


def test_a_table_with_quotes_line_ends_mark_and_semicolons(tmp_path: Path) -> None:
    first = 'x9;"A; ""B""";21 August 2018;"One.\r\n\r\nTwo."\r\n;;;\r\n'
    text = f"\ufeffNr;Überschrift;Day;Volltext\r\n{first}x10;C;2018-08;Three.\r\n"
    columns = {"Nr": "id", "Überschrift": "title", "Day": "date", "Volltext": "body"}
    found = articles(written(tmp_path / "t.csv", text), columns)
    assert [(a.title.value, a.body.text) for a in found.values()] == [('A; "B"', "One.\n\nTwo."), ("C", "Three.")]
    assert [a.published and a.published.value.text for a in found.values()] == ["2018-08-21", "2018-08"]
    assert list(found) == ["x9", "x10"]
    assert [a.title.line for a in found.values()] == [2, 6]
    assert found["x10"].provenance.offset == text.encode().index(b"x10;")


def test_rows_that_do_not_fit_are_named_rather_than_guessed(tmp_path: Path) -> None:
    text = 'title,body\nA,Text a.\nB,Text, with a comma\nC,Text c.\nD,"never closed\nE,Text e.\n'
    found, told = read(written(tmp_path / "t.csv", text))
    told = [one for one in told if one.code != "no-column"]
    assert [m.fields["title"] for m in found] == ["A", "C"]
    assert [(d.line, d.severity) for d in told] == [(3, "error"), (5, "error")]
    assert "quotation mark" in told[1].hint


def test_a_table_in_windows_1252_is_read_and_told_of(tmp_path: Path) -> None:
    found, told = read(written(tmp_path / "t.tsv", "title\ttext\nCafé\tMünchen\n".encode("cp1252")))
    assert found[0].fields["title"] == "Café"
    assert [d.code for d in told if d.code != "no-column"] == ["windows-1252"]


def test_a_table_without_a_text_says_which_columns_it_has(tmp_path: Path) -> None:
    found, told = read(written(tmp_path / "t.csv", "heading,words\n" + "a,b\n" * 5))
    assert not found
    assert [(d.line, d.code) for d in told] == [(1, "no-body")]
    assert "heading, words" in told[0].hint


def test_many_faults_of_one_kind_are_counted(tmp_path: Path) -> None:
    _, told = read(written(tmp_path / "dump.jsonl", "{bad\n" * 1000))
    assert len(told) == 101
    assert "900 more" in told[-1].message and told[-1].severity == "error"


@pytest.mark.parametrize(
    ("stated", "language", "day"),
    [
        ("Tue, 21 Aug 2018 23:30:00 -0400", "en", "2018-08-21"),
        ("21 Aug 2018 01:00:00 GMT", "en", "2018-08-21"),
        ("2018-08-21 10:00:00", "en", "2018-08-21"),
        ("2018-08-21T01:00:00.123+0930", "en", "2018-08-21"),
        ("2018-08", "en", "2018-08"),
        ("20180821", "en", "2018-08-21"),
        ("August 21, 2018 6:30 pm", "en", "2018-08-21"),
        ("21. August 2018", "de", "2018-08-21"),
        ("8/21/2018", "en", "2018-08-21"),
        ("03/04/2018", "en-US", "2018-03-04"),
        ("03/04/2018", "en-GB", "2018-04-03"),
        ("03/04/2018", "fr", "2018-04-03"),
        ("Tuesday 03/04/2018", "en", "2018-04-03"),
        ("03.04.2018", "en", "2018-04-03"),
        ("1534809600", "en", "2018-08-21"),
        ("03/04/2018", "en", None),
        ("2018-02-30", "en", None),
        ("0000-00-00 00:00:00", "en", None),
        ("yesterday", "en", None),
        ("1 May 2018 to 3 June 2018", "en", None),
        ("99999999999999999999", "en", None),
    ],
)
def test_the_day_of_a_stated_date(stated: str, language: str, day: str | None) -> None:
    known = stated_day(stated, language, 7)
    assert (known and known.value.text) == day
    if known:
        assert (known.basis, known.evidence, known.line) == ("stated", stated, 7)


# -- exports and feeds


def test_a_wordpress_export_gives_its_published_posts(tmp_path: Path) -> None:
    left_out = [post(6, status="draft"), post(7, kind="attachment"), post(8, password="x"), post(9, status="private")]
    file = written(
        tmp_path / "w.xml", WXR.format(items="\n".join([post(5, title="A &amp; B"), *left_out, post(10, kind="page")]))
    )
    found, told = read(file)
    assert [m.name for m in found] == ["5", "10"]
    assert [d.severity for d in told] == ["note"]
    assert all(word in told[0].message for word in ("draft", "attachment", "password", "private"))
    article = articles(file)["5"]
    assert (article.title.value, article.slug) == ("A & B", "session")
    assert article.published and article.published.value.text == "2018-08-21"
    assert article.byline and article.byline.value == "Jane Roe"
    assert article.source and article.source.value == "The Brenn Paper"
    assert article.language and article.language.value == "en-GB"
    assert article.extra == {"categories": ["World"]}
    assert article.body.text == BODY
    assert article.provenance.offset == file.read_bytes().index(b"<item>")


def test_wordpress_text_has_the_paragraphs_that_its_reader_saw(tmp_path: Path) -> None:
    body = (
        '<!-- wp:paragraph -->\nOne <b>bold</b>\nand more.\n\n[caption id="1"]<img src="a.jpg"/>A picture[/caption]'
        'Two <a href="https://example.org/">link</a> <a href="javascript:x">bad</a>.\n<h3>Sub</h3>\n'
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<script>alert(1)</script>\n"
        '<blockquote>Said.</blockquote>[gallery ids="1"]'
    )
    text = articles(written(tmp_path / "w.xml", WXR.format(items=post(body=body))))["5"].body
    kinds = [(b.kind, text.text[b.start : b.end]) for b in text.blocks]
    assert kinds == [
        ("paragraph", "One bold and more."), ("paragraph", "Two link bad."), ("heading", "Sub"), ("item", "a"),
        ("item", "b"), ("quote", "Said."),
    ]  # fmt: skip
    assert [s.href for s in text.styles if s.name == "link"] == ["https://example.org/"]


@pytest.mark.parametrize(
    "hostile",
    ["[caption]", "[gallery ", "<pre>", "<b>", "<div>", "<p", "<a href=x>y</a>", "\n \n", "<ul><li>", "a@"],
)
def test_hostile_markup_takes_time_in_proportion(tmp_path: Path, hostile: str) -> None:
    file = written(tmp_path / "w.xml", WXR.format(items=post(body=hostile * (500_000 // len(hostile)) + BODY)))
    begun = time.process_time()
    for member in read(file)[0]:
        read_member(member, "w.xml#5", "w.xml")
    assert time.process_time() - begun < 10


def test_feeds_of_every_kind(tmp_path: Path) -> None:
    rss = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Oxus</title>'
        "<item><title>A&#38;nbsp;B</title><guid>g1</guid><link>https://example.org/1</link>"
        "<author>j@example.org (Jane Roe)</author>"
        "<pubDate>Tue, 21 Aug 2018 23:30:00 -0400</pubDate><description>Teaser.</description>"
        "<content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Oxus</title><entry><title>A&nbsp;B</title><id>g1</id>'
        '<link href="https://example.org/1"/><author><uri>https://x.org</uri><name>Jane Roe</name></author>'
        '<published>2018-08-21T23:30:00-04:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>One.</p><p>Two.</p></div></content></entry></feed>"
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Oxus</title></channel><item rdf:about="g1">'
        "<title>A B</title><link>https://example.org/1</link><dc:creator>Jane Roe</dc:creator>"
        "<dc:date>2018-08-21</dc:date>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description></item></rdf:RDF>"
    )
    for name, text in (("a.rss", rss), ("b.atom", atom), ("c.xml", rdf)):
        (article,) = articles(written(tmp_path / name, text)).values()
        assert " ".join(article.title.value.split()) == "A B"
        assert article.byline and article.byline.value == "Jane Roe"
        assert article.source and article.source.value == "The Oxus"
        assert article.url and article.url.value == "https://example.org/1"
        assert article.published and article.published.value.text == "2018-08-21"
        assert article.body.text == "One.\n\nTwo."


def test_a_teaser_is_told_of(tmp_path: Path) -> None:
    text = "<rss><channel><item><guid>1</guid><description>Teaser.</description></item></channel></rss>"
    found, told = read(written(tmp_path / "a.rss", text))
    assert len(found) == 1
    assert [d.code for d in told] == ["description-only"]


def test_xml_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = WXR.format(items=f"{post(1)}\n{post(2)}")
    found, told = read(written(tmp_path / "w.xml", whole[: whole.rindex("<wp:post_id>")]))
    assert [m.name for m in found] == ["1"]
    assert [(d.severity, d.code) for d in told] == [("error", "bad-xml")]
    assert told[0].line and told[0].line >= whole[: whole.rindex("<wp:post_id>")].count("\n")


def test_a_broken_item_is_named_and_the_others_survive(tmp_path: Path) -> None:
    file = tmp_path / "w.xml"
    bad = post(2).replace("</title>", "</titel>")
    open_ended = post(4).replace("</item>", "")
    posts = [post(1), bad, *(post(n) for n in (3,)), open_ended, *(post(n, body=BODY * 900) for n in (5, 6))]
    file.write_text(WXR.format(items="\n".join(posts)), "utf-8")
    found, told = read(file)
    assert [member.name for member in found] == ["1", "3", "5", "6"]
    assert [(one.severity, one.code) for one in told] == [("error", "bad-xml")] * 2
    assert "mismatched tag; read on from line" in told[0].message
    assert "does not end" in told[1].message
    raw = file.read_bytes()
    for member in found:  # where each is said to stand, it stands
        assert raw[member.offset :].startswith(b"<item>")
        assert raw.count(b"\n", 0, member.offset) + 1 == member.line
    assert {member.fields["byline"] for member in found} == {"Jane Roe"}
    assert all(member.autop for member in found)


def test_bare_signs_in_a_feed_are_read_as_meant(tmp_path: Path) -> None:
    file = tmp_path / "f.rss"
    body = "<description><![CDATA[<p>A & B</p>]]></description>"
    item = "<item><title>{0}</title><link>https://example.org/{0}</link>" + body + "</item>"
    items = "".join(item.format(title) for title in ("One", "Food & drink: 3 < 4", "AT&T", "Four &amp; five"))
    file.write_text(f"<rss><channel><title>Paper</title>{items}</channel></rss>", "utf-8")
    found, told = read(file)
    assert [m.fields["title"] for m in found] == ["One", "Food & drink: 3 < 4", "AT&T", "Four & five"]
    assert {m.raw for m in found} == {b"<p>A & B</p>"}
    assert not [one for one in told if one.code == "bad-xml"]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_a_feed_in_any_character_set_goes_on_after_a_break(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "f.rss"
    item = "<item><title>Новости {0}</title><guid>{0}</guid><description>Текст {0}</description></item>"
    head = f"<?xml version='1.0' encoding='{encoding}'?><rss><channel>"
    file.write_text(f"{head}{item.format(1)}<item></x>{item.format(2)}</channel></rss>", encoding)
    assert [m.fields["title"] for m in read(file)[0]] == ["Новости 1", "Новости 2"]


def test_blank_lines_before_the_declaration_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "w.xml"
    file.write_text("\n\n" + WXR.format(items=post(7)), "utf-8")
    found, told = read(file)
    assert [member.name for member in found] == ["7"]
    assert not told


def test_endless_breaks_end(tmp_path: Path) -> None:
    file = tmp_path / "f.rss"
    file.write_text("<rss><channel>" + "<item></x>" * 20_000, "utf-8")
    begun = time.process_time()
    found, told = read(file)
    assert not found
    assert told
    assert time.process_time() - begun < 10


def test_bytes_that_are_no_xml_do_not_end_an_old_export(tmp_path: Path) -> None:
    raw = WXR.format(items=f"{post(1, body='a VT b LATIN c')}\n{post(2)}").encode()
    raw = raw.replace(b"VT", b"\x0b").replace(b"LATIN", b"\xe9")
    found, told = read(written(tmp_path / "w.xml", raw))
    assert [m.name for m in found] == ["1", "2"]
    assert found[0].raw == b"a   b ? c"
    assert found[1].offset == raw.rindex(b"<item>")
    assert [d.code for d in told] == ["bad-bytes"]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
)
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    item = "<item><guid>1</guid><description>&a;</description></item>"
    text = f"<!DOCTYPE rss [{declared}]><rss><channel>{item}</channel></rss>"
    found, told = read(written(tmp_path / "a.xml", text))
    assert not found
    assert [d.code for d in told] == ["bad-xml"]


def test_other_xml_is_passed_over_without_reading_it_all(tmp_path: Path) -> None:
    found, told = read(written(tmp_path / "a.xml", "<opml>" + "<x>" * 50 + "no end"))
    assert not found
    assert [(d.severity, d.code) for d in told] == [("note", "unknown-xml")]


def test_an_export_of_any_size_takes_the_same_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (200, 4000):
        file = written(tmp_path / "w.xml", WXR.format(items="\n".join(post(n, body=BODY * 20) for n in range(count))))
        tracemalloc.start()
        assert sum(isinstance(m, Member) for m in members(file, "w.xml", {})) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2_000_000  # the second file is 7 MB larger; a name costs some 200 bytes


# -- web archives


@pytest.mark.parametrize(("name", "gz"), [("c.warc", False), ("c.warc.gz", True)])
def test_a_web_archive_gives_its_pages(tmp_path: Path, name: str, gz: bool) -> None:
    records = [
        ("https://example.org/a", "200 OK", PAGE.format("Talks begin").encode(), "text/html; charset=utf-8"),
        ("https://example.org/gone", "404 Not Found", b"<html>no</html>", "text/html"),
        ("https://example.org/p.png", "200 OK", b"\x89PNG", "image/png"),
        (
            "https://example.org/b",
            "200 OK",
            PAGE.format("Переговоры").encode("cp1251"),
            "text/html; charset=windows-1251",
        ),
        ("https://example.org/a", "200 OK", PAGE.format("Talks begin").encode(), "text/html; charset=utf-8"),
        ("https://example.org/a", "200 OK", PAGE.format("Talks began").encode(), "text/html; charset=utf-8"),
    ]
    data = warc(*records, gz=gz)
    file = written(tmp_path / name, data)
    found = articles(file)
    assert list(found) == ["https://example.org/a", "https://example.org/b", "https://example.org/a~2"]
    first, second, third = found.values()
    assert (first.title.value, second.title.value, third.title.value) == ("Talks begin", "Переговоры", "Talks began")
    assert first.captured and (first.captured.value.text, first.captured.basis) == ("2019-05-04", "stated")
    assert first.published is None
    assert first.url and first.url.value == "https://example.org/a"
    offset = second.provenance.offset
    assert offset
    assert b"example.org/b" in (
        gzip.GzipFile(fileobj=io.BytesIO(data[offset:])).read(400) if gz else data[offset : offset + 400]
    )
    notes = read(file)[1]
    assert sorted(d.code for d in notes) == ["duplicate", "left-out"]
    assert "404" in notes[-1].message and "image/png" in notes[-1].message


def test_a_web_archive_that_breaks_off(tmp_path: Path) -> None:
    page = PAGE.format("Talks").encode()
    data = warc(*((f"https://example.org/{n}", "200 OK", page, "text/html") for n in range(3)))
    found, told = read(written(tmp_path / "c.warc.gz", data[: len(data) - 300]))
    assert [m.name for m in found][:2] == ["https://example.org/0", "https://example.org/1"]
    assert all(d.severity in ("error", "note") for d in told)
    found, told = read(written(tmp_path / "d.warc.gz", b"\x1f\x8b\x08 this is none"))
    assert not found
    assert [d.code for d in told] == ["bad-warc"]


def test_wacz_is_unpacked_within_limits(tmp_path: Path) -> None:
    file = tmp_path / "c.wacz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr(
            "archive/data.warc.gz", warc(("https://example.org/a", "200 OK", PAGE.format("A").encode(), "text/html"))
        )
        with archive.open("archive/bomb.warc", "w") as bomb:
            for _ in range(110):
                bomb.write(b"\0" * 1_000_000)
    found, told = read(file)
    assert [m.name for m in found] == ["https://example.org/a"]
    assert [d.code for d in told] == ["zip-bomb"]
    assert read(written(tmp_path / "d.wacz", b"PK no"))[1][0].code == "bad-wacz"


def test_without_warcio_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    found, told = read(written(tmp_path / "c.warc", b"WARC/1.0"))
    assert not found
    assert told[0].severity == "error" and "archivegen[warc]" in told[0].hint


# -- names


def test_names_are_stable_one_line_and_short_enough_for_a_file() -> None:
    assert stable_name(" a\nb\x00 ", "x") == "a b"
    assert stable_name("", "x") == stable_name(" ", "x") != stable_name("", "y")
    long = [stable_name(f"https://example.org/{'пример' * 50}/{n}") for n in range(2)]
    assert long[0] != long[1]
    assert all(len(name) < NAME_BYTES for name in long)


def test_a_row_put_in_between_renames_no_other(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    rows = [f"Session {n},2018-08-2{n},Nothing was settled at session {n}.\n" for n in range(3)]
    file.write_text("title,date,text\n" + rows[0] + rows[2], "utf-8")
    before = {member.name: member.fields["title"] for member in read(file)[0]}
    file.write_text("title,date,text\n" + rows[0] + rows[1] + rows[2].replace("Nothing", "Little"), "utf-8")
    after = {member.name: member.fields["title"] for member in read(file)[0]}
    assert len(after) == 3
    assert before.items() <= after.items()


def test_a_row_without_id_and_headline_is_named_by_its_text(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    lines = [json.dumps({"text": f"Nothing was settled at session {n}."}) + "\n" for n in range(3)]
    file.write_text("".join(lines[1:]), "utf-8")
    before = [member.name for member in read(file)[0]]
    file.write_text("".join(lines), "utf-8")
    assert [member.name for member in read(file)[0]][1:] == before


def test_two_of_one_name_are_both_kept_unless_they_are_the_same(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": text} for text in ("One.", "Two.", "One.", "Three.")] + [{"id": "a~2", "text": "Four."}]
    found, told = read(written(tmp_path / "d.jsonl", lines(*rows)))
    assert [m.name for m in found] == ["a", "a~2", "a~3", "a~2~2"]
    assert [(d.line, d.code) for d in told] == [(3, "duplicate")]


@pytest.mark.parametrize("suffix", CONTAINERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))))
def test_no_bytes_make_a_container_fail(tmp_path: Path, suffix: str, raw: bytes) -> None:
    for data in (raw, b"<rss><channel><item><title>" + raw, b"title,text\n" + raw, b'{"text": "' + raw + b'"}'):
        for item in members(written(tmp_path / f"x{suffix}", data), "x", {}):
            if isinstance(item, Member):
                read_member(item, f"x#{item.name}", "x")


def test_a_container_that_is_gone_is_told_of(tmp_path: Path) -> None:
    _, told = read(tmp_path / "none.csv")
    assert [(d.severity, d.code) for d in told] == [("error", "unreadable")]
