"""The office's list: every entry in every state."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.core.database import db
from portal.core.search.analysis import fold
from portal.exchange.models import Offer, OfferReview, OfferRevision
from portal.exchange.queries.reading import is_latest, latest
from portal.partners.models import Organisation


def all_offers(*, review: OfferReview | None = None, q: str = "") -> Select[OfferRevision]:
    """Those first that were touched last; `q` looks into titles and names of organisations."""
    rows = (
        latest()
        .join(Offer.organisation)
        .options(contains_eager(OfferRevision.offer).contains_eager(Offer.organisation))
        .order_by(Offer.changed_at.desc(), Offer.id.desc())
    )
    for word in fold(q).split()[:8]:
        rows = rows.where(
            or_(
                OfferRevision.folded_title.contains(word, autoescape=True),
                Organisation.folded_name.contains(word, autoescape=True),
            )
        )
    return rows.where(OfferRevision.state == review) if review else rows


def count_by_review() -> dict[OfferReview, int]:
    """Of the texts that `all_offers` lists; states without any are missing."""
    rows = select(OfferRevision.state, func.count(OfferRevision.id)).join(OfferRevision.offer)
    rows = rows.where(is_latest()).group_by(OfferRevision.state)
    return {state: number for state, number in db.session.execute(rows)}
