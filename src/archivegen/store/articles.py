"""Articles with all that their pages show, and what ties them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from archivegen import edtf
from archivegen.model import Article, Findings, Kind
from archivegen.store.pack import Shown
from archivegen.store.rows import ENTRY, REF, Rows
from archivegen.views import ActorRef, ArticleRef, ArticleView, Entry, NameLink, ProposedDate

__all__ = ["Articles"]

BEFORE = "SELECT b.number FROM article AS b WHERE b.rank < a.rank ORDER BY b.rank DESC LIMIT 1"
AFTER = "SELECT b.number FROM article AS b WHERE b.rank > a.rank AND b.first IS NOT NULL ORDER BY b.rank LIMIT 1"
VIEW = (
    f"SELECT {REF}, a.kin_mark, a.entries_mark, c.shown, c.data, "
    f"CASE WHEN a.first IS NOT NULL THEN ({BEFORE}) END, CASE WHEN a.first IS NOT NULL THEN ({AFTER}) END "
    "FROM article AS a JOIN content AS c ON c.article = a.number WHERE a.number IN ({}) ORDER BY a.rank"
)
NAMES = (
    "SELECT n.article, s.name, s.kind, a.id, a.name, a.kind FROM name AS n JOIN spelling AS s ON s.id = n.spelling "
    "JOIN actor AS a ON a.number = s.actor AND a.page WHERE n.article IN ({}) ORDER BY n.article, n.mentions DESC, a.id"
)
RELATIVES = 50  # articles that a page lists as copies, and as of its story, at most
_article = msgspec.json.Decoder(Article).decode
_findings = msgspec.json.Decoder(Findings).decode
_shown = msgspec.json.Decoder(Shown).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode

Cast = dict[tuple[str, Kind], ActorRef]  # by the name and kind under which an article has them


class Articles:
    """Articles with all that their pages show, and what ties them together."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> Iterator[tuple[str, Article, Findings]]:
        """Yield (slug, article, findings) in the order of publication."""
        query = (
            "SELECT a.slug, c.data, c.findings FROM article AS a "
            "JOIN content AS c ON c.article = a.number ORDER BY a.rank"
        )
        for slug, article, findings in self._rows.db.execute(query):
            yield slug, _article(article), _findings(findings)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (path, all that is shown of it in words) of every article."""
        for _, article, _ in self.all():
            fields = (article.title, article.source, article.byline, article.agency)
            yield article.path, "\n".join([*(field.value for field in fields if field), article.body.text])

    def views(self, numbers: Sequence[int]) -> Iterator[tuple[int, ArticleView]]:
        """Yield (number, view) of articles with all that their pages show, in the order of publication.

        One without a date has none before or after it: its place in that order is not known.
        """
        places = ", ".join("?" * len(numbers))
        casts = self._casts(places, numbers)
        rows = self._rows.db.execute(VIEW.format(places), numbers).fetchall()
        refs = [self._rows.as_ref(*row[:3]) for row in rows]  # first: most are neighbours of each other
        for ref, (number, _, _, has_kin, has_entries, shown, data, before, after) in zip(refs, rows, strict=True):
            found, cast = _shown(shown), casts.get(number, {})
            view = ArticleView(
                ref,
                _article(data),
                tuple([NameLink(n[0], n[1], cast[n[2:]]) for n in found.names if n[2:] in cast]),
                tuple(dict.fromkeys(cast.values())),
                self._entries(number) if has_entries else (),
                found.sentences,
                self._rows.ref(before) if before else None,
                self._rows.ref(after) if after else None,
                *(self._relatives(number) if has_kin else (None, (), (), None)),
            )
            yield number, view

    def _entries(self, number: int) -> tuple[Entry, ...]:
        return self._rows.entries(f"{ENTRY} WHERE e.article = ? ORDER BY e.start, e.rank", number)

    def _casts(self, places: str, numbers: Sequence[int]) -> dict[int, Cast]:
        rows = self._rows.db.execute(NAMES.format(places), numbers)
        refs: dict[str, ActorRef] = {}
        return {
            number: {
                (name, kind): refs.get(actor[0]) or refs.setdefault(actor[0], ActorRef(*actor))
                for _, name, kind, *actor in group
            }
            for number, group in groupby(rows, key=itemgetter(0))
        }

    def versions(self, number: int) -> tuple[list[str], list[str]]:
        """The sentences of the article that this one is a copy of, and its own."""
        first = self._rows.one("SELECT first FROM copy WHERE article = ?", number)
        return self._sentences(first), self._sentences(number)

    def _sentences(self, number: int) -> list[str]:
        query = "SELECT shown, data FROM content WHERE article = ?"
        shown, data = self._rows.db.execute(query, (number,)).fetchone()
        text = _article(data).body.text
        return [" ".join(text[start:end].split()) for start, end in _shown(shown).sentences]

    def firsts(self, table: str) -> dict[str, str]:
        """The first article of the copies (`copy`) or the story (`story`) that an article is of, by path."""
        paths = "JOIN article AS a ON a.number = t.article JOIN article AS f ON f.number = t.first"
        query = {
            "copy": f"SELECT a.path, f.path FROM copy AS t {paths}",
            "story": f"SELECT a.path, f.path FROM story AS t {paths}",
        }[table]
        return dict(self._rows.db.execute(query).fetchall())

    def proposals(self) -> dict[str, ProposedDate]:
        """The dates that undated articles may have, by the article's path."""
        rows = self._rows.db.execute(
            "SELECT a.path, a.number FROM proposal AS p JOIN article AS a ON a.number = p.article"
        ).fetchall()
        return {path: self._proposed(number) for path, number in rows}

    def _relatives(
        self, number: int
    ) -> tuple[ArticleRef | None, tuple[ArticleRef, ...], tuple[ArticleRef, ...], ProposedDate | None]:
        """Of what an article is a copy, its copies, the others of its story, and the date it may have."""
        first = self._rows.db.execute("SELECT first FROM copy WHERE article = ?", (number,)).fetchone()
        order = "ORDER BY a.rank LIMIT ?2"
        copies = self._rows.refs(
            f"SELECT {REF} FROM copy AS c JOIN article AS a ON a.number = c.article WHERE c.first = ?1 {order}",
            number,
            RELATIVES,
        )
        story = self._rows.refs(
            f"SELECT {REF} FROM story AS own JOIN story AS s ON s.first = own.first "
            "JOIN article AS a ON a.number = s.article WHERE own.article = ?1 AND s.article != ?1 "
            "AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = s.article AND c.first = ?1) "
            f"AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = ?1 AND c.first = s.article) {order}",
            number,
            RELATIVES,
        )
        has_proposal = self._rows.db.execute("SELECT 1 FROM proposal WHERE article = ?", (number,)).fetchone()
        return (
            self._rows.ref(first[0]) if first else None,
            copies,
            story,
            self._proposed(number) if has_proposal else None,
        )

    def _proposed(self, number: int) -> ProposedDate:
        query = "SELECT date, fellow, shared, weekday FROM proposal WHERE article = ?"
        row: tuple[Any, ...] = self._rows.db.execute(query, (number,)).fetchone()
        date, fellow, shared, weekday = row
        return ProposedDate(edtf.parse(date), self._rows.ref(fellow), _texts(shared), weekday)
