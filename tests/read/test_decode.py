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


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Президент встретился с министром\n\n5 мая 2019\n\nОни говорили в Москве во вторник два часа."),
        ("cp1251", "Президент зустрівся з міністром закордонних справ у Києві у вівторок. Зустріч тривала дві години."),
        ("cp932", "首相は火曜日、東京で記者会見を開いた。\n\n2019年5月5日\n\n首相は外交政策について語った。"),
        ("gb18030", "总统星期二在北京会见了外交部长。会议持续了两个小时。"),
        ("cp949", "대통령은 화요일 서울에서 외교부 장관을 만났다. 회의는 두 시간 동안 계속되었다."),
        ("cp1253", "Ο πρόεδρος συναντήθηκε με τον υπουργό στην Αθήνα την Τρίτη. Η συνάντηση κράτησε δύο ώρες."),
        ("cp1256", "التقى الرئيس بوزير الخارجية في القاهرة يوم الثلاثاء. واستمر الاجتماع ساعتين."),
    ],
)
def test_another_script_is_guessed_and_says_so(encoding: str, text: str) -> None:
    for raw, html in ((text.encode(encoding), False), (f"<title>x</title><p>{text}</p>".encode(encoding), True)):
        decoded = decode(raw, "a.txt", html=html)
        assert text in (decoded.text or "")
        assert [(d.code, d.severity) for d in decoded.diagnostics] == [("guessed-encoding", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "Þetta er íslenska, með ýmsum stöfum: ð, þ, æ, ö, á, é, í, ó, ú, ý. Ég á hús við sjóinn. Það er rétt.",
        "Übung, Ärger, Öl, schön, Mädchen, fünf, zwölf, Größe, Straße, müßte, Bäume, Häuser, Füße, Äpfel.",
        "Élève, été, forêt, naïve, garçon, cœur, où, çà, être, même, près, là, dès, à, tôt, née, clé, âgé.",
    ],
)
def test_many_accents_are_no_other_script(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt").text == text


@pytest.mark.parametrize(
    "raw",
    [
        ("é é È À\n" * 10).encode("cp1252"),
        ("½ cup\n¼ cup ¾ tsp £5 °C ±\n" * 12).encode("cp1252"),
        b"\xc4" * 60 + b"\nHello world",
    ],
)
def test_signs_and_rules_are_no_other_script(raw: bytes) -> None:
    assert [d.code for d in decode(raw, "a.txt").diagnostics] == ["windows-1252"]


@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_a_long_text_is_not_guessed_from_half_a_letter(before: str) -> None:
    text = before + "新华社北京电 国务院总理星期二在北京会见了外国客人。会议持续了两个小时。\n" * 4000
    assert decode(text.encode("gb18030"), "a.txt").text == text


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
