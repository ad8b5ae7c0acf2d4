"""All entries that are online on a shelf (core/shelves.py): what narrows their list, and when their
term ends."""

from typing import Any

import sqlalchemy as sa

from portal.core.database import plain_rows
from portal.core.generation import once_per_generation
from portal.core.search.models import SearchEntry
from portal.core.shelves import Shelf
from portal.core.times import today
from portal.exchange.models import OfferState
from portal.exchange.queries.public import NEWEST_FIRST, ONLINE, ORG, RD, O, R
from portal.topics.queries import districts

ENTRY: Any = SearchEntry.__table__
_PLACES = (
    sa.select(
        RD.c.offer_revision_id,
        sa.func.aggregate_strings(sa.cast(RD.c.district_id, sa.String), ",").label("districts"),
    )
    .group_by(RD.c.offer_revision_id)
    .subquery()
)
_ROWS = (
    sa.select(
        O.c.id,
        R.c.kind,
        R.c.theme_id,
        O.c.organisation_id,
        R.c.citywide,
        _PLACES.c.districts,
        O.c.expires_on,
        ENTRY.c.id.label("entry_id"),
    )
    .select_from(
        ONLINE.outerjoin(_PLACES, _PLACES.c.offer_revision_id == R.c.id).outerjoin(
            ENTRY, sa.and_(ENTRY.c.kind == "offer", ENTRY.c.object_id == O.c.id)
        )
    )
    .where(O.c.state == OfferState.ONLINE, ORG.c.suspended_at.is_(None))
    .order_by(*NEWEST_FIRST)
)


class Offers(Shelf):
    """Newest first. Terms end at midnight, and nothing tells it: `online` asks for the day."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__([row.id for row in rows], [row.entry_id for row in rows])
        self.last_days = {row.expires_on for row in rows}
        self.put("kind", [(row.id, row.kind) for row in rows])
        self.put("theme", [(row.id, row.theme_id) for row in rows])
        self.put("partner", [(row.id, row.organisation_id) for row in rows])
        self.put("last_day", [(row.id, row.expires_on) for row in rows])
        everywhere = [one.id for one in districts()]
        self.put(
            "district", ((row.id, one) for row in rows for one in _districts_of(row, everywhere))
        )

    @property
    def online(self) -> int:
        """Those whose term has not run out, also where the worker has not noticed yet."""
        return self.having("last_day", [day for day in self.last_days if day >= today()])


def _districts_of(row: Any, everywhere: list[int]) -> list[int]:
    """A citywide one is in every district."""
    if row.citywide:
        return everywhere
    return [int(one) for one in row.districts.split(",")] if row.districts else []


@once_per_generation
def shelf() -> Offers:
    return Offers(list(plain_rows(_ROWS)))
