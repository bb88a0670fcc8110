"""The spans by which an actor that has much is paged: years, and decades that have so little that one page holds it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from archivegen.store.rows import Totals

__all__ = ["bounds_of", "spans", "year_name"]


def year_name(year: int | None) -> str:
    """How a year is written in addresses; what has none is `undated`."""
    return f"{year:04}" if year else "undated"


def spans(years: Mapping[str, Totals], size: int) -> dict[str, list[str]]:
    """Return the years, by name and in order, of each span that has a page or more of at most `size` lines of a sort.

    The span of a decade is named 1990-1999.
    """
    found: dict[str, list[str]] = {}
    for decade, group in groupby(sorted(years), key=lambda year: year[:3]):
        names = list(group)
        most = max(map(sum, zip(*(years[name] for name in names), strict=True)))
        if decade.isdecimal() and most <= size:
            found[f"{decade}0-{decade}9"] = names
        else:
            found |= {name: [name] for name in names}
    return found


def bounds_of(span: str) -> tuple[int, int]:
    """The first and the last year of a span, given by its name; 0 for what has none."""
    first, _, last = span.partition("-")
    return (int(first), int(last or first)) if first.isdecimal() else (0, 0)
