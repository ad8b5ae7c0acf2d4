"""Two organisations write to each other about an entry. Addresses stay with the portal."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Denied, TooOften
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.exchange.facts import InquirySent
from portal.exchange.models import Inquiry, InquiryState, Message, Offer
from portal.exchange.policies import may_write_for
from portal.exchange.queries.inquiries import open_about
from portal.exchange.workflow import THREAD
from portal.partners.models import Organisation
from portal.partners.services.locks import lock

DAY = timedelta(days=1)
MOST_MESSAGES = 40  # of one organisation within a day
MOST_INQUIRIES = 15  # new ones likewise


def ask(
    offer: Offer,
    *,
    by: User,
    organisation: Organisation,
    text: str,
    shows_address: bool,
    key: str,
) -> Inquiry:
    """Begins a thread, or goes on with the one that is open between the two. Raises Denied for
    one's own entry, TooOften."""
    require(may_write_for, by, organisation)
    if offer.organisation_id == organisation.id:
        raise Denied("nobody asks themselves", about=offer)
    lock(organisation)
    inquiry = open_about(offer, organisation)
    if inquiry:
        write(
            inquiry,
            by=by,
            organisation=organisation,
            text=text,
            shows_address=shows_address,
            key=key,
        )
        return inquiry
    _count(organisation)
    moment = now()
    inquiry = Inquiry(
        key=key,
        offer=offer,
        organisation=organisation,
        title=(offer.live or offer.latest).title,
        begun_at=moment,
        changed_at=moment,
    )
    db.session.add(inquiry)
    _add(inquiry, by, organisation, text=text, shows_address=shows_address, key=key)
    db.session.flush()
    tell(InquirySent(by=by, for_=organisation, about=inquiry))
    return inquiry


def write(
    inquiry: Inquiry,
    *,
    by: User,
    organisation: Organisation,
    text: str,
    shows_address: bool,
    key: str,
) -> None:
    """The next message, for one of the two sides. Raises Conflict where the thread is closed,
    TooOften."""
    require(may_write_for, by, organisation)
    lock(organisation)
    if _is_written(key):
        return
    _count_messages(organisation)

    def add_it() -> None:
        inquiry.changed_at = now()
        _add(inquiry, by, organisation, text=text, shows_address=shows_address, key=key)

    THREAD.take(
        _step(inquiry, organisation),
        inquiry,
        by=by,
        for_=organisation,
        seen_version=inquiry.version,  # the other side's message is no reason to lose this one
        meanwhile=add_it,
    )


def close(inquiry: Inquiry, *, by: User, organisation: Organisation, seen_version: int) -> None:
    """Ends the thread for both sides."""
    require(may_write_for, by, organisation)

    def note_when() -> None:
        inquiry.changed_at = now()

    THREAD.take(
        "close",
        inquiry,
        by=by,
        for_=organisation,
        seen_version=seen_version,
        meanwhile=note_when,
    )


def _step(inquiry: Inquiry, organisation: Organisation) -> str:
    """What a message of this side is: a closed thread takes none, which `go_on` says."""
    if inquiry.state is not InquiryState.NEW:
        return "go_on"
    return "answer" if organisation.id == inquiry.asked.id else "ask_more"


def _add(
    inquiry: Inquiry,
    by: User,
    organisation: Organisation,
    *,
    text: str,
    shows_address: bool,
    key: str,
) -> None:
    inquiry.messages.append(
        Message(
            key=key,
            organisation_id=organisation.id,
            author=by,
            text=text,
            shows_address=shows_address,
            written_at=now(),
        )
    )


def _is_written(key: str) -> bool:
    return db.session.scalar(select(Message.id).where(Message.key == key)) is not None


def _count(organisation: Organisation) -> None:
    begun = select(func.count(Inquiry.id)).where(
        Inquiry.organisation_id == organisation.id, Inquiry.begun_at > now() - DAY
    )
    if (db.session.scalar(begun) or 0) >= MOST_INQUIRIES:
        raise TooOften("inquiries", seconds=int(DAY.total_seconds()))
    _count_messages(organisation)


def _count_messages(organisation: Organisation) -> None:
    written = select(func.count(Message.id)).where(
        Message.organisation_id == organisation.id, Message.written_at > now() - DAY
    )
    if (db.session.scalar(written) or 0) >= MOST_MESSAGES:
        raise TooOften("messages", seconds=int(DAY.total_seconds()))
