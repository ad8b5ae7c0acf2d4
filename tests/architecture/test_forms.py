"""Every field of every form has a label, and every text field a limit."""

import importlib
import pkgutil

import pytest
import wtforms
from flask import Flask

import portal
from portal.core.forms import Form

LIMITLESS = (
    wtforms.BooleanField,
    wtforms.SelectField,
    wtforms.SelectMultipleField,
    wtforms.RadioField,
    wtforms.FileField,
    wtforms.HiddenField,
)


def every_form() -> list[type[Form]]:
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if "forms" in module.name:
            importlib.import_module(module.name)
    return sorted(_below(Form), key=lambda form: form.__qualname__)


def _below(kind: type) -> set[type]:
    return {k for sub in kind.__subclasses__() for k in {sub} | _below(sub)}


@pytest.mark.parametrize("kind", every_form(), ids=lambda kind: kind.__qualname__)
def test_every_text_field_has_a_limit_and_every_field_a_label(app: Flask, kind) -> None:
    with app.test_request_context():
        for field in kind():
            if isinstance(field, wtforms.fields.core.UnboundField) or field.name == "csrf_token":
                continue
            assert str(field.label.text).strip(), field.name
            limited = field.flags.maxlength or hasattr(field, "shapes")
            assert isinstance(field, LIMITLESS) or limited, field.name


def test_there_are_forms(app: Flask) -> None:
    assert len(every_form()) >= 5
