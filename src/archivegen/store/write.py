"""Into the store: articles as they are read, then what can only be known of all of them together."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from archivegen.edtf import Date
from archivegen.errors import Diagnostic
from archivegen.model import Actor, Article, Findings, Kind, NameCount, Prepared, Statement
from archivegen.slugs import initial, slugify
from archivegen.store import editorial
from archivegen.store.day_orders import DayOrders
from archivegen.store.links import pack
from archivegen.views import ArticleRef

__all__ = ["Writer"]

encode = msgspec.json.encode
TABLES = (
    "meta", "source", "article", "name", "actor", "entry", "entry_actor", "sketch", "copy", "story", "proposal",
    "conflict", "day_order", *editorial.TABLES,
)  # fmt: skip
ARTICLE_WORD = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)  # The Tollbridge Courier is Tollbridge Courier
SUMMARY = 400  # characters of an article's first paragraph that feeds show


class Writer:
    """Writes to an open store. Call `put` and `drop` for what changed, then the steps over the whole archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def meta(self, key: str) -> str:
        """Return a note that an earlier build left, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Leave a note for the next build."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def known_sources(self) -> dict[str, tuple[str, str, str]]:
        """Return (seed, stamp, key) of every file that is in the store, by path; not of members."""
        return {
            row[0]: tuple(row[1:])
            for row in self._db.execute("SELECT path, seed, stamp, key FROM source WHERE container = ''")
        }

    def restamp(self, path: str, stamp: str) -> None:
        """Note that a file was touched but holds the same bytes."""
        self._db.execute("UPDATE source SET stamp = ? WHERE path = ?", (stamp, path))

    def forget(self) -> None:
        """Forget everything, as if the store were new."""
        for table in TABLES:
            self._db.execute(f"DELETE FROM {table}")

    def drop(self, path: str) -> None:
        """Forget a source and all that came from it."""
        for table, column in (
            ("source", "path"),
            ("article", "path"),
            ("name", "article"),
            ("sketch", "article"),
            ("day_order", "article"),
        ):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))
        self._db.execute("DELETE FROM entry_actor WHERE entry IN (SELECT id FROM entry WHERE article = ?)", (path,))
        self._db.execute("DELETE FROM entry WHERE article = ?", (path,))
        editorial.drop(self._db, path)

    def put(self, item: Prepared) -> None:
        """Keep what a source gave, in place of what it gave before."""
        if self._db.execute("SELECT 1 FROM source WHERE path = ?", (item.path,)).fetchone():
            self.drop(item.path)
        row = (item.path, item.seed, item.stamp, item.key, encode(item.diagnostics), item.container)
        self._db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", row)
        editorial.put(self._db, item)
        if item.article is None:
            return
        article, published = item.article, item.article.published and item.article.published.value
        outlet = article.source.value if article.source else ""
        outlet_slug = slugify(ARTICLE_WORD.sub("", outlet, count=1)) if outlet else ""
        ref = ArticleRef("", article.title.value, outlet, outlet_slug, article.published, item.event_date)
        self._db.execute(
            "INSERT INTO article VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)",
            (
                item.path,
                article.slug or article.title.value,
                outlet_slug,
                outlet,
                is_doubtful(article, item.diagnostics),
                published and published.text,
                published and published.unit,
                published and _ordinal(published),
                encode(ref),
                _summary(article),
                encode(article),
                encode(item.findings),
                encode(item.statements),
            ),
        )
        DayOrders(self._db).put(article, outlet_slug)
        self._put_names(item.path, item.findings, article.body.text)
        self._put_entries(item.path, item.statements, article.body.text)
        if item.sketch.words:
            self._db.execute("INSERT INTO sketch VALUES (?, ?, ?)", (item.path, *pack(item.sketch)))

    def _put_names(self, path: str, findings: Findings, text: str) -> None:
        forms: dict[tuple[str, Kind], Counter[str]] = {key: Counter() for key in findings.stated}
        evidence: dict[tuple[str, Kind], int] = {}
        roles: dict[tuple[str, Kind], dict[str, None]] = {}
        quotes: dict[tuple[str, Kind], list[str]] = {}
        for quote in findings.quotes:
            quotes.setdefault((quote.name, quote.kind), []).append(" ".join(text[quote.start : quote.end].split()))
        for mention in findings.actors:
            evidence[mention.name, mention.kind] = mention.evidence
            if mention.role:
                roles.setdefault((mention.name, mention.kind), {})[mention.role] = None
            forms.setdefault((mention.name, mention.kind), Counter())[text[mention.start : mention.end]] += 1
        self._db.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [
                (
                    path,
                    *key,
                    sum(found.values()),
                    encode({form: times for form, times in found.items() if form != key[0]}),
                    key in findings.stated,
                    evidence.get(key, 0),
                    encode(list(roles.get(key, ()))),
                    encode(quotes.get(key, ())),
                )
                for key, found in forms.items()
            ],
        )

    def _put_entries(self, path: str, statements: tuple[Statement, ...], text: str) -> None:
        rows = []
        for s in statements:
            year = s.date.earliest.year if s.date.earliest else s.date.latest and s.date.latest.year
            when = (s.date.text, s.date.precision, *s.date.sort_key[:3], s.date.unit, year)
            sentence = " ".join(text[s.start : s.end].split())
            rows.append((path, *when, s.start, s.end, sentence, s.evidence, s.basis, s.mood, encode(s.actors)))
        marks = ", ".join("?" * 15)
        self._db.executemany(f"INSERT INTO entry VALUES (NULL, {marks}, 0, NULL, NULL, NULL, '[]', NULL, 0)", rows)

    def wishes(self) -> Iterator[tuple[str, str]]:
        """Yield (path, text to make the slug of) of every article, withdrawn ones too: their address stays theirs."""
        yield from self._db.execute(f"SELECT path, wish FROM article UNION ALL {editorial.WISHES} ORDER BY path")

    def set_slugs(self, slugs: Mapping[str, str]) -> None:
        """Give every article its slug, and its place in the order of publication: undated last, by path."""
        self._db.executemany("UPDATE article SET slug = ? WHERE path = ?", ((s, p) for p, s in slugs.items()))
        editorial.set_slugs(self._db, slugs)
        self._db.execute(
            "UPDATE article SET place = o.place FROM (SELECT path, row_number() OVER "
            "(ORDER BY first IS NULL, first, published, path) AS place FROM article) AS o WHERE article.path = o.path"
        )

    def name_counts(self) -> Iterator[NameCount]:
        """Yield every name of the archive with its kind, how often it stands, and the other forms it has.

        SQLite adds up: only the few rows that have another form are looked at one by one.
        """
        rows = self._db.execute(
            "SELECT name, kind, count(*), sum(mentions), max(stated), sum(evidence), "
            "group_concat(CAST(forms AS TEXT)) FILTER (WHERE forms <> ?) FROM name GROUP BY name, kind",
            (encode({}),),
        )
        decode = msgspec.json.Decoder(list[dict[str, int]]).decode
        for name, kind, articles, mentions, stated, evidence, others in rows:
            forms: Counter[str] = Counter()
            for found in decode(f"[{others}]") if others else ():
                forms.update(found)
            yield NameCount(name, kind, articles, mentions, _by_count(forms), bool(stated), evidence)

    def set_actors(self, actors: Iterable[Actor], of: Mapping[tuple[str, Kind], str]) -> None:
        """Keep the archive's actors, and who every name and statement means."""
        self._db.execute("DELETE FROM actor")
        self._db.execute("DELETE FROM entry_actor")
        self._db.executemany(
            "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((a.id, a.name, a.kind, a.articles, a.mentions, a.page, initial(a.name), encode(a)) for a in actors),
        )
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS means (name TEXT, kind TEXT, actor TEXT, PRIMARY KEY (name, kind))"
        )
        self._db.execute("DELETE FROM means")
        self._db.executemany("INSERT INTO means VALUES (?, ?, ?)", ((*key, actor) for key, actor in of.items()))
        self._db.execute(
            "UPDATE name SET actor = (SELECT actor FROM means WHERE means.name = name.name AND means.kind = name.kind)"
        )
        self._db.execute(
            "UPDATE entry SET rank = o.rank FROM (SELECT id, row_number() OVER "
            "(ORDER BY year IS NULL, sort1, sort2, sort3, date, article, start) AS rank FROM entry) AS o "
            "WHERE entry.id = o.id"
        )
        self._db.execute(
            "INSERT OR IGNORE INTO entry_actor SELECT name.actor, entry.rank, entry.year, entry.id, "
            "CAST(n.key AS INTEGER) "
            "FROM entry, json_each(entry.names) AS n, name "
            "WHERE name.article = entry.article AND name.name = n.value AND name.actor IS NOT NULL "
            "AND entry.repeats IS NULL "
            "ORDER BY entry.id, CAST(n.key AS INTEGER)"
        )
        self._db.execute(
            "UPDATE entry SET who = (SELECT json_group_array(actor) FROM (SELECT x.actor FROM entry_actor AS x "
            "JOIN actor AS a ON a.id = x.actor AND a.page WHERE x.entry = entry.id ORDER BY x.position))"
        )
        # Counts are of what the store holds: two spellings of one actor in one article are one article.
        self._db.execute(
            "UPDATE actor SET articles = c.articles, mentions = c.mentions FROM (SELECT actor, "
            "count(DISTINCT article) AS articles, sum(mentions) AS mentions FROM name GROUP BY actor) AS c "
            "WHERE actor.id = c.actor"
        )


def is_doubtful(article: Article, diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether a field of the article is in doubt or reading it gave a warning: what `review` calls doubtful."""
    fields = (article.title, article.source, article.byline, article.published, article.updated, article.captured)
    return any(known.doubt for known in (*fields, article.event_date) if known) or any(
        told.severity == "warning" for told in diagnostics
    )


def _summary(article: Article) -> str:
    for block in article.body.blocks:
        if block.kind == "paragraph":
            text = " ".join(article.body.text[block.start : block.end].split())
            return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0] + " …"
    return ""


def _ordinal(date: Date) -> int | None:
    bound = date.earliest or date.latest
    return bound.toordinal() if bound else None


def _by_count(forms: Counter[str]) -> tuple[str, ...]:
    return tuple(form for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])))
