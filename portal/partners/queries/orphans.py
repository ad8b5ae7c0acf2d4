"""Members that nobody administers any more: somebody did, and the office has to find another."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.core.cases import Case
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


def orphaned() -> Select[Organisation, datetime]:
    """(organisation, since when its last owner cannot act). Imported profiles that nobody claimed
    yet are none: they wait for a claim, not for the office."""
    last = func.max(func.coalesce(Affiliation.until, User.locked_at))
    return (
        select(Organisation, last)
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


def waiting_orphans() -> list[Case]:
    return [
        Case(
            kind="orphans",
            label=str(_l("Partner ohne Verwaltung")),
            title=organisation.name,
            since=since or organisation.created_at,
            promised_by=None,
            endpoint="partners_office.show",
            values={"slug": organisation.slug},
            about=Organisation.__tablename__,
            about_id=organisation.id,
        )
        for organisation, since in db.session.execute(orphaned())
    ]
