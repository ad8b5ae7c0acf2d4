"""Who is on the list of a date: figures, and the order of the line. For the office; it asks no
rights itself."""

from collections.abc import Iterable
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core.database import db
from portal.registrations.finding import as_sorted, ids_matching
from portal.registrations.models import (
    Allocation,
    AllocationState,
    LedgerEntry,
    Registration,
    RegistrationState,
)

CONFIRMED = Registration.state == RegistrationState.CONFIRMED
ENDED = Registration.state == RegistrationState.CANCELLED


class Stand(StrEnum):
    """What narrows the list; its value stands in the address."""

    SEATED = "platz"
    WAITING = "warteliste"
    OFFERED = "angebot"
    UNPROVED = "unbestaetigt"
    INSIDE = "eingelassen"
    ENDED = "abgemeldet"

    @property
    def label(self) -> str:
        return str(STAND_LABELS[self])


STAND_LABELS = {
    Stand.SEATED: _l("Platz bestätigt"),
    Stand.WAITING: _l("auf der Warteliste"),
    Stand.OFFERED: _l("Platz angeboten"),
    Stand.UNPROVED: _l("E-Mail-Adresse unbestätigt"),
    Stand.INSIDE: _l("eingelassen"),
    Stand.ENDED: _l("abgemeldet"),
}
CONDITIONS: dict[Stand, ColumnElement[bool]] = {
    Stand.SEATED: CONFIRMED,
    Stand.WAITING: Registration.state == RegistrationState.WAITING,
    Stand.OFFERED: Registration.state == RegistrationState.OFFERED,
    Stand.UNPROVED: ~ENDED & Registration.proved_at.is_(None),
    Stand.INSIDE: CONFIRMED & Registration.checked_in_at.is_not(None),
    Stand.ENDED: ENDED,
}


def counts(allocation: Allocation) -> dict[Stand, int]:
    """How many there are of each, in one statement."""
    sums = [func.sum(case((CONDITIONS[stand], 1), else_=0)) for stand in Stand]
    rows = select(*sums).where(Registration.allocation_id == allocation.id)
    return dict(zip(Stand, (n or 0 for n in db.session.execute(rows).one()), strict=True))


def listed(allocation: Allocation, *, stand: Stand | None, q: str) -> Select[Registration]:
    """By number; without a choice all that have not ended."""
    rows = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.entered_by))
        .where(Registration.allocation_id == allocation.id, CONDITIONS[stand] if stand else ~ENDED)
    )
    if q.strip():
        rows = rows.where(Registration.id.in_(ids_matching(allocation, q)))
    return rows.order_by(Registration.number)


def last_inside(allocation: Allocation, *, most: int) -> list[Registration]:
    """Who came in last, the last one first."""
    rows = (
        select(Registration)
        .options(joinedload(Registration.checked_in_by))
        .where(Registration.allocation_id == allocation.id, CONDITIONS[Stand.INSIDE])
        .order_by(Registration.checked_in_at.desc(), Registration.id.desc())
    )
    return list(db.session.scalars(rows.limit(most)))


def may_move_up(allocation: Allocation) -> bool:
    """A place is free and somebody waits, as it is after the cut-off."""
    free = allocation.taken < allocation.capacity
    return allocation.state is AllocationState.OPEN and free and allocation.waiting > 0


def last_moves(allocation: Allocation, *, most: int) -> list[tuple[LedgerEntry, str]]:
    """The end of the ledger, the last line first, with names: for the office alone."""
    rows = (
        select(LedgerEntry, Registration.first_name, Registration.last_name)
        .outerjoin(
            Registration,
            and_(
                Registration.allocation_id == LedgerEntry.allocation_id,
                Registration.number == LedgerEntry.number,
            ),
        )
        .where(LedgerEntry.allocation_id == allocation.id)
        .order_by(LedgerEntry.line.desc())
    )
    return [
        (entry, f"{first or ''} {last or ''}".strip())
        for entry, first, last in db.session.execute(rows.limit(most))
    ]


def places_in_line(allocation: Allocation) -> dict[int, int]:
    """Where everybody stands who waits: 1 moves up next."""
    rows = (
        select(Registration.id)
        .where(Registration.allocation_id == allocation.id, CONDITIONS[Stand.WAITING])
        .order_by(Registration.received_at, Registration.number)
    )
    return {id_: place for place, id_ in enumerate(db.session.scalars(rows), 1)}


def on_paper(allocation: Allocation, *, waiting_too: bool = False) -> list[Registration]:
    """Who has a place, by name as a German list sorts it; then who waits, in the order of the
    line."""
    rows = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person))
        .where(Registration.allocation_id == allocation.id)
    )
    seated = list(db.session.scalars(rows.where(CONFIRMED)))
    seated.sort(key=as_sorted)
    line = rows.where(CONDITIONS[Stand.WAITING])
    line = line.order_by(Registration.received_at, Registration.number)
    return [*seated, *(db.session.scalars(line) if waiting_too else ())]


def counters_of(event_ids: Iterable[int]) -> dict[int, Allocation]:
    """The places of several dates, by the date's id."""
    rows = select(Allocation).where(Allocation.event_id.in_(list(event_ids)))
    return {allocation.event_id: allocation for allocation in db.session.scalars(rows)}
