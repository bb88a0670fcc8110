"""What can be downloaded from the site: tables with their fields, in words, and the forms that they come in."""

from __future__ import annotations

from typing import Literal

import msgspec

from archivegen import urls

__all__ = ["FORMATS", "PACKAGE", "SINGLE", "TABLES", "Download", "Field", "Table", "downloads"]

FORMATS = ("csv", "jsonl", "sqlite", "timelinejs", "icalendar")

FieldType = Literal["text", "number", "list"]


class Field(msgspec.Struct, frozen=True):
    """A column. `of` names the table that a value leads to by its id; `is_long` keeps a column out of CSV."""

    name: str
    about: str
    type: FieldType = "text"
    of: str = ""
    is_long: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table and the fields that tell its rows apart."""

    name: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


class Download(msgspec.Struct, frozen=True):
    """A file in the folder of the page that lists them: its name, form and media type, and what it is good for."""

    name: str
    form: str
    media: str
    sentences: tuple[str, ...]

    @property
    def about(self) -> str:
        """What it is good for."""
        return " ".join(self.sentences)

    @property
    def path(self) -> str:
        """Its path from the site's root."""
        return f"{urls.DATA}{self.name}"


TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "The articles, in the order of their files.",
        ("id",),
        (
            Field("id", "what the article's address ends in"),
            Field("title", "the headline"),
            Field("outlet", "the newspaper, agency or site"),
            Field("outlet_id", "what the outlet's address ends in"),
            Field("byline", "who wrote it, as stated"),
            Field("agency", "the news agency it is from"),
            Field("place", "the place of its dateline"),
            Field("language", "its language, where known"),
            Field("published", "when it was published, in EDTF: a month stays 2018-08"),
            Field("published_basis", "how that is known: stated, inferred or curated"),
            Field("updated", "when it was last changed, in EDTF"),
            Field("captured", "when the page was saved, in EDTF"),
            Field("event_date", "when that happened of which it tells, in EDTF"),
            Field("event_date_basis", "how that is known"),
            Field("original", "the original's address"),
            Field("page", "its page on this site"),
            Field("copy_of", "the article of which this is nearly a copy", of="articles"),
            Field("story", "the first article of its story", of="articles"),
            Field("status", "corrected or redacted, where an editor did so"),
            Field("notice", "what the editor says of that"),
            Field("text", "its text; paragraphs are apart by a blank line", is_long=True),
        ),
    ),
    Table(
        "actors",
        "People, organisations, countries and places that have a page.",
        ("id",),
        (
            Field("id", "what the actor's address ends in"),
            Field("name", "the name"),
            Field("kind", "person, organisation, country, place or other"),
            Field("aliases", "other spellings found", "list"),
            Field("articles", "how many articles name it", "number"),
            Field("mentions", "how often it is named", "number"),
            Field("note", "what an editor says of it"),
            Field("same_as", "addresses of the same elsewhere", "list"),
            Field("page", "its page on this site"),
        ),
    ),
    Table(
        "entries",
        "The chronology: one sentence about one date, in the order of events; those without a year come last.",
        ("id",),
        (
            Field("id", "its number in that order; it changes only when others of its day are added", "number"),
            Field("date", "when it happened, in EDTF"),
            Field("text", "the sentence"),
            Field("evidence", "the words its date was read from"),
            Field("basis", "how the date is known: stated, inferred or curated"),
            Field("mood", "happened, announced, planned or denied"),
            Field("article", "the article that has it", of="articles"),
            Field("outlets", "how many outlets report the event, if several", "number"),
            Field("actors", "ids of whom it concerns", "list"),
            Field("page", "the sentence on this site"),
        ),
    ),
    Table(
        "mentions",
        "Which article names whom, and how often.",
        ("article", "actor"),
        (
            Field("article", "the article", of="articles"),
            Field("actor", "the actor", of="actors"),
            Field("times", "how often its names stand there; 0 where only front matter lists it", "number"),
        ),
    ),
)
SINGLE = (
    Download(
        "archive.db",
        "sqlite",
        "application/vnd.sqlite3",
        ("All tables in one SQLite file, with a full-text index of the articles; opens in Datasette",),
    ),
    Download(
        "timeline.json",
        "timelinejs",
        "application/json",
        ("The events that most outlets report, up to 200, for TimelineJS",),
    ),
    Download(
        "calendar.ics",
        "icalendar",
        "text/calendar",
        ("What happened or was planned on an exact day, for calendars (iCalendar)",),
    ),
)
PACKAGE = Download(
    "datapackage.json",
    "",
    "application/json",
    ("What is in these files, column by column (Frictionless Data Package)",),
)
TABULAR = {
    "csv": ("text/csv", "Comma-separated values, for spreadsheets."),
    "jsonl": ("application/jsonl", "JSON Lines, an object a line."),
}


def downloads(formats: tuple[str, ...]) -> tuple[Download, ...]:
    """List the files of these formats."""
    tables = tuple(
        Download(f"{table.name}.{form}", form, media, (table.about, words))
        for table in TABLES
        for form, (media, words) in TABULAR.items()
        if form in formats
    )
    single = tuple(file for file in SINGLE if file.form in formats)
    return (*tables, *single, PACKAGE) if tables or single else ()
