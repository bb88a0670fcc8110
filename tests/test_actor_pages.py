"""The pages of actors: what they are called and why, as what and when, and in which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Site

FIRST = """---
title: The bridge closes
published: 2018-03-01
---
The mayor Maria Lund closed the bridge on Thursday. “We shall not open it again this year,” said Lund.

She told the council so in the morning, and the council agreed.
"""
SECOND = """---
title: The bridge opens
published: 2018-05-04
---
Transport Minister Maria Lund opened the bridge on Friday. “I was wrong about the bridge,” Lund said. She laughed.
"""


def test_an_actors_page_has_roles_with_dates_quotations_and_why_a_spelling_is_theirs(site: Site) -> None:
    site.write("seeds/a.md", FIRST)
    site.write("seeds/b.md", SECOND)
    site.built()
    page = " ".join(site.page("actors/maria-lund/index.html").split())
    assert '“I was wrong about the bridge,”</p> <p class="dateline"><a href="../../articles/the-bridge-opens/' in page
    quoted = page.partition('id="quotes"')[2]
    assert quoted.index("I was wrong") < quoted.index("We shall not open it")
    assert 'mayor</span> <small>(<time datetime="2018-03-01">1 March 2018</time>)' in page
    assert 'Transport Minister</span> <small>(<time datetime="2018-05-04">4 May 2018</time>)' in page
    assert "Lund</span> <small>(short for the name in the same article)" in page
    assert '<dt>First seen</dt><dd><time datetime="2018-03-01">' in page
    assert '<dt>Last seen</dt><dd><time datetime="2018-05-04">' in page


def test_site_yaml_says_how_often_a_name_earns_a_page(site: Site) -> None:
    site.write("seeds/a.md", FIRST)
    site.built()
    assert (site.root / "site/actors/maria-lund/index.html").exists()
    site.write("site.yaml", "title: A\nactor_pages: {mentions: 9, articles: 2}\n")
    site.built()
    assert not (site.root / "site/actors/maria-lund/index.html").exists()


def test_a_long_list_of_actors_has_links_to_every_kind_and_letter(site: Site) -> None:
    people = [f"{chr(65 + i % 26)}nna {chr(65 + i // 26)}stervik{chr(97 + i % 26)}" for i in range(90)]
    stated = "".join(f"- {name}\n" for name in people)
    site.write("actors.yaml", "actors:\n" + "".join(f"- {{name: {name}, kind: person}}\n" for name in people))
    site.write("site.yaml", "title: A\npage_size: 10\n")
    site.write("seeds/a.md", f"---\ntitle: All\npublished: 2018-03-01\nactors:\n{stated}---\nAll of them came.\n")
    site.built()
    index = site.page("actors/index.html")
    assert 'href="../actors/index.html#person-A"' in index
    assert 'href="../actors/page/2/index.html#person-Z"' in index
    assert '<h3 id="person-Z">People, Z</h3>' in site.page("actors/page/2/index.html")
    assert site.run("check").code == 0


def test_a_page_of_one_of_many_years_names_the_near_ones_and_decades_beyond(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\npage_size: 10\nsearch: false\n")
    for year in range(1946, 2003):
        text = f"title: The bridge in {year}\npublished: {year}-03-01\n---\nMaria Lund opened it on 1 March {year}.\n"
        site.write(f"seeds/{year}.md", f"---\nactors: [Maria Lund]\n{text}")
    site.built()
    overview = site.page("actors/maria-lund/index.html")
    assert all(f"/{year}/index.html" in overview for year in range(1946, 2003))
    for page, up in (("actors/maria-lund/1974/index.html", "../.."), ("timeline/1974/index.html", "..")):
        nav = re.findall(r"<nav aria-label.*?</nav>", site.page(page), re.DOTALL)
        (years,) = [text for text in nav if "1970" in text]
        labels = ["1946–1949", "1950–1959", *map(str, range(1960, 1980)), "1980–1989", "1990–1999", "2000–2002"]
        assert re.findall(r">([\d–]+)</a>", years) == labels
        assert re.search(rf'href="{up}[^"]*/1950/index.html">1950–1959<', years)
    assert site.run("check").code == 0
