"""The rules of a date's places: how many, until when, and what becomes of freed ones."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from portal.core.forms import (
    Form,
    Moment,
    Unfit,
    clock,
    day,
    line,
    typed_moment,
    which,
    whole_number,
)
from portal.core.times import show_moment
from portal.events.models import Event
from portal.registrations.models import Allocation
from portal.registrations.services import Rules

MOST_PLACES = 10_000
MOST_HOURS = 14 * 24
DAY_MISSING = _l("Geben Sie den Tag ein.")
CLOCK_MISSING = _l("Geben Sie die Uhrzeit ein.")
MOMENTS = {
    "opens": "opens_at",
    "closes": "closes_at",
    "cancel": "cancel_until",
    "offers": "offers_from",
    "moves": "moves_up_until",
}


def _day(label: Any, hint: Any = "") -> Any:
    return day(label, missing=DAY_MISSING, hint=hint)


def _clock(label: Any) -> Any:
    return clock(label, missing=CLOCK_MISSING)


class RulesForm(Form):
    """`rules()` are there once the form was found valid."""

    capacity = whole_number(
        _l("Plätze"), most=MOST_PLACES, missing=_l("Geben Sie ein, wie viele Plätze es gibt.")
    )
    per_organisation = whole_number(
        _l("Höchstens je Organisation"),
        most=MOST_PLACES,
        hint=_l("Plätze und Warteliste zusammen. Leer lassen, wenn es keine Grenze gibt."),
    )
    question = line(
        _l("Frage bei der Anmeldung"),
        most=200,
        hint=_l("Zum Beispiel: Was brauchen Sie, um teilnehmen zu können? Leer lassen für keine."),
    )
    opens_day = _day(_l("Anmeldung ab: Tag"))
    opens_clock = _clock(_l("Anmeldung ab: Uhrzeit"))
    opens_which = which(_l("Welche Uhrzeit ist der Beginn der Anmeldung?"))
    closes_day = _day(_l("Anmeldung bis: Tag"))
    closes_clock = _clock(_l("Anmeldung bis: Uhrzeit"))
    closes_which = which(_l("Welche Uhrzeit ist das Ende der Anmeldung?"))
    cancel_day = _day(_l("Selbst abmelden bis: Tag"))
    cancel_clock = _clock(_l("Selbst abmelden bis: Uhrzeit"))
    cancel_which = which(_l("Bis zu welcher Uhrzeit melden sich Personen selbst ab?"))
    offers_day = _day(
        _l("Freie Plätze anbieten ab: Tag"),
        _l("Vorher rückt die nächste Person nach, ohne gefragt zu werden."),
    )
    offers_clock = _clock(_l("Freie Plätze anbieten ab: Uhrzeit"))
    offers_which = which(_l("Ab welcher Uhrzeit werden freie Plätze angeboten?"))
    offer_hours = whole_number(
        _l("Ein Angebot gilt so viele Stunden"),
        most=MOST_HOURS,
        missing=_l("Geben Sie ein, wie viele Stunden ein Angebot gilt."),
    )
    moves_day = _day(
        _l("Nachrücken bis: Tag"),
        _l("Danach rückt nur nach, wen das Projektbüro nachrücken lässt."),
    )
    moves_clock = _clock(_l("Nachrücken bis: Uhrzeit"))
    moves_which = which(_l("Bis zu welcher Uhrzeit rücken Personen nach?"))

    def __init__(
        self,
        *,
        event: Event | None = None,
        allocation: Allocation | None = None,
        first: Rules | None = None,
    ) -> None:
        super().__init__(data=_typed(first) if first else {"offer_hours": 24})
        self.event = event
        self.allocation = allocation
        self.moments = {name: Moment(self, name) for name in MOMENTS}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        clear = [moment.is_clear() for moment in self.moments.values()]
        if all(clear):
            try:
                self._check_order()
            except Unfit as unfit:
                unfit.show()
        return not self.errors

    def validate_capacity(self, field: Any) -> None:
        if field.data == 0:
            raise ValidationError(_("Geben Sie mindestens einen Platz ein."))
        if self.allocation and field.data and field.data < self.allocation.taken:
            raise ValidationError(
                _(
                    "Vergeben sind schon %(taken)s Plätze, und niemand verliert den Platz"
                    " stillschweigend. Geben Sie mindestens diese Zahl ein, oder melden Sie zuerst"
                    " einzelne Personen mit Begründung ab.",
                    taken=self.allocation.taken,
                )
            )

    def validate_per_organisation(self, field: Any) -> None:
        if field.data == 0:
            raise ValidationError(
                _("Geben Sie mindestens 1 ein, oder leeren Sie das Feld für keine Grenze.")
            )

    def validate_offer_hours(self, field: Any) -> None:
        if field.data == 0:
            raise ValidationError(_("Geben Sie mindestens eine Stunde ein."))

    def rules(self) -> Rules:
        """Of a form that was found valid."""
        return Rules(
            capacity=self.capacity.data,
            per_organisation=self.per_organisation.data,
            question=self.question.data,
            offer_hours=self.offer_hours.data,
            **{rule: self._at(name) for name, rule in MOMENTS.items()},
        )

    def _at(self, name: str) -> datetime:
        return self.moments[name].read()

    def _check_order(self) -> None:
        """What comes too early or too late is named at its own field."""
        opens = self._at("opens")
        if self._at("closes") <= opens:
            raise self._unfit("closes", _("Die Anmeldung endet, bevor sie beginnt."))
        if self._at("cancel") <= opens:
            raise self._unfit("cancel", _("Das liegt vor dem Beginn der Anmeldung."))
        if self.event:
            for name in ("closes", "cancel", "moves"):
                if self._at(name) > self.event.ends_at:
                    end = show_moment(self.event.ends_at)
                    advice = _("Wählen Sie höchstens das Ende des Termins: %(end)s Uhr.", end=end)
                    raise self._unfit(name, advice)
        if self._at("offers") > self._at("moves"):
            advice = _(
                "Ab hier rückt niemand mehr von selbst nach, also würde nie ein Platz angeboten."
                " Wählen Sie einen Zeitpunkt vor dem Ende des Nachrückens oder gleich diesen."
            )
            raise self._unfit("offers", advice)

    def _unfit(self, name: str, message: str) -> Unfit:
        return Unfit(self.moments[name].day, message)


def _typed(rules: Rules) -> dict[str, Any]:
    """What somebody would have typed to name these rules."""
    known: dict[str, Any] = {
        name: getattr(rules, name)
        for name in ("capacity", "per_organisation", "question", "offer_hours")
    }
    for name, rule in MOMENTS.items():
        known |= typed_moment(name, getattr(rules, rule))
    return known
