"""The finished site -> a host. A target is one line of text; its scheme picks the publisher from a small table.

`plan` says what would happen and changes nothing there; `publish` does it and returns the plan that it carried out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from archivegen.errors import PublishError
from archivegen.publish import branch, folder, objects
from archivegen.publish.delivery import Delivery, Plan, Publisher, refuse_another_site

__all__ = ["PUBLISHERS", "Delivery", "Plan", "Publisher", "plan", "publish", "refuse_another_site"]

# Two characters or more before the colon: C:\public is a folder.
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(.*)", re.DOTALL)
# git@host:me/repo.git, as hosts show it for cloning by ssh.
SCP_FORM = re.compile(r"(?P<user>[\w.-]+@[\w.-]+):(?P<path>(?!//).+)")

_FOLDER = Publisher(folder.plan, folder.publish, frozenset(), "../public")
_HERE = Publisher(branch.plan_here, branch.publish_here, frozenset({"push", "remote", "cname"}), "git:gh-pages")
_AWAY = Publisher(
    branch.plan_away, branch.publish_away, frozenset({"cname"}), "git+https://host.example/me/repo.git#gh-pages"
)

PUBLISHERS: Mapping[str, Publisher] = MappingProxyType(
    {
        "file": _FOLDER,
        "git": _HERE,
        "git+file": _AWAY,
        "git+http": _AWAY,
        "git+https": _AWAY,
        "git+ssh": _AWAY,
        "s3": Publisher(objects.plan, objects.publish, frozenset(), "s3://my-bucket/archive"),
    }
)


def plan(site: Path, to: str, options: Mapping[str, str], root: Path) -> Plan:
    """Say what publishing would add, change and remove; the target stays as it is. Raises PublishError."""
    publisher, delivery = _resolve(site, to, options, root)
    return publisher.plan(delivery)


def publish(site: Path, to: str, options: Mapping[str, str], root: Path, *, message: str) -> Plan:
    """Put the site there; `message` is the commit's where there is one. Raises PublishError."""
    publisher, delivery = _resolve(site, to, options, root)
    return publisher.publish(delivery, message)


def _resolve(site: Path, to: str, options: Mapping[str, str], root: Path) -> tuple[Publisher, Delivery]:
    """Find the publisher for a target, and check the options against it."""
    scheme, rest = _split(to.strip())
    publisher = PUBLISHERS.get(scheme)
    if publisher is None:
        raise PublishError(f"cannot publish to {to!r}: `{scheme}:` is not known here", hint=_suggest(scheme))
    for name in options:
        if name not in publisher.options:
            known = ", ".join(sorted(publisher.options)) or "none"
            near = difflib.get_close_matches(name, publisher.options, 1, 0.6)
            hint = f"did you mean `{near[0]}`?" if near else f"options of `{scheme}:` beside `to`: {known}"
            raise PublishError(f"publishing to {to!r}: unknown option `{name}`", hint=hint)
    return publisher, Delivery(site.resolve(), scheme, rest, options, root.resolve())


def _split(to: str) -> tuple[str, str]:
    if not to:
        raise PublishError("the target is empty", hint="write a folder, like: to: ../public")
    if match := SCP_FORM.fullmatch(to):
        raise PublishError(
            f"cannot publish to {to!r} as it stands",
            hint=f"write: git+ssh://{match['user']}/{match['path'].lstrip('/')}#gh-pages",
        )
    match = SCHEME.fullmatch(to)
    return (match[1].lower(), match[2]) if match else ("file", to)


def _suggest(scheme: str) -> str:
    known = "; known are: " + ", ".join(f"{name}:" for name in PUBLISHERS) + " and a folder's path"
    if f"git+{scheme}" in PUBLISHERS:
        return f"for a git repository write `git+{scheme}:...`{known}"
    if near := difflib.get_close_matches(scheme, PUBLISHERS, 1, 0.6):
        return f"did you mean `{near[0]}:`?{known}"
    return f"for a folder of that name write it with ./ before{known}"
