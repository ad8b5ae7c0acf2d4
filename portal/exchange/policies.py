"""Who may see an entry, write it, decide on it, and write to whom about it. The matrix of projects
holds (safety.md, rows 3 to 10); threads are read by their two sides only."""

from sqlalchemy import ColumnElement

from portal.accounts.models import User
from portal.accounts.policies import is_office
from portal.core.rules import rule
from portal.exchange.models import Inquiry, Offer, OfferReview, OfferRevision
from portal.partners.policies import acts_for, belongs_to, has_an_author_role, writes_for
from portal.partners.ties import has_ties, is_among

OPEN = frozenset({OfferReview.DRAFT, OfferReview.RETURNED})
EDITABLE = OPEN | {OfferReview.PUBLISHED}


@rule
def is_member(user: User, offer: Offer) -> bool:
    return belongs_to(user, offer.organisation)


@rule
def writes_it(user: User, offer: Offer) -> bool:
    """Any owner or editor of the owning organisation (decisions.md)."""
    return writes_for(user, offer.organisation)


@rule
def is_author(user: User, revision: OfferRevision) -> bool:
    return writes_it(user, revision.offer)


@rule
def is_editable(_: object, revision: OfferRevision) -> bool:
    return revision.state in EDITABLE


def ties(offer: Offer) -> ColumnElement[bool]:
    """Of a User: who leaves the decision to others."""
    return has_ties([offer.organisation_id], person_id=offer.author_id)


@rule
def is_untied(user: User, offer: Offer) -> bool:
    """Four eyes: nobody decides for an organisation of their own, nor on their own text."""
    return not is_among(user, ties(offer))


@rule
def is_of_an_untied(user: User, revision: OfferRevision) -> bool:
    return is_untied(user, revision.offer)


@rule
def is_the_worker(user: User | None, _: object) -> bool:
    """What time does, nobody does."""
    return user is None


@rule
def writes_for_the_asking(user: User, inquiry: Inquiry) -> bool:
    return writes_for(user, inquiry.organisation)


@rule
def writes_for_the_asked(user: User, inquiry: Inquiry) -> bool:
    return writes_for(user, inquiry.asked)


may_draft = acts_for  # asked of an organisation
may_see = is_office | is_member
may_edit = is_author & is_editable
may_submit = may_take_back = is_author
may_decide = is_office & is_of_an_untied
may_renew = may_end = writes_it
may_remove = is_office & is_untied
may_write_for = writes_for  # asked of an organisation, for a new inquiry
may_read_threads_of = has_an_author_role  # also while the organisation rests
