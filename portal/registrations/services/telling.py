"""What everybody at a date is told: that it moved, that it is soon, and thanks. Each time the
allocation is locked first: who registers at the same moment is either told, or registers for what
is true then."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import Fact, tell
from portal.core.times import now
from portal.events.models import Event
from portal.registrations import queries, told
from portal.registrations.facts import (
    ParticipantReminded,
    ParticipantThanked,
    RegistrationMoved,
)
from portal.registrations.models import Allocation, AllocationState
from portal.registrations.services import seats


def tell_of_the_move(event: Event, *, before: dict[str, str], by: User | None) -> int:
    """Everybody with a registration hears of the new time or place, and of what it was `before`
    (events.content.whereabouts). The times of the rules stay:
    the office shifts them, nobody else. Returns how many there were."""
    allocation = queries.find_of(event)
    if allocation is None or allocation.state is AllocationState.STOPPED:
        return 0
    seats.lock(allocation)
    registrations = told.active(allocation)
    tell_all(
        RegistrationMoved(by=by, for_=one.organisation, about=one, before=before)
        for one in registrations
    )
    return len(registrations)


def remind() -> int:
    """For the worker. Returns how many people were reminded."""
    reminded = 0
    for allocation in told.soon(now()):
        if not told.is_to_remind(_locked(allocation), now()):
            continue
        due = told.reminder_at(allocation.event)
        _mark(allocation, Allocation.reminded_at)
        reminded += tell_all(
            ParticipantReminded(by=None, for_=one.organisation, about=one, at=due)
            for one in told.to_remind(allocation, due)
        )
    return reminded


def thank() -> int:
    """For the worker, once for each date. Returns how many people were thanked."""
    thanked = 0
    for allocation in told.just_over(now()):
        if not told.is_to_thank(_locked(allocation), now()):
            continue
        due = told.thanks_at(allocation.event)
        _mark(allocation, Allocation.thanked_at)
        thanked += tell_all(
            ParticipantThanked(by=None, for_=one.organisation, about=one, at=due)
            for one in told.to_thank(allocation)
        )
    return thanked


def tell_all(facts: Iterable[Fact]) -> int:
    """The letters of five hundred people are written in one go at the end: nothing that is read in
    between is among what they write. Returns how many facts there were."""
    told = list(facts)
    with db.session.no_autoflush:
        for fact in told:
            tell(fact)
    db.session.flush()
    return len(told)


def _locked(allocation: Allocation) -> Allocation:
    """Under the lock, with its date as it stands: another worker, or the office, may have been
    faster."""
    seats.lock(allocation)
    db.session.refresh(allocation.event)
    return allocation


def _mark(allocation: Allocation, column: InstrumentedAttribute[object]) -> None:
    """Past the version: what the worker does sends no form of the office back."""
    db.session.execute(
        update(Allocation).where(Allocation.id == allocation.id).values({column: now()})
    )
