"""The language of a site's own texts: what is written in English in code and templates -> the same in that language.

English needs no catalogue. Another language has a catalogue (gettext) and names and forms of dates (Unicode CLDR) in
`languages/`; a site in a language that has none is told of in English. See docs/languages.md.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import msgspec
from jinja2 import nodes
from jinja2.ext import InternationalizationExtension

__all__ = ["ENGLISH", "Calendar", "Tongue", "Translated", "direction", "noted", "plural", "tongue_of"]

LANGUAGES = "archivegen.render.languages"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})  # Chinese in other characters than the catalogue's
COUNTED = 1000  # numbers by which all forms of a plural are found


class Calendar(msgspec.Struct, frozen=True):
    """How a language writes dates and numbers, from Unicode CLDR.

    `months` are as they stand beside a day ("sierpnia"), `months_alone` as in a heading ("sierpień"). The forms are
    Python's: "{day} {month} {year}"; `month_and_year` is a heading's, `in_month` stands after a preposition, and
    `year_alone` has no month beside it ("2018", "2018年").
    """

    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    month_letters: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekday_letters: tuple[str, ...]
    day_month_year: str
    day_month: str
    month_and_year: str
    in_month: str
    year_alone: str
    group: str


class Tongue(msgspec.Struct, frozen=True, eq=False):
    """A language of the interface. Without a calendar dates are written as in English.

    `lang` is what HTML calls it; `articles` is the language of articles that do not say theirs, which may be another.
    There is one for a site's language, so that what is worked out for it can be remembered by it.
    """

    lang: str
    articles: str
    texts: gettext.NullTranslations
    form: Callable[[int], int]
    forms: int
    calendar: Calendar | None

    @property
    def direction(self) -> str:
        """Which way it is written: "ltr" or "rtl"."""
        return direction(self.lang)

    def gettext(self, text: str) -> str:
        """Return a text in this language."""
        return self.texts.gettext(text)

    def pgettext(self, context: str, text: str) -> str:
        """Return a text in this language; `context` tells apart what English says alike."""
        return self.texts.pgettext(context, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a text that goes with a number."""
        return self.texts.ngettext(one, many, number)

    def all_forms(self, one: str, many: str, context: str | None = None) -> list[str]:
        """Return every form of a text, in the order that `form` counts them."""
        numbers = {self.form(number): number for number in range(COUNTED)}
        if context is None:
            return [self.texts.ngettext(one, many, numbers[form]) for form in range(self.forms)]
        return [self.texts.npgettext(context, one, many, numbers[form]) for form in range(self.forms)]


def noted(text: str) -> str:
    """Mark a text of a table for the catalogues; it is translated where it is used."""
    return text


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark a text and its plural for the catalogues."""
    return one, many


def direction(language: str) -> str:
    """Return which way a language is written: "ltr" or "rtl"."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@cache
def tongue_of(language: str) -> Tongue:
    """Return the language of the interface for a site in `language`: "pl" for "pl-PL", English where there is none."""
    code, *others = language.lower().split("-")
    if language == ENGLISH.lang:
        return ENGLISH
    is_traditional = code == "zh" and "hans" not in others and not TRADITIONAL.isdisjoint(others)
    if code not in _calendars() or is_traditional:
        lang = language if code == "en" else "en"
        return Tongue(lang, language, ENGLISH.texts, ENGLISH.form, ENGLISH.forms, None)
    catalogue = files(LANGUAGES).joinpath(f"{code}.mo").read_bytes()
    texts = gettext.GNUTranslations(BytesIO(catalogue))
    rule = texts.info()["plural-forms"]
    form = gettext.c2py(rule.partition("plural=")[2].rstrip(";"))
    forms = len({form(number) for number in range(COUNTED)})
    return Tongue(language, language, texts, form, forms, _calendars()[code])


@cache
def _calendars() -> Mapping[str, Calendar]:
    """The languages that there is a catalogue of, with their calendars."""
    return msgspec.json.decode(files(LANGUAGES).joinpath("calendars.json").read_bytes(), type=dict[str, Calendar])


ENGLISH = Tongue("en", "en", gettext.NullTranslations(), lambda number: int(number != 1), 2, None)


class Translated(InternationalizationExtension):
    """Puts the texts of `{% trans %}` into a template in the environment's language while it is compiled.

    So a page costs no look-up: the compiled template is as if it had been written in that language.
    """

    def form(self, number: int) -> int:
        """Return which form of a text goes with a number."""
        tongue: Tongue = self.environment.tongue  # type: ignore[attr-defined]
        return tongue.form(number)

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> Any:
        """Make the node of a text; Jinja's own would look it up for each page."""
        tongue: Tongue = self.environment.tongue  # type: ignore[attr-defined]
        if not vars_referenced:  # as Jinja's own does, and so its extraction
            singular, plural = singular.replace("%%", "%"), plural and plural.replace("%%", "%")
        if plural_expr is None or plural is None:
            text = tongue.gettext(singular) if context is None else tongue.pgettext(context, singular)
            return _output(text, variables)
        *others, last = [[_output(text, variables)] for text in tongue.all_forms(singular, plural, context)]
        if not others:
            return last[0]
        number = nodes.Call(nodes.ExtensionAttribute(self.identifier, "form"), [plural_expr], [], None, None)
        tests = [nodes.Compare(number, [nodes.Operand("eq", nodes.Const(form))]) for form in range(len(others))]
        elifs = [nodes.If(test, body, [], []) for test, body in zip(tests[1:], others[1:], strict=True)]
        return nodes.If(tests[0], others[0], elifs, last)


def _output(text: str, variables: Mapping[str, nodes.Expr]) -> nodes.Output:
    """Cut a text at its placeholders, `%(name)s`, and put the variables there."""
    parts: list[nodes.Expr] = []
    first, *rest = text.split("%(")
    parts.append(nodes.TemplateData(first.replace("%%", "%")))
    for piece in rest:
        name, _, after = piece.partition(")s")
        parts += [variables[name], nodes.TemplateData(after.replace("%%", "%"))]
    return nodes.Output(parts)
