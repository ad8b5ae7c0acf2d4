"""The tables of what the public sees of entries: each list, count and feed is made of these."""

from typing import Any

import sqlalchemy as sa

from portal.exchange.models import Offer, OfferRevision, OfferRevisionDistrict
from portal.partners.models import Organisation

# Tables and not entities: a list reads columns, and reads them fast.
O: Any = Offer.__table__  # noqa: E741 - beside R and RD
R: Any = OfferRevision.__table__
RD: Any = OfferRevisionDistrict.__table__
ORG: Any = Organisation.__table__

ONLINE: Any = O.join(R, sa.and_(R.c.offer_id == O.c.id, R.c.number == O.c.live_number)).join(
    ORG, ORG.c.id == O.c.organisation_id
)
NEWEST_FIRST = (O.c.published_at.desc(), O.c.id.desc())
