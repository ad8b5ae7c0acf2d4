"""What people type to come to a date."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, line, mail, paragraphs, tick

ANSWER = 500


def answer() -> Any:
    return paragraphs(_l("Ihre Antwort"), most=ANSWER, rows=3)


def named_in_public() -> Any:
    return tick(
        _l("Mein Name darf auf der öffentlichen Seite des Termins stehen."),
        hint=_l("Ohne dieses Häkchen steht er dort nicht. Sie können das jederzeit ändern."),
    )


class PersonForm(Form):
    """For who is logged in: their name is known."""

    answer = answer()
    named_in_public = named_in_public()


class GuestForm(Form):
    """On a page without a session: no token, see the guard `open_form`."""

    class Meta:
        csrf = False

    first_name = line(
        _l("Vorname"),
        most=80,
        missing=_l("Geben Sie Ihren Vornamen ein."),
        autocomplete="given-name",
    )
    last_name = line(
        _l("Nachname"),
        most=80,
        missing=_l("Geben Sie Ihren Nachnamen ein."),
        autocomplete="family-name",
    )
    organisation_name = line(_l("Organisation"), most=200, autocomplete="organization")
    municipality = line(_l("Kommune"), most=120, autocomplete="address-level2")
    email = mail(
        _l("E-Mail-Adresse"),
        hint=_l("Dorthin geht der Link, mit dem Sie bestätigen und auch wieder absagen."),
    )
    answer = answer()
    named_in_public = named_in_public()
