"""One SQLite file: what was read, what was found, and the queries that pages are made from.

It can be deleted at any time; the next build makes it again.
"""

from archivegen.store import settle
from archivegen.store.data import MOST, attach, entry_rows, mention_rows
from archivegen.store.day_orders import DayOrders, Shown
from archivegen.store.links import Copies, Stories, any_links, number_places
from archivegen.store.listing import Listing
from archivegen.store.members import Members
from archivegen.store.pack import Packed, pack
from archivegen.store.query import Reader
from archivegen.store.rows import Totals
from archivegen.store.schema import add_indexes, open_store, read_store
from archivegen.store.search import SearchPart, SearchRecord
from archivegen.store.signs import Sign
from archivegen.store.slugs import Slugs
from archivegen.store.spans import spans
from archivegen.store.write import Writer

__all__ = [
    "MOST",
    "Copies",
    "DayOrders",
    "Listing",
    "Members",
    "Packed",
    "Reader",
    "SearchPart",
    "SearchRecord",
    "Shown",
    "Sign",
    "Slugs",
    "Stories",
    "Totals",
    "Writer",
    "add_indexes",
    "any_links",
    "attach",
    "entry_rows",
    "mention_rows",
    "number_places",
    "open_store",
    "pack",
    "read_store",
    "settle",
    "spans",
]
