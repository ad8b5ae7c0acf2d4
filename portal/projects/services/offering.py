"""The lead offers another role to an organisation whose name stands: co-owner, or the lead itself.
Nothing changes before its yes; less is given at once."""

from portal.accounts.models import User
from portal.core.errors import Conflict
from portal.core.rules import require
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.models import Participation, ParticipationRole
from portal.projects.policies import may_offer
from portal.projects.queries.timing import OPEN_FOR
from portal.projects.services.acting import acting
from portal.projects.workflow import PARTS


def offered_to(part: Participation) -> list[ParticipationRole]:
    """The roles that the lead can choose for it now: one step up, or one down."""
    if part.role is ParticipationRole.CO_OWNER:
        return [ParticipationRole.LEAD, ParticipationRole.PARTNER]
    return [ParticipationRole.CO_OWNER]


def give_role(
    part: Participation,
    *,
    by: User,
    for_: Organisation | None = None,
    role: ParticipationRole,
    seen_version: int,
) -> None:
    """More needs a yes, less does not. Only confirmed ones have a role to change."""
    require(may_offer, by, part)
    if role not in offered_to(part):
        raise Conflict(f"{role} is not offered to {part.role}", about=part)
    lowers = role is ParticipationRole.PARTNER

    def note_it() -> None:
        if lowers:
            part.role, part.offered_role, part.expires_at = role, None, None
        else:
            part.offered_role, part.asked_by = role, by
            part.asked_at, part.expires_at, part.reminded_at = now(), now() + OPEN_FOR, None

    PARTS.take(
        "lower" if lowers else "offer",
        part,
        by=by,
        for_=acting(part.project, for_, by=by),
        about=part.project,
        part=part,
        note=part.organisation.name,
        seen_version=seen_version,
        meanwhile=note_it,
    )


def take_offer_back(
    part: Participation, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """Before the answer; its part stays as it is."""
    require(may_offer, by, part)

    def forget_it() -> None:
        part.offered_role = part.expires_at = None

    PARTS.take(
        "take_offer_back",
        part,
        by=by,
        for_=acting(part.project, for_, by=by),
        about=part.project,
        part=part,
        note=part.organisation.name,
        seen_version=seen_version,
        meanwhile=forget_it,
    )
