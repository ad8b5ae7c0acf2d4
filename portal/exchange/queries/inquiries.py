"""Threads, for the writers of their two organisations and for nobody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.exchange.models import Inquiry, InquiryState, Message, Offer
from portal.exchange.policies import may_read_threads_of
from portal.exchange.queries.reading import KEY
from portal.partners.models import Organisation

_WITH_BOTH = (
    joinedload(Inquiry.organisation),
    joinedload(Inquiry.offer).joinedload(Offer.organisation),
)


@dataclass(frozen=True)
class Line:
    """One message as one side reads it. `person` and `email` are there as far as that side may
    know them."""

    is_own: bool
    organisation: str
    person: str
    email: str
    text: str
    at: datetime


def with_key(
    key: str, organisation: Organisation, *, seen_by: User, to_change: bool = False
) -> Inquiry:
    """Raises Hidden for who writes for neither side, and for an address that names a third."""
    require(may_read_threads_of, seen_by, organisation, otherwise=Hidden)
    if not KEY.fullmatch(key):
        raise Hidden("no thread has such a key")
    if to_change:
        db.session.execute(select(Inquiry.id).where(Inquiry.key == key).with_for_update())
    rows = select(Inquiry).options(
        *_WITH_BOTH, selectinload(Inquiry.messages).joinedload(Message.author)
    )
    inquiry = db.session.scalar(rows.where(Inquiry.key == key))
    if inquiry is None or organisation.id not in {inquiry.organisation_id, inquiry.asked.id}:
        raise Hidden("no such thread here")
    return inquiry


def open_about(offer: Offer, organisation: Organisation) -> Inquiry | None:
    """The one that the organisation has with the entry's owner."""
    return db.session.scalar(
        select(Inquiry).where(
            Inquiry.offer_id == offer.id,
            Inquiry.organisation_id == organisation.id,
            Inquiry.state != InquiryState.CLOSED,
        )
    )


def find_begun(key: str, organisation: Organisation) -> Inquiry | None:
    """What the first click on "send" has begun or written into."""
    rows = (
        select(Inquiry)
        .join(Inquiry.messages)
        .where(Message.key == key, Message.organisation_id == organisation.id)
    )
    return db.session.scalar(rows)


def of_organisation(organisation: Organisation) -> Select[Inquiry]:
    """Sent and received, the newest first."""
    return (
        select(Inquiry)
        .join(Inquiry.offer)
        .options(
            joinedload(Inquiry.organisation),
            contains_eager(Inquiry.offer).joinedload(Offer.organisation),
        )
        .where(
            or_(
                Inquiry.organisation_id == organisation.id,
                Offer.organisation_id == organisation.id,
            )
        )
        .order_by(Inquiry.changed_at.desc(), Inquiry.id.desc())
    )


def unanswered(organisation_ids: list[int]) -> list[Inquiry]:
    """What others asked these organisations and wait for, the oldest first."""
    rows = (
        select(Inquiry)
        .join(Inquiry.offer)
        .options(
            joinedload(Inquiry.organisation),
            contains_eager(Inquiry.offer).joinedload(Offer.organisation),
        )
        .where(and_(Inquiry.state == InquiryState.NEW, Offer.organisation_id.in_(organisation_ids)))
        .order_by(Inquiry.begun_at, Inquiry.id)
    )
    return list(db.session.scalars(rows)) if organisation_ids else []


def lines(inquiry: Inquiry, organisation: Organisation) -> list[Line]:
    """The messages as this side reads them. Of the other side it learns person and address once
    both have written, where who wrote agreed; its own people it knows."""
    both = len({message.organisation_id for message in inquiry.messages}) == 2
    names = {side.id: side.name for side in (inquiry.organisation, inquiry.asked)}
    return [
        _line(message, organisation, names[message.organisation_id], both)
        for message in inquiry.messages
    ]


def _line(message: Message, organisation: Organisation, name: str, both_wrote: bool) -> Line:
    is_own = message.organisation_id == organisation.id
    author = message.author
    is_known = is_own or (both_wrote and message.shows_address)
    person = author if author and is_known and not author.locked_at else None
    return Line(
        is_own=is_own,
        organisation=name,
        person=person.name if person else "",
        email=person.email if person and message.shows_address else "",
        text=message.text,
        at=message.written_at,
    )
