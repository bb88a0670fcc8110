"""Across articles: names -> actors, sentences -> statements in the order things happened."""

from archivegen.edtf import Date
from archivegen.model import Article, Known

__all__ = ["VERSION", "known_day"]

VERSION = "8"  # raise it whenever the same findings may give other statements or sketches: it is part of cache keys


def known_day(article: Article) -> Known[Date] | None:
    """The day of an article's event, as far as its fields tell: as it was stated, else the publication date."""
    if article.event_date or not (published := article.published):
        return article.event_date
    return Known(published.value, "inferred", published.evidence, published.line)
