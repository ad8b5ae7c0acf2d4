"""A change of time or place asks once whether those who are coming shall hear of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup

from portal.core import facts, pages
from portal.core.database import db
from portal.events import services
from portal.events.facts import EventChanged, EventPlanned
from portal.events.models import EventKind
from portal.events.periods import Period
from tests.events.conftest import content, in_days, reread, typed
from tests.events.forms import fields_of

WHEN = Period(datetime(2027, 3, 18, 12, tzinfo=UTC), datetime(2027, 3, 18, 16, tzinfo=UTC))
EDIT = "/projektbuero/termine/dritte-allianztagung/bearbeiten"
QUESTION = "Sollen es alle erfahren, die kommen?"


@pytest.fixture
def told() -> Iterator[list[EventChanged]]:
    """What listeners upstairs hear."""
    heard: list[EventChanged] = []
    facts.on(EventChanged)(heard.append)
    yield heard
    facts._listeners[EventChanged].remove(heard.append)


@pytest.fixture
def somebody_comes() -> Iterator[None]:
    """As a feature above would say it."""

    def twelve(_event: object, *, seen_by: object) -> Markup:
        return Markup("Zwölf Menschen kommen.")

    pages.fills("event.tells")(twelve)
    yield
    pages._fillings["event.tells"].remove(twelve)


@pytest.mark.parametrize(
    ("difference", "moved"),
    [
        ({"period": Period(WHEN.starts_at + timedelta(hours=1), WHEN.ends_at)}, True),
        ({"period": Period(WHEN.starts_at, WHEN.ends_at + timedelta(hours=1))}, True),
        ({"venue": "IHK"}, True),
        ({"room": "Saal 2"}, True),
        ({"address": "Märkische Straße 120"}, True),
        ({"title": "Vierte"}, False),
        ({"summary": "Neu"}, False),
        ({"kind": EventKind.WORKSHOP}, False),
        ({"arrival": "Mit der Bahn"}, False),
    ],
    ids=str,
)
def test_fact_says_whether_it_moved_and_what_was_before(ada, plan, told, difference, moved):
    event = plan(period=WHEN, venue="Rathaus", room="Ratssaal", address="Friedensplatz 1")

    wanted = content(
        **{
            "period": WHEN,
            "venue": "Rathaus",
            "room": "Ratssaal",
            "address": "Friedensplatz 1",
            **difference,
        }
    )
    services.change(event, wanted, by=ada, seen_version=1, tells=True)

    assert [(fact.moved, fact.tells) for fact in told] == [(moved, moved)]
    assert told[0].before == {
        "starts_at": "2027-03-18T12:00:00+00:00",
        "ends_at": "2027-03-18T16:00:00+00:00",
        "precision": "time",
        "venue": "Rathaus",
        "room": "Ratssaal",
        "address": "Friedensplatz 1",
    }


def test_nobody_is_asked_where_nobody_would_be_told(client_of, ada, plan, told):
    plan(period=WHEN)

    answer = client_of(ada).post(EDIT, data=typed(version="1", venue="IHK"))

    assert answer.status_code == 303
    assert [(fact.moved, fact.tells) for fact in told] == [(True, False)]


@pytest.mark.usefixtures("somebody_comes")
@pytest.mark.parametrize(("answer", "tells"), [("ja", True), ("nein", False)])
def test_office_is_asked_once_before_anything_is_saved(client_of, ada, plan, told, answer, tells):
    event = plan(period=WHEN, venue="Rathaus")
    office = client_of(ada)

    asked = office.post(
        EDIT, data=typed(version="1", venue="IHK", text='Zwei\nZeilen mit "Zeichen" <b>')
    )

    assert (asked.status_code, reread(event).venue) == (422, "Rathaus")
    assert QUESTION in asked.text and "Zwölf Menschen kommen." in asked.text
    assert "Rathaus" in asked.text and "IHK" in asked.text
    again = {**fields_of(asked.text), "bescheid": answer}
    assert office.post(EDIT, data=again).status_code == 303
    saved = reread(event)
    assert (saved.venue, saved.text) == ("IHK", 'Zwei\nZeilen mit "Zeichen" <b>')
    assert [(fact.moved, fact.tells) for fact in told] == [(True, tells)]


@pytest.mark.usefixtures("somebody_comes")
def test_other_changes_are_saved_without_a_question(client_of, ada, plan, told):
    plan(period=WHEN)

    answer = client_of(ada).post(EDIT, data=typed(version="1", summary="Neu"))

    assert answer.status_code == 303
    assert [(fact.moved, fact.tells) for fact in told] == [(False, False)]


@pytest.mark.usefixtures("somebody_comes")
def test_slower_of_two_is_refused_also_when_it_answers_the_question(client_of, ada, olga, plan):
    event = plan(period=WHEN)
    office = client_of(ada)
    asked = office.post(EDIT, data=typed(version="1", venue="IHK"))
    client_of(olga).post(EDIT, data=typed(version="1", summary="Schneller"))

    late = office.post(EDIT, data={**fields_of(asked.text), "bescheid": "ja"})

    assert late.status_code == 409
    assert (reread(event).venue, reread(event).summary) == ("", "Schneller")


def test_planned_date_says_what_it_was_made_from(ada, plan):
    heard: list[EventPlanned] = []
    facts.on(EventPlanned)(heard.append)
    try:
        first = plan()
        services.plan(content(period=in_days(60)), by=ada, like=first)
        db.session.commit()
    finally:
        facts._listeners[EventPlanned].remove(heard.append)

    assert [fact.like for fact in heard] == [None, first]
