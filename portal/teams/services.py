"""Joining a team, answering requests, leaving again."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.search import index
from portal.core.times import now
from portal.partners.models import Organisation
from portal.partners.policies import acts_for
from portal.teams.facts import RequestWithdrawn, SeatLeft, SeatRequested, SeatTaken
from portal.teams.models import Joining, Seat, SeatState, Team
from portal.teams.policies import may_join
from portal.teams.queries import seats_of
from portal.teams.workflow import WORKFLOW
from portal.topics.models import Theme


def join(team: Team, *, by: User, for_: Organisation, motivation: str = "") -> Seat:
    """An open team gives the seat at once, the others receive a request. Raises Denied, or Conflict
    when the person's second click comes through first."""
    require(acts_for, by, for_)
    require(may_join, by, team)
    at_once = team.joining is Joining.OPEN
    seat = Seat(
        team=team,
        user=by,
        organisation=for_,
        state=SeatState.SEATED if at_once else SeatState.REQUESTED,
        motivation=motivation,
        requested_at=now(),
        decided_at=now() if at_once else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(seat)
    except IntegrityError as error:
        raise Conflict("this person has an active seat already", about=team) from error
    fact = SeatTaken if at_once else SeatRequested
    tell(fact(by=by, for_=for_, about=seat, note=motivation))
    return seat


def accept(seat: Seat, *, by: User, reason: str = "", seen_version: int) -> None:
    _answer("accept", seat, by=by, reason=reason, seen_version=seen_version)


def refuse(seat: Seat, *, by: User, reason: str, seen_version: int) -> None:
    _answer("refuse", seat, by=by, reason=reason, seen_version=seen_version)


def _answer(step: str, seat: Seat, *, by: User, reason: str, seen_version: int) -> None:
    def keep() -> None:
        seat.decided_at = now()
        seat.reason = reason

    WORKFLOW.take(
        step,
        seat,
        by=by,
        for_=seat.organisation,
        note=reason,
        seen_version=seen_version,
        meanwhile=keep,
    )


def leave(seat: Seat, *, by: User, seen_version: int) -> None:
    """Gives the seat back, or takes the request back while it waits."""
    step = "withdraw" if seat.state is SeatState.REQUESTED else "leave"

    def keep() -> None:
        seat.left_at = now()

    WORKFLOW.take(
        step, seat, by=by, for_=seat.organisation, seen_version=seen_version, meanwhile=keep
    )


def end_seats(person: User, organisation: Organisation, *, by: User) -> None:
    """All seats and requests that the person has for the organisation; `by` ended what they rested
    on, and was asked for the right to that."""
    held = [seat for seat in seats_of(person) if seat.organisation_id == organisation.id]
    for seat in held:
        was_seated = seat.state is SeatState.SEATED
        seat.state, seat.left_at = SeatState.LEFT, now()
        db.session.flush()
        fact = SeatLeft if was_seated else RequestWithdrawn
        tell(fact(by=by, for_=organisation, about=seat))


def add_team(
    *,
    slug: str,
    name: str,
    theme: Theme,
    mission: str,
    since: date | None,
    joining: Joining,
    source_url: str = "",
    note: str = "",
) -> Team:
    """For loading a dataset; the office's own page for teams comes with the teams' issue."""
    team = Team(
        slug=slug,
        name=name,
        theme=theme,
        mission=mission,
        since=since,
        joining=joining,
        source_url=source_url,
        note=note,
    )
    db.session.add(team)
    db.session.flush()
    index.put(
        "team",
        team.id,
        slug=slug,
        title=name,
        summary=mission,
        body=f"{mission} {theme.name} {note}",
        is_public=True,
    )
    return team
