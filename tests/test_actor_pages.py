"""The pages of actors: what they are called and why, as what and when, and in which words."""

from __future__ import annotations

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
