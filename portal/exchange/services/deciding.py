"""The Projektbüro's answer to a text, and its last resort with an entry that is online."""

from portal.accounts.models import User
from portal.core.rules import Rule
from portal.core.times import now
from portal.exchange.models import Offer, OfferRevision
from portal.exchange.policies import may_decide
from portal.exchange.services.publishing import forget_it, go_live
from portal.exchange.workflow import LIFE, REVIEW


def publish(offer: Offer, *, by: User, may: Rule = may_decide, seen_version: int) -> None:
    """`may` is another rule where two decide together."""
    revision = offer.latest

    def show_it() -> None:
        _decide(revision, by)
        go_live(offer, revision, at=now())

    REVIEW.take(
        "publish",
        revision,
        by=by,
        for_=offer.organisation,
        about=offer,
        seen_version=seen_version,
        meanwhile=show_it,
        may=may,
    )


def give_back(
    offer: Offer, *, by: User, note: str, may: Rule = may_decide, seen_version: int
) -> None:
    """The note says what to mend; the authors read it with their draft."""
    revision = offer.latest

    def keep_the_note() -> None:
        _decide(revision, by)
        revision.note = note

    REVIEW.take(
        "give_back",
        revision,
        by=by,
        for_=offer.organisation,
        about=offer,
        note=note,
        seen_version=seen_version,
        meanwhile=keep_the_note,
        may=may,
    )


def _decide(revision: OfferRevision, by: User) -> None:
    revision.offer.changed_at = revision.decided_at = now()
    revision.decided_by_id = by.id
    revision.promised_by = None


def remove(offer: Offer, *, by: User, reason: str, seen_version: int) -> None:
    """Takes it offline; its people read why, and may submit a mended text."""

    def hide_it() -> None:
        offer.changed_at = now()
        offer.reason = reason
        forget_it(offer)

    LIFE.take(
        "remove",
        offer,
        by=by,
        for_=offer.organisation,
        note=reason,
        seen_version=seen_version,
        meanwhile=hide_it,
    )
