"""What people do with a place: prove their address, take an offered place."""

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.partners.services.links import count_a_link
from portal.registrations.facts import (
    OfferAccepted,
    RegistrationAskedAgain,
    RegistrationProved,
)
from portal.registrations.models import Move, Registration, RegistrationState
from portal.registrations.policies import is_own
from portal.registrations.services import seats

OFFER_OVER = _l(
    "Dieses Angebot gilt nicht mehr: Die Frist ist abgelaufen, oder die Anmeldung ist beendet."
)


def prove(registration: Registration) -> None:
    """Who opened the link of the mail owns the address. The second click changes nothing.
    Raises Conflict when the registration has ended."""
    seats.lock(registration.allocation)
    seats.read_again(registration)
    if not registration.is_active:
        raise Conflict("ended already", about=registration)
    if registration.is_proved:
        return
    registration.proved_at = now()
    db.session.flush()
    seats.note(registration.allocation_id, Move.PROVED, number=registration.number)
    tell(RegistrationProved(by=registration.person, about=registration))


def ask_again(registration: Registration, *, subject: str) -> None:
    """The link once more, for a guest who lost it. Raises TooOften, Conflict."""
    if not registration.is_active:
        raise Conflict("ended already", about=registration)
    count_a_link(subject)
    tell(RegistrationAskedAgain(by=None, about=registration))


def accept(registration: Registration, *, by: User | None = None) -> None:
    """Takes an offered place; `by` is None for who holds the private link. The second click
    changes nothing. Raises Denied, or Conflict when the offer is over."""
    if by is not None:
        require(is_own, by, registration)
    seats.lock(registration.allocation)
    seats.read_again(registration)
    if registration.state is RegistrationState.CONFIRMED:
        return
    until = registration.offered_until
    if registration.state is not RegistrationState.OFFERED or until is None or now() >= until:
        raise Conflict("the offer is over", about=registration, message=OFFER_OVER)
    if not registration.is_proved:
        prove(registration)
    seats.keep(registration)
    tell(OfferAccepted(by=registration.person, for_=registration.organisation, about=registration))
