"""A user's templates: one block overridden by one small file, mistakes named with template and line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from archivegen import render
from archivegen.errors import ThemeError

THEMING = Path(__file__).parents[2] / "docs" / "theming.md"
OVERRIDE = """\
{% extends "theme/article.html" %}
{% block byline %}<p class="mine">By us: {{ article.byline.value }}</p>{% endblock %}
"""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


def test_one_small_file_overrides_one_block(sample, open_theme, templates: Path) -> None:
    (templates / "article.html").write_text(OVERRIDE, encoding="utf-8")
    html = render.article(open_theme(sample(), templates), sample().article_view)
    shipped = render.article(open_theme(sample()), sample().article_view)
    assert '<p class="mine">By us: Tomas Eriksen</p>' in html and 'class="byline"' not in html
    assert html.partition("<h1")[0] == shipped.partition("<h1")[0]


def test_every_documented_block_can_be_overridden_alone(sample, open_theme, templates: Path) -> None:
    table = re.findall(r"^\| `(\w+\.html)`[^|]*\|(.*)\|$", THEMING.read_text(encoding="utf-8"), re.MULTILINE)
    marks = {}
    for template, blocks in table:
        if template == "base.html":  # its blocks hold those of the others
            continue
        names = re.findall(r"`(\w+)`", blocks)
        marks |= {f"[{template} {name}]": template for name in names}
        own = "".join(f"{{% block {name} %}}[{template} {name}]{{% endblock %}}\n" for name in names)
        (templates / template).write_text(f'{{% extends "theme/{template}" %}}\n{own}', encoding="utf-8")
    drawn = "".join(sample().draw(open_theme(sample(), templates)).values())
    assert [mark for mark in marks if mark not in drawn] == []


def test_the_example_of_the_documentation_works(sample, open_theme, templates: Path) -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", THEMING.read_text(encoding="utf-8"), re.DOTALL)
    (templates / "article.html").write_text(example, encoding="utf-8")
    html = render.article(open_theme(sample(), templates), sample().article_view)
    assert '<p class="byline">Reported by Tomas Eriksen</p>' in html


def test_an_overridden_part_shows_on_every_page(sample, open_theme, templates: Path) -> None:
    (templates / "parts").mkdir()
    (templates / "parts" / "footer.html").write_text("<footer>Ours</footer>", encoding="utf-8")
    for path, html in sample().draw(open_theme(sample(), templates)).items():
        if 'http-equiv="refresh"' in html:  # what leads on to a new address has no frame
            continue
        assert "<footer>Ours</footer>" in html and "colophon" not in html, path


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("one\n{% if %}", "templates/about.html:2: Expected an expression, got 'end of statement block'"),
        (
            "one\n\n{{ site.nothing }}",
            "templates/about.html:3: 'archivegen.views.SiteView object' has no attribute 'nothing'",
        ),
        ("{{ missing }}", "templates/about.html:1: 'missing' is undefined"),
        ("\n{% include 'gone.html' %}", "templates/about.html:2: there is no template 'gone.html'"),
        ("\n{% extends 'gone.html' %}", "templates/about.html:2: there is no template 'gone.html'"),
        ("\n\n\n{{ site.title + 1 }}", "templates/about.html:4: TypeError: "),
        ("\n{{ 7 | when }}", "templates/about.html:2: "),
        ("\n{{ 7 | whne }}", "templates/about.html:2: No filter named 'whne'."),
    ],
)
def test_a_mistake_is_named_with_template_and_line(
    sample, open_theme, templates: Path, source: str, message: str
) -> None:
    (templates / "about.html").write_text(source, encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        render.about(open_theme(sample(), templates))
    assert caught.value.message.startswith(message)


def test_a_mistake_in_a_part_is_named_there(sample, open_theme, templates: Path) -> None:
    (templates / "parts").mkdir()
    (templates / "parts" / "footer.html").write_text("<p>\n{{ nobody }}", encoding="utf-8")
    with pytest.raises(ThemeError, match=r"^templates/parts/footer.html:2: 'nobody' is undefined"):
        render.about(open_theme(sample(), templates))


def test_a_template_in_another_encoding_is_named(sample, open_theme, templates: Path) -> None:
    (templates / "about.html").write_bytes("Über uns".encode("cp1252"))
    with pytest.raises(ThemeError, match=r"^about\.html: .*not saved as UTF-8"):
        render.about(open_theme(sample(), templates))


def test_a_missing_theme_is_named(sample, tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match=r"there is no template 'about\.html'"):
        render.about(render.open_theme(sample().site, [tmp_path], version="1"))


def test_kept_bytecode_draws_the_same(sample, open_theme, templates: Path, tmp_path: Path) -> None:
    (templates / "about.html").write_text('{% extends "theme/about.html" %}', encoding="utf-8")
    folders, kept = open_theme(sample(), templates).folders, (tmp_path / "shipped", tmp_path / "own")
    for folder in kept:
        folder.mkdir()
    pages = [render.about(render.open_theme(sample().site, folders, version="9.9", bytecode=kept)) for _ in range(2)]
    assert pages == [render.about(open_theme(sample()))] * 2
    shipped, own = (len(list(folder.iterdir())) for folder in kept)
    assert own == 1  # goes with the site
    assert shipped > 1


def test_damaged_bytecode_is_made_again(sample, open_theme, tmp_path: Path) -> None:
    def about() -> str:
        return render.about(render.open_theme(sample().site, folders, version="9.9", bytecode=(tmp_path, tmp_path)))

    folders = open_theme(sample()).folders
    page, kept = about(), list(tmp_path.glob("*.cache"))
    for file in kept:
        os.truncate(file, 20)
    assert about() == page
    assert all(file.stat().st_size > 20 for file in kept)


def test_bytecode_that_cannot_be_kept_stops_nothing(sample, open_theme, tmp_path: Path) -> None:
    folders, nowhere = open_theme(sample()).folders, tmp_path / "not there"
    theme = render.open_theme(sample().site, folders, version="9.9", bytecode=(nowhere, nowhere))
    assert render.about(theme) == render.about(open_theme(sample()))
