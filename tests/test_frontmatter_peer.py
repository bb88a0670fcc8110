"""Our reader of front matter against python-frontmatter: what people wrote for the one reads the same in the other."""

from __future__ import annotations

import frontmatter as peer
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler

from archivegen import frontmatter, records


class Strings(YAMLHandler):
    """The other's reader with strings that stay strings, as ours do."""

    def load(self, fm: str, **_: object) -> object:
        return yaml.load(fm, Loader=yaml.BaseLoader)


CASES = {
    "plain": "---\ntitle: Talks in Moscow\nsource: Oxus Daily\n---\n\nThe text.\n\nMore.\n",
    "none": "The text, and nothing else.\n",
    "list": "---\nactors:\n  - Sergey Lavrov\n  - Hamid Karzai\n---\nThe text.\n",
    "quoted": "---\ntitle: 'Talks: \"yes\"'\n---\nThe text.\n",
    "folded": "---\ntitle: >-\n  Talks\n  in Moscow\n---\nThe text.\n",
    "unicode": "---\ntitle: Переговоры\n---\nТекст.\n",
    "windows": "---\r\ntitle: Talks\r\n---\r\nThe text.\r\n",
    "rule in the text": "---\ntitle: Talks\n---\nThe text.\n\n---\n\nMore.\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_both_read_the_same(text: str) -> None:
    ours = frontmatter.read(text, "a.md")
    theirs = peer.loads(text, handler=Strings())
    assert {**ours.texts, **{name: list(value) for name, value in ours.lists.items()}} == theirs.metadata
    assert ours.body.replace("\r\n", "\n").strip() == theirs.content.replace("\r\n", "\n").strip()


def test_what_ours_writes_the_other_reads() -> None:
    text = records.write_record({"title": "Talks: a NO", "published": "2018-08", "actors": ["A", "B"]}, "The text.")
    theirs = peer.loads(text, handler=Strings())
    assert theirs.metadata == {"title": "Talks: a NO", "published": "2018-08", "actors": ["A", "B"]}
    assert theirs.content == "The text."
