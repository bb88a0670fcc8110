"""Each article's slug: its own, whatever comes later, and none that was published as another's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from archivegen.slugs import short_hash
from archivegen.stamps import fingerprint
from archivegen.store.editorial import OF_SEED
from archivegen.store.marks import mark_of

__all__ = ["Slugs"]

# Whose a published slug is: the path of its source; empty, and then its seed, where that is away.
OWNER = "CREATE TEMP TABLE owner (slug TEXT PRIMARY KEY, path TEXT NOT NULL, seed TEXT NOT NULL) WITHOUT ROWID"
ADD = (
    "INSERT OR REPLACE INTO owner SELECT ?2, coalesce(max(path), ''), iif(count(path), '', ?1) "
    f"FROM source AS s WHERE {OF_SEED}"
)
DIGITS = (6, 16)  # of a hash of the path, behind the slug that several articles wish for
TABLES = ("article", "editorial")
WISHED = "wish IN (SELECT wish FROM wished)"
Row = tuple[str, str, int, str, str | None]  # wish, path, number, slug now, owner of the slug wished for


class Slugs:
    """The slugs of one build; `owners` is a hash of whose the published ones are, given as (slug, seed)."""

    def __init__(self, db: sqlite3.Connection, published: Iterable[tuple[str, str]]) -> None:
        self._db = db
        db.execute(OWNER)
        db.executemany(ADD, ((seed, slug) for slug, seed in published))
        db.execute("CREATE INDEX temp.owner_path ON owner (path)")
        rows = db.execute("SELECT slug, path FROM owner ORDER BY slug")
        self.owners = fingerprint(f"{slug} {path}" for slug, path in rows)

    def settle(self, *, all_anew: bool) -> None:
        """Give every article its slug where that may have changed; withdrawn ones too: their address stays theirs.

        Of several that wish for the same, the first by path has it plain. The others get a hash of their path, which
        depends on nothing else, so a later arrival does not move them. A published slug stays with its article while
        that has a source. If it has none, its file may have another name now: the slug goes to an article that has no
        published one. `all_anew`: others own the slugs than when this was last done.
        """
        db = self._db
        for table in TABLES:
            changed = "" if all_anew else " WHERE number IN (SELECT number FROM dirty)"
            db.execute(f"INSERT OR IGNORE INTO wished SELECT wish FROM {table}{changed}")
        for digits in DIGITS:  # what is wished for now or was before may be what another article has with its hash
            with_hash = f"*-{'[0-9a-f]' * digits}"
            base = "INSERT OR IGNORE INTO wished SELECT substr(wish, 1, length(wish) - ?) FROM wished WHERE wish GLOB ?"
            db.execute(base, (digits + 1, with_hash))
        row = "SELECT wish, path, number, slug FROM"
        every = db.execute(
            f"SELECT e.*, o.path FROM ({row} article WHERE {WISHED} UNION ALL {row} editorial WHERE {WISHED} "
            "AND status = 'withdrawn') AS e LEFT JOIN owner AS o ON o.slug = e.wish ORDER BY e.wish, e.path"
        )
        moved = [(slug, number) for number, slug in self._moved(every)]
        db.executemany("UPDATE article SET slug = ? WHERE number = ?", moved)
        db.executemany("UPDATE editorial SET slug = ? WHERE number = ? AND status = 'withdrawn'", moved)
        rows = db.execute(
            "SELECT number, slug, ref, rank FROM article WHERE number IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode([number for _, number in moved]).decode(),),
        ).fetchall()
        marks = [(mark_of(slug, ref, rank), number) for number, slug, ref, rank in rows]
        db.executemany("UPDATE article SET own_mark = ? WHERE number = ?", marks)
        db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", ((number,) for _, number in moved))

    def passed_on(self) -> Iterator[tuple[str, str, str]]:
        """Yield (slug, seed, path) of what was published as of a seed that is away, and is of another source now."""
        query = "SELECT slug, o.seed, a.path FROM article AS a CROSS JOIN owner AS o USING (slug) WHERE o.path = ''"
        if self._has("owner WHERE path = ?", ""):
            yield from self._db.execute(f"{query} ORDER BY slug")

    def _moved(self, every: Iterable[Row]) -> Iterator[tuple[int, str]]:
        """Yield (number, slug) of those that have another; `every` come in the order of what they wish for."""
        for wish, rows in groupby(every, key=lambda row: row[0]):
            given: set[str] = set()
            for _, path, number, slug, owner in rows:
                is_open = owner is None or (owner == "" and not self._has("owner WHERE path = ?", path))
                is_own = wish not in given and (is_open or owner == path)
                wanted = wish if is_own else self._with_hash(wish, path, given)
                given.add(wanted)
                if slug != wanted:
                    yield number, wanted

    def _with_hash(self, wish: str, path: str, given: set[str]) -> str:
        """The slug of an article that cannot have it plain, and that no other has or wishes for."""
        slug = ""
        for digits in DIGITS:
            slug = f"{wish}-{short_hash(path, digits)}"
            is_promised = self._has("owner WHERE slug = ? AND path = ?", slug, path)
            if is_promised or not (
                slug in given
                or self._has("owner WHERE slug = ?", slug)
                or self._has("article WHERE wish = ?", slug)
                or self._has("editorial WHERE wish = ? AND status = 'withdrawn'", slug)
            ):
                break
        return slug

    def _has(self, rows: str, *values: str) -> bool:
        return self._db.execute(f"SELECT 1 FROM {rows} LIMIT 1", values).fetchone() is not None
