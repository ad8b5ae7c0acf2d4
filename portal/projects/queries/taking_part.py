"""Who takes part in a project, who is asked to, and who could be asked."""

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.times import now
from portal.partners.models import Organisation
from portal.partners.ties import LOOK_BACK
from portal.projects.models import (
    PUBLIC_BASIS,
    Basis,
    Participation,
    ParticipationRole,
    Project,
    Revision,
)
from portal.projects.policies import OVER, OWNING

MOST_LISTED = 20  # on /mein


def owned_by(organisation_ids: list[int]) -> ColumnElement[bool]:
    """Of a project: one of them leads it, or has said yes to own it, too."""
    co_owns = exists().where(
        Participation.project_id == Project.id,
        Participation.organisation_id.in_(organisation_ids),
        Participation.role == ParticipationRole.CO_OWNER,
        Participation.basis == Basis.CONFIRMED,
    )
    return or_(Project.organisation_id.in_(organisation_ids), co_owns)


def is_share() -> ColumnElement[bool]:
    """Of a Participation: its organisation's people leave the decision to others, besides those of
    the lead; the same rule as `policies.concerned`, for many at once."""
    since = now() - LOOK_BACK
    return and_(
        or_(Participation.role.in_(OWNING), Participation.offered_role.in_(OWNING)),
        or_(
            Participation.basis.not_in(OVER),
            Participation.answered_at > since,
            Participation.expires_at > since,
        ),
    )


def hold(project_id: int) -> None:
    """Until the commit, nobody else changes who takes part, nor publishes the project: both write
    the names that the search finds."""
    revisions = select(Revision.id).where(Revision.project_id == project_id)
    db.session.execute(revisions.order_by(Revision.id).with_for_update())
    db.session.execute(select(Project.id).where(Project.id == project_id).with_for_update())


def parts_of(project: Project) -> Select[Participation]:
    """For the authors: who is named, then who was asked; the lead first."""
    first = case((Participation.role == ParticipationRole.LEAD, 0), else_=1)
    then = case((Participation.basis.in_(PUBLIC_BASIS), 0), (Participation.basis == "pending", 1))
    return (
        select(Participation)
        .options(joinedload(Participation.organisation), joinedload(Participation.asked_by))
        .where(Participation.project_id == project.id)
        .order_by(first, func.coalesce(then, 2), Participation.id)
    )


def part_in(project: Project, part_id: int) -> Participation:
    """Raises Hidden for a part in another project."""
    found = next((part for part in project.participations if part.id == part_id), None)
    if found is None:
        raise Hidden("nobody's part in this project")
    return found


def find_part(project: Project, organisation: Organisation) -> Participation | None:
    parts = (p for p in project.participations if p.organisation_id == organisation.id)
    return next(parts, None)


def asked_of(organisation: Organisation) -> Select[Participation]:
    """For the named organisation: what waits for it first, then where its name stands, then what is
    over. What it leads is no request."""
    order = case((_waits(), 0), (Participation.basis.in_(PUBLIC_BASIS), 1), else_=2)
    return (
        _with_project()
        .where(
            Participation.organisation_id == organisation.id,
            Participation.role != ParticipationRole.LEAD,
        )
        .order_by(order, Participation.asked_at.desc(), Participation.id.desc())
    )


def part_of(organisation: Organisation, part_id: int, *, to_change: bool = False) -> Participation:
    """Raises Hidden for another organisation's part. `to_change` makes a second person wait for
    the first."""
    mine = (Participation.id == part_id) & (Participation.organisation_id == organisation.id)
    if to_change and (
        project_id := db.session.scalar(select(Participation.project_id).where(mine))
    ):
        hold(project_id)
    found = db.session.scalar(_with_project().where(mine))
    if found is None or found.is_lead:
        raise Hidden("no part of this organisation")
    return found


def _with_project() -> Select[Participation]:
    return (
        select(Participation)
        .join(Participation.project)
        .options(
            joinedload(Participation.asked_by),
            joinedload(Participation.organisation),
            contains_eager(Participation.project).options(
                joinedload(Project.organisation),
                selectinload(Project.revisions),
                selectinload(Project.participations).joinedload(Participation.organisation),
            ),
        )
    )


def _waits() -> ColumnElement[bool]:
    return _is_open() & (Participation.expires_at > now())


def _is_open() -> ColumnElement[bool]:
    return or_(Participation.basis == Basis.PENDING, Participation.offered_role.is_not(None))


def waiting_for(organisation_ids: list[int]) -> list[Participation]:
    """What waits for the answer of these organisations, oldest first; for /mein."""
    rows = _with_project().where(Participation.organisation_id.in_(organisation_ids), _waits())
    ordered = rows.order_by(Participation.asked_at, Participation.id).limit(MOST_LISTED)
    return list(db.session.scalars(ordered)) if organisation_ids else []


def run_out() -> Select[Participation]:
    """Requests and offers that nobody answered in time."""
    never_ends = Participation.expires_at.is_(None)
    return (
        select(Participation)
        .where(_is_open(), or_(never_ends, Participation.expires_at <= now()))
        .order_by(Participation.id)
    )


def count_open(project: Project) -> int:
    return sum(part.waits for part in project.participations)
