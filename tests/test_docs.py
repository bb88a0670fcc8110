"""The documentation says what the program does: every setting, field, dependency, command and layer."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archivegen import authority, edtf, frontmatter
from archivegen.cli import COMMANDS
from archivegen.config import Config
from archivegen.errors import PublishError
from archivegen.publish import PUBLISHERS, plan

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ROW = re.compile(r"^\| `([^`]+)`[^|]*\|(.*)\|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rows(path: Path) -> dict[str, list[str]]:
    """The rows of a document's tables by the code in their first cell."""
    return {name: [cell.strip() for cell in rest.split(" |")] for name, rest in ROW.findall(read(path))}


def settings(kind: type[Any] = Config, at: str = "") -> Iterator[tuple[str, str, str]]:
    """Every key of site.yaml with its default as written there and its meaning."""
    for field in dataclasses.fields(kind):
        if not field.metadata:
            continue
        nested = dataclasses.is_dataclass(field.default) or field.default in ("", ())
        value = True if isinstance(field.default, tuple) else field.default  # all that can be listed
        default = "" if nested else f"`{str(value).lower()}`"
        yield at + field.name, default, field.metadata["doc"]
        if dataclasses.is_dataclass(field.default):
            yield from settings(type(field.default), f"{at}{field.name}.")


def test_configuration_has_every_key_with_its_default_and_meaning() -> None:
    expected = {name: [default, doc] for name, default, doc in settings()}
    assert rows(DOCS / "configuration.md") == expected


def test_front_matter_has_every_field_and_status() -> None:
    text = read(DOCS / "front-matter.md")
    documented = {name for name in rows(DOCS / "front-matter.md") if name.replace("_", "").isalpha()}
    assert documented == frontmatter.FIELDS
    for name in (*frontmatter.SAME, *frontmatter.STATUSES):
        assert f"`{name}`" in text


def test_the_forms_of_dates_in_the_documentation_can_be_read() -> None:
    forms = [name for name in rows(DOCS / "front-matter.md") if any(char.isdigit() for char in name)]
    assert len(forms) >= 10
    assert all(edtf.try_parse(form) for form in forms)


def test_actors_yaml_has_every_key_and_kind() -> None:
    text = read(DOCS / "actors.md")
    assert set(rows(DOCS / "actors.md")) == set(authority.KEYS)
    assert all(f"`{kind}`" in text for kind in authority.KINDS)


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    extras = project["project"]["optional-dependencies"].values()
    declared = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(d for e in extras for d in e),
    ]
    names = {re.split(r"[\s<>=~!;\[]", one, maxsplit=1)[0] for one in declared}
    assert set(rows(DOCS / "dependencies.md")) == names


def test_readme_has_every_command() -> None:
    shown = {command.split()[1] for command in rows(ROOT / "README.md") if command.startswith("archivegen ")}
    assert shown == set(COMMANDS)


@pytest.mark.parametrize("scheme", PUBLISHERS)
def test_publishing_has_every_scheme_and_option(scheme: str) -> None:
    text = read(DOCS / "publishing.md")
    assert f"{scheme}:" in text
    assert PUBLISHERS[scheme].options <= set(rows(DOCS / "publishing.md"))


def test_the_examples_of_targets_are_understood(tmp_path: Path) -> None:
    for publisher in PUBLISHERS.values():
        with pytest.raises(PublishError) as caught:
            plan(tmp_path / "site", publisher.example, {"no-such-option": ""}, tmp_path)
        assert "unknown option" in caught.value.message


def test_architecture_has_every_module_in_its_layer() -> None:
    spec = importlib.util.spec_from_file_location("layers", ROOT / "tests" / "test_architecture.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table = re.findall(r"^\| (\d+) \|([^|]+)\|", read(DOCS / "architecture.md"), re.MULTILINE)
    documented = {name: int(layer) for layer, cell in table for name in re.findall(r"`(\w+)`", cell)}
    expected = {name: rank for name, rank in module.RANK.items() if not name.startswith("__")}
    assert documented == expected


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(read(path)):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_readme_links_to_every_document() -> None:
    text = read(ROOT / "README.md")
    reachable = text + "".join(read(path) for path in DOCS.glob("*.md") if f"docs/{path.name}" in text)
    for path in DOCS.glob("*.md"):
        assert f"{path.name})" in reachable, f"no link leads to docs/{path.name}"
