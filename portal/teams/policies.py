"""Who may join a team, and who answers requests (safety.md, matrix rows 26 to 31)."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.partners.policies import is_active
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team

ANSWERING = {SeatRole.LEAD, SeatRole.DEPUTY}


def seat_of(user: User, team_id: int) -> Seat | None:
    """The active seat of a person in a team: requested or seated."""
    if not user.is_authenticated:
        return None
    active = Seat.state.in_([SeatState.REQUESTED, SeatState.SEATED])
    return db.session.scalar(
        select(Seat).where(Seat.team_id == team_id, Seat.user_id == user.id, active)
    )


@rule
def leads(user: User, team: Team) -> bool:
    """Not while the lead's own organisation is suspended (safety.md, case 13)."""
    seat = seat_of(user, team.id)
    if seat is None or seat.state is not SeatState.SEATED or seat.role not in ANSWERING:
        return False
    return is_active(user, seat.organisation)


@rule
def sits_in(user: User, team: Team) -> bool:
    seat = seat_of(user, team.id)
    return seat is not None and seat.state is SeatState.SEATED


@rule
def is_joinable(_: object, team: Team) -> bool:
    return team.archived_at is None and team.joining in {Joining.OPEN, Joining.ON_REQUEST}


@rule
def has_no_seat(user: User, team: Team) -> bool:
    return seat_of(user, team.id) is None


@rule
def leads_the_seats_team(user: User, seat: Seat) -> bool:
    return leads(user, seat.team)


@rule
def is_another_persons(user: User, seat: Seat) -> bool:
    """Nobody gives a seat to themselves."""
    return seat.user_id != user.id


@rule
def is_own(user: User, seat: Seat) -> bool:
    return user.is_authenticated and seat.user_id == user.id


may_join = is_joinable & has_no_seat & ~is_office
may_see_requests = leads | is_administrator
may_answer = (leads_the_seats_team | is_administrator) & is_another_persons
may_leave = is_own
