"""Who is tied to organisations, and so leaves decisions about them to others."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, or_, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Affiliation, Invitation, Organisation

LOOK_BACK = timedelta(days=365)  # safety.md, case 8: tied is who was a member within 12 months


def has_ties(
    organisation_ids: Collection[int | None],
    *,
    named: str | None = None,
    person_id: int | None = None,
) -> ColumnElement[bool]:
    """Of a User: has, or had within twelve months, a role in one of the organisations or in one
    with the folded name `named`, or was invited there, or is the person who began the case."""
    ids = sorted(one for one in organisation_ids if one is not None)
    belonged = exists().where(
        Affiliation.user_id == User.id,
        Affiliation.organisation_id == Organisation.id,
        or_(Affiliation.until.is_(None), Affiliation.until > now() - LOOK_BACK),
        or_(Organisation.id.in_(ids), Organisation.folded_name == named),
    )
    invited = exists().where(
        Invitation.person_id == User.id,
        Invitation.organisation_id.in_(ids),
        Invitation.sent_at > now() - LOOK_BACK,
    )
    return or_(belonged, invited, User.id == person_id)


def is_among(user: User, tied: ColumnElement[bool]) -> bool:
    rows = select(User.id).where(User.id == user.id, tied)
    return db.session.scalar(rows) is not None


def is_tied(user: User, organisation_id: int | None, *, named: str | None = None) -> bool:
    """Then somebody else decides."""
    return is_among(user, has_ties([organisation_id], named=named))
