"""From the names that articles use to the archive's actors: one from many spellings, never on a look alone.

What an editor wrote in actors.yaml wins over everything. Work is in blocks of like names: it grows with their number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

import msgspec

from archivegen.authority import Authority, KnownActor
from archivegen.model import Actor, Kind, NameCount
from archivegen.slugs import assign_slugs, short_hash
from archivegen.timeline.spellings import fold, is_longer_form, is_respelt, meeting_key, sound_key, surname

__all__ = ["resolve_actors"]

Key = tuple[str, Kind]

LARGEST_BLOCK = 40  # of names that look alike: in a larger one a look says nothing
# A name used for two kinds is two actors if the lesser use has this many articles and this share.
TWO_ARTICLES, TWO_SHARE = 3, 0.2
BODIES = ("person", "organisation")
# Why a spelling is an actor's, as its page says it.
KNOWN = "as actors.yaml says"
SAME = "the same name with other marks, capitals or title"
RESPELT = "the same name, spelled differently"
LONGER = "the same name with more or fewer of its parts"
SHORTER = "short for the name, in articles that have it in full"
DESIGNATION = "its designation alone, which nothing else here has"
IN_ARTICLE = "short for the name in the same article"
FOR_COUNTRY = "stands for the country in some articles"  # a capital's name, or a short form
PARTICLES = frozenset(
    ("De", "Van", "Von", "Del", "Der", "Den", "La", "Le", "Al", "Bin", "de", "van", "von", "al", "bin")
)
SHORT = 3  # letters of an acronym
DESIGNATED = re.compile(r"[A-Z]{1,4}-?\d[\w-]*")  # "A380", "B-52H": names a thing, whoever makes it
# Evidence (ActorMention.evidence) for a page, in all and by article: one that shows it in a hundred is a mistake.
SHOWN = 2
EVIDENCE = 1  # how many mentions a point of evidence weighs, where a name is found as two kinds
SHOWN_SHARE: Mapping[Kind, float] = {"person": 0.6, "organisation": 0.3}


def resolve_actors(
    names: Iterable[NameCount], authority: Authority, *, mentions: int = 2, articles: int = 2
) -> tuple[tuple[Actor, ...], Mapping[tuple[str, Kind], str]]:
    """Make the archive's actors, sorted by id, and lead from every (name, kind) to its actor's id.

    Ignored names are in neither. So many mentions, or articles, earn a person or an organisation a page.
    """
    ignored = authority.ignore | {name.casefold() for name in authority.ignore}
    counts = [c for c in names if c.name not in ignored and c.name.casefold() not in ignored]
    groups = _by_name(counts, authority)
    merged = _Merger(groups)
    _join_keys(groups, merged)
    _join_respelt(groups, merged)
    _join_longer(groups, merged)
    _join_short(groups, merged)
    _join_designations(groups, merged)
    return _finish(merged, (mentions, articles))


class _Group(msgspec.Struct):
    """The counts under one name that are one actor's, its kind, and what the editor says of it."""

    name: str
    kind: Kind
    counts: Sequence[NameCount]
    known: KnownActor | None
    folded: str
    mentions: int
    articles: int
    forms: Collection[str]


