"""Fields that only presentations have: a day as exactly as it is known, and a web address."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
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


class WebAddress:
    """Leads to a page: http or https and a name, and nobody's password in it."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and not _is_web_address(field.data):
            raise ValidationError(
                _l(
                    "Die Adresse ist nicht vollständig. Sie sieht aus wie https://beispiel.de/seite."
                )
            )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = parts.hostname and "." in parts.hostname.strip(".") and parts.port != 0
    except ValueError:
        return False
    unfit = "@" in parts.netloc or any(c.isspace() or c in '"<>\\' for c in address)
    return parts.scheme in {"http", "https"} and bool(named) and not unfit
