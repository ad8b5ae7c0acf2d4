"""Who is told of a date, and when: changes at once, a reminder the day before, thanks the day
after."""

from datetime import datetime, time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core.database import db
from portal.core.times import in_berlin, local
from portal.events.models import Event, EventState, Precision
from portal.registrations.models import (
    Allocation,
    AllocationState,
    Registration,
    RegistrationState,
)

REMINDS_AT, THANKS_AT = time(9), time(10)  # no clock is changed at these hours
LOOKS_AHEAD = timedelta(days=3)
THANKS_FOR = timedelta(days=14)  # who hears nothing until then hears nothing any more


def reminder_at(event: Event) -> datetime:
    """Nine o'clock in Berlin, the day before."""
    return in_berlin(local(event.starts_at).date() - timedelta(days=1), REMINDS_AT)


def thanks_at(event: Event) -> datetime:
    """Ten o'clock in Berlin, the day after."""
    return in_berlin(local(event.last_moment).date() + timedelta(days=1), THANKS_AT)


def is_to_remind(allocation: Allocation, moment: datetime) -> bool:
    """Once. A date that moved to another day has another time for its reminder, and is reminded of
    again when it comes; one that moved by hours is not."""
    due = reminder_at(allocation.event)
    reminded = allocation.reminded_at is not None and allocation.reminded_at >= due
    return _takes_place(allocation) and due <= moment < allocation.event.starts_at and not reminded


def is_to_thank(allocation: Allocation, moment: datetime) -> bool:
    due = thanks_at(allocation.event)
    in_time = due <= moment < due + THANKS_FOR
    return _takes_place(allocation) and in_time and allocation.thanked_at is None


def _takes_place(allocation: Allocation) -> bool:
    event = allocation.event
    is_open = allocation.state is AllocationState.OPEN
    return is_open and not event.is_cancelled and event.precision is not Precision.MONTH


def soon(moment: datetime) -> list[Allocation]:
    """Where a reminder may be due, by id."""
    rows = _planned().where(Event.starts_at > moment, Event.starts_at <= moment + LOOKS_AHEAD)
    return list(db.session.scalars(rows))


def just_over(moment: datetime) -> list[Allocation]:
    """Where thanks may be due, by id."""
    since = moment - THANKS_FOR - LOOKS_AHEAD
    rows = _planned().where(
        Allocation.thanked_at.is_(None), Event.ends_at <= moment, Event.ends_at > since
    )
    return list(db.session.scalars(rows))


def active(allocation: Allocation) -> list[Registration]:
    """All that have not ended, by number, with the people. Under the lock."""
    rows = _of(allocation).where(Registration.state != RegistrationState.CANCELLED)
    return list(db.session.scalars(rows))


def number_of_active(event: Event) -> int:
    rows = (
        select(func.count(Registration.id))
        .join(Registration.allocation)
        .where(
            Allocation.event_id == event.id,
            Allocation.state == AllocationState.OPEN,
            Registration.state != RegistrationState.CANCELLED,
        )
    )
    return db.session.scalar(rows) or 0


def to_remind(allocation: Allocation, due: datetime) -> list[Registration]:
    """With a place since before the reminder was due: all others have just had a mail."""
    return list(db.session.scalars(_with_a_place(allocation).where(Registration.seated_at < due)))


def to_thank(allocation: Allocation) -> list[Registration]:
    """Who came; where nobody was checked in, all with a place."""
    rows = list(db.session.scalars(_with_a_place(allocation)))
    came = [registration for registration in rows if registration.checked_in_at]
    return came or rows


def _planned() -> Select[Allocation]:
    return (
        select(Allocation)
        .join(Allocation.event)
        .options(contains_eager(Allocation.event))
        .where(
            Allocation.state == AllocationState.OPEN,
            Event.state == EventState.PLANNED,
            Event.precision != Precision.MONTH,
        )
        .order_by(Allocation.id)
    )


def _with_a_place(allocation: Allocation) -> Select[Registration]:
    return _of(allocation).where(
        Registration.state == RegistrationState.CONFIRMED, Registration.proved_at.is_not(None)
    )


def _of(allocation: Allocation) -> Select[Registration]:
    return (
        select(Registration)
        .options(joinedload(Registration.person), joinedload(Registration.organisation))
        .where(Registration.allocation_id == allocation.id)
        .order_by(Registration.number)
        .execution_options(populate_existing=True)
    )
