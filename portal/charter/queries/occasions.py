"""Occasions and what was signed there: for phones by the short code, for the office by right."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.charter.models import (
    Occasion,
    OccasionState,
    ProvisionalSignature,
    ProvisionalState,
    Signature,
    SignatureState,
)
from portal.charter.policies import may_plan
from portal.core.cases import Case
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.partners.likeness import look_alike, skeleton
from portal.partners.models import Membership, Organisation

MOST_SUGGESTED = 5


def with_short_code(code: str) -> Occasion:
    """For phones. Raises Hidden for what is only planned; a closed one says that it is over."""
    rows = select(Occasion).options(joinedload(Occasion.declaration))
    found = db.session.scalar(rows.where(Occasion.code == code.lower()))
    if found is None or found.state is OccasionState.PLANNED:
        raise Hidden("no such occasion")
    return found


def for_office(code: str, *, seen_by: User) -> Occasion:
    """Raises Hidden."""
    rows = select(Occasion).options(joinedload(Occasion.declaration))
    found = db.session.scalar(rows.where(Occasion.code == code))
    if found is None:
        raise Hidden("no such occasion")
    require(may_plan, seen_by, found, otherwise=Hidden)
    return found


def code_is_taken(code: str) -> bool:
    return db.session.scalar(select(Occasion.id).where(Occasion.code == code)) is not None


def all_occasions() -> Select[*tuple[Any, ...]]:
    """The newest day first, with how many signed there and how many of them wait."""
    waits = ProvisionalSignature.state == ProvisionalState.WAITING
    return (
        select(
            Occasion,
            func.count(ProvisionalSignature.id).label("given"),
            func.count(ProvisionalSignature.id).filter(waits).label("waiting"),
        )
        .outerjoin(ProvisionalSignature, ProvisionalSignature.occasion_id == Occasion.id)
        .group_by(Occasion.id)
        .order_by(Occasion.day.desc(), Occasion.id.desc())
    )


def given_at(occasion: Occasion) -> Select[ProvisionalSignature]:
    """What waits first, then the newest."""
    rows = select(ProvisionalSignature).where(ProvisionalSignature.occasion_id == occasion.id)
    return rows.order_by(
        ProvisionalSignature.state != ProvisionalState.WAITING, ProvisionalSignature.id.desc()
    )


def count_at(occasion: Occasion) -> int:
    """How many have signed there; those that the office declined do not count."""
    rows = select(func.count(ProvisionalSignature.id)).where(
        ProvisionalSignature.occasion_id == occasion.id,
        ProvisionalSignature.state != ProvisionalState.DECLINED,
    )
    return db.session.scalar(rows) or 0


def find_given(occasion: Occasion, folded_name: str) -> ProvisionalSignature | None:
    """The one that counts for this name."""
    rows = select(ProvisionalSignature).where(
        ProvisionalSignature.occasion_id == occasion.id,
        ProvisionalSignature.folded_name == folded_name,
        ProvisionalSignature.state != ProvisionalState.DECLINED,
    )
    return db.session.scalar(rows)


def provisional(occasion: Occasion, provisional_id: int) -> ProvisionalSignature:
    """Raises Hidden for one of another occasion."""
    rows = select(ProvisionalSignature).where(
        ProvisionalSignature.id == provisional_id,
        ProvisionalSignature.occasion_id == occasion.id,
    )
    found = db.session.scalar(rows)
    if found is None:
        raise Hidden("no such provisional signature")
    return found


def members() -> list[tuple[int, str]]:
    """(id, name) of who may sign, for the office's choice."""
    rows = (
        select(Organisation.id, Organisation.name)
        .join(Organisation.memberships)
        .where(Membership.until.is_(None))
        .order_by(Organisation.folded_name)
    )
    return [(id_, name) for id_, name in db.session.execute(rows)]


def member(organisation_id: int) -> Organisation:
    """One of them. Raises Hidden for others."""
    rows = (
        select(Organisation)
        .join(Organisation.memberships)
        .where(Organisation.id == organisation_id, Membership.until.is_(None))
    )
    found = db.session.scalar(rows)
    if found is None:
        raise Hidden("no member of the alliance")
    return found


def suggestions(given: ProvisionalSignature) -> list[tuple[int, str]]:
    """Members whose name is the same, or looks alike; the same names first."""
    mine = skeleton(given.organisation_name)
    found = [(id_, name) for id_, name in members() if look_alike(mine, skeleton(name))]
    found.sort(key=lambda member: skeleton(member[1]) != mine)
    return found[:MOST_SUGGESTED]


def has_signed(organisation_id: int, given: ProvisionalSignature) -> bool:
    """Whether a signature of this version stands already."""
    rows = select(Signature.id).where(
        Signature.organisation_id == organisation_id,
        Signature.declaration_id == given.occasion.declaration_id,
        Signature.state == SignatureState.STANDS,
    )
    return db.session.scalar(rows) is not None


def waiting_cases() -> list[Case]:
    """For the desk, oldest first."""
    rows = (
        select(ProvisionalSignature)
        .options(joinedload(ProvisionalSignature.occasion))
        .where(ProvisionalSignature.state == ProvisionalState.WAITING)
        .order_by(ProvisionalSignature.given_at, ProvisionalSignature.id)
    )
    return [
        Case(
            kind="provisional",
            label=str(_l("Unterschrift vor Ort")),
            title=given.organisation_name,
            since=given.given_at,
            promised_by=None,
            endpoint="occasions_office.check",
            values={"code": given.occasion.code, "provisional_id": given.id},
            about=ProvisionalSignature.__tablename__,
            about_id=given.id,
        )
        for given in db.session.scalars(rows)
    ]
