"""Links that open something without a log-in. Their tokens are derived when the letter is sent."""

from collections.abc import Callable
from datetime import datetime

from portal.accounts import services as accounts
from portal.charter.models import Nomination
from portal.charter.queries import SIGN
from portal.core.database import db
from portal.core.tokens import token_for
from portal.notifications.models import Letter
from portal.partners.models import Application, Invitation, JoinRequest
from portal.partners.queries import (
    ANSWER,
    confirmation_token,
    invitation_token,
    join_token,
)
from portal.registrations.models import Registration
from portal.registrations.queries import registration_token

Linker = Callable[..., str]


def secret_link(letter: Letter, link: Linker) -> str | None:
    """None for the letters that carry no such link."""
    make = LINKS.get(letter.kind)
    return make(letter, link) if make else None


def password_link(letter: Letter, link: Linker) -> str:
    until = datetime.fromisoformat(letter.parameters["until"])
    token = token_for(letter.recipient, accounts.PASSWORD_LINK, until)
    return link("accounts.reset", user_id=letter.recipient_id, token=token)


def confirmation_link(letter: Letter, link: Linker) -> str:
    application = db.session.get_one(Application, letter.about_id)
    token = confirmation_token(application)
    return link("applications.confirm", application_id=application.id, token=token)


def answer_link(letter: Letter, link: Linker) -> str:
    application = db.session.get_one(Application, letter.about_id)
    until = datetime.fromisoformat(letter.parameters["until"])
    token = token_for(application, ANSWER, until)
    return link("applications.answer", application_id=application.id, token=token)


def invitation_link(letter: Letter, link: Linker) -> str:
    invitation = db.session.get_one(Invitation, letter.about_id)
    token = invitation_token(invitation)
    return link("invitations.show", invitation_id=invitation.id, token=token)


def join_link(letter: Letter, link: Linker) -> str:
    request = db.session.get_one(JoinRequest, letter.about_id)
    return link("joining.confirm", request_id=request.id, token=join_token(request))


def signing_link(letter: Letter, link: Linker) -> str:
    nomination = db.session.get_one(Nomination, letter.about_id)
    until = datetime.fromisoformat(letter.parameters["until"])
    token = token_for(nomination, SIGN, until)
    return link("charter.sign", nomination_id=nomination.id, token=token)


def registration_link(letter: Letter, link: Linker) -> str:
    """Who has an account finds the registration there; a guest has only this link."""
    if not letter.parameters["by_link"]:
        return link("my_registrations.index")
    registration = db.session.get_one(Registration, letter.about_id)
    token = registration_token(registration)
    return link("registration_links.show", registration_id=registration.id, token=token)


LINKS: dict[str, Callable[[Letter, Linker], str]] = {
    "accounts/password_link_asked": password_link,
    "partners/application_sent": confirmation_link,
    "partners/confirmation_asked_again": confirmation_link,
    "partners/question_asked": answer_link,
    "partners/question_asked_again": answer_link,
    "partners/answer_missing": answer_link,
    "partners/person_invited": invitation_link,
    "partners/ownership_offered": invitation_link,
    "partners/join_request_sent": join_link,
    "charter/signatory_named": signing_link,
    "charter/signatory_asked_again": signing_link,
    "registrations/registration_made": registration_link,
    "registrations/registration_to_prove": registration_link,
    "registrations/registration_asked_again": registration_link,
    "registrations/registration_proved": registration_link,
    "registrations/registration_entered": registration_link,
    "registrations/moved_up": registration_link,
    "registrations/place_offered": registration_link,
    "registrations/offer_accepted": registration_link,
    "registrations/registration_stopped": registration_link,
    "registrations/registration_moved": registration_link,
    "registrations/participant_reminded": registration_link,
    "registrations/participant_thanked": registration_link,
}
