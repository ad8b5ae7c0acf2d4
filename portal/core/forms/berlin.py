"""A day and a clock, typed in two fields, as the moment in Berlin that they name. In the night when
the clocks go back, a third field asks which of two equal times is meant."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.forms.choices import choice, options
from portal.core.times import (
    AmbiguousTime,
    NoSuchTime,
    Which,
    happens_twice,
    in_berlin,
    local,
    which_of_two,
)

WHICH = [
    (Which.FIRST, _l("die erste (Sommerzeit)")),
    (Which.SECOND, _l("die zweite (Winterzeit)")),
]


def which(label: Any = None) -> Any:
    """The third field; `Moment` says when it is asked."""
    return choice(label or _l("Welche Uhrzeit ist gemeint?"), WHICH, radio=True)


class Unfit(Exception):
    """What was typed names no moment; the message belongs to the field."""

    def __init__(self, field: Any, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message

    def show(self) -> None:
        self.field.errors = [self.message]


class Moment:
    """The fields <name>_day, <name>_clock and <name>_which of a form, made once the form knows what
    was typed. Where the day is left empty, the day of `same_day_as` counts.
    `components/moment.html` shows it."""

    def __init__(self, form: Any, name: str, *, same_day_as: "Moment | None" = None) -> None:
        self.day = form[f"{name}_day"]
        self.clock = form[f"{name}_clock"]
        self.which = form[f"{name}_which"]
        self.same_day_as = same_day_as
        if self.is_doubled:
            clock = f"{self.clock.data.hour}:{self.clock.data.minute:02}"
            words = (
                _("erste %(clock)s Uhr (Sommerzeit)", clock=clock),
                _("zweite %(clock)s Uhr (Winterzeit)", clock=clock),
            )
            self.which.choices = options(zip(Which, words, strict=True))
            self.which.flags.required = True

    @property
    def day_meant(self) -> date | None:
        meant: date | None = self.day.data
        if meant is None and self.same_day_as and not self.day.errors:
            return self.same_day_as.day_meant
        return meant

    @property
    def is_doubled(self) -> bool:
        """Is there something to ask?"""
        day, clock = self.day_meant, self.clock.data
        return bool(day and clock and happens_twice(day, clock))

    @property
    def is_empty(self) -> bool:
        return self.day.data is None and self.clock.data is None

    def read(self) -> datetime:
        """The moment of a day and a clock that are there. Raises Unfit."""
        day = self.day_meant
        if day is None:
            raise Unfit(self.day, _("Geben Sie auch den Tag ein."))
        if self.clock.data is None:
            raise Unfit(self.clock, _("Geben Sie auch die Uhrzeit ein."))
        try:
            return in_berlin(day, self.clock.data, self._chosen())
        except NoSuchTime as error:
            advice = _(
                "Diese Uhrzeit gibt es in dieser Nacht nicht: Um 2:00 springen die Uhren auf 3:00."
                " Wählen Sie eine Uhrzeit vor 2:00 oder ab 3:00."
            )
            raise Unfit(self.clock, advice) from error
        except AmbiguousTime as error:
            advice = _(
                "Diese Uhrzeit gibt es in dieser Nacht zweimal: Um 3:00 gehen die Uhren auf 2:00"
                " zurück. Wählen Sie, welche der beiden gemeint ist."
            )
            raise Unfit(self.which, advice) from error

    def is_clear(self) -> bool:
        """For `validate`: names a moment, or nothing at all. What is wrong stands at its field."""
        if any(field.errors for field in (self.day, self.clock, self.which)):
            return False
        if not self.is_empty:
            try:
                self.read()
            except Unfit as unfit:
                unfit.show()
                return False
        return True

    @property
    def data(self) -> datetime | None:
        """Of a form that was found valid."""
        return None if self.is_empty else self.read()

    def _chosen(self) -> Which | None:
        return Which(self.which.data) if self.which.data in set(Which) else None


def typed_moment(name: str, moment: datetime | None) -> dict[str, Any]:
    """What somebody would have typed to name it."""
    if moment is None:
        return {f"{name}_{part}": None for part in ("day", "clock", "which")}
    shown = local(moment)
    return {
        f"{name}_day": shown.date(),
        f"{name}_clock": shown.time(),
        f"{name}_which": which_of_two(moment),
    }
