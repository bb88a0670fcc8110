"""Where every page lives: paths from the site's root, always folders with an index.html, and links between them."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from archivegen.edtf import Date

__all__ = [
    "absolute",
    "actor",
    "article",
    "base_of",
    "date",
    "file_of",
    "outlet",
    "paged",
    "period",
    "relative",
    "timeline",
]

HOME = ""
TIMELINE = "timeline/"
ACTORS = "actors/"
TOGETHER = "actors/together/"
DATES = "dates/"
OUTLETS = "outlets/"
UNDATED = "undated/"
ABOUT = "about/"
CORRECTIONS = "corrections/"
DATA = "data/"
SEARCH = "search/"


def article(slug: str) -> str:
    """Path of an article's page."""
    return f"articles/{slug}/"


def actor(slug: str, span: str = "") -> str:
    """Path of an actor's page, or of a year or decade of it."""
    return f"actors/{slug}/{span}/" if span else f"actors/{slug}/"


def outlet(slug: str) -> str:
    """Path of an outlet's page."""
    return f"outlets/{slug}/"


def timeline(year: str = "") -> str:
    """Path of the chronology, or of one year of it."""
    return f"timeline/{year}/" if year else TIMELINE


def date(when: Date) -> str:
    """Path of the page that a date stands on: of its day, month or year, or `undated/` where no year is known."""
    return period(when.unit) if when.unit else UNDATED


def period(unit: str) -> str:
    """Path of the page of a year, month or day, given as edtf's Date.unit."""
    return f"dates/{unit.replace('-', '/')}/"


def paged(base: str, number: int) -> str:
    """Path of page `number` of a list whose first page is at `base`."""
    return base if number == 1 else f"{base}page/{number}/"


def file_of(path: str) -> str:
    """The file that holds a page: `actors/` is in `actors/index.html`."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def relative(target: str, page: str) -> str:
    """A link from `page` to `target` (with its #anchor) that also works from a USB stick: files by name."""
    path, hash_, anchor = target.partition("#")
    here = posixpath.dirname(file_of(page))
    link = posixpath.relpath(file_of(path), here or ".")
    return quote(link) + hash_ + anchor


def base_of(site_url: str) -> str:
    """What public addresses begin with, up to a slash; empty where none is known."""
    return f"{site_url.rstrip('/')}/" if site_url else ""


def absolute(site_url: str, path: str) -> str:
    """The public address of a page, for feeds and the sitemap."""
    return f"{site_url.rstrip('/')}/{quote(path)}"
