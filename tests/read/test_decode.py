"""Bytes to text: marks, declarations, fallbacks, and what is refused."""

from __future__ import annotations

import pytest

from archivegen.read.decode import MAX_BYTES, decode


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_byte_order_marks(encoding: str) -> None:
    assert decode("Zürich\r\nBern\rGenf".encode(encoding), "a.txt").text == "Zürich\nBern\nGenf"


def test_what_is_not_utf8_is_windows_1252_and_says_so() -> None:
    decoded = decode("one\nZürich – “so”".encode("cp1252"), "a.txt")
    assert decoded.text == "one\nZürich – “so”"
    assert [(d.code, d.severity, d.line) for d in decoded.diagnostics] == [("windows-1252", "note", 2)]


def test_a_few_bad_bytes_do_not_make_good_utf8_into_something_else() -> None:
    decoded = decode("Zürich, Genève\n".encode() + b"bad \xff here", "a.txt")
    assert decoded.text == "Zürich, Genève\nbad \ufffd here"
    assert [(d.code, d.severity, d.line) for d in decoded.diagnostics] == [("bad-bytes", "warning", 2)]


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "“Zürich”"),
        ("iso_8859-1:1987", "cp1252", "“Zürich”"),
        ("latin5", "cp1254", "“İstanbul”"),
        ("x-x-big5", "big5hkscs", "協議將於明年春天生效"),
        ("windows-1251", "cp1251", "Горный вестник"),
        ("koi8-r", "koi8-r", "Горный вестник"),
        ("shift_jis", "cp932", "商品の改造①"),
        ("gb2312", "gb18030", "协议将于明年春天生效镕"),
        ("euc-kr", "cp949", "두 마을"),
    ],
)
def test_declared_html_by_the_standards_labels(label: str, codec: str, text: str) -> None:
    raw = f'<html><head><meta charset="{label}"></head><p>{text}</p>'.encode(codec)
    assert text in (decode(raw, "a.html", html=True).text or "")


def test_a_converted_page_keeps_its_old_declaration() -> None:
    raw = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Горный вестник'.encode()
    assert "Горный вестник" in (decode(raw, "a.html", html=True).text or "")


@pytest.mark.parametrize("label", ["rot13", "zlib", "nonsense", "utf-7"])
def test_labels_that_are_no_character_set(label: str) -> None:
    raw = f'<meta charset="{label}"><p>Plain words'.encode()
    assert "Plain words" in (decode(raw, "a.html", html=True).text or "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"a\0b", "binary"),
        (b"%PDF-1.7\nwords", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"x" * (MAX_BYTES + 1), "too-large"),
    ],
)
def test_refused(raw: bytes, code: str) -> None:
    decoded = decode(raw, "a.txt")
    assert decoded.text is None
    assert [(d.severity, d.code) for d in decoded.diagnostics] == [("error", code)]
    assert all(d.message and d.hint for d in decoded.diagnostics)
