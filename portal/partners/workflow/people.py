"""Invitations and requests to speak for an organisation: open until somebody answers."""

from enum import StrEnum
from functools import partial

from portal.core.facts import Fact
from portal.core.rules import Rule
from portal.core.workflows import Step, Workflow
from portal.partners.facts import (
    ClaimAccepted,
    InvitationAccepted,
    InvitationDeclined,
    InvitationRevoked,
    JoinRequestAccepted,
    JoinRequested,
    JoinRequestRefused,
    JoinRequestWithdrawn,
    OwnershipHandedOver,
    ProfileClaimed,
)
from portal.partners.models import InvitationState, RequestState
from portal.partners.policies import (
    answers_for_it,
    asked_oneself,
    checks_claims,
    is_invited,
    may_answer_request,
    may_manage_invitation,
)

ACCEPTED = InvitationState.ACCEPTED
PENDING_REQUESTS = frozenset({RequestState.UNCONFIRMED, RequestState.ASKED})


def _step(name: str, *, to: StrEnum, out_of: StrEnum, may: Rule, tells: type[Fact]) -> Step:
    return Step(name=name, leaves=frozenset({out_of}), reaches=to, may=may, tells=tells)


_open = partial(_step, out_of=InvitationState.OPEN)
INVITATIONS = Workflow(
    _open("accept", to=ACCEPTED, may=is_invited, tells=InvitationAccepted),
    _open("take_over", to=ACCEPTED, may=is_invited, tells=OwnershipHandedOver),
    _open("decline", to=InvitationState.DECLINED, may=is_invited, tells=InvitationDeclined),
    _open("revoke", to=InvitationState.REVOKED, may=may_manage_invitation, tells=InvitationRevoked),
)

# A claim is a request where nobody administers the organisation.
_sent = partial(_step, out_of=RequestState.UNCONFIRMED, to=RequestState.ASKED, may=asked_oneself)
_asked = partial(_step, out_of=RequestState.ASKED)
REQUESTS = Workflow(
    _sent("ask", tells=JoinRequested),
    _sent("claim", tells=ProfileClaimed),
    _asked("accept", to=RequestState.ACCEPTED, may=answers_for_it, tells=JoinRequestAccepted),
    _asked("grant_claim", to=RequestState.ACCEPTED, may=checks_claims, tells=ClaimAccepted),
    _asked("refuse", to=RequestState.REFUSED, may=may_answer_request, tells=JoinRequestRefused),
    Step(
        name="withdraw",
        leaves=PENDING_REQUESTS,
        reaches=RequestState.WITHDRAWN,
        may=asked_oneself,
        tells=JoinRequestWithdrawn,
    ),
)
