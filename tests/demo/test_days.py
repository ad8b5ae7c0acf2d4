"""The demo is alive on whatever day it is loaded."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal.core.database import db, transaction
from portal.core.times import local, now, today
from portal.demo import services as demo
from portal.demo.dataset import rows
from portal.demo.days import Days, is_working_day
from portal.events.models import Event
from portal.history.models import Entry
from portal.news.models import Article
from portal.partners.models import Application, ApplicationState
from portal.projects.models import Revision
from portal.teams.models import Seat
from tests.conftest import empty_tables

# A Sunday, the eve of Easter, a night in summer and one between two years, days of changing clocks.
MOMENTS = [
    datetime(2026, 11, 22, 14, tzinfo=UTC),
    datetime(2027, 3, 25, 9, tzinfo=UTC),
    datetime(2027, 7, 31, 22, 5, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2028, 3, 26, 1, 30, tzinfo=UTC),
]
TWO_YEARS = [datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(730)]


@pytest.fixture(params=MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}", scope="module")
def moment(portal: Flask, request: pytest.FixtureRequest) -> Iterator[datetime]:
    """The demo, loaded at that moment; the clock stands still."""
    with portal.app_context(), time_machine.travel(request.param, tick=False):
        with transaction(writing=True):
            demo.load()
        yield request.param
        db.session.rollback()
        empty_tables()


@pytest.mark.usefixtures("moment")
def test_what_is_ahead_lies_ahead_and_on_working_days() -> None:
    ahead = {row["slug"] for row in rows("demo_events") if row["in_days"] > 0}

    for event in db.session.scalars(select(Event).where(Event.fictitious.is_(True))):
        assert (event.starts_at > now()) is (event.slug in ahead)
        assert is_working_day(local(event.starts_at).date())


@pytest.mark.usefixtures("moment")
def test_nothing_has_happened_yet_that_lies_ahead() -> None:
    def latest(column: Any) -> Any:
        return db.session.scalar(select(func.max(column)))

    assert latest(Entry.at) < now()
    assert latest(Event.changed_at) < now()
    assert latest(Revision.changed_at) < now()
    assert latest(Article.changed_at) < now()
    assert latest(Article.dated) <= today()
    assert latest(Revision.status_as_of) <= today().isoformat()


@pytest.mark.usefixtures("moment")
def test_two_applications_are_over_the_promise() -> None:
    late = Application.promised_by < today()
    waiting = Application.state == ApplicationState.RECEIVED

    assert db.session.scalar(select(func.count(Application.id)).where(waiting, late)) == 2


@pytest.mark.usefixtures("moment")
def test_no_decision_comes_before_it_was_asked_for() -> None:
    for revision in db.session.scalars(select(Revision).where(Revision.submitted_at.is_not(None))):
        assert revision.project.created_at <= revision.submitted_at
        assert revision.decided_at is None or revision.decided_at >= revision.submitted_at
    for application in db.session.scalars(select(Application)):
        received_at = application.received_at or now()
        assert application.sent_at < received_at
        assert received_at <= (application.decided_at or now())


@pytest.mark.usefixtures("moment")
def test_seats_are_asked_for_before_they_are_given_and_left() -> None:
    for seat in db.session.scalars(select(Seat)):
        assert seat.requested_at <= (seat.decided_at or now()) <= (seat.left_at or now())


def test_coming_days_are_working_days_all_the_year_round() -> None:
    for moment in TWO_YEARS:
        days = Days(now=moment)
        for row in rows("demo_events"):
            if row["in_days"] > 0:
                found = days.ahead(row["in_days"])
                assert found >= days.today + timedelta(days=row["in_days"])
                assert is_working_day(found)
