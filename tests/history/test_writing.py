"""Every fact leaves one line: who, for which organisation, what, when, about which thing."""

import pytest
from sqlalchemy import select

from portal.accounts.facts import AccountChanged, LogInFailed
from portal.core.database import db
from portal.core.facts import ActDenied, tell
from portal.core.times import now
from portal.history import labels
from portal.history.models import Entry
from portal.projects.facts import ProjectPublished
from portal.projects.models import Project, Revision
from portal.teams.facts import SeatTaken
from portal.teams.models import Seat, SeatState, Team
from tests.cast import saved, theme
from tests.notifications.facts import told_kinds


def only_entry() -> Entry:
    [entry] = db.session.scalars(select(Entry)).all()
    return entry


def test_fact_becomes_one_line(petra, windwerk):
    moment = now()

    tell(AccountChanged(by=petra, for_=windwerk, about=petra, note="Ein Wort dazu", at=moment))

    entry = only_entry()
    assert (entry.fact, entry.by_id, entry.for_id) == ("AccountChanged", petra.id, windwerk.id)
    assert (entry.about, entry.about_id, entry.title) == ("user", petra.id, "Petra Probe")
    assert (entry.note, entry.at) == ("Ein Wort dazu", moment)


def test_line_of_the_system_names_nobody(petra):
    tell(LogInFailed(by=None, about=petra))

    assert (only_entry().by_id, only_entry().for_id) == (None, None)


def test_denied_act_has_no_thing(petra):
    tell(ActDenied(by=petra, about=None, note="POST /projektbuero"))

    assert (only_entry().about, only_entry().about_id, only_entry().title) == (None, None, "")


def test_project_is_called_by_its_latest_title(petra, windwerk):
    project = Project(key="k", organisation=windwerk, author=petra, created_at=now())
    project.revisions = [Revision(title="Windpark", changed_at=now(), html={})]
    saved(project)

    tell(ProjectPublished(by=petra, for_=windwerk, about=project))

    assert only_entry().title == "Windpark"


def test_seat_is_called_by_its_team(petra, windwerk):
    team = saved(Team(slug="energie", name="Energie", theme=theme()))
    seat = saved(
        Seat(
            team=team,
            user=petra,
            organisation=windwerk,
            state=SeatState.SEATED,
            requested_at=now(),
        )
    )

    tell(SeatTaken(by=petra, for_=windwerk, about=seat))

    assert only_entry().title == "Energie"


def test_long_title_is_cut_and_stops_nothing(petra):
    petra.first_name, petra.last_name = "P" * 80, "Q" * 80
    petra_with_title = type("Thing", (), {"__tablename__": "x", "id": 1, "title": "T" * 500})()

    tell(AccountChanged(by=petra, about=petra_with_title))

    assert only_entry().title == "T" * 200


def test_line_falls_with_the_transaction_in_which_it_was_told(petra):
    tell(AccountChanged(by=petra, about=petra))
    db.session.rollback()

    assert db.session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize("kind", sorted(told_kinds()))
def test_every_fact_has_its_sentence(app, kind):
    with app.test_request_context():
        assert kind in labels.LABELS
        assert labels.sentence(kind).strip()


def test_no_sentence_is_left_of_a_fact_that_is_gone(app):
    assert set(labels.LABELS) - set(told_kinds()) == set()