class _Merger:
    """Union of groups, where an editor's word forbids none."""

    def __init__(self, groups: Sequence[_Group]) -> None:
        self.groups = groups
        self.parent = list(range(len(groups)))
        self.members: dict[int, list[int]] = {}  # of the roots that have more than themselves
        self.why: dict[str, str] = {}  # of a name, why it was joined to another
        self.known = {at: group.known for at, group in enumerate(groups) if group.known}
        # Only asked for where an editor says that a name is somebody else's.
        self.others = {at: frozenset(known.other) for at, known in self.known.items() if known.other}

    def root(self, at: int) -> int:
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, one: int, other: int, why: str) -> bool:
        """Make two groups one actor, unless the editor has them apart; `why` is told on the actor's page."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        known, second = self.known.get(a), self.known.get(b)
        if known and second and known is not second:
            return False
        if self.others and (self._is_other(a, b) or self._is_other(b, a)):
            return False
        for at in (one, other):
            self.why.setdefault(self.groups[at].name, why)
        self.parent[b] = a
        self.members.setdefault(a, [a]).extend(self.members.pop(b, (b,)))
        if second:
            self.known[a] = second
        if b in self.others:
            self.others[a] = self.others.get(a, frozenset()) | self.others[b]
        return True

    def _is_other(self, one: int, other: int) -> bool:
        """Tell whether the editor says of a name of `other` that it is not `one`."""
        apart = self.others.get(one)
        if not apart:
            return False
        found = [self.groups[at] for at in self.members.get(other, (other,))]
        return any(g.name in apart or (g.known and not apart.isdisjoint(g.forms)) for g in found)

    def components(self) -> Iterator[Sequence[_Group]]:
        for at, group in enumerate(self.groups):
            if at in self.members:
                yield [self.groups[member] for member in sorted(self.members[at])]
            elif self.parent[at] == at:
                yield (group,)


def _by_name(counts: Sequence[NameCount], authority: Authority) -> list[_Group]:
    """One group a name, in an order of their own; two where it plainly names two things."""
    folded = {fold(name): actor for name, actor in sorted(authority.names.items(), reverse=True)}
    same: dict[str, list[NameCount]] = defaultdict(list)
    for count in counts:
        same[count.name].append(count)
    groups = []
    for name in sorted(same):
        key = fold(name)
        known = (authority.names.get(name) or folded.get(key)) if folded else None
        if known and name in known.other:
            known = None
        found = same[name]
        for part in (found,) if known or len(found) == 1 else _one_or_two(found):
            groups.append(_group(name, key, part, known))
    return groups


def _one_or_two(counts: list[NameCount]) -> list[list[NameCount]]:
    """Keep a person apart from a place of that name, if both are well attested: Jordan, Washington."""
    people = [c for c in counts if c.kind == "person"]
    places = [c for c in counts if c.kind in ("place", "country")]
    rest = [c for c in counts if c.kind in ("organisation", "other")]
    if not people or not places:
        return [counts]
    few, many = sorted((sum(c.articles for c in people), sum(c.articles for c in places)))
    if few < TWO_ARTICLES or few < TWO_SHARE * many:
        return [counts]
    return [people, places + rest]


def _group(name: str, folded: str, counts: list[NameCount], known: KnownActor | None) -> _Group:
    kind = known.kind if known and known.kind else _main_kind(counts)
    if len(counts) == 1:  # as most: nothing to add up
        (one,) = counts
        return _Group(name, kind, counts, known, folded, one.mentions, one.articles, one.forms)
    return _Group(
        name, kind, counts, known, folded,
        sum(c.mentions for c in counts), sum(c.articles for c in counts), {f for c in counts for f in c.forms},
    )  # fmt: skip


def _main_kind(counts: Sequence[NameCount]) -> Kind:
    if len(counts) == 1:
        return counts[0].kind
    weights: dict[Kind, int] = defaultdict(int)
    for count in counts:
        weights[count.kind] += count.mentions + EVIDENCE * count.evidence
    if "country" in weights and weights["country"] * 2 >= max(weights.values()):
        return "country"
    return max(weights, key=lambda kind: (kind != "other", weights[kind], kind))


def _blocks(keys: Iterable[tuple[str, int]]) -> Iterable[list[int]]:
    """The numbers that share a key with another; a list only for those, as most keys have one."""
    first: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for key, at in keys:
        before = first.setdefault(key, at)
        if before != at:
            found.setdefault(key, [before]).append(at)
    return found.values()


def _join_keys(groups: Sequence[_Group], merged: _Merger) -> None:
    """Join what differs in capitals, marks, hyphens, a title or "Inc." only; and all names of one known actor."""
    for members in _blocks((f"{k.line} {k.name}", at) for at, g in enumerate(groups) if (k := g.known)):
        for at in members[1:]:
            merged.join(members[0], at, KNOWN)
    for members in _blocks((meeting_key(g.name, g.kind, g.folded), at) for at, g in enumerate(groups)):
        for at in members[1:]:
            if groups[at].kind == groups[members[0]].kind or "other" in (groups[at].kind, groups[members[0]].kind):
                merged.join(members[0], at, SAME)


def _join_respelt(groups: Sequence[_Group], merged: _Merger) -> None:
    """Join transliterations of one name; not of countries and places, however alike (Niger, Nigeria)."""
    alike = ((f"{g.kind} {sound_key(g.folded)}", at) for at, g in enumerate(groups) if g.kind in BODIES)
    for members in _blocks(alike):
        if len(members) > LARGEST_BLOCK:
            continue
        for i, at in enumerate(members):
            for other in members[i + 1 :]:
                if is_respelt(groups[at].folded, groups[other].folded) and not _is_acronym(groups[at].name):
                    merged.join(at, other, RESPELT)


def _join_longer(groups: Sequence[_Group], merged: _Merger) -> None:
    """Join a name to the one longer form of it in the archive; where two would fit, it stays by itself."""
    people = ((surname(g.folded), at) for at, g in enumerate(groups) if g.kind == "person" and " " in g.folded)
    for members in _blocks(people):
        if len(members) > LARGEST_BLOCK:
            continue
        words = [(at, groups[at].folded.split()) for at in members]
        most = max(len(own) for _, own in words)
        for at, own in words:
            if len(own) == most and len(own[0]) > 1:
                continue  # none is longer, and none has in full what this one shortens
            longer = [m for m in members if is_longer_form(groups[m].folded, groups[at].folded)]
            roots = {merged.root(m) for m in longer}
            if len(roots) == 1:
                merged.join(longer[0], at, LONGER)


def _join_short(groups: Sequence[_Group], merged: _Merger) -> None:
    """Join a lone surname or acronym to the one actor whose articles use it for short.

    That an article has both is the evidence; a second actor of that surname leaves it open.
    """
    wanted = {g.name: at for at, g in enumerate(groups) if " " not in g.name and g.kind in (*BODIES, "other")}
    users: dict[str, set[int]] = defaultdict(set)
    for at, group in enumerate(groups):
        if " " in group.name and group.kind in BODIES:
            for form in group.forms:
                if form in wanted:
                    users[form].add(at)
    lasts = {groups[wanted[name]].folded for name in users}
    bearers: dict[str, set[int]] = defaultdict(set)
    for at, group in enumerate(groups):
        if group.kind == "person" and " " in group.name and (last := surname(group.folded)) in lasts:
            bearers[last].add(at)
    for name, at in wanted.items():
        roots = {merged.root(m) for m in users.get(name, ())}
        if len(roots) != 1 or groups[at].known:
            continue
        full = min(users[name])
        is_person = groups[full].kind == "person"
        if is_person and len({merged.root(m) for m in bearers.get(groups[at].folded, ())}) > 1:
            continue
        if groups[at].kind in (groups[full].kind, "other") or _is_acronym(name):
            merged.join(full, at, SHORTER)


def _join_designations(groups: Sequence[_Group], merged: _Merger) -> None:
    """Join "A380" to the one thing of the archive whose name ends so: an Airbus A380."""
    lasts = ((last, at) for at, g in enumerate(groups) if DESIGNATED.fullmatch(last := g.name.rpartition(" ")[2]))
    for members in _blocks(lasts):
        alone = [at for at in members if " " not in groups[at].name]
        longer = [at for at in members if " " in groups[at].name]
        if len({merged.root(at) for at in longer}) == 1:
            for at in alone:
                merged.join(longer[0], at, DESIGNATION)


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 6


def _finish(merged: _Merger, earns: tuple[int, int]) -> tuple[tuple[Actor, ...], dict[Key, str]]:
    components = list(merged.components())
    bearers: dict[str, int] = defaultdict(int)
    for groups in components:
        for last in {surname(g.folded) for g in groups if g.kind == "person" and " " in g.folded}:
            bearers[last] += 1
    main = [groups[0] if len(groups) == 1 else max(groups, key=_rank) for groups in components]
    known = [groups[0].known or next((g.known for g in groups if g.known), None) for groups in components]
    shown = [k.name if k else m.name for k, m in zip(known, main, strict=True)]
    ids = _ids(shown, main, known)
    actors: list[Actor] = []
    lead: dict[Key, str] = {}
    for at, groups in enumerate(components):
        editor = known[at]
        kind = editor.kind if editor and editor.kind else main[at].kind
        articles, mentions, is_stated, evidence = _totals(groups, kind)
        is_settled = (editor and editor.kind) or is_stated
        if not evidence and not is_settled and kind in BODIES:
            kind = "other"  # an honest one: it only looks like a person's or a firm's name
        forms = _spellings(groups, shown[at])
        page = editor is not None or is_stated or kind == "country"
        if not page and kind in BODIES and (mentions >= earns[0] or articles >= earns[1]):
            fellows = bearers.get(main[at].folded, 0) if len(groups) == 1 and " " not in main[at].name else 0
            # "Dole" beside a Bob Dole is more often he than a firm; beside two, nobody knows who.
            least = 2 * SHOWN if fellows else SHOWN
            page = fellows < 2 and evidence >= least and evidence >= SHOWN_SHARE[kind] * articles
        note, same_as = (editor.note, editor.same_as) if editor else ("", ())
        why = _reasons(forms, groups, merged) if forms else ()
        actors.append(Actor(ids[at], shown[at], kind, forms, articles, mentions, page, note, same_as, why))
        for group in groups:
            for count in group.counts:
                lead[count.name, count.kind] = ids[at]
    actors.sort(key=attrgetter("id"))
    return tuple(actors), lead


def _totals(groups: Sequence[_Group], kind: Kind) -> tuple[int, int, bool, int]:
    """An actor's articles and mentions, whether a front matter lists it, and the evidence that it is of this kind."""
    if len(groups) == 1 and len(groups[0].counts) == 1:  # as most
        one = groups[0].counts[0]
        return one.articles, one.mentions, one.stated, one.evidence if one.kind == kind else 0
    counts = [count for group in groups for count in group.counts]
    return (
        sum(c.articles for c in counts),
        sum(c.mentions for c in counts),
        any(c.stated for c in counts),
        sum(c.evidence for c in counts if c.kind == kind),
    )


