"""Who speaks for an organisation, who may apply, and who decides on applications."""

from sqlalchemy import ColumnElement, Select, bindparam, select

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Application,
    ApplicationState,
    Invitation,
    JoinRequest,
    Organisation,
)
from portal.partners.ties import has_ties, is_among, is_tied

AUTHORS = {AffiliationRole.OWNER, AffiliationRole.EDITOR}
UNDECIDED = frozenset({ApplicationState.RECEIVED, ApplicationState.QUESTION})
PENDING = UNDECIDED | {ApplicationState.UNCONFIRMED}


ROLES = select(Affiliation.role).where(
    Affiliation.user_id == bindparam("user_id"),
    Affiliation.organisation_id == bindparam("organisation_id"),
    Affiliation.until.is_(None),
)  # made once: every act for an organisation asks it


def roles_in(user: User, organisation: Organisation) -> set[AffiliationRole]:
    """The open roles of a person in an organisation, read on each request, never remembered."""
    if not user.is_authenticated:
        return set()
    who = {"user_id": user.id, "organisation_id": organisation.id}
    return set(db.session.scalars(ROLES, who))


def owners(organisation_id: int) -> Select[int]:
    """The ids of the persons who administer it and can log in."""
    return (
        select(User.id)
        .join(Affiliation, Affiliation.user_id == User.id)
        .where(
            Affiliation.organisation_id == organisation_id,
            Affiliation.role == AffiliationRole.OWNER,
            Affiliation.until.is_(None),
            User.locked_at.is_(None),
            User.confirmed_at.is_not(None),
        )
    )


def has_owner(organisation_id: int) -> bool:
    """Somebody administers it who can log in."""
    return db.session.scalar(owners(organisation_id).limit(1)) is not None


@rule
def belongs_to(user: User, organisation: Organisation) -> bool:
    return bool(roles_in(user, organisation))


@rule
def is_active(_: object, organisation: Organisation) -> bool:
    """A suspended organisation's people read, and do nothing for it (safety.md, case 1)."""
    return organisation.suspended_at is None


@rule
def has_an_author_role(user: User, organisation: Organisation) -> bool:
    return bool(roles_in(user, organisation) & AUTHORS)


@rule
def owns(user: User, organisation: Organisation) -> bool:
    return AffiliationRole.OWNER in roles_in(user, organisation)


acts_for = belongs_to & is_active
writes_for = has_an_author_role & is_active
administers = owns & is_active


@rule
def is_oneself(user: User, affiliation: tuple[Organisation, User]) -> bool:
    return user.is_authenticated and affiliation[1].id == user.id


@rule
def administers_theirs(user: User, affiliation: tuple[Organisation, User]) -> bool:
    """For a person of an organisation: who administers that organisation."""
    return administers(user, affiliation[0])


@rule
def is_invited(user: User, invitation: Invitation) -> bool:
    return user.is_authenticated and invitation.person_id == user.id


@rule
def invites_for_it(user: User, invitation: Invitation) -> bool:
    return administers(user, invitation.organisation)


@rule
def asked_oneself(user: User, request: JoinRequest) -> bool:
    return user.is_authenticated and request.person_id == user.id


@rule
def answers_for_it(user: User, request: JoinRequest) -> bool:
    """Nobody lets themselves in."""
    return administers(user, request.organisation) and request.person_id != user.id


@rule
def checks_claims(user: User, request: JoinRequest) -> bool:
    """The office answers only where nobody administers the organisation."""
    tied = is_tied(user, request.organisation_id) or request.person_id == user.id
    return is_office(user, None) and not tied and not has_owner(request.organisation_id)


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


def ties(application: Application) -> ColumnElement[bool]:
    """Of a User: who leaves the decision to others."""
    return has_ties(
        [application.organisation_id],
        named=application.folded_name or None,
        person_id=application.applicant_id,
    )


@rule
def is_untied(user: User, application: Application) -> bool:
    return not is_among(user, ties(application))


# safety.md, rows 21 to 23. Leaving is everybody's own matter, also while the organisation rests.
may_invite = may_change_role = administers | is_administrator
may_manage_invitation = invites_for_it | is_administrator
may_end_affiliation = administers_theirs | is_oneself | is_administrator
may_ask_to_join = ~is_office & ~belongs_to & is_active
may_answer_request = answers_for_it | checks_claims
may_suspend = is_administrator  # row 18
may_edit_profile = administers | is_administrator  # row 17, but for the name
may_rename = is_administrator
may_claim = writes_for  # what an organisation can do, its owners and editors say
may_keep_competences = is_office  # the words to choose from
may_show_contact = is_oneself  # no name stands in public without its owner's yes (N15)


@rule
def is_the_operator(user: User | None, _: object) -> bool:
    """Who gives a command on the server has no account there."""
    return user is None


# safety.md, rows 14 to 16. Who waits for an answer applies no second time; who speaks for one
# organisation may apply for another one.
may_apply = ~is_office & (is_visitor | speaks_for_an_organisation | ~has_a_pending_application)
may_confirm = is_applicant & ~is_office
may_see_case = is_office & was_received
may_see_application = is_applicant | may_see_case
may_decide_application = may_see_case & is_untied
may_import = is_the_operator | is_administrator  # safety.md, row 17
