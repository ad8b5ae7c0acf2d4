"""Days and times of day, as browsers send them or as people type them in German."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, widgets

from portal.core.forms.checks import Given, tidy

YEARS = range(1900, 2200)
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
CLOCKS = ("%H:%M", "%H.%M", "%H:%M:%S")


class MomentField(Field):
    """`data` is what could be read, or None; what was typed stays in the field."""

    shapes: tuple[str, ...]
    shown: str
    impossible: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime(self.shown) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = tidy(valuelist[0]) if valuelist else ""
        self.data: Any = None
        if not text:
            return
        for shape in self.shapes:
            try:
                read = datetime.strptime(text[:20], shape)
            except ValueError:
                continue
            self.data = self.part(read)
            if self.data is not None:
                return
        raise ValueError(self.impossible)

    def part(self, read: datetime) -> Any:
        raise NotImplementedError


class DayField(MomentField):
    widget = widgets.DateInput()
    shapes = DAYS
    shown = "%Y-%m-%d"
    impossible = _l("Diesen Tag gibt es nicht. Schreiben Sie ihn wie 18.03.2027.")

    def part(self, read: datetime) -> Any:
        return read.date() if read.year in YEARS else None


class ClockField(MomentField):
    widget = widgets.TimeInput()
    shapes = CLOCKS
    shown = "%H:%M"
    impossible = _l("Diese Uhrzeit gibt es nicht. Schreiben Sie sie wie 13:00.")

    def part(self, read: datetime) -> Any:
        return read.time().replace(second=0)


def day(label: Any, *, missing: Any = None, hint: Any = "") -> Any:
    return DayField(label, description=hint, validators=[Given(missing)])


def clock(label: Any, *, missing: Any = None, hint: Any = "") -> Any:
    return ClockField(label, description=hint, validators=[Given(missing)])
