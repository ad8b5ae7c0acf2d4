"""Entries in every state, and threads about them, with dull defaults."""

from datetime import timedelta
from typing import Any

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.search import index
from portal.core.times import now, today
from portal.exchange import services
from portal.exchange.facts import OfferPublished
from portal.exchange.models import (
    Inquiry,
    Offer,
    OfferKind,
    OfferReview,
    OfferRevision,
    OfferState,
)
from portal.exchange.services import Content
from portal.partners.models import Organisation
from tests.cast import district, theme

MINE = "/mein/windwerk/kooperationen"
THEIRS = "/mein/solarhof/kooperationen"
OFFICE = "/projektbuero/kooperationen"
LIST = "/kooperationen"


def content(**more: Any) -> Content:
    """Complete, so that it can be submitted."""
    said: dict[str, Any] = {
        "kind": OfferKind.OFFER,
        "title": "Windmesser zum Leihen",
        "summary": "Fünf Geräte für ein Jahr.",
        "text": "Sie messen **Wind** am Dach.",
        "theme_id": theme("energie").id,
        "district_ids": (district("eving").id,),
    }
    return Content(**(said | more))


def a_draft(organisation: Organisation, by: User, **said: Any) -> Offer:
    offer = services.draft(organisation, by=by, content=content(**said))
    db.session.commit()
    return offer


def published(organisation: Organisation, title: str, **said: Any) -> Offer:
    """Online, as the office's publishing does it."""
    offer = Offer(
        key=services.new_key(), organisation=organisation, created_at=now(), changed_at=now()
    )
    db.session.add(offer)
    revision = OfferRevision(number=1, state=OfferReview.PUBLISHED, changed_at=now())
    offer.revisions.append(revision)
    services.write_content(revision, content(title=title, **said))
    db.session.flush()
    services.go_live(offer, offer.latest, at=now())
    tell(OfferPublished(by=None, for_=organisation, about=offer))
    db.session.commit()
    return offer


def in_review(offer: Offer, state: OfferReview) -> dict[str, int]:
    """Puts its text there, past the workflow; gives what a form of that moment would send."""
    revision = offer.latest
    revision.state = state
    revision.submitted_at = now() if state is not OfferReview.DRAFT else None
    if state is OfferReview.PUBLISHED:
        services.go_live(offer, revision, at=now())
    db.session.commit()
    return shown(offer)


def in_life(offer: Offer, state: OfferState) -> dict[str, int]:
    """The same for its life in public."""
    offer.state = state
    offer.expires_on = today() + timedelta(days=-1 if state is OfferState.EXPIRED else 60)
    offer.ended_at = now() if state is OfferState.ENDED else None
    if state is not OfferState.ONLINE:
        index.remove("offer", offer.id)
    db.session.commit()
    return shown(offer)


def days_left(offer: Offer, days: int) -> None:
    offer.expires_on = today() + timedelta(days=days)
    db.session.commit()


def shown(offer: Offer) -> dict[str, int]:
    db.session.expire_all()
    return {"version": offer.version}


def review_of(offer: Offer) -> OfferReview:
    fresh(offer)
    return offer.latest.state


def state_of(offer: Offer) -> OfferState:
    fresh(offer)
    return offer.state


def fresh(thing: Offer | Inquiry) -> None:
    db.session.rollback()
    db.session.expire_all()


def typed(**more: Any) -> dict[str, Any]:
    """What a browser sends for a complete entry."""
    said: dict[str, Any] = {
        "kind": "offer",
        "title": "Windmesser zum Leihen",
        "summary": "Fünf Geräte für ein Jahr.",
        "text": "Sie messen **Wind** am Dach.",
        "theme_id": str(theme("energie").id),
        "district_ids": [str(district("eving").id)],
    }
    return said | more


def asked(offer: Offer, by: User, organisation: Organisation, **more: Any) -> Inquiry:
    said = {"text": "Passt das zu uns?", "shows_address": False, "key": services.new_key()}
    inquiry = services.ask(offer, by=by, organisation=organisation, **(said | more))
    db.session.commit()
    return inquiry
