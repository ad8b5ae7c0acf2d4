"""What an organisation that rests shows leaves the public pages with it: nobody there could answer.
The lists ask whether it rests; the search has to be told."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now
from portal.exchange.facts import OffersHidden, OffersShownAgain
from portal.exchange.models import Offer, OfferState
from portal.exchange.services.publishing import forget_it, make_findable
from portal.partners.models import Organisation


def hide_offers(organisation: Organisation, *, by: User) -> None:
    """Whoever calls has asked for the right to let the organisation rest."""
    offers = _online_of(organisation)
    for offer in offers:
        forget_it(offer)
    if offers:
        tell(OffersHidden(by=by, for_=organisation, about=organisation))


def show_offers(organisation: Organisation, *, by: User) -> None:
    """Those whose term still runs."""
    offers = _online_of(organisation)
    for offer in offers:
        if offer.live:
            make_findable(offer, offer.live, at=now())
    if offers:
        tell(OffersShownAgain(by=by, for_=organisation, about=organisation))


def _online_of(organisation: Organisation) -> list[Offer]:
    rows = (
        select(Offer)
        .options(selectinload(Offer.live))
        .where(Offer.organisation_id == organisation.id, Offer.state == OfferState.ONLINE)
        .order_by(Offer.id)
    )
    return list(db.session.scalars(rows))
