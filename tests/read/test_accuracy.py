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


@pytest.mark.parametrize(("form", "body", "dates"), [("text", 0.945, 36), ("html", 0.965, 49)])
def test_floors(form: str, body: float, dates: int) -> None:
    gold = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
    precision, recall, right = [], [], 0
    for path in sorted((PAGES / form).iterdir()):
        article = read_article(path.read_bytes(), path.name).article
        want = gold[path.stem]
        have, wanted = shingles(article.body.text if article else ""), shingles(want["body"])
        both = (have & wanted).total()
        precision.append(both / have.total())
        recall.append(both / wanted.total())
        right += bool(article and article.published and str(article.published.value) == want["published"])
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    assert 2 * p * r / (p + r) >= body
    assert right >= dates
