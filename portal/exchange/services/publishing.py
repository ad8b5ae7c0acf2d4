"""What a publication changes for everybody: address, live text, term, search."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.core.database import db
from portal.core.generation import wait_for_publishers
from portal.core.languages import speaking
from portal.core.search import index
from portal.core.text import plain, unique_slug
from portal.core.times import local
from portal.exchange.models import Offer, OfferRevision, OfferState, Outcome

KIND = "offer"  # in the index of the search
TERM = timedelta(days=90)
RESERVED = frozenset({"neu"})  # /kooperationen/neu begins an entry


def go_live(offer: Offer, revision: OfferRevision, *, at: datetime) -> None:
    """The revision is what the public sees from now on, for a whole term. Publications wait for
    each other, so that an address that is free stays free."""
    if offer.slug is None:
        wait_for_publishers()
        offer.slug = unique_slug(revision.title, _is_taken, RESERVED)
    offer.state = OfferState.ONLINE
    offer.live_number = revision.number
    offer.published_at = offer.published_at or at
    offer.outcome, offer.ended_at, offer.reason = Outcome.OPEN, None, ""
    begin_term(offer, at=at)
    db.session.flush()
    make_findable(offer, revision, at=at)


def begin_term(offer: Offer, *, at: datetime) -> None:
    offer.expires_on = last_day(at)
    offer.reminded_days = None


def last_day(at: datetime) -> date:
    """The ninetieth day in Berlin, counted from the next one."""
    return local(at).date() + TERM


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Offer.id).where(Offer.slug == slug)) is not None


def make_findable(offer: Offer, revision: OfferRevision, *, at: datetime) -> None:
    index.put(
        KIND,
        offer.id,
        slug=offer.slug or "",
        title=revision.title,
        summary=revision.summary,
        body=_words_of(offer, revision),
        is_public=True,
        organisation_id=offer.organisation_id,
        at=at,
    )


def forget_it(offer: Offer) -> None:
    """The search knows it no more."""
    index.remove(KIND, offer.id)


def _words_of(offer: Offer, revision: OfferRevision) -> str:
    named = [one.name for one in (revision.theme, revision.competence) if one]
    places = [district.name for district in revision.districts]
    with speaking():  # the index is German, whoever publishes
        kind = [revision.kind.label] if revision.kind else []
    return "\n".join([plain(revision.text), offer.organisation.name, *named, *places, *kind])