def _reasons(forms: Sequence[str], groups: Sequence[_Group], merged: _Merger) -> tuple[str, ...]:
    """Say of each spelling why it is this actor's."""
    if len(groups) == 1 and not groups[0].known and groups[0].kind != "country":
        return (IN_ARTICLE,) * len(forms)
    of = {group.name: merged.why.get(group.name, "") for group in groups}
    written = {name for group in groups if group.known for name in (group.known.name, *group.known.aliases)}
    otherwise = FOR_COUNTRY if any(group.kind == "country" for group in groups) else IN_ARTICLE
    return tuple(KNOWN if form in written else of.get(form) or otherwise for form in forms)


def _rank(group: _Group) -> tuple[bool, bool, bool, int, str]:
    """What an actor is called: in full, neither by an initial nor from a particle on, then most often."""
    first = group.name.partition(" ")[0]
    is_part = first.endswith(".") or first in PARTICLES or group.name.isupper()
    return (group.kind == "country", " " in group.name, not is_part, group.mentions, group.name)


def _spellings(groups: Sequence[_Group], name: str) -> tuple[str, ...]:
    """All other forms found, without those that a headline only shouts."""
    forms = {*groups[0].forms} if len(groups) == 1 else {form for g in groups for form in (g.name, *g.forms)}
    forms.add(groups[0].name)
    forms.discard(name)
    if not forms:
        return ()
    loud = [form for form in forms if len(form) > SHORT and form.isupper()]
    if loud:
        quiet = {form.casefold() for form in forms.difference(loud)} | {name.casefold()}
        forms.difference_update([form for form in loud if form.casefold() in quiet])
    return tuple(sorted(forms))


def _ids(shown: Sequence[str], main: Sequence[_Group], known: Sequence[KnownActor | None]) -> list[str]:
    """A slug for each; the editor's own first, the others out of their way."""
    chosen: dict[str, int] = {}
    for at, actor in enumerate(known):
        if actor and actor.slug:
            chosen.setdefault(actor.slug, at)
    keys = [f"{name}\n{group.kind}" for name, group in zip(shown, main, strict=True)]
    slugs = assign_slugs(zip(keys, shown, strict=True))
    out = []
    for at, key in enumerate(keys):
        actor = known[at]
        if actor and actor.slug and chosen[actor.slug] == at:
            out.append(actor.slug)
        elif slugs[key] in chosen:
            out.append(f"{slugs[key]}-{short_hash(key)}")
        else:
            out.append(slugs[key])
    return out
