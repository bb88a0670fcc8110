"""Views -> pages: HTML, feed, sitemap. Pure functions; Jinja lives here only."""

from archivegen.render.dates import in_words
from archivegen.render.editorial import corrections, redirect, tombstone
from archivegen.render.feeds import feed, json_feed, robots, sitemaps
from archivegen.render.own import find_unasked
from archivegen.render.pages import (
    about,
    actor,
    actors_index,
    article,
    data,
    dates_index,
    day,
    home,
    not_found,
    outlet,
    outlets_index,
    search,
    timeline,
    together,
    undated,
)
from archivegen.render.theme import Theme, open_theme, shows_totals

__all__ = [
    "Theme",
    "about",
    "actor",
    "actors_index",
    "article",
    "corrections",
    "data",
    "dates_index",
    "day",
    "feed",
    "find_unasked",
    "home",
    "in_words",
    "json_feed",
    "not_found",
    "open_theme",
    "outlet",
    "outlets_index",
    "redirect",
    "robots",
    "search",
    "shows_totals",
    "sitemaps",
    "timeline",
    "together",
    "tombstone",
    "undated",
]
