"""A theme: folders of Jinja templates -> a function from a template's name and values to a page's text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache, lru_cache, partial
from glob import glob
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from archivegen import urls
from archivegen.edtf import Date
from archivegen.errors import ThemeError
from archivegen.render import words
from archivegen.render.address import (
    actor_link,
    address,
    date_link,
    outlet_link,
    outside,
    quoted_path,
    root_of,
)
from archivegen.render.body import markdown_html
from archivegen.render.bytecode import Bytecode
from archivegen.render.chart import density_strip, strip_svg, with_months
from archivegen.render.clocks import clock
from archivegen.render.compiler import Compiler, PageContext
from archivegen.render.facets import facets
from archivegen.render.lag_bars import lag_bars
from archivegen.render.lines import (
    accounts,
    called,
    dateline,
    headline,
    headlines,
    parts,
    removed,
    said_by,
    statement,
    tallies,
)
from archivegen.render.matrix import matrix
from archivegen.render.said import bounds, proposed, said, status
from archivegen.render.story_map import story_map
from archivegen.render.translate import Tongue, Translated, direction, tongue_of
from archivegen.render.year_grid import year_grid
from archivegen.views import Entry, SiteView

__all__ = ["Theme", "draw", "open_theme", "shows_totals"]

# What the theme ships can be named as `theme/article.html`, so that a template of the same name can extend it.
SHIPPED = "theme"
# What a template's own expressions can raise, beside Jinja's errors.
TEMPLATE_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
TOTALS = ("articles", "actors", "days", "undated", "first", "last")
# The site, but for what it says alike whatever articles there are.
TOTAL = re.compile(
    rf"\bsite\b(?!\.(?:{'|'.join(name for name in SiteView.__struct_fields__ if name not in TOTALS)})\b)"
)


class _Environment(jinja2.Environment):
    """Finds a template that it has loaded by its name alone: each page asks for several."""

    code_generator_class = Compiler
    context_class = PageContext

    def __init__(self, tongue: Tongue, **options: Any) -> None:
        super().__init__(**options)
        self.tongue = tongue
        self.policies["ext.i18n.trimmed"] = True
        self.add_extension(Translated)
        self._loaded: dict[str, jinja2.Template] = {}
        self.module_of = cache(lambda name: self.get_template(name).module)  # of what templates import

    def get_template(
        self, name: str | jinja2.Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """As Jinja's own, for templates that do not change while a site is drawn."""
        if not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found

    def draw(self, name: str, values: dict[str, Any]) -> str:
        """Draw a template. Raises what the template's own code does, with its file and line in the traceback."""
        template = self.get_template(name)
        try:
            context = PageContext(self, self.globals | values, name, template.blocks)
            return "".join(template.root_render_func(context))
        except Exception:  # noqa: BLE001 - to be raised again
            self.handle_exception()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One mapping for all templates: a chain of several is copied slowly for each page."""
        return self.globals


class Theme(msgspec.Struct, frozen=True):
    """The templates, ready to draw, and what every page says about the site."""

    environment: _Environment
    site: SiteView
    folders: tuple[Path, ...]
    tongue: Tongue


def open_theme(
    site: SiteView, folders: Sequence[Path], *, version: str, bytecode: tuple[Path, Path] | None = None
) -> Theme:
    """Open the templates in `folders`, first found first used; the last is the theme's own.

    `version` is the program's, for the pages' head. `bytecode` are two folders for compiled templates: the theme's,
    and all others.
    """
    tongue = tongue_of(site.language)
    shipped = jinja2.PrefixLoader({SHIPPED: jinja2.FileSystemLoader(folders[-1])})
    environment = _Environment(
        tongue,
        loader=jinja2.ChoiceLoader([*(jinja2.FileSystemLoader(folder) for folder in folders), shipped]),
        bytecode_cache=Bytecode(tongue.lang, folders[-1], shipped=bytecode[0], own=bytecode[1]) if bytecode else None,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    filters = PLAIN | {name: partial(function, tongue=tongue) for name, function in TOLD.items()}
    environment.filters.update(filters | {name: _as_markup(filters[name]) for name in HTML})
    environment.globals.update(
        site=site,
        version=version,
        urls=urls,
        standing=_standing(environment),
        _=tongue.gettext,
        interface=tongue.lang,
    )
    return Theme(environment, site, tuple(folders), tongue)


def shows_totals(folder: Path) -> bool:
    """Tell whether templates in a folder may show the site's totals, as `site.articles`, on whatever page."""
    names = glob("**", root_dir=folder, recursive=True)  # noqa: PTH207 - through links, as Jinja does
    files = (folder / name for name in names)
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file())
    return any(TOTAL.search(tag) for text in texts for tag in TAG.findall(text))


def _as_markup(function: Callable[..., str]) -> Callable[..., Markup]:
    """Make the filter of a function that gives HTML. The functions themselves join plain str, which is far quicker."""

    def as_markup(*given: Any) -> Markup:
        return str.__new__(Markup, function(*given))

    as_markup.html = function  # type: ignore[attr-defined]  # for what is put out at once
    return as_markup


