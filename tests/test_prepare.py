"""Preparing several sources gives each what it gives alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivegen.authority import load_authority
from archivegen.config import load_config
from archivegen.model import Prepared
from archivegen.prepare import NOTHING, Settings, Work, prepare, prepare_several, settings_for
from archivegen.sources import Source

RAW = "Norvik Air buys nine planes\n\n21 August 2018\n\nNorvik Air signed a contract on Monday, Anna Berg said.\n"
FILES = {
    "a.txt": RAW,
    "empty.txt": "",
    "b.md": "---\ntitle: A vote\npublished: 2018-08\nactors: [Anna Berg]\n---\nShe left “on Friday”.\n",
    "gone.md": "---\ntitle: Withdrawn\nstatus: withdrawn\nslug: gone\n---\nNobody sees this.\n",
    "cut.md": "---\ntitle: Redacted\nredact: [Berg]\n---\nAnna Berg spoke on 3 May 2018.\n",
    "bad.md": "---\ntitle: [\n---\nText\n",
}


def settings(root: Path, detect: str) -> Settings:
    (root / "site.yaml").write_text(f"title: T\nurl: https://example.org/\n{detect}\n", encoding="utf-8")
    config = load_config(root)
    return settings_for(config, load_authority(config.actors))


@pytest.mark.parametrize("detect", ["", "detect: {actors: false}", "detect: {actors: false, dates: false}"])
def test_sources_are_prepared_together_as_each_alone(tmp_path: Path, detect: str) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    works: list[Work] = [Source(name, "", str(tmp_path / name), "stamp") for name in (*FILES, "missing.txt")]
    works.insert(2, Prepared("container.jsonl", "", "", "key", (), None, NOTHING, (), None))
    wanted = settings(tmp_path, detect)
    several = prepare_several(wanted, works)
    assert several == [prepare(wanted, work) for work in works]
    assert [item.path for item in several if item.article] == ["a.txt", "b.md", "cut.md"]
    assert [item.path for item in several if item.tombstone] == ["gone.md"]
    assert bool(several[0].statements) == ("dates: false" not in detect)
