"""Partners and teams by which the list can be narrowed, as far as they are public."""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from portal.core.database import db
from portal.partners.models import Membership, Organisation
from portal.projects.models import PUBLIC_BASIS, Participation, Project
from portal.teams.models import Team


@dataclass(frozen=True)
class Named:
    id: int
    slug: str
    name: str


def find_partner(slug: str) -> Named | None:
    """A member of the alliance, or who takes part in a public project with a reason to be named."""
    is_member = exists().where(
        Membership.organisation_id == Organisation.id, Membership.until.is_(None)
    )
    takes_part = exists().where(
        Participation.organisation_id == Organisation.id,
        Participation.basis.in_(PUBLIC_BASIS),
        Participation.project_id == Project.id,
        Project.live_revision_id.is_not(None),
    )
    row = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).where(
            Organisation.slug == slug, or_(is_member, takes_part)
        )
    ).first()
    return Named(*row) if row else None


def find_team(slug: str) -> Named | None:
    row = db.session.execute(select(Team.id, Team.slug, Team.name).where(Team.slug == slug)).first()
    return Named(*row) if row else None


def team_choices() -> list[tuple[int, str]]:
    """For forms: the teams that work."""
    rows = select(Team.id, Team.name).where(Team.archived_at.is_(None)).order_by(Team.name)
    return [(team_id, name) for team_id, name in db.session.execute(rows)]
