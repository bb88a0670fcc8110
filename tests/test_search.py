"""The search index of a site: what is in it, that it follows every change, and that one edit makes one part again."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archivegen.store import SearchPart
from archivegen.store import search as store_search
from archivegen.store.search import SIZES, _cut

if TYPE_CHECKING:
    from conftest import Site

INDEX = "search/pagefind/"


def article(title: str, published: str = "2018-08-21", text: str = "The ceasefire held.", more: str = "") -> str:
    return f"---\ntitle: {title}\npublished: {published}\nsource: The Wire\n{more}---\n\n{text}\n"


def shown(site: Site) -> list[dict[str, Any]]:
    """What is shown of all that can be found."""
    files = (site.root / "site" / INDEX).rglob("*.pf_fragment")
    packed = (gzip.decompress(file.read_bytes()).split(b"pagefind_dcd")[1:] for file in files)
    return [json.loads(record) for records in packed for record in records]


def records(site: Site) -> dict[str, dict[str, Any]]:
    """What can be found, by address."""
    return {record["url"]: record for record in shown(site)}


def index(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.startswith(INDEX)}


def parts(files: dict[str, bytes]) -> set[str]:
    return {path.split("/")[2] for path in files if path.endswith("languages.json")}


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "SIZES", (4,))


@pytest.fixture
def many(site: Site) -> Site:
    """An archive of six years, two articles in each, that must be cut."""
    for year in range(2010, 2016):
        for month in (3, 9):
            site.write(f"seeds/{year}-{month}.md", article(f"Talks {year} {month}", f"{year}-{month:02}-01"))
    return site


def test_articles_actors_and_days_are_found(sample: Site) -> None:
    sample.built()
    found = records(sample)
    moscow = found["articles/what-moscow-wants-in-afghanistan/index.html"]
    assert moscow["meta"] == {
        "title": "What Moscow wants in Afghanistan",
        "kind": "article",
        "outlet": "Northern Review",
        "date": "5 November 2018",
        "day": "2018-11-05",
    }
    assert moscow["filters"]["year"] == ["2018"] and moscow["filters"]["outlet"] == ["northern-review"]
    assert "Taliban" in moscow["filters"]["actor"]
    assert found["actors/sergey-lavrov/index.html"]["filters"]["kind"] == ["person"]
    assert found["dates/2018/09/04/index.html"]["meta"]["title"] == "4 September 2018"
    site = sample.root / "site"
    assert all((site / address).is_file() for address in found), "what is found is there"
    assert all(f"{path.relative_to(site).as_posix()}/index.html" in found for path in site.glob("articles/*"))


def test_every_language_has_an_index_and_a_program(site: Site) -> None:
    site.write("seeds/a.md", article("One", more="language: en-GB\n"))
    site.write("seeds/b.md", article("Zwei", text="Die Verhandlungen dauerten.", more="language: de\n"))
    site.write("seeds/c.md", article("سه", more="language: fa\n"))
    site.write("seeds/d.md", article("Four", more="language: '../../x'\n"))
    files = index(site.built())
    assert json.loads(files[f"{INDEX}all/languages.json"]) == {"de": "de", "en": "en", "fa": "unknown"}
    assert {f"{INDEX}wasm.{name}.pagefind" for name in ("de", "en", "unknown")} <= set(files)
    for language in ("de", "en", "fa"):
        entry = json.loads(files[f"{INDEX}all/{language}/pagefind-entry.json"])
        assert list(entry["languages"]) == [language], "a reader's browser takes the one that there is"


def test_off_there_is_nothing_of_it(site: Site) -> None:
    site.write("seeds/a.md", article("One"))
    assert index(site.built())
    site.write("site.yaml", (site.root / "site.yaml").read_text(encoding="utf-8") + "\nsearch: false\n")
    files = site.built()
    assert not [path for path in files if path.startswith("search/")]
    assert b"search/index.html" not in files["index.html"]


def test_an_empty_archive_has_a_page_that_finds_nothing(site: Site) -> None:
    for seed in (site.root / "seeds").iterdir():
        seed.unlink()
    files = site.built()
    assert "search/index.html" in files and not parts(files)


def test_what_is_removed_or_withdrawn_is_not_found(site: Site) -> None:
    before = index(site.built())
    site.write("seeds/b.md", article("Removed", text="An okapi spoke on 1998-08-20."))
    site.write("seeds/c.md", article("Withdrawn", text="A quagga spoke on 1998-08-19."))
    site.built()
    assert {"articles/removed/index.html", "dates/1998/08/20/index.html"} <= set(records(site))
    (site.root / "seeds" / "b.md").unlink()
    site.write("seeds/c.md", article("Withdrawn", more="status: withdrawn\nnotice: Not so.\n"))
    files = index(site.built())
    assert files == before, "no trace of either is left"
    unpacked = [gzip.decompress(data) for path, data in files.items() if ".pf_" in path]
    assert not [data for data in unpacked if b"okapi" in data or b"quagga" in data]


def test_redacted_words_are_not_in_the_index(site: Site) -> None:
    site.write("seeds/a.md", article("One", text="Ivan Petrovsky met the envoy.", more="redact: [Ivan Petrovsky]\n"))
    files = index(site.built())
    assert not [path for path, data in files.items() if ".pf_" in path and b"etrovsky" in gzip.decompress(data)]


def test_words_to_be_redacted_are_looked_for_in_the_index(tmp_path: Path) -> None:
    from archivegen.errors import OutputError  # noqa: PLC0415
    from archivegen.leaks import find_leaks, refuse_leaks  # noqa: PLC0415

    file = tmp_path / "en_1.pf_fragment"
    file.write_bytes(gzip.compress(b'pagefind_dcd{"content":"Ivan Petrovsky met"}'))
    assert find_leaks([], [("a.md", "Ivan Petrovsky")]) == []
    with pytest.raises(OutputError):
        refuse_leaks([("search/pagefind/all/en/fragment/en_1.pf_fragment", file)], [("a.md", "Ivan Petrovsky")])


@pytest.mark.usefixtures("small_parts")
def test_one_edit_makes_one_part_again(many: Site) -> None:
    before = many.built()
    assert len(parts(before)) > 3
    many.write("seeds/2012-9.md", article("Talks 2012 9", "2012-09-01", text="The envoy left the town."))
    after = many.built()
    changed = {path.split("/")[2] for path in {**index(before), **index(after)} if before.get(path) != after.get(path)}
    assert len(changed) == 1
    again = type(many)(many.root.parent / "again", many.program)
    shutil.copytree(many.root, again.root, ignore=shutil.ignore_patterns("site", ".archivegen", ".site-new"))
    assert index(again.built()) == index(after), "as a site built from nothing has it"
    assert len(records(many)) == len(records(again))


@pytest.mark.usefixtures("small_parts")
def test_every_record_is_in_exactly_one_part(many: Site) -> None:
    many.write("seeds/undated.md", "---\ntitle: No day\n---\n\nThe town slept.\n")
    many.write("seeds/vague.md", article("Vague", "2013"))
    many.built()
    fragments = [record["url"] for record in shown(many)]
    assert len(fragments) == len(set(fragments))
    assert {f"articles/{name}/index.html" for name in ("no-day", "vague", "talks-2010-3", "talks-2015-9")} <= set(
        fragments
    )


def test_parts_are_cut_at_years_then_months_then_by_the_piece() -> None:
    months = {"": 1, "1999-03": 2, "2000-01": 2, "2001-01": 4, "2001-02": 4, "2001-03": 11, "2002-05": 5}
    assert list(_cut(months, 5)) == [
        SearchPart("undated", "", "2001-01"),
        SearchPart("2001-01", "2001-01", "2001-02"),
        SearchPart("2001-02", "2001-02", "2001-03"),
        SearchPart("2001-03.1", "2001-03", "2002", 0, 5),
        SearchPart("2001-03.2", "2001-03", "2002", 5, 5),
        SearchPart("2001-03.3", "2001-03", "2002", 10, 5),
        SearchPart("2002", "2002", "~"),
    ]
    assert tuple(sorted(SIZES)) == SIZES
