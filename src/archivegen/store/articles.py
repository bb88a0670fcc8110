"""Articles with all that their pages show, and what ties them together."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archivegen import edtf
from archivegen.model import Article, Findings, Kind
from archivegen.store.rows import ENTRY, Rows
from archivegen.views import ActorRef, ArticleRef, ArticleView, NameLink, ProposedDate

__all__ = ["Articles"]

VIEW = (
    "SELECT a.rank, a.first IS NOT NULL, a.kin_mark, c.article, c.findings FROM article AS a "
    "JOIN content AS c ON c.path = a.path WHERE a.path = ?"
)
BEFORE = "SELECT path FROM article WHERE rank < ? ORDER BY rank DESC LIMIT 1"
AFTER = "SELECT path FROM article WHERE rank > ? AND first IS NOT NULL ORDER BY rank LIMIT 1"
RELATIVES = 50  # articles that a page lists as copies, and as of its story, at most
_article = msgspec.json.Decoder(Article).decode
_findings = msgspec.json.Decoder(Findings).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode


class Articles:
    """Articles with all that their pages show, and what ties them together."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> Iterator[tuple[str, Article, Findings]]:
        """Yield (slug, article, findings) in the order of publication."""
        query = (
            "SELECT a.slug, c.article, c.findings FROM article AS a "
            "JOIN content AS c ON c.path = a.path ORDER BY a.rank"
        )
        for slug, article, findings in self._rows.db.execute(query):
            yield slug, _article(article), _findings(findings)

    def view(self, path: str) -> ArticleView:
        """An article with all that its page shows.

        One without a date has none before or after it: its place in that order is not known.
        """
        rank, dated, has_kin, data, found = self._rows.db.execute(VIEW, (path,)).fetchone()
        findings = _findings(found)
        actors = self._actors_in(path)
        links = (
            NameLink(m.start, m.end, actors[m.name, m.kind]) for m in findings.actors if (m.name, m.kind) in actors
        )
        return ArticleView(
            self._rows.ref(path),
            _article(data),
            tuple(links),
            tuple(dict.fromkeys(actors.values())),
            self._rows.entries(ENTRY + "WHERE e.article = ? ORDER BY e.start, e.rank", path),
            findings.sentences,
            self._beside(BEFORE, rank) if dated else None,
            self._beside(AFTER, rank) if dated else None,
            *(self._relatives(path) if has_kin else (None, (), (), None)),
        )

    def _beside(self, query: str, rank: str) -> ArticleRef | None:
        found = self._rows.db.execute(query, (rank,)).fetchone()
        return self._rows.ref(found[0]) if found else None

    def versions(self, path: str) -> tuple[list[str], list[str]]:
        """The sentences of the article that this one is a copy of, and its own."""
        first = self._rows.one("SELECT first FROM copy WHERE article = ?", path)
        return self._sentences(first), self._sentences(path)

    def _sentences(self, path: str) -> list[str]:
        data, found = self._rows.db.execute("SELECT article, findings FROM content WHERE path = ?", (path,)).fetchone()
        text = _article(data).body.text
        return [" ".join(text[start:end].split()) for start, end in _findings(found).sentences]

    def firsts(self, table: str) -> dict[str, str]:
        """The first article of the copies (`copy`) or the story (`story`) that an article is of, by path."""
        query = {"copy": "SELECT article, first FROM copy", "story": "SELECT article, first FROM story"}[table]
        return dict(self._rows.db.execute(query).fetchall())

    def proposals(self) -> dict[str, ProposedDate]:
        """The dates that undated articles may have, by the article's path."""
        return {
            path: self._proposed(path) for (path,) in self._rows.db.execute("SELECT article FROM proposal").fetchall()
        }

    def _relatives(
        self, path: str
    ) -> tuple[ArticleRef | None, tuple[ArticleRef, ...], tuple[ArticleRef, ...], ProposedDate | None]:
        """Of what an article is a copy, its copies, the others of its story, and the date it may have."""
        first = self._rows.db.execute("SELECT first FROM copy WHERE article = ?", (path,)).fetchone()
        order = "ORDER BY a.rank LIMIT ?2"
        copies = self._rows.refs(
            f"SELECT c.article FROM copy AS c JOIN article AS a ON a.path = c.article WHERE c.first = ?1 {order}",
            path,
            RELATIVES,
        )
        story = self._rows.refs(
            "SELECT s.article FROM story AS own JOIN story AS s ON s.first = own.first "
            "JOIN article AS a ON a.path = s.article WHERE own.article = ?1 AND s.article != ?1 "
            "AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = s.article AND c.first = ?1) "
            f"AND NOT EXISTS (SELECT 1 FROM copy AS c WHERE c.article = ?1 AND c.first = s.article) {order}",
            path,
            RELATIVES,
        )
        has_proposal = self._rows.db.execute("SELECT 1 FROM proposal WHERE article = ?", (path,)).fetchone()
        return (
            self._rows.ref(first[0]) if first else None,
            copies,
            story,
            self._proposed(path) if has_proposal else None,
        )

    def _proposed(self, path: str) -> ProposedDate:
        date, fellow, shared, weekday = self._rows.db.execute(
            "SELECT date, fellow, shared, weekday FROM proposal WHERE article = ?", (path,)
        ).fetchone()
        return ProposedDate(edtf.parse(date), self._rows.ref(fellow), _texts(shared), weekday)

    def _actors_in(self, path: str) -> dict[tuple[str, Kind], ActorRef]:
        rows = self._rows.db.execute(
            "SELECT n.name, n.kind, a.id, a.name, a.kind FROM name AS n JOIN actor AS a ON a.id = n.actor AND a.page "
            "WHERE n.article = ? ORDER BY n.mentions DESC, a.id",
            (path,),
        )
        return {(row[0], row[1]): ActorRef(*row[2:]) for row in rows}
