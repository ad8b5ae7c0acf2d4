"""Who takes part: asked -> confirmed or refused; a yes ends again, a source is contested, a role is
offered and taken."""

from functools import partial

from portal.core.workflows import Step, Workflow
from portal.projects.facts import (
    LeadHandedOver,
    ParticipantRemoved,
    ParticipationAsked,
    ParticipationConfirmed,
    ParticipationContested,
    ParticipationLeft,
    ParticipationRefused,
    ParticipationTakenBack,
    RoleDeclined,
    RoleLowered,
    RoleOffered,
    RoleOfferTakenBack,
    RoleTaken,
)
from portal.projects.models import PUBLIC_BASIS, Basis
from portal.projects.policies import (
    OVER,
    has_an_offer,
    may_answer,
    may_answer_offer,
    may_drop,
    may_offer,
    writes_its_project,
)

PENDING, CONFIRMED, SOURCE = (
    frozenset({one}) for one in (Basis.PENDING, Basis.CONFIRMED, Basis.SOURCE)
)
_pending = partial(Step, leaves=PENDING)
_stays = partial(Step, leaves=CONFIRMED, reaches=Basis.CONFIRMED)
PARTS = Workflow(
    Step(
        name="ask_again",
        leaves=OVER,
        reaches=Basis.PENDING,
        may=writes_its_project,
        tells=ParticipationAsked,
    ),
    _pending(
        name="confirm",
        reaches=Basis.CONFIRMED,
        may=may_answer,
        tells=ParticipationConfirmed,
    ),
    _pending(name="refuse", reaches=Basis.REFUSED, may=may_answer, tells=ParticipationRefused),
    _pending(name="take_back", reaches=Basis.WITHDRAWN, may=may_drop, tells=ParticipationTakenBack),
    Step(
        name="remove",
        leaves=PUBLIC_BASIS,
        reaches=Basis.WITHDRAWN,
        may=may_drop,
        tells=ParticipantRemoved,
    ),
    Step(
        name="leave",
        leaves=CONFIRMED,
        reaches=Basis.REFUSED,
        may=may_answer,
        tells=ParticipationLeft,
    ),
    Step(
        name="contest",
        leaves=SOURCE,
        reaches=Basis.REFUSED,
        may=may_answer,
        tells=ParticipationContested,
    ),
    # Another role; the name stands meanwhile as it stood.
    _stays(name="offer", may=may_offer, tells=RoleOffered),
    _stays(name="take_offer_back", may=may_offer & has_an_offer, tells=RoleOfferTakenBack),
    _stays(name="decline_offer", may=may_answer_offer, tells=RoleDeclined),
    _stays(name="take_role", may=may_answer_offer, tells=RoleTaken),
    _stays(name="take_lead", may=may_answer_offer, tells=LeadHandedOver),
    _stays(name="lower", may=may_offer, tells=RoleLowered),
)
