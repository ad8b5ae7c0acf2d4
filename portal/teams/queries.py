"""Reading teams and seats."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.core.cases import Case
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.partners.models import Membership, Organisation
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from portal.teams.policies import may_see_requests
from portal.topics.models import Theme


@dataclass(frozen=True)
class TeamRecord:
    """What a list shows of a team. `organisations` counts those that sit in it."""

    slug: str
    name: str
    mission: str
    theme_slug: str
    joining: Joining
    organisations: int

    @property
    def summary(self) -> str:
        return self.mission


@dataclass(frozen=True)
class OrganisationRecord:
    """`slug` is None for an organisation that has no public page."""

    name: str
    slug: str | None


def all_teams() -> list[TeamRecord]:
    """The teams that are not archived, in the order of their themes, in one statement."""
    seated = (
        select(Seat.team_id, func.count(func.distinct(Seat.organisation_id)).label("number"))
        .where(Seat.state == SeatState.SEATED)
        .group_by(Seat.team_id)
        .subquery()
    )
    rows = (
        select(
            Team.slug,
            Team.name,
            Team.mission,
            Theme.slug,
            Team.joining,
            func.coalesce(seated.c.number, 0),
        )
        .join(Team.theme)
        .outerjoin(seated, seated.c.team_id == Team.id)
        .where(Team.archived_at.is_(None))
        .order_by(Theme.order, Team.name)
    )
    return [TeamRecord(*row) for row in db.session.execute(rows)]


def with_slug(slug: str) -> Team:
    """Every team has a public page. Raises Hidden for an unknown one."""
    rows = select(Team).options(joinedload(Team.theme)).where(Team.slug == slug)
    team = db.session.scalar(rows)
    if team is None:
        raise Hidden("no such team")
    return team


def organisations_in(team: Team) -> list[OrganisationRecord]:
    """The public sees organisations, not people (features.md D1)."""
    is_member = (
        select(Membership.id)
        .where(Membership.organisation_id == Organisation.id, Membership.until.is_(None))
        .exists()
    )
    rows = (
        select(Organisation.name, Organisation.slug, is_member, Organisation.folded_name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.team_id == team.id, Seat.state == SeatState.SEATED)
        .distinct()
        .order_by(Organisation.folded_name)
    )
    return [
        OrganisationRecord(name, slug if member else None)
        for name, slug, member, _folded in db.session.execute(rows)
    ]


def seats_of(user: User) -> list[Seat]:
    """The active seats of a person with team and organisation."""
    rows = (
        select(Seat)
        .join(Seat.team)
        .options(contains_eager(Seat.team), joinedload(Seat.organisation))
        .where(Seat.user_id == user.id, Seat.state.in_([SeatState.REQUESTED, SeatState.SEATED]))
        .order_by(Team.name)
    )
    return list(db.session.scalars(rows))


def members_of(team: Team) -> Select[Seat]:
    """The seated people, leads first, then as they came."""
    leading = Seat.role == SeatRole.MEMBER
    return _seats(team, SeatState.SEATED).order_by(leading, Seat.requested_at, Seat.id)


def requests_of(team: Team, *, seen_by: User) -> list[Seat]:
    """Who waits for an answer, oldest first. Raises Hidden for who does not answer them."""
    require(may_see_requests, seen_by, team, otherwise=Hidden)
    rows = _seats(team, SeatState.REQUESTED).order_by(Seat.requested_at, Seat.id)
    return list(db.session.scalars(rows))


def _seats(team: Team, state: SeatState) -> Select[Seat]:
    return (
        select(Seat)
        .options(joinedload(Seat.user), joinedload(Seat.organisation))
        .where(Seat.team_id == team.id, Seat.state == state)
    )


def request_in(team: Team, seat_id: int, *, seen_by: User) -> Seat:
    """A request or what became of it. Raises Hidden for who does not answer them."""
    require(may_see_requests, seen_by, team, otherwise=Hidden)
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat.team_id != team.id:
        raise Hidden("no such request", about=team)
    return seat


def leads_of(team_id: int) -> list[User]:
    """Lead and deputies: who answers requests and hears of them."""
    rows = (
        select(Seat)
        .options(joinedload(Seat.user))
        .where(
            Seat.team_id == team_id,
            Seat.state == SeatState.SEATED,
            Seat.role.in_([SeatRole.LEAD, SeatRole.DEPUTY]),
        )
        .order_by(Seat.id)
    )
    return [seat.user for seat in db.session.scalars(rows) if seat.user.locked_at is None]


def led_by(user: User) -> list[tuple[Team, int]]:
    """The teams whose requests a person answers, with the number of requests that wait."""
    leading = (
        select(Seat.team_id)
        .where(
            Seat.user_id == user.id,
            Seat.state == SeatState.SEATED,
            Seat.role.in_([SeatRole.LEAD, SeatRole.DEPUTY]),
        )
        .scalar_subquery()
    )
    waiting = (
        select(func.count(Seat.id))
        .where(Seat.team_id == Team.id, Seat.state == SeatState.REQUESTED)
        .correlate(Team)
        .scalar_subquery()
    )
    rows = select(Team, waiting).where(Team.id.in_(leading)).order_by(Team.name)
    return [(team, number or 0) for team, number in db.session.execute(rows)]


def waiting_cases() -> list[Case]:
    """Requests that wait, for the desk of the office's administrators."""
    rows = (
        select(Seat)
        .options(joinedload(Seat.team), joinedload(Seat.user), joinedload(Seat.organisation))
        .where(Seat.state == SeatState.REQUESTED)
        .order_by(Seat.requested_at)
    )
    return [
        Case(
            kind="seats",
            label=_("Beitritt"),
            title=_("%(name)s möchte ins Team %(team)s", name=seat.user.name, team=seat.team.name),
            since=seat.requested_at,
            promised_by=None,
            endpoint="teams_office.show",
            values={"slug": seat.team.slug},
            about="seat",
            about_id=seat.id,
        )
        for seat in db.session.scalars(rows)
    ]