def _standing(environment: jinja2.Environment) -> Callable[..., Markup]:
    """Make the function by which a template takes in a part that stands alike on many pages, and is drawn once."""

    @lru_cache(maxsize=1024)
    def part(template: str, root: str, section: str, page: str) -> Markup:
        return Markup(environment.get_template(template).render(root=root, section=section, page=page))

    def standing(template: str, root: str, section: str, page: str) -> Markup:
        return part(template, root, section, page if page == f"{section}/" else "")

    return standing


def draw(theme: Theme, template: str, page: str, **values: object) -> str:
    """Draw a template as the page at `page`. Raises ThemeError with the template's name and line."""
    site = theme.site
    values.setdefault("root", root_of(page))
    values.setdefault("canonical", f"{site.url.rstrip('/')}/{quoted_path(page)}" if site.url else "")
    values.setdefault("section", page.partition("/")[0] or "home")
    values["page"] = page
    try:
        return theme.environment.draw(template, values)
    except jinja2.TemplateSyntaxError as error:
        raise _refuse(theme, str(error.filename or error.name or template), error.lineno, error.message) from error
    except jinja2.TemplateNotFound as error:
        name, line = _place(theme, error.__traceback__) or (template, None)
        raise _refuse(theme, name, line, f"there is no template {error.message!r}") from error
    except jinja2.TemplateError as error:
        name, line = _place(theme, error.__traceback__) or (template, None)
        raise _refuse(theme, name, line, error.message) from error
    except UnicodeDecodeError as error:
        name, line = _place(theme, error.__traceback__) or (template, None)
        raise _refuse(theme, name, line, "this template, or one that it uses, is not saved as UTF-8") from error
    except RecursionError as error:
        name, line = _place(theme, error.__traceback__) or (template, None)
        shipped = f"{SHIPPED}/{PurePath(name).name}"
        message = f'this template takes in itself; to build on the theme\'s, write "{shipped}"'
        raise _refuse(theme, name, line, message) from error
    except TEMPLATE_FAULTS as error:
        place = _place(theme, error.__traceback__)
        if place is None:  # no template had begun
            raise
        raise _refuse(theme, *place, f"{type(error).__name__}: {error}") from error


def _by_date(entries: Sequence[Entry]) -> Iterator[tuple[Date, str, list[Entry]]]:
    """Gather neighbouring entries of one date; the first of each month comes with an anchor like `2018-08`."""
    seen = {""}
    for _, group in itertools.groupby(entries, key=lambda entry: entry.date.text):
        gathered = list(group)
        date = gathered[0].date
        month = date.earliest.isoformat()[:7] if date.earliest and date.precision in ("day", "month") else ""
        yield date, "" if month in seen else month, gathered
        seen.add(month)


# What templates can ask for: alike in every language, and in that of the site.
PLAIN: dict[str, Callable[..., Any]] = {
    "address": address,
    "actor_link": actor_link,
    "path": quoted_path,
    "outlet_link": outlet_link,
    "outside": outside,
    "direction": direction,
    "markdown": markdown_html,
    "by_date": _by_date,
    "with_months": with_months,
    "matrix": matrix,
}
TOLD: dict[str, Callable[..., Any]] = {
    "date_link": date_link,
    "headline": headline,
    "headlines": headlines,
    "accounts": accounts,
    "lang": words.lang,
    "lang_dir": words.lang_dir,
    "said": said,
    "status": status,
    "proposed": proposed,
    "bounds": bounds,
    "when": words.when,
    "plain_date": words.plain_date,
    "weekday": words.weekday,
    "named": words.named,
    "number": words.number,
    "part": words.part,
    "count_of": words.count,
    "kind": words.kind,
    "kinds": words.kinds,
    "basis": words.basis,
    "dateline": dateline,
    "said_by": said_by,
    "statement": statement,
    "facets": facets,
    "density_strip": density_strip,
    "strip_svg": strip_svg,
    "year_grid": year_grid,
    "story_map": story_map,
    "lag_bars": lag_bars,
    "clock": clock,
    "called": called,
    "parts": parts,
    "removed": removed,
    "tallies": tallies,
}
# Which of these give HTML, with all that is not the site's own escaped.
HTML = (
    "accounts", "actor_link", "address", "basis", "called", "clock", "date_link", "dateline", "headline", "headlines",
    "lang", "lang_dir", "outlet_link", "parts", "path", "removed", "said_by", "statement", "strip_svg", "tallies",
    "when",
)  # fmt: skip


def _refuse(theme: Theme, file: str, line: int | None, message: str | None) -> ThemeError:
    place = _name(theme, file) if line is None else f"{_name(theme, file)}:{line}"
    return ThemeError(f"{place}: {message or 'the template fails'}")


def _name(theme: Theme, file: str) -> str:
    """Name a template by its folder's name and its path in it."""
    for folder in theme.folders:
        if Path(file).is_relative_to(folder):
            return (folder.name / Path(file).relative_to(folder)).as_posix()
    return file


def _place(theme: Theme, traceback: TracebackType | None) -> tuple[str, int] | None:
    """Find the template and line that failed: the last frame that is a template's (Jinja rewrites them)."""
    found: tuple[str, int] | None = None
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if any(Path(file).is_relative_to(folder) for folder in theme.folders):
            found = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
