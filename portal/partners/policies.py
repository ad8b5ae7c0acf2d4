"""Who speaks for an organisation, and who decides on applications."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.policies import is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.core.times import now
from portal.partners.models import Affiliation, AffiliationRole, Application, Organisation

AUTHORS = {AffiliationRole.OWNER, AffiliationRole.EDITOR}
LOOK_BACK = timedelta(days=365)  # safety.md, case 8: tied is who was a member within 12 months


def roles_in(user: User, organisation: Organisation) -> set[AffiliationRole]:
    """The open roles of a person in an organisation, read on each request, never remembered."""
    if not user.is_authenticated:
        return set()
    rows = select(Affiliation.role).where(
        Affiliation.user_id == user.id,
        Affiliation.organisation_id == organisation.id,
        Affiliation.until.is_(None),
    )
    return set(db.session.scalars(rows))


@rule
def belongs_to(user: User, organisation: Organisation) -> bool:
    return bool(roles_in(user, organisation))


@rule
def writes_for(user: User, organisation: Organisation) -> bool:
    return bool(roles_in(user, organisation) & AUTHORS)


@rule
def owns(user: User, organisation: Organisation) -> bool:
    return AffiliationRole.OWNER in roles_in(user, organisation)


def is_tied(user: User, organisation_id: int | None) -> bool:
    """Has, or had within twelve months, a role there: then somebody else decides."""
    if organisation_id is None:
        return False
    rows = select(Affiliation.id).where(
        Affiliation.user_id == user.id,
        Affiliation.organisation_id == organisation_id,
        (Affiliation.until.is_(None)) | (Affiliation.until > now() - LOOK_BACK),
    )
    return db.session.scalar(rows.limit(1)) is not None


@rule
def is_applicant(user: User, application: Application) -> bool:
    return user.is_authenticated and application.applicant_id == user.id


@rule
def is_untied(user: User, application: Application) -> bool:
    return application.applicant_id != user.id and not is_tied(user, application.organisation_id)


may_see_application = is_applicant | is_office
may_decide_application = is_office & is_untied
