"""What a person has and could have: registrations, dates that are open, organisations to come
for."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.times import start_of, today
from portal.events.models import Audience, Event, EventState
from portal.events.policies import invited_by_team
from portal.partners.models import Affiliation, Membership, Organisation
from portal.partners.policies import is_active
from portal.registrations import policies
from portal.registrations.models import (
    Allocation,
    AllocationState,
    Registration,
    RegistrationState,
)


def with_slug(slug: str, *, seen_by: User) -> Registration:
    """The person's registration for the date with this address: the one that holds, else the last
    one that has ended. The team's date opens by it, too: who left the team can still cancel.
    Raises Hidden."""
    if not slug.isprintable():
        raise Hidden("no such date")
    rows = (
        _of(seen_by)
        .where(Event.slug == slug)
        .order_by(Registration.ended_at.is_not(None), Registration.id.desc())
    )
    found = db.session.scalar(rows.limit(1))
    if found is None:
        raise Hidden("not registered for it")
    return found


def coming(person: User) -> Select[Registration]:
    """For dates that are not over, the next one first; what has ended is among them."""
    rows = _of(person).where(Event.ends_at > start_of(today()))
    return rows.order_by(Event.starts_at, Registration.id)


def past(person: User) -> Select[Registration]:
    """The last one first."""
    rows = _of(person).where(Event.ends_at <= start_of(today()))
    return rows.order_by(Event.starts_at.desc(), Registration.id.desc())


def next_ones(person: User, limit: int) -> list[Registration]:
    rows = coming(person).where(Registration.state != RegistrationState.CANCELLED)
    return list(db.session.scalars(rows.limit(limit)))


def open_to(person: User, moment: datetime, limit: int) -> list[Allocation]:
    """Where the person could register now and has not: the next date first."""
    registered = exists().where(
        Registration.allocation_id == Allocation.id,
        Registration.person_id == person.id,
        Registration.state != RegistrationState.CANCELLED,
    )
    rows = (
        select(Allocation)
        .join(Allocation.event)
        .options(contains_eager(Allocation.event))
        .where(
            Allocation.state == AllocationState.OPEN,
            Allocation.opens_at <= moment,
            Allocation.closes_at > moment,
            Event.state == EventState.PLANNED,
            Event.ends_at > moment,
            _is_invited(person),
            ~registered,
        )
        .order_by(Event.starts_at, Event.id)
    )
    return list(db.session.scalars(rows.limit(limit)))


def organisations_for(event: Event, person: User) -> tuple[list[Organisation], list[Organisation]]:
    """Those for which the person may come (`policies.brings`, asked of all at once), and those that
    rest."""
    if not policies.may_register_for(person, event):
        return [], []
    found = db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(_speaks_for(person)), _may_be_brought_to(event))
        .order_by(Organisation.folded_name, Organisation.id)
    ).all()
    active = [one for one in found if is_active(person, one)]
    return active, [one for one in found if one not in active]


def full_ones(allocation: Allocation, organisations: Iterable[Organisation]) -> set[int]:
    """The ids of those that have as many as one may have."""
    ids = [one.id for one in organisations]
    if not allocation.per_organisation or not ids:
        return set()
    rows = (
        select(Registration.organisation_id)
        .where(
            Registration.allocation_id == allocation.id,
            Registration.organisation_id.in_(ids),
            Registration.state != RegistrationState.CANCELLED,
        )
        .group_by(Registration.organisation_id)
        .having(func.count() >= allocation.per_organisation)
    )
    return {id_ for id_ in db.session.scalars(rows) if id_ is not None}


def places_in_line(registrations: Iterable[Registration]) -> dict[int, int]:
    """By registration, of those who wait."""
    waiting = [one for one in registrations if one.state is RegistrationState.WAITING]
    if not waiting:
        return {}
    order = (Registration.received_at, Registration.number)
    line = (
        select(
            Registration.id,
            func.row_number()
            .over(partition_by=Registration.allocation_id, order_by=order)
            .label("place"),
        )
        .where(
            Registration.allocation_id.in_({one.allocation_id for one in waiting}),
            Registration.state == RegistrationState.WAITING,
        )
        .subquery()
    )
    rows = select(line.c.id, line.c.place).where(line.c.id.in_([one.id for one in waiting]))
    return {row.id: row.place for row in db.session.execute(rows)}


def named_in_public(event: Event, limit: int) -> list[Registration]:
    """Who comes and agreed to be named, by name. A guest counts who has proved the address."""
    rows = select(Registration).where(
        Registration.allocation.has(Allocation.event_id == event.id),
        Registration.state == RegistrationState.CONFIRMED,
        Registration.named_in_public.is_(True),
        Registration.proved_at.is_not(None),
    )
    ordered = rows.order_by(Registration.last_name, Registration.first_name, Registration.id)
    return list(db.session.scalars(ordered.limit(limit)))


def _of(person: User) -> Select[Registration]:
    return (
        select(Registration)
        .join(Registration.allocation)
        .join(Allocation.event)
        .options(contains_eager(Registration.allocation).contains_eager(Allocation.event))
        .where(Registration.person_id == person.id)
    )


def _speaks_for(person: User) -> Select[int]:
    return select(Affiliation.organisation_id).where(
        Affiliation.user_id == person.id, Affiliation.until.is_(None)
    )


def _may_be_brought_to(event: Event) -> ColumnElement[bool]:
    if event.audience is not Audience.PARTNERS:
        return Organisation.id.is_not(None)
    return exists().where(Membership.organisation_id == Organisation.id, Membership.until.is_(None))


def _is_invited(person: User) -> ColumnElement[bool]:
    """`policies.may_register` and `may_register_for` as a condition."""
    speaks = exists().where(
        Affiliation.user_id == person.id,
        Affiliation.until.is_(None),
        Affiliation.organisation_id == Organisation.id,
        Organisation.suspended_at.is_(None),
        Membership.organisation_id == Organisation.id,
        Membership.until.is_(None),
    )
    return or_(
        Event.audience == Audience.PUBLIC,
        and_(Event.audience == Audience.PARTNERS, speaks),
        and_(Event.audience == Audience.TEAM, invited_by_team(person)),
    )
