"""Who moves up hears of it: the seat algorithm's moves, told as facts."""

from portal.accounts.models import User
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.registrations.facts import MovedUp, PlaceOffered
from portal.registrations.models import Allocation, AllocationState, Registration, RegistrationState
from portal.registrations.policies import may_keep
from portal.registrations.services import seats


def move_up(allocation: Allocation, *, by: User | None = None) -> list[Registration]:
    """Under the lock: free places go to who stands first. With `by` the office does it by hand,
    also after the cut-off, and for one."""
    moved = []
    for registration in seats.move_up(allocation, by_hand=by is not None):
        offered = registration.state is RegistrationState.OFFERED
        fact = PlaceOffered if offered else MovedUp
        tell(fact(by=by, for_=registration.organisation, about=registration))
        moved.append(registration)
    return moved


def move_up_by_hand(allocation: Allocation, *, by: User) -> Registration:
    """The office gives one free place to who stands first, after the cut-off as well. Raises
    Conflict when no place is free, nobody waits, or the date is cancelled."""
    require(may_keep, by, allocation)
    seats.lock(allocation)
    if allocation.state is AllocationState.STOPPED:
        raise Conflict("the date is cancelled", about=allocation)
    moved = move_up(allocation, by=by)
    if not moved:
        raise Conflict("no free place, or nobody waits", about=allocation)
    return moved[0]
