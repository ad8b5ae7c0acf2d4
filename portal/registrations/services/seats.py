"""The seat algorithm (safety.md, R4): the only writer of an allocation's counters, of the states of
registrations, and of the ledger.

The allocation's row is locked before any registration is read. `enter` does it with the statement
that decides; all others with `lock`. PostgreSQL stays at READ COMMITTED, so that statements after
the lock see what the one before committed; SQLite locks with BEGIN IMMEDIATE."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update

from portal.core.database import UTCDateTime, db, plain_rows
from portal.core.errors import Conflict
from portal.core.times import now
from portal.registrations.models import (
    Allocation,
    AllocationState,
    LedgerEntry,
    Move,
    Registration,
    RegistrationState,
)

HOLDING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
TOO_FEW = _l(
    "Es sind schon mehr Plätze vergeben, und niemand verliert den Platz stillschweigend. Melden Sie"
    " zuerst einzelne Personen mit Begründung ab."
)
A: Any = Allocation.__table__
R: Any = Registration.__table__
E: Any = LedgerEntry.__table__
WRITE = insert(E)


class Place:
    """What the decision gave: a number, a place or none, and the moment that counts."""

    def __init__(self, number: int, granted: bool, received_at: datetime) -> None:
        self.number = number
        self.granted = granted
        self.received_at = received_at

    @property
    def state(self) -> RegistrationState:
        return RegistrationState.CONFIRMED if self.granted else RegistrationState.WAITING


def _decision(*, is_late: bool) -> Any:
    """Made once: a rush sends it hundreds of times a second. What comes in late moves no arrival
    after it."""
    at = bindparam("at", type_=UTCDateTime())
    free = and_(A.c.taken < A.c.capacity, A.c.waiting == 0)
    values: dict[Any, Any] = {
        A.c.numbers: A.c.numbers + 1,
        A.c.lines: A.c.lines + 1,
        A.c.granted: free,
        A.c.taken: A.c.taken + case((free, 1), else_=0),
        A.c.waiting: A.c.waiting + case((free, 0), else_=1),
    }
    if not is_late:
        later = or_(A.c.latest.is_(None), A.c.latest < at)
        values[A.c.latest] = case((later, at), else_=A.c.latest)
    is_open = and_(A.c.state == AllocationState.OPEN, A.c.opens_at <= at, A.c.closes_at > at)
    return (
        update(A)
        .where(A.c.id == bindparam("allocation_id"), is_open)
        .values(values)
        .returning(A.c.numbers, A.c.granted, A.c.latest, A.c.lines)
    )


DECIDE, DECIDE_LATE = _decision(is_late=False), _decision(is_late=True)


def decide(allocation_id: int, *, arrived_at: datetime | None = None) -> Place | None:
    """Lock, number and decision in one statement; None while nobody can register. Nobody overtakes
    who stands in line. `arrived_at` is the true time of what the office enters; it has to lie in
    the time of registration, too."""
    is_late = arrived_at is not None
    asked = {"allocation_id": allocation_id, "at": arrived_at or now()}
    row = plain_rows(DECIDE_LATE if is_late else DECIDE, asked).first()
    if row is None:
        return None
    place = Place(row.numbers, bool(row.granted), arrived_at or row.latest)
    given = Move.ENTERED_CONFIRMED if is_late else Move.CONFIRMED
    queued = Move.ENTERED_QUEUED if is_late else Move.QUEUED
    _write(
        allocation_id,
        row.lines,
        given if place.granted else queued,
        number=place.number,
        received_at=place.received_at,
    )
    return place


def lock(allocation: Allocation) -> None:
    """Until the commit nobody else registers, cancels or moves here. What is read afterwards is as
    it stands."""
    db.session.execute(update(A).where(A.c.id == allocation.id).values(lines=A.c.lines))
    db.session.refresh(allocation)


def read_again(registration: Registration) -> None:
    """Under the lock: what another transaction made of it meanwhile."""
    db.session.refresh(registration)


def give_back(registration: Registration, move: Move) -> None:
    """Ends an active registration; a place that it held goes to the next. Under the lock.
    Raises Conflict when it has ended already."""
    before = registration.state
    moment = now()
    _change(
        registration,
        to=RegistrationState.CANCELLED,
        ended_at=moment,
        offered_until=None,
    )
    held = before in HOLDING
    counter = A.c.taken if held else A.c.waiting
    _set(registration.allocation_id, {counter: counter - 1})
    note(registration.allocation_id, move, number=registration.number)


def keep(registration: Registration) -> None:
    """An offered place becomes a given one. Under the lock."""
    _change(registration, to=RegistrationState.CONFIRMED, seated_at=now(), offered_until=None)
    note(registration.allocation_id, Move.ACCEPTED, number=registration.number)


def move_up(allocation: Allocation, *, by_hand: bool = False) -> Iterator[Registration]:
    """Gives free places to who stands first in line, one after the other, under the lock. Near the
    date the place is offered; after the cut-off nobody moves up but `by_hand`, and then one. To a
    date that is cancelled nobody does."""
    moment = now()
    db.session.refresh(allocation)
    if allocation.state is not AllocationState.OPEN:
        return
    while allocation.taken < allocation.capacity and allocation.waiting:
        if not by_hand and moment >= allocation.moves_up_until:
            return
        following = db.session.scalar(
            line_of(allocation.id).limit(1).execution_options(populate_existing=True)
        )
        if following is None:
            raise Conflict("somebody waits who stands in no line", about=allocation)
        offered = not by_hand and moment >= allocation.offers_from
        _seat(allocation, following, offered=offered, at=moment)
        yield following
        if by_hand:
            return


def line_of(allocation_id: int) -> Any:
    """Who waits, the first in line first."""
    return (
        select(Registration)
        .where(
            Registration.allocation_id == allocation_id,
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.received_at, Registration.number)
    )


def resize(allocation: Allocation, capacity: int) -> None:
    """Raises Conflict when more places than that are taken: nobody is removed silently. Under the
    lock."""
    changed = db.session.execute(
        update(A).where(A.c.id == allocation.id, A.c.taken <= capacity).values(capacity=capacity)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("fewer places than are taken", about=allocation, message=TOO_FEW)
    note(allocation.id, Move.RESIZED, capacity=capacity)
    db.session.refresh(allocation)


def note(
    allocation_id: int, move: Move, *, number: int | None = None, capacity: int | None = None
) -> None:
    """A line of the ledger, for what changes no counter besides."""
    line = db.session.scalar(
        update(A).where(A.c.id == allocation_id).values(lines=A.c.lines + 1).returning(A.c.lines)
    )
    if line is None:
        raise Conflict("no allocation")
    _write(allocation_id, line, move, number=number, capacity=capacity)


def _seat(allocation: Allocation, following: Registration, *, offered: bool, at: datetime) -> None:
    if offered:
        hours = timedelta(hours=allocation.offer_hours)
        until = min(at + hours, allocation.moves_up_until)
        _change(following, to=RegistrationState.OFFERED, offered_until=until)
    else:
        _change(following, to=RegistrationState.CONFIRMED, seated_at=at)
    _set(allocation.id, {A.c.taken: A.c.taken + 1, A.c.waiting: A.c.waiting - 1})
    move = Move.OFFERED if offered else Move.MOVED_UP
    note(allocation.id, move, number=following.number)
    db.session.refresh(allocation)


def _change(registration: Registration, *, to: RegistrationState, **values: Any) -> None:
    """Guarded by the state that was read: exactly one row, or Conflict (R5)."""
    changed = db.session.execute(
        update(R)
        .where(R.c.id == registration.id, R.c.state == registration.state)
        .where(R.c.state != RegistrationState.CANCELLED)
        .values(state=to, **values)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("the registration has another state", about=registration)
    db.session.refresh(registration)


def _set(allocation_id: int, values: dict[Any, Any]) -> None:
    db.session.execute(update(A).where(A.c.id == allocation_id).values(values))


def _write(
    allocation_id: int,
    line: int,
    move: Move,
    *,
    number: int | None = None,
    received_at: datetime | None = None,
    capacity: int | None = None,
) -> None:
    entry = {
        "allocation_id": allocation_id,
        "line": line,
        "at": now(),
        "move": move,
        "number": number,
        "received_at": received_at,
        "capacity": capacity,
    }
    plain_rows(WRITE, entry)


def held_by(allocation_id: int, organisation_id: int) -> int:
    """How many active registrations an organisation has there. Under the lock."""
    rows = select(func.count()).where(
        Registration.allocation_id == allocation_id,
        Registration.organisation_id == organisation_id,
        Registration.state != RegistrationState.CANCELLED,
    )
    return db.session.scalar(rows) or 0
