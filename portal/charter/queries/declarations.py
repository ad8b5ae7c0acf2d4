"""Versions of the declaration: the current one, older ones, and drafts for the office."""

from sqlalchemy import Select, func, select

from portal.accounts.models import User
from portal.charter.models import Declaration, DeclarationState
from portal.charter.policies import may_see
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require

GREATEST = 2**31 - 1


def current() -> Declaration | None:
    """The version that is signed now; None before the first one is published."""
    return db.session.scalar(_published().limit(1))


def published_versions() -> list[Declaration]:
    """The newest first."""
    return list(db.session.scalars(_published()))


def with_number(number: int) -> Declaration:
    """A published version. Raises Hidden."""
    found = db.session.scalar(_published().where(Declaration.number == number))
    if found is None:
        raise Hidden("no such version")
    return found


def for_office(declaration_id: int, *, seen_by: User) -> Declaration:
    """A version, published or not. Raises Hidden."""
    found = db.session.get(Declaration, declaration_id)
    if found is None:
        raise Hidden("no such version")
    require(may_see, seen_by, found, otherwise=Hidden)
    return found


def all_versions() -> Select[Declaration]:
    """For the office: drafts first, then the newest version."""
    return select(Declaration).order_by(
        Declaration.number.is_not(None), Declaration.number.desc(), Declaration.id.desc()
    )


def next_number() -> int:
    return (db.session.scalar(select(func.max(Declaration.number))) or 0) + 1


def _published() -> Select[Declaration]:
    rows = select(Declaration).where(Declaration.state == DeclarationState.PUBLISHED)
    return rows.order_by(Declaration.number.desc())
