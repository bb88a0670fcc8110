"""Words to redact are found in a site's files in whatever form they stand there, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archivegen import leaks
from archivegen.errors import OutputError
from archivegen.leaks import find_leaks, refuse_leaks

FORMS = [
    ("Jane Roe", "a.html", "<p>met jane\nroe there</p>"),
    ("Jane Roe", "a.html", "<p>met <b>Jane</b> <a href='x'>Roe</a></p>"),
    ("Jane Roe", "a.html", '<meta name="description" content="Of Jane Roe">'),
    ("Jane Roe", "a.html", '<a href="../jane-roe/index.html">x</a>'),
    ("Jane Roe", "a.html", '<time datetime="JANE ROE">x</time>'),
    ("Jane Roe", "articles/jane-roe-at-home/index.html", ""),
    ("José Núñez", "a.html", '<a href="jos%C3%A9%20n%C3%BA%C3%B1ez">x</a>'),
    ("José Núñez", "articles/jose-nunez/index.html", ""),
    ("José Núñez", "data/a.json", json.dumps({"name": "José Núñez"})),
    ("José Núñez", "data/a.csv", "1,Jose\u0301 Nu\u0301n\u0303ez\n"),
    ("José Núñez", "static/JOSÉ NÚÑEZ.png", ""),
    ("AT&T", "a.html", "<p>of AT&amp;T in</p>"),
    ("AT&T", "feed.xml", "<summary>of AT&amp;amp;T in</summary>"),
    ("AT&T", "a.html", "<p>of AT&#38;T and</p>"),
    ("AT&T", "articles/of-at-t-and-us/index.html", ""),
    ('Bob "Cat" Roe', "data/a.json", json.dumps('Bob "Cat" Roe')),
    ('Bob "Cat" Roe', "a.html", "Bob &#34;Cat&#34; Roe, Bob &quot;Cat&quot; Roe"),
    ("O'Neil", "a.html", "O&#39;Neil"),
    ("O'Neil", "actors/oneil/index.html", ""),
    ("мир", "articles/мир/index.html", ""),
    ("Roe Street", "feed.xml", "<id>https://a.example/roe-street/</id>"),
    ("Roe Street", "robots.txt", "Disallow: /roe%20street"),
    ("Roe Street", "data/x.sqlite", "\x00\x01Roe Street\x00\xff"),
    ("Roe Street", "static/map.svg", "<text>Roe Street</text>"),
]


@pytest.mark.parametrize(("word", "path", "text"), FORMS)
def test_a_word_is_found_in_every_form(word: str, path: str, text: str) -> None:
    faults = find_leaks([("b.html", b"<p>Nothing.</p>"), (path, text.encode())], [("seeds/a.md", word)])
    assert [fault.path for fault in faults] == [path]
    assert f"“{word}”, which seeds/a.md redacts" in str(faults[0])


@pytest.mark.parametrize(
    ("word", "path", "text"),
    [
        ("Mark", "a.html", '<p class="mark"><mark>x</mark> Market, marks</p><style>.mark {}</style>'),
        ("Mark", "static/style.css", "mark { color: red }"),
        ("Ann", "a.html", "<p>Anna, annual, Joann</p>"),
        ("Ann", "articles/anna/index.html", ""),
        ("Jane Roe", "a.html", "<p>Jane</p><p>and Roe</p>"),
        ("Jane Roe", "a.html", "<p>[redacted] met [redacted].</p>"),
        ("Jane Roe", "static/jane.png", "Jane Roe"),
        ("555-0199", "a.html", "<p>1555-01990</p>"),
    ],
)
def test_other_words_are_not(word: str, path: str, text: str) -> None:
    assert find_leaks([(path, text.encode())], [("seeds/a.md", word)]) == []


def test_all_files_that_leak_are_told_together_and_long_ones_are_read_in_pieces(tmp_path: Path) -> None:
    files = [(f"{number}.html", tmp_path / str(number)) for number in range(30)]
    for _, file in files:
        file.write_text("<p>Jane Roe</p>", encoding="utf-8")
    refuse_leaks(files, [])
    with pytest.raises(OutputError) as caught:
        refuse_leaks(files, [("a.md", "Jane Roe"), ("b.md", "jane  roe")])
    assert "still in 30 files; nothing was written" in caught.value.message
    assert len(caught.value.diagnostics) == 20
    assert "give a longer text" in caught.value.hint
    long = tmp_path / "long"
    for before in (0, leaks.PIECE - 4, leaks.PIECE * 2 - 5):
        long.write_bytes(b" " * before + b"Jane Roe" + b" " * leaks.PIECE)
        with pytest.raises(OutputError):
            refuse_leaks([("data/all.csv", long)], [("a.md", "Jane Roe")])
    refuse_leaks([("data/all.csv", long)], [("a.md", "Joan Roe")])
