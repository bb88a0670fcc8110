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


def opened(site: Site, year: int, name: str = "") -> None:
    head = f"title: The bridge in {year} {name}\npublished: {year}-03-01\nactors: [Maria Lund]"
    site.write(f"seeds/{year}{name}.md", f"---\n{head}\n---\nMaria Lund opened it on 1 March {year}.\n")


def spans(page: str, root: str) -> list[tuple[str, str]]:
    """The addresses and labels of the links to an actor's years and decades."""
    (nav,) = [text for text in re.findall(r"<nav aria-label.*?</nav>", page, re.DOTALL) if 'aria-label="Years"' in text]
    return re.findall(rf'href="{root}actors/maria-lund/([^/]+)/index.html"[^>]*>([^<]+)<', nav)


def test_an_actor_has_a_page_for_a_decade_of_few_lines_and_pages_for_the_years_of_a_full_one(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\npage_size: 10\nsearch: false\n")
    for year in (1968, *range(1981, 1990), 1987, *range(1990, 2000)):
        opened(site, year)
    opened(site, 1994, "again")
    site.write("seeds/undated.md", "---\ntitle: Some bridge\nactors: [Maria Lund]\n---\nMaria Lund opened it.\n")
    site.built()
    years = [(str(year), str(year)) for year in range(1990, 2000)]
    decades = [("1960-1969", "1960–1969"), ("1980-1989", "1980–1989")]
    assert spans(site.page("actors/maria-lund/index.html"), "../../") == [*decades, *years, ("undated", "undated")]
    page = site.page("actors/maria-lund/1980-1989/index.html")
    assert "Maria Lund</a>, 1980–1989" in page
    assert "9 dated statements in 9 articles." in page
    assert re.findall(r"The bridge in (\d+)</a>", page.partition('id="articles"')[2]) == [*map(str, range(1981, 1990))]
    assert 'datetime="1985-03-01"' in page.partition('id="articles"')[0]
    assert "2 dated statements in 2 articles." in site.page("actors/maria-lund/1994/index.html")
    assert "Some bridge" in site.page("actors/maria-lund/undated/index.html")
    assert site.run("check").code == 0


def test_a_decade_that_fills_up_becomes_years_and_its_address_stays(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\npage_size: 5\nsearch: false\nurl: https://example.org/\n")
    for year in (1970, 1971, *range(1980, 1985)):
        opened(site, year)
    site.built()
    site.write("permalinks.json", '{"/actors/maria-lund/1980-1989/": "page"}\n')
    before = site.page("actors/maria-lund/1970-1979/index.html")
    opened(site, 1987)
    site.built("--verify")
    assert not (site.root / "site/actors/maria-lund/1980-1989/index.html").read_text().count("The bridge")
    assert 'href="../index.html"' in site.page("actors/maria-lund/1980-1989/index.html")
    now = site.page("actors/maria-lund/1970-1979/index.html")
    assert now != before, "it leads to the years now"
    assert spans(now, "../../../")[1:] == [(str(year), str(year)) for year in (*range(1980, 1985), 1987)]
    (site.root / "seeds/1987.md").unlink()
    site.built("--verify")
    assert site.page("actors/maria-lund/1970-1979/index.html") == before


def test_a_page_of_one_of_many_years_names_the_near_ones_and_decades_beyond(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\npage_size: 10\nsearch: false\n")
    for year in range(1946, 2003):
        opened(site, year)
    site.built()
    nav = re.findall(r"<nav aria-label.*?</nav>", site.page("timeline/1974/index.html"), re.DOTALL)
    (years,) = [text for text in nav if "1970" in text]
    labels = ["1946–1949", "1950–1959", *map(str, range(1960, 1980)), "1980–1989", "1990–1999", "2000–2002"]
    assert re.findall(r">([\d–]+)</a>", years) == labels
    assert re.search(r'href="..[^"]*/1950/index.html">1950–1959<', years)
    assert site.run("check").code == 0


def test_a_page_of_one_of_many_decades_names_the_near_ones_and_centuries_beyond(empty_site: Site) -> None:
    site = empty_site
    site.write("site.yaml", "title: A\npage_size: 10\nsearch: false\n")
    for year in range(1555, 2025, 10):
        opened(site, year)
    site.built()
    decades = [f"{year}-{year + 9}" for year in range(1550, 2030, 10)]
    labels = [name.replace("-", "–") for name in decades]
    assert spans(site.page("actors/maria-lund/index.html"), "../../") == [*zip(decades, labels, strict=True)][:47]
    found = spans(site.page("actors/maria-lund/1880-1889/index.html"), "../../../")
    near = [label for label in labels if "1800" <= label < "2000"]
    assert [label for _, label in found] == ["1550–1599", "1600–1699", "1700–1799", *near, "2000–2019"]
    assert found[1][0] == "1600-1609"
    assert site.run("check").code == 0
