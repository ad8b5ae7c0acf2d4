"""Thousands of entries of the Projektbörse, inserted in bulk."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.core.database import db
from portal.core.search import index
from portal.core.times import today
from portal.exchange.models import (
    Offer,
    OfferKind,
    OfferReview,
    OfferRevision,
    OfferRevisionDistrict,
    OfferState,
)
from portal.topics.models import District, Theme

ENDS_WITHIN = 80  # days, so that none runs out while it is measured


def add_offers(
    chance: random.Random, organisations: list[int], words: list[str], number: int, at: datetime
) -> None:
    """Online, each of one of the organisations, in the search."""
    themes = list(db.session.scalars(sa.select(Theme.id)))
    districts = list(db.session.scalars(sa.select(District.id)))
    kinds = list(OfferKind)
    first = (db.session.scalar(sa.select(sa.func.max(Offer.id))) or 0) + 1
    first_text = (db.session.scalar(sa.select(sa.func.max(OfferRevision.id))) or 0) + 1
    offers, texts, places = [], [], []
    found: dict[int, dict[str, Any]] = {}
    for i in range(number):
        begun = at + timedelta(minutes=53 * i)
        ends = today() + timedelta(days=1 + i % ENDS_WITHIN)
        title = f"{chance.choice(words)} für {chance.choice(words)} {i}"
        said = {"title": title, "summary": " ".join(chance.choice(words) for _ in range(10))}
        offers.append(_offer(first + i, i, chance.choice(organisations), begun, ends))
        texts.append(
            {
                **said,
                "id": first_text + i,
                "offer_id": first + i,
                "number": 1,
                "state": OfferReview.PUBLISHED,
                "kind": chance.choice(kinds),
                "folded_title": title.lower(),
                "theme_id": chance.choice(themes),
                "changed_at": begun,
            }
        )
        places.append(
            {"offer_revision_id": first_text + i, "district_id": chance.choice(districts)}
        )
        body = {"slug": f"grosseintrag-{i}", "body": "", "is_public": True, "at": begun}
        found[first + i] = {**said, **body}
    db.session.execute(sa.insert(Offer), offers)
    db.session.execute(sa.insert(OfferRevision), texts)
    db.session.execute(sa.insert(OfferRevisionDistrict), places)
    index.put_new("offer", found)


def _offer(id_: int, i: int, organisation: int, at: datetime, ends: date) -> dict[str, Any]:
    return {
        "id": id_,
        "version": 1,
        "key": f"k{i:09d}",
        "slug": f"grosseintrag-{i}",
        "organisation_id": organisation,
        "state": OfferState.ONLINE,
        "live_number": 1,
        "created_at": at,
        "changed_at": at,
        "published_at": at,
        "expires_on": ends,
    }
