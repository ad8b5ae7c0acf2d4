"""The rules of an allocation: set up with the date, changed by the office."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.events.models import Event
from portal.registrations import queries
from portal.registrations.facts import AllocationChanged, AllocationOpened
from portal.registrations.models import Allocation, AllocationState, Move
from portal.registrations.policies import may_keep, may_plan
from portal.registrations.services import seats
from portal.registrations.services.moving import move_up


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All moments with their zone; `per_organisation` None sets no limit."""

    capacity: int
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    offers_from: datetime
    moves_up_until: datetime
    offer_hours: int = 24
    per_organisation: int | None = None
    question: str = ""


NAMES = tuple(name for name in Rules.__dataclass_fields__ if name != "capacity")


def open_allocation(
    event: Event, rules: Rules, *, by: User, at: datetime | None = None
) -> Allocation:
    """People can register from `rules.opens_at` on. Raises Conflict when the date has places
    already, or is cancelled."""
    require(may_plan, by, event)
    if event.is_cancelled or queries.find_of(event):
        raise Conflict("the date is cancelled, or has its places", about=event)
    moment = at or now()
    values: dict[str, Any] = {name: getattr(rules, name) for name in NAMES}
    allocation = Allocation(
        event=event,
        capacity=rules.capacity,
        taken=0,
        waiting=0,
        numbers=0,
        lines=0,
        created_at=moment,
        changed_at=moment,
        **values,
    )
    db.session.add(allocation)
    db.session.flush()
    seats.note(allocation.id, Move.OPENED, capacity=rules.capacity)
    tell(AllocationOpened(by=by, about=allocation, at=moment))
    return allocation


def change_allocation(
    allocation: Allocation, rules: Rules, *, by: User, seen_version: int
) -> list[int]:
    """More places go to who waits, in the same transaction. Raises Conflict when the form showed
    another version, when the date is cancelled, and when fewer places than are taken would be left:
    nobody is removed silently. Returns the numbers of who moved up."""
    require(may_keep, by, allocation)
    seats.lock(allocation)
    if allocation.state is AllocationState.STOPPED:
        raise Conflict("the date is cancelled", about=allocation)
    check_version(allocation, seen_version)
    resized = rules.capacity != allocation.capacity
    if resized:
        seats.resize(allocation, rules.capacity)
    for name in NAMES:
        setattr(allocation, name, getattr(rules, name))
    allocation.changed_at = now()
    db.session.flush()
    note = f"{allocation.capacity}" if resized else ""
    tell(AllocationChanged(by=by, about=allocation, note=note))
    return [one.number for one in move_up(allocation)]
