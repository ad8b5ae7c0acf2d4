"""What applicants fill in, page by page, and what the office answers."""

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
from portal.topics.queries import theme_choices

POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}")
PHONE = re.compile(r"[0-9+(][0-9 ()/.+-]{3,39}")
LONGEST_TYPED = 2000  # of an answer that is kept though it is not right yet
REASON = 2000
WEBSITE = 300


class Shaped:
    def __init__(self, shape: re.Pattern[str], message: Any) -> None:
        self.shape = shape
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not self.shape.fullmatch(field.data):
            raise ValidationError(self.message)


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
    function = line(
        _l("Funktion"),
        most=120,
        missing=_l("Geben Sie Ihre Funktion in der Organisation ein."),
        autocomplete="organization-title",
    )
    email = mail(
        _l("Dienstliche E-Mail-Adresse"),
        hint=_l("Am schnellsten geht es mit einer Adresse Ihrer eigenen Webadresse."),
    )
    phone = line(
        _l("Telefon"),
        most=40,
        hint=_l("Nur für Rückfragen des Projektbüros, nie öffentlich."),
        checks=(Shaped(PHONE, _l("Die Telefonnummer sieht aus wie 0231 50 00000.")),),
        kind=TelField,
        autocomplete="tel",
    )
    consent = consent(
        _l("Ich habe die Datenschutzhinweise gelesen."),
        missing=_l("Lesen Sie die Datenschutzhinweise und bestätigen Sie es."),
    )


class ConfirmForm(Form):
    """For who has a password already."""


class ConfirmWithPasswordForm(Form):
    password = new_password(_l("Passwort für Ihren Zugang"))


class AdmitForm(Form):
    message = paragraphs(_l("Nachricht an die Organisation"), most=REASON, rows=4)


class DeclineForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Die Organisation liest diesen Text in ihrer E-Mail."),
        missing=_l("Begründen Sie die Ablehnung."),
        rows=6,
    )


def welcome(name: str) -> str:
    return str(
        _(
            "Wir freuen uns, %(name)s in der Allianz zu begrüßen. Melden Sie sich an:"
            " Dann können Sie in Expertenteams mitmachen und Projekte vorstellen.",
            name=name,
        )
    )


def declining_blocks() -> dict[str, tuple[str, str]]:
    """Text blocks for a refusal: what stands in the address, what it is called, what it says."""
    return {
        "ort": (
            _("Kein Bezug zu Dortmund"),
            _(
                "Vielen Dank für Ihren Antrag. Die Allianz verbindet Organisationen, die"
                " an der Smart City Dortmund mitwirken. In Ihrem Antrag haben wir dazu keinen Bezug"
                " gefunden. Gibt es ihn, dann beschreiben Sie ihn bitte in einem neuen Antrag."
            ),
        ),
        "doppelt": (
            _("Doppelter Antrag"),
            _(
                "Ihre Organisation hat schon einen Antrag gestellt oder gehört bereits"
                " zur Allianz. Wir schließen daher diesen Antrag. Wenden Sie sich an die Person,"
                " die bei Ihnen den Zugang verwaltet."
            ),
        ),
        "angaben": (
            _("Angaben nicht nachvollziehbar"),
            _(
                "Vielen Dank für Ihren Antrag. Die Angaben zur Organisation konnten wir"
                " nicht nachvollziehen. Stellen Sie gern einen neuen Antrag mit der vollständigen"
                " Bezeichnung, Anschrift und Webadresse."
            ),
        ),
    }
