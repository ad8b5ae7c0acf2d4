"""Organisations by their names, as somebody typed them into a form of the office."""

from sqlalchemy import select

from portal.core.database import db
from portal.partners.likeness import folded_name
from portal.partners.models import Membership, Organisation


def names() -> list[str]:
    """Of the members of the alliance, to choose from."""
    rows = (
        select(Organisation.name)
        .join(Organisation.memberships)
        .where(Membership.until.is_(None))
        .order_by(Organisation.folded_name)
    )
    return list(dict.fromkeys(db.session.scalars(rows)))


def called(name: str) -> Organisation | None:
    """The one member with this name; None where there is none, or more than one."""
    folded = folded_name(name)
    if not folded:
        return None
    rows = (
        select(Organisation)
        .join(Organisation.memberships)
        .where(Membership.until.is_(None), Organisation.folded_name == folded)
        .limit(2)
    )
    found = set(db.session.scalars(rows))
    return found.pop() if len(found) == 1 else None
