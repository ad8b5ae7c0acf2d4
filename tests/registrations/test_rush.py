"""Many at once, through HTTP with three processes: exactly as many come in as there are places, the
others stand in line, everybody hears of it once, and nobody sees an error page."""

import os
import signal
import socket
import threading
import time
from collections import Counter

import pytest
import sqlalchemy as sa

from portal.checking.places import PLACES
from portal.core.database import db, transaction
from portal.notifications.models import Letter
from portal.registrations.models import Registration, RegistrationState
from tools.bench import hall
from tools.bench.crowd import rush
from tools.bench.servers import running

PLACES_THERE = 10
PEOPLE = 60
AT_ONCE = 20
PORTAL, UNLOCKED = "portal:create_app()", "tests.registrations.unlocked:create_app()"


@pytest.fixture
def crowd(app, windwerk):
    """Their clicks, each person's with a session of their own."""
    clicks = hall.people(app, PEOPLE)
    hall.a_date("rush", PLACES_THERE)
    db.session.commit()
    return [hall.to_the_date(click, "rush") for click in clicks]


@pytest.fixture
def serving(app, settings, database_url):
    """The portal under gunicorn with three processes."""
    environment = {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(settings.DATA_DIR),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_BASE_URL": settings.BASE_URL,
        "PORTAL_REDIS_URL": settings.REDIS_URL or "",
    }

    def start(application=PORTAL):
        db.session.rollback()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return running(application, port, environment, workers=3)

    return start


def all_of(*columns):
    """As it is now; nobody waits for who reads."""
    with transaction(writing=False):
        return db.session.execute(sa.select(*columns).order_by(columns[0])).all()


def registered():
    return all_of(Registration.number, Registration.state)


def letters_each():
    """How many people got how many letters: {1: 60} is one each."""
    number = Counter(person for (person,) in all_of(Letter.recipient_id))
    return Counter(number.values())


def faults():
    with transaction(writing=False):
        return [fault for check in PLACES for fault in check().faults]


def test_sixty_people_with_two_clicks_each_on_ten_places(crowd, serving):
    with serving() as server:
        answers, _ = rush(server.base, [click for click in crowd for _ in "ab"], at_once=AT_ONCE)

    assert Counter(answer.status for answer in answers) == {303: 2 * PEOPLE}
    assert registered() == [
        (
            number,
            RegistrationState.CONFIRMED if number <= PLACES_THERE else RegistrationState.WAITING,
        )
        for number in range(1, PEOPLE + 1)
    ]
    assert letters_each() == {1: PEOPLE}
    assert faults() == []


def test_counting_first_would_sell_more_places_than_there_are(crowd, serving):
    with serving(UNLOCKED) as server:
        rush(server.base, crowd, at_once=AT_ONCE)

    seated = sum(state is RegistrationState.CONFIRMED for _, state in registered())
    assert seated > PLACES_THERE


def test_killed_process_loses_no_registration_that_was_answered(app, crowd, serving):
    def kill(server):
        """In the middle of the rush."""
        with app.app_context():
            while len(registered()) < PEOPLE // 4:
                time.sleep(0.02)
        os.kill(server.workers()[0], signal.SIGKILL)

    with serving() as server:
        killer = threading.Thread(target=kill, args=[server])
        killer.start()
        answers, _ = rush(server.base, crowd, at_once=AT_ONCE)
        killer.join()
        unanswered = [answer.click for answer in answers if answer.status == 0]
        there = {answer.click.person for answer in answers if answer.status == 303}
        assert there <= {person for (person,) in all_of(Registration.person_id)}
        assert len(all_of(Letter.id)) == len(registered())
        again, _ = rush(server.base, unanswered, at_once=1)

    assert {answer.status for answer in answers} <= {0, 303}
    assert {answer.status for answer in again} <= {303}
    assert len(registered()) == PEOPLE
    assert letters_each() == {1: PEOPLE}
    assert faults() == []
