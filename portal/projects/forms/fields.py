"""A field that only presentations have: a day as exactly as it is known."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from portal.core.forms import tidy
from portal.projects import periods

LONGEST_DAY = 20


class PeriodField(StringField):
    """`data` is "2019", "2019-12", "2019-12-01" or nothing; what was typed stays in the field."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return periods.typed(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = ""
        if typed:
            try:
                self.data = periods.read(typed[: LONGEST_DAY + 1])
            except ValueError as error:
                raise ValueError(
                    _l("Diesen Tag gibt es nicht. Schreiben Sie 2026, 03.2026 oder 15.03.2026.")
                ) from error


def period(label: Any, *, hint: Any = "") -> Any:
    return PeriodField(
        label,
        description=hint or _l("Zum Beispiel 2026, 03.2026 oder 15.03.2026."),
        validators=[Length(max=LONGEST_DAY)],
        render_kw={"autocomplete": "off"},
    )
