"""`theme:` in site.yaml: what it sets on the pages. Its faults are in tests/invalid/theme-*."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from archivegen.look import Look, check_colours, contrast, stylesheet, to_colour, to_fonts

if TYPE_CHECKING:
    from conftest import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 300, 120)


def test_contrast_is_the_standards() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # the well-known grey that just fails


@pytest.mark.parametrize("value", ["#8C1C13", "8c1c13", "#abc"])
def test_colours_in_every_form(value: str) -> None:
    assert to_colour(value) in ("#8c1c13", "#aabbcc")


@pytest.mark.parametrize("value", ["red", "#12", "#12345", "rgb(1, 2, 3)", "#8c1c13; }"])
def test_what_is_no_colour(value: str) -> None:
    with pytest.raises(ValueError, match="takes a colour like"):
        to_colour(value)


@pytest.mark.parametrize("value", ["Georgia, serif", '"Source Serif 4", Charter', "'Noto Naskh Arabic', serif", "明朝"])
def test_typefaces(value: str) -> None:
    assert to_fonts(value) == value


@pytest.mark.parametrize("value", ["a; }", "url(x)", "a{", 'half "a quote', "a</style>"])
def test_what_is_no_typeface(value: str) -> None:
    with pytest.raises(ValueError, match="takes names of typefaces"):
        to_fonts(value)


def test_the_colour_that_is_offered_would_do() -> None:
    for look in (Look(accent="#ffcc00"), Look(accent_dark="#003300"), Look(background="#888888")):
        ((key, _, hint),) = check_colours(look)
        mended = Look(**{key: hint.split('"')[1]})
        assert list(check_colours(mended)) == []


def test_an_accent_is_made_lighter_for_the_dark() -> None:
    css = stylesheet(Look(accent="#003366"))
    assert "(prefers-color-scheme: light) { :root { --accent: #003366;" in css
    dark = css.rpartition("--accent: ")[2][:7]
    assert dark != "#003366" and contrast(dark, "#171511") >= 4.5


def test_without_a_theme_there_is_no_sheet(site: Site) -> None:
    files = site.built()
    assert "static/theme.css" not in files and b"theme.css" not in files["index.html"]


def test_a_theme_shows_on_every_page(site: Site) -> None:
    site.write("static/crest.png", PNG)
    site.write(
        "site.yaml",
        'title: Talks\ntheme:\n  accent: "#003366"\n  text_font: Georgia, serif\n  logo: crest.png\n'
        "  footer: Kept by the *Oxus* library. [Imprint](https://example.org/imprint) <b>\n",
    )
    files = site.built()
    pages = [data.decode() for path, data in files.items() if path.endswith(".html") and path != "404.html"]
    assert len(pages) > 5
    for page in pages:
        assert 'static/theme.css">' in page
        assert 'static/crest.png" width="300" height="120" alt="">' in page
        assert '<p>Kept by the <em>Oxus</em> library. <a href="https://example.org/imprint" rel="external">' in page
        assert "&lt;b&gt;" in page
    assert b"--text: Georgia, serif;" in files["static/theme.css"]


def test_own_styles_are_loaded_last_on_every_page(site: Site) -> None:
    site.built()
    site.write("static/custom.css", ":root { --measure: 38rem }")
    site.write("site.yaml", 'title: Talks\ntheme: {accent: "#003366"}\n')
    files = site.built()
    for path, data in files.items():
        if path.endswith(".html"):
            assert data.count(b"custom.css") == 1, path
            assert data.index(b"theme.css") < data.index(b"custom.css") < data.index(b"</head>"), path
    (site.root / "static" / "custom.css").unlink()
    assert b"custom.css" not in site.built()["index.html"]


def test_a_changed_theme_is_drawn_at_the_next_build(site: Site) -> None:
    site.write("site.yaml", 'title: Talks\ntheme: {accent: "#003366"}\n')
    site.built()
    site.write("site.yaml", 'title: Talks\ntheme: {accent: "#336600"}\n')
    assert b"#336600" in site.built()["static/theme.css"]
    site.write("site.yaml", "title: Talks\n")
    assert "static/theme.css" not in site.built()
