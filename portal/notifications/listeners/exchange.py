"""Letters about the Projektbörse: the office hears what it has to check, the organisation what
became of it and when its term ends, the two sides of a thread that the other one wrote. What was
written stands in the portal alone, and so do addresses."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.facts import Fact, on
from portal.exchange.facts import (
    InquiryAnswered,
    InquiryClosed,
    InquiryContinued,
    InquirySent,
    OfferExpired,
    OfferPublished,
    OfferReminded,
    OfferRemoved,
    OfferReturned,
    OfferSubmitted,
)
from portal.exchange.models import Inquiry, Offer
from portal.exchange.policies import is_untied
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.policies import AUTHORS


@on(OfferSubmitted)
def ask_the_office(fact: OfferSubmitted) -> None:
    offer: Offer = fact.about
    office = [user for user in accounts.office() if is_untied(user, offer)]
    promised = offer.latest.promised_by
    write("exchange/offer_submitted", fact, office, **_about(fact), promised_by=promised)


@on(OfferReturned)
def ask_for_changes(fact: OfferReturned) -> None:
    write("exchange/offer_returned", fact, _writers(fact.about), **_about(fact))


@on(OfferPublished)
def tell_that_it_is_online(fact: OfferPublished) -> None:
    if fact.by is not None:
        write("exchange/offer_published", fact, _writers(fact.about), **_about(fact))


@on(OfferReminded)
def tell_that_it_ends_soon(fact: OfferReminded) -> None:
    write("exchange/offer_reminded", fact, _renewers(fact.about), **_about(fact))


@on(OfferExpired)
def tell_that_it_is_over(fact: OfferExpired) -> None:
    write("exchange/offer_expired", fact, _renewers(fact.about), **_about(fact))


@on(OfferRemoved)
def say_why_it_is_offline(fact: OfferRemoved) -> None:
    write("exchange/offer_removed", fact, _writers(fact.about), **_about(fact))


@on(InquirySent)
def tell_who_is_asked(fact: InquirySent) -> None:
    _tell_the_other_side("exchange/inquiry_sent", fact)


@on(InquiryContinued)
def tell_who_reads_on(fact: InquiryContinued) -> None:
    _tell_the_other_side("exchange/inquiry_continued", fact)


@on(InquiryAnswered)
def tell_who_asked(fact: InquiryAnswered) -> None:
    _tell_the_other_side("exchange/inquiry_answered", fact)


@on(InquiryClosed)
def tell_who_writes_no_more(fact: InquiryClosed) -> None:
    _tell_the_other_side("exchange/inquiry_closed", fact)


def _tell_the_other_side(kind: str, fact: Fact) -> None:
    inquiry: Inquiry = fact.about
    side = inquiry.other(fact.for_)
    write(
        kind,
        fact,
        partners.people_of(side.id, *AUTHORS),
        title=inquiry.title,
        key=inquiry.key,
        organisation=side.name,
        organisation_slug=side.slug,
        other=fact.for_.name,
    )


def _writers(offer: Offer) -> list[User]:
    """Owners and editors of the organisation, and the author who still belongs to it."""
    writers = _renewers(offer)
    authors = [u for u in partners.people_of(offer.organisation_id) if u.id == offer.author_id]
    return writers + authors


def _renewers(offer: Offer) -> list[User]:
    return partners.people_of(offer.organisation_id, *AUTHORS)


def _about(fact: Fact) -> dict[str, Any]:
    offer: Offer = fact.about
    return {
        "title": offer.name,
        "key": offer.key,
        "slug": offer.slug,
        "expires_on": offer.expires_on,
        "organisation": offer.organisation.name,
        "organisation_slug": offer.organisation.slug,
        "note": fact.note,
    }
