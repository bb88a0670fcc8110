"""What can only be known of all articles together, brought up to date: slugs, whose a name is, marks of what changed.

Each step works on what changed alone, as far as that tells (the tables of `write.CHANGES`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from archivegen.model import Actor, Kind, NameCount
from archivegen.slugs import initial
from archivegen.store.marks import mark_of

__all__ = [
    "any_uncompared",
    "count_changed",
    "mark_all_changed",
    "settle_actors",
    "settle_cast",
    "settle_marks",
    "settle_names",
    "spellings",
]

_Named = tuple[int, str, int, int]  # an actor whom an article names: number, id, whether it has a page, mark
Resolved = tuple[Iterable[Actor], Mapping[tuple[str, Kind], str]]  # actors, and the id of each name's
DIRTY = "(SELECT number FROM dirty)"
COUNTED = ("articles", "mentions", "stated", "evidence")
# A mark is a sum in which each part has a factor of its own, so that none makes up for another; and stays a mark.
MARKS = 1 << 40
ENTRY_MARK = (
    "(own_mark + 1000003 * outlets + 2000029 * coalesce(lag + 5000011, 0) + 3000017 * also + 7000003 * contested "
    "+ 9000011 * (repeats IS NULL) + 3 * (SELECT ref_mark FROM article WHERE number = entry.article) "
    "+ 5 * coalesce((SELECT ref_mark FROM article WHERE number = entry.reporter), 0) "
    f"+ 7 * who_mark) % {MARKS}"
)
# An actor with several names: each may stand in as many articles as before while together they stand in fewer or more.
MISCOUNTED = (
    "SELECT 1 FROM actor AS a WHERE number IN (SELECT s.actor FROM respelt JOIN spelling AS s USING (id)) "
    "AND (SELECT count(*) FROM spelling WHERE actor = a.number) > 1 AND articles != (SELECT count(DISTINCT n.article) "
    "FROM spelling AS s JOIN name AS n ON n.spelling = s.id WHERE s.actor = a.number) LIMIT 1"
)
NAMED_IN = (
    "SELECT s.name, a.number, a.id, a.page, a.mark FROM name AS n JOIN spelling AS s ON s.id = n.spelling "
    "JOIN actor AS a ON a.number = s.actor WHERE n.article = ? ORDER BY a.id"
)
# What a copy only repeats stands under nobody's name.
ENTRIES_OF = (
    "SELECT id, year, CASE WHEN repeats IS NULL THEN names ELSE '[]' END, who, who_mark FROM entry WHERE article = ?"
)
CAST_MARK = (
    "coalesce((SELECT sum(n.mark + 3 * s.mark) FROM name AS n JOIN spelling AS s ON s.id = n.spelling "
    f"WHERE n.article = article.number), 0) % {MARKS}"
)
ENTRIES_MARK = f"coalesce((SELECT sum(mark) FROM entry WHERE entry.article = article.number), 0) % {MARKS}"
_forms = msgspec.json.Decoder(list[dict[str, int]]).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode


def mark_all_changed(db: sqlite3.Connection) -> None:
    """Take all articles and names for changed: another program made what is known of them."""
    db.execute("INSERT OR IGNORE INTO dirty SELECT number FROM article")
    db.execute("INSERT OR IGNORE INTO wished SELECT wish FROM editorial")  # withdrawn ones are no articles
    db.execute("INSERT OR IGNORE INTO respelt SELECT id FROM spelling")


def count_changed(db: sqlite3.Connection) -> int:
    """Count the articles that this build changed so far."""
    return int(db.execute("SELECT count(*) FROM dirty").fetchone()[0])


def any_uncompared(db: sqlite3.Connection) -> bool:
    """Tell whether articles changed in what they are compared by with others, came or went."""
    return db.execute("SELECT 1 FROM uncompared LIMIT 1").fetchone() is not None


def settle_names(db: sqlite3.Connection) -> bool:
    """Count again the names that changed articles have or had; tell whether that changed anything."""
    db.execute(f"INSERT OR IGNORE INTO respelt SELECT DISTINCT spelling FROM name WHERE article IN {DIRTY}")
    db.execute(
        "CREATE TEMP TABLE counted AS SELECT s.id, count(n.article) AS articles, "
        "coalesce(sum(n.mentions), 0) AS mentions, coalesce(max(n.stated), 0) AS stated, "
        "coalesce(sum(n.evidence), 0) AS evidence "
        "FROM respelt AS s LEFT JOIN name AS n ON n.spelling = s.id GROUP BY s.id"
    )
    db.execute("CREATE TEMP TABLE formed (id INTEGER PRIMARY KEY, forms TEXT NOT NULL)")
    db.executemany("INSERT INTO formed VALUES (?, ?)", list(_formed(db)))
    now, fresh = (", ".join(f"{of}.{column}" for column in COUNTED) for of in ("spelling", "c"))
    changed = db.execute(
        f"UPDATE spelling SET ({', '.join(COUNTED)}, forms) = ({fresh}, coalesce(f.forms, '[]')) "
        "FROM counted AS c LEFT JOIN formed AS f ON f.id = c.id WHERE spelling.id = c.id "
        f"AND ({now}, spelling.forms) IS NOT ({fresh}, coalesce(f.forms, '[]'))"
    ).rowcount
    db.execute("DELETE FROM spelling WHERE id IN (SELECT id FROM counted WHERE articles = 0)")
    db.execute("DROP TABLE counted")
    db.execute("DROP TABLE formed")
    return changed > 0 or db.execute(MISCOUNTED).fetchone() is not None


def _formed(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield of every name that changed the other forms it has, most frequent first; SQLite passes by those without."""
    rows = db.execute(
        "SELECT n.spelling, group_concat(n.forms) FROM name AS n WHERE n.forms IS NOT NULL "
        "AND n.spelling IN (SELECT id FROM respelt) GROUP BY n.spelling"
    )
    for number, found in rows:
        forms: Counter[str] = Counter()
        for counts in _forms(f"[{found}]"):
            forms.update(counts)
        ordered = sorted(forms.items(), key=lambda item: (-item[1], item[0]))
        yield number, msgspec.json.encode([form for form, _ in ordered]).decode()


