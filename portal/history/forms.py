"""The filter of the log. Sent by GET: its names stand in the address, and there is no token."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from portal.core.forms import Form, choice, line, options
from portal.history import labels
from portal.history.periods import Period, read_period


class IsPeriod:
    def __call__(self, form: Any, field: Field) -> None:
        if read_period(field.data) is None:
            raise ValidationError(
                _l("Schreiben Sie einen Tag (22.11.2026), einen Monat (11.2026) oder ein Jahr.")
            )


class LogForm(Form):
    class Meta:
        csrf = False

    person = line(_l("Person"), most=100, hint=_l("Teil von Name oder E-Mail-Adresse"))
    vorgang = choice(_l("Was"))
    zeit = line(_l("Wann"), most=20, hint=_l("Tag, Monat oder Jahr"), checks=(IsPeriod(),))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.vorgang.choices = options([("", _l("alles")), *labels.choices()])

    @property
    def period(self) -> Period | None:
        return read_period(self.zeit.data or "")
