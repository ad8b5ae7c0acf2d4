"""Reading places and registrations."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.tokens import LinkExpired, fits, token_for
from portal.events import queries as events
from portal.events.models import Event
from portal.registrations.models import (
    Allocation,
    AllocationState,
    LedgerEntry,
    Move,
    Registration,
    RegistrationState,
)

PROVE_WITHIN = timedelta(hours=24)
LINK = "registration"  # the purpose of the one link in every mail about it
LINK_LASTS = timedelta(days=30)  # after the date
NO_LINK = _l(
    "Dieser Link gilt nicht. Nehmen Sie den Link aus der neuesten E-Mail zu Ihrer Anmeldung, und"
    " zwar vollständig."
)


def find_of(event: Event) -> Allocation | None:
    """The places of a date, if it has any."""
    found = db.session.scalar(select(Allocation).where(Allocation.event_id == event.id))
    if found is not None:
        set_committed_value(found, "event", event)  # known already: nobody reads it again
    return found


def with_slug(slug: str, *, seen_by: User) -> Allocation:
    """The places of the date with this address. Raises Hidden."""
    event = events.with_slug(slug, seen_by=seen_by)
    found = find_of(event)
    if found is None:
        raise Hidden("nobody registers for this date", about=event)
    return found


def active_of(allocation: Allocation, person: User) -> Registration | None:
    rows = select(Registration).where(
        Registration.allocation_id == allocation.id,
        Registration.person_id == person.id,
        Registration.state != RegistrationState.CANCELLED,
    )
    return db.session.scalar(rows)


def active(allocation: Allocation) -> list[Registration]:
    """All that have not ended, by number."""
    return list(db.session.scalars(_active(allocation).order_by(Registration.number)))


def place_in_line(registration: Registration) -> int:
    """1 is the next one to move up; asked of who waits."""
    before = or_(
        Registration.received_at < registration.received_at,
        and_(
            Registration.received_at == registration.received_at,
            Registration.number < registration.number,
        ),
    )
    rows = select(func.count()).where(
        Registration.allocation_id == registration.allocation_id,
        Registration.state == RegistrationState.WAITING,
        before,
    )
    return 1 + (db.session.scalar(rows) or 0)


def all_active_of(person: User) -> list[Registration]:
    """In the order in which their allocations are locked."""
    rows = (
        select(Registration)
        .options(joinedload(Registration.allocation))
        .where(
            Registration.person_id == person.id,
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.allocation_id)
    )
    return list(db.session.scalars(rows))


def with_something_due(moment: datetime) -> list[Allocation]:
    """Where a guest did not confirm in time or an offer is over, by id."""
    ids = select(Registration.allocation_id).where(_is_due(moment))
    rows = select(Allocation).where(
        Allocation.id.in_(ids), Allocation.state == AllocationState.OPEN
    )
    return list(db.session.scalars(rows.order_by(Allocation.id)))


def due(allocation: Allocation, moment: datetime) -> list[Registration]:
    """In the order of their numbers. Under the lock."""
    rows = _active(allocation).where(_is_due(moment)).order_by(Registration.number)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def registration_token(registration: Registration) -> str:
    """Of the private link: it proves the address, accepts and cancels."""
    until = registration.allocation.event.ends_at + LINK_LASTS
    return token_for(registration, LINK, until)


def with_link(registration_id: int, token: str) -> Registration:
    """Who holds the link may load. Raises Hidden for a wrong one and for a locked person
    (safety.md, case 20), LinkExpired for a right one whose time is over."""
    found = _find(registration_id)
    if found is None or found.person.locked_at or not fits(token, found, LINK):
        raise Hidden("no such link", message=NO_LINK)
    return found


def with_expired_link(registration_id: int, token: str) -> Registration:
    """Who asks for a new link holds an old one that fits but for its time. Raises Hidden."""
    try:
        return with_link(registration_id, token)
    except LinkExpired as expired:
        found: Registration = expired.about
        return found


def ledger(allocation: Allocation, number: int | None = None) -> Select[LedgerEntry]:
    """All that happened, in order; or what happened to one number."""
    rows = select(LedgerEntry).where(LedgerEntry.allocation_id == allocation.id)
    if number is not None:
        rows = rows.where(LedgerEntry.number == number)
    return rows.order_by(LedgerEntry.line)


def with_number(allocation: Allocation, number: int) -> Registration | None:
    """Its name is nobody's business where everybody may ask."""
    rows = select(Registration).where(
        Registration.allocation_id == allocation.id, Registration.number == number
    )
    return db.session.scalar(rows)


def last_move(registration: Registration) -> Move | None:
    """Why it stands as it stands."""
    rows = (
        select(LedgerEntry.move)
        .where(
            LedgerEntry.allocation_id == registration.allocation_id,
            LedgerEntry.number == registration.number,
        )
        .order_by(LedgerEntry.line.desc())
    )
    return db.session.scalar(rows.limit(1))


def _find(registration_id: int) -> Registration | None:
    rows = select(Registration).options(
        joinedload(Registration.person),
        joinedload(Registration.organisation),
        joinedload(Registration.allocation).joinedload(Allocation.event),
    )
    return db.session.scalar(rows.where(Registration.id == registration_id))


def sequence_of(registration: Registration) -> int:
    """Of the entry in the person's calendar (RFC 5545, 3.8.7.4). Each move writes a line with a
    higher number, also when the person registers anew, and each change of the date raises the
    date's own: their sum only grows, and nothing has to be stored."""
    line = select(func.max(LedgerEntry.line)).where(
        LedgerEntry.allocation_id == registration.allocation_id,
        LedgerEntry.number == registration.number,
    )
    return registration.allocation.event.sequence + (db.session.scalar(line) or 0)


def uid_of(registration: Registration) -> str:
    """One entry for each person and date: who registers anew finds the old one renewed."""
    event = registration.allocation.event
    return str(uuid5(NAMESPACE_URL, f"{event.uid}/{registration.person_id}"))


def _active(allocation: Allocation) -> Select[Registration]:
    return select(Registration).where(
        Registration.allocation_id == allocation.id,
        Registration.state != RegistrationState.CANCELLED,
    )


def _is_due(moment: datetime) -> ColumnElement[bool]:
    unproved = and_(
        Registration.proved_at.is_(None), Registration.entered_at <= moment - PROVE_WITHIN
    )
    over = and_(
        Registration.state == RegistrationState.OFFERED, Registration.offered_until <= moment
    )
    return and_(
        Registration.state != RegistrationState.CANCELLED,
        Registration.checked_in_at.is_(None),  # who stands in the hall has come
        or_(unproved, over),
    )
