"""Floors, a little under what reading reaches on the shared pages; they may rise, and fall only with a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from archivegen.read import read_article

PAGES = Path(__file__).parents[3] / "shared" / "eval" / "pages"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the shared pages are not beside the project")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def same_title(have: str, want: str | None) -> bool:
    """As the data's own scorer has it: the same words, or the one in the other."""
    x, y = (" ".join(re.findall(r"\w+", title or "")).lower() for title in (want, have))
    inside = (len(y) > 20 and y in x) or (len(x) > 20 and x in y and len(y) < len(x) + 30)
    return bool(x and y) and (x == y or inside)


@pytest.mark.parametrize(("form", "body", "titles", "dates"), [("text", 0.951, 80, 36), ("html", 0.967, 86, 49)])
def test_floors(form: str, body: float, titles: int, dates: int) -> None:
    gold = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
    precision, recall, right, named = [], [], 0, 0
    for path in sorted((PAGES / form).iterdir()):
        article = read_article(path.read_bytes(), path.name).article
        want = gold[path.stem]
        named += bool(article and same_title(article.title.value, want["title"]))
        have, wanted = shingles(article.body.text if article else ""), shingles(want["body"])
        both = (have & wanted).total()
        precision.append(both / have.total())
        recall.append(both / wanted.total())
        right += bool(article and article.published and str(article.published.value) == want["published"])
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    assert 2 * p * r / (p + r) >= body
    assert right >= dates
    assert named >= titles
