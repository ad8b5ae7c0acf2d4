"""The whole of a selection, for the open data and for the feed: not one page of it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.core.database import UTCDateTime, db
from portal.partners.models import Organisation
from portal.projects.models import PUBLIC_BASIS, Phase
from portal.projects.queries.cards import plain_order
from portal.projects.queries.choice import Choice, Sort
from portal.projects.queries.facets import conditions
from portal.projects.queries.public import LIVE, PA, RD, P, R
from portal.teams.models import Team
from portal.topics.models import Theme
from portal.topics.queries import districts

MOST_ROWS = 20_000
MOST_ENTRIES = 1_000
ORG: Any = Organisation.__table__
TEAM: Any = Team.__table__
THEME: Any = Theme.__table__


@dataclass(frozen=True, slots=True)
class Row:
    """What is public of a project, in one line."""

    id: int
    slug: str
    title: str
    summary: str
    theme: str
    team: str
    phase: Phase | None
    citywide: bool
    place: str
    begins: str
    ends: str
    funding: str
    relation: str
    source_url: str
    published_at: datetime
    changed_at: datetime
    districts: str = ""
    partners: str = ""


def entries(choice: Choice) -> list[Row]:
    """For the feed: the newest first, without what only the table shows."""
    return [Row(*row) for row in db.session.execute(_select(choice, Sort.NEWEST, MOST_ENTRIES))]


def table(choice: Choice) -> list[Row]:
    """In the chosen order, with districts and partners; three statements however long it is."""
    found = db.session.execute(_select(choice, choice.sort, MOST_ROWS)).all()
    chosen = sa.select(P.c.id).select_from(LIVE).where(*conditions(choice)).correlate(None)
    in_districts = _district_names(chosen)
    by_project = _partner_names(chosen)
    return [
        replace(Row(*row), districts=in_districts[row.id], partners=by_project[row.id])
        for row in found
    ]


def _select(choice: Choice, sort: Sort, most: int) -> sa.Select[Any]:
    source = LIVE.outerjoin(THEME, THEME.c.id == R.c.theme_id)
    return (
        sa.select(*_COLUMNS)
        .select_from(source.outerjoin(TEAM, TEAM.c.id == R.c.team_id))
        .where(*conditions(choice))
        .order_by(*plain_order(sort))
        .limit(most)
    )


_COLUMNS = (
    P.c.id,
    P.c.slug,
    R.c.title,
    R.c.summary,
    sa.func.coalesce(THEME.c.name, ""),
    sa.func.coalesce(TEAM.c.name, ""),
    R.c.phase,
    R.c.citywide,
    R.c.place,
    R.c.begins,
    R.c.ends,
    R.c.funding,
    R.c.relation,
    R.c.source_url,
    P.c.published_at,
    sa.func.coalesce(R.c.decided_at, P.c.published_at, type_=UTCDateTime()),
)


def _district_names(chosen: Any) -> dict[int, str]:
    pairs = (
        sa.select(P.c.id, RD.c.district_id)
        .select_from(LIVE.join(RD, RD.c.revision_id == R.c.id))
        .where(P.c.id.in_(chosen))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for project_id, district_id in db.session.execute(pairs):
        found[project_id].add(district_id)
    return _joined({key: _names(ids) for key, ids in found.items()})


def _names(ids: set[int]) -> list[str]:
    return [district.name for district in districts() if district.id in ids]


def _partner_names(chosen: Any) -> dict[int, str]:
    pairs = (
        sa.select(PA.c.project_id, ORG.c.name)
        .select_from(PA.join(ORG, ORG.c.id == PA.c.organisation_id))
        .where(PA.c.project_id.in_(chosen), PA.c.basis.in_(PUBLIC_BASIS))
        .order_by(PA.c.project_id, PA.c.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for project_id, name in db.session.execute(pairs):
        found[project_id].append(name)
    return _joined(found)


def _joined(names: dict[int, list[str]]) -> dict[int, str]:
    return defaultdict(str, {key: "; ".join(found) for key, found in names.items()})
