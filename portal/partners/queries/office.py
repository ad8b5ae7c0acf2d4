"""Everything that the office keeps about organisations and applications, as two lists."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.models import User
from portal.core.database import db
from portal.core.search.analysis import fold
from portal.partners.models import (
    Application,
    ApplicationState,
    Membership,
    Organisation,
    Standing,
)


@dataclass(frozen=True)
class OfficeFilters:
    """`standing` is "none" for organisations that are no members."""

    q: str = ""
    standing: str = ""
    state: ApplicationState | None = None


def organisations_for_office(filters: OfficeFilters) -> Select[*tuple[Any, ...]]:
    """All organisations by name; those without a membership carry no standing."""
    rows = (
        select(
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            Organisation.city,
            Organisation.fictitious,
            Membership.standing,
            Membership.since,
            Membership.precision,
        )
        .outerjoin(Membership, _is_open_of_organisation())
        .order_by(Organisation.folded_name, Organisation.id)
    )
    if filters.standing == "none":
        rows = rows.where(Membership.id.is_(None))
    elif filters.standing:
        rows = rows.where(Membership.standing == Standing(filters.standing))
    return rows.where(*_named(Organisation.folded_name, filters.q))


def organisation_counts(q: str) -> dict[str, int]:
    """By standing, "none" for those without a membership."""
    rows = (
        select(Membership.standing, func.count())
        .select_from(Organisation)
        .outerjoin(Membership, _is_open_of_organisation())
        .where(*_named(Organisation.folded_name, q))
        .group_by(Membership.standing)
    )
    return {standing or "none": count for standing, count in db.session.execute(rows)}


def applications_for_office(filters: OfficeFilters) -> Select[Application]:
    """All that were received, the newest first."""
    rows = _received(filters.q).order_by(Application.received_at.desc(), Application.id.desc())
    return rows.where(Application.state == filters.state) if filters.state else rows


def application_counts(q: str) -> dict[str, int]:
    rows = _received(q).with_only_columns(Application.state, func.count())
    return {state: count for state, count in db.session.execute(rows.group_by(Application.state))}


def _received(q: str) -> Select[Application]:
    found = select(Application).where(Application.received_at.is_not(None))
    if not q.strip():
        return found
    by_address = select(User.id).where(User.email.contains(q.strip().lower(), autoescape=True))
    by_name = _named(Application.folded_name, q)
    return found.where(or_(*by_name, Application.applicant_id.in_(by_address)))


def _is_open_of_organisation() -> ColumnElement[bool]:
    return (Membership.organisation_id == Organisation.id) & Membership.until.is_(None)


def _named(folded_name: InstrumentedAttribute[str], q: str) -> list[ColumnElement[bool]]:
    """Part of the name, in the search's spelling; signs alone find nothing."""
    if not q.strip():
        return []
    folded = fold(q)
    return [folded_name.contains(folded, autoescape=True) if folded else false()]
