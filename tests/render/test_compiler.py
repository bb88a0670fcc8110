"""A theme's templates do what Jinja's own compiler makes of them, whatever they use."""

from __future__ import annotations

import jinja2
import pytest

from archivegen.render.compiler import Compiler, PageContext
from archivegen.render.theme import _Environment
from archivegen.render.translate import tongue_of

FILES = {
    "base": "<{% block head %}base {{ title }}{% endblock %}|{% block main required %}{% endblock %}"
    "|{{ self.head() }}|{% block last scoped %}{{ title }}{% endblock %}>",
    "middle": '{% extends "base" %}{% block head %}middle+{{ super() }}{% endblock %}',
    "macros": "{% macro item(x, y='&', z=none) %}[{{ x }}{{ y }}{{ z }}{{ title is defined }}]{% endmacro %}"
    "{% macro frame(kind) %}<{{ kind }}>{{ caller('<') }}</{{ kind }}>{% endmacro %}"
    "{% macro rest() %}{{ varargs }}{{ kwargs }}{% endmacro %}{% set unit = '<km>' %}",
    "part": "{{ title }}/{{ inner | default('-') }}/{{ missing | default('none') }}",
    "bare": "{{ 1 + 1 }}<",
    "blocks": "{% block own %}own {{ title }}{% endblock %}",
}
TEMPLATES = {
    "escaping": "{{ title }}{{ html }}{{ title ~ html }}{{ none }}{{ 3 }}{{ 2.5 }}{{ [title] }}{{ '<' }}",
    "filters": "{{ title | upper }}{{ html | upper }}{{ title | safe }}{{ title | e | e }}{{ names | join('<') }}"
    "{% filter upper %}a{{ title }}{% endfilter %}",
    "loops": "{% for a, b in pairs if b != 2 %}{{ loop.index }}/{{ loop.length }}{{ a }}{{ b }}{% if not loop.last %},"
    "{% endif %}{% else %}none{% endfor %}{% for x in [] %}{{ x }}{% else %}empty{% endfor %}",
    "nested loops": "{% for a in [[1, 2], [3]] %}{% set outer = loop %}{% for b in a %}{{ outer.index }}."
    "{{ loop.index }}"
    "={{ b }};{% endfor %}{% endfor %}",
    "recursion": "{% for x in tree recursive %}({{ x.name }}{{ loop(x.sub) }}){% endfor %}",
    "break": "{% set ns = namespace(n=0) %}{% for x in [1, 2, 3] %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
    "scopes": "{% set x = 1 %}{% for i in [1, 2] %}{% set x = i * 5 %}{{ x }}{% endfor %}{{ x }}{% with x = 7 %}{{ x }}"
    "{% endwith %}{{ x }}{% set y %}<b>{{ title }}</b>{% endset %}{{ y }}",
    "inheritance": '{% extends "middle" %}{% block main %}{{ title }}{{ inner }}{% endblock %}{% set inner = "<i>" %}',
    "scoped block": '{% extends "base" %}{% block main %}{% for i in [1, 2] %}{{ i }}{% endfor %}{% endblock %}'
    "{% block last %}{{ super() }}!{% endblock %}",
    "conditional inheritance": '{% if title %}{% extends "middle" %}{% endif %}{% block main %}x{% endblock %}',
    "blocks of its own": "{% for i in [1, 2] %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}"
    "{% block c %}<c>{% endblock %}{{ self.c() }}",
    "imports": '{% import "macros" as m %}{% from "macros" import item as thing, unit %}{{ m.item(title) }}'
    "{{ thing(html, z=2) }}{{ thing(1, 2, 3) }}{{ unit }}{{ m.rest(1, a=title) }}",
    "imports with context": '{% import "macros" as m with context %}{{ m.item(1) }}',
    "calls": '{% import "macros" as m %}{% call(x) m.frame("p") %}{{ x }}{{ title }}{% endcall %}',
    "own macros": "{% macro a(x=2) %}{{ x }}{{ caller() if caller is defined else '' }}{% endmacro %}{{ a(title) }}"
    "{% call a(1) %}<{{ title }}>{% endcall %}{{ a() }}",
    "includes": '{% include "part" %}{% set inner = "<in>" %}{% include "part" %}{% include "bare" without context %}'
    '{% include ["absent", "part"] %}{% include "absent" ignore missing %}{% include "blocks" %}'
    '{% for inner in [1, 2] %}{% include "part" %}{% endfor %}',
    "attributes": "{{ thing.name }}{{ thing['name'] }}{{ thing.items }}{{ thing.absent is defined }}{{ names[0] }}"
    "{{ names.0 }}{{ pairs[0][1] }}{{ thing.get('name') }}",
    "tests": "{{ absent is defined }}{{ absent | default('d') }}{{ 1 if title }}"
    "{{ 4 is divisibleby 2 }}{{ title in names }}",
    "blocks off escaping": "{% autoescape false %}{{ title }}{% endautoescape %}{{ title }}",
    "globals": "{{ range(3) | list }}{{ dict(a=1) }}{{ cycler('a', 'b').next() }}"
    "{% set j = joiner(',') %}{{ j() }}{{ j() }}",
    "words": "{{ _('Dates') }}{% trans %}Dates{% endtrans %}{% trans n=title %}of {{ n }}{% endtrans %}"
    "{% trans count=2 %}one{% pluralize %}{{ count }} of them{% endtrans %}",
}
VALUES = {
    "title": "A <b> & \"c\" 'd'",
    "html": jinja2.utils.markupsafe.Markup("<i>&amp;</i>"),
    "names": ["x", "<y>"],
    "pairs": [("a", 1), ("b", 2), ("<", 3)],
    "thing": {"name": "<n>", "items": "<hidden>"},
    "tree": [{"name": "a", "sub": [{"name": "<b>", "sub": []}]}, {"name": "c", "sub": []}],
}
FAULTS = {
    "undefined": "{{ absent }}",
    "undefined in a part": '{% include "part" %}{{ thing.absent.more }}',
    "no template": '{% include "absent" %}',
    "no block": '{% extends "base" %}',
    "too many": '{% import "macros" as m %}{{ m.item(1, 2, 3, 4) }}',
    "no such argument": '{% import "macros" as m %}{{ m.item(1, q=4) }}',
    "not to be called": "{{ title() }}",
}


def environments() -> tuple[_Environment, jinja2.Environment]:
    """The theme's, and the same with what Jinja has for it."""
    made: list[jinja2.Environment] = []
    for ours in (True, False):
        environment = _Environment(
            tongue_of("en"),
            loader=jinja2.DictLoader(FILES | TEMPLATES | FAULTS),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.globals["_"] = environment.tongue.gettext
        if not ours:
            environment.code_generator_class = jinja2.compiler.CodeGenerator
            environment.context_class = jinja2.runtime.Context
        made.append(environment)
    assert isinstance(made[0], _Environment)
    assert made[0].code_generator_class is Compiler
    assert made[0].context_class is PageContext
    return made[0], made[1]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_gives_what_jinja_makes_of_it(name: str) -> None:
    ours, jinja = environments()
    assert ours.draw(name, dict(VALUES)) == jinja.get_template(name).render(VALUES)


@pytest.mark.parametrize("name", FAULTS)
def test_what_fails_in_jinja_fails_alike(name: str) -> None:
    ours, jinja = environments()
    with pytest.raises(Exception) as expected:
        jinja.get_template(name).render(VALUES)
    with pytest.raises(expected.type) as raised:
        ours.draw(name, dict(VALUES))
    assert str(raised.value) == str(expected.value)
