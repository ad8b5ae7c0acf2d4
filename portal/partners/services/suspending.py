"""The office lets an organisation rest, and wakes it again."""

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.facts import OrganisationReactivated, OrganisationSuspended
from portal.partners.models import Organisation
from portal.partners.policies import may_suspend
from portal.partners.services.directory import index_partner
from portal.partners.services.locks import lock


def suspend(
    organisation: Organisation, *, by: User, reason: str, projects_rest: bool, seen_version: int
) -> None:
    """From now on its people read and do nothing for it; invitations cannot be accepted. The office
    chooses whether the public projects stay (`projects_rest` is false) or rest with it. Raises
    Denied, Conflict when it rests already or was changed meanwhile."""
    require(may_suspend, by, organisation)
    lock(organisation)
    check_version(organisation, seen_version)
    if organisation.suspended_at:
        raise Conflict("it rests already", about=organisation)
    organisation.suspended_at = now()
    organisation.suspension_reason = reason
    organisation.projects_rest = projects_rest
    db.session.flush()
    index_partner(organisation)  # what it claims to know rests with it
    tell(OrganisationSuspended(by=by, for_=organisation, about=organisation, note=reason))


def reactivate(organisation: Organisation, *, by: User, reason: str, seen_version: int) -> None:
    """Its people act for it again. Raises Denied, Conflict when it does not rest."""
    require(may_suspend, by, organisation)
    lock(organisation)
    check_version(organisation, seen_version)
    if organisation.suspended_at is None:
        raise Conflict("it does not rest", about=organisation)
    organisation.suspended_at = None
    organisation.suspension_reason = ""
    organisation.projects_rest = False
    db.session.flush()
    index_partner(organisation)
    tell(OrganisationReactivated(by=by, for_=organisation, about=organisation, note=reason))
