"""Applications: unconfirmed -> received -> admitted or declined, with any number of questions and
answers in between; the applicant may withdraw until the decision. Invitations and requests to speak
for an organisation have their own tables."""

from enum import StrEnum
from functools import partial

from portal.core.facts import Fact
from portal.core.rules import Rule
from portal.core.workflows import Step, Workflow
from portal.partners.facts import (
    ApplicationAdmitted,
    ApplicationDeclined,
    ApplicationReceived,
    ApplicationWithdrawn,
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
    QuestionAnswered,
    QuestionAsked,
)
from portal.partners.models import ApplicationState, InvitationState, RequestState
from portal.partners.policies import (
    answers_for_it,
    asked_oneself,
    checks_claims,
    is_applicant,
    is_invited,
    may_answer_request,
    may_confirm,
    may_decide_application,
    may_manage_invitation,
)

UNDECIDED = frozenset({ApplicationState.RECEIVED, ApplicationState.QUESTION})
ACCEPTED = InvitationState.ACCEPTED
PENDING_REQUESTS = frozenset({RequestState.UNCONFIRMED, RequestState.ASKED})

WORKFLOW = Workflow(
    Step(
        name="receive",
        leaves=frozenset({ApplicationState.UNCONFIRMED}),
        reaches=ApplicationState.RECEIVED,
        may=may_confirm,
        tells=ApplicationReceived,
    ),
    Step(
        name="ask",
        leaves=frozenset({ApplicationState.RECEIVED}),
        reaches=ApplicationState.QUESTION,
        may=may_decide_application,
        tells=QuestionAsked,
    ),
    Step(
        name="answer",
        leaves=frozenset({ApplicationState.QUESTION}),
        reaches=ApplicationState.RECEIVED,
        may=is_applicant,
        tells=QuestionAnswered,
    ),
    Step(
        name="admit",
        leaves=UNDECIDED,
        reaches=ApplicationState.ADMITTED,
        may=may_decide_application,
        tells=ApplicationAdmitted,
    ),
    Step(
        name="decline",
        leaves=UNDECIDED,
        reaches=ApplicationState.DECLINED,
        may=may_decide_application,
        tells=ApplicationDeclined,
    ),
    Step(
        name="withdraw",
        leaves=UNDECIDED | {ApplicationState.UNCONFIRMED},
        reaches=ApplicationState.WITHDRAWN,
        may=is_applicant,
        tells=ApplicationWithdrawn,
    ),
)


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
