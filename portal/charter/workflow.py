"""Five short tables: a declaration is published once, a signature ends once, a nomination and a
provisional signature are answered once, an occasion opens and closes."""

from portal.charter.facts import (
    DeclarationPublished,
    NominationTakenBack,
    OccasionClosed,
    OccasionOpened,
    ProvisionalAccepted,
    ProvisionalDeclined,
    SignatureGiven,
    SignatureRefused,
    SignatureRevoked,
    SignatureWithdrawn,
)
from portal.charter.models import (
    DeclarationState,
    NominationState,
    OccasionState,
    ProvisionalState,
    SignatureState,
)
from portal.charter.policies import (
    is_named,
    may_check,
    may_plan,
    may_revoke,
    may_withdraw,
    may_write,
    names_for,
)
from portal.core.workflows import Step, Workflow

DECLARATIONS = Workflow(
    Step(
        name="publish",
        leaves=frozenset({DeclarationState.DRAFT}),
        reaches=DeclarationState.PUBLISHED,
        may=may_write,
        tells=DeclarationPublished,
    ),
)
SIGNATURES = Workflow(
    Step(
        name="withdraw",
        leaves=frozenset({SignatureState.STANDS}),
        reaches=SignatureState.WITHDRAWN,
        may=may_withdraw,
        tells=SignatureWithdrawn,
    ),
    Step(
        name="revoke",
        leaves=frozenset({SignatureState.STANDS}),
        reaches=SignatureState.REVOKED,
        may=may_revoke,
        tells=SignatureRevoked,
    ),
)
NOMINATIONS = Workflow(
    Step(
        name="sign",
        leaves=frozenset({NominationState.OPEN}),
        reaches=NominationState.SIGNED,
        may=is_named,
        tells=SignatureGiven,
    ),
    Step(
        name="refuse",
        leaves=frozenset({NominationState.OPEN}),
        reaches=NominationState.REFUSED,
        may=is_named,
        tells=SignatureRefused,
    ),
    Step(
        name="take_back",
        leaves=frozenset({NominationState.OPEN}),
        reaches=NominationState.TAKEN_BACK,
        may=names_for,
        tells=NominationTakenBack,
    ),
)
OCCASIONS = Workflow(
    Step(
        name="open",
        leaves=frozenset({OccasionState.PLANNED, OccasionState.CLOSED}),
        reaches=OccasionState.OPEN,
        may=may_plan,
        tells=OccasionOpened,
    ),
    Step(
        name="close",
        leaves=frozenset({OccasionState.OPEN}),
        reaches=OccasionState.CLOSED,
        may=may_plan,
        tells=OccasionClosed,
    ),
)
PROVISIONAL = Workflow(
    Step(
        name="accept",
        leaves=frozenset({ProvisionalState.WAITING}),
        reaches=ProvisionalState.ACCEPTED,
        may=may_check,
        tells=ProvisionalAccepted,
    ),
    Step(
        name="decline",
        leaves=frozenset({ProvisionalState.WAITING}),
        reaches=ProvisionalState.DECLINED,
        may=may_check,
        tells=ProvisionalDeclined,
    ),
)
