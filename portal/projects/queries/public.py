"""What the public may see of projects, as conditions on plain columns: every list, count and feed
for visitors is made of these."""

from typing import Any

import sqlalchemy as sa

from portal.core.search.index import ids_matching
from portal.projects.models import (
    PUBLIC_BASIS,
    Participation,
    Phase,
    Project,
    Revision,
    RevisionDistrict,
)

Condition = Any  # tables know no types

# Tables and not entities: a list reads columns, and reads them fast.
P: Any = Project.__table__
R: Any = Revision.__table__
RD: Any = RevisionDistrict.__table__
PA: Any = Participation.__table__

LIVE: Any = P.join(R, R.c.id == P.c.live_revision_id)
IS_LIVE: Any = sa.and_(P.c.published_at.is_not(None), P.c.archived_at.is_(None))


def found(q: str) -> Any:
    return P.c.id.in_(ids_matching(q, "project"))


def with_partner(organisation_id: int) -> Any:
    """It takes part, and may be named."""
    return sa.exists().where(
        PA.c.project_id == P.c.id,
        PA.c.organisation_id == organisation_id,
        PA.c.basis.in_(PUBLIC_BASIS),
    )


def of_team(team_id: int) -> Any:
    return R.c.team_id == team_id


def of_themes(theme_ids: list[int]) -> Any:
    return R.c.theme_id.in_(theme_ids)


def in_phases(phases: tuple[Phase, ...]) -> Any:
    return R.c.phase.in_(phases)


def in_districts(district_ids: list[int]) -> Any:
    """Citywide ones are in every district."""
    here = sa.exists().where(RD.c.revision_id == R.c.id, RD.c.district_id.in_(district_ids))
    return sa.or_(R.c.citywide.is_(sa.true()), here)
