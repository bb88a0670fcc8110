"""What `archivegen init` copies: it must load as it is, and with its commented lines taken into use."""

from __future__ import annotations

import re
from pathlib import Path

from archivegen.authority import load_authority
from archivegen.config import load_config

STARTER = Path(__file__).parents[1] / "src" / "archivegen" / "starter"


def uncomment(text: str) -> str:
    """Take the # off lines that look like YAML."""
    return re.sub(r"^# ?(?=(?:  +)?(?:- )?[a-z_]+:|  +- |$)", "", text, flags=re.MULTILINE)


def test_the_starter_loads_as_it_is() -> None:
    config = load_config(STARTER)
    assert config.title
    assert list(config.seeds.glob("*.txt"))
    assert load_authority(config.actors).actors == ()


def test_its_commented_lines_can_be_taken_into_use(tmp_path: Path) -> None:
    for name in ("site.yaml", "actors.yaml"):
        (tmp_path / name).write_text(uncomment((STARTER / name).read_text(encoding="utf-8")), encoding="utf-8")
    assert [target.name for target in load_config(tmp_path).publish] == ["web", "pages"]
    authority = load_authority(tmp_path / "actors.yaml")
    assert authority.names["M. Lindqvist"].other == ("Martin Lindqvist",)
    assert authority.ignore == {"Read More"}