def spellings(db: sqlite3.Connection) -> Iterator[NameCount]:
    """Yield every name of the archive with its kind, how often it stands, and the other forms it has."""
    rows = db.execute("SELECT name, kind, articles, mentions, forms, stated, evidence FROM spelling")
    for name, kind, articles, mentions, forms, stated, evidence in rows:
        yield NameCount(name, kind, articles, mentions, _texts(forms), bool(stated), evidence)


def settle_actors(db: sqlite3.Connection, resolve: Callable[[Iterator[NameCount]], Resolved]) -> None:
    """Find out whom each name means and keep what that changes."""
    actors, meant = resolve(spellings(db))
    _keep_actors(db, actors, _counts(db, meant))
    known = {row[0]: row[1:] for row in db.execute("SELECT id, number, mark FROM actor")}
    turned = []
    for number, name, kind, actor, mark in db.execute("SELECT id, name, kind, actor, mark FROM spelling"):
        who = meant.get((name, kind))
        now, actor_mark = known[who] if who else (None, None)
        fresh = mark_of(name, kind, who, actor_mark)
        if (now, fresh) != (actor, mark):
            turned.append((now, fresh, number))
    db.executemany("UPDATE spelling SET actor = ?, mark = ? WHERE id = ?", turned)
    # Whoever got another name, kind or page stands otherwise in all articles that name them.
    db.executemany(
        "INSERT OR IGNORE INTO dirty SELECT article FROM name WHERE spelling = ?", ((row[2],) for row in turned)
    )


