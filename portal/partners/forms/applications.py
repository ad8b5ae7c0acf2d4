"""What applicants fill in, page by page."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import TelField

from portal.accounts.forms import new_password
from portal.core.forms import (
    Form,
    WebAddress,
    checks,
    choice,
    consent,
    line,
    mail,
    options,
    paragraphs,
)
from portal.core.text import clean_text
from portal.partners.models import OrganisationKind
from portal.partners.registers import normalised_number
from portal.topics.queries import district_choices, theme_choices

POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}")
PHONE = re.compile(r"[0-9+(][0-9 ()/.+-]{3,39}")
LONGEST_TYPED = 2000  # of an answer that is kept though it is not right yet
WEBSITE = 300
ELSEWHERE = ("", _l("keiner davon, oder außerhalb von Dortmund"))


class Shaped:
    def __init__(self, shape: re.Pattern[str], message: Any) -> None:
        self.shape = shape
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not self.shape.fullmatch(field.data):
            raise ValidationError(self.message)


class IsRegisterNumber:
    """Keeps the number in its usual spelling."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        found = normalised_number(field.data)
        if found is None:
            raise ValidationError(_l("Die Registernummer sieht aus wie HRB 12345 oder VR 1234."))
        field.data = found


class StepForm(Form):
    """One page of the application."""

    def typed(self) -> dict[str, Any]:
        """What is in the fields, right or not, as far as it can be kept."""
        return {name: _keepable(value) for name, value in self.values().items()}


def _keepable(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)[:LONGEST_TYPED]
    if isinstance(value, list):
        return [one for one in value if isinstance(one, int)]
    return value


class OrganisationForm(StepForm):
    name = line(
        _l("Name der Organisation"),
        most=200,
        hint=_l("So, wie er auf dem Allianzposter stehen soll."),
        missing=_l("Geben Sie den Namen der Organisation ein."),
        autocomplete="organization",
    )
    kind = choice(
        _l("Art der Organisation"),
        radio=True,
        missing=_l("Wählen Sie die Art der Organisation."),
    )
    website = line(
        _l("Webadresse"),
        most=WEBSITE,
        missing=_l("Geben Sie die Webadresse ein."),
        checks=(WebAddress(most=WEBSITE),),
        autocomplete="url",
        inputmode="url",
    )
    street = line(_l("Straße und Hausnummer"), most=200, autocomplete="address-line1")
    postal_code = line(
        _l("Postleitzahl"),
        most=10,
        checks=(Shaped(POSTAL_CODE, _l("Die Postleitzahl sieht aus wie 44135.")),),
        autocomplete="postal-code",
    )
    city = line(
        _l("Ort"),
        most=120,
        missing=_l("Geben Sie den Ort ein."),
        autocomplete="address-level2",
    )
    district_id = choice(_l("Stadtbezirk"), coerce=int)
    register_court = line(
        _l("Registergericht"), most=120, hint=_l("Zum Beispiel Amtsgericht Dortmund.")
    )
    register_number = line(
        _l("Registernummer"),
        most=40,
        hint=_l(
            "Zum Beispiel HRB 12345 oder VR 1234. Wer in keinem Register steht, lässt beides frei."
        ),
        checks=(IsRegisterNumber(),),
    )
    themes = checks(
        _l("Themen, die Sie beschäftigen"),
        coerce=int,
        hint=_l("Daran erkennen andere, wozu sie mit Ihnen sprechen können."),
    )
    why = paragraphs(
        _l("Warum möchten Sie dabei sein?"),
        most=1500,
        hint=_l("Zwei, drei Sätze helfen dem Projektbüro. Sie erscheinen nicht öffentlich."),
        rows=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options([(kind.value, kind.label) for kind in OrganisationKind])
        self.themes.choices = options(theme_choices())
        self.district_id.choices = options([ELSEWHERE, *district_choices()])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        court, number = self.register_court, self.register_number
        if court.data and not number.data and not number.errors:
            number.errors = [_("Geben Sie die Nummer an, unter der Sie dort eingetragen sind.")]
        if number.data and not court.data and not court.errors:
            court.errors = [_("Geben Sie das Gericht an, das dieses Register führt.")]
        return fine and not self.errors


def _function() -> Any:
    return line(
        _l("Funktion"),
        most=120,
        missing=_l("Geben Sie Ihre Funktion in der Organisation ein."),
        autocomplete="organization-title",
    )


def _phone() -> Any:
    return line(
        _l("Telefon"),
        most=40,
        hint=_l("Nur für Rückfragen des Projektbüros, nie öffentlich."),
        checks=(Shaped(PHONE, _l("Die Telefonnummer sieht aus wie 0231 50 00000.")),),
        kind=TelField,
        autocomplete="tel",
    )


class PersonForm(StepForm):
    first_name = line(
        _l("Vorname"), most=80, missing=_l("Geben Sie den Vornamen ein."), autocomplete="given-name"
    )
    last_name = line(
        _l("Nachname"),
        most=80,
        missing=_l("Geben Sie den Nachnamen ein."),
        autocomplete="family-name",
    )
    function = _function()
    email = mail(
        _l("Dienstliche E-Mail-Adresse"),
        hint=_l("Am schnellsten geht es mit einer Adresse Ihrer eigenen Webadresse."),
    )
    phone = _phone()
    consent = consent(
        _l("Ich habe die Datenschutzhinweise gelesen."),
        missing=_l("Lesen Sie die Datenschutzhinweise und bestätigen Sie es."),
    )


class AmendForm(OrganisationForm):
    """All but the person's name and address, which the account keeps."""

    function = _function()
    phone = _phone()


class ConfirmForm(Form):
    """For who has a password already."""


class ConfirmWithPasswordForm(Form):
    password = new_password(_l("Passwort für Ihren Zugang"))
