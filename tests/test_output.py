"""The site's folder: nothing moves in before all is there, nothing goes but its own, and no path leads out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from archivegen.errors import OutputError
from archivegen.manifest import MANIFEST, count_intact
from archivegen.output import Output, Written, open_output, stage


def ledger_of(folder: Path) -> Path:
    return Path(f"{folder.parent}.db")


def write(folder: Path, files: dict[str, bytes], *, clean: bool = False) -> Written:
    with open_output(folder, ledger_of(folder), clean=clean) as output:
        assert list(output.due([("any", "")], frame="")) == ["any"]
        for path, data in files.items():
            add(output, path, data)
        output.settle()
        return output.commit()


def add(output: Output, path: str, data: bytes) -> None:
    output.take([("any", [stage(output.staging, path, data)])])


def held(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != MANIFEST
    }


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert write(site, {"a.html": b"a", "b/c.html": b"c"}) == Written(2, 0, 0)
    assert write(site, {"a.html": b"a", "b/c.html": b"d"}) == Written(1, 1, 0)
    assert write(site, {"a.html": b"a"}) == Written(0, 1, 1)
    assert held(site) == {"a.html": b"a"}
    assert not (site / "b").exists()
    assert write(site, {"a.html": b"a"}, clean=True) == Written(1, 0, 0)


def test_a_lost_ledger_is_made_again_though_no_file_moves_in(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a.html": b"a"})
    ledger_of(site).unlink()
    for due in (["any"], []):
        with open_output(site, ledger_of(site)) as output:
            assert list(output.due([("any", "sign")], frame="")) == due
            if due:
                add(output, "a.html", b"a")
            output.settle()
            assert output.commit() == Written(0, 1, 0)


def test_a_failure_before_the_end_changes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a.html": b"a"})
    with pytest.raises(RuntimeError), open_output(site, ledger_of(site)) as output:
        list(output.due([("any", "")], frame=""))
        add(output, "a.html", b"new")
        raise RuntimeError
    assert held(site) == {"a.html": b"a"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "a\nb", "a\0b", "\ud800", MANIFEST])
def test_no_path_leads_out_or_breaks_the_list(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="is not a path inside the site"):
        write(tmp_path / "site", {path: b""})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pair", [("a.html", "A.html"), ("é.html", "e\u0301.html"), ("straße", "STRASSE")])
def test_two_paths_that_are_one_file_on_other_systems_collide(tmp_path: Path, pair: tuple[str, str]) -> None:
    with pytest.raises(OutputError, match="two pages want the same file"):
        write(tmp_path / "site", dict.fromkeys(pair, b""))


def test_a_file_that_others_made_is_not_overwritten(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a.html": b"a"})
    (site / "CNAME").write_bytes(b"example.org")
    with pytest.raises(OutputError, match="archivegen did not make it"):
        write(site, {"a.html": b"a", "CNAME": b"other"})
    assert (site / "CNAME").read_bytes() == b"example.org"


def test_a_page_becomes_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a": b"1"})
    write(site, {"a/b": b"2"})
    assert held(site) == {"a/b": b"2"}
    assert count_intact(site) == 1
    write(site, {"a/b": b"2", "c/d/e": b"3"})
    write(site, {"a": b"1", "c": b"4"})
    assert held(site) == {"a": b"1", "c": b"4"}
    assert count_intact(site) == 2


def test_a_folder_with_a_file_of_others_does_not_become_a_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a/b": b"2"})
    (site / "a/notes.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"a/notes\.txt is in the way"):
        write(site, {"a": b"1"})
    assert held(site) == {"a/b": b"2", "a/notes.txt": b"mine"}


@pytest.mark.parametrize("before", [{}, {"a/b.css": b"1"}, {"a/b.css/c/index.html": b"2"}, {"other": b""}])
def test_a_file_and_a_page_in_a_folder_of_its_name_collide(tmp_path: Path, before: dict[str, bytes]) -> None:
    site = tmp_path / "site"
    if before:
        write(site, before)
    for files in ({"a/b.css": b"1", "a/b.css/c/index.html": b"2"}, {"a/b.css/c/index.html": b"2", "a/b.css": b"1"}):
        with pytest.raises(OutputError, match=r"two pages want the same file: a/b\.css.* and a/b\.css"):
            write(site, files)
        assert held(site) == before


def test_two_jobs_that_make_a_file_of_the_site_collide(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a.css": b"1"})
    with open_output(site, ledger_of(site)) as output:
        assert list(output.due([("any", ""), ("other", "")], frame="")) == ["any", "other"]
        add(output, "a.css", b"1")
        output.take([("other", [stage(output.staging, "a.css", b"1")])])
        with pytest.raises(OutputError, match=r"two pages want the same file: a\.css and a\.css"):
            output.settle()


def test_a_site_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    other = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path  # another disk than that of /tmp, mostly
    with tempfile.TemporaryDirectory(dir=other) as folder:
        site = tmp_path / "site"
        site.symlink_to(folder)
        assert write(site, {"a.html": b"a", "b/c.html": b"c"}) == Written(2, 0, 0)
        assert write(site, {"a.html": b"b"}) == Written(1, 0, 1)
        assert held(Path(folder)) == {"a.html": b"b"}
        assert sorted(path.name for path in Path(folder).iterdir()) == [MANIFEST, "a.html"]


def test_whole_means_every_file_in_its_size(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert not count_intact(site)
    write(site, {"a.html": b"a", "b.html": b"b"})
    assert count_intact(site) == 2
    (site / "a.html").write_bytes(b"longer")
    assert not count_intact(site)
    assert write(site, {"a.html": b"a", "b.html": b"b"}) == Written(1, 1, 0)


def test_odd_names_of_static_files_are_kept(tmp_path: Path) -> None:
    names = {"static/Screen\u202fshot 1.png": b"1", "static/日本.svg": b"2", "static/a\u2028b": b"3", "static/ x": b"4"}
    site = tmp_path / "site"
    write(site, names)
    assert write(site, names) == Written(0, 4, 0)
