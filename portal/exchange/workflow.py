"""Three tables: a text's way through the review, an entry's life in public, a thread's."""

from portal.core.workflows import Step, Workflow
from portal.exchange.facts import (
    InquiryAnswered,
    InquiryClosed,
    InquiryContinued,
    OfferEnded,
    OfferExpired,
    OfferPublished,
    OfferRemoved,
    OfferRenewed,
    OfferReturned,
    OfferSubmitted,
    OfferTakenBack,
)
from portal.exchange.models import InquiryState, OfferReview, OfferState
from portal.exchange.policies import (
    OPEN,
    is_the_worker,
    may_decide,
    may_end,
    may_remove,
    may_renew,
    may_submit,
    may_take_back,
    writes_for_the_asked,
    writes_for_the_asking,
)

WAITING = frozenset({OfferReview.SUBMITTED})
ONLINE = frozenset({OfferState.ONLINE})
RENEWABLE = ONLINE | {OfferState.EXPIRED}
UNANSWERED = frozenset({InquiryState.NEW})
ANSWERED = frozenset({InquiryState.ANSWERED})
EITHER_SIDE = writes_for_the_asking | writes_for_the_asked

REVIEW = Workflow(
    Step(
        name="submit",
        leaves=OPEN,
        reaches=OfferReview.SUBMITTED,
        may=may_submit,
        tells=OfferSubmitted,
    ),
    Step(
        name="take_back",
        leaves=WAITING,
        reaches=OfferReview.DRAFT,
        may=may_take_back,
        tells=OfferTakenBack,
    ),
    Step(
        name="publish",
        leaves=WAITING,
        reaches=OfferReview.PUBLISHED,
        may=may_decide,
        tells=OfferPublished,
    ),
    Step(
        name="give_back",
        leaves=WAITING,
        reaches=OfferReview.RETURNED,
        may=may_decide,
        tells=OfferReturned,
    ),
)
# An entry comes online with the text that is published (services/publishing.py).
LIFE = Workflow(
    Step(
        name="renew",
        leaves=RENEWABLE,
        reaches=OfferState.ONLINE,
        may=may_renew,
        tells=OfferRenewed,
    ),
    Step(
        name="expire",
        leaves=ONLINE,
        reaches=OfferState.EXPIRED,
        may=is_the_worker,
        tells=OfferExpired,
    ),
    Step(name="end", leaves=RENEWABLE, reaches=OfferState.ENDED, may=may_end, tells=OfferEnded),
    Step(
        name="remove",
        leaves=RENEWABLE,
        reaches=OfferState.REMOVED,
        may=may_remove,
        tells=OfferRemoved,
    ),
)
THREAD = Workflow(
    Step(
        name="ask_more",
        leaves=UNANSWERED,
        reaches=InquiryState.NEW,
        may=writes_for_the_asking,
        tells=InquiryContinued,
    ),
    Step(
        name="answer",
        leaves=UNANSWERED,
        reaches=InquiryState.ANSWERED,
        may=writes_for_the_asked,
        tells=InquiryAnswered,
    ),
    Step(
        name="go_on",
        leaves=ANSWERED,
        reaches=InquiryState.ANSWERED,
        may=EITHER_SIDE,
        tells=InquiryContinued,
    ),
    Step(
        name="close",
        leaves=UNANSWERED | ANSWERED,
        reaches=InquiryState.CLOSED,
        may=EITHER_SIDE,
        tells=InquiryClosed,
    ),
)