def _counts(db: sqlite3.Connection, meant: Mapping[tuple[str, Kind], str]) -> dict[str, tuple[int, int]]:
    """(articles, mentions) of each actor as the store has them: two spellings in one article are one article."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for name, kind, *counted in db.execute("SELECT name, kind, id, articles, mentions FROM spelling"):
        if who := meant.get((name, kind)):
            found.setdefault(who, []).append(tuple(counted))
    counts = {}
    for who, own in found.items():
        articles = own[0][1]
        if len(own) > 1:
            places = ", ".join(str(number) for number, _, _ in own)
            query = f"SELECT count(DISTINCT article) FROM name WHERE spelling IN ({places})"
            (articles,) = db.execute(query).fetchone()
        counts[who] = (articles, sum(mentions for _, _, mentions in own))
    return counts


def _keep_actors(db: sqlite3.Connection, actors: Iterable[Actor], counts: Mapping[str, tuple[int, int]]) -> None:
    db.execute("CREATE TEMP TABLE fresh AS SELECT * FROM actor LIMIT 0")
    db.executemany(
        "INSERT INTO fresh VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_row(actor, counts) for actor in actors)
    )
    db.execute("CREATE UNIQUE INDEX temp.fresh_id ON fresh (id)")
    db.execute("DELETE FROM actor WHERE id NOT IN (SELECT id FROM fresh)")
    columns = "id, name, kind, articles, mentions, page, letter, data, mark, head_mark, page_mark"
    db.execute(
        f"INSERT INTO actor ({columns}) SELECT {columns} FROM fresh WHERE 1 ON CONFLICT (id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in columns.split(", ")[1:])
        + " WHERE page_mark != excluded.page_mark"
    )
    db.execute("DROP TABLE fresh")


def _row(actor: Actor, counts: Mapping[str, tuple[int, int]]) -> tuple[object, ...]:
    articles, mentions = counts.get(actor.id, (actor.articles, actor.mentions))
    data = msgspec.json.encode(replace(actor, articles=articles, mentions=mentions))
    mark = mark_of(actor.id, actor.name, actor.kind, actor.page)
    head = mark_of(msgspec.json.encode(replace(actor, articles=0, mentions=0)))  # what each of its pages begins with
    letter = initial(actor.name)
    return (actor.id, actor.name, actor.kind, articles, mentions, actor.page, letter, data, mark, head, mark_of(data))


def settle_cast(db: sqlite3.Connection) -> None:
    """Note again whom changed articles name, and which actors their statements concern."""
    db.execute(f"DELETE FROM named WHERE article IN {DIRTY}")
    db.execute(
        "INSERT OR IGNORE INTO named SELECT s.actor, n.article FROM dirty AS d "
        "CROSS JOIN name AS n ON n.article = d.number JOIN spelling AS s ON s.id = n.spelling WHERE s.actor IS NOT NULL"
    )
    db.execute(f"DELETE FROM entry_actor WHERE entry IN (SELECT id FROM entry WHERE article IN {DIRTY})")
    numbers = [number for (number,) in db.execute("SELECT number FROM dirty ORDER BY number")]
    for number in numbers:
        _settle_entries(db, number)


def _settle_entries(db: sqlite3.Connection, article: int) -> None:
    """Note which actors the statements of an article concern: all in `entry_actor`, in `who` those with a page."""
    entries = db.execute(ENTRIES_OF, (article,)).fetchall()
    if not entries:
        return
    known: dict[str, list[_Named]] = {}
    for name, *actor in db.execute(NAMED_IN, (article,)):
        known.setdefault(name, []).append(tuple(actor))
    concern = {names: _concern(_texts(names), known) for names in {row[2] for row in entries}}
    pairs = []
    changed = []
    for number, year, names, who, mark in entries:
        actors, *now = concern[names]
        pairs += [(actor, year or 0, number, position) for actor, position in actors]
        if now != [who, mark]:
            changed.append((*now, number))
    db.executemany("INSERT INTO entry_actor VALUES (?, ?, ?, ?)", pairs)
    db.executemany("UPDATE entry SET who = ?, who_mark = ? WHERE id = ?", changed)


def _concern(names: Iterable[str], known: Mapping[str, Sequence[_Named]]) -> tuple[list[tuple[int, int]], str, int]:
    """The actors of a statement's names, as (number, position); the ids of those with a page, as JSON; their mark."""
    positions: dict[int, int] = {}
    shown: dict[str, int] = {}
    for position, name in enumerate(names):
        for number, actor, page, mark in known.get(name, ()):
            positions.setdefault(number, position)
            if page:
                shown.setdefault(actor, mark)
    mark = sum(place * mark for place, mark in enumerate(shown.values(), 1)) % MARKS
    return list(positions.items()), msgspec.json.encode(list(shown)).decode(), mark


def settle_marks(db: sqlite3.Connection) -> None:
    """Make the marks of what changed, by which `store.signs` tells which pages are to be drawn; count the periods."""
    db.execute("CREATE TEMP TABLE moved AS SELECT number FROM article WHERE ref_mark != own_mark")
    db.execute("UPDATE article SET ref_mark = own_mark WHERE number IN (SELECT number FROM moved)")
    db.execute(
        "INSERT OR IGNORE INTO dirty SELECT article FROM entry "
        "WHERE reporter IS NOT NULL AND reporter IN (SELECT number FROM moved)"
    )
    db.execute("DROP TABLE moved")
    db.execute(f"UPDATE entry SET mark = {ENTRY_MARK} WHERE article IN {DIRTY}")
    db.execute(f"UPDATE article SET entries_mark = {ENTRIES_MARK}, cast_mark = {CAST_MARK} WHERE number IN {DIRTY}")
    _settle_kin(db)
    _settle_periods(db)


def _settle_kin(db: sqlite3.Connection) -> None:
    """Marks of what articles show of their relatives: copies, story, proposed date."""
    db.execute(
        "CREATE TEMP TABLE kin AS SELECT number, sum(mark) % " + str(MARKS) + " AS mark FROM ("
        "SELECT c.article AS number, a.mark + 3 * a.ref_mark + 1 AS mark "
        "FROM copy AS c JOIN article AS a ON a.number = c.first "
        "UNION ALL SELECT c.first, 5 * a.ref_mark + 2 FROM copy AS c JOIN article AS a ON a.number = c.article "
        "UNION ALL SELECT own.article, 7 * a.ref_mark + 3 FROM story AS own "
        "JOIN story AS s ON s.first = own.first AND s.article != own.article JOIN article AS a ON a.number = s.article "
        "UNION ALL SELECT p.article, mark_of(p.date, p.shared, p.weekday, a.ref_mark) "
        "FROM proposal AS p JOIN article AS a ON a.number = p.fellow) GROUP BY number"
    )
    db.execute("CREATE UNIQUE INDEX temp.kin_number ON kin (number)")
    now = "coalesce((SELECT mark FROM kin WHERE kin.number = article.number), 0)"
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
