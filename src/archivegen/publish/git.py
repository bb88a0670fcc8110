"""Run git: bytes in, bytes out, and git's own words where it fails."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec

from archivegen.errors import PublishError

__all__ = ["Repository"]

# Set while git runs a hook; they would lead every command here to another repository.
MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
# What a person can do about a failure, by words of git's (lower case, as it says them untranslated).
ADVICE = (
    ("tell me who you are", 'say who you are: git config --global user.name "..." and user.email "..."'),
    ("ident name", 'say who you are: git config --global user.name "..." and user.email "..."'),
    ("auto-detect email", 'say who you are: git config --global user.name "..." and user.email "..."'),
    ("non-fast-forward", "somebody else published in the meantime: publish again"),
    ("fetch first", "somebody else published in the meantime: publish again"),
    ("authentication failed", "check your access: git ls-remote with the same address must work"),
    ("permission denied", "check your access: git ls-remote with the same address must work"),
    ("could not read from remote", "check the address and your access: git ls-remote with it must work"),
    ("unable to access", "check the address and the network"),
    ("does not appear to be a git repository", "check the name of the remote (git remote -v) or the address"),
    ("not a git repository", "make one with git init, or publish to a folder or to git+https://..."),
    ("dubious ownership", "the folder belongs to another user; git's message says how to trust it"),
)


class Repository(msgspec.Struct, frozen=True):
    """A place to run git in, with its environment."""

    folder: Path
    environment: Mapping[str, str] = msgspec.field(default_factory=dict)

    def run(self, *arguments: str, stdin: bytes = b"", doing: str = "") -> str:
        """Run git and return what it prints. Raises PublishError with git's message; `doing` says what was tried."""
        done = self._run(arguments, stdin)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
            low = said.lower()
            hint = next((advice for words, advice in ADVICE if words in low), "")
            raise PublishError(f"git failed while {doing or 'running git ' + arguments[0]}: {said}", hint=hint)
        return done.stdout.decode("utf-8", "surrogateescape")

    def answer(self, *arguments: str) -> str | None:
        """Ask git something that may have no answer: None if it says no."""
        done = self._run(arguments, b"")
        return None if done.returncode else done.stdout.decode("utf-8", "surrogateescape").strip()

    def _run(self, arguments: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self.folder), *arguments]
        environment = {**git_environment(), **self.environment}
        try:
            return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
        except FileNotFoundError:
            raise PublishError(
                "git is not installed, and publishing to a branch needs it",
                hint="get it from https://git-scm.com/ or publish to a folder",
            ) from None


def git_environment() -> dict[str, str]:
    """This process's environment without what would lead git astray, and with git's messages untranslated."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    return {**kept, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
