"""The accounts of a story -> a map of who reported it on which day, as SVG: a line an outlet, a dot a report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from archivegen import edtf
from archivegen.render.address import address
from archivegen.render.chart import HIDDEN
from archivegen.render.dates import show
from archivegen.render.escape import in_quotes
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.views import ArticleRef, ArticleView

__all__ = ["story_map"]

ROW, LINE, FOOT = 2.8, 2.0, 1.4  # in em: an outlet's height, where its line runs, room for the axis
INSET = 1.5  # hundredths of the width that the outermost dots need


class StoryMap(msgspec.Struct, frozen=True):
    """The picture, and whether accounts had to be left out because their day is not known."""

    svg: Markup
    is_whole: bool


def story_map(view: ArticleView, root: str, unnamed: str, *, tongue: Tongue = ENGLISH) -> StoryMap | None:
    """Draw the accounts by outlet and day; None where they do not stand on two days at least.

    `unnamed` is what to call an outlet that is not known.
    """
    others = (*view.story, *view.copies, *((view.copy_of,) if view.copy_of else ()))
    if not others:
        return None
    accounts = list({ref.slug: ref for ref in (view.ref, *others)}.values())
    dated = [(day, ref) for ref in accounts if (day := _day(ref))]
    days = sorted({day for day, _ in dated})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    outlets: dict[str, list[tuple[int, ArticleRef]]] = {}
    for day, ref in sorted(dated, key=lambda pair: (pair[0], pair[1].slug)):
        outlets.setdefault(ref.source, []).append((day, ref))
    height = len(outlets) * ROW + FOOT
    out = [f'<svg class="map" height="{height:.4g}em" {HIDDEN}>']
    for row, (outlet, found) in enumerate(outlets.items()):
        y = f"{row * ROW + LINE:.4g}em"
        out.append(f'<text y="{row * ROW + 1.1:.4g}em">{in_quotes(outlet or unnamed)}</text>')
        out.append(f'<line x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        for day, ref in found:
            x = INSET + (100 - 2 * INSET) * (day - first) / (last - first)
            out.append(_dot(f"{x:.4g}%", y, ref, root, tongue, is_own=ref.slug == view.ref.slug))
    foot = f"{height - 0.2:.4g}em"
    names = [in_quotes(show(_published(dated, day), tongue)) for day in (first, last)]
    out.append(f'<text y="{foot}">{names[0]}</text><text class="end" x="100%" y="{foot}">{names[1]}</text></svg>')
    return StoryMap(Markup("".join(out)), len(dated) == len(accounts))


def _dot(x: str, y: str, ref: ArticleRef, root: str, tongue: Tongue, *, is_own: bool) -> str:
    own = ' class="own"' if is_own else ""
    day = show(ref.published.value, tongue) if ref.published else ""
    told = in_quotes(f"{ref.title}, {day}")
    return (
        f'<a href="{root}{address(ref)}" tabindex="-1"><title>{told}</title>'
        f'<circle{own} cx="{x}" cy="{y}" r=".38em"/></a>'
    )


def _day(ref: ArticleRef) -> int | None:
    published = ref.published.value if ref.published else None
    return published.earliest.toordinal() if published and published.is_day and published.earliest else None


def _published(dated: Sequence[tuple[int, ArticleRef]], day: int) -> edtf.Date:
    return next(ref.published.value for found, ref in dated if found == day and ref.published)
