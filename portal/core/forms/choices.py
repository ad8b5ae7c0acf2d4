"""Choices: one of several, several of several, yes or no. What is not offered is never taken."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are older
from wtforms.validators import InputRequired

from portal.core.forms.checks import Offered

MOST = 100
NOT_OFFERED = "not offered"


class PickField(SelectField):
    """A value that cannot be read is one that is not offered."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = NOT_OFFERED


class RadioPickField(RadioField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = NOT_OFFERED


class ChecksField(SelectMultipleField):
    """Several of several, as check boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist[:MOST])
        except ValueError:
            self.data = [NOT_OFFERED]


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a field offers, from (value, label)."""
    return [SelectChoice(value, label) for value, label in pairs]


def choice(
    label: Any,
    choices: Iterable[tuple[Any, Any]] = (),
    *,
    missing: Any = None,
    hint: Any = "",
    coerce: Any = str,
    radio: bool = False,
) -> Any:
    """One of several. Choices from the database are set by who makes the form. An empty first
    choice ("", "Bitte wählen") is the maker's, too."""
    kind = RadioPickField if radio else PickField
    return kind(
        label,
        choices=options(choices),
        coerce=_or_empty(coerce),
        description=hint,
        validate_choice=False,
        validators=[Offered(missing)],
    )


def _or_empty(coerce: Any) -> Any:
    """Nothing chosen stays nothing, also where choices are numbers."""
    return lambda value: coerce(value) if value not in ("", None) else ""


def checks(
    label: Any, choices: Iterable[tuple[Any, Any]] = (), *, hint: Any = "", coerce: Any = str
) -> Any:
    return ChecksField(
        label,
        choices=options(choices),
        coerce=coerce,
        description=hint,
        validate_choice=False,
        validators=[Offered()],
    )


def consent(label: Any, *, missing: Any) -> Any:
    return BooleanField(label, validators=[InputRequired(missing)])


def tick(label: Any, *, hint: Any = "") -> Any:
    return BooleanField(label, description=hint)
