"""An offer holds its address and its term; a revision holds content and review state; an inquiry is
the thread of two organisations about it."""

from portal.exchange.models.inquiries import Inquiry, InquiryState, Message
from portal.exchange.models.offers import Offer, OfferRevision, OfferRevisionDistrict
from portal.exchange.models.states import OfferKind, OfferReview, OfferState, Outcome

__all__ = [
    "Inquiry",
    "InquiryState",
    "Message",
    "Offer",
    "OfferKind",
    "OfferReview",
    "OfferRevision",
    "OfferRevisionDistrict",
    "OfferState",
    "Outcome",
]
