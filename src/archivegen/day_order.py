"""What all pages show of day first or month first -> how those are to be read that do not tell it themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from archivegen.model import DayOrder, Order
from archivegen.store import Shown

__all__ = ["to_read_again"]

LEAST, LEAD = 2, 3  # pages of an outlet that must show an order, and how many times as many as show the other
# More are not counted out, or each page that is added would have all that hang on it read anew.
MANY = 5


def to_read_again(shown: Iterable[Shown]) -> dict[str, DayOrder | None]:
    """Return the paths of what must be read in another order than it was, each with that order (or with none).

    `shown` has the pages of one outlet together.
    """
    return {
        page.article: order
        for _, pages in groupby(shown, key=attrgetter("outlet"))
        for page, order in _settled(list(pages))
        if (str(order) if order else "") != page.numeric.given
    }


def _settled(pages: Sequence[Shown]) -> Iterator[tuple[Shown, DayOrder | None]]:
    """The pages of one outlet that do not tell their order, each with that of the others where it is clear."""
    votes = Counter(page.numeric.shown for page in pages)
    order: Order = "day" if votes["day"] > votes["month"] else "month"
    other: Order = "month" if order == "day" else "day"
    is_clear = votes[order] >= LEAST and votes[order] >= LEAD * votes[other]
    count = f"{MANY} or more" if votes[order] >= MANY else str(votes[order])
    for page in pages:
        if page.numeric.shown == "unclear":
            is_needed = is_clear and page.numeric.fallback != order
            yield page, DayOrder(order, f"as in {count} other pages of {page.name}") if is_needed else None
