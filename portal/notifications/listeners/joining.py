"""Letters about invitations, handovers and requests to speak for an organisation."""

from typing import Any

from portal.accounts import queries as accounts
from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.facts import (
    ClaimAccepted,
    InvitationAccepted,
    InvitationDeclined,
    InvitationSentAgain,
    JoinRequestAccepted,
    JoinRequested,
    JoinRequestRefused,
    JoinRequestSent,
    OwnershipHandedOver,
    OwnershipOffered,
    PersonInvited,
    ProfileClaimed,
)
from portal.partners.models import AffiliationRole, Invitation
from portal.partners.queries.requests import JOIN_WITHIN
from portal.partners.ties import is_tied


@on(PersonInvited)
def invite(fact: PersonInvited) -> None:
    _send_invitation("partners/person_invited", fact)


@on(InvitationSentAgain)
def invite_again(fact: InvitationSentAgain) -> None:
    offers = fact.about.hands_over
    _send_invitation("partners/ownership_offered" if offers else "partners/person_invited", fact)


@on(OwnershipOffered)
def offer(fact: OwnershipOffered) -> None:
    _send_invitation("partners/ownership_offered", fact)


@on(InvitationAccepted)
def tell_who_invited(fact: InvitationAccepted) -> None:
    write("partners/invitation_accepted", fact, [fact.about.invited_by], **_about(fact))


@on(InvitationDeclined)
def tell_who_invited_of_the_no(fact: InvitationDeclined) -> None:
    write("partners/invitation_declined", fact, [fact.about.invited_by], **_about(fact))


@on(OwnershipHandedOver)
def tell_of_the_handover(fact: OwnershipHandedOver) -> None:
    """Who handed over, the other owners, and the office."""
    former = {"former": fact.about.invited_by.name}
    concerned = partners.people_of(fact.for_.id, AffiliationRole.OWNER)
    kind = "partners/ownership_handed_over"
    write(kind, fact, [fact.about.invited_by, *concerned], **_about(fact), **former)
    write(f"{kind}_office", fact, accounts.administrators(), **_about(fact), **former)


@on(JoinRequestSent)
def ask_to_confirm(fact: JoinRequestSent) -> None:
    write(
        "partners/join_request_sent",
        fact,
        [fact.about.person],
        receipt=True,
        to_unconfirmed=True,
        organisation=fact.about.organisation.name,
        until=fact.about.sent_at + JOIN_WITHIN,
    )


@on(JoinRequested)
def tell_the_owners(fact: JoinRequested) -> None:
    owners = partners.people_of(fact.for_.id, AffiliationRole.OWNER)
    write("partners/join_requested", fact, owners, **_about(fact), request_id=fact.about.id)


@on(ProfileClaimed)
def tell_the_office(fact: ProfileClaimed) -> None:
    office = [user for user in accounts.office() if not is_tied(user, fact.for_.id)]
    write("partners/profile_claimed", fact, office, **_about(fact), request_id=fact.about.id)


@on(JoinRequestAccepted)
def tell_who_is_in(fact: JoinRequestAccepted) -> None:
    write("partners/join_request_accepted", fact, [fact.about.person], **_about(fact))


@on(ClaimAccepted)
def tell_who_administers(fact: ClaimAccepted) -> None:
    write("partners/claim_accepted", fact, [fact.about.person], **_about(fact))


@on(JoinRequestRefused)
def tell_who_is_not_in(fact: JoinRequestRefused) -> None:
    write("partners/join_request_refused", fact, [fact.about.person], **_about(fact))


def _send_invitation(kind: str, fact: Fact) -> None:
    invitation: Invitation = fact.about
    write(
        kind,
        fact,
        [invitation.person],
        to_unconfirmed=True,
        **_about(fact) | {"who": invitation.invited_by.name},
        role=invitation.role.kept_label,
        until=invitation.until,
    )


def _about(fact: Fact) -> dict[str, Any]:
    return {
        "who": fact.by.name,
        "organisation": fact.for_.name,
        "organisation_slug": fact.for_.slug,
        "note": fact.note,
    }
