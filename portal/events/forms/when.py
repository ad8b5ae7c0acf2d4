"""When a date takes place: days and times in Berlin, read as the period that they name."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, Moment, Unfit, choice, clock, day, typed_moment, which
from portal.core.times import local
from portal.events.models import Event, Precision
from portal.events.periods import Period

YEARS = range(1990, 2100)
PRECISIONS = [
    (Precision.TIME, _l("Tag und Uhrzeit")),
    (Precision.DAY, _l("nur der Tag")),
    (Precision.MONTH, _l("nur der Monat")),
]
FIELDS = (
    "precision", "start_day", "start_clock", "start_which", "end_day", "end_clock", "end_which",
)  # fmt: skip


class WhenForm(Form):
    """`period` is there once the form was found valid."""

    precision = choice(
        _l("Was steht fest?"), PRECISIONS, radio=True, missing=_l("Wählen Sie, was feststeht.")
    )
    start_day = day(
        _l("Beginn: Tag"),
        missing=_l("Geben Sie den Tag ein, an dem der Termin beginnt."),
        hint=_l("Steht nur der Monat fest, ein beliebiger Tag darin."),
    )
    start_clock = clock(_l("Beginn: Uhrzeit"))
    start_which = which(_l("Welche Uhrzeit ist der Beginn?"))
    end_day = day(_l("Ende: Tag"), hint=_l("Leer lassen, wenn der Termin am selben Tag endet."))
    end_clock = clock(_l("Ende: Uhrzeit"), hint=_l("Leer lassen, wenn das Ende offen ist."))
    end_which = which(_l("Welche Uhrzeit ist das Ende?"))
    period: Period | None = None

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.begin = Moment(self, "start")
        self.end = Moment(self, "end", same_day_as=self.begin)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not any(self[name].errors for name in FIELDS):
            try:
                self.period = self._read()
            except Unfit as unfit:
                unfit.show()
        return not self.errors

    def _read(self) -> Period:
        first, last = self._days()
        if self.precision.data == Precision.TIME:
            return self._from_time_to_time(first, last)
        for field in (self.start_clock, self.end_clock):
            if field.data is not None:
                advice = _("Leeren Sie dieses Feld, oder wählen Sie oben „Tag und Uhrzeit“.")
                raise Unfit(field, advice)
        if self.precision.data == Precision.DAY:
            return Period.of_days(first, last)
        if (first.year, first.month) != (last.year, last.month):
            raise Unfit(self.end_day, _("Das Ende liegt in einem anderen Monat als der Beginn."))
        return Period.of_month(first.year, first.month)

    def _days(self) -> tuple[date, date]:
        first: date = self.start_day.data
        last: date = self.end_day.data or first
        for field, day_typed in ((self.start_day, first), (self.end_day, last)):
            if day_typed.year not in YEARS:
                raise Unfit(field, _("Wählen Sie einen Tag zwischen 1990 und 2099."))
        if last < first:
            raise Unfit(self.end_day, _("Das Ende liegt vor dem Beginn."))
        return first, last

    def _from_time_to_time(self, first: date, last: date) -> Period:
        if self.start_clock.data is None:
            advice = _("Geben Sie die Uhrzeit ein, oder wählen Sie oben „nur der Tag“.")
            raise Unfit(self.start_clock, advice)
        starts_at = self.begin.read()
        if self.end_clock.data is None:
            if last != first:
                advice = _("Geben Sie auch die Uhrzeit ein, zu der der Termin endet.")
                raise Unfit(self.end_clock, advice)
            return Period(starts_at, starts_at)
        ends_at = self.end.read()
        if ends_at <= starts_at:
            raise Unfit(self.end_clock, _("Das Ende liegt nicht nach dem Beginn."))
        return Period(starts_at, ends_at)


def typed(event: Event) -> dict[str, Any]:
    """What somebody would have typed to name the event's period."""
    starts, last = local(event.starts_at), local(event.last_moment)
    has_clock = event.precision is Precision.TIME
    is_open = event.ends_at == event.starts_at
    end = event.ends_at if has_clock and not is_open else None
    begin = typed_moment("start", event.starts_at)
    return {
        "precision": event.precision,
        **(begin if has_clock else {"start_day": starts.date()}),
        **typed_moment("end", end),
        "end_day": _last_day(event.precision, starts.date(), last.date()),
    }


def _last_day(precision: Precision, first: date, last: date) -> date | None:
    return None if precision is Precision.MONTH or last == first else last
