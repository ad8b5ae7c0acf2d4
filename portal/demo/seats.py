"""Seven expert teams, who sits in them, who asks to, and how that came about."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.core.database import db
from portal.core.facts import Fact
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.teams import services as teams
from portal.teams.facts import SeatGiven, SeatLeft, SeatRefused, SeatRequested, SeatTaken
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team

FIRST = 290  # days ago the first seat was taken, and every
APART = 11  # days the next one
ANSWERED_AFTER = 3  # days
WAITING = 6  # days ago the first of those asked who wait for an answer now
LEFT = 35  # days ago


@dataclass(frozen=True)
class Dates:
    requested_at: datetime
    decided_at: datetime | None = None
    left_at: datetime | None = None


def load(world: World) -> str:
    found = rows("teams")
    entries: list[tuple[Team, Row]] = []
    for row in found:
        team = world.teams[row["slug"]] = _add_team(world, row)
        entries += [(team, entry) for entry in row["seats"]]
    waiting = [entry for _, entry in entries if entry["state"] == SeatState.REQUESTED]
    for place, (team, entry) in enumerate(entries):
        late = waiting.index(entry) if entry in waiting else None
        _add_seat(world, team, entry, _dates(world, team, entry, place, late))
    return f"{len(found)} expert teams with {len(entries)} seats"


def _add_team(world: World, row: Row) -> Team:
    return teams.add_team(
        slug=row["slug"],
        name=row["name"],
        theme=world.themes[row["theme"]],
        mission=row["mission"],
        since=date.fromisoformat(f"{row['since']}-01") if row["since"] else None,
        joining=Joining(row["joining"]),
        source_url=row["source_url"],
        note=row["note"],
    )


def _dates(world: World, team: Team, entry: Row, place: int, late: int | None) -> Dates:
    """The dataset names none: one seat after the other, and the open requests of late."""
    if late is not None:
        return Dates(world.days.ago(WAITING - late, f"{11 + late}:20"))
    ago = FIRST - place * APART
    requested_at = world.days.ago(ago, "14:10")
    at_once = team.joining is Joining.OPEN
    decided_at = requested_at if at_once else world.days.ago(ago - ANSWERED_AFTER, "09:40")
    left = entry["state"] == SeatState.LEFT
    return Dates(requested_at, decided_at, world.days.ago(LEFT, "16:30") if left else None)


def _add_seat(world: World, team: Team, entry: Row, dates: Dates) -> None:
    person = world.people[entry["email"]]
    organisation = world.organisations[entry["organisation"]]
    seat = Seat(
        team=team,
        user=person,
        organisation=organisation,
        role=SeatRole(entry["role"]),
        state=SeatState(entry["state"]),
        motivation=entry["motivation"],
        reason=entry["reason"],
        requested_at=dates.requested_at,
        decided_at=dates.decided_at,
        left_at=dates.left_at,
    )
    db.session.add(seat)
    db.session.flush()

    def note(kind: type[Fact], at: datetime, *, by_office: bool = False, note: str = "") -> None:
        by = world.administrator if by_office else person
        world.note(kind, at, by=by, for_=organisation, about=seat, note=note)

    if dates.decided_at == dates.requested_at:
        note(SeatTaken, dates.requested_at, note=seat.motivation)
    elif team.joining is Joining.ON_REQUEST:
        note(SeatRequested, dates.requested_at, note=seat.motivation)
    if dates.decided_at and dates.decided_at != dates.requested_at:
        kind = SeatRefused if seat.state is SeatState.REFUSED else SeatGiven
        note(kind, dates.decided_at, by_office=True, note=seat.reason)
    if dates.left_at:
        note(SeatLeft, dates.left_at, note="")
