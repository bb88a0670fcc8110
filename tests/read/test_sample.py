"""The project's own sample archive and starter: every seed is read rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.read import read_article

ROOT = Path(__file__).parents[2]
# title, source, byline, published, captured, first and last words of the body
WANT = {
    "ambassador-rebuked.txt": (
        "Moscow scolds Afghan envoy over Islamic State remark", "Oxus Daily", "Tom Ferris", "2018-08-22", None,
        "Russia has rebuked", "on Wednesday."),
    "ghani-offers-truce.html": (
        "Ghani offers Taliban a truce of three months", "Oxus Daily", "Laila Rahimi", "2018-08-20", None,
        "President Ashraf Ghani", "government in Kabul."),
    "ghani-pact-offer.txt": (
        "Taliban cool to Ghani's offer of a pact", None, None, None, None, "The Taliban gave", "has been named."),
    "kabul-stays-away.txt": (
        "Kabul Stays Away From Moscow Talks, Taliban Say Yes", "The Moscow Ledger", None, None, None,
        "Afghanistan will take", "quiet line to it."),
    "karzai-prepares-for-moscow.txt": (
        "Karzai among Afghan leaders preparing for Moscow meeting", None, None, "2018-11-03", None,
        "Some of Afghanistan's", "United States aside."),
    "lavrov-expects-taliban.txt": (
        "Taliban envoys expected in Moscow, Lavrov says", None, None, None, "2024-06-08",
        "Envoys of the Taliban", "did not say."),
    "russia-sets-talks-date.txt": (
        "Russia sets Afghan talks with Taliban for 4 September", None, None, "2018-08-21", None,
        "Russia will receive", "pity, it said."),
    "what-moscow-wants.md": (
        "What Moscow wants in Afghanistan", "Northern Review", "Irina Sokolova", "2018-11-05", None,
        "The guest list", "comes first."),
    "harbour-festival.txt": (
        "Harbour festival moves to June after council vote", "Harwell Bay Gazette", "Ellen Okafor", "2019-03-14", None,
        "The harbour festival", "from Monday."),
}  # fmt: skip
SEEDS = [*sorted((ROOT / "seeds").iterdir()), *sorted((ROOT / "src/archivegen/starter/seeds").glob("*.txt"))]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_seed(seed: Path) -> None:
    reading = read_article(seed.read_bytes(), f"seeds/{seed.name}")
    article = reading.article
    assert article and not reading.diagnostics
    fields = (article.title, article.source, article.byline, article.published, article.captured)
    *want, first, last = WANT[seed.name]
    assert [str(known.value) if known else None for known in fields] == want
    assert article.body.text.startswith(str(first)) and article.body.text.endswith(str(last))
    assert "Advertisement" not in article.body.text and article.language and article.language.value == "en"
