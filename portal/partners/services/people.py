"""Who speaks for an organisation: roles change and end, and somebody always administers it."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.languages import speaking
from portal.core.rules import require
from portal.core.times import now
from portal.partners.facts import AffiliationEnded, RoleGiven
from portal.partners.models import Affiliation, AffiliationRole, Organisation
from portal.partners.policies import may_change_role, may_end_affiliation
from portal.partners.queries.people import main_role, open_affiliations
from portal.partners.services.locks import lock

LAST_OWNER = _l(
    "Das ist die letzte Person, die die Organisation verwaltet. Geben Sie diese Aufgabe zuerst"
    " jemand anderem."
)


def give_role(
    organisation: Organisation,
    person: User,
    *,
    role: AffiliationRole,
    by: User,
    seen: AffiliationRole,
) -> None:
    """Replaces what the person may do there; a right to sign stays. `seen` is the role that the
    page showed. Raises Denied, and Conflict for the last owner or when somebody was faster."""
    require(may_change_role, by, organisation)
    lock(organisation)
    held = open_affiliations(organisation, person)
    if main_role(held) is not seen:
        raise Conflict("the role is another one by now", about=organisation)
    if role is seen:
        return
    if seen is AffiliationRole.OWNER:
        _refuse_without_owner(organisation, person)
    function = next((one.function for one in held), "")
    _end([one for one in held if one.role is not AffiliationRole.SIGNATORY])
    given = Affiliation(
        user=person, organisation=organisation, role=role, function=function, since=now()
    )
    db.session.add(given)
    db.session.flush()
    with speaking():  # kept in one language, whoever gives the role
        name_of_role = role.label
    tell(RoleGiven(by=by, for_=organisation, about=given, note=name_of_role))


def end_affiliation(organisation: Organisation, person: User, *, by: User) -> None:
    """The person speaks for the organisation no more: an owner removes them, or they leave. Raises
    Denied, and Conflict for the last owner or for who has left already."""
    require(may_end_affiliation, by, (organisation, person))
    lock(organisation)
    held = open_affiliations(organisation, person)
    role = main_role(held)
    if role is None:
        raise Conflict("this person has left", about=organisation)
    if role is AffiliationRole.OWNER:
        _refuse_without_owner(organisation, person)
    _end(held)
    db.session.flush()
    tell(AffiliationEnded(by=by, for_=organisation, about=held[0], note=person.name))


def _end(affiliations: list[Affiliation]) -> None:
    moment = now()
    for one in affiliations:
        one.until = moment


def _refuse_without_owner(organisation: Organisation, person: User) -> None:
    others = select(Affiliation.id).join(User, User.id == Affiliation.user_id)
    others = others.where(
        Affiliation.organisation_id == organisation.id,
        Affiliation.role == AffiliationRole.OWNER,
        Affiliation.until.is_(None),
        Affiliation.user_id != person.id,
        User.locked_at.is_(None),
        User.confirmed_at.is_not(None),
    )
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict("the last owner", about=organisation, message=LAST_OWNER)
