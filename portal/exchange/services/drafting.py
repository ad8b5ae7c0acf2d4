"""Writing an entry: from the first draft until it lies with the Projektbüro. What is public stays
as it is while a new text is being written beside it."""

from secrets import token_urlsafe

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, DomainError
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now, working_days_after
from portal.core.workflows import check_version
from portal.exchange.completeness import missing_in
from portal.exchange.facts import OfferDrafted, OfferSaved
from portal.exchange.models import Offer, OfferReview, OfferRevision
from portal.exchange.policies import OPEN, is_author, is_editable, may_draft, may_submit
from portal.exchange.services.content import Content, write
from portal.exchange.workflow import REVIEW
from portal.partners.models import Organisation

ANSWER_WITHIN = 5  # working days


class Incomplete(DomainError):
    """Not yet to be submitted; `missing` names the fields."""

    def __init__(self, missing: dict[str, str], offer: Offer) -> None:
        super().__init__(f"missing: {', '.join(missing)}", about=offer)
        self.missing = missing


def new_key() -> str:
    """For private addresses: nobody guesses the next one."""
    return token_urlsafe(12)


def draft(
    organisation: Organisation, *, by: User, content: Content, key: str | None = None
) -> Offer:
    """A new entry. `key` comes with the form, so that its second click finds what the first one
    made."""
    require(may_draft, by, organisation)
    offer = Offer(
        key=key or new_key(),
        organisation=organisation,
        author=by,
        created_at=now(),
        changed_at=now(),
    )
    db.session.add(offer)
    write(_new_revision(offer, by), content)
    db.session.flush()
    tell(OfferDrafted(by=by, for_=organisation, about=offer))
    return offer


def _new_revision(offer: Offer, by: User) -> OfferRevision:
    revision = OfferRevision(
        number=len(offer.revisions) + 1, changed_at=now(), changed_by_id=by.id, html=""
    )
    offer.revisions.append(revision)
    return revision


def save(offer: Offer, *, by: User, seen_version: int, content: Content) -> None:
    """A published text is left alone: a new one begins beside it. Raises Conflict when somebody
    else has saved or submitted since the form was opened."""
    revision = offer.latest
    require(is_author, by, revision)
    check_version(offer, seen_version)
    if not is_editable(by, revision):
        raise Conflict(f"save: not possible in {revision.state}", about=offer)
    if revision.state is OfferReview.PUBLISHED:
        revision = _new_revision(offer, by)
    write(revision, content)
    revision.changed_at = offer.changed_at = now()
    revision.changed_by_id = by.id
    db.session.flush()
    tell(OfferSaved(by=by, for_=offer.organisation, about=offer))


def submit(offer: Offer, *, by: User, seen_version: int) -> None:
    """Raises Incomplete with what is missing."""
    revision = offer.latest
    require(may_submit, by, revision)
    check_version(offer, seen_version)
    if revision.state in OPEN and (missing := missing_in(revision)):
        raise Incomplete(missing, offer)

    def promise() -> None:
        moment = now()
        offer.changed_at = revision.submitted_at = moment
        revision.submitted_by_id = by.id
        revision.promised_by = working_days_after(moment, ANSWER_WITHIN)

    REVIEW.take(
        "submit",
        revision,
        by=by,
        for_=offer.organisation,
        about=offer,
        seen_version=seen_version,
        meanwhile=promise,
    )


def take_back(offer: Offer, *, by: User, seen_version: int) -> None:
    """Possible until the Projektbüro has decided."""
    revision = offer.latest

    def owe_nothing() -> None:
        offer.changed_at = now()
        revision.promised_by = None

    REVIEW.take(
        "take_back",
        revision,
        by=by,
        for_=offer.organisation,
        about=offer,
        seen_version=seen_version,
        meanwhile=owe_nothing,
    )
