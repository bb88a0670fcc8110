"""Who appears with whom -> a matrix, as SVG: the more articles two share, the larger their square."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import msgspec
from markupsafe import Markup

from archivegen.render.address import address
from archivegen.render.chart import HIDDEN
from archivegen.render.escape import in_quotes
from archivegen.views import ActorRef, TogetherView

__all__ = ["Pair", "matrix"]

CELL = 20  # side of a cell
NAME = 200  # room for the last name
UNIT = 15  # of the picture's units are a rem: names stay readable, and 40 actors fit on a wide screen
NEAR = 3  # neighbours that draw an actor to their side


class Pair(msgspec.Struct, frozen=True):
    """Two actors and the number of articles that name both."""

    one: ActorRef
    other: ActorRef
    count: int


class Matrix(msgspec.Struct, frozen=True):
    """The picture, and the same as a list of pairs, the closest first."""

    svg: Markup
    pairs: tuple[Pair, ...]


def matrix(view: TogetherView, root: str) -> Matrix:
    """Draw the lower half of the matrix. A name stands where its row ends and its column begins."""
    shared = {frozenset((one, other)): number for one, other, number in view.shared}
    order = _order([number for _, number in view.actors], shared)
    actors = [view.actors[place][0] for place in order]
    most = max(shared.values(), default=1)
    size = len(order) * CELL
    grid = "".join(f"M0 {at + CELL // 2}h{at}M{at + CELL // 2} {at + CELL}V{size}" for at in range(0, size, CELL))
    wide = size + NAME
    measures = f'viewBox="0 0 {wide} {size}" width="{wide / UNIT:g}rem" height="{size / UNIT:g}rem"'
    out = [f'<svg class="matrix" {measures} {HIDDEN}><path d="{grid}"/>']
    for row, place in enumerate(order):
        for column, other in enumerate(order[:row]):
            if number := shared.get(frozenset((place, other))):
                out.append(_square(row, column, number / most, f"{actors[column].name}, {actors[row].name}: {number}"))
        name, href = in_quotes(actors[row].name), f"{root}{address(actors[row])}"
        at = row * CELL
        out.append(f'<a href="{href}" tabindex="-1"><text x="{at + 4}" y="{at + 14}">{name}</text></a>')
    pairs = (Pair(view.actors[one][0], view.actors[other][0], number) for one, other, number in view.shared)
    ranked = sorted(pairs, key=lambda pair: (-pair.count, pair.one.slug, pair.other.slug))
    return Matrix(Markup("".join([*out, "</svg>"])), tuple(ranked))


def _square(row: int, column: int, share: float, told: str) -> str:
    side = max(3, round((CELL - 2) * sqrt(share)))
    room = (CELL - side) / 2
    return (
        f'<rect x="{column * CELL + room:g}" y="{row * CELL + room:g}" width="{side}" height="{side}">'
        f"<title>{in_quotes(told)}</title></rect>"
    )


def _order(articles: Sequence[int], shared: Mapping[frozenset[int], int]) -> list[int]:
    """Put side by side who belongs together: after each comes who is closest to the last few."""
    left = list(range(len(articles)))
    order = left[:1]
    del left[:1]
    while left:
        near = order[-NEAR:]

        def closeness(place: int, near: Sequence[int] = near) -> float:
            found = (shared.get(frozenset((place, other)), 0) / sqrt(articles[other]) for other in near)
            return sum(found) / sqrt(articles[place])

        best = max(left, key=lambda place: (closeness(place), -place))
        order.append(best)
        left.remove(best)
    return order
