"""The site -> a git branch: a commit on top of it, made beside the user's work tree, index and current branch.

`git:BRANCH` is a branch of the repository that holds the archive; `git+https://HOST/REPO.git#BRANCH` (or git+ssh,
git+http, git+file) one of another, through a small bare copy in .archivegen/.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from archivegen.config import FILE_NAME
from archivegen.errors import PublishError
from archivegen.publish.delivery import Delivery, Plan, compare, site_files
from archivegen.publish.git import Repository

__all__ = ["plan_away", "plan_here", "publish_away", "publish_here"]

DEFAULT_BRANCH = "gh-pages"
DEFAULT_REMOTE = "origin"
YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})
NOT_JEKYLL = ".nojekyll"  # tells GitHub Pages to serve the files as they are, those beginning with _ too
DOMAIN = "CNAME"  # tells it the site's own domain
FILE_MODE = "100644"

Tree = dict[str, str]  # path -> "mode id"


class _Branch(msgspec.Struct, frozen=True):
    """The branch as it stands. `base` is the commit to build on, `local` and `remote_tip` where each side is.

    `remote` is where to push, or empty.
    """

    repository: Repository
    name: str
    base: str
    local: str
    remote: str
    remote_tip: str
    words: str

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"


def plan_here(delivery: Delivery) -> Plan:
    """Compare the site with a branch of the repository that holds the archive."""
    branch = _find_here(delivery)
    return _compare(branch, delivery)[0]


def publish_here(delivery: Delivery, message: str) -> Plan:
    """Commit the site to a branch of the repository that holds the archive, and push it if asked to."""
    return _publish(_find_here(delivery), delivery, message)


def plan_away(delivery: Delivery) -> Plan:
    """Compare the site with a branch of another repository."""
    branch = _find_away(delivery)
    return _compare(branch, delivery)[0]


def publish_away(delivery: Delivery, message: str) -> Plan:
    """Commit the site to a branch of another repository and push it there."""
    return _publish(_find_away(delivery), delivery, message)


def _find_here(delivery: Delivery) -> _Branch:
    name = delivery.rest or DEFAULT_BRANCH
    inside = Repository(delivery.root)
    folder = inside.run("rev-parse", "--show-toplevel", doing="looking for the archive's repository").strip()
    repository = Repository(Path(folder))
    _check_name(repository, name)
    _refuse_checked_out(repository, name)
    remote = delivery.options.get("remote", "")
    pushes = _truth("push", delivery.options.get("push", "true" if remote else "false"))
    remote = remote or DEFAULT_REMOTE
    local = _tip(repository, f"refs/heads/{name}")
    if pushes:
        _check_remote(repository, remote)
        tip = _fetch(repository, remote, name, f"refs/remotes/{remote}/{name}")
    else:
        tip = _tip(repository, f"refs/remotes/{remote}/{name}")
    base = _newer(repository, local, tip, name, remote) if pushes else local or tip
    words = f"branch {name} of {repository.folder}" + (f", pushed to {remote}" if pushes else "")
    return _Branch(repository, name, base, local, remote if pushes else "", tip, words)


def _find_away(delivery: Delivery) -> _Branch:
    address, _, name = delivery.rest.partition("#")
    url = f"{delivery.scheme.removeprefix('git+')}:{address}"
    name = name or DEFAULT_BRANCH
    if not address.startswith("//"):
        raise PublishError(f"{url} is not a full address", hint="like: git+https://host.example/me/repo.git#gh-pages")
    folder = delivery.root / ".archivegen" / "publish" / f"{hashlib.sha256(url.encode()).hexdigest()[:12]}.git"
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder, {"GIT_DIR": str(folder)})
    repository.run("init", "--quiet", "--bare", doing="making a place for the branch's copy")
    _check_name(repository, name)
    tip = _fetch(repository, url, name, f"refs/heads/{name}")
    local = _tip(repository, f"refs/heads/{name}")
    return _Branch(repository, name, tip, local, url, tip, f"branch {name} of {url}")


def _check_name(repository: Repository, name: str) -> None:
    if repository.answer("check-ref-format", f"refs/heads/{name}") is None or name.startswith("-"):
        raise PublishError(f"{name!r} cannot be the name of a branch", hint="like: git:gh-pages")


def _check_remote(repository: Repository, remote: str) -> None:
    known = repository.run("remote").split()
    if remote not in known:
        hint = f"known remotes: {', '.join(known)}" if known else "add one with: git remote add origin ADDRESS"
        raise PublishError(f"the archive's repository has no remote `{remote}`", hint=hint)


def _tip(repository: Repository, ref: str) -> str:
    """The commit that a ref leads to, or empty."""
    return repository.answer("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") or ""


def _refuse_checked_out(repository: Repository, name: str) -> None:
    """A branch that somebody works on would be changed under their hands."""
    current = [repository.answer("symbolic-ref", "--quiet", "HEAD") or ""]
    current += (repository.answer("worktree", "list", "--porcelain") or "").replace("branch ", "").splitlines()
    if f"refs/heads/{name}" in current:
        raise PublishError(
            f"branch {name} is checked out, and publishing would replace all that is on it",
            hint="publish to a branch of its own, like: git:gh-pages",
        )


def _fetch(repository: Repository, remote: str, name: str, ref: str) -> str:
    """Bring the remote's branch here and return its tip; empty where the remote has no such branch."""
    listed = repository.run("ls-remote", "--heads", remote, f"refs/heads/{name}", doing=f"asking {remote} for {name}")
    if not listed.strip():
        return ""
    refspec = f"+refs/heads/{name}:{ref}"
    repository.run("fetch", "--quiet", "--no-tags", remote, refspec, doing=f"fetching {name} from {remote}")
    return repository.run("rev-parse", "--verify", f"{ref}^{{commit}}").strip()


