"""Who speaks for an organisation, who may apply, and who decides on applications."""

from datetime import timedelta

from sqlalchemy import or_, select

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.core.times import now
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Application,
    ApplicationState,
    Organisation,
)

AUTHORS = {AffiliationRole.OWNER, AffiliationRole.EDITOR}
LOOK_BACK = timedelta(days=365)  # safety.md, case 8: tied is who was a member within 12 months
PENDING = {ApplicationState.UNCONFIRMED, ApplicationState.RECEIVED, ApplicationState.QUESTION}


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


def is_tied(user: User, organisation_id: int | None, *, named: str | None = None) -> bool:
    """Has, or had within twelve months, a role there or in an organisation with the folded name
    `named`: then somebody else decides."""
    rows = (
        select(Affiliation.id)
        .join(Affiliation.organisation)
        .where(
            Affiliation.user_id == user.id,
            or_(Affiliation.until.is_(None), Affiliation.until > now() - LOOK_BACK),
            or_(Organisation.id == organisation_id, Organisation.folded_name == named),
        )
    )
    return db.session.scalar(rows.limit(1)) is not None


@rule
def is_oneself(user: User, affiliation: tuple[Organisation, User]) -> bool:
    return user.is_authenticated and affiliation[1].id == user.id


@rule
def owns_for(user: User, affiliation: tuple[Organisation, User]) -> bool:
    """For a person of an organisation: who administers that organisation."""
    return AffiliationRole.OWNER in roles_in(user, affiliation[0])


@rule
def is_visitor(user: User, _: object) -> bool:
    return not user.is_authenticated


@rule
def speaks_for_an_organisation(user: User, _: object) -> bool:
    rows = select(Affiliation.id).where(Affiliation.user_id == user.id, Affiliation.until.is_(None))
    return db.session.scalar(rows.limit(1)) is not None


@rule
def has_a_pending_application(user: User, _: object) -> bool:
    rows = select(Application.id).where(
        Application.applicant_id == user.id, Application.state.in_(PENDING)
    )
    return db.session.scalar(rows.limit(1)) is not None


@rule
def is_applicant(user: User, application: Application) -> bool:
    return user.is_authenticated and application.applicant_id == user.id


@rule
def was_received(_: object, application: Application) -> bool:
    """Until then nobody knows whether the address is the applicant's: the office sees nothing."""
    return application.received_at is not None


@rule
def is_untied(user: User, application: Application) -> bool:
    if application.applicant_id == user.id:
        return False
    return not is_tied(user, application.organisation_id, named=application.folded_name or None)


@rule
def is_the_operator(user: User | None, _: object) -> bool:
    """Who gives a command on the server has no account there."""
    return user is None


# safety.md, rows 14 to 16. Who waits for an answer applies no second time; who speaks for one
# organisation may apply for another one.
may_change_role = owns  # safety.md, rows 22 and 23
may_end_affiliation = owns_for | is_oneself
may_apply = ~is_office & (is_visitor | speaks_for_an_organisation | ~has_a_pending_application)
may_confirm = is_applicant & ~is_office
may_see_case = is_office & was_received
may_see_application = is_applicant | may_see_case
may_decide_application = may_see_case & is_untied
may_import = is_the_operator | is_administrator  # safety.md, row 17
