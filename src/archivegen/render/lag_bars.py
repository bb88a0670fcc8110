"""Days between an event and its report -> the rows of a histogram."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archivegen.render.translate import ENGLISH, Tongue, noted

__all__ = ["lag_bars"]

# The most days of each row, and what it is called.
ROWS: tuple[tuple[int, str], ...] = (
    (0, noted("the same day")),
    (1, noted("the next day")),
    (2, noted("2 days later")),
    (3, noted("3 days later")),
    (7, noted("4 to 7 days later")),
    (30, noted("8 to 30 days later")),
    (365, noted("up to a year later")),
    (10**7, noted("more than a year later")),
)
FEWEST = 5  # statements that make a picture


class Lag(msgspec.Struct, frozen=True):
    """One row: its name, how many statements, and the length of its bar in hundredths of the longest."""

    label: str
    count: int
    width: int


def lag_bars(lags: Sequence[tuple[int, int]], *, tongue: Tongue = ENGLISH) -> tuple[Lag, ...]:
    """Gather (days, statements) into rows; none where there are too few to tell anything."""
    counts = [0] * len(ROWS)
    for days, number in lags:
        counts[next(row for row, (most, _) in enumerate(ROWS) if days <= most)] += number
    if sum(counts) < FEWEST:
        return ()
    longest = max(counts)
    return tuple(
        Lag(tongue.gettext(label), number, round(100 * number / longest))
        for (_, label), number in zip(ROWS, counts, strict=True)
    )
