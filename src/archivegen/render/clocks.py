"""One of an article's dates -> a line of the list of them: the date, how it is known, the words it was read from."""

from __future__ import annotations

from collections.abc import Container

from archivegen.edtf import Date
from archivegen.model import Known
from archivegen.render.address import address
from archivegen.render.escape import escape, in_quotes
from archivegen.render.said import said
from archivegen.render.translate import ENGLISH, Tongue
from archivegen.render.words import basis, when

__all__ = ["clock"]


def clock(
    known: Known[Date] | None,
    label: str,
    absent: str,
    root: str,
    pages: Container[str] = (),
    how: str = "",
    *,
    tongue: Tongue = ENGLISH,
) -> str:
    """Return a date as HTML; where it is not known, `absent` says so.

    `pages` are the addresses of days, months and years that have a page; `how` it is known, if told otherwise.
    """
    if known is None:
        return f'<div>\n<dt>{in_quotes(label)}</dt>\n<dd><span class="how">{in_quotes(absent)}</span></dd>\n</div>'
    date, page = when(known.value, tongue=tongue), address(known.value)
    if page in pages:
        date = f'<a class="date" href="{root}{page}">{date}</a>'
    how = in_quotes(how) or _how(known, tongue)
    doubt = _doubt(known.doubt, tongue) if known.doubt else ""
    return f'<div>\n<dt>{in_quotes(label)}</dt>\n<dd>{date}\n<span class="how">({how})</span>\n{doubt}</dd>\n</div>'


def _how(known: Known[Date], tongue: Tongue) -> str:
    told = basis(known, tongue=tongue)
    if known.line:
        told = f"{told}, " + tongue.gettext("line %(line)s") % {"line": known.line}
    return told


def _doubt(doubt: str, tongue: Tongue) -> str:
    label = tongue.gettext("In doubt:")
    return f'<span class="doubt">{label} {escape(said(doubt, tongue=tongue))}</span>\n'
