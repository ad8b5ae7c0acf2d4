"""Who speaks for an organisation: roles change and end, and somebody always administers it."""

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.partners.facts import (
    AffiliationEnded,
    RoleGiven,
    SigningRightGiven,
    SigningRightTaken,
)
from portal.partners.models import Affiliation, AffiliationRole, Organisation
from portal.partners.policies import may_change_role, may_end_affiliation, owners
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
    seen: AffiliationRole | None,
) -> None:
    """Replaces what the person may do there; a right to sign stays. `seen` is the role that the
    page showed, None for who only signs. Raises Denied, and Conflict for the last owner or when
    somebody was faster."""
    require(may_change_role, by, organisation)
    lock(organisation)
    held = open_affiliations(organisation, person)
    if not held or main_role(held) is not seen:
        raise Conflict("the role is another one by now", about=organisation)
    if role is seen:
        return
    if seen is AffiliationRole.OWNER:
        _refuse_without_owner(organisation, person)
    given = hold(organisation, person, role)
    tell(RoleGiven(by=by, for_=organisation, about=given, note=role.kept_label))


def set_signing_right(
    organisation: Organisation, person: User, *, may_sign: bool, by: User
) -> None:
    """Whether the person may sign for the organisation, beside any other role. Asked for what is so
    already, it changes nothing. Raises Denied, and Conflict for who has left."""
    require(may_change_role, by, organisation)
    lock(organisation)
    held = open_affiliations(organisation, person)
    if main_role(held) is None:
        raise Conflict("only who has a role there may sign", about=organisation)
    right = next((one for one in held if one.role is AffiliationRole.SIGNATORY), None)
    if may_sign is (right is not None):
        return
    if right is None:
        right = _added(organisation, person, AffiliationRole.SIGNATORY, _function_in(held))
        tell(SigningRightGiven(by=by, for_=organisation, about=right, note=person.name))
    else:
        _end([right])
        db.session.flush()
        tell(SigningRightTaken(by=by, for_=organisation, about=right, note=person.name))


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


def hold(
    organisation: Organisation, person: User, role: AffiliationRole, *, function: str = ""
) -> Affiliation:
    """Gives the role in place of what the person had; a right to sign stays, and is given beside.
    Whoever calls holds the organisation's lock and has asked for the right to do so."""
    held = open_affiliations(organisation, person)
    ending = [one for one in held if one.role is not AffiliationRole.SIGNATORY]
    if role is AffiliationRole.SIGNATORY:  # a role of its own, beside membership at least
        ending = [one for one in held if one.role is role]
        if main_role(held) is None:
            _added(organisation, person, AffiliationRole.MEMBER, function)
    _end(ending)
    given = _added(organisation, person, role, function or _function_in(held))
    given.shown_since = next((one.shown_since for one in held if one.shown_since), None)
    return given


def _added(
    organisation: Organisation, person: User, role: AffiliationRole, function: str
) -> Affiliation:
    given = Affiliation(
        user=person, organisation=organisation, role=role, function=function, since=now()
    )
    db.session.add(given)
    db.session.flush()
    return given


def _function_in(held: list[Affiliation]) -> str:
    return next((one.function for one in held if one.function), "")


def _end(affiliations: list[Affiliation]) -> None:
    moment = now()
    for one in affiliations:
        one.until = moment


def _refuse_without_owner(organisation: Organisation, person: User) -> None:
    others = owners(organisation.id).where(User.id != person.id)
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict("the last owner", about=organisation, message=LAST_OWNER)
