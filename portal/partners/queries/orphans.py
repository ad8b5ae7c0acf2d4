"""Members that nobody administers any more: somebody did, and the office has to find another."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Function, Select, exists, func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.core.database import db
from portal.partners.models import Affiliation, AffiliationRole, Membership, Organisation


def is_administered(organisation_id: Any) -> ColumnElement[bool]:
    """Somebody who can log in administers the organisation with the id in this column."""
    holding = aliased(Affiliation)
    person = aliased(User)
    return exists().where(
        holding.organisation_id == organisation_id,
        holding.role == AffiliationRole.OWNER,
        holding.until.is_(None),
        person.id == holding.user_id,
        person.locked_at.is_(None),
        person.confirmed_at.is_not(None),
    )


def last_owner_left() -> Function[datetime]:
    """When, in the groups of `orphaned`."""
    return func.max(func.coalesce(Affiliation.until, User.locked_at))


def orphaned() -> Select[Organisation, datetime]:
    """(organisation, since when its last owner cannot act). Imported profiles that nobody claimed
    yet are none: they wait for a claim, not for the office."""
    return (
        select(Organisation, last_owner_left())
        .join(Organisation.memberships)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .join(User, User.id == Affiliation.user_id)
        .where(
            Membership.until.is_(None),
            Affiliation.role == AffiliationRole.OWNER,
            ~is_administered(Organisation.id),
        )
        .group_by(Organisation.id)
        .order_by(Organisation.folded_name)
    )


def is_orphaned(organisation: Organisation) -> bool:
    rows = orphaned().where(Organisation.id == organisation.id)
    return db.session.execute(rows.limit(1)).first() is not None
