"""Why something was found, left out or doubted: in the words of the stages that did so -> in the interface's language.

What has no translation is shown as it is, and marked as English.
"""

from __future__ import annotations

from markupsafe import Markup

from archivegen.edtf import parse
from archivegen.model import Status
from archivegen.render import dates
from archivegen.render.translate import ENGLISH, Tongue, noted
from archivegen.views import Bounds, ProposedDate

__all__ = ["SAID", "bounds", "proposed", "said", "status"]

# What other modules say in English; tests/test_languages.py holds them against this list.
SAID = (
    # Why a line of a saved page is not the article's.
    noted("advertisement"),
    noted("share or follow buttons"),
    noted("photo caption or credit"),
    noted("reading time"),
    noted("related headlines"),
    noted("related headline"),
    noted("newsletter or subscription"),
    noted("readers' comments"),
    noted("copyright or legal note"),
    noted("call for support"),
    noted("topics and tags"),
    noted("about the author or the sources"),
    noted("menu or button"),
    noted("outside the article"),
    noted("the headline"),
    noted("repeats the headline"),
    noted("before the article"),
    noted("after the article"),
    noted("amid the article"),
    # Why a value is in doubt.
    noted("the page states only when it was updated"),
    noted("the weekday written beside it is another day's"),
    noted("a count of seconds; the day is that of Greenwich"),
    noted("the page names no headline for certain; this line stands nearest above the article"),
    # Why a spelling is an actor's.
    noted("as actors.yaml says"),
    noted("the same name with other marks, capitals or title"),
    noted("the same name, spelled differently"),
    noted("the same name with more or fewer of its parts"),
    noted("short for the name, in articles that have it in full"),
    noted("its designation alone, which nothing else here has"),
    noted("short for the name in the same article"),
    noted("stands for the country in some articles"),
    # Names of tables.
    noted("Articles"),
    noted("Actors"),
    noted("Entries"),
    noted("Mentions"),
)
STATUS: dict[Status, str] = {
    "": noted("Note"),
    "corrected": noted("Corrected"),
    "redacted": noted("Redacted"),
    "withdrawn": noted("Withdrawn"),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def said(text: str, *, tongue: Tongue = ENGLISH) -> str | Markup:
    """Return a text of `SAID` in the interface's language."""
    if tongue.calendar is None or not text:
        return text
    found = tongue.gettext(text)
    return Markup('<span lang="en">{}</span>').format(text) if found == text else found


def status(value: Status, *, tongue: Tongue = ENGLISH) -> str:
    """Return what became of an article, to stand before what its editor says."""
    return tongue.gettext(STATUS[value])


def proposed(found: ProposedDate, *, tongue: Tongue = ENGLISH) -> str:
    """Return when an undated article was probably published, and why."""
    first, last = found.date.earliest, found.date.latest
    if found.date.precision == "interval" and first and last:
        ends = {"first": dates.show(parse(str(first)), tongue), "last": dates.show(parse(str(last)), tongue)}
        period = tongue.gettext("probably between %(first)s and %(last)s") % ends
    else:
        period = tongue.gettext("probably %(date)s") % {"date": dates.show(found.date, tongue)}
    values = {"period": period, "title": found.fellow.title, "shared": _shared(found, tongue)}
    if known := found.fellow.published:
        values["date"] = dates.show(known.value, tongue)
        # Translators: %(period)s is "probably ..."; %(shared)s lists days and phrases
        return (
            tongue.gettext(
                "%(period)s, because it tells the same story as “%(title)s”, published %(date)s: both have %(shared)s"
            )
            % values
        )
    return tongue.gettext("%(period)s, because it tells the same story as “%(title)s”: both have %(shared)s") % values


def bounds(found: Bounds, *, tongue: Tongue = ENGLISH) -> str:
    """Return between what days an undated article was written, by its own text."""
    reasons = []
    if found.told:
        values = {"date": dates.show(found.told, tongue), "words": found.evidence}
        reasons.append(tongue.gettext("it tells of %(date)s (“%(words)s”)") % values)
    if found.saved:
        reasons.append(tongue.gettext("the page was saved by %(date)s") % {"date": dates.show(found.saved, tongue)})
    values = {"period": dates.show(found.interval, tongue) if found.interval else "", "reasons": _and(reasons, tongue)}
    return tongue.gettext("%(period)s, for %(reasons)s") % values


def _shared(found: ProposedDate, tongue: Tongue) -> str:
    shared = [tongue.gettext("the day %(date)s") % {"date": dates.day_of_year(day, tongue)} for day in found.days]
    shared += [tongue.gettext("“%(title)s”") % {"title": phrase} for phrase in found.phrases]
    text = _and(shared, tongue)
    if not found.weekday:
        return text
    day = tongue.calendar.weekdays[WEEKDAYS.index(found.weekday)] if tongue.calendar else found.weekday
    return tongue.gettext("%(shared)s; and this one speaks of %(weekday)s") % {"shared": text, "weekday": day}


def _and(parts: list[str], tongue: Tongue) -> str:
    text, *others = parts
    for other in others:
        text = tongue.gettext("%(one)s and %(other)s") % {"one": text, "other": other}
    return text
