"""Reading letters, and the people whom they are for."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.times import now
from portal.notifications.models import Letter, LetterState
from portal.teams.models import Seat, SeatRole, SeatState

OVERDUE = timedelta(minutes=15)
ANSWERING = [SeatRole.LEAD, SeatRole.DEPUTY]


def in_state(state: LetterState | None) -> Select[Letter]:
    """The newest first, with their recipients."""
    rows = select(Letter).options(joinedload(Letter.recipient)).order_by(Letter.id.desc())
    return rows if state is None else rows.where(Letter.state == state)


def counts() -> dict[LetterState, int]:
    rows = select(Letter.state, func.count()).group_by(Letter.state)
    found = {state: number for state, number in db.session.execute(rows)}
    return {state: found.get(state, 0) for state in LetterState}


def about(thing: Any) -> list[Letter]:
    """What was sent for it, in the order in which it was written."""
    rows = (
        select(Letter)
        .options(joinedload(Letter.recipient))
        .where(Letter.about == thing.__tablename__, Letter.about_id == thing.id)
        .order_by(Letter.id)
    )
    return list(db.session.scalars(rows))


def with_id(letter_id: int) -> Letter:
    letter = db.session.get(Letter, letter_id)
    if letter is None:
        raise Hidden("no such letter")
    return letter


def in_states(states: list[LetterState]) -> list[Letter]:
    """All of them, for the operator's command."""
    return list(db.session.scalars(in_state(None).where(Letter.state.in_(states))))


def overdue() -> int:
    """How many wait for their first try for longer than a working worker would let them."""
    waiting = (
        Letter.state == LetterState.WAITING,
        Letter.attempts == 0,
        Letter.next_try_at < now() - OVERDUE,
    )
    return db.session.scalar(select(func.count(Letter.id)).where(*waiting)) or 0


def answering_seats(team_id: int) -> list[Seat]:
    """Leads and deputies of a team who can be reached, with person and organisation."""
    rows = (
        select(Seat)
        .join(Seat.user)
        .options(joinedload(Seat.user), joinedload(Seat.organisation))
        .where(
            Seat.team_id == team_id,
            Seat.state == SeatState.SEATED,
            Seat.role.in_(ANSWERING),
            User.locked_at.is_(None),
            User.confirmed_at.is_not(None),
        )
        .order_by(Seat.id)
    )
    return list(db.session.scalars(rows))
