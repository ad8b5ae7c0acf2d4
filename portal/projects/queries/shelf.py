"""All public projects on a shelf: what narrows their list, and the orders that it can have."""

from functools import cached_property
from typing import Any

import sqlalchemy as sa

from portal.core.database import plain_rows
from portal.core.generation import once_per_generation
from portal.core.search.models import SearchEntry
from portal.core.shelves import Shelf
from portal.projects.models import PUBLIC_BASIS
from portal.projects.queries.public import IS_LIVE, LIVE, PA, RD, P, R
from portal.topics.queries import districts

ENTRY: Any = SearchEntry.__table__
NEWEST_FIRST = (P.c.published_at.desc(), P.c.id.desc())
_PLACES = (
    sa.select(
        RD.c.revision_id,
        sa.func.aggregate_strings(sa.cast(RD.c.district_id, sa.String), ",").label("districts"),
    )
    .group_by(RD.c.revision_id)
    .subquery()
)
_ROWS = (
    sa.select(
        P.c.id,
        R.c.theme_id,
        R.c.phase,
        R.c.team_id,
        R.c.citywide,
        _PLACES.c.districts,
        R.c.folded_title,
        R.c.begins,
        P.c.lapsed,
        ENTRY.c.id.label("entry_id"),
    )  # fmt: skip
    .select_from(
        LIVE.outerjoin(_PLACES, _PLACES.c.revision_id == R.c.id).outerjoin(
            ENTRY, sa.and_(ENTRY.c.kind == "project", ENTRY.c.object_id == P.c.id)
        )
    )
    .where(IS_LIVE)
    .order_by(*NEWEST_FIRST)
)
_WITH_PARTNER = sa.select(PA.c.project_id).where(
    PA.c.organisation_id == sa.bindparam("organisation_id"), PA.c.basis.in_(PUBLIC_BASIS)
)


class Projects(Shelf):
    """Newest first."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__([row.id for row in rows], [row.entry_id for row in rows])
        self._titles = [row.folded_title for row in rows]
        self._begins = [row.begins for row in rows]
        self.put("theme", [(row.id, row.theme_id) for row in rows])
        self.put("phase", [(row.id, row.phase) for row in rows])
        self.put("team", [(row.id, row.team_id) for row in rows])
        self.put("lapsed", [(row.id, bool(row.lapsed)) for row in rows])
        everywhere = [one.id for one in districts()]
        self.put(
            "district", ((row.id, one) for row in rows for one in _districts_of(row, everywhere))
        )

    @cached_property
    def by_title(self) -> list[int]:
        """Of equal ones, that with the smaller id first."""
        return sorted(range(len(self.ids)), key=lambda p: (self._titles[p], self.ids[p]))

    @cached_property
    def by_begin(self) -> list[int]:
        """The latest first, those without a day last, and equal ones as they stand."""
        return sorted(range(len(self.ids)), key=self._begins.__getitem__, reverse=True)


def _districts_of(row: Any, everywhere: list[int]) -> list[int]:
    """A citywide one is in every district."""
    if row.citywide:
        return everywhere
    return [int(one) for one in row.districts.split(",")] if row.districts else []


@once_per_generation
def shelf() -> Projects:
    return Projects(list(plain_rows(_ROWS)))


def with_partner(organisation_id: int) -> int:
    """The mask of those in which it takes part, and may be named."""
    rows = plain_rows(_WITH_PARTNER, {"organisation_id": organisation_id})
    return shelf().mask_of(rows.scalars())