def _newer(repository: Repository, local: str, tip: str, name: str, remote: str) -> str:
    if not local or not tip or local == tip:
        return local or tip
    if repository.answer("merge-base", "--is-ancestor", local, tip) is not None:
        return tip
    if repository.answer("merge-base", "--is-ancestor", tip, local) is not None:
        return local
    raise PublishError(
        f"branch {name} here and at {remote} have parted: each has commits that the other lacks",
        hint=f"to go on from what is at {remote}: git branch -f {name} {remote}/{name}",
    )


def _compare(branch: _Branch, delivery: Delivery) -> tuple[Plan, Tree]:
    """Plan from the ids that git would give the files, and the tree that the branch should have."""
    old = _read_tree(branch)
    if FILE_NAME in old:
        raise PublishError(
            f"branch {branch.name} holds an archive's sources ({FILE_NAME}), not a site",
            hint="publish to a branch of its own, like: git:gh-pages",
        )
    files = site_files(delivery.site)
    new = {path: f"{FILE_MODE} {oid}" for path, oid in _hash(branch.repository, files, write=()).items()}
    for path, content in _own_files(delivery, files, old).items():
        new[path] = old[path] if content is None else f"{FILE_MODE} {_hash_bytes(branch.repository, content)}"
    return compare(new, old, branch.words), new


def _own_files(delivery: Delivery, files: Mapping[str, Path], old: Tree) -> dict[str, bytes | None]:
    """What stands on the branch beside the site: its content, or None for "as it is"."""
    own: dict[str, bytes | None] = {} if NOT_JEKYLL in files else {NOT_JEKYLL: b""}
    if domain := delivery.options.get("cname", "").strip():
        own[DOMAIN] = f"{domain}\n".encode()
    elif DOMAIN in old and DOMAIN not in files:
        own[DOMAIN] = None
    return own


def _read_tree(branch: _Branch) -> Tree:
    if not branch.base:
        return {}
    listed = branch.repository.run("ls-tree", "-r", "-z", "--full-tree", branch.base)
    tree = {}
    for line in listed.split("\0")[:-1]:
        meta, _, path = line.partition("\t")
        mode, _, oid = meta.split(" ")
        tree[path] = f"{mode} {oid}"
    return tree


def _hash(repository: Repository, files: Mapping[str, Path], *, write: Iterable[str]) -> dict[str, str]:
    """Ask git for the ids of files' contents; those named in `write` are stored too."""
    wanted = set(write)
    chosen = {path: source for path, source in files.items() if path in wanted} if wanted else dict(files)
    if not chosen:
        return {}
    # Absolute paths, one a line: none begins with the quotation mark that git would take for quoting.
    listing = b"\n".join(os.fsencode(source) for source in chosen.values()) + b"\n"
    arguments = ["hash-object", "--no-filters", "--stdin-paths", *(["-w"] if wanted else [])]
    oids = repository.run(*arguments, stdin=listing, doing="reading the site's files").split()
    return dict(zip(chosen, oids, strict=True))


def _hash_bytes(repository: Repository, content: bytes, *, write: bool = False) -> str:
    return repository.run("hash-object", "--stdin", *(["-w"] if write else []), stdin=content).strip()


def _publish(branch: _Branch, delivery: Delivery, message: str) -> Plan:
    todo, tree = _compare(branch, delivery)
    tip = branch.base if todo.is_empty and branch.base else _commit(branch, delivery, todo, tree, message)
    if branch.remote and tip != branch.remote_tip:
        # Before the branch here moves: a refused push leaves both sides as they were.
        doing = f"pushing {branch.name} to {branch.remote}"
        branch.repository.run("push", "--quiet", branch.remote, f"{tip}:{branch.ref}", doing=doing)
    if tip != branch.local:
        # The old value makes git refuse if the branch moved since it was read.
        old = branch.local or "0" * len(tip)
        branch.repository.run("update-ref", "-m", "archivegen publish", branch.ref, tip, old)
    return todo


def _commit(branch: _Branch, delivery: Delivery, todo: Plan, tree: Tree, message: str) -> str:
    """Store the new files, the tree and the commit; nothing points to it yet."""
    repository = branch.repository
    files = site_files(delivery.site)
    if fresh := [path for path in (*todo.added, *todo.changed) if path in files]:
        _hash(repository, files, write=fresh)
    for content in _own_files(delivery, files, tree).values():
        if content is not None:
            _hash_bytes(repository, content, write=True)
    index_info = "".join(f"{entry}\t{path}\0" for path, entry in sorted(tree.items()))
    with tempfile.TemporaryDirectory(prefix="archivegen-") as folder:
        aside = Repository(repository.folder, {**repository.environment, "GIT_INDEX_FILE": str(Path(folder) / "index")})
        encoded = index_info.encode("utf-8", "surrogateescape")
        aside.run("update-index", "-z", "--index-info", stdin=encoded, doing="listing the site's files")
        written = aside.run("write-tree", doing="storing the site").strip()
    parents = ["-p", branch.base] if branch.base else []
    text = (message.strip() + "\n").encode()
    return repository.run("commit-tree", written, *parents, "-F", "-", stdin=text, doing="making the commit").strip()


def _truth(name: str, value: str) -> bool:
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise PublishError(f"`{name}` takes true or false, not {value!r}")
