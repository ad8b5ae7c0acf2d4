"""The term of an entry: renewed or ended by its people, reminded of and closed by the worker."""

from datetime import timedelta

from sqlalchemy import Select, or_, select, update

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.languages import speaking
from portal.core.times import now, today
from portal.exchange.facts import OfferReminded
from portal.exchange.models import Offer, OfferReview, OfferState, Outcome
from portal.exchange.services.drafting import take_back
from portal.exchange.services.publishing import begin_term, forget_it, make_findable
from portal.exchange.workflow import LIFE

REMINDERS = (3, 14)  # days before the last one
MOST_AT_ONCE = 500  # letters of one run; the next run goes on


def renew(offer: Offer, *, by: User, seen_version: int) -> None:
    """A whole term from today, also for what has expired. Nobody has to check it again: the text is
    the one that was published."""
    at = now()

    def begin_again() -> None:
        offer.changed_at = at
        begin_term(offer, at=at)
        if offer.live:
            make_findable(offer, offer.live, at=at)

    LIFE.take(
        "renew",
        offer,
        by=by,
        for_=offer.organisation,
        seen_version=seen_version,
        meanwhile=begin_again,
    )


def end(offer: Offer, *, by: User, outcome: Outcome, seen_version: int) -> None:
    """For good, with what came of it. A text that lies with the office comes back first: nothing
    goes online after the end."""
    LIFE.check("end", offer, by=by, seen_version=seen_version)
    if offer.latest.state is OfferReview.SUBMITTED:
        take_back(offer, by=by, seen_version=seen_version)

    def say_what_came_of_it() -> None:
        offer.changed_at = offer.ended_at = now()
        offer.outcome = outcome
        forget_it(offer)

    LIFE.take(
        "end",
        offer,
        by=by,
        for_=offer.organisation,
        note=_in_german(outcome),
        seen_version=offer.version,
        meanwhile=say_what_came_of_it,
    )


def _in_german(outcome: Outcome) -> str:
    """The history is kept in the language of the sources."""
    with speaking():
        return outcome.label


def expire_offers() -> int:
    """For the worker: what has passed its last day leaves the public. Tells how many; the caller
    commits. Run again, it finds nothing more to do."""
    over = select(Offer).where(Offer.state == OfferState.ONLINE, Offer.expires_on < today())
    found = db.session.scalars(_next_of(over)).all()
    for offer in found:
        _expire(offer)
    return len(found)


def _expire(offer: Offer) -> None:
    def hide_it() -> None:
        offer.changed_at = now()
        forget_it(offer)

    LIFE.take(
        "expire",
        offer,
        by=None,
        for_=offer.organisation,
        seen_version=offer.version,
        meanwhile=hide_it,
    )


def remind_owners() -> int:
    """For the worker: fourteen days before the last one, and three. Each goes out once in a term;
    where both are due, only the later one. Tells how many; the caller commits."""
    told = 0
    for days in REMINDERS:
        due = (
            Offer.state == OfferState.ONLINE,
            Offer.expires_on >= today(),
            Offer.expires_on <= today() + timedelta(days=days),
            or_(Offer.reminded_days.is_(None), Offer.reminded_days > days),
        )
        for offer in db.session.scalars(_next_of(select(Offer).where(*due))).all():
            _remember(offer, days)
            tell(OfferReminded(by=None, for_=offer.organisation, about=offer))
            told += 1
    return told


def _next_of(offers: Select[Offer]) -> Select[Offer]:
    rows = offers.order_by(Offer.id).limit(MOST_AT_ONCE)
    return rows.with_for_update(skip_locked=True, of=Offer)


def _remember(offer: Offer, days: int) -> None:
    """Past the version: a form that somebody has open still says what is true."""
    done = update(Offer).where(Offer.id == offer.id).values(reminded_days=days)
    db.session.execute(done)
