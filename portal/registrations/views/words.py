"""What is said after an act, on the event's page and on the private one alike."""

from flask_babel import gettext as _

from portal.registrations import queries
from portal.registrations.models import Registration, RegistrationState


def standing_in_words(registration: Registration) -> str:
    if registration.state is RegistrationState.WAITING:
        return str(
            _(
                "Sie stehen auf Platz %(place)s der Warteliste. Ihre Nummer ist die %(number)s.",
                place=queries.place_in_line(registration),
                number=registration.number,
            )
        )
    if registration.state is RegistrationState.OFFERED:
        return str(_("Ein Platz ist für Sie frei. Nehmen Sie ihn an, dann gehört er Ihnen."))
    return str(
        _("Ihr Platz ist sicher. Ihre Nummer ist die %(number)s.", number=registration.number)
    )


def naming_in_words(registration: Registration) -> str:
    if registration.named_in_public:
        return str(_("Ihr Name darf jetzt auf der Seite des Termins stehen."))
    return str(_("Ihr Name steht nicht mehr auf der Seite des Termins."))


def left_in_words() -> str:
    return str(_("Sie sind abgemeldet. Wird damit ein Platz frei, hört die nächste Person davon."))
