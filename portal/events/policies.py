"""Who sees which dates (safety.md, rows 34 and 38), and who plans them."""

from sqlalchemy import ColumnElement, Select, or_, select, true

from portal.accounts.models import User
from portal.accounts.policies import is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.events.models import Audience, Event
from portal.partners.models import Affiliation, Membership
from portal.teams.models import Seat, SeatState


@rule
def is_open_to_all(_: User, event: Event) -> bool:
    """Everybody may know of a partners' date."""
    return event.audience is not Audience.TEAM


@rule
def sits_in_its_team(user: User, event: Event) -> bool:
    if not user.is_authenticated or event.team_id is None:
        return False
    seat = _seated_teams(user).where(Seat.team_id == event.team_id).limit(1)
    return db.session.scalar(seat) is not None


@rule
def is_a_partners(user: User, _: Event) -> bool:
    """Somebody of an organisation that belongs to the alliance now, in whatever role."""
    if not user.is_authenticated:
        return False
    own = select(Affiliation.id).join(
        Membership, Membership.organisation_id == Affiliation.organisation_id
    )
    now = Affiliation.until.is_(None) & Membership.until.is_(None)
    return db.session.scalar(own.where(Affiliation.user_id == user.id, now).limit(1)) is not None


may_see = is_open_to_all | is_office | sits_in_its_team
may_plan = is_office
may_edit = is_office
may_cancel = is_office
may_read_internal = may_see & (is_office | is_a_partners)  # asked for a document


def visible_to(user: User) -> ColumnElement[bool]:
    """`may_see` as a condition, for lists, feeds and search."""
    if is_office(user, None):
        return true()
    everybodys = Event.audience != Audience.TEAM
    return or_(everybodys, invited_by_team(user)) if user.is_authenticated else everybodys


def invited_by_team(user: User) -> ColumnElement[bool]:
    """The dates of the teams in which the person sits now."""
    return Event.team_id.in_(_seated_teams(user))


def _seated_teams(user: User) -> Select[int]:
    return select(Seat.team_id).where(Seat.user_id == user.id, Seat.state == SeatState.SEATED)
