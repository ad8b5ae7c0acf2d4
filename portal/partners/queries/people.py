"""The people who speak for organisations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Denied, Hidden
from portal.core.search.analysis import fold
from portal.partners.models import Affiliation, AffiliationRole, Organisation

# Made once: every act for an organisation begins with it.
THEIRS = (
    select(Organisation)
    .join(Affiliation)
    .where(
        Affiliation.user_id == bindparam("user_id"),
        Affiliation.until.is_(None),
        Organisation.slug == bindparam("slug"),
    )
)
MAIN_ROLES = (AffiliationRole.OWNER, AffiliationRole.EDITOR, AffiliationRole.MEMBER)


def affiliations_of(user: User) -> list[Affiliation]:
    """The open affiliations of a person with their organisations, by name."""
    rows = (
        select(Affiliation)
        .join(Affiliation.organisation)
        .options(contains_eager(Affiliation.organisation))
        .where(Affiliation.user_id == user.id, Affiliation.until.is_(None))
        .order_by(Organisation.folded_name, Affiliation.id)
    )
    return list(db.session.scalars(rows))


def organisations_of(user: User) -> list[Organisation]:
    """Each organisation of a person once."""
    return list({a.organisation_id: a.organisation for a in affiliations_of(user)}.values())


def acted_for(slug: str, *, by: User) -> Organisation:
    """The organisation in an address below /mein. Raises Hidden for who does not belong to it; the
    office knows every organisation, so it hears Denied (safety.md, case 12)."""
    found = db.session.scalars(THEIRS, {"user_id": by.id, "slug": slug}).first()
    if found is not None:
        return found
    if by.is_office and db.session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
        raise Denied("the office does not act for a partner")
    raise Hidden("not an organisation of this person")


def is_claimed(organisation: Organisation) -> bool:
    """Somebody speaks for it, or has spoken for it once."""
    rows = select(Affiliation.id).where(Affiliation.organisation_id == organisation.id)
    return db.session.scalar(rows.limit(1)) is not None


def open_affiliations(organisation: Organisation, person: User) -> list[Affiliation]:
    """What the person may do there now, read afresh."""
    rows = select(Affiliation).where(
        Affiliation.organisation_id == organisation.id,
        Affiliation.user_id == person.id,
        Affiliation.until.is_(None),
    )
    fresh = rows.order_by(Affiliation.id).execution_options(populate_existing=True)
    return list(db.session.scalars(fresh))


def main_role(affiliations: list[Affiliation]) -> AffiliationRole | None:
    """The one that says most; a right to sign stands beside it and is none of them."""
    held = {affiliation.role for affiliation in affiliations}
    return next((role for role in MAIN_ROLES if role in held), None)


@dataclass(frozen=True)
class Speaker:
    """A person of an organisation, as its own people see them."""

    person: User
    role: AffiliationRole | None
    signs: bool
    function: str
    since: datetime
    is_shown: bool


def speakers_of(organisation: Organisation) -> list[Speaker]:
    """Owners first, then by name."""
    rows = (
        select(Affiliation)
        .options(joinedload(Affiliation.user))
        .where(Affiliation.organisation_id == organisation.id, Affiliation.until.is_(None))
        .order_by(Affiliation.id)
    )
    held: dict[int, list[Affiliation]] = {}
    for affiliation in db.session.scalars(rows):
        held.setdefault(affiliation.user_id, []).append(affiliation)
    found = [_speaker(affiliations) for affiliations in held.values()]
    order = [*MAIN_ROLES, None]
    return sorted(found, key=lambda one: (order.index(one.role), fold(one.person.name)))


def _speaker(affiliations: list[Affiliation]) -> Speaker:
    return Speaker(
        person=affiliations[0].user,
        role=main_role(affiliations),
        signs=any(one.role is AffiliationRole.SIGNATORY for one in affiliations),
        function=next((one.function for one in affiliations if one.function), ""),
        since=min(one.since for one in affiliations),
        is_shown=any(one.shown_since for one in affiliations),
    )


@dataclass(frozen=True)
class Contact:
    """Who agreed to stand on the public page."""

    person: User
    function: str


def contacts_of(organisation: Organisation) -> list[Contact]:
    """By name, each person once; nobody whose account is locked."""
    rows = (
        select(Affiliation)
        .join(Affiliation.user)
        .options(contains_eager(Affiliation.user))
        .where(
            Affiliation.organisation_id == organisation.id,
            Affiliation.until.is_(None),
            Affiliation.shown_since.is_not(None),
            User.locked_at.is_(None),
        )
        .order_by(User.last_name, User.first_name, Affiliation.id)
    )
    found = {one.user_id: Contact(one.user, one.function) for one in db.session.scalars(rows)}
    return list(found.values())


def person_in(organisation: Organisation, person_id: int) -> User:
    """Somebody who speaks for it now. Raises Hidden for others."""
    person = db.session.get(User, person_id)
    if person is None or not open_affiliations(organisation, person):
        raise Hidden("nobody of this organisation")
    return person


def people_of(organisation_id: int, *roles: AffiliationRole) -> list[User]:
    """Who is affiliated in one of the roles (all roles when none is named), each once."""
    rows = (
        select(Affiliation)
        .options(joinedload(Affiliation.user))
        .where(Affiliation.organisation_id == organisation_id, Affiliation.until.is_(None))
        .order_by(Affiliation.id)
    )
    found = [a for a in db.session.scalars(rows) if not roles or a.role in roles]
    return list({a.user_id: a.user for a in found if a.user.locked_at is None}.values())
