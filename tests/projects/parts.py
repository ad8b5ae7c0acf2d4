"""Organisations that are asked to take part, in every state; and what stands of them in public."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.models import Basis, Participation, ParticipationRole, Project
from tests.cast import saved

ASKED = "/mein/solarhof/beteiligungen"


def a_part(
    project: Project,
    organisation: Organisation,
    by: User | None = None,
    basis: Basis = Basis.PENDING,
    **more: Any,
) -> Participation:
    """Asked ten days ago, and open for twenty more; answered today, where it is."""
    more.setdefault("asked_at", now() - timedelta(days=10))
    if basis is Basis.PENDING or more.get("offered_role"):
        more.setdefault("expires_at", now() + timedelta(days=20))
    elif basis is not Basis.SOURCE:
        more.setdefault("answered_at", now())
    part = Participation(
        project=project, organisation=organisation, basis=basis, asked_by=by, **more
    )
    return saved(part)


def co_owner(project: Project, organisation: Organisation) -> Participation:
    return a_part(project, organisation, basis=Basis.CONFIRMED, role=ParticipationRole.CO_OWNER)


def fresh(part: Participation) -> Participation:
    db.session.rollback()
    db.session.expire_all()
    return part


def seen(part: Participation) -> dict[str, int]:
    """What a form of this moment sends."""
    return {"version": fresh(part).version}


def parts_of(project: Project) -> list[tuple[str, str, str]]:
    """(organisation, role, basis) of all, by name."""
    db.session.rollback()
    rows = (
        select(Organisation.name, Participation.role, Participation.basis)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Participation.project_id == project.id)
        .order_by(Organisation.name)
    )
    return [(name, role.value, basis.value) for name, role, basis in db.session.execute(rows)]
