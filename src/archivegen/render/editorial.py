"""Pages of what was corrected, withdrawn or moved: the list of corrections, tombstones, redirects."""

from __future__ import annotations

from archivegen import urls
from archivegen.render.pages import listed
from archivegen.render.theme import Theme, draw
from archivegen.views import CorrectionsView, TombstoneView

__all__ = ["corrections", "redirect", "tombstone"]


def corrections(theme: Theme, view: CorrectionsView) -> str:
    """The list of all articles that were corrected, redacted or withdrawn, with what readers are told."""
    text = theme.tongue.gettext("What was corrected, redacted and withdrawn in %(site)s.")
    title, description = theme.tongue.gettext("Corrections"), text % {"site": theme.site.title}
    return listed(theme, "corrections.html", view.pages, view=view, title=title, description=description)


def tombstone(theme: Theme, view: TombstoneView) -> str:
    """The page of a withdrawn article: that there was one, and why it is gone."""
    return draw(
        theme,
        "tombstone.html",
        view.path,
        notice=view.notice,
        title=theme.tongue.gettext("Withdrawn"),
        description=theme.tongue.gettext("What was at this address has been withdrawn from the archive."),
    )


def redirect(theme: Theme, page: str, target: str) -> str:
    """A page that leads on to where what it showed is now."""
    canonical = urls.absolute(theme.site.url, target) if theme.site.url else ""
    return draw(theme, "redirect.html", page, target=urls.relative(target, page), canonical=canonical)
