"""Profiles that nobody speaks for, as they wait on the desk: claimed ones, and members that lost
their last owner. One statement reads both."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, literal, select, union_all

from portal.core.cases import Case
from portal.core.database import db
from portal.core.times import working_days_after
from portal.partners.models import JoinRequest, Organisation, RequestState
from portal.partners.queries.orphans import is_administered, last_owner_left, orphaned

CLAIM_WITHIN = 5  # working days in which the office promises an answer
CLAIMS, ORPHANS = "claims", "orphans"
LABELS = {CLAIMS: _l("Profilübernahme"), ORPHANS: _l("Partner ohne Verwaltung")}


def waiting_profiles(*, orphans: bool) -> list[Case]:
    """Claims; with `orphans` also the members that nobody administers any more."""
    rows = union_all(_claims(), _orphans()) if orphans else _claims()
    return [_case(*row) for row in db.session.execute(rows)]


def _claims() -> Select[str, int, str, str, datetime]:
    return (
        select(
            literal(CLAIMS),
            JoinRequest.id,
            Organisation.name,
            Organisation.slug,
            func.coalesce(JoinRequest.asked_at, JoinRequest.sent_at),
        )
        .join(JoinRequest.organisation)
        .where(
            JoinRequest.asked_at.is_not(None),
            JoinRequest.state == RequestState.ASKED,
            ~is_administered(JoinRequest.organisation_id),
        )
    )


def _orphans() -> Select[str, int, str, str, datetime]:
    since = func.coalesce(last_owner_left(), Organisation.created_at)
    columns = (literal(ORPHANS), Organisation.id, Organisation.name, Organisation.slug, since)
    return orphaned().with_only_columns(*columns).order_by(None)


def _case(kind: str, id_: int, name: str, slug: str, since: Any) -> Case:
    claim = kind == CLAIMS
    return Case(
        kind=kind,
        label=str(LABELS[kind]),
        title=name,
        since=since,
        promised_by=working_days_after(since, CLAIM_WITHIN) if claim else None,
        endpoint="claims_office.show" if claim else "partners_office.show",
        values={"request_id": id_} if claim else {"slug": slug},
        about=(JoinRequest if claim else Organisation).__tablename__,
        about_id=id_,
    )
