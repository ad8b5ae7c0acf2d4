"""A field for a whole number, as people write it: 1.500.000 or 1500000."""

import re
from typing import Any, ClassVar

from flask_babel import format_decimal
from flask_babel import gettext as _
from wtforms import StringField

from portal.core.forms.checks import Given, tidy

LONGEST = 20
WHOLE = re.compile(r"\d{1,3}(?:[. \u00a0\u202f']\d{3})+|\d+", re.ASCII)


class NumberField(StringField):
    """`data` is a whole number or None; what was typed stays in the field."""

    data: Any

    def __init__(self, label: Any, *, most: int, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(format_decimal(self.data))

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if len(typed) > LONGEST or not WHOLE.fullmatch(typed):
            raise ValueError(_("Geben Sie eine ganze Zahl ein, zum Beispiel 1.500.000."))
        value = int(re.sub(r"\D", "", typed))
        if value > self.most:
            most = format_decimal(self.most)
            raise ValueError(_("Geben Sie höchstens %(most)s ein.", most=most))
        self.data = value


class Short:
    """Tells the browser how much can be typed; the field itself refuses what is longer."""

    field_flags: ClassVar[dict[str, int]] = {"maxlength": LONGEST}

    def __call__(self, form: Any, field: Any) -> None: ...


def whole_number(label: Any, *, most: int, missing: Any = None, hint: Any = "") -> Any:
    """From 0 to `most`; nothing typed is None, and refused when there is a message `missing`."""
    checks = [Short(), Given(missing)] if missing else [Short()]
    render = {"inputmode": "numeric"}
    return NumberField(label, most=most, description=hint, render_kw=render, validators=checks)
