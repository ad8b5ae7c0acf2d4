"""What came by mail or telephone, with its true time of arrival; and the reason of a removal."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError

from portal.core.forms import (
    Form,
    Moment,
    Unfit,
    choice,
    clock,
    day,
    line,
    mail,
    paragraphs,
    which,
)
from portal.core.times import now, show_moment
from portal.registrations.models import ENTERED, Allocation, AllocationState, Way
from portal.registrations.models.registrations import WAY_LABELS
from portal.registrations.services import Guest

FORESEEN = 20  # characters of a forecast's key


class IntakeForm(Form):
    """`seen` is the forecast that the page showed; empty the first time."""

    first_name = line(_l("Vorname"), most=80, missing=_l("Geben Sie den Vornamen ein."))
    last_name = line(_l("Nachname"), most=80, missing=_l("Geben Sie den Nachnamen ein."))
    email = mail(
        _l("E-Mail-Adresse"),
        missing=_l("Geben Sie die E-Mail-Adresse der Person ein."),
        hint=_l("Dorthin geht die Antwort mit Nummer und privatem Link."),
        autocomplete="off",
    )
    organisation_name = line(
        _l("Organisation"),
        most=200,
        hint=_l("Einen Partner aus der Liste wählen oder frei schreiben."),
        list="organisationen",
        autocomplete="off",
    )
    municipality = line(_l("Kommune"), most=120)
    arrived_day = day(_l("Eingang: Tag"), missing=_l("Geben Sie ein, wann die Anmeldung ankam."))
    arrived_clock = clock(
        _l("Eingang: Uhrzeit"), missing=_l("Geben Sie die Uhrzeit des Eingangs ein.")
    )
    arrived_which = which(_l("Welche Uhrzeit ist der Eingang?"))
    way = choice(
        _l("Auf welchem Weg?"),
        [(way, WAY_LABELS[way]) for way in ENTERED],
        radio=True,
        missing=_l("Wählen Sie, wie die Anmeldung ankam."),
    )
    note = line(_l("Notiz"), most=300, hint=_l("Nur für das Projektbüro."))
    seen = HiddenField(filters=[lambda text: (text or "")[:FORESEEN]])

    def __init__(self, *, allocation: Allocation | None = None, **first: Any) -> None:
        super().__init__(data=first)
        self.allocation = allocation
        self.arrived = Moment(self, "arrived")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.arrived.is_clear() and not self.arrived.is_empty:
            try:
                self._check_time()
            except Unfit as unfit:
                unfit.show()
        return not self.errors

    def validate_way(self, field: Any) -> None:
        if field.data and field.data not in set(ENTERED):
            raise ValidationError(_("Wählen Sie einen der angebotenen Einträge."))

    @property
    def arrived_at(self) -> datetime:
        """Of a form that was found valid."""
        return self.arrived.read()

    def guest(self) -> Guest:
        return Guest(
            email=self.email.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            organisation_name=self.organisation_name.data,
            municipality=self.municipality.data,
        )

    @property
    def way_chosen(self) -> Way:
        return Way(self.way.data)

    def _check_time(self) -> None:
        arrived = self.arrived.read()
        if arrived > now():
            raise Unfit(self.arrived_clock, _("Das liegt in der Zukunft."))
        if self.allocation is None:
            return
        if self.allocation.state is AllocationState.STOPPED:
            raise Unfit(self.arrived_day, _("Dieser Termin ist abgesagt."))
        opens, closes = self.allocation.opens_at, self.allocation.closes_at
        if not opens <= arrived < closes:
            advice = _(
                "Die Anmeldung war von %(opens)s bis %(closes)s Uhr offen. Was vorher oder nachher"
                " ankam, zählt nicht.",
                opens=show_moment(opens),
                closes=show_moment(closes),
            )
            raise Unfit(self.arrived_clock, advice)


class RemoveForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=1000,
        rows=4,
        missing=_l("Schreiben Sie in einem Satz, warum."),
        hint=_l("Die Person liest diesen Text in der E-Mail zur Abmeldung."),
    )
