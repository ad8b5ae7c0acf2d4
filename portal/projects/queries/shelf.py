"""All public projects on a shelf: what narrows their list, and the orders that it can have."""

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from portal.core.database import plain_rows
from portal.core.generation import once_per_generation
from portal.core.search.models import SearchEntry
from portal.core.shelves import Shelf, columns
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

    def __init__(self, rows: Any) -> None:
        of = columns(rows)
        ids = of["id"]
        super().__init__(ids, of["entry_id"])
        self._titles = of["folded_title"]
        self._begins = of["begins"]
        self.put("theme", zip(ids, of["theme_id"], strict=True))
        self.put("phase", zip(ids, of["phase"], strict=True))
        self.put("team", zip(ids, of["team_id"], strict=True))
        self.put("lapsed", zip(ids, map(bool, of["lapsed"]), strict=True))
        self.put("district", _in_districts(ids, of["citywide"], of["districts"]))

    @cached_property
    def by_title(self) -> Sequence[int]:
        """Of equal ones, that with the smaller id first."""
        places = range(len(self.ids))
        return array("l", sorted(places, key=lambda p: (self._titles[p], self.ids[p])))

    @cached_property
    def by_begin(self) -> Sequence[int]:
        """The latest first, those without a day last, and equal ones as they stand."""
        places = range(len(self.ids))
        return array("l", sorted(places, key=self._begins.__getitem__, reverse=True))


def _in_districts(
    ids: list[int], citywide: list[bool], places: list[str | None]
) -> Iterator[tuple[int, int]]:
    """A citywide one is in every district."""
    everywhere = [one.id for one in districts()]
    for id_, is_everywhere, listed in zip(ids, citywide, places, strict=True):
        here = everywhere if is_everywhere else map(int, listed.split(",") if listed else ())
        yield from ((id_, one) for one in here)


@once_per_generation
def shelf() -> Projects:
    return Projects(plain_rows(_ROWS))


def with_partner(organisation_id: int) -> int:
    """The mask of those in which it takes part, and may be named."""
    rows = plain_rows(_WITH_PARTNER, {"organisation_id": organisation_id})
    return shelf().mask_of(rows.scalars())
