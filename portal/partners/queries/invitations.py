"""Invitations: of an organisation, of a person, and for who holds the link in the mail."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.tokens import LinkExpired, fits, token_for
from portal.partners.models import Invitation, InvitationState, Organisation

INVITATION = "invitation"  # the purpose of the link in the mail: it proves the address
SHOWN_INVITATION = "shown invitation"  # of the link that owners copy: it proves none
LINK_GONE = _l(
    "Diese Einladung gilt nicht oder nicht mehr. Haben Sie sie schon angenommen, dann melden Sie"
    " sich an: Die Organisation steht in Ihrem Bereich."
)
LISTED = 100


def open_invitation(organisation: Organisation, person: User) -> Invitation | None:
    rows = select(Invitation).where(
        Invitation.organisation_id == organisation.id,
        Invitation.person_id == person.id,
        Invitation.state == InvitationState.OPEN,
    )
    return db.session.scalar(rows)


def open_invitations_of(organisation: Organisation) -> list[Invitation]:
    """The newest first; those whose time is over are among them, to be sent again or revoked."""
    rows = (
        select(Invitation)
        .options(joinedload(Invitation.person), joinedload(Invitation.invited_by))
        .where(
            Invitation.organisation_id == organisation.id,
            Invitation.state == InvitationState.OPEN,
        )
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
        .limit(LISTED)
    )
    return list(db.session.scalars(rows))


def invitations_for(person: User) -> list[Invitation]:
    """What waits for the person's answer and still can be accepted."""
    rows = (
        select(Invitation)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
        .where(Invitation.person_id == person.id, Invitation.state == InvitationState.OPEN)
        .order_by(Invitation.id)
    )
    return [one for one in db.session.scalars(rows) if not one.is_over]


def invitation_for(invitation_id: int, *, seen_by: User) -> Invitation:
    """One's own, open. Raises Hidden for others."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or found.person_id != seen_by.id or found.state is not InvitationState.OPEN:
        raise Hidden("no invitation of this person", message=LINK_GONE)
    return found


def invitation_of(organisation: Organisation, invitation_id: int) -> Invitation:
    """For the owners. Raises Hidden for another organisation's."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or found.organisation_id != organisation.id:
        raise Hidden("no invitation of this organisation")
    return found


def invitation_token(invitation: Invitation, *, shown: bool = False) -> str:
    purpose = SHOWN_INVITATION if shown else INVITATION
    return token_for(invitation, purpose, until=invitation.until)


def invitation_with_link(invitation_id: int, token: str) -> tuple[Invitation, bool]:
    """Who holds the link may load; says also whether the link came by mail, which proves the
    address. Raises Hidden for a wrong or used one, LinkExpired when its time is over."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or found.person.locked_at or found.state is not InvitationState.OPEN:
        raise Hidden("no such invitation", message=LINK_GONE)
    if fits(token, found, INVITATION):
        return found, True
    if fits(token, found, SHOWN_INVITATION):
        return found, False
    raise Hidden("no such link", message=LINK_GONE)


def expired_invitation(invitation_id: int, token: str) -> Invitation:
    """Who asks for a new link holds an old one that fits but for its time. Raises Hidden."""
    try:
        return invitation_with_link(invitation_id, token)[0]
    except LinkExpired as late:
        found: Invitation = late.about
        return found
