"""The places of dates: counters, ledger and registrations say the same (safety.md, R4 and R25)."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from portal.checking.finding import Finding, differences
from portal.core.database import db
from portal.events.models import Event
from portal.partners.models import Organisation
from portal.registrations.models import (
    Allocation,
    AllocationState,
    LedgerEntry,
    Registration,
    RegistrationState,
)
from portal.registrations.replay import HOLDING, Replayed, Times, replay

A: Any = Allocation.__table__
L: Any = LedgerEntry.__table__
R: Any = Registration.__table__
IS_ACTIVE: Any = R.c.state != RegistrationState.CANCELLED


def counters() -> Finding:
    """Taken and waiting are what the registrations say, and nothing is oversold."""
    numbers: dict[int, Counter[str]] = {}
    rows = select(R.c.allocation_id, R.c.state, func.count(), func.max(R.c.number))
    for id_, state, number, highest in db.session.execute(
        rows.group_by(R.c.allocation_id, R.c.state)
    ):
        counted = numbers.setdefault(id_, Counter())
        counted["taken" if state in HOLDING else str(state)] += number
        counted["registrations"] += number
        counted["numbers"] = max(counted["numbers"], highest)
    faults, registered = [], 0
    for one, date in _allocations():
        counted = numbers.get(one.id, Counter())
        registered += counted["registrations"]
        kept = {name: getattr(one, name) for name in ("taken", "waiting", "numbers")}
        faults += differences(f"{date}:", kept, {name: counted[name] for name in kept})
        if counted["taken"] > one.capacity:
            faults.append(f"{date}: {counted['taken']} places of {one.capacity} are taken")
        if counted["registrations"] != counted["numbers"]:
            faults.append(f"{date}: a number between 1 and {counted['numbers']} is missing")
    looked_at = f"{len(numbers)} dates, {registered} registrations"
    return Finding("places are counted", looked_at, faults)


def ledgers() -> Finding:
    """Played again from its lines alone, each ledger gives the seats that are there, and each of
    its decisions follows from the rules."""
    faults, lines = [], 0
    for one, date in _allocations():
        times = Times(
            offers_from=one.offers_from, moves_up_until=one.moves_up_until, since=one.changed_at
        )
        written = select(L).where(L.c.allocation_id == one.id).order_by(L.c.line)
        replayed = replay(db.session.execute(written), times)
        lines += replayed.lines
        faults += [f"{date}: {fault}" for fault in replayed.faults]
        faults += [f"{date}: {what}" for what in _compared(one, replayed)]
    return Finding("ledgers give the same seats", f"{lines} lines", faults)


def _compared(one: Any, replayed: Replayed) -> list[str]:
    rows = select(R.c.number, R.c.state, R.c.proved_at).where(R.c.allocation_id == one.id)
    there = {row.number: row for row in db.session.execute(rows.order_by(R.c.number))}
    faults = [
        f"number {number} is {_state(there, number)}, the ledger says {_said(replayed, number)}"
        for number in sorted(there.keys() | replayed.states.keys())
        if _state(there, number) != _said(replayed, number)
    ]
    unproved = [n for n in replayed.proved if n in there and there[n].proved_at is None]
    faults += [f"number {n} has confirmed the address, says the ledger" for n in sorted(unproved)]
    waits = select(R.c.number).where(
        R.c.allocation_id == one.id, R.c.state == RegistrationState.WAITING
    )
    line = list(db.session.scalars(waits.order_by(R.c.received_at, R.c.number)))
    if not faults and line != replayed.line:
        faults.append(f"the line is {line}, the ledger says {replayed.line}")
    kept = {"lines": one.lines, "places": one.capacity}
    faults += differences("", kept, {"lines": replayed.lines, "places": replayed.capacity})
    if replayed.is_stopped != (one.state is AllocationState.STOPPED):
        faults.append(f"it is {one.state}, the ledger says otherwise")
    return faults


def _state(there: dict[int, Any], number: int) -> str:
    return str(there[number].state) if number in there else "missing"


def _said(replayed: Replayed, number: int) -> str:
    return str(replayed.states.get(number, "missing"))


def persons() -> Finding:
    rows = (
        select(Event.slug, R.c.person_id, func.count())
        .join(A, A.c.event_id == Event.id)
        .join(R, R.c.allocation_id == A.c.id)
        .where(IS_ACTIVE)
        .group_by(Event.slug, R.c.person_id)
    )
    doubled = [
        f"{date}: person {person} is registered {number} times"
        for date, person, number in db.session.execute(rows.having(func.count() > 1))
    ]
    active = db.session.scalar(select(func.count()).select_from(R).where(IS_ACTIVE)) or 0
    return Finding("everybody is registered once", f"{active} active registrations", doubled)


def limits() -> Finding:
    """A limit that was lowered binds who comes afterwards, so only those are judged."""
    held = (
        select(
            Event.slug,
            Organisation.slug.label("organisation"),
            A.c.per_organisation,
            A.c.changed_at,
            func.count().label("number"),
            func.max(R.c.entered_at).label("last"),
        )
        .join(A, A.c.event_id == Event.id)
        .join(R, R.c.allocation_id == A.c.id)
        .join(Organisation, Organisation.id == R.c.organisation_id)
        .where(IS_ACTIVE, A.c.per_organisation.is_not(None))
        .group_by(Event.slug, Organisation.slug, A.c.per_organisation, A.c.changed_at)
    )
    rows = list(db.session.execute(held))
    faults = [
        f"{row.slug}: {row.organisation} has {row.number} of at most {row.per_organisation}"
        for row in rows
        if row.number > row.per_organisation and row.last > row.changed_at
    ]
    return Finding("organisations keep to their limits", f"{len(rows)} at dates", faults)


def _allocations() -> list[tuple[Any, str]]:
    """Each with its date's address."""
    rows = select(Allocation, Event.slug).join(Allocation.event).order_by(Allocation.id)
    fresh = rows.execution_options(populate_existing=True)
    return [(one, slug) for one, slug in db.session.execute(fresh)]


PLACES = (counters, ledgers, persons, limits)
