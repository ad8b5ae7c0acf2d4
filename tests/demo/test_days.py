"""The demo is alive on whatever day it is loaded."""

from datetime import UTC, datetime, timedelta

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

# A Sunday, the eve of Easter, a night in summer and one between two years, days of changing clocks.
MOMENTS = [
    datetime(2026, 11, 22, 14, tzinfo=UTC),
    datetime(2027, 3, 25, 9, tzinfo=UTC),
    datetime(2027, 7, 31, 22, 5, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2028, 3, 26, 1, 30, tzinfo=UTC),
]
TWO_YEARS = [datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(730)]


def loaded() -> None:
    with transaction(writing=True):
        demo.load()


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_nothing_has_happened_yet_that_lies_ahead_and_nothing_ahead_is_over(
    app: Flask, moment: datetime
) -> None:
    with time_machine.travel(moment, tick=False):
        loaded()

        ahead = {row["slug"] for row in rows("demo_events") if row["in_days"] > 0}
        for event in db.session.scalars(select(Event).where(Event.fictitious.is_(True))):
            assert (event.starts_at > now()) is (event.slug in ahead)
            assert is_working_day(local(event.starts_at).date())
            assert event.created_at < now()
        assert db.session.scalar(select(func.max(Entry.at))) < now()
        assert db.session.scalar(select(func.max(Revision.changed_at))) < now()
        assert db.session.scalar(select(func.max(Article.dated))) <= today()
        assert max(db.session.scalars(select(Revision.status_as_of))) <= today().isoformat()


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_two_applications_are_over_the_promise(app: Flask, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        loaded()

        late = Application.promised_by < today()
        waiting = Application.state == ApplicationState.RECEIVED
        assert db.session.scalar(select(func.count(Application.id)).where(waiting, late)) == 2


def test_coming_days_are_working_days_all_the_year_round() -> None:
    for moment in TWO_YEARS:
        days = Days(now=moment)
        for row in rows("demo_events"):
            if row["in_days"] > 0:
                found = days.ahead(row["in_days"])
                assert found >= days.today + timedelta(days=row["in_days"])
                assert is_working_day(found)


def test_no_decision_comes_before_it_was_asked_for(app: Flask) -> None:
    loaded()

    for revision in db.session.scalars(select(Revision).where(Revision.submitted_at.is_not(None))):
        assert revision.project.created_at <= revision.submitted_at
        assert revision.decided_at is None or revision.decided_at >= revision.submitted_at
    for application in db.session.scalars(select(Application)):
        assert application.sent_at < (application.received_at or now())
        assert (application.received_at or now()) <= (application.decided_at or now())
