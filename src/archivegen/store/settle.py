"""What can only be known of all articles together, brought up to date: slugs, actors, and the marks of what changed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from archivegen.model import Actor, Kind, NameCount
from archivegen.slugs import initial, short_hash
from archivegen.store.marks import mark_of

__all__ = [
    "count_changed",
    "mark_all_changed",
    "name_counts",
    "names_mark",
    "settle_actors",
    "settle_cast",
    "settle_marks",
    "settle_slugs",
]

MEANING = "(SELECT actor FROM means WHERE means.name = name.name AND means.kind = name.kind)"

Resolved = tuple[Iterable[Actor], Mapping[tuple[str, Kind], str]]  # actors, and the id of each name's


def mark_all_changed(db: sqlite3.Connection) -> None:
    """Take all articles for changed: another program made what is known of them."""
    db.execute("INSERT OR IGNORE INTO dirty SELECT path FROM article")


def count_changed(db: sqlite3.Connection) -> int:
    """Count the articles that this build changed so far."""
    return int(db.execute("SELECT count(*) FROM dirty").fetchone()[0])


def settle_slugs(db: sqlite3.Connection, owners: Mapping[str, str]) -> None:
    """Give every article its slug, withdrawn ones too: their address stays theirs.

    Of several that want the same, the first by path has it plain. The others get a hash of their path, which depends on
    nothing else, so a later arrival does not move them. `owners` are the paths to which some slugs belong, whatever the
    order: nobody else gets those.
    """
    every = db.execute(
        "SELECT wish, path, slug FROM article UNION ALL "
        "SELECT wish, path, slug FROM editorial WHERE status = 'withdrawn' ORDER BY wish, path"
    )
    db.execute("CREATE TEMP TABLE moved (path TEXT PRIMARY KEY, slug TEXT NOT NULL) WITHOUT ROWID")
    db.executemany("INSERT INTO moved VALUES (?, ?)", _moved_slugs(every, owners))
    for table in ("article", "editorial"):
        db.execute(f"UPDATE {table} SET slug = m.slug FROM moved AS m WHERE m.path = {table}.path")
    db.execute("INSERT OR IGNORE INTO dirty SELECT path FROM moved")
    db.execute("DROP TABLE moved")


def _moved_slugs(every: Iterable[tuple[str, str, str]], owners: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (path, slug) of those that have another; `every` are (wish, path, slug now), in order."""
    for wish, rows in groupby(every, key=lambda row: row[0]):
        is_free = True
        for _, path, slug in rows:
            is_own = is_free and owners.get(wish, path) == path
            is_free = is_free and not is_own
            wanted = wish if is_own else f"{wish}-{short_hash(path)}"
            if slug != wanted:
                yield path, wanted


def names_mark(db: sqlite3.Connection) -> str:
    """Return a hash of all that says who the archive's actors are."""
    return str(db.execute("SELECT count(*), sum(mark) FROM name").fetchone())


def settle_actors(db: sqlite3.Connection, resolve: Callable[[Iterator[NameCount]], Resolved]) -> None:
    """Find out whom each name means and keep what that changes."""
    actors, of = resolve(name_counts(db))
    db.execute("DELETE FROM means")
    db.executemany("INSERT INTO means VALUES (?, ?, ?)", ((*key, actor) for key, actor in of.items()))
    db.execute(f"INSERT OR IGNORE INTO dirty SELECT article FROM name WHERE actor IS NOT {MEANING}")
    db.execute(f"UPDATE name SET actor = {MEANING} WHERE actor IS NOT {MEANING}")
    _keep_actors(db, actors)


def _keep_actors(db: sqlite3.Connection, actors: Iterable[Actor]) -> None:
    # Counts are of what the store holds: two spellings of one actor in one article are one article.
    counts = {
        actor: (articles, mentions)
        for actor, articles, mentions in db.execute(
            "SELECT actor, count(DISTINCT article), sum(mentions) FROM name WHERE actor IS NOT NULL GROUP BY actor"
        )
    }
    db.execute("CREATE TEMP TABLE fresh AS SELECT * FROM actor LIMIT 0")
    db.executemany(
        "INSERT INTO fresh VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                a.id,
                a.name,
                a.kind,
                *counts.get(a.id, (a.articles, a.mentions)),
                a.page,
                initial(a.name),
                msgspec.json.encode(a),
                mark_of(a.id, a.name, a.kind, a.page),
            )
            for a in actors
        ),
    )
    db.execute("CREATE UNIQUE INDEX temp.fresh_id ON fresh (id)")
    # Who got another name, kind or page stands otherwise in all articles that name them.
    db.execute(
        "INSERT OR IGNORE INTO dirty SELECT DISTINCT n.article FROM fresh AS f LEFT JOIN actor AS a ON a.id = f.id "
        "JOIN name AS n ON n.actor = f.id WHERE a.mark IS NOT f.mark"
    )
    db.execute("DELETE FROM actor WHERE id NOT IN (SELECT id FROM fresh)")
    db.execute("INSERT OR REPLACE INTO actor SELECT * FROM fresh EXCEPT SELECT * FROM actor")
    db.execute("DROP TABLE fresh")


