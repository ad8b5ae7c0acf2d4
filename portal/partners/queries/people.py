"""The people who speak for organisations."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Denied, Hidden
from portal.partners.models import Affiliation, AffiliationRole, Organisation


def affiliations_of(user: User) -> list[Affiliation]:
    """The open affiliations of a person with their organisations, by name."""
    rows = (
        select(Affiliation)
        .join(Affiliation.organisation)
        .options(contains_eager(Affiliation.organisation))
        .where(Affiliation.user_id == user.id, Affiliation.until.is_(None))
        .order_by(Organisation.folded_name)
    )
    return list(db.session.scalars(rows))


def organisations_of(user: User) -> list[Organisation]:
    """Each organisation of a person once."""
    return list({a.organisation_id: a.organisation for a in affiliations_of(user)}.values())


def acted_for(slug: str, *, by: User) -> Organisation:
    """The organisation in an address below /mein. Raises Hidden for who does not belong to it; the
    office knows every organisation, so it hears Denied (safety.md, case 12)."""
    for organisation in organisations_of(by):
        if organisation.slug == slug:
            return organisation
    if by.is_office and db.session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
        raise Denied("the office does not act for a partner")
    raise Hidden("not an organisation of this person")


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
