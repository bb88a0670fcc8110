"""The commands as typed: what they print, where, with which exit code; and what a misspelt word is told."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archivegen import __version__
from archivegen.cli import COMMANDS

if TYPE_CHECKING:
    from conftest import Site

Program = Callable[..., Any]
PROJECT = Path(__file__).parents[1]


def test_without_a_command_it_helps(program: Program) -> None:
    ran = program()
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)


def test_its_version(program: Program) -> None:
    assert program("--version").out == f"archivegen {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_its_options(program: Program, name: str) -> None:
    ran = program(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: archivegen {name}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["biuld"], "there is no command 'biuld'; did you mean: archivegen build"),
        (["publsh"], "did you mean: archivegen publish"),
        (["xyzzy"], "commands: init, build"),
        (["build", "--stict"], "there is no option --stict; did you mean --strict?"),
        (["serve", "--prot", "80"], "did you mean --port?"),
        (["check", "--foo"], "'--foo' is not known here\n  what it takes: archivegen check --help"),
        (["check", "--prot"], "'--prot' is not known here"),
        (["build", "seeds"], "'seeds' is not known here"),
        (["build", "--jobs", "many"], "takes a whole number, not 'many'"),
        (["serve", "--port", "70000"], "takes a number from 1 to 65535"),
        (["export", "--format", "xml", "--output", "x"], "json"),
        (["curate"], "SEED"),
        (["inspect"], "which file?"),
    ],
    ids=" ".join,
)
def test_wrong_words_are_told_of_and_end_with_2(program: Program, words: list[str], told: str) -> None:
    ran = program(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_init_makes_an_archive_that_builds_and_checks(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "my archive"
    assert program("init", str(folder)).code == 0
    assert program("build", "--site", str(folder), "--strict").code == 0
    assert program("check", "--site", str(folder)).code == 0


def test_init_overwrites_nothing(program: Program, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    for target in (tmp_path, tmp_path / "thesis.doc"):
        ran = program("init", str(target))
        assert ran.code == 2
        assert "choose another name" in ran.err
    assert (tmp_path / "thesis.doc").read_text() == "years of work"
    assert len(list(tmp_path.iterdir())) == 1


def test_build_tells_what_it_did_and_quiet_tells_nothing(site: Site) -> None:
    ran = site.run("build")
    assert ran.out.startswith("1 article, ")
    assert f"Open {site.root / 'site' / 'index.html'}" in ran.out
    assert ran.err == ""
    quiet = site.run("build", "--quiet", "--clean")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_strict_makes_warnings_count(site: Site) -> None:
    site.write("seeds/b.md", "---\ntitle: B\npublished: 2018-02-30\n---\n\nText.\n")
    assert site.run("build").code == 0
    ran = site.run("build", "--strict")
    assert ran.code == 1
    assert "seeds/b.md:3: warning: `published`" in ran.err


def test_a_bad_article_is_told_of_in_every_build_until_it_is_mended(site: Site) -> None:
    bad = site.write("seeds/b.md", "---\ntitle: B\n\nText.\n")
    for _ in range(2):
        ran = site.run("build")
        assert ran.code == 1
        assert "seeds/b.md:1: error: front matter begins here and never closes" in ran.err
        assert "1 left out" in ran.out
    bad.write_text("---\ntitle: B\n---\n\nText.\n")
    assert site.run("build").code == 0


def test_many_faults_are_counted_not_all_listed(site: Site) -> None:
    for number in range(30):
        site.write(f"seeds/{number}.txt", b"")
    ran = site.run("build")
    assert ran.err.count("is empty") == 20
    assert "… and 10 more errors" in ran.err
    assert "30 left out" in ran.out


def test_inspect_json_gives_one_object_a_file(site: Site, program: Program) -> None:
    seed = str(site.root / "seeds" / "talks.txt")
    ran = program("inspect", "--json", seed, seed)
    first, second = map(json.loads, ran.out.splitlines())
    assert first == second
    assert (first["title"], first["published"], first["published_basis"]) == (
        "Talks in Moscow delayed again", "2018-08-21", "stated",
    )  # fmt: skip
    for mention in (*first["dates"], *first["actors"]):
        assert first["text"][mention["start"] : mention["end"]].strip()
    assert {"line", "text", "why"} == set(first["removed"][0])


def test_inspect_without_json_is_for_reading(site: Site, program: Program) -> None:
    out = program("inspect", str(site.root / "seeds" / "talks.txt")).out
    for words in (
        "headline   Talks in Moscow delayed again",
        "21 August 2018",
        "stated",
        "Removed: ",
        "Dated statements: ",
    ):
        assert words in out


def test_inspect_of_what_cannot_be_read_goes_on_with_the_rest(site: Site, program: Program) -> None:
    seed = str(site.root / "seeds" / "talks.txt")
    ran = program("inspect", "--json", "nowhere.txt", seed)
    assert ran.code == 1
    assert "nowhere.txt: error: cannot be read" in ran.err
    assert json.loads(ran.out)["path"] == seed


def test_inspect_jsonl_answers_line_by_line(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "  On Monday, Sergey Lavrov spoke.\n\nIt was 4 September 2018. \u202eé\x07"
    lines = [json.dumps({"id": 7, "published": "2018-08-22", "text": text}), "", json.dumps({"text": ""})]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    ran = program("inspect", "--jsonl")
    first, second = map(json.loads, ran.out.splitlines())
    assert (first["id"], first["text"], first["published"]) == (7, text, "2018-08-22")
    assert {text[d["start"] : d["end"]]: d["value"] for d in first["dates"]}["Monday"] == "2018-08-20"
    assert (second["id"], second["dates"], second["published"]) == (None, [], None)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": 1}', '{"published": "2018"}', '{"text": "", "published": "soon"}']
)
def test_inspect_jsonl_names_a_bad_line(program: Program, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f'{{"text": ""}}\n{line}\n'.encode())))
    ran = program("inspect", "--jsonl")
    assert ran.code == 2
    assert "standard input, line 2: " in ran.err


@pytest.mark.parametrize(
    "target",
    [
        "seeds/talks.txt", "seeds/new.json", "records/x.json", "actors.yaml", "site.yaml", "site/index.html",
        "templates/base.html", "static/new.css", ".archivegen/archive.db",
    ],
)  # fmt: skip
def test_export_overwrites_nothing_that_is_kept(site: Site, target: str) -> None:
    site.write("actors.yaml", "ignore: [Home]\n")
    site.built()
    file = site.root / target
    before = file.read_bytes() if file.exists() else None
    ran = site.run("export", "--output", str(file))
    assert (ran.code, "which an export must not overwrite" in ran.err) == (2, True)
    assert (file.read_bytes() if file.exists() else None) == before


def test_export_without_a_name_writes_export_json_here(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root)
    ran = site.run("export")
    assert (ran.code, "Wrote export.json" in ran.err) == (0, True)
    assert json.loads((site.root / "export.json").read_text(encoding="utf-8"))["articles"]


@pytest.mark.parametrize("status", ["withdrwn", "Withdraw", "[withdrawn]", "gone"])
def test_an_article_whose_status_cannot_be_understood_is_not_published(site: Site, status: str) -> None:
    site.write("records/talks.md", f"---\ntitle: Talks in Moscow\nstatus: {status}\n---\nSecret words.\n")
    ran = site.run("build")
    assert (ran.code, "records/talks.md:3: error: `status` is" in ran.err) == (1, True)
    assert "one of: corrected, withdrawn, redacted" in ran.err
    assert not any(b"Secret words" in data or b"Talks in Moscow" in data for data in site.files().values())


def test_export_writes_to_standard_output(site: Site) -> None:
    ran = site.run("export", "--output", "-")
    assert (ran.code, bool(json.loads(ran.out)["articles"])) == (0, True)
    assert not Path("-").exists()


def test_export_that_cannot_be_written_says_so(site: Site) -> None:
    site.write("seeds.txt", "a file")
    ran = site.run("export", "--output", str(site.root / "seeds.txt" / "out.json"))
    assert (ran.code, "cannot be written: " in ran.err) == (1, True)


def test_publish_says_what_is_missing(site: Site) -> None:
    ran = site.run("publish")
    assert (ran.code, "names no place to publish to" in ran.err) == (2, True)
    site.write("site.yaml", "title: Talks\npublish: {web: ../public, other: ../other}\n")
    assert "which one? site.yaml has: web, other" in site.run("publish").err
    assert "has no target 'wbe'" in site.run("publish", "wbe").err
    assert "there is no site in" in site.run("publish", "web").err


def test_publish_shows_first_what_it_would_do(site: Site) -> None:
    site.write("site.yaml", "title: Talks\npublish: {web: ../public}\n")
    site.built()
    ran = site.run("publish", "--dry-run")
    assert ran.code == 0
    assert "Nothing was done" in ran.out
    assert not (site.root.parent / "public").exists()
    assert site.run("publish").code == 0
    assert (site.root.parent / "public" / "index.html").is_file()


def test_a_dry_run_names_every_file(site: Site) -> None:
    site.write("site.yaml", "title: Talks\npublish: {web: ../public}\n")
    files = [path for path in site.built() if not path.startswith(".archivegen")]
    told = site.run("publish", "--dry-run").out
    assert len(files) > 20
    assert all(f"  add    {path}\n" in told for path in files)


def test_a_site_older_than_its_articles_is_not_published(site: Site) -> None:
    site.write("site.yaml", "title: Talks\npublish: {web: ../public}\n")
    site.built()
    site.write("records/talks.md", "---\ntitle: Talks\nstatus: withdrawn\n---\nText.\n")
    ran = site.run("publish")
    assert (ran.code, "older than its articles or settings" in ran.err) == (2, True)
    assert "build first: archivegen build" in ran.err
    assert not (site.root.parent / "public").exists()
    site.built()
    assert site.run("publish").code == 0


def test_the_first_steps_of_the_readme_work_to_the_letter(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = (PROJECT / "README.md").read_text(encoding="utf-8").partition("## Your own archive")[2].partition("\n|")[0]
    shown = [line[4:] for line in part.splitlines() if line.startswith("    ")]
    commands = [line.split()[1:] for line in shown if line.startswith("archivegen ") and "serve" not in line]
    settings = "\n".join(line for line in shown if not line.startswith(("archivegen ", "cd ")))
    monkeypatch.chdir(tmp_path)
    assert program(*commands[0]).code == 0
    monkeypatch.chdir(tmp_path / commands[0][1])
    with Path("site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}\n")
    for command in commands[1:]:
        assert program(*command).code == 0, command
    assert [command[0] for command in commands] == ["init", "build", "check", "publish"]
    assert (tmp_path / "public" / "index.html").is_file()


def test_a_reader_of_the_output_that_goes_away_is_no_fault(site: Site) -> None:
    seeds = [str(site.root / "seeds" / "talks.txt")] * 300
    command = [sys.executable, "-m", "archivegen", "inspect", "--json", *seeds]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(30)


def test_no_progress_bar_in_a_pipe(site: Site) -> None:
    command = [sys.executable, "-m", "archivegen", "build", "--site", str(site.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\r" not in done.stdout + done.stderr
    assert "█" not in done.stdout + done.stderr


def test_the_site_of_another_archive_is_neither_published_over_nor_built_over(
    site: Site, sample: Site, tmp_path: Path
) -> None:
    other = type(site)(tmp_path / "other", site.program)
    other.write("seeds/a.md", "---\ntitle: Elsewhere\npublished: 2018-03-01\n---\nIt rained.\n")
    for one in (sample, other):
        one.write("site.yaml", "title: One\nsearch: false\noutput: ../pages\npublish: {web: ../public}\n")
    assert sample.run("build").code == 0
    assert sample.run("publish").code == 0
    ran = other.run("build")
    assert (ran.code, "pages seems to hold the site of another archive" in ran.err) == (1, True)
    other.write("site.yaml", "title: One\nsearch: false\npublish: {web: ../public}\n")
    assert other.run("build").code == 0
    ran = other.run("publish")
    assert (ran.code, "seems to have the site of another archive" in ran.err) == (1, True)
    public = tmp_path / "public"
    assert not (public / "articles/elsewhere").exists()
    assert other.run("publish", "--replace").code == 0
    assert [path.name for path in (public / "articles").iterdir()] == ["elsewhere"]
