"""What the public sees of entries: each list, count and feed is made of these. They ask for the
day, too, so that nothing shows longer than its term while the worker rests."""

from typing import Any

import sqlalchemy as sa

from portal.core.search.index import ids_matching
from portal.core.times import today
from portal.exchange.models import Offer, OfferRevision, OfferRevisionDistrict, OfferState
from portal.exchange.queries.choice import Choice
from portal.partners.models import Organisation

Condition = Any  # tables know no types

# Tables and not entities: a list reads columns, and reads them fast.
O: Any = Offer.__table__  # noqa: E741 - beside R and RD
R: Any = OfferRevision.__table__
RD: Any = OfferRevisionDistrict.__table__
ORG: Any = Organisation.__table__

ONLINE: Any = O.join(R, sa.and_(R.c.offer_id == O.c.id, R.c.number == O.c.live_number)).join(
    ORG, ORG.c.id == O.c.organisation_id
)
NEWEST_FIRST = (O.c.published_at.desc(), O.c.id.desc())


def is_online() -> list[Condition]:
    """Published, within its term, and somebody can answer."""
    return [
        O.c.state == OfferState.ONLINE,
        O.c.expires_on >= today(),
        ORG.c.suspended_at.is_(None),
    ]


def conditions(choice: Choice, *, but: str = "") -> list[Condition]:
    """All that the choice asks for; `but` leaves one facet out."""
    asked = is_online()
    if choice.q:
        asked.append(O.c.id.in_(ids_matching(choice.q, "offer")))
    if choice.partner:
        asked.append(O.c.organisation_id == choice.partner.id)
    if choice.kinds and but != "kind":
        asked.append(R.c.kind.in_(choice.kinds))
    if choice.themes and but != "theme":
        asked.append(R.c.theme_id.in_([theme.id for theme in choice.themes]))
    if choice.districts and but != "district":
        asked.append(in_districts([district.id for district in choice.districts]))
    return asked


def in_districts(district_ids: list[int]) -> Condition:
    """Citywide ones are in every district."""
    here = sa.exists().where(RD.c.offer_revision_id == R.c.id, RD.c.district_id.in_(district_ids))
    return sa.or_(R.c.citywide.is_(sa.true()), here)