def settle_cast(db: sqlite3.Connection) -> None:
    """Note again whom changed articles name, and which actors their statements concern."""
    db.execute(f"UPDATE name SET actor = {MEANING} WHERE article IN (SELECT path FROM dirty)")
    entries = "(SELECT id FROM entry WHERE article IN (SELECT path FROM dirty))"
    db.execute(f"DELETE FROM entry_actor WHERE entry IN {entries}")
    db.execute(
        "INSERT OR IGNORE INTO entry_actor SELECT name.actor, entry.rank, entry.year, entry.id, "
        "CAST(n.key AS INTEGER) FROM dirty JOIN entry ON entry.article = dirty.path, json_each(entry.names) AS n, name "
        "WHERE name.article = entry.article AND name.name = n.value AND name.actor IS NOT NULL "
        "AND entry.repeats IS NULL ORDER BY entry.id, CAST(n.key AS INTEGER)"
    )
    db.execute(
        "UPDATE entry SET who = (SELECT json_group_array(actor) FROM (SELECT x.actor FROM entry_actor AS x "
        "JOIN actor AS a ON a.id = x.actor AND a.page WHERE x.entry = entry.id ORDER BY x.position)) "
        "WHERE article IN (SELECT path FROM dirty)"
    )


def settle_marks(db: sqlite3.Connection) -> None:
    """Make the marks of what changed, by which `store.signs` tells which pages are to be drawn; count the periods."""
    db.execute("CREATE TEMP TABLE moved AS SELECT path FROM article WHERE ref_mark != mark_of(slug, ref, rank)")
    db.execute("UPDATE article SET ref_mark = mark_of(slug, ref, rank) WHERE path IN (SELECT path FROM moved)")
    db.execute(
        "INSERT OR IGNORE INTO dirty SELECT article FROM entry "
        "WHERE reporter IS NOT NULL AND reporter IN (SELECT path FROM moved)"
    )
    db.execute("DROP TABLE moved")
    db.execute(
        "UPDATE entry SET mark = mark_of(rank, text, evidence, basis, mood, start, outlets, lag, repeats IS NULL, "
        "also, contested, who, "
        "(SELECT slug || ref_mark FROM article WHERE path = entry.article), "
        "(SELECT ref_mark FROM article WHERE path = entry.reporter), "
        "(SELECT sum(a.mark) FROM entry_actor AS x JOIN actor AS a ON a.id = x.actor AND a.page "
        "WHERE x.entry = entry.id)) WHERE article IN (SELECT path FROM dirty)"
    )
    db.execute(
        "UPDATE article SET entries_mark = "
        "coalesce((SELECT sum(mark) FROM entry WHERE entry.article = article.path), 0), "
        "cast_mark = coalesce((SELECT sum(mark_of(n.mark, n.actor, a.mark)) FROM name AS n "
        "LEFT JOIN actor AS a ON a.id = n.actor WHERE n.article = article.path), 0) "
        "WHERE path IN (SELECT path FROM dirty)"
    )
    _settle_kin(db)
    _settle_periods(db)


def _settle_kin(db: sqlite3.Connection) -> None:
    """Marks of what articles show of their relatives: copies, story, proposed date."""
    db.execute(
        "CREATE TEMP TABLE kin AS SELECT path, sum(mark) AS mark FROM ("
        "SELECT c.article AS path, mark_of('of', a.mark, a.ref_mark) AS mark "
        "FROM copy AS c JOIN article AS a ON a.path = c.first "
        "UNION ALL SELECT c.first, mark_of('copy', a.ref_mark) FROM copy AS c JOIN article AS a ON a.path = c.article "
        "UNION ALL SELECT own.article, mark_of('story', a.ref_mark) FROM story AS own "
        "JOIN story AS s ON s.first = own.first AND s.article != own.article JOIN article AS a ON a.path = s.article "
        "UNION ALL SELECT p.article, mark_of('date', p.date, p.shared, p.weekday, a.ref_mark) "
        "FROM proposal AS p JOIN article AS a ON a.path = p.fellow) GROUP BY path"
    )
    db.execute("CREATE UNIQUE INDEX temp.kin_path ON kin (path)")
    now = "coalesce((SELECT mark FROM kin WHERE kin.path = article.path), 0)"
    db.execute(f"UPDATE article SET kin_mark = {now} WHERE kin_mark != {now}")
    db.execute("DROP TABLE kin")


def _settle_periods(db: sqlite3.Connection) -> None:
    """Count what every year, month and day has; a month has what its days have."""
    db.execute("DELETE FROM period")
    db.execute(
        "WITH own AS (SELECT page, sum(entries) AS entries, sum(articles) AS articles FROM ("
        "SELECT page, count(*) AS entries, 0 AS articles FROM entry "
        "WHERE page IS NOT NULL AND repeats IS NULL GROUP BY page "
        "UNION ALL SELECT page, 0, count(*) FROM article WHERE page IS NOT NULL GROUP BY page) GROUP BY page) "
        "INSERT INTO period SELECT page, sum(entries), sum(articles) FROM ("
        "SELECT page, entries, articles FROM own "
        "UNION ALL SELECT substr(page, 1, 7), entries, articles FROM own WHERE length(page) > 7 "
        "UNION ALL SELECT substr(page, 1, 4), entries, articles FROM own WHERE length(page) > 4) GROUP BY page"
    )


def name_counts(db: sqlite3.Connection) -> Iterator[NameCount]:
    """Yield every name of the archive with its kind, how often it stands, and the other forms it has.

    SQLite adds up: only the few rows that have another form are looked at one by one.
    """
    rows = db.execute(
        "SELECT name, kind, count(*), sum(mentions), max(stated), sum(evidence), "
        "group_concat(CAST(forms AS TEXT)) FILTER (WHERE forms <> ?) FROM name GROUP BY name, kind",
        (msgspec.json.encode({}),),
    )
    decode = msgspec.json.Decoder(list[dict[str, int]]).decode
    for name, kind, articles, mentions, stated, evidence, others in rows:
        forms: Counter[str] = Counter()
        for found in decode(f"[{others}]") if others else ():
            forms.update(found)
        yield NameCount(name, kind, articles, mentions, _by_count(forms), bool(stated), evidence)


def _by_count(forms: Counter[str]) -> tuple[str, ...]:
    return tuple(form for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])))
