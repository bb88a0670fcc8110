"""Publishing to a git branch: history kept, the user's own work untouched, against real git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archivegen import publish
from archivegen.errors import PublishError
from archivegen.publish import Plan

Git = Callable[..., str]

PATHS = [
    ".nojekyll",
    "404.html",
    "articles/zürich-gespräche/index.html",
    "articles/переговоры/index.html",
    "index.html",
    "static/style.css",
]


@pytest.fixture
def repository(archive: Path, git: Git) -> Path:
    """The archive in a repository, with a change that is staged and one that is not."""
    git(archive, "init", "-q")
    (archive / ".gitignore").write_text("/site/\n.archivegen/\n")
    git(archive, "add", "-A")
    git(archive, "commit", "-qm", "Start")
    (archive / "seeds/b.txt").write_text("staged")
    git(archive, "add", "seeds/b.txt")
    (archive / "seeds/a.txt").write_text("edited")
    return archive


@pytest.fixture
def remote(repository: Path, git: Git, tmp_path: Path) -> Path:
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(repository, "remote", "add", "origin", str(bare))
    return bare


def put(root: Path, to: str = "git:gh-pages", options: Mapping[str, str] | None = None) -> Plan:
    """Publish, after checking that the plan said the same."""
    expected = publish.plan(root / "site", to, options or {}, root)
    done = publish.publish(root / "site", to, options or {}, root, message="Publish Talks")
    assert done == expected
    return done


def tree(git: Git, folder: Path, branch: str = "gh-pages") -> list[str]:
    return git(folder, "ls-tree", "-r", "--name-only", branch).splitlines()


def test_a_new_branch_holds_the_site_alone(repository: Path, git: Git) -> None:
    assert list(put(repository).added) == PATHS
    assert tree(git, repository) == PATHS
    assert git(repository, "show", "gh-pages:articles/переговоры/index.html") == "переговоры"
    assert git(repository, "log", "--format=%s by %an", "gh-pages") == "Publish Talks by Ada\n"


def test_the_users_work_tree_index_and_branch_stay_as_they_are(repository: Path, git: Git) -> None:
    before = git(repository, "status", "--porcelain", "--branch"), git(repository, "diff", "--cached")
    put(repository)
    assert (git(repository, "status", "--porcelain", "--branch"), git(repository, "diff", "--cached")) == before


def test_planning_makes_no_branch_and_stores_nothing(repository: Path, git: Git) -> None:
    before = git(repository, "count-objects")
    publish.plan(repository / "site", "git:gh-pages", {}, repository)
    assert git(repository, "branch", "--list", "gh-pages") == ""
    assert git(repository, "count-objects") == before


def test_each_publishing_is_a_commit_on_top_of_the_last(repository: Path, git: Git) -> None:
    put(repository)
    (repository / "site/index.html").write_text("<h1>New</h1>")
    (repository / "site/404.html").unlink()
    (repository / "site/new.html").write_text("new")
    done = put(repository)
    assert (done.added, done.changed, done.removed) == (("new.html",), ("index.html",), ("404.html",))
    assert git(repository, "rev-list", "--count", "gh-pages") == "2\n"


def test_the_bytes_are_kept_whatever_git_would_make_of_line_ends(repository: Path, git: Git) -> None:
    git(repository, "config", "core.autocrlf", "true")
    put(repository)
    assert git(repository, "cat-file", "-s", "gh-pages:static/style.css") == "9\n"
    assert put(repository).is_empty


def test_without_a_change_there_is_no_commit(repository: Path, git: Git) -> None:
    put(repository)
    tip = git(repository, "rev-parse", "gh-pages")
    assert put(repository).is_empty
    assert git(repository, "rev-parse", "gh-pages") == tip


def test_a_domain_set_on_the_branch_is_kept(repository: Path, git: Git) -> None:
    put(repository, options={"cname": "news.example.org"})
    assert git(repository, "show", "gh-pages:CNAME") == "news.example.org\n"
    assert put(repository).is_empty
    (repository / "site/CNAME").write_text("site.example.org\n")
    assert put(repository).changed == ("CNAME",)


def test_a_branch_that_is_checked_out_is_refused(repository: Path) -> None:
    with pytest.raises(PublishError, match="branch main is checked out"):
        publish.plan(repository / "site", "git:main", {}, repository)


def test_a_branch_checked_out_in_another_work_tree_is_refused(repository: Path, git: Git, tmp_path: Path) -> None:
    put(repository)
    git(repository, "worktree", "add", "-q", str(tmp_path / "aside"), "gh-pages")
    with pytest.raises(PublishError, match="checked out"):
        publish.plan(repository / "site", "git:gh-pages", {}, repository)


def test_a_branch_with_the_archives_sources_is_refused(repository: Path, git: Git) -> None:
    git(repository, "branch", "draft")
    with pytest.raises(PublishError, match="holds an archive's sources"):
        publish.plan(repository / "site", "git:draft", {}, repository)


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "x.lock"])
def test_a_name_that_git_does_not_allow_is_refused(repository: Path, name: str) -> None:
    with pytest.raises(PublishError, match="cannot be the name of a branch"):
        publish.plan(repository / "site", f"git:{name}", {}, repository)


def test_push_sends_the_branch_and_keeps_what_others_pushed(
    repository: Path, remote: Path, git: Git, tmp_path: Path
) -> None:
    put(repository, options={"push": "true"})
    assert tree(git, remote) == PATHS
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(remote), str(other))
    (other / "CNAME").write_text("news.example.org\n")
    git(other, "add", "CNAME")
    git(other, "commit", "-qm", "Domain")
    git(other, "push", "-q")
    (repository / "site/index.html").write_text("<h1>New</h1>")
    assert put(repository, options={"remote": "origin"}).changed == ("index.html",)
    assert git(remote, "log", "--format=%s", "gh-pages").splitlines() == ["Publish Talks", "Domain", "Publish Talks"]
    assert "CNAME" in tree(git, remote)
    assert git(repository, "rev-parse", "gh-pages") == git(remote, "rev-parse", "gh-pages")


def test_what_was_committed_without_push_is_pushed_later(repository: Path, remote: Path, git: Git) -> None:
    put(repository)
    assert put(repository, options={"push": "yes"}).is_empty
    assert tree(git, remote) == PATHS


def test_branches_that_parted_are_named_and_left_alone(repository: Path, remote: Path, git: Git) -> None:
    put(repository, options={"push": "true"})
    git(repository, "update-ref", "-d", "refs/heads/gh-pages")
    git(repository, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    (repository / "site/index.html").write_text("<h1>Parted</h1>")
    put(repository)
    tip = git(remote, "rev-parse", "gh-pages")
    with pytest.raises(PublishError, match="have parted") as caught:
        publish.publish(repository / "site", "git:gh-pages", {"push": "true"}, repository, message="x")
    assert "git branch -f gh-pages origin/gh-pages" in caught.value.hint
    assert git(remote, "rev-parse", "gh-pages") == tip


def test_a_refused_push_leaves_the_branch_as_it_was(repository: Path, remote: Path, git: Git) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho closed on Sundays >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError, match="closed on Sundays"):
        publish.publish(repository / "site", "git:gh-pages", {"push": "true"}, repository, message="x")
    assert git(repository, "branch", "--list", "gh-pages") == ""


def test_an_address_needs_no_repository_here(archive: Path, git: Git, tmp_path: Path) -> None:
    bare = tmp_path / "web space.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    to = f"git+{bare.as_uri()}#web"
    assert list(put(archive, to).added) == PATHS
    assert tree(git, bare, "web") == PATHS
    assert put(archive, to).is_empty
    (archive / "site/index.html").write_text("<h1>New</h1>")
    assert put(archive, to).changed == ("index.html",)
    assert git(bare, "rev-list", "--count", "web") == "2\n"
    git(bare, "update-ref", "-d", "refs/heads/web")
    assert list(put(archive, to).added) == PATHS


def test_no_repository_no_remote_no_identity_each_say_what_to_do(
    archive: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(archive.parent))
    with pytest.raises(PublishError, match="not a git repository") as caught:
        publish.plan(archive / "site", "git:gh-pages", {}, archive)
    assert "git init" in caught.value.hint
    git(archive, "init", "-q")
    with pytest.raises(PublishError, match="no remote `origin`") as caught:
        publish.plan(archive / "site", "git:gh-pages", {"push": "true"}, archive)
    assert "git remote add" in caught.value.hint
    with pytest.raises(PublishError, match="true or false, not 'perhaps'"):
        publish.plan(archive / "site", "git:gh-pages", {"push": "perhaps"}, archive)
    git(archive, "config", "user.name", "")
    git(archive, "config", "user.email", "")
    with pytest.raises(PublishError) as caught:
        publish.publish(archive / "site", "git:gh-pages", {}, archive, message="x")
    assert "git config" in caught.value.hint


def test_without_git_the_message_says_where_to_get_it(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(archive))
    with pytest.raises(PublishError, match="git is not installed"):
        publish.plan(archive / "site", "git:gh-pages", {}, archive)
