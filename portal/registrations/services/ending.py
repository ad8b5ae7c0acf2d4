"""Ways out: by oneself, by the office, by time, with the account, with the date. A place that
becomes free goes to the next in the same transaction."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import Fact, tell
from portal.core.rules import require
from portal.core.times import now
from portal.events.models import Event
from portal.registrations import queries, told
from portal.registrations.facts import (
    OfferLapsed,
    RegistrationLapsed,
    RegistrationRemoved,
    RegistrationStopped,
    RegistrationWithdrawn,
)
from portal.registrations.models import (
    Allocation,
    AllocationState,
    Move,
    Registration,
    RegistrationState,
)
from portal.registrations.policies import may_keep, may_withdraw
from portal.registrations.services import seats
from portal.registrations.services.moving import move_up
from portal.registrations.services.telling import tell_all

TOO_LATE = _l(
    "Die Zeit, in der Sie Ihren Platz selbst zurückgeben können, ist vorbei. Schreiben Sie dem"
    " Projektbüro, wenn Sie nicht kommen."
)


def withdraw(registration: Registration, *, by: User | None = None) -> None:
    """By the person; `by` is None for who holds the private link. The second click changes
    nothing. Raises Denied, or Conflict for who has a place after the time until which people cancel
    on their own; an offer may be declined and the line left at any time."""
    if by is not None:
        require(may_withdraw, by, registration)
    allocation = registration.allocation
    if now() >= allocation.cancel_until and registration.state is RegistrationState.CONFIRMED:
        raise Conflict("too late to cancel", about=registration, message=TOO_LATE)
    _end(registration, Move.WITHDRAWN, RegistrationWithdrawn, by=registration.person)


def remove(registration: Registration, *, by: User, reason: str) -> None:
    """By the office; the person reads the reason. Raises Conflict when it has ended already."""
    require(may_keep, by, registration.allocation)
    if not _end(registration, Move.REMOVED, RegistrationRemoved, by=by, note=reason):
        raise Conflict("ended already", about=registration)


def let_lapse() -> int:
    """For the worker: guests who did not confirm within a day, and offers whose time is over.
    Returns how many ended."""
    ended = 0
    allocations = queries.with_something_due(now())
    _lock_all(allocations)
    for allocation in allocations:
        for registration in queries.due(allocation, now()):
            offered = registration.state is RegistrationState.OFFERED
            lapsed = offered and registration.is_proved
            move = Move.OFFER_LAPSED if lapsed else Move.UNPROVED
            fact = OfferLapsed if lapsed else RegistrationLapsed
            ended += _end(registration, move, fact, by=None)
    return ended


def release_all_of(person: User) -> None:
    """The account is deleted (safety.md, case 15). Rows are locked in the order of their ids."""
    registrations = queries.all_active_of(person)
    _lock_all([registration.allocation for registration in registrations])
    for registration in registrations:
        _end(registration, Move.ACCOUNT_DELETED, RegistrationWithdrawn, by=person)


def stop(event: Event, *, by: User | None) -> None:
    """The date is cancelled: everybody hears of it, nobody moves up any more."""
    allocation = queries.find_of(event)
    if allocation is None or allocation.state is AllocationState.STOPPED:
        return
    seats.lock(allocation)
    allocation.state = AllocationState.STOPPED
    allocation.changed_at = now()
    db.session.flush()
    seats.note(allocation.id, Move.STOPPED)
    tell_all(
        RegistrationStopped(by=by, for_=one.organisation, about=one)
        for one in told.active(allocation)
    )


def _lock_all(allocations: Iterable[Allocation]) -> None:
    """Before anything moves: who moves up may stand on a public page, whose generation is locked
    then, and that lock comes after those of all allocations."""
    for allocation in allocations:
        seats.lock(allocation)


def _end(
    registration: Registration,
    move: Move,
    fact: type[Fact],
    *,
    by: User | None,
    note: str = "",
) -> bool:
    """False when it has ended already."""
    allocation: Allocation = registration.allocation
    seats.lock(allocation)
    seats.read_again(registration)
    if not registration.is_active:
        return False
    seats.give_back(registration, move)
    tell(fact(by=by, for_=registration.organisation, about=registration, note=note))
    if allocation.state is AllocationState.OPEN:
        move_up(allocation)
    return True
