"""Templates are translated and escaped when they are compiled; what they show is the same."""

import pytest
from babel.support import Translations
from flask import Flask
from markupsafe import Markup

from portal.core.templates import SpokenEnvironment


class English(Translations):
    def gettext(self, message):
        return {"Termine": "Dates", "Hallo %(name)s": "Hello %(name)s"}.get(message, message)

    def ngettext(self, one, many, number):
        known = {"%(num)s Projekt": ("%(num)s project", "%(num)s projects")}
        return known.get(one, (one, many))[number != 1]


def shown(source, *, texts=None, autoescape=True, **values) -> str:
    environment = SpokenEnvironment(Flask("nothing"), autoescape=autoescape)
    environment.add_extension("jinja2.ext.i18n")
    environment.texts = texts
    return environment.from_string(source).render(**values)


@pytest.mark.parametrize("value", ["<b>", "a & b", '"', "'", "<script>alert(1)</script>"])
def test_values_are_escaped_wherever_they_stand(value):
    assert value not in shown("{{ value }}", value=value)
    assert value not in shown("{{ _('Hallo %(name)s', name=value) }}", value=value)
    assert value not in shown("{{ ngettext('%(x)s', '%(x)s', 1, x=value) }}", value=value)
    assert value not in shown("{% set kept %}{{ value }}{% endset %}{{ kept }}", value=value)
    assert value not in shown("{% macro m(v) %}{{ v }}{% endmacro %}{{ m(value) }}", value=value)


def test_markup_stands_for_itself_once():
    assert shown("{{ value }}", value=Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert shown("{% macro m() %}<i>{% endmacro %}{{ m() }}") == "<i>"


@pytest.mark.parametrize(("value", "seen"), [(3, "3"), (None, "None"), (["<"], "[&#39;&lt;&#39;]")])
def test_other_values_are_shown_as_text(value, seen):
    assert shown("{{ value }}", value=value) == seen


def test_letters_are_not_escaped():
    assert shown("{{ value }} {{ _('a & b') }}", value="<", autoescape=False) == "< a & b"


def test_fixed_texts_are_translated():
    assert shown("{{ _('Termine') }}", texts=English()) == "Dates"
    assert shown("{{ _('Hallo %(name)s', name='Ö') }}", texts=English()) == "Hello Ö"
    assert shown("{{ _('Termine') }}") == "Termine"


@pytest.mark.parametrize(
    ("number", "seen"), [(0, "0 projects"), (1, "1 project"), (2, "2 projects")]
)
def test_one_and_many(number, seen):
    template = "{{ ngettext('%(num)s Projekt', '%(num)s Projekte', n) }}"

    assert shown(template, texts=English(), n=number) == seen
    assert shown(template, n=number) == seen.replace("project", "Projekt").replace("kts", "kte")


def test_percent_signs_are_written_twice_as_gettext_wants():
    assert shown("{{ _('100 %% sicher') }}") == "100 % sicher"
    assert shown("{{ ngettext('1 %%', 'mehr %%', 2) }}") == "mehr %"
