"""Dates with dull defaults, and people who sit in a team."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now, today
from portal.events import services
from portal.events.content import Content
from portal.events.models import Event, EventKind
from portal.events.periods import Period
from portal.partners.models import Organisation
from portal.teams.models import Joining, Seat, SeatState, Team
from tests.cast import a_user, affiliated, saved, theme

PlanEvent = Callable[..., Event]


def content(**more: Any) -> Content:
    more.setdefault("title", "Dritte Allianztagung")
    more.setdefault("kind", EventKind.ALLIANCE_MEETING)
    more.setdefault("period", in_days(30))
    return Content(**more)


def in_days(days: int) -> Period:
    """Three hours on that day."""
    start = datetime.combine(today() + timedelta(days=days), datetime.min.time(), tzinfo=UTC)
    return Period(start + timedelta(hours=12), start + timedelta(hours=15))


@pytest.fixture
def plan(ada: User) -> PlanEvent:
    """Plans a date as the office does, and commits."""

    def planned(*, fictitious: bool = False, at: datetime | None = None, **more: Any) -> Event:
        event = services.plan(content(**more), by=ada, fictitious=fictitious, at=at)
        db.session.commit()
        return event

    return planned


@pytest.fixture
def energie(app: Flask) -> Team:
    return saved(Team(slug="energie", name="Energie", theme=theme(), joining=Joining.ON_REQUEST))


@pytest.fixture
def tara(energie: Team, windwerk: Organisation) -> User:
    """Sits in the team Energie for Windwerk eG."""
    tara = a_user("tara@windwerk.example", "Tara", "Team")
    affiliated(tara, windwerk)
    a_seat(tara, windwerk, energie)
    return tara


def a_seat(
    user: User, organisation: Organisation, team: Team, state: SeatState = SeatState.SEATED
) -> Seat:
    seat = Seat(user=user, organisation=organisation, team=team, state=state, requested_at=now())
    return saved(seat)


def typed(**more: Any) -> dict[str, Any]:
    """What the office types for a date that is fine."""
    return {
        "title": "Dritte Allianztagung",
        "kind": "alliance_meeting",
        "precision": "time",
        "start_day": "2027-03-18",
        "start_clock": "13:00",
        "end_day": "",
        "end_clock": "17:00",
        "audience": "public",
        **more,
    }


def reread(event: Event) -> Event:
    """As it is in the database now."""
    identity = event.id
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get(Event, identity)
    assert found
    return found


A_DAY = Period.of_days(date(2027, 3, 18))
