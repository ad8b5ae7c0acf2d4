"""What stands in a person's own calendar: read for who holds its address, with the rights that the
person has at that moment."""

import re
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.pages import absolute
from portal.core.times import now
from portal.core.tokens import fits_key, key_for
from portal.events import queries as events
from portal.events.calendars import OwnEntry, Status, place_of
from portal.events.models import Event, Precision
from portal.events.policies import visible_to
from portal.registrations.models import (
    Allocation,
    AllocationState,
    CalendarKey,
    LedgerEntry,
    Registration,
    RegistrationState,
)
from portal.registrations.queries import uid_of

PURPOSE = "calendar"
KEY = re.compile(r"([0-9a-f]{1,8})-[0-9a-f]{64}")
STRUCK_FOR = timedelta(days=30)  # so long a given-back place is shown as cancelled
MOST = 500
STATUS = {
    RegistrationState.CONFIRMED: Status.CONFIRMED,
    RegistrationState.OFFERED: Status.TENTATIVE,
    RegistrationState.WAITING: Status.TENTATIVE,
    RegistrationState.CANCELLED: Status.CANCELLED,
}


def key_of(person: User) -> CalendarKey | None:
    return db.session.scalar(select(CalendarKey).where(CalendarKey.person_id == person.id))


def address_of(key: CalendarKey) -> str:
    return absolute("calendar_feeds.own", key=key_for(key, PURPOSE))


def person_with(address: str) -> User:
    """Whose calendar has this address. Raises Hidden, for locked accounts too."""
    match = KEY.fullmatch(address)
    key = db.session.get(CalendarKey, min(int(match[1], 16), 2**31 - 1)) if match else None
    if key is None or not fits_key(address, key, PURPOSE):
        raise Hidden("no such calendar")
    if key.person.locked_at or not key.person.confirmed_at:
        raise Hidden("the account is locked", about=key)
    return key.person


def of(person: User) -> tuple[list[OwnEntry], list[Event]]:
    """Their registrations, and the dates of their teams for which they have none."""
    registrations = _registrations(person)
    known = {one.allocation.event_id for one, _line in registrations}
    own = [_entry(one, line) for one, line in registrations]
    return own, [event for event in events.of_own_teams(person, MOST) if event.id not in known]


def _registrations(person: User) -> list[tuple[Registration, int]]:
    """The last one for each date, with the line of the ledger that it wrote last. What somebody
    else typed into the form for guests, and nobody proved, stands in no calendar."""
    own = (Registration.person_id == person.id, Registration.proved_at.is_not(None))
    newest = select(func.max(Registration.number)).where(*own)
    last = newest.where(Registration.allocation_id == Allocation.id)
    line = select(func.max(LedgerEntry.line)).where(
        LedgerEntry.allocation_id == Registration.allocation_id,
        LedgerEntry.number == Registration.number,
    )
    struck = and_(Registration.seated_at.is_not(None), Registration.ended_at > now() - STRUCK_FOR)
    rows = (
        select(Registration, line.correlate(Registration).scalar_subquery())
        .join(Registration.allocation)
        .join(Allocation.event)
        .options(contains_eager(Registration.allocation).contains_eager(Allocation.event))
        .where(
            *own,
            Registration.number == last.correlate(Allocation).scalar_subquery(),
            or_(Registration.state != RegistrationState.CANCELLED, struck),
            visible_to(person),
            Event.ends_at > now() - events.FEED_REACHES_BACK,
            Event.precision != Precision.MONTH,
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(MOST)
    )
    return [(one, number or 0) for one, number in reversed(db.session.execute(rows).all())]


def _entry(registration: Registration, line: int) -> OwnEntry:
    event = registration.allocation.event
    stopped = registration.allocation.state is AllocationState.STOPPED or event.is_cancelled
    return OwnEntry(
        uid=uid_of(registration),
        sequence=event.sequence + line,
        stamp=_last_change(registration),
        status=Status.CANCELLED if stopped else STATUS[registration.state],
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        precision=event.precision,
        place=place_of(event),
        summary=event.summary,
        url=absolute("events.show", slug=event.slug),
        note=_cancelled(event) if stopped else registration.state.label,
    )


def _cancelled(event: Event) -> str:
    return str(_("Dieser Termin ist abgesagt: %(reason)s", reason=event.cancel_reason))


def _last_change(registration: Registration) -> datetime:
    one = registration
    moments = (one.entered_at, one.proved_at, one.seated_at, one.ended_at)
    changed = one.allocation.event.changed_at
    return max(moment for moment in (changed, *moments) if moment)
