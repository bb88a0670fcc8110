"""The interface in other languages: the catalogues are whole, and a page says nothing in English that is its own."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from archivegen import edtf
from archivegen.edtf import parse
from archivegen.read import left_out
from archivegen.render import words
from archivegen.render.dates import show
from archivegen.render.said import SAID
from archivegen.render.translate import ENGLISH, Calendar, Tongue, tongue_of
from archivegen.timeline import actors

if TYPE_CHECKING:
    from conftest import Site

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "src" / "archivegen"
FOLDER = SOURCE / "render" / "languages"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
PLACE = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"<[^>]+>")
DECADE = "the %(first)ss"
POLISH = tongue_of("pl")
CHINESE = tongue_of("zh")


def script() -> ModuleType:
    """The script that keeps the catalogues."""
    path = PROJECT / "bench" / "make_languages.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(catalog: Catalog) -> list[tuple[list[str], list[str], Message]]:
    """Every text with its forms and those of its translation."""
    return [
        (
            [message.id] if isinstance(message.id, str) else list(message.id),
            [message.string] if isinstance(message.string, str) else list(message.string or ("",)),
            message,
        )
        for message in catalog
        if message.id
    ]


def texts_of(catalog: Catalog) -> set[tuple[str, ...]]:
    return {(message.context or "", *texts) for texts, _, message in messages(catalog)}


def test_the_catalogues_have_just_the_texts_that_there_are() -> None:
    found = texts_of(script().template())
    with (FOLDER / "archivegen.pot").open("rb") as file:
        assert texts_of(read_po(file)) == found, "run bench/make_languages.py, and translate what is new"
    for code in LANGUAGES:
        assert texts_of(catalogue(code)) == found, code
    # Where a text stands may change; what the program reads depends on the texts alone.
    made = {name: data for name, data in script().files() if not name.endswith((".po", ".pot"))}
    for name, data in made.items():
        assert without_maker(data) == without_maker((FOLDER / name).read_bytes()), (
            f"{name}: run bench/make_languages.py"
        )


def without_maker(data: bytes) -> bytes:
    """A file without the version of Babel that it notes of its maker: a newer one writes the same texts."""
    return re.sub(rb"Generated-By: Babel [\d.]+", b"", data)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_with_the_same_placeholders_and_elements(code: str) -> None:
    for texts, translated, message in messages(catalogue(code)):
        assert all(translated), f"{texts[0]!r} is not translated"
        assert "fuzzy" not in message.flags, texts[0]
        for found in translated:
            places = set(PLACE.findall(texts[-1]))
            # English needs only the first year of a decade.
            assert set(PLACE.findall(found)) in (places, places | {"last"} if texts == [DECADE] else places), found
            assert TAG.findall(found) == TAG.findall(texts[0]), found
            assert found.count("%") == len(PLACE.findall(found)), found
            ends = (texts[0][-1:] in ".:", found[-1:] in ".:。：")
            assert ends[0] == ends[1], f"{found!r} ends otherwise than {texts[0]!r}"


def test_what_stages_say_is_known_to_the_catalogues() -> None:
    furniture = tomllib.loads((SOURCE / "read" / "furniture.toml").read_text(encoding="utf-8"))
    whys = {one["why"] for cues in furniture.values() if isinstance(cues, list) for one in cues if "why" in one}
    named = ("KNOWN", "SAME", "RESPELT", "LONGER", "SHORTER", "DESIGNATION", "IN_ARTICLE", "FOR_COUNTRY")
    reasons = {getattr(actors, name) for name in named}
    assert whys
    assert whys | reasons | {left_out.OUTSIDE, left_out.HEADLINE} <= set(SAID)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 artykułów"), (1, "1 artykuł"), (2, "2 artykuły"), (5, "5 artykułów"), (12, "12 artykułów"),
     (22, "22 artykuły"), (112, "112 artykułów"), (1204, "1\xa0204 artykuły"), (12000, "12\xa0000 artykułów")],
)  # fmt: skip
def test_a_number_takes_its_form(number: int, text: str) -> None:
    assert words.count(number, "article", tongue=POLISH) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0篇文章"), (1, "1篇文章"), (2, "2篇文章"), (1204, "1,204篇文章")])
def test_a_language_with_one_form_has_it_for_every_number(number: int, text: str) -> None:
    assert words.count(number, "article", tongue=CHINESE) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2018-08-21", "21 sierpnia 2018"),
        ("2018-08", "sierpień 2018"),
        ("2004-06~", "około czerwca 2004"),
        ("2004-06?", "być może czerwiec 2004"),
        ("2018", "2018"),
        ("199X", "lata 1990–1999"),
        ("19XX", "1900 – 1999"),
        ("2018-24", "zima 2018"),
        ("XXXX-09-04", "4 września, rok nieznany"),
        ("XXXX-09", "wrzesień, rok nieznany"),
        ("2018-08-01/2018-10", "1 sierpnia 2018 – październik 2018"),
        ("../2018-08", "do sierpnia 2018"),
        ("2018-22/..", "od lata 2018"),
    ],
)
def test_dates_are_said_as_the_language_says_them(date: str, text: str) -> None:
    assert show(parse(date), POLISH) == text
    assert show(parse(date), ENGLISH) == edtf.show(parse(date))


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2018-08-21", "2018年8月21日"),
        ("2018-08", "2018年8月"),
        ("2004-06~", "2004年6月前后"),
        ("2004-06?", "可能是2004年6月"),
        ("2018", "2018年"),
        ("199X", "1990年代"),
        ("19XX", "1900年至1999年"),
        ("2018-24", "2018年冬季"),
        ("XXXX-09-04", "9月4日，年份不详"),
        ("XXXX-09", "九月，年份不详"),
        ("2018-08-01/2018-10", "2018年8月1日至2018年10月"),
        ("../2018-08", "至2018年8月为止"),
        ("2018-22/..", "自2018年夏季起"),
    ],
)
def test_dates_are_said_from_the_year_down_in_chinese(date: str, text: str) -> None:
    assert show(parse(date), CHINESE) == text


@pytest.mark.parametrize(
    ("code", "day", "month"),
    [
        ("lt", "2018 m. rugpjūčio 21 d.", "2018 m. rugpjūtis"),
        ("zh", "2018年8月21日", "2018年8月"),
        ("en", "August 21, 2018", "August 2018"),
        ("hu", "2018. augusztus 21.", "2018. augusztus"),
    ],
)
def test_the_order_of_a_date_is_its_languages(code: str, day: str, month: str) -> None:
    calendar = Calendar(**script().calendar(code))
    tongue = Tongue(code, code, ENGLISH.texts, ENGLISH.form, ENGLISH.forms, calendar)
    assert (show(parse("2018-08-21"), tongue), show(parse("2018-08"), tongue)) == (day, month)


def test_a_weekday_and_a_month_of_a_year_have_their_names() -> None:
    assert words.weekday(parse("2018-08-21"), tongue=POLISH) == "wtorek"
    assert str(words.when(parse("2018-08-21"), tongue=POLISH)) == '<time datetime="2018-08-21">21 sierpnia 2018</time>'


class Reader(HTMLParser):
    """The texts of a page outside the archive's own passages, and what its elements are told of."""

    VOID = frozenset(("meta", "link", "img", "input", "br", "hr"))
    PASSAGES = frozenset(("statement", "body", "headline", "from", "actor", "outlet", "original", "lede", "logo"))
    TOLD = ("aria-label", "data-some", "data-none", "data-one", "data-many", "data-failed", "data-wait")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.root: dict[str, str | None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.root = told
        self.texts += [value for name, value in attrs if name in self.TOLD and value]
        if tag not in self.VOID:
            passage = told.get("lang") == "en" or bool(self.PASSAGES & set((told.get("class") or "").split()))
            self.open.append((tag, passage or tag in ("code", "script", "h1", "title")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(passage for _, passage in self.open):
            self.texts.append(" ".join(data.split()))


def english(code: str) -> re.Pattern[str]:
    """What of the interface's English texts would be found on a page, as a whole stretch of text."""
    out = []
    for texts, translated, _ in messages(catalogue(code)):
        for text in texts:
            for piece in TAG.split(text):
                if len(PLACE.sub("", piece).strip(" .,:;“”")) > 2 and piece not in translated:
                    out.append(PLACE.sub(".+?", re.escape(piece.strip()).replace(r"%\(", "%(").replace(r"\)s", ")s")))
    months = "January|February|March|April|June|July|August|September|October|November|December"
    return re.compile(f"(?:{'|'.join(out)})|.*(?:{months}) [0-9]{{4}}")


@pytest.mark.parametrize(
    ("code", "corrected", "day"), [("pl", "Poprawiony.", "3 maja 2018"), ("zh", "已更正", "2018年5月3日")]
)
def test_a_site_says_nothing_in_english_that_is_its_own(sample: Site, code: str, corrected: str, day: str) -> None:
    settings = (sample.root / "site.yaml").read_text(encoding="utf-8")
    sample.write("site.yaml", re.sub(r"(?m)^language:.*$", "", settings) + f"\nlanguage: {code}\n")
    fields = "title: A fire\nlanguage: en\nstatus: corrected\nnotice: Źle podano dzień.\n"
    sample.write("records/fire.md", f"---\n{fields}---\nThe mill burned on 3 May 2017. It burned in May 2017.\n")
    sample.write("records/fog.md", "---\ntitle: Mgła\npublished: 2018-05-03\n---\nWe wsi była mgła.\n")
    files = sample.built()
    pattern = english(code)
    pages = {path: Reader(data.decode()) for path, data in files.items() if path.endswith(".html")}
    assert len(pages) > 50
    for path, page in pages.items():
        assert page.root["lang"] == code, path
        assert [text for text in page.texts if pattern.fullmatch(text)] == [], path
    article = files["articles/a-fire/index.html"].decode()
    assert '<h1 dir="auto" lang="en">A fire</h1>' in article
    assert '<div class="body" dir="auto" lang="en">' in article
    assert ' lang="' not in files["articles/mgla/index.html"].decode().partition("<main")[2].partition("<nav")[0]
    assert corrected in article
    assert day in files["articles/mgla/index.html"].decode()
    assert '<p class="statement" dir="auto" lang="en">' in files["dates/2017/05/index.html"].decode()


@pytest.mark.parametrize(
    ("language", "lang"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh-CN"),
        ("zh-Hans-HK", "zh-Hans-HK"),
        ("zh-TW", "en"),
        ("zh-Hant", "en"),
        ("pl-PL", "pl-PL"),
    ],
)
def test_pages_say_the_language_and_the_script_that_they_are_in(language: str, lang: str) -> None:
    tongue = tongue_of(language)
    assert tongue.lang == lang
    assert (tongue.gettext("Search") == "Search") == (lang == "en")


def test_a_language_without_a_catalogue_gets_english_and_says_so(site: Site) -> None:
    site.write("site.yaml", "title: Talks\nlanguage: fa\nsearch: false\n")
    site.write("seeds/note.md", "---\ntitle: یادداشت\npublished: 2018-08-21\n---\nمتن کوتاه.\n")
    site.write("seeds/talk.md", "---\ntitle: Talk\nlanguage: en\npublished: 2018-08-20\n---\nA short text.\n")
    files = site.built()
    assert '<html lang="en" dir="ltr">' in files["index.html"].decode()
    assert ">21 August 2018</time>" in files["index.html"].decode()
    listed = files["dates/2018/08/index.html"].decode()
    assert re.search(r'<a class="headline" href="[^"]+" lang="fa" dir="rtl">یادداشت</a>', listed)
    assert re.search(r'<a class="headline" href="[^"]+talk/index.html">Talk</a>', listed)
