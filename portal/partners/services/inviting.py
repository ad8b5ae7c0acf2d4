"""Invitations into an organisation: sent, sent again, revoked; and who answers them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, Gone
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.facts import InvitationSentAgain, OwnershipOffered, PersonInvited
from portal.partners.models import AffiliationRole, Invitation, InvitationState, Organisation
from portal.partners.policies import (
    administers,
    is_active,
    is_invited,
    may_invite,
    may_manage_invitation,
)
from portal.partners.queries.invitations import open_invitation
from portal.partners.queries.people import main_role, open_affiliations
from portal.partners.services.links import count_a_link
from portal.partners.services.locks import lock
from portal.partners.services.people import hold
from portal.partners.services.persons import person_behind
from portal.partners.workflow import INVITATIONS

MOST = 20  # addresses in one field
NO_MORE = _l(
    "Diese Einladung kann nicht mehr angenommen werden: Wer sie verschickt hat, darf für die"
    " Organisation nicht mehr einladen. Bitten Sie dort um eine neue."
)
RESTS = _l("Diese Organisation ruht zurzeit. Einladungen können nicht angenommen werden.")


@dataclass
class Invited:
    """What became of the addresses: letters went to `sent`, the others have the role already."""

    sent: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def words(self) -> list[str]:
        """For the person who typed the addresses."""
        found = []
        if number := len(self.sent):
            found.append(
                ngettext(
                    "Eine Einladung ist unterwegs.", "%(num)s Einladungen sind unterwegs.", number
                )
            )
        if self.known:
            told = gettext("Diese Rolle besteht schon: %(list)s", list=", ".join(self.known))
            found.append(told)
        return found


def invite(
    organisation: Organisation,
    *,
    by: User,
    emails: list[str],
    role: AffiliationRole,
    subject_of: Callable[[str], str],
) -> Invited:
    """Each address gets a letter with a link that is good for 14 days. `subject_of` says what
    stands for an address among the attempts. An older invitation of the same person is revoked.
    Raises Denied, and TooOften when one mailbox was written to too often."""
    require(may_invite, by, organisation)
    lock(organisation)
    done = Invited()
    for email in dict.fromkeys(accounts.folded(email) for email in emails):
        person = person_behind(email, language=by.language)
        roles = {one.role for one in open_affiliations(organisation, person)}
        if role in roles:
            done.known.append(email)
            continue
        count_a_link(subject_of(email))
        invitation = _add(organisation, person, role=role, by=by)
        tell(PersonInvited(by=by, for_=organisation, about=invitation, note=role.kept_label))
        done.sent.append(email)
    return done


def offer_ownership(organisation: Organisation, person: User, *, by: User) -> Invitation:
    """The person is asked to administer the organisation in the place of `by`, who stays until
    they accept. Raises Denied for who is no owner, Conflict for who is one already or has left."""
    require(administers, by, organisation)
    lock(organisation)
    held = open_affiliations(organisation, person)
    if not held or main_role(held) is AffiliationRole.OWNER:
        raise Conflict("only who belongs to it and is no owner can take over", about=organisation)
    invitation = _add(organisation, person, role=AffiliationRole.OWNER, by=by, hands_over=True)
    tell(OwnershipOffered(by=by, for_=organisation, about=invitation, note=person.name))
    return invitation


def send_again(invitation: Invitation, *, by: User, subject: str, seen_version: int) -> None:
    """A new link, good for 14 days from now, also when the old one had expired; older ones open
    nothing any more. Raises Denied, Conflict for an answered one, TooOften."""
    require(may_manage_invitation, by, invitation)
    check_version(invitation, seen_version)
    _renew(invitation, by=by, subject=subject)


def send_expired_again(invitation: Invitation, *, subject: str) -> None:
    """For the person who holds the old link. Raises Gone when who invited may not any more."""
    _refuse_what_lapsed(invitation)
    _renew(invitation, by=invitation.invited_by, subject=subject)


def _renew(invitation: Invitation, *, by: User, subject: str) -> None:
    if invitation.state is not InvitationState.OPEN:
        raise Conflict("it is answered", about=invitation)
    count_a_link(subject)
    invitation.burn_links()
    invitation.sent_at = now()
    db.session.flush()
    tell(InvitationSentAgain(by=by, for_=invitation.organisation, about=invitation))


def revoke(invitation: Invitation, *, by: User, seen_version: int) -> None:
    _answer("revoke", invitation, by=by, seen_version=seen_version)


def decline_invitation(invitation: Invitation, *, by: User, seen_version: int) -> None:
    _answer("decline", invitation, by=by, seen_version=seen_version)


def accept(
    invitation: Invitation,
    *,
    by: User,
    seen_version: int,
    password_hash: str | None = None,
    first_name: str = "",
    last_name: str = "",
) -> bool:
    """The role is given. Who had no password yet gets one and the names they typed, and is told
    apart by the result. The right of who invited is asked again (R9): raises Gone when it or the
    time is over, Denied for another person, Conflict for the second click."""
    require(is_invited, by, invitation)
    lock(invitation.organisation)
    db.session.refresh(invitation)
    _refuse_what_lapsed(invitation)
    if invitation.is_over:
        raise Gone("expired", about=invitation)
    is_new = by.password_hash is None and password_hash is not None
    if is_new and password_hash:
        by.first_name, by.last_name = first_name, last_name
        account_services.set_password(by, password_hash)
    by.confirmed_at = by.confirmed_at or now()
    step = "take_over" if invitation.hands_over else "accept"
    _answer(
        step, invitation, by=by, seen_version=seen_version, meanwhile=lambda: _let_in(invitation)
    )
    return is_new


def _let_in(invitation: Invitation) -> None:
    organisation = invitation.organisation
    hold(organisation, invitation.person, invitation.role, function=invitation.function)
    if invitation.hands_over:
        hold(organisation, invitation.invited_by, AffiliationRole.EDITOR)


def _answer(
    step: str,
    invitation: Invitation,
    *,
    by: User,
    seen_version: int,
    meanwhile: Callable[[], None] | None = None,
) -> None:
    def close() -> None:
        invitation.answered_at = now()
        invitation.burn_links()
        if meanwhile:
            meanwhile()

    INVITATIONS.take(
        step,
        invitation,
        by=by,
        for_=invitation.organisation,
        note=invitation.role.kept_label,
        seen_version=seen_version,
        meanwhile=close,
    )


def _refuse_what_lapsed(invitation: Invitation) -> None:
    if not is_active(None, invitation.organisation):
        raise Gone("the organisation is suspended", about=invitation, message=RESTS)
    if invitation.invited_by.locked_at or not may_invite(
        invitation.invited_by, invitation.organisation
    ):
        raise Gone("who invited may not any more", about=invitation, message=NO_MORE)


def _add(
    organisation: Organisation,
    person: User,
    *,
    role: AffiliationRole,
    by: User,
    hands_over: bool = False,
) -> Invitation:
    if earlier := open_invitation(organisation, person):
        revoke(earlier, by=by, seen_version=earlier.version)
    invitation = Invitation(
        organisation=organisation,
        person=person,
        role=role,
        hands_over=hands_over,
        invited_by=by,
        sent_at=now(),
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation
