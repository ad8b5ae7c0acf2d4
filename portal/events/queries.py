"""Reading dates. A date counts as coming until its last day is over, so that a list changes at
midnight and not within the day."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.documents.models import Visibility
from portal.core.errors import Hidden
from portal.core.pictures import albums
from portal.core.rules import require
from portal.core.times import start_of, today
from portal.events.models import (
    Audience,
    Event,
    EventDocument,
    EventKind,
    EventPicture,
    EventState,
    Precision,
)
from portal.events.policies import invited_by_team, may_read_internal, may_see, visible_to
from portal.teams.models import Team

FEED_REACHES_BACK = timedelta(days=365)
IN_LISTS = (
    Event.slug, Event.state, Event.title, Event.kind, Event.starts_at, Event.ends_at,
    Event.precision, Event.venue, Event.audience, Event.summary, Event.fictitious,
)  # fmt: skip


def with_slug(slug: str, *, seen_by: User) -> Event:
    """Raises Hidden for who may not see it."""
    found = find(slug)
    if found is None:
        raise Hidden("no such date")
    require(may_see, seen_by, found, otherwise=Hidden)
    return found


def find(slug: str) -> Event | None:
    if not slug.isprintable():
        return None
    return db.session.scalar(
        select(Event).options(joinedload(Event.team)).where(Event.slug == slug)
    )


def coming(user: User, kind: EventKind | None = None) -> Select[Event]:
    """The next one first."""
    rows = _listed(user, kind).where(Event.ends_at > _this_morning())
    return rows.order_by(Event.starts_at, Event.id)


def past(user: User, kind: EventKind | None = None) -> Select[Event]:
    """The last one first."""
    rows = _listed(user, kind).where(Event.ends_at <= _this_morning())
    return rows.order_by(Event.starts_at.desc(), Event.id.desc())


def last(user: User, limit: int) -> list[Event]:
    """The end of the archive."""
    return list(db.session.scalars(past(user).limit(limit)))


def count_by_kind(user: User, *, are_past: bool) -> dict[EventKind, int]:
    """How many there are of each kind; kinds without any are missing."""
    over = Event.ends_at <= _this_morning()
    rows = select(Event.kind, func.count()).where(visible_to(user), over if are_past else ~over)
    counted = db.session.execute(rows.group_by(Event.kind))
    return {kind: count for kind, count in counted}


def is_over(event: Event) -> bool:
    return event.ends_at <= _this_morning()


def next_one() -> Event | None:
    """For everybody: the next date that takes place."""
    return next(iter(upcoming(1)), None)


def upcoming(limit: int) -> list[Event]:
    """For everybody: the next dates that take place."""
    rows = published().where(Event.ends_at > _this_morning(), Event.state == EventState.PLANNED)
    return list(db.session.scalars(rows.order_by(Event.starts_at, Event.id).limit(limit)))


def last_of_kind(kind: EventKind) -> Event | None:
    """For the office: the latest one that was not cancelled, also one that is still to come."""
    rows = select(Event).options(joinedload(Event.team), selectinload(Event.agenda))
    latest = rows.where(Event.kind == kind, Event.state == EventState.PLANNED)
    return db.session.scalar(latest.order_by(Event.starts_at.desc(), Event.id.desc()).limit(1))


def one_before(event: Event) -> Event | None:
    """For everybody: the last one of its kind that began before it, and took place."""
    earlier = published().where(
        Event.kind == event.kind,
        Event.state == EventState.PLANNED,
        Event.starts_at < event.starts_at,
    )
    rows = earlier.options(load_only(*IN_LISTS)).order_by(Event.starts_at.desc(), Event.id.desc())
    return db.session.scalar(rows.limit(1))


def published() -> Select[Event]:
    """What everybody may know of, in no order."""
    return select(Event).where(Event.audience != Audience.TEAM)


def in_feed(user: User) -> list[Event]:
    """The last year and everything that comes, as calendars can show it: with a day at least."""
    rows = (
        select(Event)
        .options(selectinload(Event.agenda))
        .where(
            visible_to(user),
            Event.ends_at > _this_morning() - FEED_REACHES_BACK,
            Event.precision != Precision.MONTH,
        )
        .order_by(Event.starts_at, Event.id)
    )
    return list(db.session.scalars(rows))


def in_feed_of(team: Team) -> list[Event]:
    """The team's dates that everybody may see, as far back as in the feed of all."""
    rows = (
        published()
        .options(selectinload(Event.agenda))
        .where(
            Event.team_id == team.id,
            Event.ends_at > _this_morning() - FEED_REACHES_BACK,
            Event.precision != Precision.MONTH,
        )
        .order_by(Event.starts_at, Event.id)
    )
    return list(db.session.scalars(rows))


def of_own_teams(user: User, limit: int) -> list[Event]:
    """Of the teams in which the person sits now, the newest if there are too many."""
    rows = (
        select(Event)
        .options(selectinload(Event.agenda))
        .where(
            invited_by_team(user),
            Event.ends_at > _this_morning() - FEED_REACHES_BACK,
            Event.precision != Precision.MONTH,
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(limit)
    )
    return list(reversed(db.session.scalars(rows).all()))


def of_team(team: Team, *, seen_by: User, limit: int) -> list[Event]:
    """The team's next dates that the viewer may see."""
    rows = coming(seen_by).where(Event.team_id == team.id)
    return list(db.session.scalars(rows.limit(limit)))


def ids_by_invitation(user: User) -> Select[int]:
    """For search: the dates that are not public, but that the person's seats open."""
    return select(Event.id).where(Event.audience == Audience.TEAM, invited_by_team(user))


def with_ids(ids: list[int]) -> dict[int, Event]:
    """Their days and states, for lists that other features make. It asks no rights."""
    rows = select(Event).options(load_only(*IN_LISTS)).where(Event.id.in_(ids))
    return {event.id: event for event in db.session.scalars(rows)}


def teams() -> list[Team]:
    """Whom a date can be for."""
    rows = select(Team).where(Team.archived_at.is_(None))
    return list(db.session.scalars(rows.order_by(Team.name)))


def planned_like(title: str, starts_at: datetime) -> list[Event]:
    """Dates that somebody may have entered twice."""
    rows = select(Event).where(
        Event.title == title, Event.starts_at == starts_at, Event.state == EventState.PLANNED
    )
    return list(db.session.scalars(rows))


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Event.id).where(Event.slug == slug)) is not None


def _listed(user: User, kind: EventKind | None) -> Select[Event]:
    rows = select(Event).options(load_only(*IN_LISTS)).where(visible_to(user))
    return rows.where(Event.kind == kind) if kind else rows


def _this_morning() -> datetime:
    return start_of(today())


def find_shown(event: Event, key: str) -> EventPicture:
    """Raises Hidden for a picture that the date does not show."""
    return albums.find(event.pictures, key)


def find_attached(event: Event, key: str) -> EventDocument:
    """Raises Hidden for a document that the date does not have."""
    for attached in event.documents:
        if attached.document.key == key:
            return attached
    raise Hidden("no such document here")


def documents_for(event: Event, user: User) -> list[EventDocument]:
    """Those that the person may have."""
    attached = event.documents
    if all(one.visibility is Visibility.PUBLIC for one in attached):
        return attached
    all_of_them = may_read_internal(user, event)
    return [one for one in attached if all_of_them or one.visibility is Visibility.PUBLIC]
