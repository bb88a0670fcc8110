"""What editors decided, in the store: corrected, redacted and withdrawn articles, words to redact, former addresses.

A withdrawn article is here only, as a tombstone: no other table has a row of it, so no list can show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivegen import urls
from archivegen.model import Prepared
from archivegen.store.rows import Rows
from archivegen.views import Correction, TombstoneView

__all__ = ["OF_SEED", "SCHEMA", "TABLES", "Editorial", "rows_of"]

TABLES = ("editorial", "redaction", "former")
# `slug` is empty for articles that are in the archive; `first` is their day as in `article`; `former` has addresses
# that articles claim as theirs of old.
SCHEMA = """
CREATE TABLE editorial (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, status TEXT NOT NULL, notice TEXT NOT NULL, wish TEXT NOT NULL,
  slug TEXT NOT NULL, first INTEGER
);
CREATE INDEX editorial_slug ON editorial (slug);
CREATE INDEX editorial_wish ON editorial (wish);
CREATE TABLE redaction (
  number INTEGER NOT NULL, path TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (number, word)
) WITHOUT ROWID;
CREATE TABLE former (
  number INTEGER NOT NULL, path TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (number, address)
) WITHOUT ROWID;
"""
# Of the table source, as s: the record that stands for the seed ?1, or that itself; an empty seed has no index.
OF_SEED = "s.path = ?1 OR (s.seed = ?1 AND s.seed != '')"


def rows_of(item: Prepared) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield (table, row) of what was decided about a source."""
    article, stone = item.article, item.tombstone
    published = stone.published if stone else article and article.published and article.published.value
    bound = published and (published.earliest or published.latest)
    first = bound.toordinal() if bound else None
    if stone:
        yield "editorial", (item.number, item.path, "withdrawn", stone.notice, stone.slug, stone.slug, first)
    elif article and article.status:
        yield "editorial", (item.number, item.path, article.status, article.notice, "", "", first)
    yield from (("redaction", (item.number, item.path, word)) for word in item.redacted)
    former = stone.aliases if stone else article.aliases if article else ()
    yield from (("former", (item.number, item.path, address)) for address in former)


class Editorial:
    """What was corrected, redacted and withdrawn."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many articles have a status."""
        return int(self._rows.one("SELECT count(*) FROM editorial"))

    def notices(self) -> Iterator[tuple[str, str]]:
        """Yield (slug, notice) of the withdrawn articles, by slug."""
        yield from self._rows.db.execute("SELECT slug, notice FROM editorial WHERE status = 'withdrawn' ORDER BY slug")

    def tombstone(self, slug: str) -> TombstoneView:
        """What stands in the place of a withdrawn article."""
        query = "SELECT notice FROM editorial WHERE slug = ? AND status = 'withdrawn'"
        return TombstoneView(urls.article(slug), self._rows.one(query, slug))

    def corrections(self, limit: int, offset: int) -> tuple[Correction, ...]:
        """All articles with a status, those published last first, undated ones at the end."""
        rows = self._rows.db.execute(
            "SELECT number, status, notice, slug FROM editorial ORDER BY first IS NULL, first DESC, path "
            "LIMIT ? OFFSET ?",
            (limit, offset),
        )
        found = []
        for number, status, notice, slug in rows.fetchall():
            ref = None if status == "withdrawn" else self._rows.ref(number)
            found.append(Correction(status, notice, ref.slug if ref else slug, ref))
        return tuple(found)

    def without_notice(self) -> tuple[tuple[str, str], ...]:
        """(path, status) of the articles whose status nothing explains."""
        return tuple(self._rows.db.execute("SELECT path, status FROM editorial WHERE notice = '' ORDER BY path"))

    def redactions(self) -> tuple[tuple[str, str], ...]:
        """(path, word) of all that must not be shown."""
        return tuple(self._rows.db.execute("SELECT path, word FROM redaction ORDER BY path, word"))

    def former_addresses(self) -> Iterator[tuple[str, str, str]]:
        """Yield (address, slug, path) of all that articles claim as theirs of old."""
        query = (
            "SELECT f.address, coalesce(a.slug, e.slug), f.path FROM former AS f "
            "LEFT JOIN article AS a USING (number) LEFT JOIN editorial AS e USING (number) ORDER BY f.address, f.path"
        )
        yield from self._rows.db.execute(query)

    def slug_of(self, seed: str) -> str:
        """The slug of the article of a seed, or of its tombstone; empty if there is none."""
        query = (
            "SELECT coalesce(a.slug, e.slug) FROM source AS s LEFT JOIN article AS a USING (number) "
            f"LEFT JOIN editorial AS e USING (number) WHERE {OF_SEED} ORDER BY 1 DESC"
        )
        row = self._rows.db.execute(query, (seed,)).fetchone()
        return row[0] or "" if row else ""

    def source_of(self, seed: str) -> str:
        """The file that stands for a seed: the record, or itself; empty if there is neither."""
        row = self._rows.db.execute(f"SELECT path FROM source AS s WHERE {OF_SEED}", (seed,)).fetchone()
        return row[0] if row else ""

    def slugs(self) -> Iterator[tuple[str, str, str]]:
        """Yield (seed, path, slug) of every article and tombstone; `path` is the record's where one stands for it."""
        yield from self._rows.db.execute(
            "SELECT CASE s.seed WHEN '' THEN s.path ELSE s.seed END, s.path, coalesce(a.slug, e.slug) "
            "FROM source AS s LEFT JOIN article AS a USING (number) LEFT JOIN editorial AS e USING (number) "
            "WHERE coalesce(a.slug, e.slug) IS NOT NULL"
        )
